//! What the articles have in common.

use super::*;

pub(super) fn relations() -> Vec<RelationEntry> {
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

pub(super) fn story() -> StoryEntry {
    let ids = |paths: &[&str]| paths.iter().map(|path| id(path)).collect::<Vec<_>>();
    StoryEntry {
        id: "story-1".to_owned(),
        title: Some(
            "Ferry drifts for two hours before tug takes it in tow, all 214 on board unhurt".to_owned(),
        ),
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

pub(super) fn outlets() -> Vec<OutletEntry> {
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

pub(super) fn agency(name: Option<&str>, counts: [u64; 4], rules: &[(&str, u64)]) -> AgencyEntry {
    let [declared, contributed, cited, photo] = counts;
    AgencyEntry {
        name: name.map(str::to_owned),
        wikidata: name.filter(|name| *name == "Kontor Bild").map(|_| "Q4711".to_owned()),
        declared,
        contributed,
        cited,
        photo,
        rules: rules.iter().map(|&(rule, articles)| RuleCount { rule: rule.to_owned(), articles }).collect(),
    }
}
