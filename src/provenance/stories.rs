//! Groups of related articles.
//!
//! Articles join a story along reprints and partials, the strongest first, and two groups join
//! only while they belong together on average (average linkage), so that a chain of weak bridges
//! does not swallow strangers. A form that is filled in every day ties the days to no story.
//!
//! Articles that are for the most part a text of very many articles are related to its first one
//! only; they are in its story, and what it is tied to they are tied to.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;
use rayon::prelude::*;

use super::lineage::{self, NearestEarlier};
use super::origins::{self, StoryOrigin};
use super::{Relation, Reuse, Verdict};
use crate::agency::Credit;
use crate::corpus::Corpus;
use crate::matching::Matching;
use crate::parallel::Evenly;
use crate::text::words;

/// Least mean share between the members of two groups that become one story.
const COHESION: f64 = 0.15;

/// A group of related articles.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// What most of its outlets call it, of equally many most of its articles, and then the earliest.
    pub title: Option<String>,
    /// The members by stated time, unknown times last.
    pub articles: Vec<u32>,
    /// Mean strength between two members, 0..=1; pairs without a relation count as 0, unless they
    /// carry a text of very many articles, which are not paired.
    pub cohesion: f64,
    /// The independent origins.
    pub origins: Vec<StoryOrigin>,
    /// Per member, in the order of `articles`, the earlier text that it shares most with.
    pub nearest: Vec<Option<NearestEarlier>>,
}

/// Groups the articles of all reprint and partial relations but templates.
pub(super) fn group(
    corpus: &Corpus,
    credits: &[Credit],
    matching: &Matching,
    relations: &[Relation],
    reuse: &[Reuse],
) -> Vec<Story> {
    let mut edges: Vec<&Relation> = relations.iter().filter(|relation| tells_one_story(relation)).collect();
    edges.sort_by(|x, y| strength(y).total_cmp(&strength(x)).then((x.a, x.b).cmp(&(y.a, y.b))));
    let carriers = Carriers::find(matching, &edges);
    let mut clusters = Clusters::default();
    for relation in &edges {
        clusters.link(carriers.first(relation.a), carriers.first(relation.b), strength(relation));
    }
    for relation in &edges {
        clusters.join(carriers.first(relation.a), carriers.first(relation.b));
    }
    let members = clusters.members(&carriers);
    let story_of: HashMap<u32, usize> = members
        .iter()
        .enumerate()
        .flat_map(|(i, articles)| articles.iter().map(move |&article| (article, i)))
        .collect();
    let mut inside: Vec<Vec<&Relation>> = vec![Vec::new(); members.len()];
    for relation in edges {
        if let (Some(&of_a), Some(&of_b)) = (story_of.get(&relation.a), story_of.get(&relation.b))
            && of_a == of_b
        {
            inside[of_a].push(relation);
        }
    }
    let mut stories: Vec<Story> = members
        .into_par_iter()
        .zip(inside)
        .evenly()
        .map(|(mut articles, inside)| {
            articles.sort_by_key(|&article| time_key(corpus, article));
            let origins = origins::find(corpus, credits, &inside, reuse, &articles);
            let cohesion = cohesion(&inside, &articles, &carriers);
            let nearest = lineage::trace(corpus, &inside, &articles);
            let title = title(corpus, &articles);
            Story { title, articles, cohesion, origins, nearest }
        })
        .collect();
    stories
        .sort_by_key(|story| (std::cmp::Reverse(story.articles.len()), story.articles.iter().min().copied()));
    stories
}

/// What to call a story of these articles. Pages lend articles the words of their own forms and menus as
/// titles, so that outlets count before articles.
fn title(corpus: &Corpus, articles: &[u32]) -> Option<String> {
    let titled = articles.iter().filter_map(|&article| {
        let article = &corpus.articles[article as usize];
        let title = &article.title.as_ref()?.value;
        let folded = words::normalised(title);
        (!folded.is_empty()).then_some((article, title, folded))
    });
    let titled: Vec<_> = titled.collect();
    let mut called: HashMap<&str, (BTreeSet<Option<&str>>, usize)> = HashMap::new();
    for (article, _, folded) in &titled {
        let (outlets, articles) = called.entry(folded).or_default();
        outlets.insert(article.outlet.as_ref().map(|outlet| outlet.value.as_str()));
        *articles += 1;
    }
    // Of equal ones the last is taken, so they come last first.
    let usual = titled.iter().rev().max_by_key(|(_, _, folded)| {
        let (outlets, articles) = &called[folded.as_str()];
        (outlets.len(), *articles)
    });
    usual.map(|(_, title, _)| (*title).clone())
}

fn tells_one_story(relation: &Relation) -> bool {
    relation.verdict.shares_narrative() && relation.template.is_none()
}

