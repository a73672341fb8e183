//! What schema.org JSON-LD says about an article, in a page or in a record of its own.

use serde_json::{Map, Value};

use super::candidate::{Candidate, Field};
use super::{Origin, html};

/// Objects that are looked at in one JSON-LD; a page's list of links may be endless.
const MOST_NODES: usize = 2_000;

/// What a property of an article says.
#[derive(Clone, Copy)]
enum Shape {
    /// A text.
    Text,
    /// Somebody: a name, or an object that has one.
    Somebody,
    /// An address, or an object that has one.
    Address,
}

/// The properties of an article that say something, for each field the best first.
const PROPERTIES: [(&str, Field, Shape); 20] = [
    ("articleBody", Field::Text, Shape::Text),
    ("text", Field::Text, Shape::Text),
    ("publisher", Field::Outlet, Shape::Somebody),
    ("datePublished", Field::Published, Shape::Text),
    ("dateCreated", Field::Published, Shape::Text),
    ("headline", Field::Title, Shape::Text),
    ("name", Field::Title, Shape::Text),
    ("url", Field::Url, Shape::Address),
    ("mainEntityOfPage", Field::Url, Shape::Address),
    ("@id", Field::Url, Shape::Address),
    ("creditText", Field::Credit, Shape::Text),
    ("provider", Field::Credit, Shape::Somebody),
    ("sourceOrganization", Field::Credit, Shape::Somebody),
    ("author", Field::Credit, Shape::Somebody),
    ("creator", Field::Credit, Shape::Somebody),
    ("isBasedOn", Field::Source, Shape::Address),
    ("isBasedOnUrl", Field::Source, Shape::Address),
    ("inLanguage", Field::Language, Shape::Somebody),
    ("identifier", Field::Id, Shape::Text),
    ("sdDatePublished", Field::Captured, Shape::Text),
];

/// Returns what the values of a page or record say about its article: the first object that is an
/// article, else nothing. `place` names each property's origin.
pub(super) fn read(values: &[Value], place: impl Fn(&str) -> Origin) -> Vec<Candidate> {
    let nodes = nodes(values);
    let is_article = |node: &&&Map<String, Value>| types(node).any(|kind| kind.ends_with("Article"));
    let is_post = |node: &&&Map<String, Value>| {
        types(node)
            .any(|kind| matches!(kind, "BlogPosting" | "LiveBlogPosting" | "Report" | "SocialMediaPosting"))
    };
    let Some(article) = nodes.iter().find(is_article).or_else(|| nodes.iter().find(is_post)) else {
        return Vec::new();
    };
    let mut candidates = Vec::new();
    for (property, field, shape) in PROPERTIES {
        let Some(value) = article.get(property) else { continue };
        let mut found = Vec::new();
        collect(value, shape, &nodes, &mut found);
        if field == Field::Outlet || field == Field::Language {
            found.truncate(1);
        }
        candidates.extend(found.into_iter().map(|value| Candidate { field, value, origin: place(property) }));
    }
    candidates
}

/// Returns all objects on the way to an article: in arrays, in `@graph`, and as what a page is about.
fn nodes(values: &[Value]) -> Vec<&Map<String, Value>> {
    let mut nodes = Vec::new();
    let mut left: Vec<&Value> = values.iter().rev().collect();
    while let Some(value) = left.pop() {
        match value {
            Value::Array(values) => left.extend(values.iter().rev()),
            Value::Object(node) => {
                nodes.push(node);
                left.extend(
                    ["mainEntity", "mainEntityOfPage", "@graph"].iter().filter_map(|key| node.get(*key)),
                );
            }
            _ => {}
        }
        if nodes.len() >= MOST_NODES {
            break;
        }
    }
    nodes
}

/// Returns the types of an object without the address of the vocabulary.
fn types(node: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let named = match node.get("@type") {
        Some(Value::Array(kinds)) => kinds.as_slice(),
        Some(kind) => std::slice::from_ref(kind),
        None => &[],
    };
    named.iter().filter_map(Value::as_str).map(|kind| kind.rsplit(['/', '#', ':']).next().unwrap_or(kind))
}

