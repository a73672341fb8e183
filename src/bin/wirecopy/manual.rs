//! `wirecopy completions` and `wirecopy man`.

use anyhow::{Context, Result};
use clap_mangen::Man;

use crate::args::{self, CompletionsArgs, ManArgs};
use crate::exit::Exit;
use crate::output::{Destination, Folder, Present};

/// Runs `wirecopy completions`.
pub(crate) fn completions(args: &CompletionsArgs) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut args::program(), "wirecopy", &mut script);
    Destination::Stdout.write(|out| out.write_all(&script))?;
    Ok(Exit::Done)
}

/// Runs `wirecopy man`.
pub(crate) fn man(args: &ManArgs) -> Result<Exit> {
    let pages = pages()?;
    let Some(path) = &args.output else {
        let (_, main) = &pages[0];
        Destination::Stdout.write(|out| out.write_all(main))?;
        return Ok(Exit::Done);
    };
    let present = if args.force { Present::Replace } else { Present::Spare };
    let folder = Folder::named(path, pages.iter().map(|(name, _)| name.as_str()), present)?;
    folder.make()?;
    for ((_, page), file) in pages.iter().zip(folder.files()) {
        file.write(|out| out.write_all(page))?;
    }
    Ok(Exit::Done)
}

/// The names of all pages with their text: first that of the program, then its commands'.
fn pages() -> Result<Vec<(String, Vec<u8>)>> {
    let mut program = args::program().disable_help_subcommand(true);
    program.build();
    let page = |command: clap::Command| {
        let man = Man::new(command).source(concat!("wirecopy ", env!("CARGO_PKG_VERSION")));
        let mut text = Vec::new();
        man.render(&mut text).context("cannot make the manual")?;
        Ok((man.get_filename(), text))
    };
    let commands = program.get_subcommands().map(|command| {
        // The name of the page, with a hyphen as in `man git-log`.
        let name = format!("wirecopy-{}", command.get_name());
        command.clone().name(name).version(env!("CARGO_PKG_VERSION"))
    });
    std::iter::once(program.clone()).chain(commands).map(page).collect()
}
