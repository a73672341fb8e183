//! Articles of four outlets.

use super::*;

pub(super) fn articles() -> Vec<ArticleEntry> {
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
