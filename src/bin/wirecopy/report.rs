//! `wirecopy report`.

use std::io;
use std::mem::ManuallyDrop;

use anyhow::Result;
use wirecopy::matching::contract;
use wirecopy::pipeline;
use wirecopy::provenance::MEASURE;
use wirecopy::report::{FullTexts, Report, json};

use crate::args::ReportArgs;
use crate::exit::{self, Exit};
use crate::output::{Destination, Written};
use crate::progress::Progress;
use crate::rendering::{self, Place};
use crate::session;

/// Runs the command.
pub(crate) fn run(args: &ReportArgs) -> Result<Exit> {
    session::begin(&args.output, &args.run)?;
    if args.explain_method {
        let explanation = contract(&args.articles.matching.options()) + MEASURE;
        let destination = Destination::named(args.output.output.as_deref())?;
        destination.write(|out| out.write_all(explanation.as_bytes()))?;
        return Ok(Exit::Done);
    }
    let place = Place::named(&args.form, &args.output)?;
    let mut options = session::options(&args.paths, &args.articles)?;
    options.full_texts = full_texts(args);
    let keep_list = rendering::keep_list(&args.keep, &place)?;
    let destinations = || place.destinations().iter().chain(&keep_list);
    session::spare_given(destinations(), &options, &args.run)?;

    let progress = Progress::new(&args.run);
    let results = pipeline::find(&options, &mut io::stdin(), &progress).map_err(session::unreadable)?;
    drop(progress);
    session::spare(destinations(), &results.inputs())?;

    // Only JSON alone does without the whole report in memory.
    if let (Some(destination), None) = (place.of_json(&args.form), &keep_list) {
        // The process ends with it, and all memory with that; to give back every string takes longer.
        let results = ManuallyDrop::new(results);
        let report = ManuallyDrop::new(results.stream());
        let written = destination.write(|out| json::write(&*report, out))?;
        return Ok(conclude(&report, written, args));
    }
    let report = results.report();
    drop(results);
    rendering::write_keep_list(&report, &args.keep, keep_list.as_ref())?;
    let written = place.write(&report, &args.form, &args.output, args.run.quiet)?;
    Ok(conclude(&report, written, args))
}

fn conclude<A, G, M, R>(report: &Report<A, G, M, R>, written: Written, args: &ReportArgs) -> Exit {
    if written == Written::Closed {
        return Exit::Done;
    }
    let (exit, why) = exit::judge(report, &args.fail_on);
    session::explain(why, &args.run);
    exit
}

fn full_texts(args: &ReportArgs) -> FullTexts {
    if args.texts || args.form.shows_texts() { FullTexts::Included } else { FullTexts::Omitted }
}
