//! Identical paragraphs as one: boilerplate and full reprints cost nothing further.

use std::ops::Range;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use crate::parallel::Evenly;
use crate::text::{Texts, WordId};

/// A paragraph of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Index of the article.
    pub article: u32,
    /// Number of the paragraph in it.
    pub paragraph: u32,
}

/// The distinct paragraphs of a corpus, in the order of their first places.
#[derive(Debug, Default)]
pub struct Distinct {
    starts: Vec<u32>,
    places: Vec<Place>,
}

impl Distinct {
    /// Number of distinct paragraphs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns all places of one distinct paragraph, ascending; never empty.
    #[must_use]
    pub fn places(&self, paragraph: u32) -> &[Place] {
        let i = paragraph as usize;
        &self.places[self.starts[i] as usize..self.starts[i + 1] as usize]
    }

    /// Returns the words of one distinct paragraph.
    #[must_use]
    pub fn words<'a>(&self, texts: &'a Texts, paragraph: u32) -> &'a [WordId] {
        words_at(texts, self.places(paragraph)[0])
    }

    /// Stands for several articles in [`Distinct::only_article`].
    pub(super) const SEVERAL: u32 = u32::MAX;

    /// Returns the article that alone holds one distinct paragraph, or [`Distinct::SEVERAL`].
    pub(super) fn only_article(&self, paragraph: u32) -> u32 {
        let places = self.places(paragraph);
        let (first, last) = (places[0].article, places[places.len() - 1].article);
        if first == last { first } else { Self::SEVERAL }
    }

    /// Returns the number of articles that hold one distinct paragraph.
    #[must_use]
    pub fn article_count(&self, paragraph: u32) -> usize {
        self.places(paragraph).chunk_by(|x, y| x.article == y.article).count()
    }
}

/// Groups the paragraphs of at least `weight` by their words.
pub(crate) fn collapse(texts: &Texts, weight: u32) -> Distinct {
    let mut keyed: Vec<(u64, Place)> = texts
        .articles
        .par_iter()
        .evenly()
        .enumerate()
        .flat_map_iter(|(article, text)| {
            text.paragraphs.iter().enumerate().filter_map(move |(paragraph, entry)| {
                let words = text.words_of(entry);
                (super::shingles::weight(words) >= weight).then(|| {
                    let place = Place { article: article as u32, paragraph: paragraph as u32 };
                    (hash(words), place)
                })
            })
        })
        .collect();
    keyed.par_sort_unstable();
    let mut groups: Vec<Range<usize>> =
        parts(&mut keyed).into_par_iter().evenly().flat_map_iter(|part| part.groups(texts)).collect();
    groups.par_sort_unstable_by_key(|group| keyed[group.start].1);
    let mut distinct = Distinct { starts: Vec::with_capacity(groups.len() + 1), places: Vec::new() };
    distinct.places.reserve_exact(keyed.len());
    for group in groups {
        distinct.starts.push(distinct.places.len() as u32);
        distinct.places.extend(keyed[group].iter().map(|&(_, place)| place));
    }
    distinct.starts.push(distinct.places.len() as u32);
    distinct
}

/// Some places with the hashes of their paragraphs, sorted; those of one hash are all here.
struct Part<'k> {
    keyed: &'k mut [(u64, Place)],
    /// How many places stand before it.
    offset: usize,
}

/// Least places of a part but the last.
const PART: usize = 4096;

fn parts(mut keyed: &mut [(u64, Place)]) -> Vec<Part<'_>> {
    let (mut parts, mut offset) = (Vec::new(), 0);
    while !keyed.is_empty() {
        let mut end = keyed.len().min(PART);
        let last = keyed[end - 1].0;
        end += keyed[end..].iter().take_while(|&&(hash, _)| hash == last).count();
        let (part, rest) = keyed.split_at_mut(end);
        parts.push(Part { keyed: part, offset });
        (keyed, offset) = (rest, offset + end);
    }
    parts
}

impl Part<'_> {
    /// Brings places of equal words together, and returns where they stand among all.
    fn groups(self, texts: &Texts) -> Vec<Range<usize>> {
        let Self { keyed, offset } = self;
        let mut groups = Vec::new();
        let mut start = 0;
        while start < keyed.len() {
            // Most stand once.
            let same = keyed[start..].iter().take_while(|&&(hash, _)| hash == keyed[start].0);
            let end = start + same.count();
            separate(texts, &mut keyed[start..end], offset + start, &mut groups);
            start = end;
        }
        groups
    }
}

/// Splits places of one hash into groups of truly equal words; nearly always one group.
fn separate(texts: &Texts, same: &mut [(u64, Place)], offset: usize, groups: &mut Vec<Range<usize>>) {
    if same.len() == 1 {
        groups.push(offset..offset + 1);
        return;
    }
    let mut start = 0;
    while start < same.len() {
        let words = words_at(texts, same[start].1);
        let mut end = start + 1;
        for i in start + 1..same.len() {
            if words_at(texts, same[i].1) == words {
                same[end..=i].rotate_right(1);
                end += 1;
            }
        }
        groups.push(offset + start..offset + end);
        start = end;
    }
}

fn words_at(texts: &Texts, place: Place) -> &[WordId] {
    let article = &texts.articles[place.article as usize];
    article.words_of(&article.paragraphs[place.paragraph as usize])
}

fn hash(words: &[WordId]) -> u64 {
    let mut hasher = Xxh3::new();
    let mut buffer = [0; 256];
    for chunk in words.chunks(buffer.len() / 4) {
        for (bytes, word) in buffer.chunks_exact_mut(4).zip(chunk) {
            bytes.copy_from_slice(&word.get().to_le_bytes());
        }
        hasher.update(&buffer[..chunk.len() * 4]);
    }
    hasher.digest()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn equal_words_make_one_paragraph_whatever_case_and_quotes() {
        let texts = text::read(
            &[
                "One two three.\n\nFour five “six”.",
                "Four FIVE \"six\"!\n\nSeven eight nine.",
                "x\n\nOne, two: three",
            ],
            &|_| (),
        );
        let distinct = collapse(&texts, 6);
        assert_eq!(distinct.len(), 3);
        assert_eq!(distinct.article_count(0), 2);
        assert_eq!(distinct.article_count(1), 2);
        assert_eq!(distinct.places(0)[1], Place { article: 2, paragraph: 1 });
    }
}
