//! Reads times as sources state them.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

use super::{Precision, Published};

/// Years of articles; anything else is a misprint or another number.
const YEARS: std::ops::RangeInclusive<i16> = 1500..=2200;
/// Seconds since 1970 that are taken for Unix times: the years 1980 to 2100.
const UNIX_SECONDS: std::ops::Range<i64> = 315_532_800..4_102_444_800;
/// Zones that RFC 2822 defines, with their hours from UTC. Other letters are no offset.
const ZONES: [(&str, i8); 12] = [
    ("Z", 0),
    ("UT", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
];
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
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

impl Published {
    /// Reads a time as sources state it: ISO 8601 in its usual variants, compact dates, RFC 2822,
    /// English dates with the month in letters, and Unix times in seconds or milliseconds.
    ///
    /// Returns nothing for what can be read in two ways, such as `03/04/2018`, and for years
    /// that no article has.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        number(text)
            .or_else(|| figures(text))
            .or_else(|| words(text))
    }
}

/// The parts of a time while they are being found.
#[derive(Debug, Clone, Copy, Default)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    clock: Option<Clock>,
    offset: Option<Offset>,
}

/// Time of day; no second means that none was stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Clock {
    hour: i8,
    minute: i8,
    second: Option<i8>,
}

impl Parts {
    fn published(self) -> Option<Published> {
        let year = self.year.filter(|year| YEARS.contains(year))?;
        let date = Date::new(year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()?;
        let precision = match (self.month, self.day, self.clock) {
            (
                Some(_),
                Some(_),
                Some(Clock {
                    second: Some(_), ..
                }),
            ) => Precision::Second,
            (Some(_), Some(_), Some(_)) => Precision::Minute,
            (Some(_), Some(_), None) => Precision::Day,
            (Some(_), None, None) => Precision::Month,
            (None, None, None) => Precision::Year,
            _ => return None,
        };
        let clock = self.clock.unwrap_or(Clock {
            hour: 0,
            minute: 0,
            second: None,
        });
        let local = DateTime::new(
            year,
            date.month(),
            date.day(),
            clock.hour,
            clock.minute,
            // A leap second has no second of its own in civil time.
            clock.second.unwrap_or(0).min(59),
            0,
        );
        let offset = self.offset.filter(|_| self.clock.is_some());
        Some(Published {
            local: local.ok()?,
            precision,
            offset,
        })
    }
}

/// Reads a bare number: a date without separators or a Unix time.
fn number(text: &str) -> Option<Published> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !all_digits(whole) || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds = match whole.len() {
        4 | 8 | 14 if fraction.is_empty() => return compact(whole, None),
        9 | 10 => whole.parse::<i64>().ok()?,
        12 | 13 => whole.parse::<i64>().ok()? / 1000,
        _ => return None,
    };
    if !UNIX_SECONDS.contains(&seconds) {
        return if fraction.is_empty() {
            compact(whole, None)
        } else {
            None
        };
    }
    let local = Offset::UTC.to_datetime(jiff::Timestamp::from_second(seconds).ok()?);
    Some(Published {
        local,
        precision: Precision::Second,
        offset: Some(Offset::UTC),
    })
}

/// Reads `YYYY`, `YYYYMMDD`, `YYYYMMDDhhmm` or `YYYYMMDDhhmmss`.
fn compact(digits: &str, offset: Option<Offset>) -> Option<Published> {
    let part = |at: usize| digits.get(at..at + 2)?.parse::<i8>().ok();
    let clock = match digits.len() {
        4 | 8 => None,
        12 => Some(Clock {
            hour: part(8)?,
            minute: part(10)?,
            second: None,
        }),
        14 => Some(Clock {
            hour: part(8)?,
            minute: part(10)?,
            second: Some(part(12)?),
        }),
        _ => return None,
    };
    Parts {
        year: digits.get(..4)?.parse().ok(),
        month: part(4),
        day: part(6),
        clock,
        offset,
    }
    .published()
}

