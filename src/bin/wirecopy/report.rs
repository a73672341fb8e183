//! `wirecopy report`.

use std::io;

use anyhow::Result;
use wirecopy::matching::contract;
use wirecopy::pipeline;
use wirecopy::provenance::Thresholds;
use wirecopy::report::{Report, json, jsonl, terminal};

use crate::args::{Format, ReportArgs};
use crate::exit::{self, Exit};
use crate::output::{Destination, Written};
use crate::progress::Progress;
use crate::session;

/// Runs the command.
pub(crate) fn run(args: &ReportArgs) -> Result<Exit> {
    session::begin(&args.output, &args.run)?;
    let destination = Destination::named(args.output.output.as_deref())?;
    let matching = args.matching.options();
    if args.explain_method {
        destination.write(|out| out.write_all(contract(&matching).as_bytes()))?;
        return Ok(Exit::Done);
    }
    let options = pipeline::Options {
        paths: args.paths.clone(),
        read: args.reading.options(),
        matching,
        rules: args.agency.rules()?,
        rules_file: args.agency.agencies.clone(),
        overrides: args.corrections.overrides()?,
        overrides_file: args.corrections.overrides.clone(),
        thresholds: Thresholds::default(),
    };
    let given = options
        .paths
        .iter()
        .chain(&options.read.metadata)
        .chain(&options.rules_file)
        .chain(&options.overrides_file);
    destination.spare(given.map(AsRef::as_ref))?;

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
    }
}
