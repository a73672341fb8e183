//! The report that a person reads in a terminal.
//!
//! Plain factual sentences and aligned columns, never wider than asked. Colours are ANSI escape
//! sequences in the output; the caller strips them where they are not wanted. No character of an
//! article or a file name reaches the terminal unless it is harmless (see `clean`).

mod agencies;
mod articles;
pub mod comparison;
mod copies;
pub mod flags;
mod headline;
pub mod inspection;
mod names;
mod outlets;
mod page;
mod passages;
mod relations;
mod side_by_side;
mod skipped;
mod standing;
mod stories;
mod table;
mod width;

use std::io::{self, Write};

use super::{Report, clean, figures};
use articles::Articles;
use page::Page;

/// How to lay the report out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TerminalOptions {
    /// Columns of the terminal; fewer than 40 count as 40.
    pub width: usize,
    /// Whether lists are printed whole instead of their strongest part.
    pub all: bool,
}

/// Writes the report as text, with ANSI styles.
///
/// Sections that have nothing to say are left out.
///
/// # Errors
/// When `out` fails.
pub fn write(report: &Report, options: &TerminalOptions, out: &mut dyn Write) -> io::Result<()> {
    let articles = Articles::of(report);
    let mut page = Page::new(out, options);
    headline::write(report, &mut page)?;
    names::write(&report.inputs, &mut page)?;
    copies::write(&report.exact_groups, &articles, &mut page)?;
    stories::write(report, &articles, &mut page)?;
    relations::write_outside_stories(report, &articles, &mut page)?;
    outlets::write(&report.outlets, &mut page)?;
    agencies::write(report, &articles, &mut page)?;
    passages::write(&report.highlights, &articles, &mut page)?;
    standing::write(&report.standing_text, &mut page)?;
    skipped::write(&report.skipped, &mut page)
}

/// The text with everything made visible that could steer a terminal, for example a line break or
/// an escape sequence in a file's name.
#[must_use]
pub fn printable(text: &str) -> String {
    clean::name(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    /// The page without styles, and a check of what must hold for every page.
    fn plain(report: &Report, width: usize, all: bool) -> String {
        let mut out = Vec::new();
        write(report, &TerminalOptions { width, all }, &mut out).unwrap();
        let text = anstream::adapter::strip_bytes(&out).into_vec();
        let text = String::from_utf8(text).unwrap();
        for line in text.lines() {
            assert!(width::of(line) <= width, "wider than {width}: {line}");
            assert_eq!(line.trim_end(), line, "blanks at the end of {line:?}");
            assert!(!line.chars().any(char::is_control), "control character in {line:?}");
            assert!(!line.contains('\u{202e}'), "bidi override in {line:?}");
        }
        text
    }

    #[test]
    fn wide() {
        insta::assert_snapshot!(plain(&sample::shipping(), 160, false));
    }

    #[test]
    fn usual() {
        insta::assert_snapshot!(plain(&sample::shipping(), 100, false));
    }

    #[test]
    fn narrow() {
        insta::assert_snapshot!(plain(&sample::shipping(), 60, false));
    }

    #[test]
    fn nothing_shared() {
        insta::assert_snapshot!(plain(&sample::nothing_shared(), 100, false));
    }

    #[test]
    fn long_lists_are_shortened_and_say_so() {
        let mut report = sample::shipping();
        report.standing_text = vec![report.standing_text[0].clone(); 40];
        let short = plain(&report, 100, false);
        assert!(short.contains("and 35 more; --all or --format json"), "{short}");
        let all = plain(&report, 100, true);
        assert_eq!(all.matches("412 articles").count(), 40);
        assert!(!all.contains("more; --all"), "{all}");
    }

    #[test]
    fn accuses_nobody() {
        let text = plain(&sample::shipping(), 100, true).to_lowercase();
        for word in ["plagiar", "stole", "copied from", "fake", "theft"] {
            assert!(!text.contains(word), "{word}");
        }
    }
}
