//! What a person has set by hand, with the reason. It always wins and is shown as such.

use serde::Deserialize;

use super::{Relation, Verdict};
use crate::agency::{Credit, Evidence, Level};
use crate::corpus::{Corpus, Origin, Published, Sourced};

/// The id of the rule that stands for a credit set by hand.
pub const BY_HAND: &str = "set by hand";

/// Corrections of articles and relations.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overrides {
    #[serde(default, rename = "article")]
    articles: Vec<ArticleOverride>,
    #[serde(default, rename = "relation")]
    relations: Vec<RelationOverride>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleOverride {
    id: String,
    outlet: Option<String>,
    published: Option<String>,
    /// One agency or several; an empty list takes the credit away.
    agency: Option<Names>,
    level: Option<Level>,
    reason: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Several(Vec<String>),
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct RelationOverride {
    a: String,
    b: String,
    verdict: Verdict,
    reason: String,
}

/// Why overrides cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OverridesError {
    /// The text is no TOML, or has unknown or missing fields.
    #[error("{0}")]
    Syntax(#[from] toml::de::Error),
    /// A time cannot be read in one way only.
    #[error("article {id}: cannot read the time {published:?}; write it as 2025-10-31T08:15+08:00")]
    Time {
        /// The article.
        id: String,
        /// The time as written.
        published: String,
    },
}

impl Overrides {
    /// Reads `[[article]]` tables (`id`, `reason`, and any of `outlet`, `published`, `agency`,
    /// `level`) and `[[relation]]` tables (`a`, `b`, `verdict`, `reason`).
    ///
    /// # Errors
    /// When the text is something else, or a time cannot be read.
    pub fn parse(text: &str) -> Result<Self, OverridesError> {
        let overrides: Self = toml::from_str(text)?;
        for article in &overrides.articles {
            if let Some(published) = &article.published
                && Published::parse(published).is_none()
            {
                return Err(OverridesError::Time { id: article.id.clone(), published: published.clone() });
            }
        }
        Ok(overrides)
    }

    /// Sets outlets, with whose publishers they belong to, and times.
    pub fn settle_articles(&self, corpus: &mut Corpus) {
        for set in &self.articles {
            let origin = Origin::Hand(set.reason.clone());
            for article in corpus.articles.iter_mut().filter(|article| article.id == set.id) {
                if let Some(outlet) = &set.outlet {
                    article.outlet = Some(Sourced { value: outlet.clone(), origin: origin.clone() });
                    corpus.publishers.settle(article);
                }
                if let Some(value) = set.published.as_deref().and_then(Published::parse) {
                    article.published = Some(Sourced { value, origin: origin.clone() });
                }
            }
        }
    }

    /// Sets agencies and levels; `credits` has one entry an article.
    pub fn settle_credits(&self, corpus: &Corpus, credits: &mut [Credit]) {
        for set in self.articles.iter().filter(|set| set.agency.is_some() || set.level.is_some()) {
            for (article, credit) in corpus.articles.iter().zip(&mut *credits) {
                if article.id == set.id {
                    *credit = set.credit(credit);
                }
            }
        }
    }

    /// Sets verdicts.
    pub(super) fn settle_relations(&self, corpus: &Corpus, relations: &mut [Relation]) {
        for set in &self.relations {
            for relation in relations.iter_mut().filter(|relation| set.means(corpus, relation)) {
                relation.verdict = set.verdict;
                relation.set_by_hand = Some(set.reason.as_str().into());
            }
        }
    }

    /// What could not be set, in words: articles that are not there, pairs that share nothing.
    #[must_use]
    pub fn unused(&self, corpus: &Corpus, relations: &[Relation]) -> Vec<String> {
        let known = |id: &String| corpus.articles.iter().any(|article| article.id == *id);
        let articles = self.articles.iter().filter(|set| !known(&set.id));
        let articles = articles.map(|set| format!("no article has the id {}", set.id));
        let relations = self.relations.iter().filter(|set| !relations.iter().any(|r| set.means(corpus, r)));
        let relations =
            relations.map(|set| format!("{} and {} share nothing that could be judged", set.a, set.b));
        articles.chain(relations).collect()
    }
}

impl ArticleOverride {
    fn credit(&self, read: &Credit) -> Credit {
        let names = match &self.agency {
            Some(Names::One(name)) => vec![name.clone()],
            Some(Names::Several(names)) => names.clone(),
            None => read.names.clone(),
        };
        let taken_away = names.is_empty() && self.agency.is_some();
        let level = self.level.unwrap_or(if taken_away { Level::None } else { Level::Declared });
        // It is shown where the words of other articles are.
        let text = format!("{BY_HAND}: {}", self.reason);
        let by_hand = Evidence { rule: BY_HAND.to_owned(), level, names: names.clone(), text, bytes: None };
        Credit { level, names, evidence: vec![by_hand], publisher: None, release: read.release.clone() }
    }
}

impl RelationOverride {
    fn means(&self, corpus: &Corpus, relation: &Relation) -> bool {
        let (a, b) = (&corpus.articles[relation.a as usize].id, &corpus.articles[relation.b as usize].id);
        (*a == self.a && *b == self.b) || (*a == self.b && *b == self.a)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{self, ReadOptions};

    #[test]
    fn articles_and_credits_are_set() {
        let folder = tempfile::tempdir().unwrap();
        let publishers = folder.path().join("publishers.csv");
        std::fs::write(&publishers, "outlet,publisher\nCourier,Orvane Press\nGazette,Vell Group\n").unwrap();
        let options = ReadOptions { publishers: Some(publishers), ..ReadOptions::default() };
        let listing = corpus::list(&["-".into()]);
        let records =
            "{\"id\":\"x\",\"text\":\"The ferry sank.\",\"date\":\"2031-05-05\",\"outlet\":\"Courier\"}\n";
        let read = corpus::read(listing, &options, &mut records.as_bytes(), &|_| ());
        let mut corpus = read.unwrap();
        let overrides = Overrides::parse(
            "[[article]]\nid = 'x'\noutlet = 'Gazette'\npublished = '2031-05-04T10:00+02:00'\n\
             agency = 'AP'\nreason = 'the scan shows the credit'\n\
             [[article]]\nid = 'y'\nlevel = 'none'\nreason = 'typo'\n",
        )
        .unwrap();
        overrides.settle_articles(&mut corpus);
        let article = &corpus.articles[0];
        assert_eq!(article.outlet.as_ref().unwrap().value, "Gazette");
        assert_eq!(article.publisher.as_ref().unwrap().value, "Vell Group");
        assert_eq!(
            article.published.as_ref().unwrap().origin.to_string(),
            "set by hand: the scan shows the credit"
        );
        let none =
            Credit { level: Level::None, names: vec![], evidence: vec![], publisher: None, release: None };
        let mut credits = [none];
        overrides.settle_credits(&corpus, &mut credits);
        assert_eq!(
            (credits[0].level, credits[0].names.as_slice()),
            (Level::Declared, &["AP".to_owned()][..])
        );
        assert_eq!(credits[0].evidence[0].rule, BY_HAND);
        // Nobody takes the reason for words of the article.
        assert_eq!(credits[0].evidence[0].text, "set by hand: the scan shows the credit");
        assert_eq!(overrides.unused(&corpus, &[]), ["no article has the id y"]);
    }

    #[test]
    fn mistakes_are_refused() {
        assert!(Overrides::parse("[[article]]\nid = 'x'\nreason = 'r'\npublished = 'soon'").is_err());
        assert!(Overrides::parse("[[article]]\nid = 'x'").unwrap_err().to_string().contains("reason"));
        let verdict = Overrides::parse("[[relation]]\na='x'\nb='y'\nverdict='stolen'\nreason='r'");
        assert!(verdict.unwrap_err().to_string().contains("stolen"));
    }
}
