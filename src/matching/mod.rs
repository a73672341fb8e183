//! Which paragraphs and runs of words stand in more than one article.
//!
//! The contract is printed by [`contract`]; every part of it is held against brute force by the
//! tests. The stages: identical paragraphs collapse into one ([`Distinct`]); an exact containment
//! join finds the pairs of distinct ones; sampled fingerprints find the articles that share a
//! verbatim run anywhere; each pair of articles so found is aligned once, whole, into passages.

mod align;
mod containment;
mod cover;
mod distinct;
mod folded;
mod grams;
mod groups;
mod links;
mod options;
mod pairs;
mod passage;
mod postings;
mod ranking;
mod shared_runs;
mod shingles;
mod similarity;

use std::ops::Range;

use rayon::prelude::*;

pub use containment::Contained;
pub use distinct::{Distinct, Place};
pub use options::{Options, contract};
pub use pairs::{ArticlePair, Pairs};
pub use passage::{Alignments, Passage, Run};
pub use similarity::normalized_levenshtein;

use crate::parallel::Evenly;
use crate::text::{ArticleText, Texts, WordId};
use align::Aligner;
use folded::Folded;
use links::Link;
use postings::{Features, Gathered, Postings, Slice};
use ranking::Ranking;
use shared_runs::Picks;

/// All that was found.
#[derive(Debug, Default)]
pub struct Matching {
    /// The distinct paragraphs that are long enough to be compared.
    pub distinct: Distinct,
    /// Pairs of distinct paragraphs that stand in different articles, sorted.
    pub matches: Vec<ParagraphMatch>,
    /// The passages of each match, as word ranges of the two articles of its places.
    pub alignments: Alignments,
    /// Texts that stand in at least two articles word for word: identical paragraphs, and runs
    /// that stand in more than [`Options::group_limit`] articles. In order of their first places.
    pub groups: Vec<Group>,
    /// Pairs of articles that share a match or a run, sorted.
    pub pairs: Pairs,
}

/// A verified pair of distinct paragraphs.
#[derive(Debug, Clone, PartialEq)]
pub struct ParagraphMatch {
    /// Their numbers in [`Matching::distinct`], the lower first.
    pub paragraphs: (u32, u32),
    /// A place of each, in different articles.
    pub places: (Place, Place),
    /// Share of the first one's distinct shingles that stand in the second, 0..=1.
    pub containment_a: f64,
    /// Share of the second one's distinct shingles that stand in the first, 0..=1.
    pub containment_b: f64,
    /// `strsim::normalized_levenshtein` of the folded texts, 0..=1.
    pub similarity: f64,
}

/// A text that stands in several articles word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Every place: the article and the range of its words. Ascending.
    pub members: Vec<Member>,
    /// Number of different articles.
    pub articles: u32,
    /// Whether its articles are related to the first one only, not all to each other.
    pub represents_pairs: bool,
}

/// A place of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Index of the article.
    pub article: u32,
    /// The words of the article that belong to the group.
    pub words: Range<u32>,
}

/// A step of the search, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Identical paragraphs become one, their shingles are sorted; no total.
    Shingling,
    /// Pairs of distinct paragraphs are found; no total.
    Joining,
    /// Articles that share a run are found, and the pairs of paragraphs measured; no total.
    Fingerprinting,
    /// Articles are aligned; counted in pairs.
    Aligning,
}

/// Somebody who wants to see how far the search is.
pub trait Progress: Sync {
    /// A step begins; `total` in the step's unit where it is known.
    fn begin(&self, step: Step, total: Option<u64>);
    /// The step went on by so many units.
    fn advance(&self, by: u64);
}

/// Nobody.
impl Progress for () {
    fn begin(&self, _: Step, _: Option<u64>) {}
    fn advance(&self, _: u64) {}
}

/// Memory of a search of so many words that nobody has bounded. Each pass looks at every word again, so
/// that few are wanted: 9 of them for 240,000 articles in 770 megabytes. From 400 million words on what
/// is held is a small share of what the texts take, in some 25 passes.
fn usual_memory(words: u64) -> u64 {
    (2 * words).clamp(64 << 20, 192 << 20).max(words / 2)
}

/// Finds everything that the contract promises.
#[must_use]
pub fn find(texts: &Texts, options: &Options, progress: &dyn Progress) -> Matching {
    Joined::of(texts, options, progress).finish(progress)
}

