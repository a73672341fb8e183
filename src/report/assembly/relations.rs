//! Pairs of articles and their passages, from words to bytes.

use std::ops::Range;

use super::{Assembly, Findings};
use crate::matching::Passage;
use crate::provenance::{Provenance, Relation, SharedPassage};
use crate::report::{
    DifferingFigures, DifferingWords, Direction, DirectionEvidence, FullTexts, Highlight, RelationEntry,
    RelationPassage, Wording,
};

impl Assembly<'_> {
    pub(super) fn relation(&self, number: usize) -> RelationEntry {
        // Every aligned pair is judged, in its order.
        let relation = &self.findings.provenance.relations[number];
        let pair = self.findings.matching.pairs.get(number);
        debug_assert_eq!((relation.a, relation.b), (pair.a, pair.b));
        let sides: (Vec<_>, Vec<_>) = pair.passages().map(|passage| (passage.a, passage.b)).unzip();
        let spans_a = self.spans(relation.a, &sides.0);
        let spans_b = self.spans(relation.b, &sides.1);
        let passages = relation.passages.iter().zip(spans_a).zip(spans_b);
        RelationEntry {
            a: self.id(relation.a),
            b: self.id(relation.b),
            verdict: relation.verdict,
            set_by_hand: relation.set_by_hand.as_deref().map(str::to_owned),
            shared_words: u64::from(relation.shared_words),
            share_a: relation.share_a,
            share_b: relation.share_b,
            quoted_share: relation.quoted_share,
            longest_run: u64::from(relation.longest_run),
            template: relation.template.is_some(),
            differing: self.differing(relation),
            direction: Direction {
                from: relation.direction.from.map(|article| self.id(article)),
                status: relation.direction.status,
                evidence: self.evidence(relation),
            },
            passages: passages
                .zip(pair.passages())
                .map(|(((passage, a), b), aligned)| RelationPassage {
                    a,
                    b,
                    quoted: passage.quoted,
                    reporting: passage.reporting,
                    wording: match self.full_texts {
                        FullTexts::Omitted => None,
                        FullTexts::Included => Some(Box::new(self.wording(relation, passage, &aligned))),
                    },
                })
                .collect(),
        }
    }

    fn evidence(&self, relation: &Relation) -> Vec<DirectionEvidence> {
        let Findings { corpus, credits, provenance, .. } = self.findings;
        let evidence = provenance.evidence(corpus, credits, relation).into_iter();
        evidence
            .map(|evidence| DirectionEvidence {
                kind: evidence.kind,
                weight: evidence.weight,
                from: evidence.from.map(|article| self.id(article)),
                text: evidence.text,
            })
            .collect()
    }

    fn wording(&self, relation: &Relation, passage: &SharedPassage, aligned: &Passage<'_>) -> Wording {
        let gaps = aligned.runs.windows(2).map(|runs| {
            let ((end_a, end_b), next) = (runs[0].ends(), runs[1]);
            (end_a..next.a, end_b..next.b)
        });
        let span = |article: u32, words: Range<u32>| {
            (!words.is_empty()).then(|| self.spans(article, std::slice::from_ref(&words))[0])
        };
        Wording {
            words: u64::from(aligned.verbatim()),
            quoted_words: u64::from(passage.quoted_words),
            longest_run: u64::from(aligned.longest()),
            counted: passage.counted,
            differing: gaps
                .map(|(a, b)| DifferingWords { a: span(relation.a, a), b: span(relation.b, b) })
                .collect(),
        }
    }

    fn differing(&self, relation: &Relation) -> Vec<DifferingFigures> {
        let places = relation.template.iter().flat_map(|template| &template.differing);
        places
            .map(|place| {
                let (a, text_a) = self.excerpt(relation.a, &place.a);
                let (b, text_b) = self.excerpt(relation.b, &place.b);
                DifferingFigures { a, b, text_a, text_b }
            })
            .collect()
    }

    pub(super) fn highlights(&self) -> Vec<Highlight> {
        let Provenance { relations, strongest, .. } = &self.findings.provenance;
        strongest
            .iter()
            .map(|chosen| {
                let relation = &relations[chosen.relation];
                let mut passages = self.findings.matching.pairs.get(chosen.relation).passages();
                let passage = passages.nth(chosen.passage).expect("chosen among them");
                let (span_a, text_a) = self.excerpt(relation.a, &passage.a);
                let (span_b, text_b) = self.excerpt(relation.b, &passage.b);
                Highlight {
                    a: self.id(relation.a),
                    b: self.id(relation.b),
                    words: u64::from(passage.verbatim()),
                    span_a,
                    span_b,
                    text_a,
                    text_b,
                }
            })
            .collect()
    }
}
