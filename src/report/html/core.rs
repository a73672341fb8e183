//! The data that every view may need: what was run and how, the outlets, the agencies.

use serde::Serialize;

use crate::provenance::{Criterion, MEASURE};
use crate::report::comparison::{Comparison, Nearest};
use crate::report::{AgencyEntry, OutletEntry, Report, Run};
use crate::{fixity, matching};

/// What every view may need.
#[derive(Debug, Serialize)]
pub(super) struct Core<'a> {
    run: &'a Run,
    command: String,
    method: String,
    thresholds: [(&'static str, String); 14],
    outlets: &'a [OutletEntry],
    agencies: &'a [AgencyEntry],
    /// The first article of each block of texts.
    text_starts: &'a [usize],
    comparison: Option<Explanation<'a>>,
}

/// What only a comparison says.
#[derive(Debug, Serialize)]
struct Explanation<'a> {
    criteria: &'a [Criterion],
    nearest: Option<&'a Nearest>,
}

impl<'a> Core<'a> {
    pub(super) fn of_report(report: &'a Report, text_starts: &'a [usize]) -> Self {
        let outlets = &report.outlets;
        Self { outlets, agencies: &report.agencies, ..Self::of(&report.run, &report.run.paths, text_starts) }
    }

    pub(super) fn of_comparison(comparison: &'a Comparison, text_starts: &'a [usize]) -> Self {
        let names = [&comparison.a, &comparison.b].map(|article| article.head.id.to_string());
        let comparison_said =
            Explanation { criteria: &comparison.criteria, nearest: comparison.nearest.as_ref() };
        Self { comparison: Some(comparison_said), ..Self::of(&comparison.run, &names, text_starts) }
    }

    fn of(run: &'a Run, operands: &[String], text_starts: &'a [usize]) -> Self {
        let options = &run.options;
        let limits = &options.thresholds;
        let share = |share: f64| share.to_string();
        let words = |words: u32| format!("{words} words");
        Self {
            run,
            command: command(run, operands),
            method: matching::contract(&options.matching) + MEASURE,
            thresholds: [
                (
                    "reprint: least share of the reporting of the article that shares more",
                    share(limits.reprint),
                ),
                ("reprint: the quoted part of the shared words stays below", share(limits.only_quoted)),
                ("reprint: of what is not quoted, least shared part where much is", share(limits.unquoted)),
                ("reprint: fewest shared words without a run of twelve words", words(limits.reprint_words)),
                ("partial: fewest shared words of narrative", words(limits.partial_words)),
                ("partial: of one sentence, least share of narrative", share(limits.partial)),
                ("partial: or fewest words of that sentence", words(limits.partial_sentence)),
                ("partial: least share of narrative without a run of twelve words", share(limits.reworded)),
                (
                    "reprint and partial: days from which two articles are far apart",
                    limits.far_days.to_string(),
                ),
                ("reprint and partial, far apart: fewest words of a run", words(limits.far_run)),
                ("reprint and partial, far apart: or fewest shared words", words(limits.far_words)),
                ("quotation: least quoted part of the shared words", share(limits.quoted)),
                ("quotation: or fewest shared words inside quotation marks", words(limits.quoted_words)),
                ("quotation: fewest shared words", words(limits.quotation_words)),
            ],
            outlets: &[],
            agencies: &[],
            text_starts,
            comparison: None,
        }
    }
}

/// The command line that gives the same result, for a POSIX shell.
fn command(run: &Run, operands: &[String]) -> String {
    let options = &run.options;
    let mut line = format!("wirecopy {}", run.command);
    let mut say = |word: &str| {
        line.push(' ');
        line.push_str(&fixity::quote_text(word));
    };
    operands.iter().for_each(|operand| say(operand));
    if run.command == "compare" {
        for path in &run.paths {
            say("--in");
            say(path);
        }
    }
    say(&format!("--min-words={}", options.matching.min_words));
    say(&format!("--containment={}", options.matching.containment));
    say(&format!("--long-containment={}", options.matching.long_containment));
    say(&format!("--min-run={}", options.matching.min_run));
    say(&format!("--outlet-from={}", options.outlet_from));
    let files = [
        ("metadata", &options.metadata),
        ("publishers", &options.publishers),
        ("agencies", &options.agencies),
        ("overrides", &options.overrides),
    ];
    for (name, file) in files {
        if let Some(file) = file {
            say(&format!("--{name}={file}"));
        }
    }
    options.fields.iter().for_each(|field| say(&format!("--field={field}")));
    for (name, value) in options.selection.iter().filter_map(|option| option.split_once(' ')) {
        say(&format!("--{name}={value}"));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_command_can_be_pasted_into_a_shell() {
        let mut report = sample::nothing_shared();
        report.run.paths = vec!["it's news".to_owned(), "b.jsonl".to_owned()];
        report.run.options.publishers = Some("owners.csv".to_owned());
        report.run.options.overrides = Some("by hand.toml".to_owned());
        report.run.options.fields = vec!["text=body.content".to_owned()];
        report.run.options.selection = vec!["exclude draft *".to_owned(), "since 2024-05-01".to_owned()];
        assert_eq!(
            command(&report.run, &report.run.paths),
            r"wirecopy report 'it'\''s news' b.jsonl --min-words=8 --containment=0.5 --long-containment=0.35 --min-run=12 --outlet-from=folder --publishers=owners.csv '--overrides=by hand.toml' --field=text=body.content '--exclude=draft *' --since=2024-05-01"
        );
    }
}
