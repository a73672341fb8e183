//! The fields of JSON records that are known by their names.
//!
//! Only these are kept while a record is parsed; the rest is passed over without being copied.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What a field means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Text,
    Outlet,
    Published,
    Title,
    Url,
    Id,
    Credit,
}

/// The names of each field, the best first. Upper and lower case are the same.
const NAMES: [(Field, &[&str]); 7] = [
    (
        Field::Text,
        &["text", "maintext", "content", "body", "articleBody", "article_body", "full_text", "plain_text"],
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
            "datePublished",
            "publish_date",
            "pub_date",
            "pubDate",
            "date_published",
            "published_date",
            "date",
            "timestamp",
        ],
    ),
    (Field::Title, &["title", "headline", "name"]),
    (Field::Url, &["url", "link", "source_url", "canonical_url"]),
    (Field::Id, &["id", "_id", "uuid", "guid", "article_id"]),
    (
        Field::Credit,
        &[
            "byline",
            "author",
            "authors",
            "creator",
            "provider",
            "credit",
            "creditText",
            "agency",
            "source_organization",
            "sourceOrganization",
        ],
    ),
];

impl Field {
    /// Returns the names of this field, the best first.
    pub(super) fn names(self) -> &'static [&'static str] {
        NAMES.iter().find(|(field, _)| *field == self).map_or(&[], |(_, names)| names)
    }
}

/// The fields with known names that hold anything, in the order of the record.
#[derive(Default)]
pub(super) struct Fields(Vec<KnownField>);

struct KnownField {
    field: Field,
    /// Position among the field's names; the least is the best.
    rank: usize,
    /// The name as the record writes it.
    name: String,
    value: Value,
}

impl Fields {
    /// Takes out all values of a field: credits in the order of the record, else the best first.
    pub(super) fn best(&mut self, field: Field) -> Vec<(String, Value)> {
        let mut found: Vec<_> = self.0.extract_if(.., |known| known.field == field).collect();
        if field != Field::Credit {
            found.sort_by_key(|known| known.rank);
        }
        found.into_iter().map(|known| (known.name, known.value)).collect()
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
                    let Some((field, rank, name)) = key else {
                        map.next_value::<IgnoredAny>()?;
                        continue;
                    };
                    let value = map.next_value()?;
                    if value != Value::Nothing {
                        fields.0.push(KnownField { field, rank, name, value });
                    }
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// Reads a key; it is only copied where its name is known.
struct KnownName;

impl<'de> DeserializeSeed<'de> for KnownName {
    type Value = Option<(Field, usize, String)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KnownName {
    type Value = Option<(Field, usize, String)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(NAMES.iter().find_map(|(field, names)| {
            let rank = names.iter().position(|name| name.eq_ignore_ascii_case(key))?;
            Some((*field, rank, key.to_owned()))
        }))
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
    /// The strings and names in an array.
    List(Vec<String>),
}

impl Value {
    /// Returns running text, which may be given as an array of paragraphs.
    pub(super) fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::List(paragraphs) => Some(paragraphs.join("\n\n")),
            _ => None,
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
            Self::Text(word) | Self::Named(word) => vec![word.trim().to_owned()],
            Self::List(words) => words.into_iter().map(|word| word.trim().to_owned()).collect(),
        }
    }
}

impl<'de> serde::Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

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
        let mut words = Vec::new();
        while let Some(value) = array.next_element()? {
            if let Value::Text(word) | Value::Named(word) = value {
                words.push(word);
            }
        }
        Ok(if words.is_empty() { Value::Nothing } else { Value::List(words) })
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Value, M::Error> {
        let mut found = Value::Nothing;
        while let Some(key) = map.next_key::<String>()? {
            if !matches!(key.as_str(), "name" | "$oid" | "$date") {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            match map.next_value()? {
                Value::Text(name) | Value::Named(name) => found = Value::Named(name),
                number @ Value::Number(_) => found = number,
                _ => {}
            }
        }
        Ok(found)
    }
}
