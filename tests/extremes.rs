//! Holds what is promised about input of a size or shape that nobody expects.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use wirecopy::matching;
use wirecopy::pipeline::{self, Options};
use wirecopy::report::{Report, Verdict, json};

/// The report on articles given as outlet and text, called `a0`, `a1` and so on.
fn report_on<'a>(articles: impl Iterator<Item = (String, &'a str)>, matching: matching::Options) -> Report {
    let mut lines = String::new();
    for (number, (outlet, text)) in articles.enumerate() {
        let id = format!("a{number}");
        let _ = writeln!(lines, "{}", serde_json::json!({ "id": id, "outlet": outlet, "text": text }));
    }
    let options = Options { paths: vec![PathBuf::from("-")], matching, ..Options::default() };
    pipeline::report(&options, &mut lines.as_bytes(), &()).unwrap()
}

/// So many invented words, which no other seed has.
fn words(seed: &str, count: usize) -> String {
    (0..count).map(|number| format!("{seed}{number}")).collect::<Vec<_>>().join(" ")
}

/// Ends a test that takes very much longer than it should, even without optimisation.
fn within(limit: Duration, work: impl FnOnce()) {
    let start = Instant::now();
    work();
    assert!(start.elapsed() < limit, "took {:?}", start.elapsed());
}

#[test]
fn a_copied_sentence_is_found_in_a_paragraph_of_five_megabytes() {
    let sentence = words("shared", 14);
    // No full stop and no line break: one sentence, one paragraph.
    let long =
        |seed: &str| format!("{} {sentence} {}", words(seed, 310_000), words(&format!("{seed}x"), 310_000));
    let (a, b) = (long("a"), long("b"));
    assert!(a.len() > 5_000_000, "{}", a.len());
    within(Duration::from_secs(120), || {
        let articles = [("Harbour Post".to_owned(), &*a), ("Vell Gazette".to_owned(), &*b)];
        let report = report_on(articles.into_iter(), matching::Options::default());
        let passages = &report.relations[0].passages;
        assert_eq!(passages.len(), 1);
        let [start, end] = passages[0].a;
        assert_eq!(&a[start as usize..end as usize], sentence);
    });
}

#[test]
fn two_hundred_thousand_copies_of_a_paragraph_are_one_group() {
    const COPIES: usize = 200_000;
    let paragraph = format!("{}.", words("w", 20));
    within(Duration::from_secs(300), || {
        let articles = (0..COPIES).map(|number| (format!("outlet {}", number % 300), &*paragraph));
        let report = report_on(articles, matching::Options::default());
        let [group] = &report.paragraph_groups[..] else {
            panic!("{} groups", report.paragraph_groups.len())
        };
        assert_eq!(
            (group.articles, group.members.len(), group.represents_pairs),
            (COPIES as u64, COPIES, true)
        );
        // Each is related to the first one, and to no other.
        assert_eq!(report.relations.len(), COPIES - 1);
        assert!(report.relations.iter().all(|relation| &*relation.a == "a0"));
        assert_eq!(report.exact_groups[0].articles.len(), COPIES);
    });
}

#[test]
fn one_article_may_repeat_a_paragraph_very_often() {
    let paragraph = format!("{}.", words("w", 20));
    // Two in turns: what is repeated directly is taken for a caption.
    let repeated = vec![format!("{paragraph}\n\n{}.", words("v", 20)); 20_000].join("\n\n");
    within(Duration::from_secs(120), || {
        let articles = [("Harbour Post".to_owned(), &*repeated), ("Vell Gazette".to_owned(), &*paragraph)];
        let report = report_on(articles.into_iter(), matching::Options::default());
        assert_eq!(report.paragraph_groups[0].members.len(), 20_001);
        assert_eq!(report.relations[0].share_b, 1.0);
    });
}

#[test]
fn alike_lines_of_one_article_are_no_square() {
    let line = |number| {
        format!(
            "The ferry {number} of Vell sailed at {number} in the morning and came back to the harbour in the evening."
        )
    };
    let list = (0..6_000).map(line).collect::<Vec<_>>().join("\n");
    within(Duration::from_secs(60), || {
        let articles = [("Harbour Post".to_owned(), &*list)];
        let report = report_on(articles.into_iter(), matching::Options::default());
        assert_eq!((report.summary.paragraphs, report.matches.len()), (6_000, 0));
    });
}

