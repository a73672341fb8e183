//! Articles and their relations as a graph.

use std::collections::HashMap;

use super::Kind::{Count, Share, Text, Truth};
use super::{Attribute, Edge, Node, Value, attribute};
use crate::report::{ArticleEntry, RelationEntry, Report};

pub(super) const NODE: [Attribute; 13] = [
    attribute("path", Text),
    attribute("record", Count),
    attribute("outlet", Text),
    attribute("published", Text),
    attribute("title", Text),
    attribute("url", Text),
    attribute("words", Count),
    attribute("reporting_words", Count),
    attribute("agency_level", Text),
    attribute("agencies", Text),
    attribute("reused_share", Share),
    attribute("own_share", Share),
    attribute("story", Text),
];

pub(super) const EDGE: [Attribute; 11] = [
    attribute("verdict", Text),
    attribute("share_source", Share),
    attribute("share_target", Share),
    attribute("quoted_share", Share),
    attribute("longest_run", Count),
    attribute("passages", Count),
    attribute("template", Truth),
    attribute("direction", Text),
    attribute("from", Text),
    attribute("published_source", Text),
    attribute("published_target", Text),
];

pub(super) fn nodes(report: &Report) -> impl Iterator<Item = Node<'_>> {
    let stories: HashMap<&str, &str> = report
        .stories
        .iter()
        .flat_map(|story| story.articles.iter().map(|article| (&**article, &*story.id)))
        .collect();
    report.articles.iter().map(move |article| node(article, stories.get(&*article.head.id).copied()))
}

fn node<'a>(article: &'a ArticleEntry, story: Option<&'a str>) -> Node<'a> {
    let head = &article.head;
    Node {
        id: &head.id,
        label: head.title.as_deref().unwrap_or(&head.id),
        outlet: head.outlet.as_deref(),
        values: vec![
            Value::text(&head.path),
            head.record.map(Value::Count),
            head.outlet.as_deref().and_then(Value::text),
            head.published.as_deref().and_then(Value::text),
            head.title.as_deref().and_then(Value::text),
            head.url.as_deref().and_then(Value::text),
            Some(Value::Count(article.words)),
            Some(Value::Count(article.reporting_words)),
            Value::text(article.agency.level.id()),
            Value::list(&article.agency.names),
            Some(Value::Share(article.reused_share)),
            Some(Value::Share(article.own_share)),
            story.and_then(Value::text),
        ],
    }
}

pub(super) fn edges(report: &Report) -> impl Iterator<Item = Edge<'_>> {
    let published: HashMap<&str, &str> = report
        .articles
        .iter()
        .filter_map(|article| Some((&*article.head.id, article.head.published.as_deref()?)))
        .collect();
    report.relations.iter().map(move |relation| edge(relation, &published))
}

fn edge<'a>(relation: &'a RelationEntry, published: &HashMap<&str, &'a str>) -> Edge<'a> {
    let from = relation.direction.from.as_deref();
    let (a, b) = ((&*relation.a, relation.share_a), (&*relation.b, relation.share_b));
    let (source, target) = if from == Some(b.0) { (b, a) } else { (a, b) };
    let time = |article: &str| published.get(article).copied().and_then(Value::text);
    Edge {
        source: source.0,
        target: target.0,
        established: from.is_some(),
        verdict: Some(relation.verdict),
        weight: relation.shared_words,
        values: vec![
            Value::text(relation.verdict.id()),
            Some(Value::Share(source.1)),
            Some(Value::Share(target.1)),
            Some(Value::Share(relation.quoted_share)),
            Some(Value::Count(relation.longest_run)),
            Some(Value::Count(relation.passages.len() as u64)),
            Some(Value::Truth(relation.template)),
            Value::text(relation.direction.status.id()),
            from.and_then(Value::text),
            time(source.0),
            time(target.0),
        ],
    }
}
