//! The program `wirecopy`.

mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    job: Job,
}

#[derive(Subcommand)]
enum Job {
    Verify(verify::Args),
}

fn main() -> ExitCode {
    match Arguments::parse().job {
        Job::Verify(args) => verify::run(args),
    }
}