/// Reads dates written in figures: `2018-07`, `2018/7/16`, `2018-07-16T07:11:00.5+02:00`,
/// `20180716T071100Z`, and `16/07/2018` where only one reading is possible.
fn figures(text: &str) -> Option<Published> {
    let date_length = text
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '/' | '.'))
        .unwrap_or(text.len());
    let (date, rest) = text.split_at(date_length);
    let rest = rest
        .strip_prefix(['T', 't', ','])
        .unwrap_or(rest)
        .trim_start();

    if all_digits(date) && date.len() == 8 && !rest.is_empty() {
        let zone = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = &rest[..rest.len() - zone.len()];
        if matches!(digits.len(), 4 | 6) {
            return compact(
                &format!("{date}{digits}"),
                read_zone(without_fraction(zone))?,
            );
        }
    }

    let separator = date.find(['-', '/', '.']).map(|at| &date[at..=at])?;
    let figures: Vec<&str> = date.split(separator).collect();
    if !figures.iter().all(|figure| all_digits(figure)) {
        return None;
    }
    let mut parts = Parts::default();
    match figures[..] {
        [year, month] if year.len() == 4 && month.len() == 2 && separator == "-" => {
            parts.year = year.parse().ok();
            parts.month = Some(month.parse().ok()?);
        }
        [year, month, day] if year.len() == 4 => {
            parts.year = year.parse().ok();
            parts.month = Some(month.parse().ok()?);
            parts.day = Some(day.parse().ok()?);
        }
        [first, second, year] if year.len() == 4 => {
            let (first, second): (i8, i8) = (first.parse().ok()?, second.parse().ok()?);
            let (day, month) = match (first > 12, second > 12) {
                (true, false) => (first, second),
                (false, true) => (second, first),
                (false, false) if first == second => (first, second),
                _ => return None,
            };
            parts.year = year.parse().ok();
            parts.month = Some(month);
            parts.day = Some(day);
        }
        _ => return None,
    }
    if !rest.is_empty() {
        (parts.clock, parts.offset) = clock_and_zone(rest)?;
    }
    parts.published()
}

/// Reads `07:11`, `07:11:00.123`, `7:11 pm`, each with or without a zone after it.
fn clock_and_zone(text: &str) -> Option<(Option<Clock>, Option<Offset>)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != ':')
        .unwrap_or(text.len());
    let mut clock = read_clock(&text[..end])?;
    let mut rest = without_fraction(&text[end..]).trim_start();
    for (half, names) in [(0, ["am", "a.m."]), (12, ["pm", "p.m."])] {
        for name in names {
            if rest
                .get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
            {
                clock.hour = on_the_12_hour_clock(clock.hour, half)?;
                rest = rest[name.len()..].trim_start();
            }
        }
    }
    Some((Some(clock), read_zone(rest)?))
}

/// Reads a time in words: RFC 2822, `July 16, 2018`, `Mon Jul 16 07:11:00 2018`, `16-Jul-2018`.
fn words(text: &str) -> Option<Published> {
    let mut parts = Parts::default();
    let mut rest = text;
    // The month's letters must come early, or this is no date but running text.
    for _ in 0..8 {
        rest = rest.trim_start_matches([' ', ',', '\t', '\u{a0}', '\u{202f}']);
        if rest.is_empty() {
            break;
        }
        let end = rest
            .find([' ', ',', '\t', '\u{a0}', '\u{202f}'])
            .unwrap_or(rest.len());
        let mut word = &rest[..end];
        if word.contains(':') {
            let mut clock = rest;
            if parts.year.is_none() {
                // The year may come last: `Mon Jul 16 07:11:00 +0000 2018`.
                let (before, year) = rest.rsplit_once(' ')?;
                parts.year = Some(full_year(year)?);
                clock = before;
            }
            (parts.clock, parts.offset) = clock_and_zone(clock)?;
            return (parts.month.is_some() && parts.day.is_some()).then(|| parts.published())?;
        }
        if word.contains('-') && word.contains(|c: char| c.is_ascii_alphabetic()) {
            word = &word[..word.find('-').unwrap_or(word.len())];
            rest = &rest[word.len() + 1..];
        } else {
            rest = &rest[end..];
        }
        let word = word.trim_end_matches('.');
        if let Some(month) = position(&MONTHS, word).filter(|_| parts.month.is_none()) {
            parts.month = i8::try_from(month + 1).ok();
        } else if let Some(day) = day_of_month(word).filter(|_| parts.day.is_none()) {
            parts.day = Some(day);
        } else if let Some(year) =
            full_year(word).filter(|_| parts.month.is_some() && parts.year.is_none())
        {
            parts.year = Some(year);
        } else if position(&WEEKDAYS, word).is_none() && !matches!(word, "at" | "of" | "|") {
            return None;
        }
    }
    parts.month?;
    rest.is_empty().then(|| parts.published())?
}

