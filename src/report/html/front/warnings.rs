//! What a reader must know before relying on the figures.

use super::line;
use crate::report::Report;
use crate::report::figures::{count, number};

/// Writes them, where there are any.
pub(super) fn write(page: &mut String, report: &Report) {
    let warnings: Vec<String> =
        [skipped(report), times(report), outlets(report), originals(report), names(report)]
            .into_iter()
            .flatten()
            .collect();
    if warnings.is_empty() {
        return;
    }
    line(page, "<section class=\"warnings\">\n<h2>Keep in mind</h2>\n<ul>");
    for warning in warnings {
        line(page, &format!("<li>{warning}</li>"));
    }
    line(page, "</ul>\n</section>");
}

fn skipped(report: &Report) -> Option<String> {
    let missing = report.skipped.iter().filter(|row| row.incomplete).count() as u64;
    (missing > 0).then(|| {
        let entries = count(missing, "entry", "entries");
        let are = if missing == 1 { "is" } else { "are" };
        format!("{entries} of the input could not be read and {are} missing from every figure. <a href=\"#/skipped\">Which, and why</a>")
    })
}

fn times(report: &Report) -> Option<String> {
    let all = report.articles.len() as u64;
    let stated = report.articles.iter().filter_map(|article| article.head.published.as_deref());
    let (mut none, mut zoned) = (all, 0);
    for time in stated {
        none -= 1;
        let clock = time.split_once('T').map(|(_, clock)| clock);
        zoned += u64::from(clock.is_some_and(|clock| clock.contains(['Z', '+', '-'])));
    }
    let vague = all - none - zoned;
    if none == 0 && vague == 0 {
        return None;
    }
    let mut parts = Vec::new();
    if none > 0 {
        parts.push(format!(
            "{} no time at all",
            if none == 1 { "1 states".to_owned() } else { format!("{} state", number(none)) }
        ));
    }
    if vague > 0 {
        parts.push(format!(
            "{} a time without a clock or a zone",
            if vague == 1 { "1 states".to_owned() } else { format!("{} state", number(vague)) }
        ));
    }
    Some(format!(
        "Of {}, {}. Such times put articles in order, but never establish who was first.",
        count(all, "article", "articles"),
        parts.join(" and ")
    ))
}

fn outlets(report: &Report) -> Option<String> {
    let unknown = report.articles.iter().filter(|article| article.head.outlet.is_none()).count() as u64;
    (unknown > 0).then(|| {
        format!(
            "{} no known outlet and {} missing from the figures per outlet.",
            if unknown == 1 {
                "1 article has".to_owned()
            } else {
                format!("{} articles have", number(unknown))
            },
            if unknown == 1 { "is" } else { "are" }
        )
    })
}

/// Reprints of an agency whose own text is not among the articles.
fn originals(report: &Report) -> Option<String> {
    let original = report.articles.iter().any(|article| article.agency.publisher.is_some());
    (report.summary.flagged > 0 && !original).then(|| {
        "No article stands in an agency’s own outlet. What comes from an agency is known from the credits of \
         those that print it only, and their text cannot be held against the original."
            .to_owned()
    })
}

fn names(report: &Report) -> Option<String> {
    let mismatch = report.summary.names_mismatch;
    (mismatch > 0).then(|| {
        let names =
            if mismatch == 1 { "1 file is".to_owned() } else { format!("{} files are", number(mismatch)) };
        format!(
            "{names} not what the digest in the name says. <a href=\"#/names?verdict=mismatch\">Which</a>"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn each_warning_has_its_reason() {
        let mut report = sample::shipping();
        let mut page = String::new();
        write(&mut page, &report);
        assert!(page.contains("1 entry of the input could not be read"), "{page}");
        assert!(page.contains("No article stands in an agency’s own outlet"), "{page}");
        assert!(page.contains("1 file is not what the digest"), "{page}");

        for article in &mut report.articles {
            article.head.published = Some("2031-03-01T09:00:00+02:00".to_owned());
            article.head.outlet = Some("Harbour Post".to_owned());
        }
        report.skipped.clear();
        report.summary.flagged = 0;
        report.summary.names_mismatch = 0;
        let mut page = String::new();
        write(&mut page, &report);
        assert_eq!(page, "");
    }

    #[test]
    fn times_without_a_zone_are_counted() {
        let mut report = sample::nothing_shared();
        report.articles[0].head.published = Some("2031-03-01".to_owned());
        report.articles[1].head.published = None;
        let mut page = String::new();
        write(&mut page, &report);
        assert!(
            page.contains("Of 2 articles, 1 states no time at all and 1 states a time without"),
            "{page}"
        );
    }
}
