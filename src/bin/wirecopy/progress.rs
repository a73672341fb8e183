//! Progress on standard error, where that is a terminal.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use wirecopy::matching::Step;
use wirecopy::pipeline::{Observer, Stage};

use crate::args::RunArgs;

/// One bar that the stages use one after the other; it is gone when the work is done.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar, drawn only where somebody looks and nobody said no.
    pub(crate) fn new(args: &RunArgs) -> Self {
        let wanted = !args.quiet && !args.no_progress && stderr().is_terminal();
        let target = if wanted { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Self { bar: ProgressBar::with_draw_target(None, target) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

impl Observer for Progress {
    fn begin(&self, stage: Stage, total: Option<u64>) {
        if self.bar.is_hidden() {
            return;
        }
        self.bar.reset();
        match total {
            Some(total) => self.bar.set_length(total),
            None => self.bar.unset_length(),
        }
        self.bar.set_style(style(stage, total.is_some()));
    }

    fn advance(&self, by: u64) {
        self.bar.inc(by);
    }
}

fn style(stage: Stage, total_known: bool) -> ProgressStyle {
    let (name, unit) = match stage {
        Stage::Reading => ("Reading", ""),
        Stage::Splitting => ("Splitting", " articles"),
        Stage::Crediting => ("Agencies", " articles"),
        Stage::Matching(Step::Aligning) => ("Aligning", " pairs"),
        Stage::Matching(_) => ("Matching", ""),
        Stage::Judging => ("Judging", " pairs"),
        Stage::Assembling => ("Reporting", ""),
    };
    let (position, length, rate) = match stage {
        Stage::Reading => ("decimal_bytes", "decimal_total_bytes", "decimal_bytes_per_sec"),
        _ => ("human_pos", "human_len", "per_sec"),
    };
    let template = if total_known {
        format!("{name:9} [{{bar:24}}] {{{position}}} of {{{length}}}{unit}, {{{rate}}}, {{eta}} left")
    } else {
        format!("{name:9} {{spinner}}")
    };
    ProgressStyle::with_template(&template)
        .expect("the templates name only keys that indicatif knows")
        .progress_chars("=> ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_has_a_style() {
        let matching = Stage::Matching(Step::Joining);
        for stage in [Stage::Reading, Stage::Splitting, matching, Stage::Judging, Stage::Assembling] {
            for total_known in [false, true] {
                let bar = ProgressBar::hidden();
                bar.set_style(style(stage, total_known));
            }
        }
    }
}
