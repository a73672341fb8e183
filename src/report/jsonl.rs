//! The report as JSON Lines: one object a line, each with a `type`, for tools that read streams.

use std::io::{self, Write};

use serde::Serialize;

use super::{Report, Run};

/// Writes the report as JSON Lines.
///
/// The first line has the type `run`, then come `summary`, `input`, `article`, `exact_group`,
/// `paragraph_group`, `match`, `relation`, `story`, `outlet`, `agency`, `highlight`,
/// `standing_text` and `skipped`, each with the fields that it has in the JSON report. The
/// writer is written to in small pieces: give it a buffer.
///
/// # Errors
/// When `out` fails.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    line(out, "run", &RunLine { schema: &report.schema, run: &report.run })?;
    line(out, "summary", &report.summary)?;
    lines(out, "input", &report.inputs)?;
    lines(out, "article", &report.articles)?;
    lines(out, "exact_group", &report.exact_groups)?;
    lines(out, "paragraph_group", &report.paragraph_groups)?;
    lines(out, "match", &report.matches)?;
    lines(out, "relation", &report.relations)?;
    lines(out, "story", &report.stories)?;
    lines(out, "outlet", &report.outlets)?;
    lines(out, "agency", &report.agencies)?;
    lines(out, "highlight", &report.highlights)?;
    lines(out, "standing_text", &report.standing_text)?;
    lines(out, "skipped", &report.skipped)
}

/// The run, with the name of the layout that the other lines follow.
#[derive(Serialize)]
pub(super) struct RunLine<'a> {
    pub(super) schema: &'a str,
    #[serde(flatten)]
    pub(super) run: &'a Run,
}

#[derive(Serialize)]
struct Line<'a, T> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(flatten)]
    value: &'a T,
}

pub(super) fn line<T: Serialize>(out: &mut dyn Write, kind: &'static str, value: &T) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Line { kind, value })?;
    out.write_all(b"\n")
}

pub(super) fn lines<T: Serialize>(out: &mut dyn Write, kind: &'static str, values: &[T]) -> io::Result<()> {
    values.iter().try_for_each(|value| line(out, kind, value))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::Value;

    use super::*;
    use crate::report::sample;

    #[test]
    fn a_report() {
        let mut out = Vec::new();
        write(&sample::shipping(), &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
    }

    #[test]
    fn every_line_is_an_object_with_a_type_and_nothing_is_left_out() {
        let report = sample::shipping();
        let mut out = Vec::new();
        write(&report, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let mut counts = BTreeMap::<String, usize>::new();
        for line in text.lines() {
            let value: Value = serde_json::from_str(line).unwrap();
            assert!(line.starts_with(r#"{"type":""#), "{line}");
            *counts.entry(value["type"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        assert_eq!(counts["run"], 1);
        assert_eq!(counts["article"], report.articles.len());
        assert_eq!(counts["relation"], report.relations.len());
        assert_eq!(counts["skipped"], report.skipped.len());
        assert_eq!(counts.len(), 14, "{counts:?}");
        assert!(text.starts_with(r#"{"type":"run","schema":"wirecopy.report/1","version":"#));
    }
}