/// The first half of a search, which takes the most memory: the paragraphs that are contained in one
/// another.
#[derive(Debug)]
pub struct Joined<'t> {
    texts: &'t Texts,
    options: Options,
    memory: u64,
    distinct: Distinct,
    /// Distinct shingles of each distinct paragraph.
    totals: Vec<u32>,
    contained: Vec<Contained>,
    picks: Picks<'t>,
}

impl<'t> Joined<'t> {
    /// Joins the paragraphs of some texts.
    #[must_use]
    pub fn of(texts: &'t Texts, options: &Options, progress: &dyn Progress) -> Self {
        let options = &options.bounded();
        progress.begin(Step::Shingling, None);
        let distinct = distinct::collapse(texts, options.min_words * WordId::WHOLE);
        let ranking = Ranking::of(&distinct, texts);
        let shingles = Shingles { texts, distinct: &distinct, ranking: &ranking };
        let words = texts.articles.iter().map(|article| article.words.len() as u64).sum();
        let memory = options.memory.unwrap_or_else(|| usual_memory(words));
        let gathered = Gathered::from(distinct.len(), words, memory, usize::MAX, &shingles);
        // One thread alone lays them out.
        let (shingles, picks) = rayon::join(|| gathered.lay_out(), || Picks::of(texts, options.min_run));
        progress.begin(Step::Joining, None);
        let contained = contained(texts, &distinct, &ranking, &shingles, options);
        let totals = ranking.by_paragraph(&shingles.into_totals());
        Self { texts, options: *options, memory, distinct, totals, contained, picks }
    }

    /// The second half: finds the runs, aligns articles and paragraphs, and collects groups.
    #[must_use]
    pub fn finish(self, progress: &dyn Progress) -> Matching {
        let Self { texts, ref options, memory, distinct, totals, contained, picks } = self;
        progress.begin(Step::Fingerprinting, None);
        let runs = shared_runs::find(&picks, options, memory);
        drop(picks);
        let links = links::collect(&distinct, &contained, &runs, options.group_limit);
        let (matches, alignments) = describe(texts, &distinct, &totals, &contained);
        let pairs = align(texts, &links, options, progress);
        let groups = groups::collect(texts, &distinct, &pairs, &runs, options);
        Matching { distinct, matches, alignments, groups, pairs }
    }
}

/// Joins paragraphs that stand in different articles by their shingles, which are listed by rank. The pairs
/// are sorted.
fn contained(
    texts: &Texts,
    distinct: &Distinct,
    ranking: &Ranking,
    shingles: &Postings,
    options: &Options,
) -> Vec<Contained> {
    let many = |paragraph| options.many_needed(distinct.words(texts, paragraph));
    let many: Vec<u32> = (0..distinct.len() as u32).into_par_iter().evenly().map(many).collect();
    let (paragraphs, many) = (ranking.paragraphs(), ranking.by_rank(many));
    let needed = |rank: u32| options.needed(many[rank as usize]);
    // A list of alike lines would be a square of pairs that nobody asks for.
    let only = ranking.by_rank((0..distinct.len() as u32).map(|paragraph| distinct.only_article(paragraph)));
    let apart = |x: u32, y: u32| {
        let (of_x, of_y) = (only[x as usize], only[y as usize]);
        of_x != of_y || of_x == Distinct::SEVERAL
    };
    let mut pairs = containment::join(shingles, needed, apart);
    for Contained { a, b, .. } in &mut pairs {
        let (x, y) = (paragraphs[*a as usize], paragraphs[*b as usize]);
        (*a, *b) = (x.min(y), x.max(y));
    }
    pairs.par_sort_unstable();
    pairs
}

/// The shingles of the distinct paragraphs.
struct Shingles<'a> {
    texts: &'a Texts,
    distinct: &'a Distinct,
    ranking: &'a Ranking,
}

impl Features for Shingles<'_> {
    fn number(&self, paragraph: u32) -> u32 {
        self.ranking.rank(paragraph)
    }

    fn for_each(&self, paragraph: u32, slice: Slice, each: impl FnMut(u64)) {
        shingles::for_each_shingle(self.distinct.words(self.texts, paragraph), slice, each);
    }
}

