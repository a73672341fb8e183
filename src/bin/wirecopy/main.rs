//! The program `wirecopy`: arguments, terminal, progress and exit codes around the library.

mod args;
mod compare;
mod exit;
mod flag;
mod inspect;
mod manual;
mod output;
mod pages;
mod progress;
mod render;
mod rendering;
mod report;
mod session;
mod settings;
mod verify;

use std::io::Write;
use std::process::ExitCode;

use args::Command;
use exit::Exit;
use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let command = match args::from_command_line() {
        Ok(command) => command,
        Err(refusal) => return refusal.explain(),
    };
    let outcome = match command {
        Command::Report(args) => report::run(&args),
        Command::Flag(args) => flag::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Render(args) => render::run(&args),
        Command::Completions(args) => manual::completions(&args),
        Command::Man(args) => manual::man(&args),
    };
    match outcome {
        Ok(exit) => exit.into(),
        Err(error) => {
            // Nobody is left to tell when standard error is closed.
            let _ = writeln!(anstream::stderr(), "error: {error:#}");
            Exit::Unusable.into()
        }
    }
}
