//! What the program prints and how it ends, as a user sees it.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]
#![expect(clippy::print_stdout, reason = "a test that skips something says so")]

mod bad_input;
mod output;
mod usage;

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

/// The program with the given arguments, in the package's folder.
fn wirecopy(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("wirecopy").expect("the program is built with its tests");
    command.args(arguments).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("CLICOLOR");
    command
}

fn run(arguments: &[&str]) -> Output {
    wirecopy(arguments).output().expect("the program starts")
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn stdout(output: &Output) -> &str {
    str::from_utf8(&output.stdout).expect("the program writes UTF-8")
}

fn stderr(output: &Output) -> &str {
    str::from_utf8(&output.stderr).expect("the program writes UTF-8")
}

fn path(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}
