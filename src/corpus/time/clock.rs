//! The time of day and what stands after it.

use jiff::tz::Offset;

use super::stated::all_digits;

/// Names of UTC. Other letters stand for different offsets in different places.
const UTC: [&str; 4] = ["Z", "UTC", "GMT", "UT"];
/// Largest offset from UTC in minutes; 14 hours is the largest in use.
const LARGEST_OFFSET: i32 = 15 * 60;

/// Time of day; no second means that none was stated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: i8,
    pub(super) minute: i8,
    pub(super) second: Option<i8>,
    pub(super) offset: Option<Offset>,
}

impl Clock {
    /// Reads `07:11`, `07:11:00.123`, `7:11 pm`, each with or without a zone after it.
    pub(super) fn read(text: &str) -> Option<Self> {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(text.len());
        let mut clock = figures(&text[..end])?;
        let mut rest = without_fraction(&text[end..]).trim_start();
        for (half, names) in [(0, ["am", "a.m."]), (12, ["pm", "p.m."])] {
            let is_here =
                |name: &&str| rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
            if let Some(name) = names.iter().find(|name| is_here(name)) {
                clock.hour = match clock.hour {
                    12 => half,
                    hour @ 1..=11 => hour + half,
                    _ => return None,
                };
                rest = rest[name.len()..].trim_start();
            }
        }
        clock.offset = zone(rest)?;
        Some(clock)
    }
}

fn figures(text: &str) -> Option<Clock> {
    let figures: Option<Vec<i8>> = text
        .split(':')
        .map(|figure| (figure.len() <= 2 && all_digits(figure)).then(|| figure.parse().ok())?)
        .collect();
    let (hour, minute, second) = match figures?[..] {
        [hour, minute] => (hour, minute, None),
        [hour, minute, second] => (hour, minute, Some(second)),
        _ => return None,
    };
    let plausible = hour <= 23 && minute <= 59 && second.is_none_or(|second| second <= 60);
    plausible.then_some(Clock { hour, minute, second, offset: None })
}

/// Returns what stands after a decimal fraction.
pub(super) fn without_fraction(text: &str) -> &str {
    match text.strip_prefix(['.', ',']) {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => text,
    }
}

/// Reads what stands after a time of day. The outer option says whether it can stand there, the
/// inner one whether it gives an offset. What is in brackets is an explanation.
pub(super) fn zone(text: &str) -> Option<Option<Offset>> {
    let text = text.split(['[', '(']).next().unwrap_or(text).trim();
    if text.is_empty() {
        return Some(None);
    }
    if UTC.iter().any(|name| name.eq_ignore_ascii_case(text)) {
        return Some(Some(Offset::UTC));
    }
    let signed = UTC.iter().find_map(|name| text.strip_prefix(name)).unwrap_or(text);
    if let Some(digits) = signed.strip_prefix(['+', '-', '\u{2212}']) {
        let sign = if signed.starts_with('+') { 60 } else { -60 };
        return Some(Offset::from_seconds(sign * minutes(digits)?).ok());
    }
    let is_abbreviation = (2..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase());
    is_abbreviation.then_some(None)
}

/// Reads `5`, `05`, `0530` or `05:30` as minutes.
fn minutes(text: &str) -> Option<i32> {
    let digits = text.replacen(':', "", 1);
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "0"),
        4 if all_digits(&digits) => digits.split_at(2),
        _ => return None,
    };
    let minutes: i32 = minutes.parse().ok().filter(|minutes| *minutes < 60)?;
    let minutes = hours.parse::<u8>().ok().map(i32::from)? * 60 + minutes;
    (minutes <= LARGEST_OFFSET).then_some(minutes)
}
