//! How much of an article is agency copy, as far as the corpus can tell: what it shares with
//! articles that credit the agency.

use std::collections::BTreeMap;
use std::ops::Range;

use super::reporting::WordMarks;
use super::{Relation, Thresholds};
use crate::agency::{Credit, Level};
use crate::matching::Matching;

/// What other articles tell about the agency copy in one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wire {
    /// Other articles that credit the same agency with their whole text and share words with this
    /// one.
    pub sisters: u32,
    /// Share of the reporting words that stand in the sisters, 0..=1; `None` without a sister.
    pub share: Option<f64>,
    /// The credited article that most of this one's text stands in, where this one credits no
    /// agency by name itself.
    pub elsewhere: Option<Box<CreditedElsewhere>>,
}

/// Text that stands in an article that declares an agency.
#[derive(Debug, Clone, PartialEq)]
pub struct CreditedElsewhere {
    /// The agencies that the other article declares.
    pub names: Vec<String>,
    /// Index of the other article.
    pub article: u32,
    /// Share of this article's reporting words that stand in the other, 0..=1.
    pub share: f64,
}

/// What one article shares with one that declares an agency.
#[derive(Debug, Default)]
struct Shared {
    words: Vec<Range<u32>>,
    /// As the relation of the two has it, which counts edited words of shared sentences too.
    share: f64,
}

/// Looks up every article's agency copy among the articles that declare the agency.
pub(super) fn trace(
    matching: &Matching,
    credits: &[Credit],
    relations: &[Relation],
    words: &[WordMarks],
    thresholds: &Thresholds,
) -> Vec<Wire> {
    // Per article, what it shares with each that declares an agency it may owe to.
    let mut shared: Vec<BTreeMap<u32, Shared>> = Vec::new();
    shared.resize_with(credits.len(), BTreeMap::new);
    for (relation, pair) in relations.iter().zip(matching.pairs.iter()) {
        let quoted = relation.quoted_share >= thresholds.only_quoted;
        for (mine, other, share) in
            [(relation.a, relation.b, relation.share_a), (relation.b, relation.a, relation.share_b)]
        {
            if !is_source(credits, mine, other) {
                continue;
            }
            let entry = shared[mine as usize].entry(other).or_default();
            entry.share = if quoted { 0.0 } else { share };
            for (_, passage) in
                relation.passages.iter().zip(pair.passages()).filter(|(found, _)| found.reporting)
            {
                entry.words.push(if mine == relation.a { passage.a } else { passage.b });
            }
        }
    }
    // The articles of a large group are not all paired; its first source stands for the others.
    for group in matching.groups.iter().filter(|group| group.represents_pairs) {
        let declaring = group.members.iter().filter(|m| !credits[m.article as usize].declared().is_empty());
        let declaring: Vec<u32> = declaring.map(|member| member.article).collect();
        for member in &group.members {
            let source = declaring
                .iter()
                .find(|&&other| other != member.article && is_source(credits, member.article, other));
            if let Some(&source) = source {
                let entry = shared[member.article as usize].entry(source).or_default();
                entry.words.push(member.words.clone());
            }
        }
    }
    let articles = shared.into_iter().enumerate();
    articles.map(|(article, shared)| judge(credits, &words[article], article, shared, thresholds)).collect()
}

/// Whether the text of `mine` may be looked up in `other`: it declares an agency that `mine`
/// credits, or `mine` names none.
fn is_source(credits: &[Credit], mine: u32, other: u32) -> bool {
    let (mine, declared) = (&credits[mine as usize], credits[other as usize].declared());
    if names_none(mine) {
        !declared.is_empty()
    } else {
        declared.iter().any(|name| mine.names.contains(name))
    }
}

/// Whether an article names no agency that it has more than a fact from.
fn names_none(credit: &Credit) -> bool {
    credit.publisher.is_none() && (credit.level > Level::Contributed || credit.level == Level::FeedUnnamed)
}

fn judge(
    credits: &[Credit],
    marks: &WordMarks,
    article: usize,
    shared: BTreeMap<u32, Shared>,
    thresholds: &Thresholds,
) -> Wire {
    let credit = &credits[article];
    if shared.is_empty() || marks.reporting.len() == 0 {
        return Wire::default();
    }
    if !names_none(credit) {
        if credit.level > Level::Contributed {
            return Wire::default();
        }
        let all = shared.values().flat_map(|shared| shared.words.iter().cloned());
        return Wire { sisters: shared.len() as u32, share: Some(covered(marks, all)), elsewhere: None };
    }
    // The largest share; of equal ones the first article.
    let mut best: Option<(u32, f64)> = None;
    for (other, shared) in shared {
        let share =
            shared.share.max(covered(marks, shared.words.into_iter().filter(|words| is_told(marks, words))));
        let words = (share * f64::from(marks.reporting.len())).round() as u32;
        if share >= thresholds.reprint
            && words >= thresholds.partial_words
            && best.is_none_or(|(_, most)| share > most)
        {
            best = Some((other, share));
        }
    }
    let elsewhere = best.map(|(other, share)| CreditedElsewhere {
        names: credits[other as usize].declared().to_vec(),
        article: other,
        share,
    });
    Wire { elsewhere: elsewhere.map(Box::new), ..Wire::default() }
}

/// Whether most of the words stand outside quotation marks.
fn is_told(marks: &WordMarks, words: &Range<u32>) -> bool {
    let quoted = marks.quoted.count_in(words) as usize;
    quoted * 2 < words.len()
}

/// Share of the reporting words that stand in the ranges.
fn covered(marks: &WordMarks, ranges: impl Iterator<Item = Range<u32>>) -> f64 {
    let mut words: Vec<u32> = ranges.flatten().filter(|&word| marks.reporting.contains(word)).collect();
    words.sort_unstable();
    words.dedup();
    words.len() as f64 / f64::from(marks.reporting.len())
}
