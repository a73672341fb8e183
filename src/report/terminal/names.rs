//! File names that carry a digest, and whether they say what the files are.

use std::collections::BTreeMap;
use std::io;

use anstyle::Style;

use super::clean;
use super::figures::{count, len, number};
use super::page::{FOUND, Page, QUIET};
use super::table::Cell;
use crate::fixity::{NameCheck, NameVerdict};
use crate::report::Input;

/// An input with the check of its name.
type Checked<'a> = (&'a Input, &'a NameCheck);

/// Longest lists of names.
const TOP: usize = 10;

/// Writes how many names were confirmed and by which convention, and lists the others.
pub(super) fn write(inputs: &[Input], page: &mut Page<'_>) -> io::Result<()> {
    let checks: Vec<Checked<'_>> =
        inputs.iter().filter_map(|input| Some((input, input.name_check.as_ref()?))).collect();
    if checks.is_empty() {
        return Ok(());
    }
    let with = |verdict| {
        let found = checks.iter().filter(move |(_, check)| check.verdict == verdict);
        found.copied().collect::<Vec<_>>()
    };
    let (mut ok, mismatch, undecided) =
        (with(NameVerdict::Ok), with(NameVerdict::Mismatch), with(NameVerdict::Undecided));
    ok.extend(with(NameVerdict::OkByRecipe));
    page.heading(
        "Names and hashes",
        &format!(
            "{}: {} matching, {} not matching, {} undecided",
            count(len(&checks), "name carries a digest", "names carry a digest"),
            number(len(&ok)),
            number(len(&mismatch)),
            number(len(&undecided)),
        ),
    )?;
    conventions(&ok, &mismatch, page)?;
    list(&mismatch, "no match", page)?;
    list(&undecided, "undecided", page)?;
    if let Some(most) = undecided.iter().map(|(_, check)| check.readings).max().filter(|most| *most > 0) {
        let readings = count(most.into(), "reading", "readings");
        let text = format!(
            "Undecided: none of {readings} tried (what is hashed, how, and how much of the digest \
             is kept) gives the digest in the name."
        );
        page.prose(0, &text, QUIET)?;
    }
    Ok(())
}

/// Each convention with the number of names that follow it and that do not.
fn conventions(ok: &[Checked<'_>], mismatch: &[Checked<'_>], page: &mut Page<'_>) -> io::Result<()> {
    let mut counts = BTreeMap::<&str, [u64; 2]>::new();
    for (at, checks) in [ok, mismatch].into_iter().enumerate() {
        for convention in checks.iter().filter_map(|(_, check)| check.convention.as_deref()) {
            counts.entry(convention).or_default()[at] += 1;
        }
    }
    for (convention, [ok, mismatch]) in counts {
        let convention = clean::prose(convention);
        let (ok, mismatch) = (number(ok), number(mismatch));
        let text = format!("Convention: {convention} ({ok} matching, {mismatch} not)");
        page.prose(0, &text, QUIET)?;
    }
    Ok(())
}

fn list(checks: &[Checked<'_>], verdict: &str, page: &mut Page<'_>) -> io::Result<()> {
    let shown = page.shown(checks.len(), TOP);
    for (input, check) in &checks[..shown] {
        let mut text = format!("{} names {}", clean::name(&input.path), clean::name(&check.named));
        if let Some(found) = &check.found {
            text.push_str(&format!(", is {}", clean::name(found)));
        }
        page.item(0, &Cell::new(verdict, FOUND), "undecided".len(), &text, Style::new())?;
    }
    page.more(0, checks.len(), shown)
}
