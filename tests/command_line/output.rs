//! What `wirecopy report fixtures` prints: the text as snapshots, JSON by what it promises.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;
use wirecopy::corpus::{self, ReadOptions};
use wirecopy::report::{Report, Span};

use super::{code, run, stdout};

#[test]
fn text_for_80_columns() {
    insta::assert_snapshot!(stdout(&run(&["report", "fixtures", "--width", "80"])));
}

#[test]
fn text_for_120_columns() {
    insta::assert_snapshot!(stdout(&run(&["report", "fixtures", "--width", "120"])));
}

#[test]
fn text_in_full() {
    insta::assert_snapshot!(stdout(&run(&["report", "fixtures", "--width", "100", "--all"])));
}

#[test]
fn flags_for_100_columns() {
    insta::assert_snapshot!(stdout(&run(&["flag", "fixtures", "--width", "100"])));
}

fn json() -> String {
    let output = run(&["report", "fixtures", "--format", "json"]);
    assert_eq!(code(&output), Some(0));
    stdout(&output).to_owned()
}

/// The fields that readers of `wirecopy.report/1` rely on. Others may be added, none taken away.
const SCHEMA: [(&str, &[&str]); 12] = [
    ("run", &["version", "command", "paths", "options"]),
    (
        "summary",
        &["articles", "paragraphs", "words", "exact_groups", "matches", "relations", "stories", "flagged"],
    ),
    (
        "articles",
        &[
            "id",
            "path",
            "record",
            "outlet",
            "published",
            "title",
            "url",
            "words",
            "sha256",
            "name_check",
            "agency",
            "reused_share",
            "own_share",
        ],
    ),
    ("exact_groups", &["kind", "articles"]),
    ("paragraph_groups", &["text", "members"]),
    ("matches", &["a", "b", "containment_a", "containment_b", "similarity", "passages"]),
    (
        "relations",
        &[
            "a",
            "b",
            "verdict",
            "shared_words",
            "share_a",
            "share_b",
            "quoted_share",
            "longest_run",
            "direction",
            "passages",
        ],
    ),
    ("stories", &["id", "title", "articles", "independent_origins", "origins"]),
    ("outlets", &["name", "articles", "reprints", "partial", "own_share", "edges"]),
    ("agencies", &["name", "declared", "rules"]),
    ("standing_text", &["outlet", "text", "articles"]),
    ("skipped", &["path", "record", "reason"]),
];

#[test]
fn json_has_the_promised_fields() {
    let report: Value = serde_json::from_str(&json()).unwrap();
    assert_eq!(report["schema"], "wirecopy.report/1");
    for (name, fields) in SCHEMA {
        let rows: Vec<&Value> = match &report[name] {
            Value::Array(rows) => rows.iter().collect(),
            row => vec![row],
        };
        assert!(!rows.is_empty(), "the fixtures have no {name}");
        for row in rows {
            for field in fields {
                assert!(row.get(field).is_some(), "{name} without {field}: {row}");
            }
        }
    }
    let article = &report["articles"][0];
    assert!(article["agency"]["evidence"].is_array() && article["agency"]["level"].is_string());
    let relation = &report["relations"][0];
    for field in ["from", "status", "evidence"] {
        assert!(relation["direction"].get(field).is_some(), "{relation}");
    }
    for field in ["a", "b", "quoted"] {
        assert!(relation["passages"][0].get(field).is_some(), "{relation}");
    }
}

#[test]
fn json_is_read_back_as_the_same_report() {
    let text = json();
    let report: Report = serde_json::from_str(&text).unwrap();
    let mut again = Vec::new();
    wirecopy::report::json::write(&report, &mut again).unwrap();
    assert_eq!(text.as_bytes(), again);
}

