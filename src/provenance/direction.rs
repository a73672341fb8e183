//! Who was first, if anything tells.
//!
//! Strongest first: a declared credit or a link to the other article, then stated times with a
//! zone on both sides. A common agency or feed outweighs them: both may have it from there.
//! Wording stays factual; "not established" is the usual answer.

use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

use super::Verdict;
use crate::agency::Credit;
use crate::corpus::{Article, Corpus, Precision, Published};

/// Who was first, if anything tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Direction {
    /// Index of the article that the text comes from, where that is established.
    pub from: Option<u32>,
    /// How it stands.
    pub status: DirectionStatus,
    /// What was found, strongest first, in plain words.
    pub evidence: Vec<String>,
}

impl Direction {
    /// Too little is shared to ask.
    pub(super) fn not_asked() -> Self {
        Self { from: None, status: DirectionStatus::NotEstablished, evidence: Vec::new() }
    }
}

/// How the question of direction stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectionStatus {
    /// The evidence points one way.
    Established,
    /// Nothing decides.
    NotEstablished,
    /// Both carry the text of a third: an agency, a feed.
    CommonSource,
}

impl DirectionStatus {
    /// The name that JSON has for it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Established => "established",
            Self::NotEstablished => "not_established",
            Self::CommonSource => "common_source",
        }
    }
}

/// Collects the evidence for one pair.
pub(super) fn establish(corpus: &Corpus, credits: &[Credit], a: u32, b: u32, verdict: Verdict) -> Direction {
    let (article_a, article_b) = (&corpus.articles[a as usize], &corpus.articles[b as usize]);
    let mut evidence = Vec::new();
    let mut credited = 0;
    for (article, index) in [(article_a, a), (article_b, b)] {
        let credit = &credits[index as usize];
        if credit.level.is_feed()
            && let Some(first) = credit.evidence.first()
        {
            let whom =
                if credit.names.is_empty() { "an unnamed feed".to_owned() } else { credit.names.join(", ") };
            evidence.push(format!("{} credits {whom}: \"{}\"", article.id, first.text));
            credited += 1;
        }
    }
    let link = match (links_to(article_a, article_b), links_to(article_b, article_a)) {
        (true, false) => Some((b, a)),
        (false, true) => Some((a, b)),
        _ => None,
    };
    if let Some((from, to)) = link {
        let (from, to) = (&corpus.articles[from as usize], &corpus.articles[to as usize]);
        evidence.push(format!("{} links to {}", to.id, from.id));
    }
    let times = times(article_a, article_b, &mut evidence);
    // Speech was spoken to everybody: one article's agency says nothing about the other's source.
    let both = credited == 2 && credits[a as usize].names == credits[b as usize].names;
    let (from, status) = if credited > 0 && (both || verdict != Verdict::Quotation) {
        (None, DirectionStatus::CommonSource)
    } else if credited > 0 {
        (None, DirectionStatus::NotEstablished)
    } else if let Some((from, _)) = link {
        (Some(from), DirectionStatus::Established)
    } else {
        match times {
            Some(std::cmp::Ordering::Less) => (Some(a), DirectionStatus::Established),
            Some(std::cmp::Ordering::Greater) => (Some(b), DirectionStatus::Established),
            _ => (None, DirectionStatus::NotEstablished),
        }
    };
    Direction { from, status, evidence }
}

/// Whether the text of `from` contains the address of `to`.
fn links_to(from: &Article, to: &Article) -> bool {
    to.url.as_ref().is_some_and(|url| {
        let address = url.value.trim_end_matches('/');
        // A bare host would be no link to the article.
        address.matches('/').count() > 2 && from.body.contains(address)
    })
}

/// Compares stated times, and says in words what they allow.
fn times(a: &Article, b: &Article, evidence: &mut Vec<String>) -> Option<std::cmp::Ordering> {
    let (Some(time_a), Some(time_b)) = (&a.published, &b.published) else {
        evidence.push("a stated time is missing".to_owned());
        return None;
    };
    match (instant(&time_a.value), instant(&time_b.value)) {
        (Some(at_a), Some(at_b)) => {
            let seconds = at_b.as_second() - at_a.as_second();
            let (later, amount) = if seconds < 0 { (a, -seconds) } else { (b, seconds) };
            if seconds == 0 {
                evidence.push("both state the same time".to_owned());
            } else {
                evidence.push(format!("the stated time of {} is {} later", later.id, span(amount)));
            }
            Some(at_a.cmp(&at_b))
        }
        _ => {
            evidence.push(format!(
                "stated times {} and {}: without a time of day and a zone on both sides they decide nothing",
                time_a.value, time_b.value
            ));
            None
        }
    }
}

/// The instant that a stated time names, where it names one.
pub(super) fn instant(time: &Published) -> Option<jiff::Timestamp> {
    let offset: Offset = time.offset?;
    (time.precision >= Precision::Minute).then(|| offset.to_timestamp(time.local).ok())?
}

fn span(seconds: i64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match () {
        () if days > 1 => format!("{days} days"),
        () if hours > 0 => format!("{hours} h {} min", minutes % 60),
        () if minutes > 0 => format!("{minutes} min"),
        () => format!("{seconds} s"),
    }
}
