//! `wirecopy flag`.

use std::io;
use std::slice;

use anyhow::{Result, bail};
use wirecopy::pipeline::{self, Flagging};
use wirecopy::report::flags::{self, Flags};
use wirecopy::report::{json, terminal};

use crate::args::{FlagArgs, FlagFormat};
use crate::exit::{self, Exit, Flagged};
use crate::output::{Destination, Written};
use crate::progress::Progress;
use crate::session;

/// Runs the command.
pub(crate) fn run(args: &FlagArgs) -> Result<Exit> {
    session::begin(&args.output, &args.run)?;
    if args.credits_only && args.fail_on.contains(&Flagged::CreditedElsewhere) {
        bail!("--fail-on credited_elsewhere needs articles to be compared, which --credits-only turns off");
    }
    let destination = Destination::named(args.output.output.as_deref())?;
    let options = session::options(&args.paths, &args.articles)?;
    session::spare_given(slice::from_ref(&destination), &options, &args.run)?;

    let flagging = Flagging { level: args.level(), compare: !args.credits_only };
    let progress = Progress::new(&args.run);
    let flags =
        pipeline::flag(&options, flagging, &mut io::stdin(), &progress).map_err(session::unreadable)?;
    drop(progress);

    session::spare(slice::from_ref(&destination), &flags.inputs)?;
    if write(&flags, args, &destination)? == Written::Closed {
        return Ok(Exit::Done);
    }
    let (exit, why) = exit::judge_flags(&flags, &args.fail_on);
    session::explain(why, &args.run);
    Ok(exit)
}

fn write(flags: &Flags, args: &FlagArgs, destination: &Destination) -> Result<Written> {
    match args.format {
        FlagFormat::Text => {
            let options = session::layout(&args.output, destination);
            destination.write_styled(|out| terminal::flags::write(flags, &options, out))
        }
        FlagFormat::Json => destination.write(|out| json::write(flags, out)),
        FlagFormat::Jsonl => destination.write(|out| flags::write_jsonl(flags, out)),
        FlagFormat::Csv => destination.write(|out| flags::write_csv(flags, out)),
    }
}