/// Collects the values of one property, which may be one or a list.
fn collect(value: &Value, shape: Shape, nodes: &[&Map<String, Value>], found: &mut Vec<String>) {
    let mut push = |text: &str| {
        let text = html::unescape(text.trim());
        if !text.is_empty() {
            found.push(text);
        }
    };
    match value {
        Value::String(text) => push(text),
        Value::Number(number) => push(&number.to_string()),
        Value::Array(values) => values.iter().for_each(|value| collect(value, shape, nodes, found)),
        Value::Object(object) => {
            let keys: &[&str] = match shape {
                Shape::Text => &["@value", "value"],
                Shape::Somebody => &["name", "legalName", "@value"],
                Shape::Address => &["url", "@id"],
            };
            let own = |object: &Map<String, Value>| {
                keys.iter().find_map(|key| match object.get(*key)? {
                    Value::String(text) => Some(text.clone()),
                    Value::Array(texts) => texts.iter().find_map(Value::as_str).map(str::to_owned),
                    Value::Object(inner) => inner.get("@value")?.as_str().map(str::to_owned),
                    _ => None,
                })
            };
            // An object may only point to another one by its id.
            let pointed = || {
                let id = object.get("@id")?;
                nodes
                    .iter()
                    .find(|node| node.get("@id") == Some(id) && node.len() > 1)
                    .and_then(|node| own(node))
            };
            if let Some(text) = own(object).or_else(pointed) {
                push(&text);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(json: &str) -> Vec<(Field, String, String)> {
        let values = [serde_json::from_str(json).unwrap()];
        let candidates = read(&values, |property| Origin::Record(property.to_owned()));
        candidates.into_iter().map(|c| (c.field, c.value, c.origin.to_string())).collect()
    }

    fn of(json: &str, field: Field) -> Vec<String> {
        found(json).into_iter().filter(|(of, ..)| *of == field).map(|(_, value, _)| value).collect()
    }

    #[test]
    fn an_article_is_found_in_arrays_and_graphs() {
        let article = r#"{"@type": ["NewsArticle", "Thing"], "headline": "Quay closed"}"#;
        for json in [
            article.to_owned(),
            format!(r#"[{{"@type": "BreadcrumbList", "name": "no"}}, {article}]"#),
            format!(r#"{{"@context": "https://schema.org", "@graph": [{{"@type": "Person"}}, {article}]}}"#),
            format!(r#"{{"@type": "WebPage", "name": "no", "mainEntity": {article}}}"#),
            article.replace("NewsArticle", "https://schema.org/ReportageNewsArticle"),
        ] {
            assert_eq!(of(&json, Field::Title), ["Quay closed"], "{json}");
        }
        assert!(found(r#"{"@type": "WebSite", "name": "no"}"#).is_empty());
    }

    #[test]
    fn names_and_addresses_are_read_from_objects_and_by_id() {
        let json = r##"{"@graph": [
            {"@type": "NewsArticle", "publisher": {"@id": "#org"}, "url": "https://a.example/x",
             "author": [{"@type": "Person", "name": "Mara Quist"}, "Associated Press"],
             "provider": {"@type": "Organization", "name": ["Reuters"]}, "creditText": " AFP ",
             "isBasedOn": [{"@type": "CreativeWork", "url": "https://b.example/y"}, "https://c.example/z"],
             "datePublished": {"@type": "Date", "@value": "2031-03-04"}, "inLanguage": "en"},
            {"@type": "NewsMediaOrganization", "@id": "#org", "name": "The Vell Gazette"}]}"##;
        assert_eq!(of(json, Field::Outlet), ["The Vell Gazette"]);
        assert_eq!(of(json, Field::Credit), ["AFP", "Reuters", "Mara Quist", "Associated Press"]);
        assert_eq!(of(json, Field::Source), ["https://b.example/y", "https://c.example/z"]);
        assert_eq!(of(json, Field::Published), ["2031-03-04"]);
        assert_eq!(of(json, Field::Url), ["https://a.example/x"]);
    }
}
