//! `wirecopy inspect`.

use std::{io, slice};

use anyhow::Result;
use wirecopy::pipeline;
use wirecopy::report::{json, terminal};

use crate::args::{InspectArgs, InspectFormat};
use crate::exit::Exit;
use crate::output::{Destination, Written};
use crate::progress::Progress;
use crate::session;

/// Runs the command.
pub(crate) fn run(args: &InspectArgs) -> Result<Exit> {
    session::begin(&args.output, &args.run)?;
    let destination = Destination::named(args.output.output.as_deref())?;
    let options = session::options(&args.paths, &args.articles)?;
    session::spare_given(slice::from_ref(&destination), &options, &args.run)?;

    let progress = Progress::new(&args.run);
    let inspection = pipeline::inspect(&options, args.limit.get(), &mut io::stdin(), &progress)
        .map_err(session::unreadable)?;
    drop(progress);

    session::spare(slice::from_ref(&destination), &inspection.inputs)?;
    let written = match args.format {
        InspectFormat::Text => {
            let layout = session::layout(&args.output, &destination);
            destination.write_styled(|out| terminal::inspection::write(&inspection, &layout, out))?
        }
        InspectFormat::Json => destination.write(|out| json::write(&inspection, out))?,
    };
    let incomplete = inspection.skipped.iter().filter(|entry| entry.incomplete).count();
    if incomplete == 0 || written == Written::Closed {
        return Ok(Exit::Done);
    }
    session::explain(Some(format!("{incomplete} of the inputs could not be read")), &args.run);
    Ok(Exit::Incomplete)
}
