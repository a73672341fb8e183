//! The settings file of `--config`: options by their long names, as if they had been typed.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::parser::ValueSource;
use toml::Value;

/// A settings file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("cannot use the settings file {}: {reason}", path.display())]
pub(crate) struct SettingsError {
    path: PathBuf,
    reason: String,
}

impl SettingsError {
    fn new(path: &Path, reason: impl fmt::Display) -> Self {
        Self { path: path.to_owned(), reason: reason.to_string().trim_end().to_owned() }
    }

    /// The parser does not accept a value of the file.
    pub(crate) fn refused(path: &Path, error: &clap::Error) -> Self {
        let message = error.to_string();
        let reason = message.strip_prefix("error: ").unwrap_or(&message);
        Self::new(path, reason.split("\n\nFor more").next().unwrap_or(reason))
    }
}

/// The arguments that the file stands for: `--name=value` for every setting that the command
/// knows and that was not typed. Settings of other commands are passed over, so that one file
/// serves them all.
pub(crate) fn arguments(
    path: &Path,
    program: &clap::Command,
    typed: &ArgMatches,
) -> Result<Vec<OsString>, SettingsError> {
    let text = fs::read_to_string(path).map_err(|error| SettingsError::new(path, error))?;
    let table: toml::Table = toml::from_str(&text).map_err(|error| SettingsError::new(path, error))?;
    let Some((command, typed)) = typed.subcommand() else { return Ok(Vec::new()) };

    let mut arguments = Vec::new();
    for (name, value) in &table {
        let Some(knows) = known(program, command, name) else {
            let reason = format!("`{name}` is not a long option of any command");
            return Err(SettingsError::new(path, reason));
        };
        let id = name.replace('-', "_");
        if knows && typed.value_source(&id) != Some(ValueSource::CommandLine) {
            arguments.extend(typed_as(name, value).map_err(|reason| SettingsError::new(path, reason))?);
        }
    }
    Ok(arguments)
}

/// Whether this command has the long option; nothing where no command has it. A settings file
/// cannot name another one.
fn known(program: &clap::Command, command: &str, name: &str) -> Option<bool> {
    let has = |command: &clap::Command| {
        name != "config" && command.get_arguments().any(|argument| argument.get_long() == Some(name))
    };
    let mut having = program.get_subcommands().filter(|command| has(command)).peekable();
    having.peek()?;
    Some(having.any(|having| having.get_name() == command))
}

/// The arguments that one setting stands for; a list is as many of them.
fn typed_as(name: &str, value: &Value) -> Result<Vec<OsString>, String> {
    let values = match value {
        Value::Boolean(wanted) => {
            return Ok(wanted.then(|| format!("--{name}").into()).into_iter().collect());
        }
        Value::Array(values) => values.as_slice(),
        value => std::slice::from_ref(value),
    };
    values.iter().map(|value| Ok(format!("--{name}={}", scalar(name, value)?).into())).collect()
}

fn scalar(name: &str, value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Integer(number) => Ok(number.to_string()),
        Value::Float(number) => Ok(number.to_string()),
        Value::Boolean(_) | Value::Datetime(_) | Value::Array(_) | Value::Table(_) => {
            Err(format!("`{name}` must be a text, a number, true or false, or a list of texts"))
        }
    }
}
