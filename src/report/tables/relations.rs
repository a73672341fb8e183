//! Relations as a table.

use std::collections::HashMap;
use std::io::{self, Write};

use crate::report::Report;
use crate::report::csv::Table;

const COLUMNS: [&str; 20] = [
    "a",
    "b",
    "outlet_a",
    "outlet_b",
    "published_a",
    "published_b",
    "title_a",
    "title_b",
    "verdict",
    "shared_words",
    "share_a",
    "share_b",
    "quoted_share",
    "longest_run",
    "passages",
    "template",
    "direction",
    "from",
    "evidence",
    "set_by_hand",
];

/// One row a relation, in the order of the report.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let heads: HashMap<&str, _> =
        report.articles.iter().map(|article| (&*article.head.id, &article.head)).collect();
    let mut table = Table::new(out, COLUMNS)?;
    for relation in &report.relations {
        let sides = [&relation.a, &relation.b];
        let heads = sides.map(|id| heads.get(&**id).copied());
        sides.iter().try_for_each(|id| table.text(id))?;
        heads
            .iter()
            .try_for_each(|head| table.text_or_empty(head.and_then(|head| head.outlet.as_deref())))?;
        heads
            .iter()
            .try_for_each(|head| table.text_or_empty(head.and_then(|head| head.published.as_deref())))?;
        heads.iter().try_for_each(|head| table.text_or_empty(head.and_then(|head| head.title.as_deref())))?;
        table.text(relation.verdict.id())?;
        table.count(relation.shared_words)?;
        table.share(relation.share_a)?;
        table.share(relation.share_b)?;
        table.share(relation.quoted_share)?;
        table.count(relation.longest_run)?;
        table.count(relation.passages.len() as u64)?;
        table.truth(relation.template)?;
        table.text(relation.direction.status.id())?;
        table.text_or_empty(relation.direction.from.as_deref())?;
        let evidence: Vec<&str> = relation.direction.evidence.iter().map(|found| &*found.text).collect();
        table.text(&evidence.join("; "))?;
        table.text_or_empty(relation.set_by_hand.as_deref())?;
        table.end_row()?;
    }
    table.finish()
}
