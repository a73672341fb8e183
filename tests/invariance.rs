//! Holds the promises about any input: nothing is missed, and neither threads nor order matter.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use wirecopy::matching;
use wirecopy::pipeline::{self, Options};
use wirecopy::report::terminal::{self, TerminalOptions};
use wirecopy::report::{RelationEntry, Report, json};

fn report(paths: &[PathBuf]) -> Report {
    let options = Options { paths: paths.to_vec(), ..Options::default() };
    pipeline::report(&options, &mut std::io::empty(), &()).unwrap()
}

fn bytes(report: &Report) -> (Vec<u8>, Vec<u8>) {
    let (mut machine, mut people) = (Vec::new(), Vec::new());
    json::write(report, &mut machine).unwrap();
    terminal::write(report, &TerminalOptions { width: 100, all: true }, &mut people).unwrap();
    (machine, people)
}

#[test]
fn threads_change_nothing() {
    let paths = [PathBuf::from("fixtures")];
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| bytes(&report(&paths)))
    };
    let one = with(1);
    for threads in [2, 8] {
        assert!(with(threads) == one, "{threads} threads");
    }
}

#[test]
fn the_order_of_the_arguments_changes_nothing_but_what_was_typed() {
    let mut paths: Vec<PathBuf> =
        Path::new("fixtures").read_dir().unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let forward = report(&paths);
    paths.reverse();
    let mut backward = report(&paths);
    assert_eq!(backward.run.paths[0], paths[0].to_str().unwrap());
    backward.run.paths.reverse();
    assert!(bytes(&forward) == bytes(&backward));
    paths.rotate_left(7);
    let mut turned = report(&paths);
    turned.run.paths.sort();
    assert!(bytes(&forward) == bytes(&turned));
}

/// The articles of a run as JSON lines.
fn lines(articles: &[(String, String)]) -> Vec<String> {
    articles.iter().map(|(id, text)| serde_json::json!({ "id": id, "text": text }).to_string()).collect()
}

fn report_on(lines: &[String], options: matching::Options) -> Report {
    let options = Options { paths: vec![PathBuf::from("-")], matching: options, ..Options::default() };
    pipeline::report(&options, &mut lines.join("\n").as_bytes(), &()).unwrap()
}

/// What a relation says, whichever of the two stands first.
fn said(relation: &RelationEntry) -> (String, String, String) {
    let mut sides = [(&*relation.a, relation.share_a), (&*relation.b, relation.share_b)];
    sides.sort_by(|x, y| x.0.cmp(y.0));
    let [(a, share_a), (b, share_b)] = sides;
    let figures = format!(
        "{:?} {share_a:.4} {share_b:.4} {} {:.4} {}",
        relation.verdict, relation.shared_words, relation.quoted_share, relation.longest_run
    );
    (a.to_owned(), b.to_owned(), figures)
}

#[test]
fn the_order_of_the_records_turns_relations_round_and_changes_nothing_else() {
    let paths = [PathBuf::from("fixtures")];
    let options = wirecopy::corpus::ReadOptions::default();
    let listing = wirecopy::corpus::list(&paths);
    let corpus = wirecopy::corpus::read(listing, &options, &mut std::io::empty(), &|_| {}).unwrap();
    let articles: Vec<(String, String)> =
        corpus.articles.into_iter().map(|a| (a.id, a.body.to_string())).collect();
    let mut lines = lines(&articles);
    let relations = |lines: &[String]| -> BTreeSet<_> {
        report_on(lines, matching::Options::default()).relations.iter().map(said).collect()
    };
    let forward = relations(&lines);
    assert!(forward.len() > 30);
    lines.reverse();
    assert_eq!(relations(&lines), forward);
    lines.rotate_left(17);
    lines[5..30].reverse();
    assert_eq!(relations(&lines), forward);
}

/// An article: paragraphs of sentences of words.
type Draft = Vec<Vec<String>>;

/// A few articles that are put together from the same few sentences, so that they share much.
fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    let word = prop::sample::select((0..60).map(|n| format!("w{n}")).collect::<Vec<_>>());
    let sentence = prop::collection::vec(word, 3..18);
    prop::collection::vec(sentence, 4..12).prop_flat_map(|pool| {
        // Now and then a cut sentence, so that runs begin and end inside sentences.
        let piece = (prop::sample::select(pool), 0..4usize, 0..4usize).prop_map(|(sentence, from, cut)| {
            let end = sentence.len() - cut.min(sentence.len() - 1);
            sentence[from.min(end - 1)..end].to_vec()
        });
        let paragraph = prop::collection::vec(piece, 1..5).prop_map(|sentences| sentences.concat());
        prop::collection::vec(prop::collection::vec(paragraph, 1..6), 2..7)
    })
}

fn articles(drafts: &[Draft]) -> Vec<(String, String)> {
    let text = |draft: &Draft| {
        draft.iter().map(|words| format!("{}.", words.join(" "))).collect::<Vec<_>>().join("\n\n")
    };
    drafts.iter().enumerate().map(|(n, draft)| (format!("a{n}"), text(draft))).collect()
}

/// The number of the word that begins at, or ends at, a byte.
fn words_before(text: &str, byte: u32) -> usize {
    text[..byte as usize].split_whitespace().count()
}

