//! One JSON record: what it says about its article.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::candidate::{Candidate, Field};
use super::draft::Draft;
use super::field::{Fields, Value};
use super::framing::Start;
use super::{Method, Origin, address, fault, html, json_ld};

/// Fields that are named where none holds a text.
const NAMED: usize = 5;
/// Bytes in which a page in a record says that it is one.
const PAGE_START: usize = 1024;

/// Reads a record from one JSON value that begins at the given place of the input. `renamed` says
/// where fields stand whose names are not the usual ones, as paths of keys and numbers
/// (`body.content`); what is found there counts first.
///
/// # Errors
/// Why there is no article in it, as a phrase.
pub(super) fn parse(json: &[u8], start: Start, renamed: &[(Field, String)]) -> Result<Draft, String> {
    let parsed = if json.trim_ascii_start().first() == Some(&b'{') {
        serde_json::from_slice(json).map(Some)
    } else {
        serde_json::from_slice::<IgnoredAny>(json).map(|_| None)
    };
    let fields: Fields = match parsed {
        Ok(Some(fields)) => fields,
        Ok(None) => return Err("the record is not a JSON object".to_owned()),
        Err(error) => return Err(in_words(&error, json, start)),
    };
    let mut found = Found::default();
    if fields.is_json_ld || !renamed.is_empty() {
        let whole: serde_json::Value =
            serde_json::from_slice(json).map_err(|error| in_words(&error, json, start))?;
        for (field, path) in renamed {
            if let Some(value) = at_path(&whole, path) {
                found.add(*field, path, value);
            }
        }
        if fields.is_json_ld {
            found.add_json_ld(&[whole]);
        }
    }
    for (field, name, value) in fields.in_order() {
        found.add(field, &name, value);
    }
    found.draft()
}

/// Returns what stands at a path of keys and numbers.
fn at_path(record: &serde_json::Value, path: &str) -> Option<Value> {
    let value = path.split('.').try_fold(record, |value, key| match value {
        serde_json::Value::Object(object) => object.get(key),
        serde_json::Value::Array(values) => values.get(key.parse::<usize>().ok()?),
        _ => None,
    });
    // A key may itself have a dot in it.
    let value = value.or_else(|| record.get(path))?;
    Value::deserialize(value).ok()
}

/// What a record says, while it is being read.
#[derive(Default)]
struct Found {
    candidates: Vec<Candidate>,
    text: Option<String>,
    method: Option<Method>,
    notes: Vec<String>,
}

impl Found {
    fn add(&mut self, field: Field, name: &str, value: Value) {
        let values = match field {
            Field::Text => {
                if let Some(text) = value.into_text().filter(|_| self.text.is_none()) {
                    self.add_text(text);
                }
                return;
            }
            Field::Published | Field::Captured | Field::Id => value.into_label().into_iter().collect(),
            Field::Credit | Field::Source => value.into_words(),
            // One outlet may be given in pieces; of several headlines the first counts.
            Field::Outlet => {
                Some(value.into_words().join(", ")).filter(|words| !words.is_empty()).into_iter().collect()
            }
            Field::Title | Field::Url | Field::Language => value.into_words().into_iter().take(1).collect(),
        };
        let origin = || Origin::Record(name.to_owned());
        self.candidates.extend(values.into_iter().map(|value| {
            let field = match field {
                // `source` is an outlet to some and an address to others.
                Field::Outlet if address::names_a_page(&value) => Field::Url,
                // A URI that is no address is a name.
                Field::Url if name.eq_ignore_ascii_case("uri") && address::host(&value).is_none() => {
                    Field::Id
                }
                field => field,
            };
            Candidate { field, value, origin: origin() }
        }));
    }

    fn add_json_ld(&mut self, values: &[serde_json::Value]) {
        for found in json_ld::read(values, |property| Origin::Record(property.to_owned())) {
            match found.field {
                Field::Text if self.text.is_some() => {}
                Field::Text => self.add_text(found.value),
                _ => self.candidates.push(found),
            }
        }
    }

    /// Takes a text, which may be HTML.
    fn add_text(&mut self, text: String) {
        if !html::looks_like_html(&text) {
            self.text = Some(text).filter(|text| !text.trim().is_empty());
            return;
        }
        let start = text.as_bytes()[..text.len().min(PAGE_START)].to_ascii_lowercase();
        let is_page = ["<html", "<!doctype", "<body"]
            .iter()
            .any(|tag| memchr::memmem::find(&start, tag.as_bytes()).is_some());
        let page = is_page.then(|| html::read_text(&text).ok()).flatten();
        if let Some(page) = page {
            self.text = Some(page.text);
            self.method = Some(page.method);
            self.candidates.extend(page.candidates);
            self.notes.extend(page.notes);
        } else {
            self.text = Some(html::fragment_text(&text)).filter(|text| !text.is_empty());
            self.method = self.text.as_ref().map(|_| Method::Whole);
        }
    }

    fn draft(self) -> Result<Draft, String> {
        let Self { candidates, text, method, notes } = self;
        let Some(text) = text else {
            let names = Field::Text.names();
            let (usual, others) = names.split_at(names.len().min(NAMED));
            let (usual, others) = (usual.join(", "), others.len());
            return Err(format!(
                "the record has no text: none of the fields {usual} and {others} others holds any; \
                 --field text=NAME names another one"
            ));
        };
        Ok(Draft { text, candidates, notes, method, encoding: None })
    }
}

