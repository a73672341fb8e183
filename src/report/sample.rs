//! Invented reports for the printers' tests.

use crate::fixity::NameCheck;
use std::sync::Arc;

use super::*;
use crate::agency::Level;
use crate::fixity::NameVerdict;
use crate::matching;
use crate::provenance::{EvidenceKind, Thresholds, Weight};

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

fn articles() -> Vec<ArticleEntry> {
    let ferry = "Ferry drifts for two hours before tug takes it in tow, all 214 on board unhurt";
    let mut articles = vec![
        article("harbour/ferry_91be04aa17c2d05e.txt", "Harbour Post", ferry, [0.04, 0.61, 0.35]),
        article(
            "delta/ferry.txt",
            "Delta Times",
            "渡船失去动力漂流两小时，二百一十四人平安",
            [0.31, 0.5, 0.19],
        ),
        article(
            "tides/ferry.txt",
            "The Tides",
            "Halcyon: \u{1b}[31mwhat\u{7} we know\u{202e}",
            [0.004, 0.64, 0.356],
        ),
        article("tides/archive/ferry.txt", "The Tides", "Halcyon", [0.0, 0.65, 0.35]),
        article("delta/quay.txt", "Delta Times", "Quay stays closed until the spring", [0.88, 0.12, 0.0]),
        article("coast/speech.txt", "Coast Radio", "Minister on ports: the speech", [0.4, 0.0, 0.6]),
        article("harbour/ports.txt", "Harbour Post", "", [0.9, 0.0, 0.1]),
    ];
    articles[0].head.published = Some("2025-10-31T08:15:00+08:00".to_owned());
    articles[0].agency = credit(Level::Declared, "Meridian News Service", "(Meridian) -");
    articles[1].head.published = Some("2025-10-31T09:40".to_owned());
    articles[1].agency = credit(Level::Contributed, "Meridian News Service", "With inputs from Meridian");
    articles[2].head.published = Some("2025-11-01".to_owned());
    articles[2].agency = AgencyCredit {
        level: Level::FeedUnnamed,
        names: Vec::new(),
        evidence: vec![AgencyEvidence {
            rule: "feed-disclaimer".to_owned(),
            level: Level::FeedUnnamed,
            names: Vec::new(),
            text: "This story has not been edited and is auto-published from a feed.".to_owned(),
            start: Some(900),
            end: Some(964),
        }],
        publisher: None,
        release: None,
    };
    articles
}

fn article(path: &str, outlet: &str, title: &str, shares: [f64; 3]) -> ArticleEntry {
    let [own_share, narrative, reused_quoted_share] = shares;
    ArticleEntry {
        head: ArticleHead {
            id: id(path),
            path: path.to_owned(),
            record: None,
            outlet: Some(outlet.to_owned()),
            published: None,
            title: (!title.is_empty()).then(|| title.to_owned()),
            url: None,
        },
        publisher: None,
        origins: Origins { outlet: Some("folder".to_owned()), ..Origins::default() },
        notes: Vec::new(),
        sources: Vec::new(),
        encoding: None,
        method: None,
        words: 725,
        reporting_words: 640,
        sha256: "ab".repeat(32),
        name_check: None,
        agency: AgencyCredit {
            level: Level::None,
            names: Vec::new(),
            evidence: Vec::new(),
            publisher: None,
            release: None,
        },
        wire_share: None,
        credited_elsewhere: None,
        reused_share: narrative + reused_quoted_share,
        reused_quoted_share,
        own_share,
        text: None,
        quotations: Vec::new(),
    }
}

fn credit(level: Level, name: &str, text: &str) -> AgencyCredit {
    AgencyCredit {
        level,
        names: vec![name.to_owned()],
        evidence: vec![AgencyEvidence {
            rule: "dateline".to_owned(),
            level,
            names: vec![name.to_owned()],
            text: text.to_owned(),
            start: Some(0),
            end: Some(12),
        }],
        publisher: None,
        release: None,
    }
}

