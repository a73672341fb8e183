//! The output for people.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

use super::{Listing, listed};
use crate::fixity::{
    Balance, Conclusion, Convention, Row, Sought, Status, Subject, Summary, Verification, quote,
};
use crate::report::clean;
use crate::report::figures::{count, number};

/// More undecided files of a folder than these are one line.
const LISTED_UNDECIDED: usize = 10;
/// More groups of duplicates than these are a number.
const LISTED_GROUPS: usize = 5;

/// Writes what needs attention (or everything), then the conventions and the totals, which
/// `summary` turns off.
///
/// # Errors
/// What the writer says.
pub fn write_text(
    out: &mut dyn Write,
    verification: &Verification,
    listing: Listing,
    summary: bool,
) -> io::Result<()> {
    let mut folders: BTreeMap<&Path, Vec<&Row>> = BTreeMap::new();
    for row in verification.files.iter().filter(|row| row.status == Status::Undecided) {
        folders.entry(row.path.0.parent().unwrap_or(Path::new(""))).or_default().push(row);
    }
    folders.retain(|_, rows| listing == Listing::Attention && rows.len() > LISTED_UNDECIDED);
    for row in listed(verification, listing) {
        let many = folders.get(row.path.0.parent().unwrap_or(Path::new("")));
        match many.filter(|_| row.status == Status::Undecided) {
            Some(rows) if rows[0].path == row.path => write_many(out, rows)?,
            Some(_) => {}
            None => write_row(out, row, Said::by(verification))?,
        }
    }
    if summary {
        let listed_any = listed(verification, listing).next().is_some();
        if listed_any {
            writeln!(out)?;
        }
        for convention in &verification.conventions {
            write_convention(out, convention)?;
        }
        write_unchecked(out, verification)?;
        write_balance(out, &verification.balance, Said::by(verification))?;
        write_duplicates(out, verification)?;
        write_totals(out, verification)?;
        write_hint(out, &verification.summary)?;
    }
    Ok(())
}

/// Writes only the paths that are listed, each ended by NUL.
///
/// # Errors
/// What the writer says.
pub fn write_paths(out: &mut dyn Write, verification: &Verification, listing: Listing) -> io::Result<()> {
    for row in listed(verification, listing) {
        out.write_all(row.path.0.as_os_str().as_encoded_bytes())?;
        out.write_all(b"\0")?;
    }
    Ok(())
}

/// What says which digest a file should have.
#[derive(Clone, Copy)]
enum Said {
    ByName,
    ByManifest,
}

impl Said {
    fn by(verification: &Verification) -> Self {
        if verification.manifest.is_some() { Self::ByManifest } else { Self::ByName }
    }
}

fn write_row(out: &mut dyn Write, row: &Row, said: Said) -> io::Result<()> {
    let word = row.status.word().replace('_', " ").to_uppercase();
    write!(out, "{word:<9}  {}", quote(&row.path.0))?;
    let Some(check) = &row.name_check else {
        return match &row.reason {
            Some(reason) => writeln!(out, ": {}", clean::name(reason)),
            None => writeln!(out),
        };
    };
    match (row.status, &check.diagnosis) {
        (Status::Ok | Status::OkByRecipe, _) => {
            writeln!(out, ": {}", check.convention.as_deref().unwrap_or_default())
        }
        (Status::Undecided, Some(diagnosis)) => writeln!(out, ": {}", clean::name(&diagnosis.text)),
        (_, diagnosis) => {
            writeln!(out)?;
            let convention = check.convention.as_deref().unwrap_or_default();
            let what = match said {
                Said::ByName => "name",
                Said::ByManifest => "list",
            };
            writeln!(out, "           the {what} says  {}", check.named)?;
            if let Some(found) = &check.found {
                writeln!(out, "           the file has   {found}  ({convention})")?;
            }
            if let Some(diagnosis) = diagnosis {
                writeln!(out, "           {}", clean::name(&diagnosis.text))?;
                if let Some(command) = &diagnosis.command {
                    writeln!(out, "           $ {command}")?;
                }
            }
            Ok(())
        }
    }
}

fn write_many(out: &mut dyn Write, rows: &[&Row]) -> io::Result<()> {
    let first = rows[0];
    let folder = first.path.0.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = quote(folder.unwrap_or(Path::new(".")));
    writeln!(
        out,
        "UNDECIDED  {} files in {folder} (--all lists them); the first:",
        number(rows.len() as u64)
    )?;
    let text = first.name_check.as_ref().and_then(|check| check.diagnosis.as_ref()).map_or("", |d| &d.text);
    let name = quote(Path::new(first.path.0.file_name().unwrap_or_default()));
    writeln!(out, "           {name}: {}", clean::name(text))
}

