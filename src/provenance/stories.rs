//! Groups of related articles, and how many independent origins they have.
//!
//! Articles join a story along reprints and partials, the strongest first, and two groups join
//! only while they belong together on average (average linkage), so that a chain of weak bridges
//! does not swallow strangers. A form that is filled in every day ties the days to no story.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::lineage::{self, NearestEarlier};
use super::{Relation, Reuse, Verdict};
use crate::agency::Credit;
use crate::corpus::Corpus;

/// Least mean share between the members of two groups that become one story.
const COHESION: f64 = 0.15;

/// Least share of an article's text that must be its own for it to be an origin beside the text
/// that it shares.
const OWN_REPORTING: f64 = 0.5;

/// A group of related articles.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// The members by stated time, unknown times last.
    pub articles: Vec<u32>,
    /// Mean strength between two members, 0..=1; pairs without a relation count as 0.
    pub cohesion: f64,
    /// The independent origins.
    pub origins: Vec<StoryOrigin>,
    /// Per member, in the order of `articles`, the earlier text that it shares most with.
    pub nearest: Vec<Option<NearestEarlier>>,
}

/// One independent origin of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryOrigin {
    /// An agency, or the outlet or article that stands first.
    pub name: String,
    /// Why it counts.
    pub reason: String,
    /// The articles that go back to it.
    pub articles: Vec<u32>,
}

/// Groups the articles of all reprint and partial relations but templates.
pub(super) fn group(
    corpus: &Corpus,
    credits: &[Credit],
    relations: &[Relation],
    reuse: &[Reuse],
) -> Vec<Story> {
    let mut edges: Vec<&Relation> = relations.iter().filter(|relation| tells_one_story(relation)).collect();
    edges.sort_by(|x, y| strength(y).total_cmp(&strength(x)).then((x.a, x.b).cmp(&(y.a, y.b))));
    let mut clusters = Clusters::default();
    for relation in &edges {
        clusters.link(relation.a, relation.b, strength(relation));
    }
    for relation in &edges {
        clusters.join(relation.a, relation.b);
    }
    let members = clusters.members();
    let story_of: BTreeMap<u32, usize> = members
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
        .map(|(mut articles, inside)| {
            articles.sort_by_key(|&article| time_key(corpus, article));
            let origins = origins(corpus, credits, &inside, reuse, &articles);
            let cohesion = cohesion(&inside, articles.len());
            let nearest = lineage::trace(corpus, &inside, &articles);
            Story { articles, cohesion, origins, nearest }
        })
        .collect();
    stories
        .sort_by_key(|story| (std::cmp::Reverse(story.articles.len()), story.articles.iter().min().copied()));
    stories
}

fn tells_one_story(relation: &Relation) -> bool {
    matches!(relation.verdict, Verdict::Reprint | Verdict::Partial) && relation.template.is_none()
}

fn cohesion(inside: &[&Relation], members: usize) -> f64 {
    let pairs = members * (members - 1) / 2;
    inside.iter().map(|relation| strength(relation)).sum::<f64>() / pairs.max(1) as f64
}

fn strength(relation: &Relation) -> f64 {
    relation.share_a.max(relation.share_b)
}

fn time_key(corpus: &Corpus, article: u32) -> (bool, Option<jiff::civil::DateTime>, u32) {
    let time = corpus.articles[article as usize].published.as_ref().map(|time| time.value.sort_key());
    (time.is_none(), time, article)
}

/// Groups under average linkage, joined one by one.
#[derive(Default)]
struct Clusters {
    parent: BTreeMap<u32, u32>,
    size: BTreeMap<u32, usize>,
    /// Sum of the strengths between two groups, from each of them.
    ties: BTreeMap<u32, BTreeMap<u32, f64>>,
}

