//! Many words looked for in one text at once (Aho and Corasick 1975).

use std::ops::Range;

use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::dfa::DFA;
use aho_corasick::{Anchored, MatchKind};

/// Places of a text that are read side by side. Each step from byte to byte waits for the one before
/// it; steps of different places do not wait for each other.
const LANES: usize = 4;

/// Words that are looked for.
#[derive(Debug)]
pub(crate) struct Needles {
    automaton: DFA,
    start: StateID,
}

/// Whether capital letters differ from small ones, among those of ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Counts,
    Ignored,
}

impl Needles {
    /// Looks for words that are not empty.
    pub(crate) fn new(words: impl IntoIterator<Item = impl AsRef<str>>, case: Case) -> Self {
        let words = words.into_iter().collect::<Vec<_>>();
        let automaton = DFA::builder()
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(case == Case::Ignored)
            .prefilter(false)
            .build(words.iter().map(AsRef::as_ref))
            .expect("words are far from 2^31 states");
        let start = automaton.start_state(Anchored::No).expect("by default a search may start anywhere");
        Self { automaton, start }
    }

    /// Calls `met` with the number of a word and its bytes in `text`, for each place of each word at
    /// least once, in no order.
    pub(crate) fn find(&self, text: &str, mut met: impl FnMut(usize, Range<usize>)) {
        let text = text.as_bytes();
        // So that a word that begins in a lane's part ends in what the lane reads.
        let beyond = self.automaton.max_pattern_len();
        let part = text.len().saturating_sub(beyond) / LANES;
        let mut states = [self.start; LANES];
        let mut read = 0;
        if part > beyond {
            read = part + beyond;
            let lane = |lane: usize| &text[lane * part..][..read];
            // One by one, for an array of them would lie in memory.
            let [mut a, mut b, mut c, mut d] = states;
            let bytes = lane(0).iter().zip(lane(1)).zip(lane(2)).zip(lane(3));
            for (at, (((&in_a, &in_b), &in_c), &in_d)) in bytes.enumerate() {
                (a, b) = (self.next(a, in_a), self.next(b, in_b));
                (c, d) = (self.next(c, in_c), self.next(d, in_d));
                // States in which a word ends are the lowest.
                if self.automaton.is_special(a.min(b).min(c.min(d))) {
                    for (lane, state) in [a, b, c, d].into_iter().enumerate() {
                        self.report(state, lane * part + at + 1, &mut met);
                    }
                }
            }
            states = [a, b, c, d];
            // The last lane goes on.
            read += (LANES - 1) * part;
        }
        let mut state = states[LANES - 1];
        for (end, &byte) in (read + 1..).zip(&text[read..]) {
            state = self.next(state, byte);
            if self.automaton.is_special(state) {
                self.report(state, end, &mut met);
            }
        }
    }

    #[inline(always)]
    fn next(&self, state: StateID, byte: u8) -> StateID {
        self.automaton.next_state(Anchored::No, state, byte)
    }

    /// Reports the words that end here.
    #[cold]
    fn report(&self, state: StateID, end: usize, met: &mut impl FnMut(usize, Range<usize>)) {
        if self.automaton.is_match(state) {
            for number in 0..self.automaton.match_len(state) {
                let word = self.automaton.match_pattern(state, number);
                met(word.as_usize(), end - self.automaton.pattern_len(word)..end);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_place_is_met(
            words in proptest::collection::btree_set("[abé]{1,5}", 1..6),
            text in "[abAé ]{0,120}",
            ignored in any::<bool>(),
        ) {
            let words: Vec<String> = words.into_iter().collect();
            let form = |text: &str| if ignored { text.to_ascii_lowercase() } else { text.to_owned() };
            let stands = |start: usize, word: &str| {
                text.get(start..start + word.len()).is_some_and(|found| form(found) == word)
            };
            let starts = || (0..text.len()).filter(|&start| text.is_char_boundary(start));
            let places = |(number, word): (usize, &String)| {
                let word = word.clone();
                starts().filter(move |&start| stands(start, &word)).map(move |start| (number, start)).collect::<Vec<_>>()
            };
            let expected: BTreeSet<(usize, usize)> = words.iter().enumerate().flat_map(places).collect();
            let mut found = BTreeSet::new();
            let case = if ignored { Case::Ignored } else { Case::Counts };
            Needles::new(&words, case).find(&text, |number, bytes| {
                assert_eq!(bytes.len(), words[number].len());
                found.insert((number, bytes.start));
            });
            prop_assert_eq!(found, expected);
        }
    }
}
