//! What articles say about agencies, and which match agency copy, as a table.

use std::io::{self, Write};

use crate::agency::Level;
use crate::report::flags::{FlagKind, Row, write_rows};
use crate::report::{ArticleEntry, Report};

/// One row an article, in the order of the report. Every level is listed, the weakest too.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    write_rows(report.articles.iter().filter_map(row), out)
}

fn row(article: &ArticleEntry) -> Option<Row<'_>> {
    let credit = &article.agency;
    let (kind, names, evidence) = match (&article.credited_elsewhere, &credit.release) {
        _ if credit.level < Level::None => (FlagKind::Credit, &credit.names, credit.evidence.first()),
        (Some(_), _) => (FlagKind::CreditedElsewhere, &credit.names, None),
        (None, Some(release)) => (FlagKind::Release, &release.names, Some(release)),
        (None, None) => return None,
    };
    Some(Row {
        head: &article.head,
        kind,
        level: credit.level,
        names,
        evidence,
        wire_share: article.wire_share,
        elsewhere: article.credited_elsewhere.as_ref(),
    })
}
