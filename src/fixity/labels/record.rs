//! What one record of a table says: which file it is about, and what may have been hashed.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::fixity::probe::Label;
use crate::fixity::reading::Subject;

/// Fields that say what a record is about, by what they give.
const FIELDS: [(Subject, &[&str]); 4] = [
    (Subject::Url, &["url", "link", "uri", "href", "canonical", "canonical_url", "source_url", "page_url"]),
    (Subject::Title, &["title", "headline"]),
    (Subject::Text, &["text", "body", "articlebody", "content", "maintext", "article"]),
    (Subject::Name, &["name", "filename", "file_name", "original_name", "id"]),
];
/// Fields that say which file a record belongs to.
const KEYS: [&str; 12] =
    ["path", "file", "filename", "file_name", "name", "id", "key", "hash", "digest", "sha256", "sha1", "md5"];

/// One record: the names of the file it belongs to, and its labels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Record {
    pub(super) keys: Vec<String>,
    pub(super) labels: Vec<Label>,
    /// Whether the record may be about files that it does not name.
    pub(super) near: bool,
}

impl Record {
    /// Takes the known fields; `key` is the name under which a JSON object holds the record.
    pub(super) fn of(fields: &Map<String, Value>, key: Option<&str>) -> Self {
        let lower: BTreeMap<String, &Value> =
            fields.iter().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
        let text = |name: &str| match lower.get(name)? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let keys = KEYS.iter().filter_map(|name| text(name)).chain(key.map(str::to_owned)).collect();
        let labels = FIELDS
            .iter()
            .flat_map(|&(subject, names)| {
                names.iter().filter_map(|name| text(name)).map(move |text| Label { subject, text })
            })
            .collect();
        Self { keys, labels, near: true }
    }
}
