//! One record: what it says about its article.

use serde::de::IgnoredAny;

use super::candidate::{self, Candidate};
use super::field::{Field, Fields, Value};
use super::framing::Start;
use super::html::Page;
use super::{Origin, Published, Sourced};

/// What one record says about its article.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Record {
    pub(super) id: Option<String>,
    pub(super) text: String,
    pub(super) outlet: Option<Sourced<String>>,
    pub(super) published: Option<Sourced<Published>>,
    pub(super) captured: Option<Sourced<Published>>,
    pub(super) title: Option<Sourced<String>>,
    pub(super) url: Option<Sourced<String>>,
    pub(super) credits: Vec<Sourced<String>>,
    pub(super) notes: Vec<String>,
    /// The encoding that its text was in, where that was not UTF-8.
    pub(super) encoding: Option<&'static str>,
}

impl Record {
    /// Reads a record from one JSON value that begins at the given place of the input.
    ///
    /// # Errors
    /// Why there is no article in it, as a phrase.
    pub(super) fn parse(json: &[u8], start: Start) -> Result<Self, String> {
        let parsed = if json.trim_ascii_start().first() == Some(&b'{') {
            serde_json::from_slice(json).map(Some)
        } else {
            serde_json::from_slice::<IgnoredAny>(json).map(|_| None)
        };
        match parsed {
            Ok(Some(fields)) => Self::from_fields(fields),
            Ok(None) => Err("the record is not a JSON object".to_owned()),
            Err(error) => Err(in_words(&error, json, start)),
        }
    }

    /// Takes what a page says.
    pub(super) fn of_page(page: Page) -> Self {
        let Page { text, candidates, notes, encoding, .. } = page;
        let mut record = Self { text, notes, encoding, ..Self::default() };
        record.fill(candidates);
        record
    }

    /// Takes the first of the candidates for each field that is still open; for times the first
    /// that is understood.
    pub(super) fn fill(&mut self, candidates: impl IntoIterator<Item = Candidate>) {
        for Candidate { field, value, origin } in candidates {
            let words = Sourced { value, origin };
            match field {
                candidate::Field::Outlet => fill(&mut self.outlet, words),
                candidate::Field::Title => fill(&mut self.title, words),
                candidate::Field::Url => fill(&mut self.url, words),
                candidate::Field::Credit => self.credits.push(words),
                candidate::Field::Id => fill(&mut self.id, words.value),
                candidate::Field::Published => self.fill_time(words),
                candidate::Field::Captured => {
                    if let Some(value) = Published::parse(&words.value) {
                        fill(&mut self.captured, Sourced { value, origin: words.origin });
                    }
                }
                candidate::Field::Text | candidate::Field::Source | candidate::Field::Language => {}
            }
        }
    }

    fn fill_time(&mut self, stated: Sourced<String>) {
        match Published::parse(&stated.value) {
            Some(value) => fill(&mut self.published, Sourced { value, origin: stated.origin }),
            None => self
                .notes
                .push(format!("published time not understood: {:?} ({})", stated.value, stated.origin)),
        }
    }

    fn from_fields(mut fields: Fields) -> Result<Self, String> {
        let Some(text) = fields.best(Field::Text).into_iter().find_map(|(_, value)| value.into_text()) else {
            let names = Field::Text.names().join(", ");
            return Err(format!("the record has no text: none of the fields {names} holds any"));
        };
        let mut record = Self { text, ..Self::default() };
        record.outlet = words(&mut fields, Field::Outlet);
        record.title = words(&mut fields, Field::Title);
        record.url = words(&mut fields, Field::Url);
        record.id = fields.best(Field::Id).into_iter().find_map(|(_, value)| value.into_label());
        record.read_published(fields.best(Field::Published));
        for (name, value) in fields.best(Field::Credit) {
            let credits = value.into_words().into_iter();
            record.credits.extend(credits.map(|credit| sourced(credit, &name)));
        }
        Ok(record)
    }

    /// Takes the first time that is understood. When none is, the first is noted down.
    fn read_published(&mut self, candidates: Vec<(String, Value)>) {
        let stated = candidates.into_iter().filter_map(|(name, value)| Some((name, value.into_label()?)));
        for (name, text) in stated {
            match Published::parse(&text) {
                Some(published) => {
                    self.published = Some(sourced(published, &name));
                    self.notes.clear();
                    return;
                }
                None if self.notes.is_empty() => {
                    self.notes.push(format!("published time not understood: {text:?} (field {name})"));
                }
                None => {}
            }
        }
    }
}

fn fill<T>(field: &mut Option<T>, value: T) {
    if field.is_none() {
        *field = Some(value);
    }
}

fn words(fields: &mut Fields, field: Field) -> Option<Sourced<String>> {
    fields.best(field).into_iter().find_map(|(name, value)| {
        let words = value.into_words();
        (!words.is_empty()).then(|| sourced(words.join(", "), &name))
    })
}

fn sourced<T>(value: T, field: &str) -> Sourced<T> {
    Sourced { value, origin: Origin::Record(field.to_owned()) }
}

/// Says what is wrong with a record's JSON, with the line and column of the file.
fn in_words(error: &serde_json::Error, json: &[u8], start: Start) -> String {
    if let Err(not_utf8) = std::str::from_utf8(json) {
        return format!("not UTF-8 after byte {} of the record", not_utf8.valid_up_to());
    }
    let text = error.to_string();
    let what = text.rfind(" at line ").map_or(text.as_str(), |end| &text[..end]);
    let line = start.line + (error.line() as u64).saturating_sub(1);
    let column = if line == start.line { start.before + error.column() } else { error.column() };
    format!("not valid JSON: {what} (line {line}, column {column})")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> Record {
        Record::parse(json.as_bytes(), Start { line: 1, before: 0 }).unwrap()
    }

    fn fails(json: &[u8]) -> String {
        Record::parse(json, Start { line: 7, before: 10 }).unwrap_err()
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
        assert_eq!(record.id.as_deref(), Some("5b4c"));
        assert_eq!(record.published.unwrap().value.to_string(), "2018-07-16T07:11:00Z");
    }

    #[test]
    fn values_of_any_type_do_no_harm() {
        let record =
            parse(r#"{"text": "t", "title": 5, "url": [[1]], "outlet": {"x": 1}, "id": [], "author": -1.5}"#);
        assert_eq!(record, Record { text: "t".to_owned(), ..Record::default() });
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
