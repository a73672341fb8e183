//! Texts that stand in several articles word for word, with all their places.

use std::ops::Range;

use rayon::prelude::*;

use super::distinct::Distinct;
use super::shared_runs::SharedRuns;
use super::{ArticlePair, Group, Member, Options, Pairs};
use crate::parallel::Evenly;
use crate::text::Texts;

/// Collects identical paragraphs of at least two articles, and the runs that stand in more
/// articles than the limit, in the order of their first places.
pub(crate) fn collect(
    texts: &Texts,
    distinct: &Distinct,
    pairs: &Pairs,
    runs: &SharedRuns,
    options: &Options,
) -> Vec<Group> {
    let mut groups: Vec<Group> = (0..distinct.len() as u32)
        .into_par_iter()
        .evenly()
        .filter_map(|paragraph| identical(texts, distinct, paragraph, options.group_limit))
        .collect();
    let common: Vec<Group> = runs
        .hubs
        .par_iter()
        .evenly()
        .flat_map_iter(|&hub| common_runs(hub, pairs.of(hub), options))
        .filter(|group| !stands_for(&groups, group))
        .collect();
    groups.extend(common);
    groups.par_sort_unstable_by_key(|group| {
        let first = &group.members[0];
        (first.article, first.words.start, first.words.end, group.members.len())
    });
    groups
}

fn identical(texts: &Texts, distinct: &Distinct, paragraph: u32, limit: usize) -> Option<Group> {
    let articles = distinct.article_count(paragraph);
    if articles < 2 {
        return None;
    }
    let members = distinct
        .places(paragraph)
        .iter()
        .map(|place| Member {
            article: place.article,
            words: texts.articles[place.article as usize].paragraphs[place.paragraph as usize].words.clone(),
        })
        .collect();
    Some(Group { members, articles: articles as u32, represents_pairs: articles > limit })
}

/// Whether a paragraph group already stands for a run: it holds the run's first place and as many
/// articles.
fn stands_for(groups: &[Group], run: &Group) -> bool {
    let first = &run.members[0];
    groups.iter().filter(|group| group.represents_pairs && group.articles >= run.articles).any(|group| {
        group.members.iter().any(|member| {
            member.article == first.article
                && member.words.start <= first.words.start
                && first.words.end <= member.words.end
        })
    })
}

/// The stretches of the hub article that stand in more articles than the limit.
fn common_runs<'m>(
    hub: u32,
    pairs: impl Iterator<Item = ArticlePair<'m>> + Clone,
    options: &Options,
) -> Vec<Group> {
    let mut borders: Vec<(u32, i32)> = Vec::new();
    let runs = || {
        pairs.clone().flat_map(|pair| {
            pair.passages().flat_map(move |passage| passage.runs.iter().map(move |&run| (pair.b, run)))
        })
    };
    for (_, run) in runs().filter(|(_, run)| run.length >= options.min_run) {
        borders.extend([(run.a, 1), (run.ends().0, -1)]);
    }
    borders.sort_unstable_by_key(|&(at, change)| (at, -change));
    let mut stretches: Vec<Range<u32>> = Vec::new();
    let mut depth = 0;
    for (at, change) in borders {
        let before = depth;
        depth += change;
        // The hub itself is one more article.
        let (was, is) = (before >= options.group_limit as i32, depth >= options.group_limit as i32);
        match (was, is) {
            (false, true) => stretches.push(at..at),
            (true, false) => stretches.last_mut().expect("opened before").end = at,
            _ => {}
        }
    }
    stretches.retain(|stretch| stretch.len() as u32 >= options.min_run);
    stretches
        .into_iter()
        .filter_map(|stretch| {
            let mut members = vec![Member { article: hub, words: stretch.clone() }];
            for (article, run) in runs() {
                let from = run.a.max(stretch.start);
                let to = run.ends().0.min(stretch.end);
                if to >= from + options.min_run {
                    let at = run.b + from - run.a;
                    members.push(Member { article, words: at..at + to - from });
                }
            }
            members.sort_unstable_by_key(|member| (member.article, member.words.start));
            let mut articles: Vec<u32> = members.iter().map(|member| member.article).collect();
            articles.dedup();
            let articles = articles.len();
            (articles > options.group_limit).then_some(Group {
                members,
                articles: articles as u32,
                represents_pairs: true,
            })
        })
        .collect()
}
