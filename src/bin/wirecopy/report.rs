//! `wirecopy report`.

use std::io;

use anyhow::Result;
use wirecopy::matching::contract;
use wirecopy::pipeline;
use wirecopy::report::html::Pages;
use wirecopy::report::{FullTexts, Report, json, jsonl, terminal};

use crate::args::{Format, ReportArgs};
use crate::exit::{self, Exit};
use crate::output::{Destination, Written};
use crate::progress::Progress;
use crate::{pages, session};

/// Runs the command.
pub(crate) fn run(args: &ReportArgs) -> Result<Exit> {
    session::begin(&args.output, &args.run)?;
    let output = args.output.output.as_deref();
    let destination =
        if args.format == Format::Html { pages::destination(output) } else { Destination::named(output) }?;
    let matching = args.matching.options();
    if args.explain_method {
        destination.write(|out| out.write_all(contract(&matching).as_bytes()))?;
        return Ok(Exit::Done);
    }
    let mut options =
        session::options(&args.paths, &args.reading, matching, &args.agency, &args.corrections)?;
    options.full_texts =
        if args.texts || args.format == Format::Html { FullTexts::Included } else { FullTexts::Omitted };
    session::spare_given(&destination, &options)?;

    let progress = Progress::new(&args.run);
    let report = pipeline::report(&options, &mut io::stdin(), &progress).map_err(session::unreadable)?;
    drop(progress);

    session::spare_inputs(&destination, report.inputs.iter().map(|i| i.path.as_str()), &report.skipped)?;
    if write(&report, args, &destination)? == Written::Closed {
        return Ok(Exit::Done);
    }
    let (exit, why) = exit::judge(&report, &args.fail_on);
    session::explain(why, &args.run);
    Ok(exit)
}

fn write(report: &Report, args: &ReportArgs, destination: &Destination) -> Result<Written> {
    match args.format {
        Format::Text => {
            let options = session::layout(&args.output, destination);
            destination.write_styled(|out| terminal::write(report, &options, out))
        }
        Format::Json => destination.write(|out| json::write(report, out)),
        Format::Jsonl => destination.write(|out| jsonl::write(report, out)),
        Format::Html => pages::write(&Pages::of_report(report), destination, &args.output, &args.run),
    }
}
