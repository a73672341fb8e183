//! Stories, from indices to ids, and what to call them.

use std::collections::{BTreeSet, HashMap};

use super::Assembly;
use crate::report::{NearestEarlier, OriginEntry, StoryEntry};
use crate::text::words;

impl Assembly<'_> {
    pub(super) fn stories(&self) -> Vec<StoryEntry> {
        let stories = self.findings.provenance.stories.iter().enumerate();
        stories
            .map(|(index, story)| StoryEntry {
                id: format!("story-{}", index + 1),
                title: self.usual_title(&story.articles),
                articles: self.id_list(&story.articles),
                cohesion: story.cohesion,
                independent_origins: story.origins.len() as u64,
                origins: story
                    .origins
                    .iter()
                    .map(|origin| OriginEntry {
                        name: origin.name.clone(),
                        reason: origin.reason.clone(),
                        articles: self.id_list(&origin.articles),
                    })
                    .collect(),
                nearest_earlier: story
                    .articles
                    .iter()
                    .zip(&story.nearest)
                    .filter_map(|(&article, nearest)| {
                        let nearest = nearest.as_ref()?;
                        Some(NearestEarlier {
                            article: self.id(article),
                            earlier: self.id(nearest.article),
                            shared_words: u64::from(nearest.shared_words),
                        })
                    })
                    .collect(),
            })
            .collect()
    }

    /// What most outlets call it, of equally many what most of the articles do, and then the first. Pages
    /// lend articles the words of their own forms and menus as titles.
    fn usual_title(&self, articles: &[u32]) -> Option<String> {
        let articles = articles.iter().map(|&article| &self.findings.corpus.articles[article as usize]);
        let titled = articles.filter_map(|article| {
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
}