/// Says what is wrong with a record's JSON, with the line and column of the file.
fn in_words(error: &serde_json::Error, json: &[u8], start: Start) -> String {
    if let Err(not_utf8) = std::str::from_utf8(json) {
        return format!("not UTF-8 after byte {} of the record", not_utf8.valid_up_to());
    }
    let text = error.to_string();
    let what = fault::repeated(&text.rfind(" at line ").map_or(text.as_str(), |end| &text[..end]));
    let line = start.line + (error.line() as u64).saturating_sub(1);
    let column = if line == start.line { start.before + error.column() } else { error.column() };
    format!("not valid JSON: {what} (line {line}, column {column})")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::draft::Place;
    use crate::corpus::{Article, Sourced};

    fn read(json: &str, renamed: &[(Field, String)]) -> Article {
        let draft = super::parse(json.as_bytes(), Start { line: 1, before: 0 }, renamed).unwrap();
        draft.settle(Place { id: "x#1".to_owned(), record: Some(1), sha256: None }, false)
    }

    fn parse(json: &str) -> Article {
        read(json, &[])
    }

    fn fails(json: &[u8]) -> String {
        super::parse(json, Start { line: 7, before: 10 }, &[]).unwrap_err()
    }

    fn sourced<T>(value: T, field: &str) -> Sourced<T> {
        Sourced { value, origin: Origin::Record(field.to_owned()) }
    }

    #[test]
    fn usual_names_are_known() {
        let record = parse(
            r#"{"id": 12, "maintext": "Body.", "source_domain": "a.com", "date_publish": "2018-07-16 07:11:00",
                "title": " Head ", "url": "http://a.com/x", "authors": ["Ann", {"name": "Bob"}], "lang": {"x": [1]},
                "byline": "By Reuters"}"#,
        );
        assert_eq!(record.id, "12");
        assert_eq!(&*record.body, "Body.");
        assert_eq!(record.outlet, Some(sourced("a.com".to_owned(), "source_domain")));
        let published = record.published.unwrap();
        assert_eq!(published.value.to_string(), "2018-07-16T07:11:00");
        assert_eq!(published.origin, Origin::Record("date_publish".to_owned()));
        assert_eq!(record.title.unwrap().value, "Head");
        assert_eq!(record.url.unwrap().value, "http://a.com/x");
        let credits: Vec<_> =
            record.credits.iter().map(|c| (c.value.as_str(), c.origin.to_string())).collect();
        let expected = [("Ann", "authors"), ("Bob", "authors"), ("By Reuters", "byline")];
        assert_eq!(credits, expected.map(|(credit, field)| (credit, format!("record:{field}"))));
        assert!(record.notes.is_empty());
    }

    #[test]
    fn the_best_name_wins_wherever_it_stands() {
        let record = parse(
            r#"{"body": "b", "Content": "c", "publisher": {"name": "P"}, "source": null, "domain": "d"}"#,
        );
        assert_eq!(&*record.body, "c");
        assert_eq!(record.outlet, Some(sourced("P".to_owned(), "publisher")));
        let record = parse(r#"{"text": " \n", "content": "c", "outlet": ""}"#);
        assert_eq!(&*record.body, "c", "blank counts as absent");
        assert_eq!(record.outlet, None);
    }

    #[test]
    fn paragraphs_are_joined_and_kept_as_they_are() {
        let record = parse(r#"{"text": ["One. ", null, "Two."]}"#);
        assert_eq!(&*record.body, "One. \n\nTwo.");
        assert_eq!(&*parse(r#"{"text": " kept \n"}"#).body, " kept \n");
    }

    #[test]
    fn a_time_that_is_not_understood_is_noted() {
        let record = parse(r#"{"text": "t", "date": "03/04/2018"}"#);
        assert_eq!(record.published, None);
        assert_eq!(record.notes, ["published time not understood: \"03/04/2018\" (field date)"]);
        let record = parse(r#"{"text": "t", "published": "an hour ago", "date": "2018-07-16"}"#);
        assert_eq!(record.published.unwrap().value.to_string(), "2018-07-16");
        assert!(record.notes.is_empty());
        let record = parse(r#"{"text": "t", "published": true, "timestamp": 1531725060}"#);
        assert_eq!(record.published.unwrap().value.to_string(), "2018-07-16T07:11:00Z");
    }

    #[test]
    fn what_mongodb_exports_is_read() {
        let record =
            parse(r#"{"_id": {"$oid": "5b4c"}, "text": "t", "date": {"$date": "2018-07-16T07:11:00Z"}}"#);
        assert_eq!(record.id, "5b4c");
        assert_eq!(record.published.unwrap().value.to_string(), "2018-07-16T07:11:00Z");
    }

    #[test]
    fn values_of_any_type_do_no_harm() {
        let record =
            parse(r#"{"text": "t", "title": 5, "url": [[1]], "outlet": {"x": 1}, "id": [], "author": -1.5}"#);
        assert_eq!((record.title, record.url, record.outlet, record.credits), (None, None, None, Vec::new()));
        assert_eq!(record.id, "x#1");
    }

    #[test]
    fn reasons_say_what_to_do() {
        assert!(fails(b"{}").starts_with("the record has no text: none of the fields text, maintext, "));
        assert!(fails(br#"{"text": 5, "body": {"name": "x"}}"#).starts_with("the record has no text"));
        assert_eq!(fails(b"[1, 2]"), "the record is not a JSON object");
        assert_eq!(fails(b"\"x\""), "the record is not a JSON object");
        assert_eq!(
            fails(b"{\"text\":\n \"a\" \"b\"}"),
            "not valid JSON: expected `,` or `}` (line 8, column 6)"
        );
        assert!(fails(b"{\"text\": \"caf\xe9\"}").starts_with("not UTF-8 after byte 13"));
        assert!(fails(b"nonsense").starts_with("not valid JSON: expected ident (line 7, column 12)"));
    }
}
