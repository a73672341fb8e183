//! The data of the lists: what a page needs to know of everything before it asks for details.
//!
//! Tables with many rows are written as columns, which is half the size and quicker to read.

use serde::Serialize;

use super::index::Index;
use crate::report::{
    AgencyEvidence, ArticleEntry, DirectionStatus, ExactKind, Report, StandingText, StoryEntry, Verdict,
};

/// The articles, in their order.
#[derive(Debug, Serialize)]
pub(super) struct ArticleColumns<'a> {
    id: Vec<&'a str>,
    path: Vec<&'a str>,
    record: Vec<Option<u64>>,
    outlet: Vec<Option<&'a str>>,
    published: Vec<Option<&'a str>>,
    title: Vec<Option<&'a str>>,
    words: Vec<u64>,
    reporting: Vec<u64>,
    own: Vec<f64>,
    reused: Vec<f64>,
    quoted: Vec<f64>,
    level: Vec<&'static str>,
    agencies: Vec<&'a [String]>,
    elsewhere: Vec<bool>,
    sharing: Vec<bool>,
    story: Vec<Option<usize>>,
}

impl<'a> ArticleColumns<'a> {
    pub(super) fn of(index: &Index<'a>) -> Self {
        let column = |share: fn(&ArticleEntry) -> f64| {
            index.articles.iter().map(|article| rounded(share(article))).collect()
        };
        let articles = || index.articles.iter();
        Self {
            id: articles().map(|article| &*article.head.id).collect(),
            path: articles().map(|article| article.head.path.as_str()).collect(),
            record: articles().map(|article| article.head.record).collect(),
            outlet: articles().map(|article| article.head.outlet.as_deref()).collect(),
            published: articles().map(|article| article.head.published.as_deref()).collect(),
            title: articles().map(|article| article.head.title.as_deref()).collect(),
            words: articles().map(|article| article.words).collect(),
            reporting: articles().map(|article| article.reporting_words).collect(),
            own: column(|article| article.own_share),
            reused: column(|article| article.reused_share),
            quoted: column(|article| article.reused_quoted_share),
            level: articles().map(|article| article.agency.level.id()).collect(),
            agencies: articles().map(|article| article.agency.names.as_slice()).collect(),
            elsewhere: articles().map(|article| article.credited_elsewhere.is_some()).collect(),
            sharing: (0..index.articles.len()).map(|at| index.shares(at)).collect(),
            story: index.story_of.clone(),
        }
    }
}

/// A share as precise as anybody reads it.
pub(super) fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

/// One story.
#[derive(Debug, Serialize)]
pub(super) struct Story<'a> {
    id: &'a str,
    title: Option<&'a str>,
    articles: Vec<usize>,
    cohesion: f64,
    origins: Vec<Origin<'a>>,
    /// Per article, the earlier one that it shares most with.
    nearest: Vec<Option<Nearer>>,
    reprint: u32,
    partial: u32,
    quotation: u32,
}

#[derive(Debug, Serialize)]
struct Origin<'a> {
    name: &'a str,
    reason: &'a str,
    articles: Vec<usize>,
}

#[derive(Debug, Clone, Serialize)]
struct Nearer {
    from: usize,
    words: u64,
}

/// The stories, in their order.
pub(super) fn stories<'a>(index: &Index<'a>) -> Vec<Story<'a>> {
    let mut rows: Vec<Story<'_>> = index.stories.iter().map(|story| of_story(index, story)).collect();
    for relation in &index.relations {
        let story = |id| index.at(id).and_then(|at| index.story_of[at]);
        let (Some(of_a), of_b) = (story(&relation.a), story(&relation.b)) else { continue };
        if of_b == Some(of_a) {
            match relation.verdict {
                Verdict::Reprint => rows[of_a].reprint += 1,
                Verdict::Partial => rows[of_a].partial += 1,
                Verdict::Quotation => rows[of_a].quotation += 1,
                Verdict::Incidental | Verdict::Boilerplate => {}
            }
        }
    }
    rows
}

