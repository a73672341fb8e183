//! Two texts beside each other, or one below the other where there is no room.

use std::io;

use anstyle::Style;

use super::page::Page;
use super::table::Cell;
use super::{clean, width};

/// Columns from which two texts fit beside each other.
const ROOMY: usize = 100;
/// Blanks between the two.
const GAP: usize = 3;
/// Columns before each text that is printed below another.
const MARK: usize = 3;

/// Words of one text in their styles, as they follow each other.
pub(super) type Styled = Vec<Cell>;

/// Writes two texts with the names of their articles.
pub(super) fn write(a: &Styled, b: &Styled, quiet: Style, page: &mut Page<'_>) -> io::Result<()> {
    let columns = page.columns();
    if page.width() < ROOMY {
        for (name, text) in [("A", a), ("B", b)] {
            for (number, line) in wrap(text, columns - MARK).into_iter().enumerate() {
                let mark = if number == 0 { name } else { "" };
                let mut cells = vec![Cell::new(format!("{mark:MARK$}"), quiet)];
                cells.extend(line);
                page.line(0, &cells)?;
            }
        }
        return Ok(());
    }
    let column = (columns - GAP) / 2;
    let (left, right) = (wrap(a, column), wrap(b, column));
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    loop {
        let (a, b) = (left.next(), right.next());
        if a.is_none() && b.is_none() {
            return Ok(());
        }
        let mut cells = a.unwrap_or_default();
        if let Some(b) = b.filter(|b| !b.is_empty()) {
            let taken: usize = cells.iter().map(|cell| width::of(&cell.text)).sum();
            cells.push(Cell::plain(" ".repeat(column + GAP - taken)));
            cells.extend(b);
        }
        page.line(0, &cells)?;
    }
}

/// Lines of at most `columns`, broken at blanks, each piece in its style.
fn wrap(text: &Styled, columns: usize) -> Vec<Styled> {
    let mut lines: Vec<Styled> = Vec::new();
    let mut line: Styled = Vec::new();
    let mut taken = 0;
    for word in words(text) {
        let wide: usize = word.iter().map(|cell| width::of(&cell.text)).sum();
        let gap = usize::from(taken > 0);
        if taken > 0 && taken + gap + wide > columns {
            lines.push(std::mem::take(&mut line));
            taken = 0;
        } else if gap == 1 {
            // A blank between two words of one style takes part in it, so that marks do not break.
            let style = match (line.last(), word.first()) {
                (Some(last), Some(next)) if last.style == next.style => last.style,
                _ => Style::new(),
            };
            line.push(Cell::new(" ", style));
            taken += 1;
        }
        for cell in word {
            // A word longer than a line is cut.
            let mut rest = cell.text.as_str();
            loop {
                let cut = width::head(rest, columns.saturating_sub(taken));
                if cut == rest.len() || cut == 0 && taken == 0 {
                    break;
                }
                line.push(Cell::new(&rest[..cut], cell.style));
                lines.push(std::mem::take(&mut line));
                taken = 0;
                rest = &rest[cut..];
            }
            taken += width::of(rest);
            line.push(Cell::new(rest, cell.style));
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The words between blanks; a word may change its style inside.
fn words(text: &Styled) -> Vec<Styled> {
    let mut words: Vec<Styled> = Vec::new();
    let mut open = false;
    for cell in text {
        for (number, piece) in cell.text.split(char::is_whitespace).enumerate() {
            open &= number == 0;
            let piece = clean::prose(piece);
            if piece.is_empty() {
                continue;
            }
            match words.last_mut().filter(|_| open) {
                Some(word) => word.push(Cell::new(piece, cell.style)),
                None => words.push(vec![Cell::new(piece, cell.style)]),
            }
            open = true;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(pieces: &[&str], columns: usize) -> Vec<String> {
        let styled: Styled = pieces
            .iter()
            .enumerate()
            .map(|(n, piece)| Cell::new(*piece, if n % 2 == 0 { Style::new() } else { Style::new().bold() }))
            .collect();
        let lines = wrap(&styled, columns).into_iter();
        lines.map(|line| line.into_iter().map(|cell| cell.text).collect()).collect()
    }

    #[test]
    fn words_stay_whole_over_a_change_of_style() {
        assert_eq!(lines(&["the fer", "ry, ", "sank"], 10), ["the ferry,", "sank"]);
        assert_eq!(lines(&["one", " two"], 40), ["one two"]);
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(lines(&["渡船失去动力"], 5), ["渡船", "失去", "动力"]);
        assert_eq!(lines(&["a ", "bcdefgh"], 4), ["a", "bcde", "fgh"]);
        // The whole of it is not measured for each line.
        assert_eq!(lines(&[&"渡船".repeat(40_000)], 40).len(), 4_000);
    }
}
