//! Stretches of consecutive words as 64-bit numbers.
//!
//! Lengths are weights, not counts: an ordinary word weighs 2, a character of an unspaced script
//! 1 ([`WordId::weight`]). A shingle starts at a word and takes the fewest words that reach its
//! weight, so it depends on nothing but the words themselves, and two texts that share the words
//! share the shingle, whatever stands around it.

use std::ops::Range;

use super::postings::Slice;
use crate::text::WordId;

/// Weight of a shingle: three ordinary words, or six characters of an unspaced script.
pub(crate) const SHINGLE: u32 = 3 * WordId::WHOLE;

/// Calls `each` with the start, the end (exclusive) and the number of every stretch of `words`
/// of at least `weight`, in order of starts.
///
/// Equal stretches give equal numbers. Different stretches of three ordinary words give different
/// numbers while ids stay below 2^21; all others are told apart by a 64-bit hash.
pub(crate) fn for_each_stretch(words: &[WordId], weight: u32, mut each: impl FnMut(usize, usize, u64)) {
    if are_ordinary(words) {
        return for_each_of_length(words, weight.div_ceil(WordId::WHOLE) as usize, each);
    }
    let mut end = 0;
    let mut reached = 0;
    let mut rolling = Rolling::default();
    for start in 0..words.len() {
        while reached < weight {
            let Some(&word) = words.get(end) else { return };
            reached += word.weight();
            rolling.push(word);
            end += 1;
        }
        each(start, end, packed(&words[start..end]).unwrap_or_else(|| rolling.number()));
        reached -= words[start].weight();
        rolling.pop(words[start], end - start);
    }
}

/// Whether none is a character of an unspaced script. Without an early end, so that many are looked at
/// at once.
fn are_ordinary(words: &[WordId]) -> bool {
    words.iter().fold(true, |all, word| all & (word.weight() == WordId::WHOLE))
}

/// [`for_each_stretch`] where all words are ordinary, so that a stretch is a number of words.
fn for_each_of_length(words: &[WordId], length: usize, mut each: impl FnMut(usize, usize, u64)) {
    if words.len() < length {
        return;
    }
    let mut rolling = Rolling::default();
    words[..length].iter().for_each(|&word| rolling.push(word));
    for start in 0..=words.len() - length {
        let end = start + length;
        each(start, end, packed(&words[start..end]).unwrap_or_else(|| rolling.number()));
        rolling.pop(words[start], length);
        if let Some(&next) = words.get(end) {
            rolling.push(next);
        }
    }
}

/// Calls `each` with the number of every stretch of `weight` that contains the words `inner`.
pub(crate) fn for_each_stretch_around(
    words: &[WordId],
    inner: Range<usize>,
    weight: u32,
    mut each: impl FnMut(u64),
) {
    for start in (0..=inner.start).rev() {
        let end = stretch_end(words, start, weight);
        if end < inner.end {
            return;
        }
        if weight_reaches(&words[start..end], weight) {
            each(number(&words[start..end]));
        }
    }
}

/// Where the stretch of `weight` that starts at `start` ends (exclusive), at most at the end.
pub(crate) fn stretch_end(words: &[WordId], start: usize, weight: u32) -> usize {
    let mut reached = 0;
    let mut end = start;
    while reached < weight && end < words.len() {
        reached += words[end].weight();
        end += 1;
    }
    end
}

/// Sum of the weights of `words`.
pub(crate) fn weight(words: &[WordId]) -> u32 {
    words.iter().map(|word| word.weight()).sum()
}

/// Whether `words` weigh at least `weight`.
pub(crate) fn weight_reaches(words: &[WordId], least: u32) -> bool {
    // Nearly all words are ordinary, so the number of words nearly always decides.
    words.len() as u32 >= least || weight(words) >= least
}

/// Calls `each` with the shingles of a paragraph that are in the slice, in order. A paragraph too
/// short for one shingle is one shingle as a whole.
pub(crate) fn for_each_shingle(words: &[WordId], slice: Slice, mut each: impl FnMut(u64)) {
    let all = words.iter().fold(0, |all, word| all | word.get());
    if all >> PACKED_BITS == 0 && words.len() >= 3 {
        // Ordinary words all of them: those of unspaced scripts have the highest bit.
        return for_each_of_three(words, slice, each);
    }
    let mut none = true;
    for_each_stretch(words, SHINGLE, |start, end, shingle| {
        none = false;
        if slice.has(leading(&words[start..end])) {
            each(shingle);
        }
    });
    if none && !words.is_empty() && slice.has(leading(words)) {
        each(number(words));
    }
}

