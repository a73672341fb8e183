//! `wirecopy compare`.

use std::io;

use anyhow::Result;
use wirecopy::pipeline::{self, CompareError};
use wirecopy::provenance::Thresholds;
use wirecopy::report::{json, terminal};

use crate::args::{CompareArgs, CompareFormat};
use crate::exit::Exit;
use crate::output::Destination;
use crate::progress::Progress;
use crate::session;

/// Runs the command.
pub(crate) fn run(args: &CompareArgs) -> Result<Exit> {
    session::begin(&args.output, &args.run)?;
    let destination = Destination::named(args.output.output.as_deref())?;
    let options = pipeline::Options {
        paths: args.within.clone(),
        read: args.reading.options(),
        matching: args.matching.options(),
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
    let comparison =
        pipeline::compare(&options, (&args.a, &args.b), &mut io::stdin(), &progress).map_err(|error| {
            match error {
                CompareError::Read(error) => session::unreadable(error),
                error => error.into(),
            }
        })?;
    drop(progress);

    session::spare_inputs(&destination, [comparison.a.path.as_str(), comparison.b.path.as_str()], &[])?;
    match args.format {
        CompareFormat::Text => {
            let layout = session::layout(&args.output, &destination);
            destination.write_styled(|out| terminal::comparison::write(&comparison, &layout, out))?
        }
        CompareFormat::Json => destination.write(|out| json::write(&comparison, out))?,
    };
    Ok(Exit::Done)
}