#[test]
fn speech_without_stops_is_compared_piece_by_piece() {
    let speech = |seed: &str| {
        (0..8_000)
            .map(|i| format!("{seed} the ferry {i} sailed from vell {i} to orvane {i}"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let (a, b) = (speech("a"), speech("b"));
    within(Duration::from_secs(60), || {
        let articles = [("Harbour Post".to_owned(), &*a), ("Vell Gazette".to_owned(), &*b)];
        let report = report_on(articles.into_iter(), matching::Options::default());
        assert!(report.summary.paragraphs > 20, "{:?}", report.summary);
        assert!(!report.matches.is_empty());
    });
}

#[test]
fn a_number_without_end_is_folded_at_once() {
    let number = format!("１{}", ".1".repeat(200_000));
    within(Duration::from_secs(30), || {
        let report = report_on([("Post".to_owned(), &*number)].into_iter(), matching::Options::default());
        assert_eq!(report.summary.words, 1);
    });
}

#[test]
fn what_two_articles_repeat_over_and_over_is_no_square() {
    for piece in ["word ", "The old ferry of Vell sails on Monday with the mail and goats. "] {
        let (a, b) = (piece.repeat(12_000), piece.repeat(9_000));
        let texts = [&a, &b].map(|text| ("Post".to_owned(), text.as_str()));
        within(Duration::from_secs(60), || {
            let report = report_on(texts.into_iter(), matching::Options::default());
            let [relation] = &*report.relations else { panic!("{:?}", report.summary) };
            let covered: u32 = relation.passages.iter().map(|passage| passage.b[1] - passage.b[0]).sum();
            assert!(covered as usize + 2 >= b.trim_end().len(), "{covered} of {}", b.len());
        });
    }
}

/// A story that very many outlets carry with a line of their own is one story of one origin, and
/// an outlet that took a part of it belongs to it.
#[test]
fn a_story_in_six_hundred_outlets_is_reported_whole() {
    const OUTLETS: usize = 600;
    let paragraphs: Vec<String> =
        ["p", "q", "r"].iter().map(|seed| format!("{}.", words(seed, 40))).collect();
    let story = paragraphs.join("\n\n");
    let mut texts: Vec<String> =
        (0..OUTLETS).map(|number| format!("{story}\n\n{}.", words(&format!("own{number}x"), 15))).collect();
    texts.push(format!("{}\n\n{}.", paragraphs[1], words("other", 30)));
    texts.push(format!("{}.", words("stranger", 120)));
    let articles = texts.iter().enumerate().map(|(number, text)| (format!("outlet {number}"), &**text));
    let report = report_on(articles, matching::Options::default());

    for (paragraph, carried) in paragraphs.iter().zip([OUTLETS, OUTLETS + 1, OUTLETS]) {
        let same = |text: &str| text.trim_end_matches('.') == paragraph.trim_end_matches('.');
        let group = report.paragraph_groups.iter().find(|group| same(&group.text)).unwrap();
        assert_eq!((group.articles, group.represents_pairs), (carried as u64, true));
    }
    let reprints = report.relations.iter().filter(|relation| relation.verdict == Verdict::Reprint);
    assert_eq!(reprints.count(), OUTLETS - 1);
    let [story] = &report.stories[..] else { panic!("{} stories", report.stories.len()) };
    assert_eq!((story.articles.len(), story.independent_origins), (OUTLETS + 1, 1));
    assert!(story.cohesion > 0.8, "{}", story.cohesion);
    // Nobody's reuse is lost for not being paired.
    let reused = |number: usize| report.articles[number].reused_share;
    assert!((1..OUTLETS).all(|number| reused(number) == reused(0) && reused(0) > 0.8));
}

fn articles_of_words(count: usize) -> impl Strategy<Value = Vec<String>> {
    // Some words are in nearly every paragraph, most in hardly any.
    let word = (0.0..1.0f64).prop_map(|x: f64| format!("w{}", (400.0f64.powf(x) - 1.0) as u32));
    let paragraph = prop::collection::vec(word, 1..30).prop_map(|words| format!("{}.", words.join(" ")));
    let article = prop::collection::vec(paragraph, 1..6).prop_map(|paragraphs| paragraphs.join("\n\n"));
    prop::collection::vec(article, count)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn neither_memory_nor_threads_change_anything(articles in articles_of_words(300), copies in 1usize..40) {
        // Enough words for several passes, and some copies to be found.
        let texts: Vec<String> = articles
            .iter()
            .enumerate()
            .map(|(number, text)| {
                let (copied, own) = (number % copies, words(&format!("n{number}x"), 700));
                // What is copied may be a word or two.
                format!("{text}\n\n{}\n\n{}.\n\n{own}.", articles[copied], words(&format!("c{copied}x"), 20))
            })
            .collect();
        let with = |memory, threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let options = matching::Options { memory, ..matching::Options::default() };
            let articles = texts.iter().map(|text| ("Harbour Post".to_owned(), &**text));
            let report = pool.install(|| report_on(articles, options));
            let mut bytes = Vec::new();
            json::write(&report, &mut bytes).unwrap();
            (report.relations.len(), bytes)
        };
        let whole = with(None, 1);
        prop_assert!(whole.0 > 100);
        prop_assert!(with(Some(1), 2) == whole);
        prop_assert!(with(Some(1), 3) == whole);
    }
}
