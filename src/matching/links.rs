//! Which articles are to be aligned with which, and why.

use rayon::prelude::*;

use super::containment::Contained;
use super::distinct::{Distinct, Place};
use super::shared_runs::SharedRuns;

/// A reason to align two articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Link {
    /// The lower article.
    pub(crate) a: u32,
    /// The higher one.
    pub(crate) b: u32,
    /// Numbers of two paragraphs that match; `None` where a run is shared.
    pub(crate) paragraphs: Option<(u32, u32)>,
}

impl Link {
    fn between(x: Place, y: Place) -> Option<Self> {
        let (x, y) = if x.article < y.article { (x, y) } else { (y, x) };
        (x.article != y.article).then_some(Self {
            a: x.article,
            b: y.article,
            paragraphs: Some((x.paragraph, y.paragraph)),
        })
    }
}

/// Collects all links, sorted, each once. Texts that stand in more than `limit` articles link
/// their places to the first one only. Paragraphs that are alike but not `firm` link articles that
/// something else links, and no others.
pub(crate) fn collect(
    distinct: &Distinct,
    contained: &[Contained],
    firm: impl Fn(&Contained) -> bool + Sync,
    runs: &SharedRuns,
    limit: usize,
) -> Vec<Link> {
    let across = |pair| places(distinct, pair, limit).filter_map(|(x, y)| Link::between(x, y));
    let identical =
        (0..distinct.len() as u32).into_par_iter().with_min_len(MANY).flat_map_iter(|paragraph| {
            within(distinct.places(paragraph), distinct.article_count(paragraph) > limit)
        });
    let alike = contained.par_iter().with_min_len(MANY);
    let firmly = alike.clone().filter(|pair| firm(pair)).flat_map_iter(across);
    let verbatim = runs.pairs.par_iter().with_min_len(MANY).map(|&(a, b)| Link { a, b, paragraphs: None });
    let mut links = Vec::new();
    extend(&mut links, identical.chain(firmly).chain(verbatim));
    let less = alike.filter(|pair| !firm(pair)).flat_map_iter(across);
    let less: Vec<Link> = less.filter(|link| are_linked(&links, link.a, link.b)).collect();
    extend(&mut links, less.into_par_iter());
    links
}

/// Adds links, and sorts them all.
fn extend(links: &mut Vec<Link>, more: impl ParallelIterator<Item = Link>) {
    let more = more.collect_vec_list();
    links.reserve_exact(more.iter().map(Vec::len).sum());
    more.into_iter().for_each(|part| links.extend(part));
    links.par_sort_unstable();
    links.dedup();
}

/// Whether one of the links, sorted, is between two articles, the lower first.
pub(crate) fn are_linked(links: &[Link], a: u32, b: u32) -> bool {
    let at = links.partition_point(|link| (link.a, link.b) < (a, b));
    links.get(at).is_some_and(|link| (link.a, link.b) == (a, b))
}

/// Paragraphs, pairs or runs that one thread goes through at a time, at least.
const MANY: usize = 4096;

/// Links between the places of one paragraph.
fn within(places: &[Place], star: bool) -> Vec<Link> {
    let mut links = Vec::new();
    let hubs = if star { 1 } else { places.len() };
    for (i, &x) in places[..hubs].iter().enumerate() {
        links.extend(places[i + 1..].iter().filter_map(|&y| Link::between(x, y)));
    }
    links
}

/// The places of two matching paragraphs that are linked with each other: all those in different
/// articles, or the first two where the paragraphs stand in more than `limit`.
pub(crate) fn places(
    distinct: &Distinct,
    pair: &Contained,
    limit: usize,
) -> impl Iterator<Item = (Place, Place)> {
    let common = distinct.article_count(pair.a) + distinct.article_count(pair.b) > limit;
    let (of_a, of_b) = (distinct.places(pair.a), distinct.places(pair.b));
    let apart = of_a.iter().flat_map(|&x| of_b.iter().map(move |&y| (x, y)));
    let apart = apart.filter(|(x, y)| x.article != y.article);
    apart.take(if common { 1 } else { usize::MAX })
}
