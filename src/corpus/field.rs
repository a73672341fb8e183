//! The fields of JSON records that are known by their names.
//!
//! Only these are kept while a record is parsed; the rest is passed over without being copied.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::candidate::Field;

/// The names of each field, the best first. Upper and lower case are the same. They are those of
/// trafilatura, news-please, newspaper, Fundus, Media Cloud, ninjs, schema.org, WordPress and of what
/// people write themselves.
const NAMES: [(Field, &[&str]); 10] = [
    (
        Field::Text,
        &[
            "text",
            "maintext",
            "content",
            "body",
            "articleBody",
            "article_body",
            "full_text",
            "plain_text",
            "plaintext",
            "story_text",
            "body_text",
            "bodies",
            "body_xhtml",
            "body_html",
            "content_html",
            "raw_text",
            "html",
            "raw_html",
        ],
    ),
    (
        Field::Outlet,
        &[
            "outlet",
            "source",
            "publisher",
            "source_domain",
            "sitename",
            "site_name",
            "source_name",
            "media_name",
            "meta_site_name",
            "source-hostname",
            "domain",
            "hostname",
        ],
    ),
    (
        Field::Published,
        &[
            "published",
            "date_publish",
            "published_at",
            "publishedAt",
            "datePublished",
            "publish_date",
            "pub_date",
            "pubDate",
            "date_published",
            "published_date",
            "publishing_date",
            "publication_date",
            "date_gmt",
            "date",
            "timestamp",
            "firstcreated",
            "contentcreated",
            "versioncreated",
        ],
    ),
    (
        Field::Captured,
        &[
            "captured",
            "date_download",
            "crawl_date",
            "crawled_at",
            "fetched_at",
            "retrieved_at",
            "warc_date",
            "collect_date",
            "indexed_date",
            "filedate",
        ],
    ),
    (Field::Title, &["title", "headline", "headlines", "name"]),
    (
        Field::Url,
        &[
            "url",
            "link",
            "source_url",
            "requested_url",
            "responded_url",
            "canonical_url",
            "canonical_link",
            "uri",
        ],
    ),
    (Field::Id, &["id", "_id", "uuid", "guid", "article_id", "stories_id"]),
    (
        Field::Credit,
        &[
            "byline",
            "by",
            "author",
            "authors",
            "creator",
            "provider",
            "credit",
            "creditText",
            "agency",
            "source_organization",
            "sourceOrganization",
            "infosource",
            "infosources",
        ],
    ),
    (Field::Source, &["isBasedOn", "original_url", "original_source", "syndication_source"]),
    (Field::Language, &["language", "lang", "inLanguage", "meta_lang", "language_code"]),
];

impl Field {
    /// Returns the names that records have for this field, the best first.
    pub(super) fn names(self) -> &'static [&'static str] {
        NAMES.iter().find(|(field, _)| *field == self).map_or(&[], |(_, names)| names)
    }
}

/// The fields with known names that hold anything, in the order of the record.
#[derive(Default)]
pub(super) struct Fields {
    known: Vec<KnownField>,
    /// Whether the record has a key that only JSON-LD has.
    pub(super) is_json_ld: bool,
}

struct KnownField {
    field: Field,
    /// Position among the field's names; the least is the best.
    rank: usize,
    /// The name as the record writes it.
    name: String,
    value: Value,
}

impl Fields {
    /// Returns all values with their fields and names, for each field the best first; credits are in
    /// the order of the record.
    pub(super) fn in_order(mut self) -> impl Iterator<Item = (Field, String, Value)> {
        self.known.sort_by_key(|known| if known.field == Field::Credit { 0 } else { known.rank });
        self.known.into_iter().map(|known| (known.field, known.name, known.value))
    }
}

