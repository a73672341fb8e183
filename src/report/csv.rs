//! Tables for spreadsheets and for tools that read CSV: UTF-8, quoted as in RFC 4180, one line
//! feed a row.
//!
//! A cell that begins with `=`, `+`, `-`, `@` (or their full-width forms), a tab or a line break is
//! a formula to some spreadsheet, and titles and file names are written by strangers: such a text
//! gets an apostrophe in front, which spreadsheets take for "this is text". Control characters,
//! which no cell can show and many readers choke on, become U+FFFD.

use std::borrow::Cow;
use std::io::{self, Write};

/// A table that is written cell by cell.
pub(super) struct Table<'a> {
    writer: csv::Writer<&'a mut dyn Write>,
}

impl<'a> Table<'a> {
    /// Begins a table with a row of names. All rows must have as many cells.
    pub(super) fn new<'c>(
        out: &'a mut dyn Write,
        columns: impl IntoIterator<Item = &'c str>,
    ) -> io::Result<Self> {
        let mut table = Self { writer: csv::Writer::from_writer(out) };
        columns.into_iter().try_for_each(|name| table.text(name))?;
        table.end_row()?;
        Ok(table)
    }

    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.field(&harmless(text))
    }

    /// A text, or an empty cell.
    pub(super) fn text_or_empty(&mut self, text: Option<&str>) -> io::Result<()> {
        self.text(text.unwrap_or_default())
    }

    /// Several texts in one cell, parted by semicolons.
    pub(super) fn list(&mut self, texts: &[String]) -> io::Result<()> {
        self.text(&texts.join("; "))
    }

    pub(super) fn count(&mut self, count: impl Into<u64>) -> io::Result<()> {
        self.field(&count.into().to_string())
    }

    /// A count, or an empty cell.
    pub(super) fn count_or_empty(&mut self, count: Option<impl Into<u64>>) -> io::Result<()> {
        self.field(&count.map(|count| count.into().to_string()).unwrap_or_default())
    }

    /// A share with four digits, or an empty cell.
    pub(super) fn share(&mut self, share: impl Into<Option<f64>>) -> io::Result<()> {
        self.field(&share.into().map(|share| format!("{share:.4}")).unwrap_or_default())
    }

    /// `true` or `false`.
    pub(super) fn truth(&mut self, truth: bool) -> io::Result<()> {
        self.field(if truth { "true" } else { "false" })
    }

    fn field(&mut self, field: &str) -> io::Result<()> {
        self.writer.write_field(field).map_err(io_error)
    }

    pub(super) fn end_row(&mut self) -> io::Result<()> {
        self.writer.write_record(None::<&[u8]>).map_err(io_error)
    }

    /// Hands on what is still held back.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// The error of the stream, where it is one: a closed pipe must stay recognisable.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

/// What a spreadsheet may take for the beginning of a formula.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The text as text, whatever it begins with. Plain numbers stay numbers, and a sign alone, such
/// as the name of standard input, is no formula.
fn harmless(text: &str) -> Cow<'_, str> {
    let unshown = |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n');
    let text = if text.contains(unshown) {
        Cow::Owned(text.replace(unshown, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    };
    let number = || text.parse().is_ok_and(f64::is_finite);
    if text.starts_with(FORMULA) && text.chars().nth(1).is_some() && !number() {
        Cow::Owned(format!("'{text}"))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(texts: &[&str]) -> String {
        let mut out: Vec<u8> = Vec::new();
        let mut table = Table::new(&mut out, ["text"]).unwrap();
        for text in texts {
            table.text(text).unwrap();
            table.end_row().unwrap();
        }
        table.finish().unwrap();
        String::from_utf8(out).unwrap().replacen("text\n", "", 1)
    }

    #[test]
    fn no_cell_is_a_formula() {
        let texts =
            ["=HYPERLINK(\"http://vell.example\")", "@SUM(A1)", "--IANS vc/vd", "+1+2", "-inf", "＝1"];
        assert_eq!(
            written(&texts),
            "\"'=HYPERLINK(\"\"http://vell.example\"\")\"\n'@SUM(A1)\n'--IANS vc/vd\n'+1+2\n'-inf\n'＝1\n"
        );
        assert_eq!(written(&["\t=1", "\r=1", "\n=1"]), "'\t=1\n\"'\r=1\"\n\"'\n=1\"\n");
    }

    #[test]
    fn other_texts_and_numbers_are_left_alone() {
        assert_eq!(
            written(&["-1.5", "-", "a=b", "a,b", "two\nlines"]),
            "-1.5\n-\na=b\n\"a,b\"\n\"two\nlines\"\n"
        );
        assert_eq!(written(&["bell\u{7} nul\0 \u{9b}"]), "bell\u{fffd} nul\u{fffd} \u{fffd}\n");
    }
}