/// Measures and aligns each contained pair that stands in two different articles.
fn describe(
    texts: &Texts,
    distinct: &Distinct,
    totals: &[u32],
    contained: &[Contained],
) -> (Vec<ParagraphMatch>, Alignments) {
    let describe_some = |chunk: &[&[Contained]]| {
        let mut matches = Vec::new();
        let mut alignments = Alignments::default();
        let mut aligner = Aligner::default();
        let mut folded = Folded::default();
        // They lie far apart, and where nothing is decided between them memory brings several at once.
        let seconds = chunk.iter().copied().flatten().map(|pair| distinct.words(texts, pair.b));
        let mut seconds = seconds.map(|words| (words.first(), words)).collect::<Vec<_>>().into_iter();
        for pairs in chunk {
            folded.hold(distinct.words(texts, pairs[0].a), &texts.vocabulary);
            aligner.forget();
            for (pair, (_, words_b)) in pairs.iter().zip(&mut seconds) {
                let Some(places) = links::apart(distinct, pair) else { continue };
                let share = |paragraph: u32| f64::from(pair.shared) / f64::from(totals[paragraph as usize]);
                matches.push(ParagraphMatch {
                    paragraphs: (pair.a, pair.b),
                    places,
                    containment_a: share(pair.a),
                    containment_b: share(pair.b),
                    similarity: folded.similarity(words_b, &texts.vocabulary),
                });
                alignments.push(&align_paragraphs(texts, places, &mut aligner));
            }
        }
        (matches, alignments)
    };
    // One paragraph against its partners at a time, so that its side is prepared once. In batches, so
    // that little stands in memory twice.
    let by_first: Vec<&[Contained]> = contained.chunk_by(|x, y| x.a == y.a).collect();
    let mut matches = Vec::with_capacity(contained.len());
    let mut alignments = Alignments::default();
    for batch in by_first.chunks(CHUNK * BATCH) {
        let described: Vec<_> = batch.par_chunks(CHUNK).evenly().map(describe_some).collect();
        for (more, aligned) in described {
            matches.extend(more);
            alignments.append(&aligned);
        }
    }
    matches.shrink_to_fit();
    alignments.shrink();
    (matches, alignments)
}

/// Paragraphs with their partners, or pairs of articles, that one thread goes through at a time.
const CHUNK: usize = 64;

/// So many chunks are put to the results at once.
const BATCH: usize = 256;

/// Aligns two paragraphs that match, of which the first is the one that the aligner was prepared
/// for. Returns the runs as words of their articles.
fn align_paragraphs(texts: &Texts, (a, b): (Place, Place), aligner: &mut Aligner) -> Vec<Run> {
    let words = |place: Place| {
        let article = &texts.articles[place.article as usize];
        let paragraph = &article.paragraphs[place.paragraph as usize];
        (article.words_of(paragraph), paragraph.words.start)
    };
    let ((words_a, start_a), (words_b, start_b)) = (words(a), words(b));
    let whole = (0..words_a.len() as u32, 0..words_b.len() as u32);
    let mut runs = aligner.align(words_a, words_b, std::iter::once(whole));
    for run in &mut runs {
        run.a += start_a;
        run.b += start_b;
    }
    runs
}

/// Aligns linked articles. Links of one article follow each other, so it is indexed once.
fn align(texts: &Texts, links: &[Link], options: &Options, progress: &dyn Progress) -> Pairs {
    let least = options.min_run * WordId::WHOLE;
    let by_pair: Vec<&[Link]> = links.chunk_by(|x, y| (x.a, x.b) == (y.a, y.b)).collect();
    progress.begin(Step::Aligning, Some(by_pair.len() as u64));
    let chunks: Vec<Pairs> = by_pair
        .par_chunks(CHUNK)
        .evenly()
        .map_init(Aligner::default, |aligner, chunk| {
            let mut indexed = None;
            let mut pairs = Pairs::default();
            for links in chunk {
                let (a, b) = (links[0].a, links[0].b);
                let (text_a, text_b) = (&texts.articles[a as usize], &texts.articles[b as usize]);
                if indexed != Some(a) {
                    aligner.index(&text_a.words, least);
                    indexed = Some(a);
                }
                let words =
                    |text: &ArticleText, paragraph: u32| text.paragraphs[paragraph as usize].words.clone();
                let matched = links
                    .iter()
                    .filter_map(|link| link.paragraphs)
                    .map(|(x, y)| (words(text_a, x), words(text_b, y)));
                let runs = aligner.align(&text_a.words, &text_b.words, matched);
                if !runs.is_empty() {
                    pairs.push(a, b, &runs);
                }
            }
            progress.advance(chunk.len() as u64);
            pairs
        })
        .collect();
    Pairs::concat(chunks)
}
