//! From passages in words to passages in text.

use std::ops::Range;

use super::{ComparedPassage, Comparison, Nearest, Piece, SCHEMA};
use crate::matching::{Matching, Passage};
use crate::provenance::Criterion;
use crate::report::{Findings, RelationPassage, Report};

/// Builds the comparison from the report on a corpus of two articles. `nearest` is what a search
/// with lower thresholds found, with the options of the real one.
///
/// # Panics
/// When the corpus does not hold exactly two articles.
#[must_use]
pub fn assemble(
    report: Report,
    findings: &Findings<'_>,
    criteria: Vec<Criterion>,
    nearest: Option<&Matching>,
) -> Comparison {
    let side = |article: usize| Side { findings, article };
    let options = report.run.options.clone();
    let nearest = nearest.map(|found| {
        let runs = found.pairs.iter().flat_map(|pair| &pair.passages).flat_map(|passage| &passage.runs);
        let longest = runs.max_by_key(|&&(start, _, length)| (length, std::cmp::Reverse(start)));
        let shares = found.matches.iter().map(|found| found.containment_a.max(found.containment_b));
        Nearest {
            longest_run: longest.map_or(0, |&(_, _, length)| u64::from(length)),
            run_needed: u64::from(options.min_run),
            containment: shares.fold(0.0, f64::max),
            containment_needed: options.containment,
            text: longest
                .map(|&(start, _, length)| side(0).text(&(start..start + length)))
                .unwrap_or_default(),
        }
    });
    let relation = report.relations.into_iter().next();
    let pair = findings.matching.pairs.first();
    let aligned = pair.into_iter().flat_map(|pair| &pair.passages);
    let judged = relation.iter().flat_map(|relation| &relation.passages);
    let passages = aligned.zip(judged).map(|(words, judged)| compared(&side(0), &side(1), words, judged));
    let passages = passages.collect();
    let articles = <[_; 2]>::try_from(report.articles);
    let [a, b] = articles.unwrap_or_else(|articles| panic!("{} articles instead of two", articles.len()));
    Comparison { schema: SCHEMA.to_owned(), run: report.run, a, b, relation, criteria, nearest, passages }
}

fn compared(a: &Side<'_>, b: &Side<'_>, passage: &Passage, judged: &RelationPassage) -> ComparedPassage {
    let (same, in_a, in_b) = pieces(passage);
    let texts = a.texts(&in_a).into_iter().zip(b.texts(&in_b));
    ComparedPassage {
        a: judged.a,
        b: judged.b,
        words: u64::from(passage.verbatim()),
        kind_a: a.kind(passage.a.start),
        kind_b: b.kind(passage.b.start),
        quoted: judged.quoted,
        reporting: judged.reporting,
        pieces: same.into_iter().zip(texts).map(|(same, (a, b))| Piece { same, a, b }).collect(),
    }
}

/// The runs of a passage and what stands between them, as words of both sides.
fn pieces(passage: &Passage) -> (Vec<bool>, Vec<Range<u32>>, Vec<Range<u32>>) {
    let (mut same, mut in_a, mut in_b) = (Vec::new(), Vec::new(), Vec::new());
    let (mut end_a, mut end_b) = (passage.a.start, passage.b.start);
    for &(a, b, length) in &passage.runs {
        if a > end_a || b > end_b {
            same.push(false);
            in_a.push(end_a..a);
            in_b.push(end_b..b);
        }
        same.push(true);
        in_a.push(a..a + length);
        in_b.push(b..b + length);
        (end_a, end_b) = (a + length, b + length);
    }
    (same, in_a, in_b)
}

/// One of the two articles.
struct Side<'a> {
    findings: &'a Findings<'a>,
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

    fn kind(&self, word: u32) -> crate::text::Kind {
        let text = &self.findings.texts.articles[self.article];
        text.paragraphs[text.paragraph_at(word)].kind
    }
}
