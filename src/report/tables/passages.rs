//! Shared passages as a table.

use std::collections::HashMap;
use std::io::{self, Write};

use crate::report::csv::Table;
use crate::report::{Report, Span};

const COLUMNS: [&str; 12] = [
    "a",
    "b",
    "verdict",
    "passage",
    "start_a",
    "end_a",
    "start_b",
    "end_b",
    "quoted",
    "reporting",
    "text_a",
    "text_b",
];

/// One row a passage, numbered from 1 in each relation.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let texts: HashMap<&str, &str> = report
        .articles
        .iter()
        .filter_map(|article| Some((&*article.head.id, article.text.as_deref()?)))
        .collect();
    let words = |article: &str, [start, end]: Span| {
        texts.get(article).and_then(|text| text.get(start as usize..end as usize))
    };
    let mut table = Table::new(out, COLUMNS)?;
    for relation in &report.relations {
        for (number, passage) in relation.passages.iter().enumerate() {
            table.text(&relation.a)?;
            table.text(&relation.b)?;
            table.text(relation.verdict.id())?;
            table.count(number as u64 + 1)?;
            passage.a.iter().chain(&passage.b).try_for_each(|&offset| table.count(offset))?;
            table.truth(passage.quoted)?;
            table.truth(passage.reporting)?;
            table.text_or_empty(words(&relation.a, passage.a))?;
            table.text_or_empty(words(&relation.b, passage.b))?;
            table.end_row()?;
        }
    }
    table.finish()
}
