//! The report on real articles that lie beside the project on the machines of its makers. Without
//! them the tests say so and pass.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]
#![expect(clippy::print_stdout, reason = "scores are shown to who asks for them")]

mod beside;

use std::collections::{BTreeMap, BTreeSet};

use beside::shared;
use serde_json::Value;
use wirecopy::agency::Level;
use wirecopy::fixity::NameVerdict;
use wirecopy::pipeline::{self, Options};
use wirecopy::report::{ArticleEntry, RelationEntry, Report, Verdict};

/// The report on a file or folder of `../shared`, if it is there.
fn report(name: &str) -> Option<Report> {
    let path = shared(name)?;
    let options = Options { paths: vec![path], ..Options::default() };
    Some(pipeline::report(&options, &mut std::io::empty(), &()).unwrap())
}

fn article<'a>(report: &'a Report, number: &str) -> &'a ArticleEntry {
    report.articles.iter().find(|article| article.head.path.contains(&format!("/{number}_"))).unwrap()
}

fn relation<'a>(report: &'a Report, a: &str, b: &str) -> Option<&'a RelationEntry> {
    let (a, b) = (&article(report, a).head.id, &article(report, b).head.id);
    report.relations.iter().find(|relation| (&relation.a, &relation.b) == (a, b))
}

#[test]
fn five_articles_that_share_quotations_and_no_narrative() {
    let Some(report) = report("seeds") else { return };
    assert_eq!((report.articles.len(), report.skipped.len()), (5, 0));
    for article in &report.articles {
        let check = article.name_check.as_ref().expect("the name carries 16 hexadecimal digits");
        assert_eq!(check.verdict, NameVerdict::Undecided, "{}", article.head.id);
    }
    for relation in &report.relations {
        let copied = matches!(relation.verdict, Verdict::Reprint | Verdict::Partial);
        assert!(!copied, "{} and {}: {:?}", relation.a, relation.b, relation.verdict);
    }
    assert_eq!((report.summary.stories, report.summary.exact_groups), (0, 0));

    let pair = relation(&report, "002", "003").expect("both quote the same speech");
    assert_eq!(pair.verdict, Verdict::Quotation);
    assert!(pair.shared_words >= 40 && pair.quoted_share >= 0.75, "{pair:?}");
}

#[test]
fn a_feed_that_names_nobody() {
    let Some(report) = report("seeds") else { return };
    let credit = &article(&report, "000").agency;
    assert_eq!((credit.level, credit.names.len()), (Level::FeedUnnamed, 0));
    let disclaimer = &credit.evidence[0];
    assert!(disclaimer.text.contains("agency feed without any modifications"), "{}", disclaimer.text);
    let yonhap: Vec<Level> = credit
        .evidence
        .iter()
        .filter(|evidence| evidence.names.iter().any(|name| name == "Yonhap"))
        .map(|evidence| evidence.level)
        .collect();
    assert!(!yonhap.is_empty() && yonhap.iter().all(|level| *level == Level::Cited), "{yonhap:?}");
    assert_eq!(report.summary.flagged, 1);
}

#[test]
fn captions_that_stand_twice_are_no_reporting() {
    let Some(report) = report("seeds") else { return };
    let article = article(&report, "002");
    let body = std::fs::read_to_string(&article.head.path).unwrap();
    let paragraphs = wirecopy::text::paragraphs::split(&body);
    let kinds = wirecopy::text::kinds::classify(&body, &paragraphs);
    let mut captions: BTreeMap<&str, usize> = BTreeMap::new();
    let mut reporting = BTreeSet::new();
    for (range, kind) in paragraphs.into_iter().zip(kinds) {
        match kind {
            wirecopy::text::Kind::Caption => *captions.entry(&body[range]).or_default() += 1,
            wirecopy::text::Kind::Body => drop(reporting.insert(&body[range])),
            _ => {}
        }
    }
    assert!(captions.values().any(|times| *times == 2), "{captions:?}");
    assert!(captions.keys().all(|caption| !reporting.contains(caption)));
    assert!(article.reporting_words < article.words);
}