#[test]
fn json_lines_say_the_same() {
    let report: Value = serde_json::from_str(&json()).unwrap();
    let output = run(&["report", "fixtures", "--format", "jsonl"]);
    let mut lines: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in stdout(&output).lines() {
        let mut value: Value = serde_json::from_str(line).unwrap();
        let kind = value.as_object_mut().unwrap().remove("type").unwrap();
        lines.entry(kind.as_str().unwrap().to_owned()).or_default().push(value);
    }
    let lists = [
        ("input", "inputs"),
        ("article", "articles"),
        ("exact_group", "exact_groups"),
        ("paragraph_group", "paragraph_groups"),
        ("match", "matches"),
        ("relation", "relations"),
        ("story", "stories"),
        ("outlet", "outlets"),
        ("agency", "agencies"),
        ("highlight", "highlights"),
        ("standing_text", "standing_text"),
        ("skipped", "skipped"),
    ];
    for (kind, list) in lists {
        let told = lines.remove(kind).unwrap_or_default();
        assert_eq!(&Value::Array(told), &report[list], "{list}");
    }
    assert_eq!(lines.remove("summary").unwrap(), [report["summary"].clone()]);
    assert_eq!(lines.remove("run").unwrap()[0]["schema"], "wirecopy.report/1");
    assert!(lines.is_empty(), "{:?}", lines.keys());
}

/// The report with the texts that its offsets point into.
struct Checked {
    report: Report,
    bodies: BTreeMap<String, String>,
}

impl Checked {
    fn read() -> Self {
        let report: Report = serde_json::from_str(&json()).unwrap();
        let listing = corpus::list(&[PathBuf::from("fixtures")]);
        let corpus = corpus::read(listing, &ReadOptions::default(), &mut std::io::empty(), &|_| {}).unwrap();
        let bodies =
            corpus.articles.into_iter().map(|article| (article.id, article.body.to_string())).collect();
        Self { report, bodies }
    }

    /// The text of a span. Panics where there is no such article, or the span cuts a character.
    fn slice(&self, article: &str, [start, end]: Span) -> &str {
        let body = self.bodies.get(article).unwrap_or_else(|| panic!("no article {article}"));
        assert!(start < end, "{article}: {start}..{end} is empty");
        body.get(start as usize..end as usize).unwrap_or_else(|| panic!("{article}: {start}..{end}"))
    }
}

#[test]
fn every_id_exists_once() {
    let Checked { report, bodies } = Checked::read();
    let ids: BTreeSet<&str> = report.articles.iter().map(|article| &*article.head.id).collect();
    assert_eq!(ids.len(), report.articles.len());
    assert_eq!(ids, bodies.keys().map(String::as_str).collect());
    let mut named: Vec<&str> = Vec::new();
    named.extend(report.exact_groups.iter().flat_map(|group| &group.articles).map(|id| &**id));
    named.extend(report.relations.iter().flat_map(|r| [&*r.a, &*r.b]));
    named.extend(report.relations.iter().filter_map(|r| r.direction.from.as_deref()));
    named.extend(report.matches.iter().flat_map(|m| [&*m.a.article, &*m.b.article]));
    named.extend(report.paragraph_groups.iter().flat_map(|g| &g.members).map(|member| &*member.article));
    named.extend(report.highlights.iter().flat_map(|h| [&*h.a, &*h.b]));
    for story in &report.stories {
        named.extend(story.articles.iter().map(|id| &**id));
        let of_origins: BTreeSet<&str> =
            story.origins.iter().flat_map(|origin| &origin.articles).map(|id| &**id).collect();
        assert_eq!(of_origins, story.articles.iter().map(|id| &**id).collect(), "{}", story.id);
        assert_eq!(story.independent_origins, story.origins.len() as u64, "{}", story.id);
    }
    for id in named {
        assert!(ids.contains(id), "{id}");
    }
}

