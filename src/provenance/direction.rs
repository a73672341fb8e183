//! Who was first, if anything tells.
//!
//! Strongest first: a credit (an agency's, a feed's, or "first published by"); an address that an
//! article declares as its source (`rel=canonical` to another site, `original-source`, `isBasedOn`)
//! or links to, where it is the address of the other article; a capture of one before the stated
//! time of the other; stated times with a zone on both sides. A common agency or feed outweighs
//! them: both may have it from there. That one article is contained in the other, or names the
//! other's outlet as whom somebody told, is shown and decides nothing by itself. Wording stays
//! factual; "not established" is the usual answer.

mod naming;
mod times;

use std::sync::LazyLock;

use memchr::memmem;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Relation, Verdict};
use crate::agency::Credit;
use crate::corpus::{Article, Corpus, address};
use crate::parallel::Evenly;
use naming::Naming;
pub(super) use naming::Namings;
pub(super) use times::{has_time_of_day, instant};

/// Who was first, if anything tells. The evidence is collected again where it is asked for
/// ([`Provenance::evidence`](super::Provenance::evidence)): its words take more memory than all else
/// about a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Direction {
    /// Index of the article that the text comes from, where that is established.
    pub from: Option<u32>,
    /// How it stands.
    pub status: DirectionStatus,
}

impl Direction {
    pub(super) fn not_established() -> Self {
        Self { from: None, status: DirectionStatus::NotEstablished }
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

/// Something that tells, or fails to tell, who was first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What it is.
    pub kind: EvidenceKind,
    /// How much it counts.
    pub weight: Weight,
    /// Index of the article that it points to as the earlier one, if it points to one.
    pub from: Option<u32>,
    /// What was found, in plain words.
    pub text: String,
}

/// Kinds of evidence, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// One credits an agency or a feed: both may have it from there.
    AgencyCredit,
    /// One says that its text was published by the other's outlet first.
    OutletCredit,
    /// One declares the address of the other as its source.
    DeclaredSource,
    /// One links to the other in its text.
    Link,
    /// One was captured before the other was published, as that one states.
    CaptureTime,
    /// What the articles themselves state as their times.
    StatedTime,
    /// All of one stands in the other.
    Containment,
    /// One names the other's outlet as whom somebody told, or its own where the other does not.
    Naming,
    /// Both outlets belong to one publisher.
    SamePublisher,
}

/// How much a piece of evidence counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Enough by itself, unless something stronger says otherwise.
    Decides,
    /// Worth seeing; decides nothing by itself.
    Supports,
    /// Looked at, and it says nothing.
    Silent,
}

/// Least share of one article in the other that is said to be all of it.
const CONTAINED: f64 = 0.95;

/// Largest share of the other that may stand in a contained one: it has half as much again.
const CONTAINING: f64 = 0.67;

/// Whether direction is asked for. A stock sentence or an appeal comes from nobody in particular.
fn is_asked(relation: &Relation) -> bool {
    !matches!(relation.verdict, Verdict::Incidental | Verdict::Boilerplate)
}

/// Establishes the direction of all relations, and returns what articles say about outlets.
pub(super) fn establish(corpus: &Corpus, credits: &[Credit], relations: &mut [Relation]) -> Namings {
    let mut concerned = vec![false; corpus.articles.len()];
    for relation in relations.iter().filter(|relation| is_asked(relation)) {
        concerned[relation.a as usize] = true;
        concerned[relation.b as usize] = true;
    }
    let namings = Namings::read(corpus, &concerned);
    relations
        .par_iter_mut()
        .evenly()
        .filter(|relation| is_asked(relation))
        .for_each(|relation| relation.direction = direction(corpus, credits, &namings, relation));
    namings
}

/// Collects the evidence for one pair, strongest first; none where direction is not asked for.
pub(super) fn evidence(
    corpus: &Corpus,
    credits: &[Credit],
    namings: &Namings,
    shared: &Relation,
) -> Vec<Evidence> {
    if !is_asked(shared) {
        return Vec::new();
    }
    let article = |index: u32| (index, &corpus.articles[index as usize]);
    let (a, b) = (article(shared.a), article(shared.b));
    let mut evidence: Vec<Evidence> = Vec::new();
    evidence.extend([a, b].into_iter().filter_map(|article| agency_credit(article, credits)));
    evidence.extend(outlet_credits(corpus, namings, a, b));
    evidence.extend(declared_sources(a, b));
    evidence.extend(links(a, b));
    evidence.extend(times::captures(a, b));
    evidence.push(times::compare(a, b));
    evidence.extend(containment(a, b, shared));
    evidence.extend(told(corpus, namings, a, b));
    evidence.extend(same_publisher(a.1, b.1));
    evidence
}

