//! Which earlier text of a story an article shares most with.
//!
//! An observation about stated times, not about who had it from whom: the earlier text may itself
//! be a copy, and the one that both go back to may not be in the corpus.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Relation, direction};
use crate::corpus::{Corpus, Precision, Published};

/// The earlier text that an article shares most words with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NearestEarlier {
    /// Index of the earlier article.
    pub article: u32,
    /// Reporting words that both have.
    pub shared_words: u32,
}

/// Looks it up for each of `articles`, in their order, among the relations `inside` their story.
/// Of equally near texts the earlier one counts, then the first in input order.
pub(super) fn trace(corpus: &Corpus, inside: &[&Relation], articles: &[u32]) -> Vec<Option<NearestEarlier>> {
    let time = |article: u32| corpus.articles[article as usize].published.as_ref().map(|time| &time.value);
    let mut nearest: BTreeMap<u32, NearestEarlier> = BTreeMap::new();
    for relation in inside {
        let (Some(of_a), Some(of_b)) = (time(relation.a), time(relation.b)) else { continue };
        let (earlier, later) = match order(of_a, of_b) {
            Some(Ordering::Less) => (relation.a, relation.b),
            Some(Ordering::Greater) => (relation.b, relation.a),
            _ => continue,
        };
        let found = NearestEarlier { article: earlier, shared_words: relation.shared_words };
        let better = |known: &NearestEarlier| {
            let sooner = || match (time(earlier), time(known.article)) {
                (Some(this), Some(that)) => order(this, that).unwrap_or(Ordering::Equal),
                _ => Ordering::Equal,
            };
            let words = known.shared_words.cmp(&found.shared_words);
            words.then_with(sooner).then(earlier.cmp(&known.article)) == Ordering::Less
        };
        if nearest.get(&later).is_none_or(better) {
            nearest.insert(later, found);
        }
    }
    articles.iter().map(|article| nearest.get(article).copied()).collect()
}

/// Compares stated times as far as they can be compared: instants with instants, else by the
/// clock where both state one without a zone, else by the parts of the date that both state.
fn order(a: &Published, b: &Published) -> Option<Ordering> {
    if let (Some(a), Some(b)) = (direction::instant(a), direction::instant(b)) {
        return Some(a.cmp(&b));
    }
    let clock = direction::has_time_of_day(a) && direction::has_time_of_day(b);
    if clock && a.offset == b.offset {
        return Some(a.local.cmp(&b.local));
    }
    let (day_a, day_b) = (a.local.date(), b.local.date());
    match a.precision.min(b.precision) {
        Precision::Year => Some(day_a.year().cmp(&day_b.year())),
        Precision::Month => Some((day_a.year(), day_a.month()).cmp(&(day_b.year(), day_b.month()))),
        _ => Some(day_a.cmp(&day_b)),
    }
    .filter(|order| *order != Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provenance::{Direction, Verdict};

    fn corpus(times: &[&str]) -> Corpus {
        let records: Vec<String> = times
            .iter()
            .enumerate()
            .map(|(at, time)| {
                format!(r#"{{"id":"{at}","text":"The ferry of Vell ran late.","date":"{time}"}}"#)
            })
            .collect();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("news.jsonl");
        std::fs::write(&file, records.join("\n")).unwrap();
        let listing = crate::corpus::list(&[file]);
        crate::corpus::read(listing, &Default::default(), &mut std::io::empty(), &|_| ()).unwrap()
    }

    fn relation(a: u32, b: u32, shared_words: u32) -> Relation {
        Relation {
            a,
            b,
            verdict: Verdict::Reprint,
            set_by_hand: None,
            shared_words,
            share_a: 1.0,
            share_b: 1.0,
            quoted_share: 0.0,
            longest_run: shared_words,
            template: None,
            direction: Direction::not_established(),
            passages: Box::default(),
        }
    }

    fn nearest(times: &[&str], relations: &[Relation]) -> Vec<Option<u32>> {
        let articles: Vec<u32> = (0..times.len() as u32).collect();
        let inside: Vec<&Relation> = relations.iter().collect();
        let found = trace(&corpus(times), &inside, &articles);
        found.into_iter().map(|nearest| nearest.map(|nearest| nearest.article)).collect()
    }

    #[test]
    fn the_earlier_text_with_most_words_in_common_is_nearest() {
        let times = ["2031-03-01", "2031-03-02", "2031-03-03"];
        let relations = [relation(0, 1, 40), relation(0, 2, 30), relation(1, 2, 90)];
        assert_eq!(nearest(&times, &relations), [None, Some(0), Some(1)]);
        let equal = [relation(0, 1, 40), relation(0, 2, 90), relation(1, 2, 90)];
        assert_eq!(nearest(&times, &equal), [None, Some(0), Some(0)]);
    }

    #[test]
    fn one_day_is_not_earlier_than_itself_and_no_time_is_not_earlier_than_any() {
        let times = ["2031-03-01", "2031-03-01", "2031-03-01T09:00", "2031-03"];
        let relations = [relation(0, 1, 40), relation(1, 2, 40), relation(2, 3, 40)];
        assert_eq!(nearest(&times, &relations), [None; 4]);
    }

    #[test]
    fn midnight_sharp_is_a_day_without_a_time() {
        for zone in ["", "Z"] {
            let times = [format!("2031-05-03T00:00:00{zone}"), format!("2031-05-03T07:15:00{zone}")];
            assert_eq!(nearest(&times.each_ref().map(String::as_str), &[relation(0, 1, 40)]), [None; 2]);
        }
    }

    #[test]
    fn zones_decide_where_both_state_one() {
        let times = ["2031-03-01T09:00:00+05:30", "2031-03-01T05:00:00+00:00"];
        assert_eq!(nearest(&times, &[relation(0, 1, 40)]), [None, Some(0)]);
        let times = ["2031-03-01T09:00:00+01:00", "2031-03-01T05:00:00+00:00"];
        assert_eq!(nearest(&times, &[relation(0, 1, 40)]), [Some(1), None]);
    }
}