/// All pairs of equal stretches that cannot be made longer, of at least so many words.
fn verbatim_runs(a: &[&str], b: &[&str], least: usize) -> Vec<(usize, usize, usize)> {
    let mut runs = Vec::new();
    for i in 0..a.len() {
        for j in 0..b.len() {
            if i > 0 && j > 0 && a[i - 1] == b[j - 1] {
                continue;
            }
            let length = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
            if length >= least {
                runs.push((i, j, length));
            }
        }
    }
    runs
}

/// A phrase of nine words that is too common to tie its articles together, and around it a run of
/// twelve that only two articles share.
#[test]
fn a_rare_run_around_a_common_phrase_is_not_missed() {
    let missed: Vec<usize> = (0..40)
        .filter(|n| {
            let words = |name: &str, count| {
                (0..count).map(|i| format!("{name}{n}x{i}")).collect::<Vec<_>>().join(" ")
            };
            let phrase = words("p", 9);
            let rare = format!("{} {phrase} {}", words("q", 1), words("r", 2));
            let around = |inner: &str, name: &str| {
                format!("{} {inner} {}.", words(&format!("{name}a"), 20 + n), words(&format!("{name}b"), 20))
            };
            let texts = [around(&phrase, "s"), around(&rare, "t"), around(&rare, "u"), around(&phrase, "v")];
            let articles: Vec<(String, String)> =
                texts.into_iter().enumerate().map(|(n, text)| (format!("a{n}"), text)).collect();
            let options = matching::Options { group_limit: 2, ..matching::Options::default() };
            let report = report_on(&lines(&articles), options);
            !report.relations.iter().any(|relation| (&*relation.a, &*relation.b) == ("a1", "a2"))
        })
        .collect();
    assert!(missed.is_empty(), "missed in {} of 40: {missed:?}", missed.len());
}

fn shingles(words: &[String]) -> BTreeSet<&[String]> {
    words.windows(3).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_run_is_missed(drafts in drafts()) {
        let articles = articles(&drafts);
        let report = report_on(&lines(&articles), matching::Options::default());
        for (n, (a, text_a)) in articles.iter().enumerate() {
            for (b, text_b) in &articles[n + 1..] {
                let words_a: Vec<&str> = text_a.split_whitespace().map(|word| word.trim_end_matches('.')).collect();
                let words_b: Vec<&str> = text_b.split_whitespace().map(|word| word.trim_end_matches('.')).collect();
                let mut told = (vec![false; words_a.len()], vec![false; words_b.len()]);
                let relation = report.relations.iter().find(|r| *r.a == **a && *r.b == **b);
                for passage in relation.iter().flat_map(|relation| &relation.passages) {
                    told.0[words_before(text_a, passage.a[0])..words_before(text_a, passage.a[1])].fill(true);
                    told.1[words_before(text_b, passage.b[0])..words_before(text_b, passage.b[1])].fill(true);
                }
                for (i, j, length) in verbatim_runs(&words_a, &words_b, 12) {
                    prop_assert!(
                        told.0[i..i + length].iter().chain(&told.1[j..j + length]).all(|told| *told),
                        "{a} word {i}, {b} word {j}, {length} words: {}",
                        words_a[i..i + length].join(" ")
                    );
                }
            }
        }
    }

    #[test]
    fn no_paragraph_pair_is_missed_and_none_invented(drafts in drafts()) {
        let articles = articles(&drafts);
        let report = report_on(&lines(&articles), matching::Options::default());
        let at = |place: &wirecopy::report::ParagraphRef| {
            let article: usize = place.article[1..].parse().unwrap();
            &drafts[article][place.paragraph as usize]
        };
        let mut told: BTreeMap<[&Vec<String>; 2], (String, String)> = BTreeMap::new();
        for entry in &report.matches {
            let (a, b) = (at(&entry.a), at(&entry.b));
            let (mut key, mut shares) = ([a, b], [entry.containment_a, entry.containment_b]);
            if a > b {
                key.reverse();
                shares.reverse();
            }
            let shares = shares.map(|share| format!("{share:.4}"));
            told.insert(key, (shares[0].clone(), shares[1].clone()));
        }
        let matching::Options { containment, long_containment, many_shingles, .. } = report.run.options.matching;
        let mut expected = BTreeMap::new();
        for (n, draft) in drafts.iter().enumerate() {
            for (m, other) in drafts.iter().enumerate().skip(n + 1) {
                for (p, q) in draft.iter().flat_map(|p| other.iter().map(move |q| (p, q))) {
                    if p.len() < 8 || q.len() < 8 {
                        continue;
                    }
                    if p == q {
                        let text = format!("{}.", p.join(" "));
                        let group = report.paragraph_groups.iter().any(|group| {
                            let has = |n: usize| group.members.iter().any(|place| *place.article == format!("a{n}"));
                            group.text.trim_end_matches('.') == text.trim_end_matches('.') && has(n) && has(m)
                        });
                        prop_assert!(group, "a{n} and a{m} hold the same paragraph: {text}");
                        continue;
                    }
                    let (of_p, of_q) = (shingles(p), shingles(q));
                    let shared = of_p.intersection(&of_q).count() as f64;
                    let contained = shared / of_p.len().min(of_q.len()) as f64;
                    let many = shared >= many_shingles.into() && contained >= long_containment;
                    if contained >= containment || many {
                        let (p, q, of_p, of_q) = if p > q { (q, p, of_q, of_p) } else { (p, q, of_p, of_q) };
                        let share = |all: usize| format!("{:.4}", shared / all as f64);
                        expected.insert([p, q], (share(of_p.len()), share(of_q.len())));
                    }
                }
            }
        }
        prop_assert_eq!(told, expected);
    }
}