/// What the evidence for one pair says.
fn direction(corpus: &Corpus, credits: &[Credit], namings: &Namings, shared: &Relation) -> Direction {
    let evidence = evidence(corpus, credits, namings, shared);
    let credited = evidence.iter().filter(|found| found.kind == EvidenceKind::AgencyCredit).count();
    // Speech was spoken to everybody: one article's agency says nothing about the other's source.
    let names = |index: u32| &credits[index as usize].names;
    let (of_a, of_b) = (names(shared.a), names(shared.b));
    let both = credited == 2 && of_a == of_b;
    let name_others = !of_a.is_empty() && !of_b.is_empty() && of_a.iter().all(|name| !of_b.contains(name));
    let (from, status) = if credited == 2 && name_others {
        // Each may have taken over the other's text, or both a statement.
        (None, DirectionStatus::NotEstablished)
    } else if credited > 0 && (both || shared.verdict != Verdict::Quotation) {
        (None, DirectionStatus::CommonSource)
    } else if credited > 0 {
        (None, DirectionStatus::NotEstablished)
    } else {
        match decided(&evidence) {
            Some(from) => (Some(from), DirectionStatus::Established),
            None => (None, DirectionStatus::NotEstablished),
        }
    };
    Direction { from, status }
}

/// The article that the strongest kind of evidence points to which does not contradict itself.
fn decided(evidence: &[Evidence]) -> Option<u32> {
    let deciding = || evidence.iter().filter(|evidence| evidence.weight == Weight::Decides);
    deciding().find_map(|first| {
        let same_kind = || deciding().filter(|other| other.kind == first.kind);
        first.from.filter(|_| same_kind().all(|other| other.from == first.from))
    })
}

fn agency_credit((index, article): (u32, &Article), credits: &[Credit]) -> Option<Evidence> {
    let credit = &credits[index as usize];
    let words = &credit.evidence.first().filter(|_| credit.level.is_feed())?.text;
    let whom = if credit.names.is_empty() { "an unnamed feed".to_owned() } else { credit.names.join(", ") };
    Some(Evidence {
        kind: EvidenceKind::AgencyCredit,
        weight: Weight::Decides,
        from: None,
        text: format!("{} credits {whom}: \"{words}\"", article.id),
    })
}

/// Each side that names the other's outlet as the place of first publication.
fn outlet_credits<'c>(
    corpus: &'c Corpus,
    namings: &'c Namings,
    a: (u32, &'c Article),
    b: (u32, &'c Article),
) -> impl Iterator<Item = Evidence> {
    [(a, b), (b, a)].into_iter().filter_map(move |(by, other)| {
        let words = namings.find(corpus, by.0, foreign_outlet(by.1, other.1)?, Naming::Source)?;
        Some(Evidence {
            kind: EvidenceKind::OutletCredit,
            weight: Weight::Decides,
            from: Some(other.0),
            text: format!("{} names the outlet of {}: \"{words}\"", by.1.id, other.1.id),
        })
    })
}

/// The outlet of `other`, where it is not that of `by`.
fn foreign_outlet<'c>(by: &Article, other: &'c Article) -> Option<&'c str> {
    let outlet = |article: &'c Article| article.outlet.as_ref().map(|outlet| outlet.value.as_str());
    outlet(other).filter(|theirs| by.outlet.as_ref().is_none_or(|own| own.value != *theirs))
}

/// Each side that declares the address of the other as its source.
fn declared_sources<'c>(a: (u32, &'c Article), b: (u32, &'c Article)) -> impl Iterator<Item = Evidence> {
    [(a, b), (b, a)].into_iter().filter_map(|(by, other)| {
        let url = other.1.url.as_ref()?;
        let declared = by.1.sources.iter().find(|source| address::same_page(&source.value, &url.value))?;
        let text =
            format!("{} declares the address of {} as its source ({})", by.1.id, other.1.id, declared.origin);
        Some(Evidence {
            kind: EvidenceKind::DeclaredSource,
            weight: Weight::Decides,
            from: Some(other.0),
            text,
        })
    })
}

