//! `wirecopy verify`: do the names say what the files are?

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;
use wirecopy::fixity::{
    self, Algorithm, Forced, Options, Recipe, Slot, Sought, Subject, Verification, quote, rename,
};
use wirecopy::report::verification::{self, Listing};

use crate::args::RunArgs;
use crate::exit::Exit;
use crate::output::{Destination, Written};
use crate::session;

/// Check whether file names that carry a digest say what the files are.
///
/// What the digests mean (algorithm, truncation, and whether content, URL, title or name was
/// hashed) is inferred over all files together. Exit code: 0 all right, 1 something does not fit,
/// 2 wrong usage or nothing could be read, 3 done but some input was unreadable, 4 no name could
/// be checked.
#[derive(clap::Args)]
#[command(mut_arg("quiet", |quiet| quiet.help("Print no summary")))]
#[command(after_help = "\
Examples:
  wirecopy verify archive/
      What needs attention below archive/, and a sum of all verdicts. What the digests in the names
      were made from is found out over all files together.
  wirecopy verify pages/ --metadata index.csv
      Names may be digests of the URLs, titles or texts of a table.
  wirecopy verify archive/ --algorithm md5 --slot suffix
      Where the names are known to be MD5 digests of the bytes, behind something else.
  wirecopy verify bag/ --manifest bag/manifest-sha256.txt
      A list of digests instead of the names; missing and extra files are named as well.
  wirecopy verify archive/ --emit sums > SHA256SUMS
      Lines for `sha256sum -c`.
  wirecopy verify archive/ --rename-plan plan.jsonl
  wirecopy verify --apply plan.jsonl
      Files that lie under another file's name get their own back; a journal takes it back again.

