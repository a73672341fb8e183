//! `wirecopy compare`.

use std::io;
use std::slice;

use anyhow::Result;
use wirecopy::pipeline::{self, CompareError};
use wirecopy::report::html::Pages;
use wirecopy::report::{FullTexts, json, terminal};

use crate::args::{CompareArgs, CompareFormat};
use crate::exit::Exit;
use crate::output::{Destination, Present};
use crate::progress::Progress;
use crate::{pages, session};

/// Runs the command.
pub(crate) fn run(args: &CompareArgs) -> Result<Exit> {
    session::begin(&args.output, &args.run)?;
    let output = args.output.output.as_deref();
    let as_page = args.format == CompareFormat::Html;
    let present = if args.force { Present::Replace } else { Present::Spare };
    let destination = if as_page { pages::destination(output, present) } else { Destination::named(output) }?;
    let mut options = session::options(&args.within, &args.articles)?;
    options.full_texts = if as_page { FullTexts::Included } else { FullTexts::Omitted };
    session::spare_given(slice::from_ref(&destination), &options, &args.run)?;

    let progress = Progress::new(&args.run);
    let comparison =
        pipeline::compare(&options, (&args.a, &args.b), &mut io::stdin(), &progress).map_err(|error| {
            match error {
                CompareError::Read(error) => session::unreadable(error),
                error => error.into(),
            }
        })?;
    drop(progress);

    session::spare(slice::from_ref(&destination), &comparison.inputs)?;
    match args.format {
        CompareFormat::Text => {
            let layout = session::layout(&args.output, &destination);
            destination.write_styled(|out| terminal::comparison::write(&comparison, &layout, out))?
        }
        CompareFormat::Json => destination.write(|out| json::write(&comparison, out))?,
        CompareFormat::Html => {
            let pages = Pages::of_comparison(&comparison);
            pages::write(&pages, &destination, &args.output, args.run.quiet)?
        }
    };
    Ok(Exit::Done)
}
