//! Bodies in; words, paragraphs, quotations and kinds out.
//!
//! Words are kept as ids in one flat array an article. Where a word stands in the original text
//! costs one byte more: the step from the word before ([`ArticleText::bytes_of`] adds them up).

mod agencies;
pub mod kinds;
pub(crate) mod needles;
pub mod paragraphs;
pub mod quotes;
pub mod sentences;
mod vocabulary;
pub mod words;

use std::ops::Range;

use rayon::prelude::*;

use crate::parallel::Evenly;
pub use kinds::Kind;
use vocabulary::WordList;
pub use vocabulary::{Vocabulary, WordId};

/// The texts of a corpus, in its order.
#[derive(Debug, Default)]
pub struct Texts {
    /// One entry an article.
    pub articles: Vec<ArticleText>,
    /// The words behind the ids.
    pub vocabulary: Vocabulary,
}

/// One body as words.
#[derive(Debug, Default)]
pub struct ArticleText {
    /// All words of the body, in order.
    pub words: Box<[WordId]>,
    /// The paragraphs, in order.
    pub paragraphs: Box<[Paragraph]>,
    /// The first word of each sentence, ascending; a paragraph starts a sentence.
    pub sentences: Box<[u32]>,
    /// Word ranges inside quotation marks, ascending and disjoint.
    pub quoted: Box<[Range<u32>]>,
    /// Bytes from the start of the word before (of its paragraph for the first) to the start of
    /// each word; `FAR` where it is that many or more.
    steps: Box<[u8]>,
}

const FAR: u8 = u8::MAX;

/// One paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its bytes in the body.
    pub bytes: Range<u32>,
    /// Its words in [`ArticleText::words`].
    pub words: Range<u32>,
    /// What it is.
    pub kind: Kind,
}

/// Articles per unit of parallel work: enough for a shared local vocabulary to pay.
const CHUNK: usize = 256;

/// Units a thread that are read before their words go into the common vocabulary.
const BATCH: usize = 16;

/// Makes ready what [`read`] needs whatever it reads, which takes some hundredths of a second; it does
/// so itself where nobody has.
pub fn prepare() {
    kinds::prepare();
    words::prepare();
}

/// Splits and folds every body. `done` is called with the number of articles finished.
#[must_use]
pub fn read(bodies: &[&str], done: &(dyn Fn(u64) + Sync)) -> Texts {
    let mut texts = Texts { articles: Vec::with_capacity(bodies.len()), vocabulary: Vocabulary::default() };
    let mut chunks = Vec::new();
    // Of one size, so that the last one too has work for all threads.
    let batches = bodies.len().div_ceil(CHUNK * BATCH * rayon::current_num_threads()).max(1);
    for batch in bodies.chunks(bodies.len().div_ceil(batches).max(1)) {
        // One thread puts words into the vocabulary while the others read on.
        let settled = std::mem::take(&mut chunks);
        let read = || batch.par_chunks(CHUNK).evenly().map(|chunk| read_chunk(chunk, done)).collect();
        (chunks, ()) = rayon::join(read, || texts.take(settled));
    }
    texts.take(chunks);
    texts
}

impl Texts {
    /// Adds articles whose words have ids of each chunk's own. Ids are given in input order, so they
    /// do not depend on which thread was first.
    fn take(&mut self, chunks: Vec<(Vec<ArticleText>, WordList)>) {
        // Most words are known already, and are looked up by all threads.
        let known: Vec<_> =
            chunks.par_iter().evenly().map(|(_, words)| self.vocabulary.find(words)).collect();
        let ids: Vec<Vec<WordId>> = chunks
            .iter()
            .zip(known)
            .map(|((_, words), known)| self.vocabulary.absorb(words, known))
            .collect();
        let renamed = chunks.into_par_iter().zip(ids).evenly().flat_map_iter(|((mut articles, _), ids)| {
            for word in articles.iter_mut().flat_map(|article| article.words.iter_mut()) {
                *word = ids[Vocabulary::position(*word)];
            }
            articles
        });
        self.articles.par_extend(renamed);
    }
}