/// Least scores on the labelled pairs, a little below what is reached, so that no change loses
/// ground unseen. Raise them when the method gets better.
const FLOORS: [(&str, f64); 4] = [
    ("macro-F1 of four classes", 0.86),
    ("macro-F1 of three classes", 0.87),
    ("macro-F1 of the pairs labelled with certainty", 0.94),
    ("F1 of the agency-feed flags", 0.93),
];

/// Most pairs in which copied narrative is claimed and the labels have none.
const CLAIMED_WRONGLY: usize = 3;

/// What the labels and the tool call what two articles share.
fn class(word: &str) -> &'static str {
    match word {
        "whole" | "reprint" => "reprint",
        "part" | "partial" => "partial",
        "quotes" | "quotation" => "quotation",
        "none" | "chrome" | "boilerplate" | "incidental" => "none",
        other => panic!("no class {other:?}"),
    }
}

/// The mean over the classes of F1, as the labels' own scorer takes it.
fn macro_f1<'a>(pairs: &[(&'a str, &'a str)], classes: &[&'a str]) -> f64 {
    let of_class = |class: &str| {
        let right = pairs.iter().filter(|(told, truth)| *told == class && *truth == class).count();
        let wrong = pairs.iter().filter(|(told, truth)| (*told == class) != (*truth == class)).count();
        if right + wrong == 0 { 1.0 } else { 2.0 * right as f64 / (2 * right + wrong) as f64 }
    };
    classes.iter().map(|class| of_class(class)).sum::<f64>() / classes.len() as f64
}

#[test]
fn verdicts_on_labelled_pairs_lose_no_ground() {
    let (Some(report), Some(labels)) = (report("gold/dev_articles.jsonl"), shared("gold/dev_labels.jsonl"))
    else {
        return;
    };
    let verdicts: BTreeMap<(&str, &str), Verdict> =
        report.relations.iter().map(|r| ((&*r.a, &*r.b), r.verdict)).collect();
    let levels: BTreeMap<&str, Level> =
        report.articles.iter().map(|article| (&*article.head.id, article.agency.level)).collect();

    let mut all: Vec<(&str, &str)> = Vec::new();
    let mut sure = Vec::new();
    let mut flags: BTreeMap<String, (&str, &str)> = BTreeMap::new();
    for line in std::fs::read_to_string(labels).unwrap().lines() {
        let label: Value = serde_json::from_str(line).unwrap();
        let (a, b) = (label["a"].as_str().unwrap(), label["b"].as_str().unwrap());
        let verdict = verdicts.get(&(a, b)).or_else(|| verdicts.get(&(b, a)));
        let told =
            verdict.map_or("none", |verdict| class(serde_json::to_value(verdict).unwrap().as_str().unwrap()));
        let pair = (told, class(label["reuse"].as_str().unwrap()));
        all.push(pair);
        if label["sure"] == true {
            sure.push(pair);
        }
        for (side, id) in [("agency_a", a), ("agency_b", b)] {
            let truth = ["declared", "feed_unnamed"].contains(&label[side]["level"].as_str().unwrap());
            let feed = |is_feed: bool| if is_feed { "feed" } else { "other" };
            flags.entry(id.to_owned()).or_insert((feed(levels[id].is_feed()), feed(truth)));
        }
    }
    let three: Vec<(&str, &str)> = all
        .iter()
        .map(|&(told, truth)| {
            let merge = |class| if class == "quotation" { "none" } else { class };
            (merge(told), merge(truth))
        })
        .collect();
    let flags: Vec<(&str, &str)> = flags.into_values().collect();
    let four = ["reprint", "partial", "quotation", "none"];
    let scores = [
        macro_f1(&all, &four),
        macro_f1(&three, &["reprint", "partial", "none"]),
        macro_f1(&sure, &four),
        macro_f1(&flags, &["feed"]),
    ];
    for ((name, floor), score) in FLOORS.into_iter().zip(scores) {
        println!("{name}: {score:.4}");
        assert!(score >= floor, "{name} is {score:.4}, below {floor}");
    }
    let wrongly = all
        .iter()
        .filter(|(told, truth)| {
            ["reprint", "partial"].contains(told) && ["none", "quotation"].contains(truth)
        })
        .count();
    println!("copied narrative claimed wrongly: {wrongly}");
    assert!(wrongly <= CLAIMED_WRONGLY, "copied narrative is claimed wrongly in {wrongly} pairs");
}
