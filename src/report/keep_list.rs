//! Which articles to keep, one line an article, for those who build a corpus.
//!
//! Tab-separated, in the order of the report, under a line of names: `decision` (`keep` or
//! `drop`), `id`, `path`, `record`, `twin` (the id of the article that is kept instead), `why`
//! (`same_bytes`, `same_text`, `reprint`), `share` (of the article's reporting words that stand in
//! the twin) and `rule`. Ids are written as they are, save that a backslash, a tab and a line break
//! in them become `\\`, `\t`, `\n`, `\r`. [`keep`](provenance::keep()) says how it is decided.

use std::collections::HashMap;
use std::fmt::{self, Display, Write as _};
use std::io::{self, Write};

use super::{ArticleEntry, ExactKind, RelationEntry, Report, Verdict};
use crate::corpus::Published;
use crate::provenance::{self, Candidate, Choice, ExactGroup, Held, KeepRule, Ownership, Sameness};

/// Writes the list. Reprints that only fill in one template with other figures are no twins, and where
/// `least` is given, 0..=1, nor are those of which less stands in the other.
///
/// # Errors
/// When `out` fails.
pub fn write(report: &Report, rule: KeepRule, least: Option<f64>, out: &mut dyn Write) -> io::Result<()> {
    let choices = choose(report, rule, least);
    let id = |article: u32| Plain(&report.articles[article as usize].head.id);
    writeln!(out, "decision\tid\tpath\trecord\ttwin\twhy\tshare\trule")?;
    for (article, choice) in report.articles.iter().zip(choices) {
        let head = &article.head;
        let record = head.record.map(|record| record.to_string()).unwrap_or_default();
        let place = format_args!("{}\t{}\t{record}", Plain(&head.id), Plain(&head.path)).to_string();
        let rule = rule.id();
        match choice {
            Choice::Kept => writeln!(out, "keep\t{place}\t\t\t\t{rule}")?,
            Choice::Same { twin, sameness } => {
                let why = match sameness {
                    Sameness::Bytes => "same_bytes",
                    Sameness::Text => "same_text",
                };
                writeln!(out, "drop\t{place}\t{}\t{why}\t1.0000\t{rule}", id(twin))?;
            }
            Choice::Reprint { twin, share } => {
                writeln!(out, "drop\t{place}\t{}\treprint\t{share:.4}\t{rule}", id(twin))?;
            }
        }
    }
    Ok(())
}

fn choose(report: &Report, rule: KeepRule, least: Option<f64>) -> Vec<Choice> {
    let numbers: HashMap<&str, u32> =
        report.articles.iter().enumerate().map(|(at, article)| (&*article.head.id, at as u32)).collect();
    // A saved report may have been cut by hand: what it does not list cannot be kept.
    let number = |id: &str| numbers.get(id).copied();
    let candidates: Vec<Candidate> = report.articles.iter().map(candidate).collect();
    let exact: Vec<ExactGroup> = report
        .exact_groups
        .iter()
        .map(|group| ExactGroup {
            kind: match group.kind {
                ExactKind::Bytes => Sameness::Bytes,
                ExactKind::Text => Sameness::Text,
            },
            articles: group.articles.iter().filter_map(|id| number(id)).collect(),
        })
        .collect();
    let of_reprint = report.run.options.thresholds.reprint;
    let twins = report.relations.iter().filter(|relation| relation.verdict == Verdict::Reprint);
    let held: Vec<Held> = twins
        .filter(|relation| !relation.template)
        .filter_map(|relation| Some(held(relation, [number(&relation.a)?, number(&relation.b)?], of_reprint)))
        .flatten()
        .filter(|held| least.is_none_or(|least| held.share >= least))
        .collect();
    provenance::keep(&candidates, &exact, &held, rule)
}

fn candidate(article: &ArticleEntry) -> Candidate {
    let ownership = if article.agency.publisher.is_some() {
        Ownership::Agency
    } else if article.agency.level.is_feed() || article.credited_elsewhere.is_some() {
        Ownership::Foreign
    } else {
        Ownership::Own
    };
    Candidate {
        published: article.head.published.as_deref().and_then(Published::parse),
        reporting_words: article.reporting_words,
        words: article.words,
        ownership,
    }
}

/// Which of the two may be dropped: that of which more stands in the other, and the other one too
/// where its own share reaches `least`, that of a reprint.
fn held(relation: &RelationEntry, [a, b]: [u32; 2], least: f64) -> impl Iterator<Item = Held> + use<> {
    let (share_a, share_b) = (relation.share_a, relation.share_b);
    let in_b = Held { inner: a, outer: b, share: share_a };
    let in_a = Held { inner: b, outer: a, share: share_b };
    let droppable = [(in_b, share_a >= share_b), (in_a, share_b >= share_a)];
    droppable.into_iter().filter_map(move |(held, larger)| (larger || held.share >= least).then_some(held))
}

/// A text that stays on its line and in its column.
struct Plain<'a>(&'a str);

impl Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '\\' => f.write_str("\\\\")?,
                '\t' => f.write_str("\\t")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn one_line_an_article() {
        let mut out = Vec::new();
        write(&sample::shipping(), KeepRule::Earliest, None, &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
    }

    #[test]
    fn ids_stay_in_their_column() {
        assert_eq!(Plain("a\tb\\n\nc").to_string(), "a\\tb\\\\n\\nc");
    }

    #[test]
    fn daily_figures_are_no_twins() {
        let mut report = sample::shipping();
        report.exact_groups.clear();
        let kept = |report: &Report| {
            choose(report, KeepRule::First, None).iter().filter(|choice| **choice == Choice::Kept).count()
        };
        assert_eq!(kept(&report), 6);
        report.relations.iter_mut().for_each(|relation| relation.template = true);
        assert_eq!(kept(&report), 7);
    }

    #[test]
    fn less_than_is_asked_for_drops_nothing() {
        let mut report = sample::shipping();
        report.exact_groups.clear();
        let kept = |least| {
            let choices = choose(&report, KeepRule::First, Some(least));
            choices.iter().filter(|choice| **choice == Choice::Kept).count()
        };
        let twins = report.relations.iter().filter(|relation| relation.verdict == Verdict::Reprint);
        let most = twins.map(|twin| twin.share_a.max(twin.share_b)).fold(0.0, f64::max);
        assert_eq!(kept(most), 6);
        assert_eq!(kept(most + 0.001), 7);
    }
}