/// Reads some articles with a vocabulary of their own.
fn read_chunk(bodies: &[&str], done: &(dyn Fn(u64) + Sync)) -> (Vec<ArticleText>, WordList) {
    let mut reader = Reader::default();
    let articles = bodies.iter().map(|body| reader.read(body)).collect();
    done(bodies.len() as u64);
    (articles, reader.vocabulary.into_list())
}

/// Reads bodies one after another, in the same memory; only what is found is new.
#[derive(Default)]
struct Reader {
    vocabulary: Vocabulary,
    words: Vec<WordId>,
    steps: Vec<u8>,
    sentences: Vec<u32>,
    quoted: Vec<Range<u32>>,
}

impl Reader {
    /// Splits and folds one body.
    fn read(&mut self, body: &str) -> ArticleText {
        let ranges = paragraphs::split(body);
        let kinds = kinds::classify(body, &ranges);
        let spans = quotes::spans(body, &ranges);
        let Self { vocabulary, words, steps, sentences, quoted } = self;
        words.clear();
        steps.clear();
        sentences.clear();
        quoted.clear();
        let mut paragraphs = Vec::with_capacity(ranges.len());
        let mut spans = spans.into_iter().peekable();
        for (range, kind) in ranges.into_iter().zip(kinds) {
            let first = offset(words.len());
            let text = &body[range.clone()];
            let mut before = 0;
            let mut starts = sentences::split(text).into_iter().map(|sentence| sentence.start).peekable();
            words::for_each_word(text, |word, folded| {
                let at = range.start + word.start;
                while spans.next_if(|span| span.end <= at).is_some() {}
                let index = offset(words.len());
                if starts.next_if(|&start| start <= word.start).is_some() {
                    // A sentence without a word starts none.
                    while starts.next_if(|&start| start <= word.start).is_some() {}
                    sentences.push(index);
                }
                if spans.peek().is_some_and(|span| span.contains(&at)) {
                    match quoted.last_mut() {
                        Some(last) if last.end == index => last.end += 1,
                        _ => quoted.push(index..index + 1),
                    }
                }
                words.push(vocabulary.intern(folded));
                steps.push(u8::try_from(word.start - before).unwrap_or(FAR));
                before = word.start;
            });
            paragraphs.push(Paragraph {
                bytes: offset(range.start)..offset(range.end),
                words: first..offset(words.len()),
                kind,
            });
        }
        ArticleText {
            words: words.as_slice().into(),
            paragraphs: paragraphs.into(),
            sentences: sentences.as_slice().into(),
            quoted: quoted.as_slice().into(),
            steps: steps.as_slice().into(),
        }
    }
}

impl ArticleText {
    /// Returns the words of a paragraph.
    #[must_use]
    pub fn words_of(&self, paragraph: &Paragraph) -> &[WordId] {
        &self.words[paragraph.words.start as usize..paragraph.words.end as usize]
    }

    /// Returns the number of the paragraph that holds word `word`.
    #[must_use]
    pub fn paragraph_at(&self, word: u32) -> usize {
        self.paragraphs.partition_point(|paragraph| paragraph.words.end <= word)
    }

    /// Returns the word ranges of the sentences that a word range touches.
    pub fn sentences_in(&self, words: Range<u32>) -> impl Iterator<Item = Range<u32>> {
        let first = self.sentences.partition_point(|&start| start <= words.start).saturating_sub(1);
        let end = words.end;
        (first..self.sentences.len()).take_while(move |&i| self.sentences[i] < end).map(|i| {
            let next = self.sentences.get(i + 1).copied();
            self.sentences[i]..next.unwrap_or_else(|| offset(self.words.len()))
        })
    }

    /// Returns the byte ranges in `body` (the text that this was read from) of word ranges, in
    /// the same order. Ranges must not be empty.
    #[must_use]
    pub fn bytes_of(&self, body: &str, ranges: &[Range<u32>]) -> Vec<Range<u32>> {
        let mut starts = Starts { text: self, body, last: None };
        let range_of = |range: &Range<u32>| {
            let (first, last) = (starts.of(range.start), starts.of(range.end - 1));
            offset(first)..offset(words::end_of(body, last))
        };
        ranges.iter().map(range_of).collect()
    }
}

