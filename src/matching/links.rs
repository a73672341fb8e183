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
/// their places to the first one only.
pub(crate) fn collect(
    distinct: &Distinct,
    contained: &[Contained],
    runs: &SharedRuns,
    limit: usize,
) -> Vec<Link> {
    let identical =
        (0..distinct.len() as u32).into_par_iter().with_min_len(MANY).flat_map_iter(|paragraph| {
            within(distinct.places(paragraph), distinct.article_count(paragraph) > limit)
        });
    let alike = contained.par_iter().with_min_len(MANY).flat_map_iter(|pair| across(distinct, pair, limit));
    let verbatim = runs.pairs.par_iter().with_min_len(MANY).map(|&(a, b)| Link { a, b, paragraphs: None });
    let found = identical.chain(alike).chain(verbatim).collect_vec_list();
    let mut links: Vec<Link> = Vec::with_capacity(found.iter().map(Vec::len).sum());
    found.into_iter().for_each(|part| links.extend(part));
    links.par_sort_unstable();
    links.dedup();
    links
}

/// Paragraphs, pairs or runs that one thread goes through at a time, at least.
const MANY: usize = 4096;

/// Links between the places of one paragraph.
fn within(places: &[Place], star: bool) -> Vec<Link> {
    let articles: Vec<&[Place]> = by_article(places).collect();
    let hubs = if star { 1 } else { articles.len() };
    let mut links = Vec::new();
    for (i, x) in articles[..hubs].iter().enumerate() {
        articles[i + 1..].iter().for_each(|y| links.extend(in_turn(x, y)));
    }
    links
}

/// Links between the places of two matching paragraphs.
fn across(distinct: &Distinct, pair: &Contained, limit: usize) -> Vec<Link> {
    let (of_a, of_b) = (distinct.places(pair.a), distinct.places(pair.b));
    if distinct.article_count(pair.a) + distinct.article_count(pair.b) > limit {
        return apart(distinct, pair).and_then(|(x, y)| Link::between(x, y)).into_iter().collect();
    }
    by_article(of_a).flat_map(|x| by_article(of_b).flat_map(move |y| in_turn(x, y))).collect()
}

fn by_article(places: &[Place]) -> impl Iterator<Item = &[Place]> {
    places.chunk_by(|x, y| x.article == y.article)
}

/// Links between the places of two paragraphs in one article each: the first with the first, and so on,
/// so that what both repeat over and over is no square.
fn in_turn<'p>(x: &'p [Place], y: &'p [Place]) -> impl Iterator<Item = Link> + 'p {
    x.iter().zip(y).filter_map(|(&x, &y)| Link::between(x, y))
}

/// The first places of two paragraphs in different articles, if there are any.
pub(crate) fn apart(distinct: &Distinct, pair: &Contained) -> Option<(Place, Place)> {
    let (of_a, of_b) = (distinct.places(pair.a), distinct.places(pair.b));
    let (first_a, first_b) = (of_a[0], of_b[0]);
    // Places are in order of their articles, so that one in another article is behind those in the first.
    let behind = |places: &[Place], article: u32| {
        places.get(places.partition_point(|place| place.article <= article)).copied()
    };
    if first_a.article != first_b.article {
        return Some((first_a, first_b));
    }
    let other_b = behind(of_b, first_a.article).map(|b| (first_a, b));
    other_b.or_else(|| behind(of_a, first_b.article).map(|a| (a, first_b)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::distinct;
    use super::*;
    use crate::text;

    proptest! {
        #[test]
        fn the_first_places_apart_equal_all_tried(
            holders in proptest::collection::vec((0usize..4, 0usize..4), 2..6),
        ) {
            let line = |which: &str, times: usize| format!("The {which} ferry sailed.\n\n").repeat(times);
            let bodies: Vec<String> =
                holders.iter().map(|&(old, new)| line("old", old) + &line("new", new)).collect();
            let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
            let texts = text::read(&bodies, &|_| ());
            let distinct = distinct::collapse(&texts, 1);
            prop_assume!(distinct.len() == 2);
            let (of_a, of_b) = (distinct.places(0), distinct.places(1));
            let mut all = of_a.iter().flat_map(|&x| of_b.iter().map(move |&y| (x, y)));
            let pair = Contained { a: 0, b: 1, shared: 0 };
            prop_assert_eq!(apart(&distinct, &pair), all.find(|(x, y)| x.article != y.article));
        }
    }
}
