//! Aligned columns that shrink until they fit.

use anstyle::Style;

use super::width;

/// Blanks between two columns.
const GAP: usize = 2;

/// A text in one style.
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) style: Style,
}

impl Cell {
    pub(super) fn new(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style }
    }

    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::new(text, Style::new())
    }
}

/// What a column is for.
pub(super) struct Column {
    header: &'static str,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Aligned to the left, never cut.
    Label,
    /// Aligned to the right, never cut.
    Figure,
    /// Aligned to the left, cut where the table would be too wide, but not below this width.
    Text { least: usize },
    /// As text, but cut at its start: the end of a path says more.
    Path { least: usize },
}

impl Column {
    pub(super) const fn label(header: &'static str) -> Self {
        Self { header, kind: Kind::Label }
    }

    pub(super) const fn figure(header: &'static str) -> Self {
        Self { header, kind: Kind::Figure }
    }

    pub(super) const fn text(header: &'static str, least: usize) -> Self {
        Self { header, kind: Kind::Text { least } }
    }

    pub(super) const fn path(header: &'static str, least: usize) -> Self {
        Self { header, kind: Kind::Path { least } }
    }
}

/// Rows under columns. A column in which every cell is empty is left out.
pub(super) struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    pub(super) fn new(columns: Vec<Column>) -> Self {
        Self { columns, rows: Vec::new() }
    }

    /// Adds a row; it has a cell for each column.
    pub(super) fn row(&mut self, cells: Vec<Cell>) {
        debug_assert_eq!(cells.len(), self.columns.len());
        self.rows.push(cells);
    }

    /// Lays the table out in lines of at most `columns` columns (more only where labels and
    /// figures alone are wider), each a list of texts with their styles. The first line has the
    /// headers in `header_style`, unless no column has one.
    pub(super) fn lines(mut self, columns: usize, header_style: Style) -> Vec<Vec<Cell>> {
        self.drop_empty_columns();
        if self.columns.iter().any(|column| !column.header.is_empty()) {
            let header = |column: &Column| Cell::new(column.header, header_style);
            self.rows.insert(0, self.columns.iter().map(header).collect());
        }
        let widths = self.widths(columns);
        let kinds: Vec<_> = self.columns.iter().map(|column| column.kind).collect();
        self.rows.into_iter().map(|row| lay_out(row, &kinds, &widths)).collect()
    }

    fn drop_empty_columns(&mut self) {
        for index in (0..self.columns.len()).rev() {
            if self.rows.iter().all(|row| row[index].text.is_empty()) {
                self.columns.remove(index);
                for row in &mut self.rows {
                    row.remove(index);
                }
            }
        }
    }

    /// Takes columns from the widest text until everything fits.
    fn widths(&self, available: usize) -> Vec<usize> {
        let widest = |index: usize| self.rows.iter().map(|row| width::of(&row[index].text)).max();
        let mut widths: Vec<usize> =
            (0..self.columns.len()).map(|index| widest(index).unwrap_or(0)).collect();
        let gaps = GAP * self.columns.len().saturating_sub(1);
        while widths.iter().sum::<usize>() + gaps > available {
            let shrinkable = (0..widths.len()).filter(|&index| match self.columns[index].kind {
                Kind::Text { least } | Kind::Path { least } => widths[index] > least,
                Kind::Label | Kind::Figure => false,
            });
            let Some(widest) = shrinkable.max_by_key(|&index| widths[index]) else {
                break;
            };
            widths[widest] -= 1;
        }
        widths
    }
}

fn lay_out(row: Vec<Cell>, kinds: &[Kind], widths: &[usize]) -> Vec<Cell> {
    let mut line = Vec::new();
    let mut owed = 0;
    for ((cell, kind), &columns) in row.into_iter().zip(kinds).zip(widths) {
        let text = match kind {
            Kind::Path { .. } => width::fit_end(&cell.text, columns),
            Kind::Label | Kind::Figure | Kind::Text { .. } => width::fit(&cell.text, columns),
        };
        let free = columns - width::of(&text);
        let (before, after) = if *kind == Kind::Figure { (free, 0) } else { (0, free) };
        if !text.is_empty() {
            line.push(Cell::plain(" ".repeat(owed + before)));
            line.push(Cell::new(text, cell.style));
            owed = after + GAP;
        } else {
            owed += columns + GAP;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(table: Table, columns: usize) -> String {
        let lines = table.lines(columns, Style::new()).into_iter();
        let lines = lines.map(|line| line.into_iter().map(|cell| cell.text).collect::<String>());
        lines.collect::<Vec<_>>().join("\n")
    }

    fn outlets() -> Table {
        let columns = [Column::text("outlet", 8), Column::figure("articles"), Column::label("note")];
        let mut table = Table::new(columns.into());
        for (outlet, articles) in [("Harbour Post and Advertiser", "7"), ("渡船日报", "1,024")] {
            table.row(vec![Cell::plain(outlet), Cell::plain(articles), Cell::plain("")]);
        }
        table
    }

    #[test]
    fn empty_columns_go_and_figures_stand_right() {
        assert_eq!(
            text(outlets(), 80),
            "outlet                       articles\n\
             Harbour Post and Advertiser         7\n\
             渡船日报                        1,024"
        );
    }

    #[test]
    fn text_is_cut_to_fit() {
        assert_eq!(
            text(outlets(), 22),
            "outlet        articles\n\
             Harbour Pos…         7\n\
             渡船日报         1,024"
        );
    }
}
