//! The page that the sections write on.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::table::{Cell, Table};
use super::{TerminalOptions, figures, width};

/// What matters.
pub(super) const STRONG: Style = Style::new().bold();
/// What only helps to read.
pub(super) const QUIET: Style = Style::new().dimmed();
/// The one colour: what was found.
pub(super) const FOUND: Style = AnsiColor::Cyan.on_default();

/// Sentences get no wider than this, because longer lines are hard to read.
const PROSE_WIDTH: usize = 100;

/// Fewest columns of a note beside its title.
const NARROWEST: usize = 20;

/// Columns before the text of a section.
const INDENT: usize = 2;

/// Lines of at most the given width.
pub(super) struct Page<'a> {
    out: &'a mut dyn Write,
    width: usize,
    all: bool,
}

impl<'a> Page<'a> {
    pub(super) fn new(out: &'a mut dyn Write, options: &TerminalOptions) -> Self {
        Self { out, width: options.width.max(40), all: options.all }
    }

    /// Columns of the page.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Columns between the margin and the right edge.
    pub(super) fn columns(&self) -> usize {
        self.width - INDENT
    }

    /// How many of `count` things to show when a short list has `top`.
    pub(super) fn shown(&self, count: usize, top: usize) -> usize {
        if self.all { count } else { count.min(top) }
    }

    /// Begins a section.
    pub(super) fn heading(&mut self, title: &str, note: &str) -> io::Result<()> {
        writeln!(self.out)?;
        write!(self.out, "{STRONG}{title}{STRONG:#}")?;
        let taken = width::of(title) + 2;
        let room = self.width.min(PROSE_WIDTH).saturating_sub(taken);
        if room < NARROWEST {
            writeln!(self.out)?;
            return self.statement(note, QUIET);
        }
        let lines = width::wrap(note, room);
        for (index, line) in lines.iter().enumerate() {
            let before = if index == 0 { 2 } else { taken };
            if index > 0 {
                writeln!(self.out)?;
            }
            write!(self.out, "{:before$}{QUIET}{line}{QUIET:#}", "")?;
        }
        writeln!(self.out)
    }

    /// An empty line.
    pub(super) fn space(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// Sentences over the whole width, not indented.
    pub(super) fn statement(&mut self, text: &str, style: Style) -> io::Result<()> {
        for line in width::wrap(text, self.width.min(PROSE_WIDTH)) {
            writeln!(self.out, "{style}{line}{style:#}")?;
        }
        Ok(())
    }

    /// Indented sentences.
    pub(super) fn prose(&mut self, indent: usize, text: &str, style: Style) -> io::Result<()> {
        self.item(indent, &Cell::plain(""), 0, text, style)
    }

    /// A lead word in a column of its own (`lead_width` columns and a gap), and sentences beside
    /// it.
    pub(super) fn item(
        &mut self,
        indent: usize,
        lead: &Cell,
        lead_width: usize,
        text: &str,
        style: Style,
    ) -> io::Result<()> {
        let Cell { text: lead, style: lead_style } = lead;
        let margin = INDENT + indent;
        let beside = if lead_width == 0 { margin } else { margin + lead_width + 2 };
        let lines = width::wrap(text, self.width.min(PROSE_WIDTH).saturating_sub(beside));
        for (index, line) in lines.iter().enumerate() {
            if index == 0 && lead_width > 0 {
                let lead = width::fit(lead, lead_width);
                let gap = lead_width + 2 - width::of(&lead);
                write!(self.out, "{:margin$}{lead_style}{lead}{lead_style:#}{:gap$}", "", "")?;
            } else {
                write!(self.out, "{:beside$}", "")?;
            }
            writeln!(self.out, "{style}{line}{style:#}")?;
        }
        Ok(())
    }

    /// Quoted text of an article, cut after `top` lines unless everything is asked for.
    pub(super) fn quotation(
        &mut self,
        indent: usize,
        text: &str,
        style: Style,
        top: usize,
    ) -> io::Result<()> {
        let margin = INDENT + indent;
        let columns = self.width.min(PROSE_WIDTH) - margin;
        let lines = width::wrap(text, columns - 2);
        let shown = self.shown(lines.len(), top);
        for (index, line) in lines[..shown].iter().enumerate() {
            let rest = if index + 1 == shown && shown < lines.len() { " …" } else { "" };
            writeln!(self.out, "{:margin$}{style}{line}{rest}{style:#}", "")?;
        }
        Ok(())
    }

    /// Texts in their styles on one line, cut at the page's width.
    pub(super) fn line(&mut self, indent: usize, cells: &[Cell]) -> io::Result<()> {
        let mut left = self.width - INDENT - indent;
        write!(self.out, "{:1$}", "", INDENT + indent)?;
        for Cell { text, style } in cells {
            let text = width::fit(text, left);
            left -= width::of(&text);
            write!(self.out, "{style}{text}{style:#}")?;
        }
        writeln!(self.out)
    }

    /// A table.
    pub(super) fn table(&mut self, indent: usize, table: Table) -> io::Result<()> {
        for line in table.lines(self.width - INDENT - indent, QUIET) {
            self.line(indent, &line)?;
        }
        Ok(())
    }

    /// Says how much of a list was left out, if anything.
    pub(super) fn more(&mut self, indent: usize, count: usize, shown: usize) -> io::Result<()> {
        if shown == count {
            return Ok(());
        }
        let more = figures::number((count - shown) as u64);
        self.line(indent, &[Cell::new(format!("and {more} more; --all or --format json"), QUIET)])
    }
}
