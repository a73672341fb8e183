//! Times with the month in letters.

use super::clock::Clock;
use super::stated::{Parts, all_digits};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// What stands between the words of a date: spaces of all kinds, commas, and the hyphens of
/// `16-Jul-2018`.
const BETWEEN: [char; 6] = [' ', ',', '-', '\t', '\u{a0}', '\u{202f}'];

/// Reads a time in English words: RFC 2822, `July 16, 2018`, `16th of July 2018, 7:11 pm`,
/// `Mon Jul 16 07:11:00 2018`, `16-Jul-2018`. Any other word makes it no time.
pub(super) fn read(text: &str) -> Option<Parts> {
    let mut parts = Parts::default();
    let mut rest = text;
    while !rest.is_empty() {
        let (word, following) = rest.split_at(rest.find(BETWEEN).unwrap_or(rest.len()));
        if word.contains(':') && parts.month.is_none() {
            // The time of day comes before the date: `7:11 PM IST July 16, 2018`.
            let end = end_of_clock(rest);
            parts.clock = Some(Clock::read(rest[..end].trim_end_matches(BETWEEN))?);
            rest = rest[end..].trim_start_matches(BETWEEN);
            continue;
        }
        if word.contains(':') {
            let mut clock = rest;
            if parts.year.is_none() {
                // The year may come last: `Mon Jul 16 07:11:00 +0000 2018`.
                let (before, last) = rest.rsplit_once(' ')?;
                parts.year = Some(year(last)?);
                clock = before;
            }
            parts.clock = Some(Clock::read(clock)?);
            break;
        }
        rest = following.trim_start_matches(BETWEEN);
        let word = word.trim_end_matches('.').to_ascii_lowercase();
        if parts.month.is_none()
            && let Some(month) = position(&MONTHS, &word)
        {
            parts.month = Some(month);
        } else if parts.day.is_none()
            && let Some(day) = day(&word)
        {
            parts.day = Some(day);
        } else if parts.year.is_none()
            && let Some(year) = year(&word)
        {
            parts.year = Some(year);
        } else if position(&WEEKDAYS, &word).is_none() && !matches!(word.as_str(), "at" | "of" | "|") {
            return None;
        }
    }
    parts.month.is_some().then_some(parts)
}

/// Returns where a time of day ends that a text begins with: after its half of the day and its zone.
fn end_of_clock(text: &str) -> usize {
    let mut end = 0;
    for (index, word) in text.split(BETWEEN).enumerate() {
        let lower = word.trim_end_matches('.').to_ascii_lowercase();
        let is_half = matches!(lower.as_str(), "am" | "pm" | "a.m" | "p.m");
        let is_zone = (2..=5).contains(&word.len())
            && word.bytes().all(|byte| byte.is_ascii_uppercase())
            && position(&MONTHS, &lower).is_none()
            && position(&WEEKDAYS, &lower).is_none();
        if index > 0 && !is_half && !is_zone {
            break;
        }
        end = word.as_ptr() as usize - text.as_ptr() as usize + word.len();
    }
    end
}

fn day(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    (digits.len() <= 2 && all_digits(digits)).then(|| digits.parse().ok())?
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4 && all_digits(word)).then(|| word.parse().ok())?
}

/// Finds a lower-case name, or its usual short form, and returns its number from 1.
fn position(names: &[&str], word: &str) -> Option<i8> {
    let is_short = word.len() == 3 || matches!(word, "sept" | "tues" | "thur" | "thurs");
    let found = names.iter().position(|name| *name == word || is_short && name.starts_with(word))?;
    i8::try_from(found + 1).ok()
}
