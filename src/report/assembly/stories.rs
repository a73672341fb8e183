//! Stories, from indices to ids.

use super::Assembly;
use crate::report::{NearestEarlier, OriginEntry, StoryEntry};

impl Assembly<'_> {
    pub(super) fn stories(&self) -> Vec<StoryEntry> {
        let stories = self.findings.provenance.stories.iter().enumerate();
        stories
            .map(|(index, story)| StoryEntry {
                id: format!("story-{}", index + 1),
                title: story.title.clone(),
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
}