#[test]
fn every_offset_points_at_the_text_it_stands_for() {
    let checked = Checked::read();
    for article in &checked.report.articles {
        for evidence in &article.agency.evidence {
            if let (Some(start), Some(end)) = (evidence.start, evidence.end) {
                assert_eq!(
                    checked.slice(&article.head.id, [start, end]).trim(),
                    evidence.text,
                    "{}",
                    article.head.id
                );
            }
        }
    }
    for relation in &checked.report.relations {
        assert!(relation.a != relation.b);
        for passage in &relation.passages {
            let (a, b) = (checked.slice(&relation.a, passage.a), checked.slice(&relation.b, passage.b));
            assert_eq!((a.trim(), b.trim()), (a, b), "passages begin and end with words");
        }
    }
    for pair in &checked.report.matches {
        assert!(pair.a.article != pair.b.article);
        for passage in &pair.passages {
            checked.slice(&pair.a.article, passage.a);
            checked.slice(&pair.b.article, passage.b);
        }
    }
    for group in &checked.report.paragraph_groups {
        let articles: BTreeSet<_> = group.members.iter().map(|member| &member.article).collect();
        assert!(group.articles >= 2 && articles.len() as u64 == group.articles);
        let first = &group.members[0];
        assert_eq!(checked.slice(&first.article, [first.start, first.end]), group.text);
        for member in &group.members {
            let text = checked.slice(&member.article, [member.start, member.end]);
            assert_eq!(letters(text), letters(&group.text), "{}", member.article);
        }
    }
    for highlight in &checked.report.highlights {
        let (a, b) =
            (checked.slice(&highlight.a, highlight.span_a), checked.slice(&highlight.b, highlight.span_b));
        assert_eq!((a, b), (&*highlight.text_a, &*highlight.text_b));
    }
}

/// Letters and digits without case: what must agree between copies whose marks may differ.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[test]
fn every_figure_is_in_its_range_and_adds_up() {
    let Checked { report, .. } = Checked::read();
    let share = |value: f64| assert!((0.0..=1.0).contains(&value), "{value}");
    for article in &report.articles {
        share(article.reused_share);
        share(article.own_share);
        assert!((article.reused_share + article.own_share - 1.0).abs() < 1e-9, "{}", article.head.id);
        assert!(article.reused_quoted_share <= article.reused_share);
        assert!(article.reporting_words <= article.words);
    }
    for relation in &report.relations {
        [relation.share_a, relation.share_b, relation.quoted_share].into_iter().for_each(share);
        assert!(!relation.passages.is_empty());
    }
    for pair in &report.matches {
        [pair.containment_a, pair.containment_b, pair.similarity].into_iter().for_each(share);
        assert!(pair.containment_a.max(pair.containment_b) >= report.run.options.matching.long_containment);
    }
    let summary = &report.summary;
    assert_eq!(summary.articles, report.articles.len() as u64);
    assert_eq!(summary.files, report.inputs.len() as u64);
    assert_eq!(summary.relations, report.relations.len() as u64);
    assert_eq!(summary.matches, report.matches.len() as u64);
    assert_eq!(summary.stories, report.stories.len() as u64);
    assert_eq!(summary.skipped, report.skipped.len() as u64);
    let verdicts =
        summary.reprints + summary.partials + summary.quotations + summary.incidental + summary.boilerplate;
    assert_eq!(verdicts, summary.relations);
    assert_eq!(summary.words, report.articles.iter().map(|article| article.words).sum::<u64>());
    let outlets: u64 = report.outlets.iter().map(|outlet| outlet.articles).sum();
    let known = report.articles.iter().filter(|article| article.head.outlet.is_some()).count() as u64;
    assert_eq!(outlets, known);
}

#[test]
fn a_story_is_called_what_most_of_its_outlets_call_it() {
    let text = "The old ferry of Vell has sunk in harbour. Nobody was on board when it happened early on \
                Tuesday morning, said the captain of the pilots, who had been called by a fisherman.";
    let form = ("Harbour Post", "Enter your town");
    let titles = [form, form, form, ("Gazette", "Ferry sinks at Vell"), ("Mail", "FERRY SINKS AT VELL")];
    let line = |((outlet, title), day): ((&str, &str), u32)| {
        let record = serde_json::json!({
            "outlet": outlet, "date": format!("2024-05-0{day}"), "title": title, "text": text,
        });
        format!("{record}\n")
    };
    let lines: String = titles.into_iter().zip(1..).map(line).collect();
    let output = super::wirecopy(&["report", "-", "--format", "json"]).write_stdin(lines).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["stories"][0]["title"], "Ferry sinks at Vell");
}