fn of_story<'a>(index: &Index<'a>, story: &'a StoryEntry) -> Story<'a> {
    let articles = index.all(&story.articles);
    let mut nearest = vec![None; articles.len()];
    for found in &story.nearest_earlier {
        let (Some(article), Some(from)) = (index.at(&found.article), index.at(&found.earlier)) else {
            continue;
        };
        if let Some(place) = articles.iter().position(|&at| at == article) {
            nearest[place] = Some(Nearer { from, words: found.shared_words });
        }
    }
    Story {
        id: &story.id,
        title: story.title.as_deref(),
        articles,
        cohesion: rounded(story.cohesion),
        origins: story
            .origins
            .iter()
            .map(|origin| Origin {
                name: &origin.name,
                reason: &origin.reason,
                articles: index.all(&origin.articles),
            })
            .collect(),
        nearest,
        reprint: 0,
        partial: 0,
        quotation: 0,
    }
}

/// The pairs of articles, in their order.
#[derive(Debug, Default, Serialize)]
pub(super) struct PairColumns {
    a: Vec<usize>,
    b: Vec<usize>,
    /// Place in the list of verdicts, the strongest first.
    verdict: Vec<u8>,
    words: Vec<u64>,
    /// In percent.
    share_a: Vec<u8>,
    share_b: Vec<u8>,
    /// 0 not established, 1 from a, 2 from b, 3 common source.
    direction: Vec<u8>,
}

impl PairColumns {
    pub(super) fn of(index: &Index<'_>) -> Self {
        let mut columns = Self::default();
        for relation in &index.relations {
            let (Some(a), Some(b)) = (index.at(&relation.a), index.at(&relation.b)) else { continue };
            columns.a.push(a);
            columns.b.push(b);
            columns.verdict.push(match relation.verdict {
                Verdict::Reprint => 0,
                Verdict::Partial => 1,
                Verdict::Quotation => 2,
                Verdict::Incidental => 3,
                Verdict::Boilerplate => 4,
            });
            columns.words.push(relation.shared_words);
            columns.share_a.push((relation.share_a * 100.0).round() as u8);
            columns.share_b.push((relation.share_b * 100.0).round() as u8);
            let direction = &relation.direction;
            columns.direction.push(match (direction.status, &direction.from) {
                (DirectionStatus::Established, Some(from)) if *from == relation.a => 1,
                (DirectionStatus::Established, Some(_)) => 2,
                (DirectionStatus::CommonSource, _) => 3,
                (DirectionStatus::Established | DirectionStatus::NotEstablished, _) => 0,
            });
        }
        columns
    }
}

/// The evidence of one article that says something about an agency.
#[derive(Debug, Serialize)]
pub(super) struct CreditRow<'a> {
    article: usize,
    evidence: &'a [AgencyEvidence],
}

/// The articles that say something about an agency.
pub(super) fn credits<'a>(index: &Index<'a>) -> Vec<CreditRow<'a>> {
    let articles = index.articles.iter().enumerate();
    let rows = articles.map(|(article, entry)| CreditRow { article, evidence: &entry.agency.evidence });
    rows.filter(|row| !row.evidence.is_empty()).collect()
}

/// What stands more than once.
#[derive(Debug, Serialize)]
pub(super) struct Repeated<'a> {
    exact: Vec<Copies>,
    paragraphs: Vec<Paragraph<'a>>,
    standing: &'a [StandingText],
}

#[derive(Debug, Serialize)]
struct Copies {
    kind: ExactKind,
    articles: Vec<usize>,
}

#[derive(Debug, Serialize)]
struct Paragraph<'a> {
    text: &'a str,
    articles: u64,
    articles_at: Vec<usize>,
}

impl<'a> Repeated<'a> {
    pub(super) fn of(report: &'a Report, index: &Index<'a>) -> Self {
        let exact = report.exact_groups.iter();
        let paragraphs = index.groups.iter();
        Self {
            exact: exact
                .map(|group| Copies { kind: group.kind, articles: index.all(&group.articles) })
                .collect(),
            paragraphs: paragraphs
                .map(|group| Paragraph {
                    text: &group.text,
                    articles: group.articles,
                    articles_at: group
                        .members
                        .iter()
                        .filter_map(|member| index.at(&member.article))
                        .collect(),
                })
                .collect(),
            standing: &report.standing_text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn articles_that_the_report_does_not_list_are_left_out() {
        let mut report = sample::shipping();
        let pairs = PairColumns::of(&Index::of_report(&report)).a.len();
        report.relations[0].b = "nobody".into();
        report.stories[0].articles.push("nobody".into());
        let index = Index::of_report(&report);
        assert_eq!(PairColumns::of(&index).a.len(), pairs - 1);
        assert_eq!(stories(&index)[0].articles.len(), report.stories[0].articles.len() - 1);
    }
}
