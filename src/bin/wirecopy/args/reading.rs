//! How articles are read, and how they get their outlet, time and title.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use wirecopy::corpus::{self, Field, Pattern, Published, Selection};

/// How articles are read, and how they get their outlet, time and title.
#[derive(Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct ReadingArgs {
    /// CSV table with `path` and any of `outlet`, `published`, `title`, `url` as columns
    #[arg(long, value_name = "FILE.csv")]
    metadata: Option<PathBuf>,

    /// Where an outlet comes from when neither record, page, table nor address names it
    #[arg(long, value_name = "WHERE", default_value = "folder")]
    outlet_from: OutletFrom,

    /// CSV table with the columns `outlet` and `publisher`, or TOML file with lines
    /// `"Publisher" = ["outlet", "outlet.example"]`: outlets of one publisher are one house
    #[arg(long, value_name = "FILE")]
    publishers: Option<PathBuf>,

    /// Where a field of records stands under another name, for example `text=body.content` or
    /// `outlet=meta.site`; of text, outlet, published, captured, title, url, id, credit, source and
    /// language; may be given several times
    #[arg(long, value_name = "NAME=PATH", value_parser = renamed)]
    field: Vec<(Field, String)>,

    #[command(flatten)]
    selection: SelectionArgs,
}

/// What is left out. What these options leave out is counted in the result.
#[derive(Args)]
#[command(next_help_heading = "Selection")]
pub(crate) struct SelectionArgs {
    /// Read only files that match this glob: their name, or with a `/` in it the end of their path;
    /// may be given several times
    #[arg(long, value_name = "GLOB", value_parser = Pattern::parse)]
    include: Vec<Pattern>,

    /// Read no file that matches this glob; may be given several times
    #[arg(long, value_name = "GLOB", value_parser = Pattern::parse)]
    exclude: Vec<Pattern>,

    /// Read no file larger than this on disk, for example 500K, 20M or 1G
    #[arg(long, value_name = "SIZE", value_parser = size)]
    max_file_size: Option<u64>,

    /// Keep only articles in these languages, for example `en,de`: the stated language, else that of
    /// the text; where it cannot be told the article is left out
    #[arg(long, value_name = "CODE,...", value_delimiter = ',', value_parser = language)]
    lang: Vec<String>,

    /// Keep only articles published at this day or time or later; those without a time are left out
    #[arg(long, value_name = "TIME", value_parser = time)]
    since: Option<Published>,

    /// Keep only articles published at this day or time or before; those without a time are left out
    #[arg(long, value_name = "TIME", value_parser = time)]
    until: Option<Published>,
}

impl SelectionArgs {
    fn selection(&self) -> Selection {
        Selection {
            include: self.include.clone(),
            exclude: self.exclude.clone(),
            max_file_size: self.max_file_size,
            languages: self.lang.clone(),
            since: self.since,
            until: self.until,
        }
    }
}

pub(super) fn size(text: &str) -> Result<u64, String> {
    let wrong = || "give bytes, or a number with K, M or G, for example 20M".to_owned();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let shift = match text[digits.len()..].to_ascii_uppercase().as_str() {
        "" | "B" => 0,
        "K" | "KB" | "KIB" => 10,
        "M" | "MB" | "MIB" => 20,
        "G" | "GB" | "GIB" => 30,
        _ => return Err(wrong()),
    };
    let number: u64 = digits.parse().map_err(|_| wrong())?;
    number.checked_mul(1 << shift).ok_or_else(wrong)
}

fn language(text: &str) -> Result<String, String> {
    corpus::language_code(text).ok_or_else(|| "give a code such as en, or a name such as English".to_owned())
}

fn time(text: &str) -> Result<Published, String> {
    Published::parse(text).ok_or_else(|| "write it as 2025-10-31 or 2025-10-31T08:15+08:00".to_owned())
}

impl ReadingArgs {
    /// What they mean for the library.
    pub(crate) fn options(&self) -> corpus::ReadOptions {
        corpus::ReadOptions {
            metadata: self.metadata.clone(),
            outlet_from: match self.outlet_from {
                OutletFrom::Folder => corpus::OutletFrom::Folder,
                OutletFrom::Name => corpus::OutletFrom::Name,
                OutletFrom::None => corpus::OutletFrom::None,
            },
            publishers: self.publishers.clone(),
            fields: self.field.clone(),
            only: self.selection.selection(),
            explain: false,
        }
    }
}

fn renamed(text: &str) -> Result<(Field, String), String> {
    let (name, path) = text.split_once('=').ok_or("write it as NAME=PATH, for example text=body.content")?;
    let field = Field::named(name.trim()).ok_or_else(|| {
        let names: Vec<&str> = Field::ALL.iter().map(|field| field.id()).collect();
        format!("there is no field `{name}`; the fields are {}", names.join(", "))
    })?;
    let path = path.trim();
    if path.is_empty() { Err("no path after the `=`".to_owned()) } else { Ok((field, path.to_owned())) }
}

#[derive(Clone, Copy, ValueEnum)]
enum OutletFrom {
    /// The first folder below the given path
    Folder,
    /// The leading part of the file's name
    Name,
    /// Nowhere: it stays unknown
    None,
}
