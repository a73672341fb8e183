//! Groups of related articles, and how many independent origins they have.
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
use super::{Relation, Reuse, Verdict};
use crate::agency::Credit;
use crate::corpus::Corpus;
use crate::matching::Matching;
use crate::parallel::Evenly;

/// Least mean share between the members of two groups that become one story.
const COHESION: f64 = 0.15;

/// Least share of an article's text that must be its own for it to be an origin beside the text
/// that it shares.
const OWN_REPORTING: f64 = 0.5;

/// Least share of an article's text that stands in the one text to which it goes back.
const GOOD_PART: f64 = 0.25;

/// A group of related articles.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
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
            let origins = origins(corpus, credits, &inside, reuse, &articles);
            let cohesion = cohesion(&inside, &articles, &carriers);
            let nearest = lineage::trace(corpus, &inside, &articles);
            Story { articles, cohesion, origins, nearest }
        })
        .collect();
    stories
        .sort_by_key(|story| (std::cmp::Reverse(story.articles.len()), story.articles.iter().min().copied()));
    stories
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

/// Who the text of a story goes back to.
///
/// Articles that are reprints of each other are one family, and so are those that credit one agency. An
/// article without a reprint that has mostly own text is an origin by itself, unless it shares text with
/// another one of its publisher; else it goes back to the one article that it shares most with, if that
/// is a good part. Families that credit different agencies are never one: an article that prints the
/// texts of both belongs to the one it shares more with. `inside` are the story's relations, strongest
/// first; `articles` its members by time.
fn origins(
    corpus: &Corpus,
    credits: &[Credit],
    inside: &[&Relation],
    reuse: &[Reuse],
    articles: &[u32],
) -> Vec<StoryOrigin> {
    let mut families = Families::of(articles, credits);
    for relation in inside.iter().filter(|r| r.verdict == Verdict::Reprint) {
        families.merge(relation.a, relation.b);
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
                Some(&other) => families.merge(article, other),
                None => {
                    by_agency.insert(name, article);
                }
            }
        }
    }
    // What an article shares most of its text with; of several the strongest.
    let mut most: BTreeMap<u32, (f64, &Relation)> = BTreeMap::new();
    for relation in inside {
        let publisher = |article: u32| corpus.articles[article as usize].publisher.as_ref();
        if publisher(relation.a).is_some() && publisher(relation.a) == publisher(relation.b) {
            families.merge(relation.a, relation.b);
        }
        for (article, share) in [(relation.a, relation.share_a), (relation.b, relation.share_b)] {
            let best = most.entry(article).or_insert((share, relation));
            if share > best.0 {
                *best = (share, relation);
            }
        }
    }
    for (&article, &(share, relation)) in &most {
        let owes = own_share(reuse[article as usize]) < OWN_REPORTING && share >= GOOD_PART;
        if relation.verdict == Verdict::Partial && owes && agency(article).is_none() {
            families.merge(relation.a, relation.b);
        }
    }
    families
        .into_members(articles)
        .into_iter()
        .map(|members| describe(corpus, credits, reuse, members))
        .collect()
}

/// The share of an article's reporting that stands nowhere else.
fn own_share(reuse: Reuse) -> f64 {
    f64::from(reuse.reporting - reuse.reused) / f64::from(reuse.reporting.max(1))
}

/// Articles of one story that go back to one text, joined one by one.
struct Families {
    /// When each article comes in time.
    ranks: BTreeMap<u32, usize>,
    /// For each rank an earlier one of the same family, or itself.
    earlier: Vec<usize>,
    /// For the first rank of each family, the agencies that its members credit with the whole text.
    agencies: Vec<BTreeSet<String>>,
}

impl Families {
    /// Every article by itself; they are in order of time.
    fn of(articles: &[u32], credits: &[Credit]) -> Self {
        let credited = |&article: &u32| {
            let credit = &credits[article as usize];
            let names: &[String] = if credit.level.is_feed() { &credit.names } else { &[] };
            names.iter().cloned().collect()
        };
        Self {
            ranks: articles.iter().enumerate().map(|(rank, &article)| (article, rank)).collect(),
            earlier: (0..articles.len()).collect(),
            agencies: articles.iter().map(credited).collect(),
        }
    }

    /// The first member in time of the family of the article at a rank.
    fn first(&mut self, mut rank: usize) -> usize {
        while self.earlier[rank] != rank {
            self.earlier[rank] = self.earlier[self.earlier[rank]];
            rank = self.earlier[rank];
        }
        rank
    }

    /// Makes two families one, unless they credit different agencies.
    fn merge(&mut self, x: u32, y: u32) {
        let (x, y) = (self.ranks[&x], self.ranks[&y]);
        let (x, y) = (self.first(x), self.first(y));
        let (first, later) = (x.min(y), x.max(y));
        let (one, other) = (&self.agencies[first], &self.agencies[later]);
        let contradict = !one.is_empty() && !other.is_empty() && one.is_disjoint(other);
        if first != later && !contradict {
            let more = std::mem::take(&mut self.agencies[later]);
            self.agencies[first].extend(more);
            self.earlier[later] = first;
        }
    }

    /// The members of each, in order of time, by their first ones.
    fn into_members(mut self, articles: &[u32]) -> Vec<Vec<u32>> {
        let mut members: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for (rank, &article) in articles.iter().enumerate() {
            members.entry(self.first(rank)).or_default().push(article);
        }
        members.into_values().collect()
    }
}

fn describe(corpus: &Corpus, credits: &[Credit], reuse: &[Reuse], members: Vec<u32>) -> StoryOrigin {
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
                (1, _) if own_share(reuse[members[0] as usize]) >= OWN_REPORTING => {
                    "has mostly text of its own"
                }
                (1, _) => "none of the others has a good part of its text",
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