/// Each side that links to the other.
fn links<'c>(a: (u32, &'c Article), b: (u32, &'c Article)) -> impl Iterator<Item = Evidence> {
    [(a, b), (b, a)].into_iter().filter(|(by, other)| links_to(by.1, other.1)).map(|(by, other)| Evidence {
        kind: EvidenceKind::Link,
        weight: Weight::Decides,
        from: Some(other.0),
        text: format!("{} links to {}", by.1.id, other.1.id),
    })
}

/// Bytes of what may follow an address and lead to the same page all the same.
const LONGEST_QUERY: usize = 1000;

/// Whether the text of `from` contains the address of `to`.
fn links_to(from: &Article, to: &Article) -> bool {
    const SCHEME: &str = "://";
    static ANY: LazyLock<memmem::Finder<'_>> = LazyLock::new(|| memmem::Finder::new(SCHEME));
    to.url.as_ref().is_some_and(|url| {
        let address = url.value.trim_end_matches('/');
        // A bare host would be no link to the article. Few texts have any address, which is soon seen.
        address.matches('/').count() > 2
            && (!address.contains(SCHEME) || ANY.find(from.body.as_bytes()).is_some())
            && memmem::find_iter(from.body.as_bytes(), address).any(|at| {
                // The address of another page may begin so. It is looked at no further than it may matter.
                let end = |c: char| c.is_whitespace() || "\"'<>“”‘’«»（）".contains(c);
                let most = from.body.floor_char_boundary(at + address.len() + LONGEST_QUERY);
                let written = from.body[at..most].split(end).next().unwrap_or_default();
                let written = written.split("?utm_").next().unwrap_or_default();
                let written = written.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '/']);
                written == address || address::same_page(written, address)
            })
    })
}

/// That all of one stands in the other, which has more: the one may be the earlier text, or the
/// other one shortened.
fn containment(a: (u32, &Article), b: (u32, &Article), shared: &Relation) -> Option<Evidence> {
    let (inner, outer) = match (shared.share_a, shared.share_b) {
        (in_b, in_a) if in_b >= CONTAINED && in_a <= CONTAINING => (a, b),
        (in_b, in_a) if in_a >= CONTAINED && in_b <= CONTAINING => (b, a),
        _ => return None,
    };
    Some(Evidence {
        kind: EvidenceKind::Containment,
        weight: Weight::Supports,
        from: None,
        text: format!(
            "nearly all of {} stands in {}, which has more: either may be the other extended or cut",
            inner.1.id, outer.1.id
        ),
    })
}

/// Who says that somebody spoke to which of the two outlets.
fn told(corpus: &Corpus, namings: &Namings, a: (u32, &Article), b: (u32, &Article)) -> Option<Evidence> {
    let says = |by: (u32, &Article), of: (u32, &Article)| {
        let outlet = of.1.outlet.as_ref()?;
        namings.find(corpus, by.0, &outlet.value, Naming::Told)
    };
    foreign_outlet(a.1, b.1)?;
    // What only one of the two outlets was told, in either article's words.
    let (to_a, to_b) = ([says(a, a), says(b, a)], [says(a, b), says(b, b)]);
    let (from, by, words) = match (to_a, to_b) {
        ([_, Some(words)], [None, None]) => (a, b, words),
        ([Some(words), None], [None, None]) => (a, a, words),
        ([None, None], [Some(words), _]) => (b, a, words),
        ([None, None], [None, Some(words)]) => (b, b, words),
        _ => return None,
    };
    Some(Evidence {
        kind: EvidenceKind::Naming,
        weight: Weight::Supports,
        from: Some(from.0),
        text: format!("{} says \"{words}\", the outlet of {}", by.1.id, from.1.id),
    })
}

