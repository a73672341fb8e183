//! `wirecopy render`.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::slice;

use anyhow::{Context, Result};
use wirecopy::report::{Report, saved};

use crate::args::RenderArgs;
use crate::exit::Exit;
use crate::rendering::{self, Place};
use crate::session;

/// Runs the command.
pub(crate) fn run(args: &RenderArgs) -> Result<Exit> {
    session::choose_colors(&args.output);
    let place = Place::named(&args.form, &args.output)?;
    let keep_list = rendering::keep_list(&args.keep, &place)?;
    let destinations = || place.destinations().iter().chain(&keep_list);
    session::spare(destinations(), slice::from_ref(&args.report))?;
    let report = read(&args.report)?;
    session::spare(destinations(), &inputs(&report))?;
    if args.form.shows_texts() && report.articles.iter().all(|article| article.text.is_none()) {
        session::note(
            "the report has no texts, so the passages stand without their words; \
             `wirecopy report --format json --texts` saves them",
            args.quiet,
        );
    }
    rendering::write_keep_list(&report, &args.keep, keep_list.as_ref())?;
    place.write(&report, &args.form, &args.output, args.quiet)?;
    Ok(Exit::Done)
}

/// The paths that the report was made from, as far as text can name them.
fn inputs(report: &Report) -> Vec<PathBuf> {
    let read = report.inputs.iter().map(|input| &input.path);
    read.chain(report.skipped.iter().map(|row| &row.path)).map(PathBuf::from).collect()
}

fn read(path: &Path) -> Result<Report> {
    let mut source: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).with_context(|| format!("cannot read {}", path.display()))?)
    };
    saved::read(&mut source).with_context(|| format!("cannot read {}", path.display()))
}
