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

/// Writes a value that is objects in an object in the same way: every field of the inner ones too
/// stands on its own line.
pub(super) fn write_nested(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let formatter = LineFormatter { objects: Inner::Broken, ..LineFormatter::default() };
    value.serialize(&mut Serializer::with_formatter(&mut *out, formatter))?;
    out.write_all(b"\n")
}

/// Whether objects that are fields of the outermost one stand on one line.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Inner {
    #[default]
    Whole,
    Broken,
}

/// Breaks lines at the fields of the outermost object and at the elements of its lists.
#[derive(Default)]
struct LineFormatter {
    /// Objects and lists that are open.
    depth: usize,
    /// Whether the innermost value that was finished was an element or a field.
    filled: bool,
    objects: Inner,
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
        let inner = self.objects == Inner::Broken && self.depth == ELEMENTS;
        self.close(out, if inner { ELEMENTS } else { FIELDS })?;
        CompactFormatter.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        CompactFormatter.begin_object_key(out, first)?;
        let breaks = self.depth == FIELDS || self.depth == ELEMENTS && self.objects == Inner::Broken;
        if breaks { out.write_all(b"\n") } else { Ok(()) }
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

    /// Bytes are JSON that stands ready ([`super::Stream`]); no value of this room has others.
    fn write_byte_array<W: ?Sized + Write>(&mut self, out: &mut W, json: &[u8]) -> io::Result<()> {
        out.write_all(json)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::report::{Report, sample};

    fn written(report: &Report) -> String {
        let mut out = Vec::new();
        write(report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn read(json: &str) -> Result<Report, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// Texts with everything that JSON must escape, and what it need not.
    fn odd_text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            any::<String>(),
            Just("\0\u{1}\u{8}\u{c}\u{1f}\u{7f}\r\n\t".to_owned()),
            Just("\"\\/'</script>\u{2028}\u{2029}".to_owned()),
            Just("\u{feff}\u{202e}\u{10ffff}😀\u{e000}\u{fffe}".to_owned()),
        ];
        proptest::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
    }

    fn finite() -> impl Strategy<Value = f64> {
        let odd = [0.0, -0.0, 1.0, f64::MAX, f64::MIN_POSITIVE, 5e-324, 0.1 + 0.2, 1.0 / 3.0, 1e21, 1e-7];
        let any_finite = any::<f64>().prop_map(|number| if number.is_finite() { number } else { 0.5 });
        prop_oneof![0.0..=1.0, proptest::sample::select(odd.to_vec()), any_finite]
    }

    proptest! {
        #[test]
        fn json_to_value_to_json_is_the_identity(
            texts in proptest::collection::vec(proptest::option::of(odd_text()), 7),
            numbers in proptest::collection::vec(finite(), 7),
            large in any::<u64>(),
        ) {
            let mut report = sample::shipping();
            for ((article, text), number) in report.articles.iter_mut().zip(&texts).zip(&numbers) {
                article.head.title = text.clone();
                article.text = text.as_deref().map(Arc::from);
                article.wire_share = text.as_ref().map(|_| *number);
                article.own_share = *number;
                article.head.record = text.as_ref().map(|_| large);
                article.notes.extend(text.clone());
            }
            report.articles[0].head.id = Arc::from(texts[0].as_deref().unwrap_or_default());
            report.summary.words = large;
            let json = written(&report);
            let value = read(&json).unwrap();
            prop_assert_eq!(&value, &report);
            prop_assert_eq!(written(&value), json);
        }
    }

    #[test]
    fn other_layouts_are_refused_with_what_is_known_about_them() {
        let refusal = |schema: &str| {
            let json = written(&sample::nothing_shared()).replace("wirecopy.report/1", schema);
            read(&json).unwrap_err().to_string()
        };
        assert_eq!(
            refusal("wirecopy.report/2"),
            "this is `wirecopy.report/2`, written by a newer version; this one reads `wirecopy.report/1` \
             at line 2 column 28"
        );
        let flags = refusal("wirecopy.flags/1");
        assert!(flags.starts_with("this is `wirecopy.flags/1`, not `wirecopy.report/1`"), "{flags}");
        let unknown = refusal("ours");
        assert!(unknown.starts_with("this is `ours`, not `wirecopy.report/1`"), "{unknown}");
    }

    #[test]
    fn a_report() {
        insta::assert_snapshot!(written(&sample::shipping()));
    }

    #[test]
    fn each_element_stands_on_its_own_line() {
        let report = sample::shipping();
        let text = written(&report);
        for article in &report.articles {
            let start = format!(r#"{{"id":"{}""#, article.head.id);
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