fn relations() -> Vec<RelationEntry> {
    vec![
        RelationEntry {
            a: id("harbour/ferry_91be04aa17c2d05e.txt"),
            b: id("tides/ferry.txt"),
            verdict: Verdict::Reprint,
            set_by_hand: None,
            shared_words: 612,
            share_a: 0.955,
            share_b: 0.998,
            quoted_share: 0.36,
            longest_run: 188,
            template: false,
            differing: Vec::new(),
            direction: Direction {
                from: None,
                status: DirectionStatus::CommonSource,
                evidence: vec![DirectionEvidence {
                    kind: EvidenceKind::AgencyCredit,
                    weight: Weight::Decides,
                    from: None,
                    text: "both carry text of Meridian News Service".to_owned(),
                }],
            },
            passages: vec![RelationPassage {
                a: [0, 180],
                b: [24, 210],
                quoted: false,
                reporting: true,
                wording: None,
            }],
        },
        relation("harbour/ferry_91be04aa17c2d05e.txt", "delta/ferry.txt", Verdict::Partial, 402),
        relation("tides/ferry.txt", "tides/archive/ferry.txt", Verdict::Reprint, 640),
        relation("coast/speech.txt", "harbour/ports.txt", Verdict::Quotation, 64),
    ]
}

fn relation(a: &str, b: &str, verdict: Verdict, shared_words: u64) -> RelationEntry {
    let quoted = verdict == Verdict::Quotation;
    RelationEntry {
        a: id(a),
        b: id(b),
        verdict,
        set_by_hand: None,
        shared_words,
        share_a: 0.628,
        share_b: 0.402,
        quoted_share: if quoted { 1.0 } else { 0.2 },
        longest_run: 31,
        template: false,
        differing: Vec::new(),
        direction: Direction {
            from: (!quoted).then(|| id(a)),
            status: if quoted { DirectionStatus::NotEstablished } else { DirectionStatus::Established },
            evidence: vec![DirectionEvidence {
                kind: EvidenceKind::StatedTime,
                weight: Weight::Decides,
                from: None,
                text: "its stated time is 3 h earlier, both with a zone".to_owned(),
            }],
        },
        passages: vec![RelationPassage { a: [0, 180], b: [24, 210], quoted, reporting: true, wording: None }],
    }
}

fn story() -> StoryEntry {
    let ids = |paths: &[&str]| paths.iter().map(|path| id(path)).collect::<Vec<_>>();
    StoryEntry {
        id: "story-1".to_owned(),
        articles: ids(&[
            "harbour/ferry_91be04aa17c2d05e.txt",
            "delta/ferry.txt",
            "tides/ferry.txt",
            "tides/archive/ferry.txt",
        ]),
        cohesion: 0.81,
        independent_origins: 2,
        nearest_earlier: vec![NearestEarlier {
            article: id("delta/ferry.txt"),
            earlier: id("harbour/ferry_91be04aa17c2d05e.txt"),
            shared_words: 31,
        }],
        origins: vec![
            OriginEntry {
                name: "Meridian News Service".to_owned(),
                reason: "declared in the dateline of the first article".to_owned(),
                articles: ids(&["harbour/ferry_91be04aa17c2d05e.txt", "delta/ferry.txt"]),
            },
            OriginEntry {
                name: "The Tides".to_owned(),
                reason: "its feed names no agency".to_owned(),
                articles: ids(&["tides/ferry.txt", "tides/archive/ferry.txt"]),
            },
        ],
    }
}

fn outlets() -> Vec<OutletEntry> {
    let outlet = |name: &str, counts: [u64; 4], own_share, edges: &[(&str, u64)]| OutletEntry {
        name: name.to_owned(),
        articles: counts[0],
        reprints: counts[1],
        partial: counts[2],
        flagged: counts[3],
        own_share,
        edges: edges
            .iter()
            .map(|&(outlet, shares_text)| OutletEdge {
                outlet: outlet.to_owned(),
                shares_text,
                from_other: 0,
                shared_words: 402,
            })
            .collect(),
    };
    vec![
        outlet("Coast Radio", [1, 0, 0, 0], 0.4, &[]),
        outlet("Delta Times", [2, 0, 1, 1], 0.595, &[("Harbour Post", 1)]),
        outlet("Harbour Post", [2, 1, 0, 1], 0.47, &[("Delta Times", 1), ("The Tides", 1)]),
        outlet("The Tides", [2, 1, 0, 1], 0.002, &[("Harbour Post", 1)]),
    ]
}

fn agency(name: Option<&str>, counts: [u64; 4], rules: &[(&str, u64)]) -> AgencyEntry {
    let [declared, contributed, cited, photo] = counts;
    AgencyEntry {
        name: name.map(str::to_owned),
        declared,
        contributed,
        cited,
        photo,
        rules: rules.iter().map(|&(rule, articles)| RuleCount { rule: rule.to_owned(), articles }).collect(),
    }
}

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
