//! The report as W3C PROV-JSON.
//!
//! Articles are entities, attributed to their outlets and to the agencies that they declare; an
//! agency that contributed influenced the article. What a relation says about two articles follows
//! what is established and nothing more: `wasDerivedFrom` where it is known whose text it is, as a
//! `prov:Quotation` (the quotation, `wasQuotedFrom`, of PROV) where only quoted words are shared;
//! `alternateOf` where it is unknown or a third is the source. Relations in which too little is
//! shared (`incidental`, `boilerplate`) say nothing about origin and are left out.
//!
//! Identifiers are `article:`, `outlet:` and `agency:` with the percent-encoded id or name.

use std::collections::BTreeSet;
use std::fmt::{self, Display};
use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::{ArticleEntry, RelationEntry, Report, Verdict, json};
use crate::agency::Level;

/// Writes the document. The writer is written to in small pieces: give it a buffer.
///
/// # Errors
/// When `out` fails.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    json::write_nested(&Document(report), out)
}

struct Document<'a>(&'a Report);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(report) = *self;
        let mut document = serializer.serialize_map(None)?;
        document.serialize_entry("prefix", &Records(|| PREFIXES))?;
        document.serialize_entry("entity", &Records(|| report.articles.iter().map(entity)))?;
        document.serialize_entry("agent", &Records(|| agents(report)))?;
        document
            .serialize_entry("wasAttributedTo", &Records(|| numbered("attribution", attributions(report))))?;
        document
            .serialize_entry("wasInfluencedBy", &Records(|| numbered("influence", influences(report))))?;
        document
            .serialize_entry("wasDerivedFrom", &Records(|| numbered("derivation", derivations(report))))?;
        document.serialize_entry("alternateOf", &Records(|| numbered("alternate", alternates(report))))?;
        document.end()
    }
}

/// The names that stand before the colons. The PROV ones are known to every reader.
const PREFIXES: [(&str, &str); 4] = [
    ("article", "urn:wirecopy:article:"),
    ("outlet", "urn:wirecopy:outlet:"),
    ("agency", "urn:wirecopy:agency:"),
    ("wirecopy", "urn:wirecopy:"),
];

/// A JSON object, made while it is written.
struct Records<F>(F);

impl<F, I, K, V> Serialize for Records<F>
where
    F: Fn() -> I,
    I: IntoIterator<Item = (K, V)>,
    K: Serialize,
    V: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map((self.0)())
    }
}

/// Gives names to records that nobody refers to.
fn numbered<V>(kind: &str, records: impl Iterator<Item = V>) -> impl Iterator<Item = (String, V)> {
    records.enumerate().map(move |(at, record)| (format!("_:{kind}{}", at + 1), record))
}

/// A name with its prefix.
struct Name<'a>(&'static str, &'a str);

impl Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.0)?;
        for &byte in self.1.as_bytes() {
            if byte.is_ascii_alphanumeric() || b"-._/".contains(&byte) {
                write!(f, "{}", char::from(byte))?;
            } else {
                write!(f, "%{byte:02X}")?;
            }
        }
        Ok(())
    }
}

impl Serialize for Name<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn article(id: &str) -> Name<'_> {
    Name("article", id)
}

/// A name as a value.
#[derive(Serialize)]
struct Type {
    #[serde(rename = "$")]
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
}

const fn kind(name: &'static str) -> Type {
    Type { name, kind: "prov:QUALIFIED_NAME" }
}

#[derive(Serialize)]
struct Entity<'a> {
    #[serde(rename = "prov:type")]
    kind: Type,
    #[serde(rename = "prov:label", skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(rename = "wirecopy:id")]
    id: &'a str,
    #[serde(rename = "wirecopy:path")]
    path: &'a str,
    #[serde(rename = "wirecopy:record", skip_serializing_if = "Option::is_none")]
    record: Option<u64>,
    #[serde(rename = "wirecopy:published", skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
    #[serde(rename = "wirecopy:url", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(rename = "wirecopy:sha256")]
    sha256: &'a str,
    #[serde(rename = "wirecopy:words")]
    words: u64,
    #[serde(rename = "wirecopy:own_share")]
    own_share: f64,
}

fn entity(entry: &ArticleEntry) -> (Name<'_>, Entity<'_>) {
    let head = &entry.head;
    let entity = Entity {
        kind: kind("wirecopy:Article"),
        title: head.title.as_deref(),
        id: &head.id,
        path: &head.path,
        record: head.record,
        published: head.published.as_deref(),
        url: head.url.as_deref(),
        sha256: &entry.sha256,
        words: entry.words,
        own_share: entry.own_share,
    };
    (article(&head.id), entity)
}

#[derive(Serialize)]
struct Agent<'a> {
    #[serde(rename = "prov:type")]
    kind: [Type; 2],
    #[serde(rename = "prov:label")]
    name: &'a str,
}

