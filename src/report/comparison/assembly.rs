//! From words to text.

use std::ops::Range;

use super::{ComparedBlock, Comparison, Nearest, Piece, SCHEMA};
use crate::matching::{Matching, Place};
use crate::provenance::{self, Block, Criterion};
use crate::report::{Findings, Report, Span};
use crate::text::Kind;

/// Builds the comparison from the report on a corpus of two articles. `nearest` is what a search
/// with lower thresholds found, with the options of the real one.
///
/// # Panics
/// When the corpus does not hold exactly two articles.
#[must_use]
pub fn assemble(
    report: Report,
    findings: &Findings,
    criteria: Vec<Criterion>,
    nearest: Option<&Matching>,
) -> Comparison {
    let side = |article: usize| Side { findings, article };
    let options = report.run.options.matching;
    let nearest = nearest.map(|found| {
        let runs = found.pairs.iter().flat_map(|pair| pair.passages()).flat_map(|passage| passage.runs);
        let longest = runs.max_by_key(|run| (run.length, std::cmp::Reverse(run.a)));
        let closest = closest_paragraphs(found, |place| {
            let article = &findings.texts.articles[place.article as usize];
            options.share_needed(article.words_of(&article.paragraphs[place.paragraph as usize]))
        });
        let (containment, containment_needed) = closest.unwrap_or((0.0, options.containment));
        Nearest {
            longest_run: longest.map_or(0, |run| u64::from(run.length)),
            run_needed: u64::from(options.min_run),
            containment,
            containment_needed,
            text: longest.map(|run| side(0).text(&(run.a..run.ends().0))).unwrap_or_default(),
        }
    });
    let relation = report.relations.into_iter().next();
    let pair = findings.matching.pairs.iter().next();
    let blocks = pair.map(|pair| provenance::blocks(&findings.texts, pair)).unwrap_or_default();
    let blocks = blocks.iter().map(|block| compared(&side(0), &side(1), block)).collect();
    let articles = <[_; 2]>::try_from(report.articles);
    let [a, b] = articles.unwrap_or_else(|articles| panic!("{} articles instead of two", articles.len()));
    let inputs = findings.corpus.paths();
    Comparison {
        schema: SCHEMA.to_owned(),
        run: report.run,
        a,
        b,
        relation,
        criteria,
        nearest,
        blocks,
        inputs,
    }
}

/// Of the paragraphs that are nearest to a match: the share that is found of the one with fewer word
/// triples, and the share that it needs.
fn closest_paragraphs(found: &Matching, needed: impl Fn(Place) -> f64) -> Option<(f64, f64)> {
    let shares = found.matches.iter().map(|found| {
        let first = found.containment_a >= found.containment_b;
        let shorter = if first { found.places.0 } else { found.places.1 };
        (found.containment_a.max(found.containment_b), needed(shorter))
    });
    shares.max_by(|x, y| (x.0 / x.1).total_cmp(&(y.0 / y.1)))
}

fn compared(a: &Side<'_>, b: &Side<'_>, block: &Block) -> ComparedBlock {
    let (in_a, in_b): (Vec<_>, Vec<_>) = block.pieces.iter().map(|p| (p.a.clone(), p.b.clone())).unzip();
    let texts = a.texts(&in_a).into_iter().zip(b.texts(&in_b));
    let pieces = block.pieces.iter().zip(texts);
    ComparedBlock {
        a: a.span(&in_a),
        b: b.span(&in_b),
        words: u64::from(block.verbatim()),
        kind_a: block.kind_a,
        kind_b: block.kind_b,
        quoted: block.quoted,
        reporting: block.kind_a == Kind::Body && block.kind_b == Kind::Body,
        pieces: pieces.map(|(piece, (a, b))| Piece { same: piece.same, a, b }).collect(),
    }
}

/// One of the two articles.
struct Side<'a> {
    findings: &'a Findings,
    article: usize,
}

impl Side<'_> {
    fn text(&self, words: &Range<u32>) -> String {
        self.texts(std::slice::from_ref(words)).remove(0)
    }

    /// The text of ranges that follow each other, each up to the beginning of the next.
    fn texts(&self, ranges: &[Range<u32>]) -> Vec<String> {
        let body = &self.findings.corpus.articles[self.article].body;
        let filled: Vec<Range<u32>> = ranges.iter().filter(|range| !range.is_empty()).cloned().collect();
        let bytes = self.findings.texts.articles[self.article].bytes_of(body, &filled);
        let ends = bytes.iter().skip(1).map(|next| next.start).chain(bytes.last().map(|last| last.end));
        let mut texts = bytes.iter().zip(ends).map(|(from, end)| &body[from.start as usize..end as usize]);
        let text = |range: &Range<u32>| if range.is_empty() { "" } else { texts.next().unwrap_or_default() };
        ranges.iter().map(text).map(str::to_owned).collect()
    }

    /// The bytes from the first word of the ranges to the last.
    fn span(&self, ranges: &[Range<u32>]) -> Span {
        let mut filled = ranges.iter().filter(|range| !range.is_empty());
        let first = filled.next().cloned().unwrap_or_default();
        let last = filled.next_back().unwrap_or(&first);
        let body = &self.findings.corpus.articles[self.article].body;
        let words = &self.findings.texts.articles[self.article];
        let whole = first.start..last.end;
        let bytes = words.bytes_of(body, std::slice::from_ref(&whole));
        [bytes[0].start, bytes[0].end]
    }
}
