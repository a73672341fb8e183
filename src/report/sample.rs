//! Invented reports for the printers' tests.

mod articles;
mod findings;

use std::sync::Arc;

use super::*;
use crate::agency::Level;
use crate::fixity::{NameCheck, NameVerdict};
use crate::matching;
use crate::provenance::{EvidenceKind, Thresholds, Weight};
use articles::articles;
use findings::{agency, outlets, relations, story};

/// A ferry accident in four outlets, a speech quoted by two, one exact copy, one hostile title.
pub(crate) fn shipping() -> Report {
    let mut report = nothing_shared();
    report.articles = articles();
    report.inputs = report.articles.iter().map(input).collect();
    report.inputs[0].name_check = name(NameVerdict::Ok, "91be04aa17c2d05e");
    report.inputs[1].name_check = name(NameVerdict::Mismatch, "0badc0de0badc0de");
    report.inputs[2].name_check = name(NameVerdict::Undecided, "5eed5eed5eed5eed");
    report.exact_groups = vec![ExactGroup {
        kind: ExactKind::Text,
        articles: vec![id("tides/ferry.txt"), id("tides/archive/ferry.txt")],
    }];
    report.paragraph_groups = vec![ParagraphGroup {
        text: FERRY.to_owned(),
        articles: 2,
        represents_pairs: false,
        members: vec![member("tides/ferry.txt"), member("harbour/ferry_91be04aa17c2d05e.txt")],
    }];
    report.matches = vec![MatchEntry {
        a: paragraph("harbour/ferry_91be04aa17c2d05e.txt"),
        b: paragraph("delta/ferry.txt"),
        containment_a: 0.8125,
        containment_b: 0.65,
        similarity: 0.842_105_263_157_894_7,
        passages: vec![PassagePair { a: [0, 180], b: [24, 210] }],
    }];
    report.relations = relations();
    report.stories = vec![story()];
    report.outlets = outlets();
    report.agencies = vec![
        agency(Some("Meridian News Service"), [2, 1, 0, 0], &[("dateline", 2), ("inputs", 1)]),
        agency(None, [1, 0, 0, 0], &[("feed-disclaimer", 1)]),
        agency(Some("Kontor Bild"), [0, 0, 1, 3], &[("photo-credit", 3), ("told", 1)]),
    ];
    report.highlights = vec![Highlight {
        a: id("harbour/ferry_91be04aa17c2d05e.txt"),
        b: id("delta/ferry.txt"),
        words: 31,
        span_a: [0, 180],
        span_b: [24, 210],
        text_a: FERRY.to_owned(),
        text_b: FERRY.replace(['“', '”'], "\""),
    }];
    report.standing_text = vec![StandingText {
        outlet: "Harbour Post".to_owned(),
        text: "Save my name and my address in this browser\nfor the next time I write.".to_owned(),
        articles: 412,
    }];
    report.skipped = vec![
        SkippedEntry {
            path: "delta/broken.jsonl".to_owned(),
            record: Some(17),
            incomplete: true,
            reason: "the line is not valid JSON: expected `,` or `}` at column 33".to_owned(),
        },
        SkippedEntry {
            path: "delta/two\nlines\u{202e}txt.exe".to_owned(),
            record: None,
            incomplete: false,
            reason: "a symbolic link, which is not followed".to_owned(),
        },
    ];
    report.summary = Summary {
        files: 7,
        articles: 7,
        outlets: 4,
        paragraphs: 96,
        words: 12_345,
        exact_groups: 1,
        exact_articles: 2,
        matches: 1,
        paragraph_groups: 1,
        relations: 4,
        reprints: 2,
        partials: 1,
        quotations: 1,
        articles_sharing: 5,
        stories: 1,
        flagged: 3,
        names_with_digest: 3,
        names_ok: 1,
        names_mismatch: 1,
        names_undecided: 1,
        skipped: 2,
        ..Summary::default()
    };
    report
}

/// Two articles that have nothing in common.
pub(crate) fn nothing_shared() -> Report {
    let articles: Vec<_> = articles().into_iter().take(2).collect();
    Report {
        schema: SCHEMA.to_owned(),
        run: Run {
            version: "0.1.0".to_owned(),
            command: "report".to_owned(),
            paths: vec!["news".to_owned()],
            options: Options {
                matching: matching::Options::default(),
                outlet_from: "folder".to_owned(),
                publishers: None,
                fields: Vec::new(),
                selection: Vec::new(),
                agencies: None,
                overrides: None,
                metadata: None,
                thresholds: Thresholds::default(),
            },
        },
        summary: Summary {
            files: 2,
            articles: 2,
            outlets: 1,
            paragraphs: 20,
            words: 1_450,
            ..Summary::default()
        },
        inputs: articles.iter().map(input).collect(),
        articles,
        exact_groups: Vec::new(),
        paragraph_groups: Vec::new(),
        matches: Vec::new(),
        relations: Vec::new(),
        stories: Vec::new(),
        outlets: Vec::new(),
        agencies: Vec::new(),
        highlights: Vec::new(),
        standing_text: Vec::new(),
        skipped: Vec::new(),
    }
}

const FERRY: &str = "The ferry Halcyon lost power at ten past six and drifted for two hours \
    before the tug Marlin took it in tow. “Nobody was hurt, and nobody panicked,” said its \
    master, Ines Okafor.";

fn input(article: &ArticleEntry) -> Input {
    Input {
        path: article.head.path.clone(),
        bytes: 4_711,
        sha256: "ab".repeat(32),
        articles: 1,
        name_check: None,
    }
}

fn name(verdict: NameVerdict, named: &str) -> Option<NameCheck> {
    let decided = verdict != NameVerdict::Undecided;
    Some(NameCheck {
        verdict,
        named: named.to_owned(),
        found: decided.then(|| "91be04aa17c2d05e".to_owned()),
        convention: decided.then(|| "SHA-256 of the raw bytes, first 64 bits".to_owned()),
        readings: 42,
        bits: 64,
        diagnosis: None,
    })
}

fn member(path: &str) -> GroupMember {
    GroupMember { article: id(path), paragraph: 2, start: 0, end: 180 }
}

fn paragraph(path: &str) -> ParagraphRef {
    ParagraphRef { article: id(path), paragraph: 2 }
}

fn id(path: &str) -> ArticleId {
    Arc::from(path)
}