impl Clusters {
    fn link(&mut self, a: u32, b: u32, strength: f64) {
        for (x, y) in [(a, b), (b, a)] {
            self.parent.insert(x, x);
            self.size.insert(x, 1);
            *self.ties.entry(x).or_default().entry(y).or_default() += strength;
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

    fn members(&self) -> Vec<Vec<u32>> {
        let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for &article in self.parent.keys() {
            groups.entry(self.find(article)).or_default().push(article);
        }
        groups.into_values().filter(|group| group.len() > 1).collect()
    }
}

/// Who the text of a story goes back to.
///
/// Articles that are reprints of each other are one family. A family in which anybody credits an
/// agency goes back to that agency. A family that shares only part of its text with another one
/// and has mostly own text is an origin beside it, unless both are of one publisher; else it goes
/// back to the one it shares most with. `inside` are the story's relations, strongest first; `articles` its members by time.
fn origins(
    corpus: &Corpus,
    credits: &[Credit],
    inside: &[&Relation],
    reuse: &[Reuse],
    articles: &[u32],
) -> Vec<StoryOrigin> {
    // The family of an article is named by its first member in time.
    let mut family: BTreeMap<u32, u32> = articles.iter().map(|&article| (article, article)).collect();
    let ranks: BTreeMap<u32, usize> = articles.iter().enumerate().map(|(i, &article)| (article, i)).collect();
    let rank = |article: u32| ranks[&article];
    let merge = |family: &mut BTreeMap<u32, u32>, x: u32, y: u32| {
        let (x, y) = (family[&x], family[&y]);
        let (first, later) = if rank(x) <= rank(y) { (x, y) } else { (y, x) };
        family.values_mut().filter(|name| **name == later).for_each(|name| *name = first);
    };
    for relation in inside.iter().filter(|r| r.verdict == Verdict::Reprint) {
        merge(&mut family, relation.a, relation.b);
    }
    let agency = |article: u32| {
        let credit = &credits[article as usize];
        credit
            .level
            .is_feed()
            .then(|| credit.names.first().cloned().unwrap_or_else(|| "an unnamed feed".to_owned()))
    };
    // Families that credit the same agency are versions of its text.
    let mut by_agency: BTreeMap<String, u32> = BTreeMap::new();
    for &article in articles {
        if let Some(name) = agency(article) {
            match by_agency.get(&name) {
                Some(&other) => merge(&mut family, article, other),
                None => {
                    by_agency.insert(name, article);
                }
            }
        }
    }
    // Strongest first, so each family joins the one it shares most with.
    for relation in inside.iter().filter(|r| r.verdict == Verdict::Partial) {
        let publisher = |article: u32| corpus.articles[article as usize].publisher.as_ref();
        if publisher(relation.a).is_some() && publisher(relation.a) == publisher(relation.b) {
            merge(&mut family, relation.a, relation.b);
            continue;
        }
        for article in [relation.a, relation.b] {
            let reuse = reuse[article as usize];
            let own = f64::from(reuse.reporting - reuse.reused) / f64::from(reuse.reporting.max(1));
            if own < OWN_REPORTING && agency(article).is_none() {
                merge(&mut family, relation.a, relation.b);
            }
        }
    }
    let mut families: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for &article in articles {
        families.entry(rank(family[&article])).or_default().push(article);
    }
    families.into_values().map(|members| describe(corpus, credits, members)).collect()
}

fn describe(corpus: &Corpus, credits: &[Credit], members: Vec<u32>) -> StoryOrigin {
    // A named agency says more than an unnamed feed, wherever it stands in time.
    let feeds = || members.iter().copied().filter(|&article| credits[article as usize].level.is_feed());
    let credited =
        feeds().find(|&article| !credits[article as usize].names.is_empty()).or_else(|| feeds().next());
    let (name, reason) = match credited {
        Some(article) => {
            let credit = &credits[article as usize];
            let name = credit.names.first().cloned().unwrap_or_else(|| "an unnamed feed".to_owned());
            let words = credit.evidence.first().map_or("", |evidence| evidence.text.as_str());
            let reason = format!("{} credits it: \"{words}\"", corpus.articles[article as usize].id);
            (name, reason)
        }
        None => {
            let first = &corpus.articles[members[0] as usize];
            let name = first.outlet.as_ref().map_or_else(|| first.id.clone(), |outlet| outlet.value.clone());
            let reason = match (members.len(), &first.published) {
                (1, _) => "has mostly text of its own",
                (_, Some(_)) => {
                    "one text, no agency credited; named after the article with the earliest stated time"
                }
                (_, None) => {
                    "one text, no agency credited; named after its first article, none states a time"
                }
            };
            (name, reason.to_owned())
        }
    };
    StoryOrigin { name, reason, articles: members }
}