/// Finds where words start, from one word on to the next of the same paragraph.
struct Starts<'a> {
    text: &'a ArticleText,
    body: &'a str,
    /// The word that was found last, its start, and the paragraph.
    last: Option<(u32, usize, &'a Paragraph)>,
}

impl Starts<'_> {
    /// Returns the byte in the body at which a word starts.
    fn of(&mut self, word: u32) -> usize {
        let (from, start, paragraph) = match self.last {
            Some((last, start, paragraph)) if (last..paragraph.words.end).contains(&word) => {
                (last + 1, start, paragraph)
            }
            _ => {
                let paragraph = &self.text.paragraphs[self.text.paragraph_at(word)];
                (paragraph.words.start, paragraph.bytes.start as usize, paragraph)
            }
        };
        let start = match sum(&self.text.steps[from as usize..=word as usize]) {
            Some(sum) => start + sum,
            None => {
                let bytes = paragraph.bytes.start as usize..paragraph.bytes.end as usize;
                let words = words::word_ranges(&self.body[bytes.clone()]);
                bytes.start + words[(word - paragraph.words.start) as usize].start
            }
        };
        self.last = Some((word, start, paragraph));
        start
    }
}

/// What the steps come to, if none is `FAR`.
fn sum(steps: &[u8]) -> Option<usize> {
    // So many that their sum is a number of 16 bits, many of which are added up at once.
    const PIECE: usize = 1 << (u16::BITS - u8::BITS);
    let mut sum = 0;
    for piece in steps.chunks(PIECE) {
        let (short, most) =
            piece.iter().fold((0u16, 0), |(sum, most), &step| (sum + u16::from(step), step.max(most)));
        if most == FAR {
            return None;
        }
        sum += usize::from(short);
    }
    Some(sum)
}

/// Offsets are 32 bits wide; the corpus room lets no longer text in.
fn offset(value: usize) -> u32 {
    u32::try_from(value).expect("article below 4 GiB")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_know_their_bytes_paragraph_and_quotation() {
        let body = "Heading here\n\nHe said “we go” – and left.";
        let texts = read(&[body], &|_| ());
        let article = &texts.articles[0];
        assert_eq!(article.words.len(), 8);
        assert_eq!(article.quoted.to_vec(), vec![4..6]);
        assert_eq!(article.paragraph_at(2), 1);
        let bytes = article.bytes_of(body, &[4..6, 0..1]);
        let text = |range: &Range<u32>| &body[range.start as usize..range.end as usize];
        assert_eq!((text(&bytes[0]), text(&bytes[1])), ("we go", "Heading"));
    }

    #[test]
    fn words_far_apart_are_found() {
        let body = format!("one {} two {} three", "-".repeat(254), "-".repeat(700));
        let texts = read(&[&body], &|_| ());
        let bytes = texts.articles[0].bytes_of(&body, &[1..2, 2..3]);
        let text = |range: &Range<u32>| &body[range.start as usize..range.end as usize];
        assert_eq!((text(&bytes[0]), text(&bytes[1])), ("two", "three"));
    }

    #[test]
    fn ids_do_not_depend_on_chunks() {
        let bodies: Vec<String> = (0..2000).map(|i| format!("word{} and word{}", i % 7, i)).collect();
        let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
        let texts = read(&bodies, &|_| ());
        assert_eq!(texts.articles[0].words[0], texts.articles[1995].words[0]);
        assert_eq!(texts.vocabulary.word(texts.articles[1999].words[2]), "word1999");
    }

    proptest! {
        #[test]
        fn every_word_slices_back_to_itself(body in "[a-zA-ZäéΣ’.,0-9 \n“”新ที่-]{0,120}") {
            let texts = read(&[&body], &|_| ());
            let article = &texts.articles[0];
            let each: Vec<Range<u32>> = (0..article.words.len() as u32).map(|i| i..i + 1).collect();
            for (i, bytes) in article.bytes_of(&body, &each).into_iter().enumerate() {
                let text = &body[bytes.start as usize..bytes.end as usize];
                prop_assert_eq!(words::normalised(text), texts.vocabulary.word(article.words[i]));
            }
        }
    }
}
