//! Where the stretches of one text stand: an index for looking up those of another.

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

    /// Looks a stretch up.
    pub(crate) fn find(&self, number: u64) -> Option<First> {
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
        let mut numbers = Vec::new();
        shingles::for_each_stretch(&words, shingles::SHINGLE, |_, _, number| numbers.push(number));
        let first = index.find(numbers[4]).unwrap();
        assert_eq!(index.places(first).collect::<Vec<_>>(), [10, 14, 18]);
        index.remember(first, 3);
        assert_eq!(index.next_remembered(11), Some((14, 3)));
        assert_eq!(index.next_remembered(19), None);
        assert_eq!(index.find(1), None);
    }
}