fn read_clock(text: &str) -> Option<Clock> {
    let mut figures = text.split(':').map(|figure| {
        let plausible = all_digits(figure) && figure.len() <= 2;
        plausible.then(|| figure.parse::<i8>().ok()).flatten()
    });
    let clock = Clock {
        hour: figures.next()??,
        minute: figures.next()??,
        second: figures
            .next()
            .map_or(Some(None), |second| second.map(Some))?,
    };
    let plausible =
        clock.hour <= 23 && clock.minute <= 59 && clock.second.is_none_or(|second| second <= 60);
    (plausible && figures.next().is_none()).then_some(clock)
}

fn on_the_12_hour_clock(hour: i8, half: i8) -> Option<i8> {
    match hour {
        12 => Some(half),
        1..=11 => Some(hour + half),
        _ => None,
    }
}

fn without_fraction(text: &str) -> &str {
    match text.strip_prefix(['.', ',']) {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => text,
    }
}

/// Reads what stands after a time of day. The outer option says whether it is a zone at all,
/// the inner one whether it gives an offset.
fn read_zone(text: &str) -> Option<Option<Offset>> {
    let text = match text.split_once(['[', '(']) {
        Some((before, _)) => before.trim(),
        None => text.trim(),
    };
    if text.is_empty() {
        return Some(None);
    }
    if let Some((_, hours)) = ZONES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(text))
    {
        return Offset::from_hours(*hours).ok().map(Some);
    }
    let text = ["UTC", "GMT"]
        .iter()
        .find_map(|name| text.strip_prefix(name))
        .unwrap_or(text);
    if let Some(digits) = text.strip_prefix(['+', '-', '\u{2212}']) {
        let digits = digits.replacen(':', "", 1);
        let (hours, minutes) = match digits.len() {
            1 | 2 => (digits.as_str(), "0"),
            4 => digits.split_at(2),
            _ => return None,
        };
        if !all_digits(&digits) {
            return None;
        }
        let minutes =
            hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok().filter(|m| *m < 60)?;
        let sign = if text.starts_with('+') { 60 } else { -60 };
        return (minutes <= 15 * 60).then(|| Offset::from_seconds(sign * minutes).ok());
    }
    // A zone's letters that stand for different offsets in different places.
    let is_abbreviation =
        (2..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase());
    is_abbreviation.then_some(None)
}

fn day_of_month(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .unwrap_or(word);
    (all_digits(digits) && digits.len() <= 2).then(|| digits.parse().ok())?
}

fn full_year(word: &str) -> Option<i16> {
    (all_digits(word) && word.len() == 4).then(|| word.parse().ok())?
}

