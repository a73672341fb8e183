//! What is shown, with numbers in place of ids: scripts look things up by place.

use std::collections::HashMap;

use crate::report::comparison::Comparison;
use crate::report::{ArticleEntry, ArticleId, ParagraphGroup, RelationEntry, Report, StoryEntry};

/// The articles and what ties them together.
#[derive(Debug)]
pub(super) struct Index<'a> {
    pub(super) articles: Vec<&'a ArticleEntry>,
    pub(super) relations: Vec<&'a RelationEntry>,
    pub(super) stories: &'a [StoryEntry],
    pub(super) groups: &'a [ParagraphGroup],
    /// The relations of each article.
    pub(super) ties: Vec<Vec<u32>>,
    /// The story of each article.
    pub(super) story_of: Vec<Option<usize>>,
    /// The groups that stand for pairs, of each article: the group and the range.
    pub(super) grouped: Vec<Vec<(usize, [u32; 2])>>,
    places: HashMap<&'a str, usize>,
}

impl<'a> Index<'a> {
    pub(super) fn of_report(report: &'a Report) -> Self {
        let articles = report.articles.iter().collect();
        Self::of(articles, report.relations.iter().collect(), &report.stories, &report.paragraph_groups)
    }

    pub(super) fn of_comparison(comparison: &'a Comparison) -> Self {
        let relations = comparison.relation.iter().collect();
        Self::of(vec![&comparison.a, &comparison.b], relations, &[], &[])
    }

    fn of(
        articles: Vec<&'a ArticleEntry>,
        relations: Vec<&'a RelationEntry>,
        stories: &'a [StoryEntry],
        groups: &'a [ParagraphGroup],
    ) -> Self {
        let places: HashMap<&str, usize> =
            articles.iter().enumerate().map(|(at, article)| (&*article.head.id, at)).collect();
        let mut ties = vec![Vec::new(); articles.len()];
        for (number, relation) in relations.iter().enumerate() {
            // A report that was changed by hand may name articles that it does not list.
            if let (Some(&a), Some(&b)) = (places.get(&*relation.a), places.get(&*relation.b)) {
                ties[a].push(number as u32);
                ties[b].push(number as u32);
            }
        }
        let mut story_of = vec![None; articles.len()];
        for (number, story) in stories.iter().enumerate() {
            for at in story.articles.iter().filter_map(|id| places.get(&**id)) {
                story_of[*at] = Some(number);
            }
        }
        let mut grouped = vec![Vec::new(); articles.len()];
        for (number, group) in groups.iter().enumerate().filter(|(_, group)| group.represents_pairs) {
            for member in &group.members {
                if let Some(&at) = places.get(&*member.article) {
                    grouped[at].push((number, [member.start, member.end]));
                }
            }
        }
        Self { articles, relations, stories, groups, ties, story_of, grouped, places }
    }

    /// The place of an article, if the report lists it.
    pub(super) fn at(&self, id: &ArticleId) -> Option<usize> {
        self.places.get(&**id).copied()
    }

    /// The places of those that it lists.
    pub(super) fn all(&self, ids: &[ArticleId]) -> Vec<usize> {
        ids.iter().filter_map(|id| self.at(id)).collect()
    }

    /// The relations of an article, each with whether the article is the first one of it.
    pub(super) fn ties_of(&self, article: usize) -> impl Iterator<Item = (&'a RelationEntry, bool)> {
        let id = &self.articles[article].head.id;
        self.ties[article].iter().map(move |&number| {
            let relation = self.relations[number as usize];
            (relation, relation.a == *id)
        })
    }

    /// Whether an article has a reprint or partial relation.
    pub(super) fn shares(&self, article: usize) -> bool {
        self.ties_of(article).any(|(relation, _)| relation.verdict.shares_narrative())
    }
}
