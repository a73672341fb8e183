//! Arguments of `wirecopy completions` and `wirecopy man`.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

/// Arguments of `wirecopy completions`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  wirecopy completions bash > ~/.local/share/bash-completion/completions/wirecopy
  wirecopy completions zsh > ~/.zfunc/_wirecopy
  wirecopy completions fish > ~/.config/fish/completions/wirecopy.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: Shell,
}

/// Arguments of `wirecopy man`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  wirecopy man | man -l -
  wirecopy man -o ~/.local/share/man/man1
      wirecopy.1 and a page for every command, such as wirecopy-report.1.")]
pub(crate) struct ManArgs {
    /// Folder for the pages of all commands; without it the main page goes to standard output
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,

    /// Replace pages that are already in the folder
    #[arg(long)]
    pub(crate) force: bool,
}
