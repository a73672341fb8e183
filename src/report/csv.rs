//! Tables for spreadsheets.
//!
//! A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return is a formula to a
//! spreadsheet, and titles and file names are written by strangers: such a cell gets an apostrophe
//! in front, which spreadsheets take for "this is text".

use std::borrow::Cow;
use std::io::{self, Write};

/// A table that is written row by row.
pub(super) struct Table<'a> {
    writer: csv::Writer<&'a mut dyn Write>,
}

impl<'a> Table<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self { writer: csv::Writer::from_writer(out) }
    }

    /// Writes a row. All rows must have the same number of cells.
    pub(super) fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) -> io::Result<()> {
        let cells = cells.into_iter().map(harmless);
        self.writer.write_record(cells.map(|cell| cell.into_owned())).map_err(io_error)
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

/// The cell as text, whatever it begins with. Plain numbers stay numbers.
fn harmless(cell: &str) -> Cow<'_, str> {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if formula { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let mut out: Vec<u8> = Vec::new();
        let mut table = Table::new(&mut out);
        table.row(["path", "title"]).unwrap();
        table.row(["-1.5", "=HYPERLINK(\"http://vell.example\";\"open\")"]).unwrap();
        table.row(["@SUM(A1)", "--IANS vc/vd"]).unwrap();
        table.row(["a,b", "two\nlines"]).unwrap();
        table.finish().unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "path,title\n-1.5,\"'=HYPERLINK(\"\"http://vell.example\"\";\"\"open\"\")\"\n\
             '@SUM(A1),'--IANS vc/vd\n\"a,b\",\"two\nlines\"\n"
        );
    }
}
