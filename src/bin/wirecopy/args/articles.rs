//! Arguments of every command that reads articles: how they are read, credited and compared.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use clap::Args;
use wirecopy::agency::Rules;
use wirecopy::matching;
use wirecopy::provenance::Overrides;

use super::reading::{ReadingArgs, size};

const MOST_WORDS: i64 = matching::Options::MOST_WORDS as i64;

/// What every command that reads articles can be told about them.
#[derive(Args)]
pub(crate) struct ArticleArgs {
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,

    #[command(flatten)]
    pub(crate) agency: AgencyArgs,

    #[command(flatten)]
    pub(crate) corrections: OverrideArgs,

    #[command(flatten)]
    pub(crate) matching: MatchingOptions,
}

/// How agency copy is known.
#[derive(Args)]
#[command(next_help_heading = "Agencies")]
pub(crate) struct AgencyArgs {
    /// TOML file with agencies and rules that are added, or replace those of the same name or id
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) agencies: Option<PathBuf>,
}

impl AgencyArgs {
    /// The program's own rules, and those of the file.
    ///
    /// # Errors
    /// When the file cannot be read or used.
    pub(crate) fn rules(&self) -> anyhow::Result<Arc<Rules>> {
        let Some(file) = &self.agencies else { return Ok(Arc::default()) };
        let name = file.display();
        let text = fs::read_to_string(file).with_context(|| format!("cannot read the agencies in {name}"))?;
        let rules =
            Rules::with(&text).map_err(|error| anyhow!("cannot use the agencies in {name}: {error}"))?;
        Ok(Arc::new(rules))
    }
}

/// What a person knows better.
#[derive(Args)]
#[command(next_help_heading = "Corrections")]
pub(crate) struct OverrideArgs {
    /// TOML file with outlets, times, agencies and verdicts set by hand; it always wins
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) overrides: Option<PathBuf>,
}

impl OverrideArgs {
    /// What the file sets.
    ///
    /// # Errors
    /// When the file cannot be read or used.
    pub(crate) fn overrides(&self) -> anyhow::Result<Arc<Overrides>> {
        let Some(file) = &self.overrides else { return Ok(Arc::default()) };
        let name = file.display();
        let text =
            fs::read_to_string(file).with_context(|| format!("cannot read the overrides in {name}"))?;
        let overrides = Overrides::parse(&text)
            .map_err(|error| anyhow!("cannot use the overrides in {name}: {error}"))?;
        Ok(Arc::new(overrides))
    }
}

/// What counts as shared text.
#[derive(Args)]
#[command(next_help_heading = "Matching")]
pub(crate) struct MatchingOptions {
    /// Fewest words of a paragraph that is compared as a paragraph
    #[arg(long, value_name = "N", default_value_t = matching::Options::default().min_words)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=MOST_WORDS))]
    min_words: u32,

    /// Least share of the shorter paragraph's word triples that must stand in the other, 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = matching::Options::default().containment)]
    #[arg(value_parser = positive_share)]
    containment: f64,

    /// A smaller share that is enough of a long paragraph, where 15 word triples or more are shared
    #[arg(long, value_name = "SHARE", default_value_t = matching::Options::default().long_containment)]
    #[arg(value_parser = positive_share)]
    long_containment: f64,

    /// Fewest words of a verbatim run that is found wherever it stands
    #[arg(long, value_name = "N", default_value_t = matching::Options::default().min_run)]
    #[arg(value_parser = clap::value_parser!(u32).range(4..=MOST_WORDS))]
    min_run: u32,

    /// Memory that the search for shared text may take beside the articles and what it finds, for
    /// example 4G; less means more passes over the words and changes no result [default: two bytes a
    /// word, from 64M to 192M, but at least one byte for two words]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    memory: Option<u64>,
}

impl MatchingOptions {
    /// What they mean for the library.
    pub(crate) fn options(&self) -> matching::Options {
        let &Self { min_words, containment, long_containment, min_run, memory } = self;
        let default = matching::Options::default();
        matching::Options { min_words, containment, long_containment, min_run, memory, ..default }
    }
}

pub(super) fn positive_share(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(share) if share > 0.0 && share <= 1.0 => Ok(share),
        Ok(_) | Err(_) => Err("give a number above 0 and at most 1, for example 0.5".to_owned()),
    }
}
