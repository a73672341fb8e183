//! Where the stretches of one text stand: an index for looking up those of another.
//!
//! Most words of another text stand in no common stretch. A filter of the neighbouring words tells
//! so at the cost of one bit a word, and only what passes it is hashed and looked up.

use super::shingles;
use crate::text::WordId;

const NONE: u32 = u32::MAX;

/// The stretches of one text by their number, in reusable memory.
#[derive(Debug, Default)]
pub(crate) struct GramIndex {
    weight: u32,
    origin: u32,
    /// Hash table of entries; `NONE` is a free slot.
    slots: Vec<u32>,
    /// The stretches in order of their starts.
    entries: Vec<Entry>,
    /// Bits of the words that follow each other in the text; a power of two.
    neighbours: Vec<u64>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    number: u64,
    /// First entry with the same number.
    first: u32,
    /// Next entry with the same number.
    next: u32,
    /// Last entry with the same number (kept on the first one only).
    last: u32,
    /// Where the other text has it (kept on the first one only).
    other: u32,
}

/// An entry that is the first with its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct First(u32);

impl GramIndex {
    /// Indexes the stretches of `words`; `origin` is added to every place.
    pub(crate) fn build(&mut self, words: &[WordId], origin: u32, weight: u32) {
        self.weight = weight;
        self.origin = origin;
        self.entries.clear();
        self.slots.clear();
        self.slots.resize((words.len() * 2).next_power_of_two(), NONE);
        // Sixteen bits for each two words: by chance one in sixteen passes.
        self.neighbours.clear();
        self.neighbours.resize((words.len() / 4).next_power_of_two(), 0);
        for pair in words.windows(2) {
            let (at, bit) = neighbour(&self.neighbours, pair[0], pair[1]);
            self.neighbours[at] |= bit;
        }
        let (slots, entries) = (&mut self.slots, &mut self.entries);
        shingles::for_each_stretch(words, weight, |_, _, number| {
            let at = entries.len() as u32;
            let slot = slot_of(slots, entries, number);
            let first = slots[slot];
            let mut entry = Entry { number, first, next: NONE, last: at, other: NONE };
            if first == NONE {
                slots[slot] = at;
                entry.first = at;
            } else {
                let last = std::mem::replace(&mut entries[first as usize].last, at);
                entries[last as usize].next = at;
            }
            entries.push(entry);
        });
    }

    /// Forgets the text.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.slots.clear();
    }

    /// Whether no stretch is indexed.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The weight of the indexed stretches.
    pub(crate) fn weight(&self) -> u32 {
        self.weight
    }

    /// Calls `each` with the start, the end (exclusive) and the places of every stretch of `words`
    /// that is indexed, in order of starts.
    pub(crate) fn for_each_common(&self, words: &[WordId], mut each: impl FnMut(usize, usize, First)) {
        if self.is_empty() {
            return;
        }
        // The words of a stretch follow each other in the indexed text too. Of the last two words
        // that the first possible stretch has this is asked first: if they do not, all stretches
        // that hold them are out at once.
        let follows = |at: usize| {
            let (word, bit) = neighbour(&self.neighbours, words[at], words[at + 1]);
            self.neighbours[word] & bit != 0
        };
        let least = (self.weight.div_ceil(WordId::WHOLE) as usize).max(2);
        let mut from = 0;
        while from + least <= words.len() {
            let last = from + least - 2;
            if let Some(gap) = (from..=last).rev().find(|&at| !follows(at)) {
                from = gap + 1;
                continue;
            }
            let end = (last + 1..words.len() - 1).find(|&at| !follows(at)).map_or(words.len(), |gap| gap + 1);
            shingles::for_each_stretch(&words[from..end], self.weight, |start, stop, number| {
                if let Some(first) = self.find(number) {
                    each(from + start, from + stop, first);
                }
            });
            from = end;
        }
    }

    /// Looks a stretch up.
    fn find(&self, number: u64) -> Option<First> {
        let first = *self.slots.get(slot_of(&self.slots, &self.entries, number))?;
        (first != NONE).then_some(First(first))
    }

    /// The places of a stretch, ascending.
    pub(crate) fn places(&self, first: First) -> impl Iterator<Item = u32> {
        let next = |&at: &u32| Some(self.entries[at as usize].next).filter(|&next| next != NONE);
        std::iter::successors(Some(first.0), next).map(|at| at + self.origin)
    }

    /// Notes where the other text has a stretch; the first place counts.
    pub(crate) fn remember(&mut self, first: First, other: u32) {
        let noted = &mut self.entries[first.0 as usize].other;
        *noted = (*noted).min(other);
    }

    /// Forgets all notes.
    pub(crate) fn forget(&mut self) {
        self.entries.iter_mut().for_each(|entry| entry.other = NONE);
    }

    /// The next place, from `at` on, of a stretch with a note, and the note.
    pub(crate) fn next_remembered(&self, at: u32) -> Option<(u32, u32)> {
        let from = (at - self.origin) as usize;
        self.entries.get(from..)?.iter().zip(at..).find_map(|(entry, place)| {
            let other = self.entries[entry.first as usize].other;
            (other != NONE).then_some((place, other))
        })
    }
}

/// The word of `bits`, and the bit in it, that stand for two words in a row.
fn neighbour(bits: &[u64], first: WordId, second: WordId) -> (usize, u64) {
    let both = u64::from(first.get()) << 32 | u64::from(second.get());
    // Multiplicative hashing (Knuth 1973): the upper bits depend on both words.
    let spread = both.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((spread >> 40) as usize & (bits.len() - 1), 1 << (spread >> 58))
}

/// The slot of `number`: where it stands, or the free one where it would go.
fn slot_of(slots: &[u32], entries: &[Entry], number: u64) -> usize {
    let mask = slots.len().wrapping_sub(1);
    let mut slot = number as usize & mask;
    while let Some(&entry) = slots.get(slot) {
        if entry == NONE || entries[entry as usize].number == number {
            break;
        }
        slot = (slot + 1) & mask;
    }
    slot
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn places_and_notes() {
        let words = text::read(&["a b c x a b c y a b c"], &|_| ()).articles.remove(0).words;
        let mut index = GramIndex::default();
        index.build(&words, 10, shingles::SHINGLE);
        let mut found = Vec::new();
        index.for_each_common(&words[3..8], |start, end, first| found.push((start, end, first)));
        let &(start, end, first) = found.iter().find(|(start, ..)| *start == 1).unwrap();
        assert_eq!((found.len(), start, end), (3, 1, 4));
        assert_eq!(index.places(first).collect::<Vec<_>>(), [10, 14, 18]);
        index.remember(first, 3);
        assert_eq!(index.next_remembered(11), Some((14, 3)));
        assert_eq!(index.next_remembered(19), None);
        let other = text::read(&["a b c x a b c y a b c", "b a c x a b x"], &|_| ()).articles.remove(1).words;
        let mut starts = Vec::new();
        index.for_each_common(&other, |start, _, _| starts.push(start));
        assert_eq!(starts, [2, 3]);
    }
}