fn same_publisher(a: &Article, b: &Article) -> Option<Evidence> {
    let house = a.publisher.as_ref().filter(|of_a| b.publisher.as_ref() == Some(*of_a))?;
    Some(Evidence {
        kind: EvidenceKind::SamePublisher,
        weight: Weight::Silent,
        from: None,
        text: format!("both outlets belong to {}", house.value),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agency::{self, Rules};
    use crate::corpus::{self, Origin, Published, ReadOptions, Sourced};
    use crate::text;

    struct Found {
        from: Option<u32>,
        status: DirectionStatus,
        evidence: Vec<Evidence>,
    }

    /// The direction between two records of the Harbour Post and the Vell Gazette, of which all of
    /// the first one stands in the second; given are the text and further fields of each.
    fn direction_of(verdict: Verdict, a: (&str, &str), b: (&str, &str)) -> Found {
        direction_with(verdict, a, b, |_| ())
    }

    /// The same, with what only some formats say set afterwards.
    fn direction_with(
        verdict: Verdict,
        a: (&str, &str),
        b: (&str, &str),
        change: impl Fn(&mut [Article]),
    ) -> Found {
        let line = |id: &str, outlet: &str, (text, more): (&str, &str)| {
            format!("{{\"id\":\"{id}\",\"outlet\":\"{outlet}\",\"text\":\"{text}\"{more}}}\n")
        };
        let records = [line("a", "Harbour Post", a), line("b", "Vell Gazette", b)].concat();
        let listing = corpus::list(&["-".into()]);
        let mut corpus =
            corpus::read(listing, &ReadOptions::default(), &mut records.as_bytes(), &|_| ()).unwrap();
        change(&mut corpus.articles);
        let bodies: Vec<&str> = corpus.articles.iter().map(|article| &*article.body).collect();
        let texts = text::read(&bodies, &|_| ());
        let rules = Rules::built_in().compile();
        let credits: Vec<Credit> = corpus
            .articles
            .iter()
            .zip(&texts.articles)
            .map(|(article, text)| agency::read(article, text, &rules))
            .collect();
        let mut relations = [Relation {
            a: 0,
            b: 1,
            verdict,
            set_by_hand: None,
            shared_words: 40,
            share_a: 1.0,
            share_b: 0.5,
            quoted_share: 0.0,
            longest_run: 40,
            template: None,
            direction: Direction::not_established(),
            passages: Box::default(),
        }];
        let namings = establish(&corpus, &credits, &mut relations);
        let Direction { from, status } = relations[0].direction;
        Found { from, status, evidence: evidence(&corpus, &credits, &namings, &relations[0]) }
    }

    #[test]
    fn kinds_come_in_the_order_of_their_strength() {
        let direction = direction_of(
            Verdict::Reprint,
            ("The master told the Harbour Post that he saw it.", r#","date":"2026-03-02T10:00:00Z""#),
            (
                "First published by the Harbour Post. The master told the Harbour Post all about it.",
                r#","date":"2026-03-02T07:00:00Z""#,
            ),
        );
        let found: Vec<_> = direction.evidence.iter().map(|e| (e.kind, e.weight, e.from)).collect();
        assert_eq!(
            found,
            [
                (EvidenceKind::OutletCredit, Weight::Decides, Some(0)),
                (EvidenceKind::StatedTime, Weight::Decides, Some(1)),
                (EvidenceKind::Containment, Weight::Supports, None),
                (EvidenceKind::Naming, Weight::Supports, Some(0)),
            ]
        );
        assert_eq!((direction.from, direction.status), (Some(0), DirectionStatus::Established));
    }

    #[test]
    fn what_only_supports_establishes_nothing() {
        let told = "The master told the Harbour Post that he saw it.";
        let direction = direction_of(Verdict::Partial, (told, ""), ("He saw it.", ""));
        assert_eq!((direction.from, direction.status), (None, DirectionStatus::NotEstablished));
        let naming = direction.evidence.iter().find(|e| e.kind == EvidenceKind::Naming).unwrap();
        assert_eq!(naming.from, Some(0));
        assert!(naming.text.contains("told the Harbour Post"), "{}", naming.text);
        assert!(direction.evidence.iter().any(|e| e.text.contains("time is missing")));
    }

    #[test]
    fn days_and_equal_times_decide_nothing() {
        for (a, b) in [
            (r#","date":"2026-03-02""#, r#","date":"2026-03-04""#),
            (r#","date":"2026-03-02T07:00:00Z""#, r#","date":"2026-03-02T08:00:00+01:00""#),
        ] {
            let direction = direction_of(Verdict::Reprint, ("x", a), ("y", b));
            assert_eq!(direction.status, DirectionStatus::NotEstablished, "{a} {b}");
        }
    }

    #[test]
    fn an_agency_outweighs_times_except_for_speech() {
        let (early, late) = (r#","date":"2026-03-02T07:00:00Z""#, r#","date":"2026-03-02T09:00:00Z""#);
        let (plain, wire) = ("The ferry sank.", "VELL (Reuters) - The ferry sank.");
        let status = |verdict, a, b| direction_of(verdict, (a, early), (b, late)).status;
        assert_eq!(status(Verdict::Reprint, plain, wire), DirectionStatus::CommonSource);
        assert_eq!(status(Verdict::Quotation, plain, wire), DirectionStatus::NotEstablished);
        assert_eq!(status(Verdict::Quotation, wire, wire), DirectionStatus::CommonSource);
        assert_eq!(status(Verdict::Reprint, plain, plain), DirectionStatus::Established);
        // Two agencies are no common source.
        let other = "VELL (AFP) - The ferry sank.";
        assert_eq!(status(Verdict::Reprint, other, wire), DirectionStatus::NotEstablished);
    }

    #[test]
    fn links_both_ways_contradict_each_other() {
        let (url_a, url_b) = (r#","url":"https://a.example/news/1""#, r#","url":"https://b.example/news/1""#);
        let to_a = "See https://a.example/news/1 for it.";
        let direction =
            direction_of(Verdict::Reprint, ("See https://b.example/news/1 too.", url_a), (to_a, url_b));
        assert_eq!(direction.status, DirectionStatus::NotEstablished);
        let direction = direction_of(Verdict::Reprint, ("No link.", url_a), (to_a, url_b));
        assert_eq!(direction.from, Some(0));
    }

    #[test]
    fn a_declared_source_address_is_evidence() {
        let url = r#","url":"https://www.a.example/quay""#;
        let declaring = |address: &'static str| {
            direction_with(Verdict::Reprint, ("x", url), ("y", ""), move |articles| {
                let origin = Origin::Page("rel=canonical".to_owned());
                articles[1].sources.push(Sourced { value: address.to_owned(), origin });
            })
        };
        let direction = declaring("http://a.example/quay/");
        assert_eq!((direction.from, direction.status), (Some(0), DirectionStatus::Established));
        let said = "b declares the address of a as its source (page:rel=canonical)";
        assert_eq!(direction.evidence[0].text, said);
        assert_eq!(declaring("https://a.example/other").from, None);
    }

    #[test]
    fn desks_of_one_publisher_are_said_to_be() {
        let direction = direction_with(Verdict::Reprint, ("x", ""), ("y", ""), |articles| {
            let house = Sourced { value: "Vell Group".to_owned(), origin: Origin::Publishers };
            let house = Some(Box::new(house));
            articles.iter_mut().for_each(|article| article.publisher.clone_from(&house));
        });
        let last = direction.evidence.last().unwrap();
        assert_eq!(
            (last.kind, &*last.text),
            (EvidenceKind::SamePublisher, "both outlets belong to Vell Group")
        );
        assert_eq!(direction.status, DirectionStatus::NotEstablished);
    }

    #[test]
    fn a_capture_before_the_other_was_published_is_evidence() {
        let late = r#","date":"2026-03-02T09:00:00Z""#;
        let direction = direction_with(Verdict::Reprint, ("x", ""), ("y", late), |articles| {
            let captured = Published::parse("2026-03-02T08:00:00Z").unwrap();
            articles[0].captured = Some(Box::new(Sourced { value: captured, origin: Origin::Table }));
        });
        assert_eq!((direction.from, direction.status), (Some(0), DirectionStatus::Established));
        assert_eq!(direction.evidence[0].kind, EvidenceKind::CaptureTime);
    }

    #[test]
    fn a_link_names_the_whole_address() {
        let article = |url: Option<&str>, body: &str| Article {
            url: url.map(|url| Sourced { value: url.to_owned(), origin: Origin::Table }),
            body: body.into(),
            ..Article::default()
        };
        for (body, expected) in [
            ("See https://post.example/news/12.", true),
            ("(https://post.example/news/12/)", true),
            ("https://post.example/news/12?utm_source=x now", true),
            ("https://post.example/news/1204", false),
            ("https://post.example/news/12/more", false),
            ("https://post.example/news/12?id=3", false),
        ] {
            let to = article(Some("https://post.example/news/12"), "");
            assert_eq!(links_to(&article(None, body), &to), expected, "{body}");
        }
        // Each place is looked at by itself, whatever follows.
        let without_blanks = "https://post.example/news/12/x".repeat(40_000);
        let to = article(Some("https://post.example/news/12"), "");
        assert!(!links_to(&article(None, &without_blanks), &to));
    }

    #[test]
    fn midnight_sharp_is_a_day_without_a_time() {
        let found = direction_of(
            Verdict::Reprint,
            ("One text.", ",\"date\":\"2031-05-03T00:00:00Z\""),
            ("One text, and more.", ",\"date\":\"2031-05-03T07:15:00Z\""),
        );
        assert_eq!((found.from, found.status), (None, DirectionStatus::NotEstablished));
    }
}
