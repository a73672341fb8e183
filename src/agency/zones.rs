//! Where in an article each kind of rule looks.

use std::ops::Range;

use super::compiled::CompiledRules;
use super::marks::Marks;
use super::rules::Spot;
use crate::text::{ArticleText, Kind, Paragraph};

/// Bytes of the report from its start in which a dateline may stand.
const HEAD: usize = 400;

/// Bytes of its last paragraph that are looked at however few are left: the longest datelines.
const DATELINE: usize = 120;

/// Bytes of the report from its end in which a sign-off may stand.
const TAIL: usize = 600;

/// Longest credit line, in bytes.
const LONGEST_LINE: usize = 240;

/// Bytes from which a paragraph of the report tells something. Shorter ones may be remains of the
/// page: appeals, labels, bylines.
const TELLS: usize = 50;

/// Telling paragraphs from the start (and from the end) beside which a credit line still belongs
/// to the article. In the middle an agency's name on a line is a heading of a round-up.
const BESIDE: usize = 3;

/// A piece of an article.
#[derive(Debug, Clone)]
pub(super) struct Zone {
    /// Its bytes in the body.
    pub(super) bytes: Range<usize>,
    /// What stands in its paragraph.
    pub(super) marks: Marks,
}

/// The parts of an article in which the kinds of rules look.
pub(super) struct Zones {
    head: Vec<Zone>,
    pub(super) below: Vec<Zone>,
    opening: Vec<Zone>,
    closing: Vec<Zone>,
    lines: Vec<Zone>,
    tail: Vec<Zone>,
    report: Vec<Zone>,
    captions: Vec<Zone>,
}

impl Zones {
    pub(super) fn of(body: &str, text: &ArticleText, rules: &CompiledRules) -> Self {
        let zone = |paragraph: &Paragraph| {
            let bytes = paragraph.bytes.start as usize..paragraph.bytes.end as usize;
            let marks = rules.marks(&body[bytes.clone()]);
            Zone { bytes, marks }
        };
        let of_kinds = |kinds: &[Kind]| {
            let paragraphs = text.paragraphs.iter().filter(|p| kinds.contains(&p.kind));
            paragraphs.map(zone).collect::<Vec<_>>()
        };
        let report = of_kinds(&[Kind::Body, Kind::Credit, Kind::Heading]);
        let telling = text.paragraphs.iter().filter(|p| p.kind == Kind::Body && p.bytes.len() >= TELLS);
        let telling: Vec<Range<u32>> = telling.map(|paragraph| paragraph.bytes.clone()).collect();
        let first = telling.first().map_or(usize::MAX, |bytes| bytes.start as usize);
        let last = telling.last().map_or(0, |bytes| bytes.end as usize);
        let early = telling.get(BESIDE - 1).map_or(usize::MAX, |bytes| bytes.start as usize);
        let late = telling.len().checked_sub(BESIDE).map_or(0, |i| telling[i].end as usize);
        let lines = report.iter().filter(|zone| zone.bytes.len() <= LONGEST_LINE);
        let head = head(body, &report);
        let below = report.iter().filter(|zone| {
            let after_head = head.last().is_none_or(|last| last.bytes.start < zone.bytes.start);
            after_head && zone.bytes.start < late
        });
        Self {
            below: below.cloned().collect(),
            closing: lines.clone().filter(|zone| zone.bytes.start >= last).cloned().collect(),
            opening: lines.clone().filter(|zone| zone.bytes.start < first).cloned().collect(),
            lines: lines
                .filter(|zone| zone.bytes.start < early || zone.bytes.start >= late)
                .cloned()
                .collect(),
            tail: tail(body, &report),
            captions: of_kinds(&[Kind::Caption]),
            head,
            report,
        }
    }

    pub(super) fn of_spot(&self, spot: Spot) -> &[Zone] {
        match spot {
            Spot::Head => &self.head,
            Spot::Below => &self.below,
            Spot::Opening => &self.opening,
            Spot::Closing => &self.closing,
            Spot::Line => &self.lines,
            Spot::Tail => &self.tail,
            Spot::Anywhere => &self.report,
            Spot::Caption => &self.captions,
            Spot::Metadata | Spot::Title => &[],
        }
    }
}

/// The paragraphs within [`HEAD`] bytes of text from the start, the last one cut.
fn head(body: &str, report: &[Zone]) -> Vec<Zone> {
    let mut left = HEAD;
    let mut zones = Vec::new();
    for Zone { bytes, marks } in report.iter() {
        if left == 0 {
            break;
        }
        let length = bytes.len().min(left.max(DATELINE));
        left = left.saturating_sub(length);
        let bytes = bytes.start..body.floor_char_boundary(bytes.start + length);
        zones.push(Zone { bytes, marks: *marks });
    }
    zones
}

/// The paragraphs within [`TAIL`] bytes of text from the end, the first one cut.
fn tail(body: &str, report: &[Zone]) -> Vec<Zone> {
    let mut left = TAIL;
    let mut zones = Vec::new();
    for Zone { bytes, marks } in report.iter().rev() {
        if left == 0 {
            break;
        }
        let length = bytes.len().min(left);
        left -= length;
        let bytes = body.ceil_char_boundary(bytes.end - length)..bytes.end;
        zones.push(Zone { bytes, marks: *marks });
    }
    zones
}