Exit codes: 0 all right; 1 something does not fit; 2 wrong usage, or nothing could be read; 3 done,
but some input could not be read; 4 no name could be checked.")]
pub(crate) struct Args {
    /// Folders (with all below them) and files
    #[arg(required_unless_present_any = ["manifest", "apply", "undo"])]
    paths: Vec<PathBuf>,
    /// List every file, not only what needs attention
    #[arg(long)]
    all: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Print digests as `sha256sum -c` reads them, for every file (`--algorithm` chooses another)
    #[arg(long, value_enum, conflicts_with_all = ["manifest", "rename_plan"])]
    emit: Option<Emit>,
    /// Print only paths, each ended by NUL; with `--emit sums` end the lines by NUL
    #[arg(short = '0', long = "null")]
    null: bool,
    /// Print nothing; the exit code tells
    #[arg(long)]
    status: bool,
    /// Table of URLs, titles, texts or names: CSV with a header, JSON or JSON lines
    #[arg(long, value_name = "FILE")]
    metadata: Option<PathBuf>,
    /// The digest algorithm, for example sha256, sha512-256, md5, blake3, crc32, git-blob
    #[arg(long, value_parser = algorithm)]
    algorithm: Option<Algorithm>,
    /// What was done to the bytes before hashing, for example crlf-to-lf, end-trimmed, decompressed
    #[arg(long, value_parser = recipe)]
    recipe: Option<Recipe>,
    /// Where in the name the digest stands, for example whole, prefix, suffix, after-index
    #[arg(long, value_parser = slot)]
    slot: Option<Slot>,
    /// What was hashed: content, text, url, title or name
    #[arg(long, value_parser = subject)]
    subject: Option<Subject>,
    /// TOML file with any of algorithm, recipe, slot and subject
    #[arg(long, value_name = "FILE")]
    convention: Option<PathBuf>,
    /// Which duplicates to look for among files whose names carry digests
    #[arg(long, value_enum, default_value_t = DuplicatesChoice::Bytes)]
    duplicates: DuplicatesChoice,
    /// Check a list of digests instead of the names: SHA256SUMS and the like, BSD tags, BagIt. Its
    /// paths start from the folder that is given, else from its own
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Write a plan of renames for misplaced contents as JSON lines; nothing is touched
    #[arg(long, value_name = "FILE", conflicts_with = "manifest")]
    rename_plan: Option<PathBuf>,
    /// Carry out a plan: hash again, rename without replacing anything, keep a journal
    #[arg(long, value_name = "PLAN", exclusive = true)]
    apply: Option<PathBuf>,
    /// Take back the renames of a journal
    #[arg(long, value_name = "JOURNAL", exclusive = true)]
    undo: Option<PathBuf>,
    #[command(flatten)]
    run: RunArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Jsonl,
    Csv,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Emit {
    Sums,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DuplicatesChoice {
    None,
    Bytes,
    Text,
}

fn algorithm(name: &str) -> Result<Algorithm, String> {
    Algorithm::from_name(name).ok_or_else(|| {
        let known: Vec<&str> = Algorithm::all().map(Algorithm::id).collect();
        format!("known are {}", known.join(", "))
    })
}

fn recipe(id: &str) -> Result<Recipe, String> {
    Recipe::from_id(id)
        .ok_or_else(|| format!("known are as-is, {}", fixity::FOR_BYTES.map(Recipe::id).join(", ")))
}

fn slot(id: &str) -> Result<Slot, String> {
    Slot::ALL
        .into_iter()
        .find(|slot| slot.id() == id)
        .ok_or_else(|| format!("known are {}", Slot::ALL.map(Slot::id).join(", ")))
}

fn subject(id: &str) -> Result<Subject, String> {
    Subject::ALL
        .into_iter()
        .find(|subject| subject.id() == id)
        .ok_or_else(|| format!("known are {}", Subject::ALL.map(Subject::id).join(", ")))
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    session::set_threads(&args.run)?;
    if let Some(plan) = &args.apply {
        return apply(plan);
    }
    if let Some(journal) = &args.undo {
        return say(&match rename::undo(journal)? {
            0 => "nothing to take back: the files have their old names".to_owned(),
            count => format!("{} renamed back", files(count)),
        });
    }
    if args.emit == Some(Emit::Sums) {
        return emit_sums(args);
    }
    let typed =
        Forced { algorithm: args.algorithm, recipe: args.recipe, slot: args.slot, subject: args.subject };
    let written = args.convention.as_deref().map(Forced::from_file).transpose()?;
    let options = Options {
        forced: typed.or(written.unwrap_or_default()),
        metadata: args.metadata.clone(),
        duplicates: match args.duplicates {
            DuplicatesChoice::None => Sought::None,
            DuplicatesChoice::Bytes => Sought::Bytes,
            DuplicatesChoice::Text => Sought::Text,
        },
    };
    let verification = match &args.manifest {
        Some(manifest) => fixity::audit(manifest, &args.paths, &options)?,
        None => fixity::verify(&args.paths, &options)?,
    };
    if let Some(plan) = &args.rename_plan {
        rename::write_lines(plan, &rename::plan(&verification.files))?;
    }
    if print(args, &verification)? == Written::Closed {
        return Ok(Exit::Done);
    }
    Ok(verification.summary.conclusion().into())
}

/// Carries out a plan; its journal lies beside it.
fn apply(plan: &Path) -> Result<Exit> {
    let mut journal = plan.as_os_str().to_owned();
    journal.push(".journal");
    let journal = Path::new(&journal);
    let count = rename::apply(plan, journal)?;
    say(&format!("{} renamed; `wirecopy verify --undo {}` takes it back", files(count), quote(journal)))
}

fn files(count: usize) -> String {
    format!("{count} {}", if count == 1 { "file" } else { "files" })
}

fn say(text: &str) -> Result<Exit> {
    Destination::Stdout.write(|out| writeln!(out, "{text}"))?;
    Ok(Exit::Done)
}

/// Writes a checksum line for every file; what cannot be read goes to standard error.
fn emit_sums(args: &Args) -> Result<Exit> {
    let (sums, failures) = fixity::checksums(&args.paths, args.algorithm.unwrap_or(Algorithm::Sha256));
    let lines = sums.iter().map(|(path, digest)| (path.as_path(), digest.as_slice()));
    if Destination::Stdout.write(|out| verification::write_sums(out, lines, args.null))? == Written::Closed {
        return Ok(Exit::Done);
    }
    for (path, failure) in &failures {
        session::note(&format!("{}: {failure}", quote(path)), false);
    }
    Ok(match (sums.is_empty(), failures.is_empty()) {
        (true, _) => Exit::Unusable,
        (false, true) => Exit::Done,
        (false, false) => Exit::Incomplete,
    })
}

fn print(args: &Args, found: &Verification) -> Result<Written> {
    if args.status {
        return Ok(Written::Whole);
    }
    let listing = if args.all { Listing::All } else { Listing::Attention };
    Destination::Stdout.write(|out| match args.format {
        _ if args.null => verification::write_paths(out, found, listing),
        Format::Text => verification::write_text(out, found, listing, !args.run.quiet),
        Format::Json => verification::write_json(out, found, listing),
        Format::Jsonl => verification::write_jsonl(out, found, listing),
        Format::Csv => verification::write_csv(out, found, listing),
    })
}