fn write_convention(out: &mut dyn Write, convention: &Convention) -> io::Result<()> {
    let Convention { slot, encoding, bits, description, confirmed, of, chance, stated, .. } = convention;
    writeln!(out, "Convention: {bits} bits in {encoding}, {slot}: {description}")?;
    let chance = if *stated {
        "stated, not inferred".to_owned()
    } else {
        // Rounded up, so that "below" is true; so small a chance needs no more digits.
        let exponent = (-chance.max(1e-30).log10()).floor();
        format!("chance of coincidence below 1e-{exponent}")
    };
    writeln!(out, "            {} of {} digests confirm it; {chance}", number(*confirmed), number(*of))
}

/// Says where a name that is right says nothing about what the file holds.
fn write_unchecked(out: &mut dyn Write, verification: &Verification) -> io::Result<()> {
    let subjects = verification.conventions.iter().map(|convention| convention.reading.subject);
    let others: BTreeSet<&str> =
        subjects.filter(|subject| *subject != Subject::Content).map(Subject::plural).collect();
    if others.is_empty() {
        return Ok(());
    }
    let others: Vec<&str> = others.into_iter().collect();
    let tables: Vec<String> = verification.tables.iter().map(|table| quote(&table.0)).collect();
    let from = if tables.is_empty() { String::new() } else { format!(" (from {})", tables.join(", ")) };
    writeln!(
        out,
        "Not checked: what the files hold, where names are digests of {}{from}",
        others.join(" or of ")
    )
}

/// One line on contents and names that do not go together one to one.
fn write_balance(out: &mut dyn Write, balance: &Balance, said: Said) -> io::Result<()> {
    let (absent, unnamed) = match said {
        Said::ByName => ("names whose content is not here", "contents whose name is not here"),
        Said::ByManifest => ("digests whose content is not here", "contents that no digest is left for"),
    };
    let counts = [
        (balance.moved.len(), "contents under wrong names"),
        (balance.names_without_content.len(), absent),
        (balance.content_without_name.len(), unnamed),
    ];
    let parts: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{what}: {}", number(count as u64)))
        .collect();
    if parts.is_empty() {
        return Ok(());
    }
    writeln!(out, "Both ways:  {}", parts.join(", "))
}

/// What may help where no name could be checked.
fn write_hint(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    if summary.conclusion() != Conclusion::NothingChecked {
        return Ok(());
    }
    if summary.undecided == 0 {
        return writeln!(out, "No name carries a digest, so there was nothing to check.");
    }
    writeln!(
        out,
        "Nothing confirms what the digests were made from: URLs or titles can be named with --metadata FILE,\n\
         a known algorithm with --algorithm NAME."
    )
}

fn write_duplicates(out: &mut dyn Write, verification: &Verification) -> io::Result<()> {
    for kind in [Sought::Bytes, Sought::Text] {
        let groups: Vec<_> = verification.duplicates.iter().filter(|group| group.kind == kind).collect();
        if groups.is_empty() {
            continue;
        }
        let files: usize = groups.iter().map(|group| group.files.len()).sum();
        let what = if kind == Sought::Text { "words" } else { "bytes" };
        writeln!(
            out,
            "Duplicates: {} files in {} with the same {what}",
            number(files as u64),
            count(groups.len() as u64, "group", "groups")
        )?;
        for group in groups.iter().take(LISTED_GROUPS) {
            let first = quote(&group.files[0].0);
            writeln!(out, "            {} x {first}", group.files.len())?;
        }
        if groups.len() > LISTED_GROUPS {
            writeln!(
                out,
                "            and {} more (--format json lists them)",
                groups.len() - LISTED_GROUPS
            )?;
        }
    }
    Ok(())
}

fn write_totals(out: &mut dyn Write, verification: &Verification) -> io::Result<()> {
    let s = &verification.summary;
    let mut parts = vec![
        (s.ok, "ok"),
        (s.ok_by_recipe, "ok by recipe"),
        (s.mismatch, "mismatch"),
        (s.undecided, "undecided"),
        (s.no_digest, "no digest"),
        (s.skipped, "skipped"),
        (s.error, "error"),
    ];
    // Only manifests can name what is missing.
    parts.extend([(s.missing, "missing"), (s.extra, "extra")].into_iter().filter(|part| part.0 > 0));
    let parts: Vec<String> =
        parts.into_iter().map(|(count, word)| format!("{} {word}", number(count))).collect();
    writeln!(out, "{} seen = {}", number(s.seen), parts.join(" + "))
}