impl<'de> serde::Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields, M::Error> {
                let mut fields = Fields::default();
                while let Some(key) = map.next_key_seed(KnownName)? {
                    let (field, rank, name) = match key {
                        Key::Known(field, rank, name) => (field, rank, name),
                        other => {
                            fields.is_json_ld |= matches!(other, Key::JsonLd);
                            map.next_value::<IgnoredAny>()?;
                            continue;
                        }
                    };
                    let value = map.next_value()?;
                    if value != Value::Nothing {
                        fields.known.push(KnownField { field, rank, name, value });
                    }
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// A key of a record.
enum Key {
    Known(Field, usize, String),
    JsonLd,
    Unknown,
}

/// Reads a key; it is only copied where its name is known.
struct KnownName;

impl<'de> DeserializeSeed<'de> for KnownName {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KnownName {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        if matches!(key, "@type" | "@graph") {
            return Ok(Key::JsonLd);
        }
        let known = NAMES.iter().find_map(|(field, names)| {
            let rank = names.iter().position(|name| name.eq_ignore_ascii_case(key))?;
            Some(Key::Known(*field, rank, key.to_owned()))
        });
        Ok(known.unwrap_or(Key::Unknown))
    }
}

/// What a known field holds; whatever is of no use there is [`Value::Nothing`].
#[derive(Debug, PartialEq)]
pub(super) enum Value {
    Nothing,
    Number(String),
    Text(String),
    /// The `name` of an object, or the plain value in the objects that MongoDB exports.
    Named(String),
    /// The text that an object only wraps, as its `value` or `rendered` form.
    Wrapped(String),
    /// The strings in an array.
    List(Vec<String>),
    /// The names or values of the objects in an array, and the strings beside them.
    NamedList(Vec<String>),
}

impl Value {
    /// Returns running text, which may be given as an array of paragraphs, or as an array of objects
    /// that hold the same text in several forms: of these the longest counts.
    pub(super) fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) | Self::Wrapped(text) => Some(text),
            Self::List(paragraphs) => Some(paragraphs.join("\n\n")),
            Self::NamedList(forms) => forms.into_iter().max_by_key(String::len),
            Self::Nothing | Self::Number(_) | Self::Named(_) => None,
        }
    }

    /// Returns one value, numbers included.
    pub(super) fn into_label(self) -> Option<String> {
        match self {
            Self::Number(label) => Some(label),
            other => other.into_words().into_iter().next(),
        }
    }

    pub(super) fn into_words(self) -> Vec<String> {
        match self {
            Self::Nothing | Self::Number(_) => Vec::new(),
            Self::Text(word) | Self::Named(word) | Self::Wrapped(word) => vec![word.trim().to_owned()],
            Self::List(words) | Self::NamedList(words) => {
                words.into_iter().map(|word| word.trim().to_owned()).collect()
            }
        }
    }
}

impl<'de> serde::Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

/// The keys of an object that say what it stands for, the best first.
const INNER: [&str; 9] = ["name", "$oid", "$date", "value", "@value", "rendered", "literal", "url", "@id"];

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        let blank = text.trim_start().is_empty();
        Ok(if blank { Value::Nothing } else { Value::Text(text.to_owned()) })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Value, A::Error> {
        let (mut words, mut named) = (Vec::new(), false);
        while let Some(value) = array.next_element()? {
            named |= matches!(value, Value::Named(_) | Value::Wrapped(_));
            if let Value::Text(word) | Value::Named(word) | Value::Wrapped(word) = value {
                words.push(word);
            }
        }
        Ok(match (words.is_empty(), named) {
            (true, _) => Value::Nothing,
            (false, true) => Value::NamedList(words),
            (false, false) => Value::List(words),
        })
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Value, M::Error> {
        let mut found = (INNER.len(), Value::Nothing);
        while let Some(key) = map.next_key::<String>()? {
            let rank = INNER.iter().position(|inner| *inner == key);
            let Some(rank) = rank.filter(|rank| *rank < found.0) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            match map.next_value()? {
                Value::Text(text) | Value::Named(text) | Value::Wrapped(text) => {
                    let wraps = matches!(INNER[rank], "value" | "@value" | "rendered");
                    found = (rank, if wraps { Value::Wrapped(text) } else { Value::Named(text) });
                }
                number @ Value::Number(_) => found = (rank, number),
                _ => {}
            }
        }
        Ok(found.1)
    }
}