/// Mean strength between two members. Pairs without a relation count as 0, but carriers of one text
/// as what the weaker of them shares with its first article.
fn cohesion(inside: &[&Relation], articles: &[u32], carriers: &Carriers) -> f64 {
    let mut carrying: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    for &article in articles {
        carrying.entry(carriers.first(article)).or_default().push(carriers.strength(article));
    }
    let mut sum = 0.0;
    for strengths in carrying.values_mut() {
        strengths.sort_by(|x, y| y.total_cmp(x));
        sum += strengths.iter().enumerate().map(|(stronger, weaker)| stronger as f64 * weaker).sum::<f64>();
    }
    for relation in inside {
        sum += strength(relation);
        if carriers.first(relation.a) == carriers.first(relation.b) {
            sum -= carriers.strength(relation.a).min(carriers.strength(relation.b));
        }
    }
    let pairs = articles.len() * (articles.len() - 1) / 2;
    sum / pairs.max(1) as f64
}

fn strength(relation: &Relation) -> f64 {
    relation.share_a.max(relation.share_b)
}

fn time_key(corpus: &Corpus, article: u32) -> (bool, Option<jiff::civil::DateTime>, u32) {
    let time = corpus.articles[article as usize].published.as_ref().map(|time| time.value.sort_key());
    (time.is_none(), time, article)
}

/// Least share of an article's text that a text of very many articles makes up in its carriers.
const CARRIED: f64 = 0.67;

/// Articles that are for the most part a text which very many have. These are related to the first
/// one only, not to each other, so the first one stands for them.
#[derive(Debug, Default)]
struct Carriers(BTreeMap<u32, (u32, f64)>);

impl Carriers {
    fn find(matching: &Matching, edges: &[&Relation]) -> Self {
        let represented = matching.groups.iter().filter(|group| group.represents_pairs);
        let firsts: BTreeSet<u32> = represented.map(|group| group.members[0].article).collect();
        // A first article comes before its carriers, and may carry an earlier one's text.
        let mut reprints: Vec<&&Relation> = edges
            .iter()
            .filter(|relation| firsts.contains(&relation.a) && relation.share_b >= CARRIED)
            .filter(|relation| relation.verdict == Verdict::Reprint)
            .collect();
        reprints.sort_by(|x, y| x.b.cmp(&y.b).then(y.share_b.total_cmp(&x.share_b)));
        let mut found = Self::default();
        for relation in reprints {
            let first = found.first(relation.a);
            found.0.entry(relation.b).or_insert((first, strength(relation)));
        }
        found
    }

    /// The article that stands for one: itself, or the first with its text.
    fn first(&self, article: u32) -> u32 {
        self.0.get(&article).map_or(article, |&(first, _)| first)
    }

    /// What an article shares with the one that stands for it.
    fn strength(&self, article: u32) -> f64 {
        self.0.get(&article).map_or(1.0, |&(_, strength)| strength)
    }
}

/// Groups under average linkage, joined one by one.
#[derive(Default)]
struct Clusters {
    parent: HashMap<u32, u32>,
    size: HashMap<u32, usize>,
    /// Sum of the strengths between two groups, from each of them.
    ties: HashMap<u32, HashMap<u32, f64>>,
}

impl Clusters {
    /// Notes how strongly two articles are tied: by the strongest of the ties of those they stand
    /// for.
    fn link(&mut self, a: u32, b: u32, strength: f64) {
        for (x, y) in [(a, b), (b, a)] {
            self.parent.insert(x, x);
            self.size.insert(x, 1);
            let ties = self.ties.entry(x).or_default();
            if x != y {
                let tie = ties.entry(y).or_default();
                *tie = tie.max(strength);
            }
        }
    }

    fn find(&self, mut article: u32) -> u32 {
        while self.parent[&article] != article {
            article = self.parent[&article];
        }
        article
    }

    /// Joins the groups of a and b, if they belong together on average.
    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return;
        }
        let (size_a, size_b) = (self.size[&a], self.size[&b]);
        let tie = self.ties[&a].get(&b).copied().unwrap_or(0.0);
        if tie < COHESION * (size_a * size_b) as f64 {
            return;
        }
        // The smaller group moves into the larger one.
        let (into, from) = if (size_a, b) >= (size_b, a) { (a, b) } else { (b, a) };
        self.parent.insert(from, into);
        self.size.insert(into, size_a + size_b);
        for (other, tie) in self.ties.remove(&from).unwrap_or_default() {
            if let Some(ties) = self.ties.get_mut(&other) {
                ties.remove(&from);
                if other != into {
                    *ties.entry(into).or_default() += tie;
                }
            }
            if other != into {
                *self.ties.entry(into).or_default().entry(other).or_default() += tie;
            }
        }
    }

    fn members(&self, carriers: &Carriers) -> Vec<Vec<u32>> {
        let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let mut articles: Vec<u32> = self.parent.keys().copied().collect();
        articles.sort_unstable();
        for article in articles {
            groups.entry(self.find(article)).or_default().push(article);
        }
        for (&article, &(first, _)) in &carriers.0 {
            groups.entry(self.find(first)).or_default().push(article);
        }
        groups.into_values().filter(|group| group.len() > 1).collect()
    }
}