/// Finds a name by its whole or its first three letters (`Sept` too).
fn position(names: &[&str], word: &str) -> Option<usize> {
    let word = word.to_ascii_lowercase();
    let is_short = word.len() == 3 || matches!(word.as_str(), "sept" | "tues" | "thur" | "thurs");
    names
        .iter()
        .position(|name| *name == word || is_short && name.starts_with(&word))
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: &str) {
        let found = Published::parse(text).map(|published| published.to_string());
        assert_eq!(found.as_deref(), Some(expected), "{text:?}");
    }

    #[test]
    fn iso_8601_in_its_variants() {
        reads("2018", "2018");
        reads("2018-07", "2018-07");
        reads("2018-07-16", "2018-07-16");
        reads(" 2018/7/6 ", "2018-07-06");
        reads("2018.07.16", "2018-07-16");
        reads("20180716", "2018-07-16");
        reads("2018-07-16T07:11", "2018-07-16T07:11");
        reads("2018-07-16 07:11:00", "2018-07-16T07:11:00");
        reads("2018-07-16T07:11:00.123456Z", "2018-07-16T07:11:00Z");
        reads("2018-07-16t07:11:00z", "2018-07-16T07:11:00Z");
        reads("2018-07-16T07:11:00+05:30", "2018-07-16T07:11:00+05:30");
        reads("2018-07-16T07:11:00.000+0530", "2018-07-16T07:11:00+05:30");
        reads("2018-07-16 07:11:00 -04", "2018-07-16T07:11:00-04:00");
        reads("2018-07-16 07:11:00 UTC", "2018-07-16T07:11:00Z");
        reads(
            "2018-07-16T07:11:00+02:00[Europe/Helsinki]",
            "2018-07-16T07:11:00+02:00",
        );
        reads(
            "2018-07-16T07:11:00[Europe/Helsinki]",
            "2018-07-16T07:11:00",
        );
        reads("20180716T071100Z", "2018-07-16T07:11:00Z");
        reads("20180716T0711", "2018-07-16T07:11");
        reads("20180716071100", "2018-07-16T07:11:00");
        reads("201807160711", "2018-07-16T07:11");
        reads("2018-07-16, 7:11 PM", "2018-07-16T19:11");
        reads("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z");
    }

    #[test]
    fn dates_in_words() {
        reads("Mon, 16 Jul 2018 07:11:00 GMT", "2018-07-16T07:11:00Z");
        reads(
            "16 Jul 2018 07:11:00 +0530 (IST)",
            "2018-07-16T07:11:00+05:30",
        );
        reads("Mon, 16 Jul 2018 07:11:00 EDT", "2018-07-16T07:11:00-04:00");
        reads("July 16, 2018", "2018-07-16");
        reads("16 July 2018", "2018-07-16");
        reads("16th of July, 2018", "2018-07-16");
        reads("Jul 16, 2018 07:11", "2018-07-16T07:11");
        reads("July 16, 2018 at 12:11 AM", "2018-07-16T00:11");
        reads("Jul. 16, 2018 7:11 p.m. ET", "2018-07-16T19:11");
        reads("Mon Jul 16 07:11:00 2018", "2018-07-16T07:11:00");
        reads("Mon Jul 16 07:11:00 +0000 2018", "2018-07-16T07:11:00Z");
        reads("16-Jul-2018", "2018-07-16");
        reads("July 2018", "2018-07");
        reads("Sept 3, 2018", "2018-09-03");
    }

    #[test]
    fn unix_times_are_utc() {
        reads("1531725060", "2018-07-16T07:11:00Z");
        reads("1531725060.75", "2018-07-16T07:11:00Z");
        reads("1531725060123", "2018-07-16T07:11:00Z");
    }

    #[test]
    fn figures_are_only_read_in_one_possible_way() {
        reads("16/07/2018", "2018-07-16");
        reads("07/16/2018 07:11", "2018-07-16T07:11");
        reads("07.07.2018", "2018-07-07");
        assert_eq!(Published::parse("03/04/2018"), None);
        assert_eq!(Published::parse("03-04-2018"), None);
        assert_eq!(Published::parse("03/04/18"), None);
    }

    #[test]
    fn what_is_no_time_is_not_read() {
        for text in [
            "",
            " ",
            "yesterday",
            "an hour ago",
            "1234",
            "0000-00-00",
            "2018-13-01",
            "2018-02-30",
            "2018-07-16T25:00",
            "2018-07-16T07:61",
            "1400-01-01",
            "3018-01-01",
            "July",
            "July 16",
            "Monday",
            "12:30",
            "16",
            "1",
            "99999",
            "2018-07-16T07:11:00 nonsense",
            "2018-07-16T07:11:00+99:00",
            "99999999999999",
            "1531725060123456",
            "2018-07-16-17",
            "2018-",
            "--",
            "July 16 2018 maybe",
            "é2018",
            "2018-07-16é",
            "13:00 PM July 1 2018",
        ] {
            assert_eq!(Published::parse(text), None, "{text:?}");
        }
    }
}
