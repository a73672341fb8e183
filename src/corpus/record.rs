//! One JSON record: which of its fields mean what.
//!
//! Only the fields with known names are kept while a record is parsed; the rest is passed over
//! without being copied.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Origin, Published, Sourced};

/// What a field means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
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
        &[
            "text",
            "maintext",
            "content",
            "body",
            "articleBody",
            "article_body",
            "full_text",
            "plain_text",
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

/// What one record says about its article.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Record {
    pub(super) id: Option<String>,
    pub(super) text: String,
    pub(super) outlet: Option<Sourced<String>>,
    pub(super) published: Option<Sourced<Published>>,
    pub(super) title: Option<Sourced<String>>,
    pub(super) url: Option<Sourced<String>>,
    pub(super) credits: Vec<Sourced<String>>,
    pub(super) notes: Vec<String>,
}

impl Record {
    /// Reads a record from one JSON value that begins in the given line.
    ///
    /// # Errors
    /// Why there is no article in it, as a phrase.
    pub(super) fn parse(json: &[u8], line: u64) -> Result<Self, String> {
        let parsed = if json.trim_ascii_start().first() == Some(&b'{') {
            serde_json::from_slice(json).map(Some)
        } else {
            serde_json::from_slice::<IgnoredAny>(json).map(|_| None)
        };
        match parsed {
            Ok(Some(fields)) => Self::from_fields(fields),
            Ok(None) => Err("the record is not a JSON object".to_owned()),
            Err(error) => Err(in_words(&error, json, line)),
        }
    }

    fn from_fields(mut fields: Fields) -> Result<Self, String> {
        let Some(text) = fields
            .best(Field::Text)
            .into_iter()
            .find_map(|(_, value)| value.into_text())
        else {
            let names = names_of(Field::Text).join(", ");
            return Err(format!(
                "the record has no text: none of the fields {names} holds any"
            ));
        };
        let mut record = Self {
            text,
            ..Self::default()
        };
        record.outlet = fields.word(Field::Outlet);
        record.title = fields.word(Field::Title);
        record.url = fields.word(Field::Url);
        record.id = fields
            .best(Field::Id)
            .into_iter()
            .find_map(|(_, value)| value.into_label());
        record.read_published(fields.best(Field::Published));
        for (name, value) in fields.best(Field::Credit) {
            let credits = value.into_words().into_iter();
            record
                .credits
                .extend(credits.map(|credit| sourced(credit, &name)));
        }
        Ok(record)
    }

    /// Takes the first time that is understood. When none is, the first is noted down.
    fn read_published(&mut self, candidates: Vec<(String, Value)>) {
        let stated = candidates
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.into_label()?)));
        for (name, text) in stated {
            match Published::parse(&text) {
                Some(published) => {
                    self.published = Some(sourced(published, &name));
                    self.notes.clear();
                    return;
                }
                None if self.notes.is_empty() => {
                    self.notes.push(format!(
                        "published time not understood: {text:?} (field {name})"
                    ));
                }
                None => {}
            }
        }
    }
}

fn sourced<T>(value: T, field: &str) -> Sourced<T> {
    Sourced {
        value,
        origin: Origin::Record(field.to_owned()),
    }
}

/// Says what is wrong with a record's JSON, with the line and column of the file.
fn in_words(error: &serde_json::Error, json: &[u8], line: u64) -> String {
    if let Err(not_utf8) = std::str::from_utf8(json) {
        return format!(
            "not UTF-8 after byte {} of the record",
            not_utf8.valid_up_to()
        );
    }
    let text = error.to_string();
    let what = text
        .rfind(" at line ")
        .map_or(text.as_str(), |end| &text[..end]);
    let line = line + (error.line() as u64).saturating_sub(1);
    format!(
        "not valid JSON: {what} (line {line}, column {})",
        error.column()
    )
}

/// The fields with known names that hold anything, in the order of the record.
#[derive(Default)]
struct Fields(Vec<KnownField>);

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
    fn best(&mut self, field: Field) -> Vec<(String, Value)> {
        let mut found: Vec<_> = self
            .0
            .extract_if(.., |known| known.field == field)
            .collect();
        if field != Field::Credit {
            found.sort_by_key(|known| known.rank);
        }
        found
            .into_iter()
            .map(|known| (known.name, known.value))
            .collect()
    }

    fn word(&mut self, field: Field) -> Option<Sourced<String>> {
        self.best(field).into_iter().find_map(|(name, value)| {
            let words = value.into_words();
            (!words.is_empty()).then(|| sourced(words.join(", "), &name))
        })
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
                        fields.0.push(KnownField {
                            field,
                            rank,
                            name,
                            value,
                        });
                    }
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(Object)
    }
}

fn names_of(field: Field) -> &'static [&'static str] {
    NAMES
        .iter()
        .find(|(named, _)| *named == field)
        .map_or(&[], |(_, names)| names)
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
            let rank = names
                .iter()
                .position(|name| name.eq_ignore_ascii_case(key))?;
            Some((*field, rank, key.to_owned()))
        }))
    }
}