/// [`for_each_shingle`] where every three words are one whose ids fit in one number.
fn for_each_of_three(words: &[WordId], slice: Slice, mut each: impl FnMut(u64)) {
    const SOME: usize = 64;
    let mut hashes = (word_hash(words[0]), word_hash(words[1]));
    for start in (0..words.len() - 2).step_by(SOME) {
        let some = &words[start..words.len().min(start + SOME + 2)];
        // Which are in the slice is a matter of chance, so they are chosen without a branch.
        let (mut chosen, mut count) = ([0; SOME], 0);
        for (at, &third) in some[2..].iter().enumerate() {
            let next = word_hash(third);
            chosen[count] = at;
            count += usize::from(slice.has(leading_hash(hashes.0, hashes.1, next)));
            hashes = (hashes.1, next);
        }
        for &at in &chosen[..count] {
            each(mix(pack(some[at], some[at + 1], some[at + 2])));
        }
    }
}

/// A hash of the first three words, cheaper than the number of the stretch that they begin.
pub(crate) fn leading(words: &[WordId]) -> u32 {
    let hash = |at: usize| words.get(at).map_or(0, |word| word_hash(*word));
    leading_hash(hash(0), hash(1), hash(2))
}

/// Multiplicative hashing (Knuth 1973): the upper bits depend on all of the word.
fn word_hash(word: WordId) -> u64 {
    u64::from(word.get()).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// [`leading`], from the hashes of the three words, whose upper bits all go into the upper ones.
fn leading_hash(first: u64, second: u64, third: u64) -> u32 {
    let sum = first.wrapping_add(second.rotate_left(11)).wrapping_add(third.rotate_left(22));
    (sum >> u32::BITS) as u32
}

/// The number of one stretch; the same that [`for_each_stretch`] gives.
pub(crate) fn number(words: &[WordId]) -> u64 {
    packed(words).unwrap_or_else(|| {
        let mut rolling = Rolling::default();
        words.iter().for_each(|&word| rolling.push(word));
        rolling.number()
    })
}

/// Three ids in one number, where they fit: no two such stretches are taken for each other.
fn packed(words: &[WordId]) -> Option<u64> {
    let &[a, b, c] = words else { return None };
    ((a.get() | b.get() | c.get()) >> PACKED_BITS == 0).then(|| mix(pack(a, b, c)))
}

/// Bits of each of three ids that share one number.
const PACKED_BITS: u32 = 21;

fn pack(a: WordId, b: WordId, c: WordId) -> u64 {
    u64::from(a.get()) << (2 * PACKED_BITS) | u64::from(b.get()) << PACKED_BITS | u64::from(c.get())
}

/// A polynomial hash of a moving window of words, modulo 2^64 (Karp and Rabin 1987).
#[derive(Default)]
struct Rolling {
    hash: u64,
}

impl Rolling {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

    fn push(&mut self, word: WordId) {
        self.hash = self.hash.wrapping_mul(Self::BASE).wrapping_add(Self::digit(word));
    }

    /// Takes the first of `length` words out of the window.
    fn pop(&mut self, first: WordId, length: usize) {
        let power = POWERS.get(length - 1).copied();
        let power = power.unwrap_or_else(|| Self::BASE.wrapping_pow(length as u32 - 1));
        self.hash = self.hash.wrapping_sub(Self::digit(first).wrapping_mul(power));
    }

    fn number(&self) -> u64 {
        mix(self.hash) | 1 << 63
    }

    /// Ids are small and dense; spread, so that sums of them do not meet.
    fn digit(word: WordId) -> u64 {
        let x = u64::from(word.get()).wrapping_add(1).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        x ^ (x >> 32)
    }
}

static POWERS: [u64; 64] = {
    let mut powers = [1u64; 64];
    let mut i = 1;
    while i < powers.len() {
        powers[i] = powers[i - 1].wrapping_mul(Rolling::BASE);
        i += 1;
    }
    powers
};

/// A bijection of 64-bit numbers that spreads every bit (the finaliser of SplitMix64, Steele,
/// Lea and Flood 2014).
fn mix(mut x: u64) -> u64 {
    x = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// Picks from the stretches of `words` so that every verbatim run of weight `run` or more that
/// two texts share has a picked stretch in common (winnowing; Schleimer, Wilkerson and Aiken
/// 2003). Calls `each` with the start, the end and the number of each picked stretch, in order.
///
/// A run of weight `run` holds at least `window` whole stretches of weight `gram` whatever
/// scripts it mixes: each start passed takes at most 2 from the run. The smallest number of every
/// `window` consecutive stretches is picked, so one of these is among the picked ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Winnow {
    gram: u32,
    window: usize,
}

impl Winnow {
    /// For runs of at least `run` ordinary words (or twice as many characters).
    pub(crate) fn for_runs(run: u32) -> Self {
        // Three quarters for the gram: longer ones meet by chance less often, shorter ones leave
        // a wider window and so fewer picks.
        let gram = (run * 3).div_ceil(4).max(1);
        Self { gram: gram * WordId::WHOLE, window: (run - gram + 1) as usize }
    }

    /// The weight of the stretches that are picked.
    pub(crate) fn weight(self) -> u32 {
        self.gram
    }

    pub(crate) fn for_each_pick(self, words: &[WordId], mut each: impl FnMut(usize, usize, u64)) {
        // The last `window` stretches, each in the place of its turn.
        let mut window = vec![(0, 0, u64::MAX); self.window];
        let mut count = 0;
        // The turns of the smallest number in the window, the last one of equals, and of the one
        // that was picked last.
        let (mut least, mut picked) = (0, usize::MAX);
        for_each_stretch(words, self.gram, |start, end, number| {
            let turn = count;
            count += 1;
            window[turn % self.window] = (start, end, number);
            if least + self.window == turn {
                // It has left the window.
                least = (turn + 1 - self.window..=turn)
                    .rev()
                    .min_by_key(|turn| window[turn % self.window].2)
                    .expect("a window is not empty");
            } else if number <= window[least % self.window].2 {
                least = turn;
            }
            if count >= self.window && least != picked {
                picked = least;
                let (start, end, number) = window[least % self.window];
                each(start, end, number);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Vocabulary;

    fn ids(words: &[&str]) -> Vec<WordId> {
        let mut vocabulary = Vocabulary::default();
        words.iter().map(|word| vocabulary.intern((*word).into())).collect()
    }

    fn stretches(words: &[WordId], weight: u32) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        for_each_stretch(words, weight, |start, end, _| out.push((start, end)));
        out
    }

    #[test]
    fn three_words_six_characters_or_a_mixture() {
        assert_eq!(stretches(&ids(&["a", "b", "c", "d"]), SHINGLE), [(0, 3), (1, 4)]);
        assert_eq!(stretches(&ids(&["新", "华", "社", "北", "京", "电", "讯"]), SHINGLE), [(0, 6), (1, 7)]);
        assert_eq!(stretches(&ids(&["a", "新", "华", "b"]), SHINGLE), [(0, 4)]);
    }

    #[test]
    fn a_short_paragraph_is_one_shingle() {
        let mut count = 0;
        for_each_shingle(&ids(&["a", "b"]), Slice::ALL, |_| count += 1);
        assert_eq!(count, 1);
    }

    proptest! {
        /// Two texts around one common run: some pick of the run is made in both.
        #[test]
        fn no_run_slips_through(
            run in proptest::collection::vec(0usize..6, 12..30),
            before in proptest::collection::vec(0usize..6, 0..20),
            after in proptest::collection::vec(0usize..6, 0..20),
        ) {
            let pool = ids(&["a", "b", "c", "新", "华", "社"]);
            let word = |list: &[usize]| list.iter().map(|&i| pool[i]).collect::<Vec<_>>();
            let run = word(&run);
            prop_assume!(weight(&run) >= 24);
            let other = [word(&before), run.clone(), word(&after)].concat();
            let winnow = Winnow::for_runs(12);
            let picks = |words: &[WordId]| {
                let mut numbers = Vec::new();
                winnow.for_each_pick(words, |_, _, number| numbers.push(number));
                numbers
            };
            let (one, two) = (picks(&run), picks(&other));
            prop_assert!(one.iter().any(|number| two.contains(number)));
        }
    }
}