fn agents(report: &Report) -> impl Iterator<Item = (Name<'_>, Agent<'_>)> {
    let outlets: BTreeSet<&str> =
        report.articles.iter().filter_map(|article| article.head.outlet.as_deref()).collect();
    let agencies: BTreeSet<&str> = report
        .articles
        .iter()
        .filter(|article| article.agency.level <= Level::Contributed)
        .flat_map(|article| article.agency.names.iter().map(String::as_str))
        .collect();
    let agent = |prefix, own| {
        move |name| (Name(prefix, name), Agent { kind: [kind("prov:Organization"), kind(own)], name })
    };
    let outlets = outlets.into_iter().map(agent("outlet", "wirecopy:Outlet"));
    outlets.chain(agencies.into_iter().map(agent("agency", "wirecopy:Agency")))
}

#[derive(Serialize)]
struct Attribution<'a> {
    #[serde(rename = "prov:entity")]
    article: Name<'a>,
    #[serde(rename = "prov:agent")]
    agent: Name<'a>,
    #[serde(rename = "prov:type")]
    kind: Type,
    #[serde(rename = "wirecopy:evidence", skip_serializing_if = "Option::is_none")]
    evidence: Option<&'a str>,
}

fn attributions(report: &Report) -> impl Iterator<Item = Attribution<'_>> {
    report.articles.iter().flat_map(|entry| {
        let published = entry.head.outlet.as_deref().map(|outlet| Attribution {
            article: article(&entry.head.id),
            agent: Name("outlet", outlet),
            kind: kind("wirecopy:Publication"),
            evidence: entry.origins.outlet.as_deref(),
        });
        published.into_iter().chain(credited(entry, Level::Declared).map(|(agency, words)| Attribution {
            article: article(&entry.head.id),
            agent: Name("agency", agency),
            kind: kind("wirecopy:Credit"),
            evidence: words,
        }))
    })
}

/// The agencies that an article credits at this level, with the words that decide.
fn credited(entry: &ArticleEntry, level: Level) -> impl Iterator<Item = (&str, Option<&str>)> {
    let words = entry.agency.evidence.first().map(|evidence| &*evidence.text);
    let names = entry.agency.names.iter().filter(move |_| entry.agency.level == level);
    names.map(move |name| (name.as_str(), words))
}

#[derive(Serialize)]
struct Influence<'a> {
    #[serde(rename = "prov:influencee")]
    article: Name<'a>,
    #[serde(rename = "prov:influencer")]
    agency: Name<'a>,
    #[serde(rename = "wirecopy:evidence", skip_serializing_if = "Option::is_none")]
    evidence: Option<&'a str>,
}

fn influences(report: &Report) -> impl Iterator<Item = Influence<'_>> {
    report.articles.iter().flat_map(|entry| {
        credited(entry, Level::Contributed).map(|(agency, evidence)| Influence {
            article: article(&entry.head.id),
            agency: Name("agency", agency),
            evidence,
        })
    })
}

#[derive(Serialize)]
struct Derivation<'a> {
    #[serde(rename = "prov:generatedEntity")]
    later: Name<'a>,
    #[serde(rename = "prov:usedEntity")]
    source: Name<'a>,
    #[serde(rename = "prov:type", skip_serializing_if = "Option::is_none")]
    kind: Option<Type>,
    #[serde(rename = "wirecopy:verdict")]
    verdict: &'static str,
    #[serde(rename = "wirecopy:shared_words")]
    shared_words: u64,
    #[serde(rename = "wirecopy:share")]
    share: f64,
    #[serde(rename = "wirecopy:evidence")]
    evidence: Vec<&'a str>,
}

/// The relations that say something about origin.
fn telling(report: &Report) -> impl Iterator<Item = &RelationEntry> {
    let telling = [Verdict::Reprint, Verdict::Partial, Verdict::Quotation];
    report.relations.iter().filter(move |relation| telling.contains(&relation.verdict))
}

fn derivations(report: &Report) -> impl Iterator<Item = Derivation<'_>> {
    telling(report).filter_map(|relation| {
        let source = relation.direction.from.as_deref()?;
        let (later, share) = if *relation.a == *source {
            (&relation.b, relation.share_b)
        } else {
            (&relation.a, relation.share_a)
        };
        Some(Derivation {
            later: article(later),
            source: article(source),
            kind: (relation.verdict == Verdict::Quotation).then_some(kind("prov:Quotation")),
            verdict: relation.verdict.id(),
            shared_words: relation.shared_words,
            share,
            evidence: relation.direction.evidence.iter().map(|found| &*found.text).collect(),
        })
    })
}

#[derive(Serialize)]
struct Alternate<'a> {
    #[serde(rename = "prov:alternate1")]
    a: Name<'a>,
    #[serde(rename = "prov:alternate2")]
    b: Name<'a>,
}

fn alternates(report: &Report) -> impl Iterator<Item = Alternate<'_>> {
    let unknown = telling(report).filter(|relation| relation.direction.from.is_none());
    unknown.map(|relation| Alternate { a: article(&relation.a), b: article(&relation.b) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_document() {
        let mut out = Vec::new();
        write(&sample::shipping(), &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
    }

    #[test]
    fn names_hold_nothing_but_letters_and_escapes() {
        assert_eq!(article("news/a:b #1\u{0}é.txt").to_string(), "article:news/a%3Ab%20%231%00%C3%A9.txt");
    }
}