/// What a known field holds; whatever is of no use there is [`Value::Nothing`].
#[derive(Debug, PartialEq)]
enum Value {
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
    fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::List(paragraphs) => Some(paragraphs.join("\n\n")),
            _ => None,
        }
    }

    /// Returns one value, numbers included.
    fn into_label(self) -> Option<String> {
        match self {
            Self::Number(label) => Some(label),
            other => other.into_words().into_iter().next(),
        }
    }

    fn into_words(self) -> Vec<String> {
        match self {
            Self::Nothing | Self::Number(_) => Vec::new(),
            Self::Text(word) | Self::Named(word) => vec![word.trim().to_owned()],
            Self::List(words) => words
                .into_iter()
                .map(|word| word.trim().to_owned())
                .collect(),
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
        Ok(if blank {
            Value::Nothing
        } else {
            Value::Text(text.to_owned())
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Value, A::Error> {
        let mut words = Vec::new();
        while let Some(value) = array.next_element()? {
            if let Value::Text(word) | Value::Named(word) = value {
                words.push(word);
            }
        }
        Ok(if words.is_empty() {
            Value::Nothing
        } else {
            Value::List(words)
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> Record {
        Record::parse(json.as_bytes(), 1).unwrap()
    }

    fn fails(json: &[u8]) -> String {
        Record::parse(json, 7).unwrap_err()
    }

    #[test]
    fn usual_names_are_known() {
        let record = parse(
            r#"{"id": 12, "maintext": "Body.", "source_domain": "a.com", "date_publish": "2018-07-16 07:11:00",
                "title": " Head ", "url": "http://a.com/x", "authors": ["Ann", {"name": "Bob"}], "lang": {"x": [1]},
                "byline": "By Reuters"}"#,
        );
        assert_eq!(record.id.as_deref(), Some("12"));
        assert_eq!(record.text, "Body.");
        assert_eq!(
            record.outlet,
            Some(sourced("a.com".to_owned(), "source_domain"))
        );
        let published = record.published.unwrap();
        assert_eq!(published.value.to_string(), "2018-07-16T07:11:00");
        assert_eq!(published.origin, Origin::Record("date_publish".to_owned()));
        assert_eq!(record.title.unwrap().value, "Head");
        assert_eq!(record.url.unwrap().value, "http://a.com/x");
        let credits: Vec<_> = record
            .credits
            .iter()
            .map(|c| (c.value.as_str(), c.origin.to_string()))
            .collect();
        let expected = [
            ("Ann", "authors"),
            ("Bob", "authors"),
            ("By Reuters", "byline"),
        ];
        assert_eq!(
            credits,
            expected.map(|(credit, field)| (credit, format!("record:{field}")))
        );
        assert!(record.notes.is_empty());
    }

    #[test]
    fn the_best_name_wins_wherever_it_stands() {
        let record = parse(
            r#"{"body": "b", "Content": "c", "publisher": {"name": "P"}, "source": null, "domain": "d"}"#,
        );
        assert_eq!(record.text, "c");
        assert_eq!(record.outlet, Some(sourced("P".to_owned(), "publisher")));
        let record = parse(r#"{"text": " \n", "content": "c", "outlet": ""}"#);
        assert_eq!(record.text, "c", "blank counts as absent");
        assert_eq!(record.outlet, None);
    }

    #[test]
    fn paragraphs_are_joined_and_kept_as_they_are() {
        let record = parse(r#"{"text": ["One. ", null, "Two."]}"#);
        assert_eq!(record.text, "One. \n\nTwo.");
        assert_eq!(parse(r#"{"text": " kept \n"}"#).text, " kept \n");
    }

    #[test]
    fn a_time_that_is_not_understood_is_noted() {
        let record = parse(r#"{"text": "t", "date": "03/04/2018"}"#);
        assert_eq!(record.published, None);
        assert_eq!(
            record.notes,
            ["published time not understood: \"03/04/2018\" (field date)"]
        );
        let record = parse(r#"{"text": "t", "published": "an hour ago", "date": "2018-07-16"}"#);
        assert_eq!(record.published.unwrap().value.to_string(), "2018-07-16");
        assert!(record.notes.is_empty());
        let record = parse(r#"{"text": "t", "published": true, "timestamp": 1531725060}"#);
        assert_eq!(
            record.published.unwrap().value.to_string(),
            "2018-07-16T07:11:00Z"
        );
    }

    #[test]
    fn what_mongodb_exports_is_read() {
        let record = parse(
            r#"{"_id": {"$oid": "5b4c"}, "text": "t", "date": {"$date": "2018-07-16T07:11:00Z"}}"#,
        );
        assert_eq!(record.id.as_deref(), Some("5b4c"));
        assert_eq!(
            record.published.unwrap().value.to_string(),
            "2018-07-16T07:11:00Z"
        );
    }

    #[test]
    fn values_of_any_type_do_no_harm() {
        let record = parse(
            r#"{"text": "t", "title": 5, "url": [[1]], "outlet": {"x": 1}, "id": [], "author": -1.5}"#,
        );
        assert_eq!(
            record,
            Record {
                text: "t".to_owned(),
                ..Record::default()
            }
        );
    }

    #[test]
    fn reasons_say_what_to_do() {
        assert!(
            fails(b"{}").starts_with("the record has no text: none of the fields text, maintext, ")
        );
        assert!(
            fails(br#"{"text": 5, "body": {"name": "x"}}"#).starts_with("the record has no text")
        );
        assert_eq!(fails(b"[1, 2]"), "the record is not a JSON object");
        assert_eq!(fails(b"\"x\""), "the record is not a JSON object");
        assert_eq!(
            fails(b"{\"text\":\n \"a\" \"b\"}"),
            "not valid JSON: expected `,` or `}` (line 8, column 6)"
        );
        assert!(fails(b"{\"text\": \"caf\xe9\"}").starts_with("not UTF-8 after byte 13"));
        assert!(
            fails(b"nonsense").starts_with("not valid JSON: expected ident (line 7, column 2)")
        );
    }
}
