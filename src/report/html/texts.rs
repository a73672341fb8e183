//! The data of single articles: the text, and each side of what it shares with others.
//!
//! Both articles of a relation keep the ranges of their own side, so that one article can be
//! coloured, and two be shown beside each other, without reading those of a third.

use serde::Serialize;

use super::index::Index;
use super::lists::rounded;
use super::offsets::Offsets;
use crate::agency::Level;
use crate::report::{
    AgencyEvidence, ArticleEntry, CreditedElsewhere, DirectionEvidence, DirectionStatus, Origins,
    RelationEntry, Span, Verdict,
};

/// Bytes of text and data from which a block of articles is full: small enough to be read at
/// once, and large enough that deflating pays.
const BLOCK: usize = 1 << 20;

/// Rough number of bytes that a side of a passage takes.
const PASSAGE: usize = 24;
/// Rough number of bytes that a side of a relation takes.
const RELATION: usize = 120;

/// The first article of each block.
pub(super) fn starts(index: &Index<'_>) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut size = BLOCK;
    for (at, article) in index.articles.iter().enumerate() {
        if size >= BLOCK {
            starts.push(at);
            size = 0;
        }
        let ties = index.ties_of(at).map(|(relation, _)| RELATION + PASSAGE * relation.passages.len());
        size += article.text.as_ref().map_or(0, |text| text.len()) + ties.sum::<usize>();
    }
    starts
}

/// One article with all that its page shows. Offsets are UTF-16 units.
#[derive(Debug, Serialize)]
pub(super) struct Record<'a> {
    text: Option<&'a str>,
    /// Start and end of what stands inside quotation marks.
    quotations: Vec<u32>,
    url: Option<&'a str>,
    origins: &'a Origins,
    notes: &'a [String],
    encoding: Option<&'a str>,
    sha256: &'a str,
    evidence: Vec<Evidence<'a>>,
    publisher: Option<&'a str>,
    release: Option<&'a AgencyEvidence>,
    wire_share: Option<f64>,
    credited_elsewhere: Option<&'a CreditedElsewhere>,
    relations: Vec<Side<'a>>,
    /// Groups that stand for pairs: the group's number, start, end.
    groups: Vec<(usize, u32, u32)>,
}

#[derive(Debug, Serialize)]
struct Evidence<'a> {
    rule: &'a str,
    level: Level,
    text: &'a str,
}

/// A relation as one of its articles sees it.
#[derive(Debug, Serialize)]
struct Side<'a> {
    with: usize,
    verdict: Verdict,
    words: u64,
    mine: f64,
    theirs: f64,
    quoted: f64,
    run: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    by_hand: Option<&'a str>,
    #[serde(skip_serializing_if = "is_false")]
    template: bool,
    status: DirectionStatus,
    /// The article that the text comes from, where that is established.
    from: Option<usize>,
    /// Start and end of each passage, one after the other.
    spans: Vec<u32>,
    /// Of each passage: 1 counted, 2 quoted, 4 reporting, added.
    kinds: Vec<u8>,
    /// Start and end of words that differ inside passages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    edits: Vec<u32>,
    /// Start and end of the figures of a template.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    differing: Vec<u32>,
    /// What both sides have in common, kept by the first one.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<Detail<'a>>,
}

#[derive(Debug, Serialize)]
struct Detail<'a> {
    evidence: &'a [DirectionEvidence],
    /// Verbatim words, quoted words and longest run of each passage; null without texts.
    words: Vec<Option<u64>>,
    quoted: Vec<Option<u64>>,
    runs: Vec<Option<u64>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// The record of one article.
pub(super) fn record<'a>(index: &Index<'a>, article: usize) -> Record<'a> {
    let entry: &'a ArticleEntry = index.articles[article];
    let text = entry.text.as_deref();
    let offsets = Offsets::of(text.unwrap_or_default());
    let evidence = entry.agency.evidence.iter();
    let groups = index.grouped[article].iter();
    Record {
        text,
        quotations: entry.quotations.iter().flat_map(|&span| offsets.span(span)).collect(),
        url: entry.head.url.as_deref(),
        origins: &entry.origins,
        notes: &entry.notes,
        encoding: entry.encoding.as_deref(),
        sha256: &entry.sha256,
        evidence: evidence
            .map(|found| Evidence { rule: &found.rule, level: found.level, text: &found.text })
            .collect(),
        publisher: entry.agency.publisher.as_deref(),
        release: entry.agency.release.as_ref(),
        wire_share: entry.wire_share.map(rounded),
        credited_elsewhere: entry.credited_elsewhere.as_ref(),
        relations: index
            .ties_of(article)
            .filter_map(|(relation, first)| side(index, relation, first, &offsets))
            .collect(),
        groups: groups
            .map(|&(number, span)| {
                let [start, end] = offsets.span(span);
                (number, start, end)
            })
            .collect(),
    }
}

fn side<'a>(
    index: &Index<'a>,
    relation: &'a RelationEntry,
    first: bool,
    offsets: &Offsets,
) -> Option<Side<'a>> {
    let here = |a: Span, b: Span| offsets.span(if first { a } else { b });
    let passages = || relation.passages.iter();
    let wording = || passages().map(|passage| passage.wording.as_deref());
    let edits = wording().flatten().flat_map(|wording| &wording.differing);
    let (mine, theirs) = (relation.share_a, relation.share_b);
    let (mine, theirs) = if first { (mine, theirs) } else { (theirs, mine) };
    Some(Side {
        with: index.at(if first { &relation.b } else { &relation.a })?,
        verdict: relation.verdict,
        words: relation.shared_words,
        mine: rounded(mine),
        theirs: rounded(theirs),
        quoted: rounded(relation.quoted_share),
        run: relation.longest_run,
        by_hand: relation.set_by_hand.as_deref(),
        template: relation.template,
        status: relation.direction.status,
        from: relation.direction.from.as_ref().and_then(|id| index.at(id)),
        spans: passages().flat_map(|passage| here(passage.a, passage.b)).collect(),
        kinds: passages()
            .map(|passage| {
                let counted = passage.wording.as_ref().map_or(passage.reporting, |wording| wording.counted);
                u8::from(counted) | u8::from(passage.quoted) << 1 | u8::from(passage.reporting) << 2
            })
            .collect(),
        edits: edits
            .filter_map(|words| if first { words.a } else { words.b })
            .flat_map(|span| offsets.span(span))
            .collect(),
        differing: relation.differing.iter().flat_map(|place| here(place.a, place.b)).collect(),
        detail: first.then(|| Detail {
            evidence: &relation.direction.evidence,
            words: wording().map(|wording| wording.map(|wording| wording.words)).collect(),
            quoted: wording().map(|wording| wording.map(|wording| wording.quoted_words)).collect(),
            runs: wording().map(|wording| wording.map(|wording| wording.longest_run)).collect(),
        }),
    })
}
