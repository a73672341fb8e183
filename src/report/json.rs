//! The whole report as one JSON value.
//!
//! Every top-level field and every element of a top-level list stands on its own line, so that
//! two reports can be compared with `diff` and searched with `grep`; inside an element there is
//! no white space.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

/// Writes a report, or any other of the values of this room, as JSON, ended by a line break.
///
/// Goes through the value once and holds no copy of it. The writer is written to in small
/// pieces: give it a buffer.
///
/// # Errors
/// When `out` fails.
pub fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, LineFormatter::default()))?;
    out.write_all(b"\n")
}

/// Breaks lines at the fields of the outermost object and at the elements of its lists.
#[derive(Default)]
struct LineFormatter {
    /// Objects and lists that are open.
    depth: usize,
    /// Whether the innermost value that was finished was an element or a field.
    filled: bool,
}

/// Depth inside the outermost object.
const FIELDS: usize = 1;
/// Depth inside a list that is a field of the outermost object.
const ELEMENTS: usize = 2;

impl LineFormatter {
    fn close<W: ?Sized + Write>(&mut self, out: &mut W, breaks_at: usize) -> io::Result<()> {
        let breaks = self.depth == breaks_at && self.filled;
        self.depth -= 1;
        if breaks { out.write_all(b"\n") } else { Ok(()) }
    }
}

impl Formatter for LineFormatter {
    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        CompactFormatter.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, FIELDS)?;
        CompactFormatter.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        CompactFormatter.begin_object_key(out, first)?;
        if self.depth == FIELDS { out.write_all(b"\n") } else { Ok(()) }
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        CompactFormatter.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, ELEMENTS)?;
        CompactFormatter.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        CompactFormatter.begin_array_value(out, first)?;
        if self.depth == ELEMENTS { out.write_all(b"\n") } else { Ok(()) }
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Report, sample};

    fn written(report: &Report) -> String {
        let mut out = Vec::new();
        write(report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn reading_it_back_gives_the_same_value() {
        let mut report = sample::shipping();
        report.articles[0].own_share = 0.1 + 0.2;
        report.articles[1].own_share = 1.0 / 3.0;
        report.articles[2].own_share = 0.062_348_178_137_651_83;
        let read: Report = serde_json::from_str(&written(&report)).unwrap();
        assert_eq!(read, report);
    }

    #[test]
    fn each_element_stands_on_its_own_line() {
        let report = sample::shipping();
        let text = written(&report);
        for article in &report.articles {
            let start = format!(r#"{{"id":"{}""#, article.id);
            assert_eq!(text.lines().filter(|line| line.starts_with(&start)).count(), 1);
        }
        assert_eq!(text.lines().filter(|line| line.starts_with(r#""run":{"#)).count(), 1);
        assert!(text.starts_with("{\n\"schema\":\"wirecopy.report/1\",\n"), "{text}");
        assert!(text.ends_with("]\n}\n"), "{text}");
    }

    #[test]
    fn empty_lists_stay_on_the_line_of_their_name() {
        let text = written(&sample::nothing_shared());
        assert!(text.contains("\n\"stories\":[],\n"), "{text}");
    }
}
