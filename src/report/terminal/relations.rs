//! Pairs of articles, in words.

use std::collections::HashMap;
use std::io;

use anstyle::Style;

use super::articles::Articles;
use super::clean;
use super::figures::{count, len, number, percent};
use super::page::{FOUND, Page, QUIET};
use super::table::Cell;
use crate::provenance::Weight;
use crate::report::{
    ArticleId, DifferingFigures, Direction, DirectionStatus, RelationEntry, Report, StoryEntry,
};

/// Most relations on the short list of those outside stories.
const TOP: usize = 8;
/// Columns of the longest verdict.
pub(super) const VERDICT_WIDTH: usize = 11;
/// Most figures of a template in a sentence.
const FIGURES: usize = 3;
/// Most pieces of evidence in a sentence.
const EVIDENCE: usize = 3;

/// The relations between articles of the same story, strongest first, for the first `stories`
/// stories.
pub(super) fn by_story(report: &Report, stories: usize) -> Vec<Vec<&RelationEntry>> {
    let story_of = story_of(&report.stories);
    let mut inside = vec![Vec::new(); stories];
    for relation in &report.relations {
        if let Some(list) = shared_story(relation, &story_of).and_then(|at| inside.get_mut(at)) {
            list.push(relation);
        }
    }
    for list in &mut inside {
        strongest_first(list);
    }
    inside
}

/// Writes the strongest relations between articles that are not in one story.
pub(super) fn write_outside_stories(
    report: &Report,
    articles: &Articles<'_>,
    page: &mut Page<'_>,
) -> io::Result<()> {
    let story_of = story_of(&report.stories);
    let outside = report.relations.iter().filter(|relation| {
        // A shared headline or appeal is counted above and shown in full by the JSON.
        relation.shared_words > 0 && shared_story(relation, &story_of).is_none()
    });
    let mut outside: Vec<_> = outside.collect();
    if outside.is_empty() {
        return Ok(());
    }
    strongest_first(&mut outside);
    let title = if report.stories.is_empty() { "Shared text" } else { "Outside the stories" };
    let pairs = count(len(&outside), "pair of articles shares", "pairs of articles share");
    page.heading(title, &format!("{pairs} text, strongest first"))?;
    let shown = page.shown(outside.len(), TOP);
    for relation in &outside[..shown] {
        let verdict = Cell::new(format!("{:VERDICT_WIDTH$}  ", relation.verdict.id()), FOUND);
        let label = |id| Cell::plain(articles.label(id));
        page.line(0, &[verdict, Cell::new("A  ", QUIET), label(&relation.a)])?;
        let beside = VERDICT_WIDTH + 2;
        page.line(beside, &[Cell::new("B  ", QUIET), label(&relation.b)])?;
        page.prose(beside, &sentence(relation, "A", "B"), Style::new())?;
    }
    page.more(0, outside.len(), shown)
}

/// What two articles share and what tells who was first, calling them `a` and `b`.
pub(super) fn sentence(relation: &RelationEntry, a: &str, b: &str) -> String {
    let quoted = match relation.quoted_share {
        none if none <= 0.0 => "none of them quoted".to_owned(),
        all if all >= 1.0 => "all of them quoted".to_owned(),
        some => format!("{} of them quoted", percent(some)),
    };
    format!(
        "{}{a} and {b} share {}: {} of {a}, {} of {b}; {quoted}; longest run {}. {}{}",
        by_hand(relation),
        count(relation.shared_words, "word", "words"),
        percent(relation.share_a),
        percent(relation.share_b),
        number(relation.longest_run),
        template(relation),
        direction(&relation.direction, |id| if *id == relation.a { a } else { b }),
    )
}

fn by_hand(relation: &RelationEntry) -> String {
    let reason = relation.set_by_hand.as_deref().map(clean::prose);
    reason.map(|reason| format!("Set by hand: {reason}. ")).unwrap_or_default()
}

/// That both fill in one template, with the first figures of either.
fn template(relation: &RelationEntry) -> String {
    if !relation.template {
        return String::new();
    }
    let figures = |text: fn(&DifferingFigures) -> &str| {
        let shown = relation.differing.iter().take(FIGURES).map(|place| clean::prose(text(place)));
        shown.collect::<Vec<_>>().join(" / ")
    };
    let (a, b) = (figures(|place| &place.text_a), figures(|place| &place.text_b));
    format!("Same template, other figures: {a} against {b}. ")
}

fn direction<'n>(direction: &Direction, name: impl Fn(&ArticleId) -> &'n str) -> String {
    let status = match (direction.status, &direction.from) {
        (DirectionStatus::Established, Some(from)) => format!("Direction from {}", name(from)),
        (DirectionStatus::Established, None) => "Direction established".to_owned(),
        (DirectionStatus::NotEstablished, _) => "Direction not established".to_owned(),
        (DirectionStatus::CommonSource, _) => "Common source".to_owned(),
    };
    // What says nothing is the reason why none is established, and else beside the point.
    let open = direction.status == DirectionStatus::NotEstablished;
    let evidence = direction.evidence.iter().filter(|found| open || found.weight != Weight::Silent);
    let evidence: Vec<_> = evidence.take(EVIDENCE).map(|found| clean::prose(&found.text)).collect();
    let evidence = evidence.join("; ");
    if evidence.is_empty() { format!("{status}.") } else { format!("{status}: {evidence}.") }
}

/// How the question of direction stands.
pub(super) fn status(status: DirectionStatus) -> &'static str {
    match status {
        DirectionStatus::Established => "established",
        DirectionStatus::NotEstablished => "not established",
        DirectionStatus::CommonSource => "common source",
    }
}

fn story_of(stories: &[StoryEntry]) -> HashMap<&str, usize> {
    let numbered = stories.iter().enumerate();
    numbered.flat_map(|(at, story)| story.articles.iter().map(move |id| (&**id, at))).collect()
}

fn shared_story(relation: &RelationEntry, story_of: &HashMap<&str, usize>) -> Option<usize> {
    let story = story_of.get(&*relation.a)?;
    (story_of.get(&*relation.b) == Some(story)).then_some(*story)
}

/// Reprints before partial ones and so on, more shared words before fewer.
fn strongest_first(relations: &mut [&RelationEntry]) {
    relations.sort_by_key(|relation| {
        (relation.verdict, std::cmp::Reverse(relation.shared_words), &*relation.a, &*relation.b)
    });
}
