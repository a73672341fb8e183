//! Reads times as sources state them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::clock::{self, Clock};
use super::{Precision, Published, words};

/// Years of articles; anything else is a misprint or another number.
const YEARS: std::ops::RangeInclusive<i16> = 1500..=2200;
/// Seconds since 1970 that are taken for Unix times: the years 1980 to 2100.
const UNIX_SECONDS: std::ops::Range<i64> = 315_532_800..4_102_444_800;

impl Published {
    /// Reads a time as sources state it: ISO 8601 in its usual variants, compact dates, RFC 2822,
    /// English dates with the month in letters, and Unix times in seconds or milliseconds.
    ///
    /// Returns nothing for what can be read in two ways, such as `03/04/2018`, and for years
    /// that no article has. A zone in letters other than UTC's leaves the offset open: `CST` is
    /// one thing in Chicago and another in Shanghai.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        number(text).or_else(|| figures(text)).or_else(|| words::read(text)?.published())
    }
}

/// The parts of a time while they are being found.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Parts {
    pub(super) year: Option<i16>,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
    pub(super) clock: Option<Clock>,
}

impl Parts {
    /// Puts the parts together, if they are a time that there can be.
    fn published(self) -> Option<Published> {
        let year = self.year.filter(|year| YEARS.contains(year))?;
        let precision = match (self.month, self.day, self.clock) {
            (Some(_), Some(_), Some(clock)) if clock.second.is_some() => Precision::Second,
            (Some(_), Some(_), Some(_)) => Precision::Minute,
            (Some(_), Some(_), None) => Precision::Day,
            (Some(_), None, None) => Precision::Month,
            (None, None, None) => Precision::Year,
            _ => return None,
        };
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        let clock = self.clock.unwrap_or_default();
        // A leap second has no second of its own in civil time.
        let second = clock.second.unwrap_or(0).min(59);
        let local = DateTime::new(year, month, day, clock.hour, clock.minute, second, 0).ok()?;
        Some(Published { local, precision, offset: clock.offset })
    }
}

/// Reads a bare number: a date without separators or a Unix time.
fn number(text: &str) -> Option<Published> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let seconds = match whole.len() {
        9 | 10 => whole.parse().ok()?,
        12 | 13 => whole.parse::<i64>().ok()? / 1000,
        _ => return compact(text, None),
    };
    if !UNIX_SECONDS.contains(&seconds) {
        return compact(text, None);
    }
    let local = Offset::UTC.to_datetime(Timestamp::from_second(seconds).ok()?);
    Some(Published { local, precision: Precision::Second, offset: Some(Offset::UTC) })
}

/// Reads `YYYY`, `YYYYMMDD`, `YYYYMMDDhhmm` or `YYYYMMDDhhmmss`.
fn compact(digits: &str, offset: Option<Offset>) -> Option<Published> {
    if !all_digits(digits) || !matches!(digits.len(), 4 | 8 | 12 | 14) {
        return None;
    }
    let pair = |at: usize| digits.get(at..at + 2)?.parse::<i8>().ok();
    let clock = match (pair(8), pair(10)) {
        (Some(hour), Some(minute)) => Some(Clock { hour, minute, second: pair(12), offset }),
        _ => None,
    };
    Parts { year: digits[..4].parse().ok(), month: pair(4), day: pair(6), clock }.published()
}

/// Reads dates written in figures: `2018-07`, `2018/7/16`, `2018-07-16T07:11:00.5+02:00`,
/// `20180716T071100Z`, and `16/07/2018` where only one reading is possible.
fn figures(text: &str) -> Option<Published> {
    let is_date = |c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.');
    let (date, rest) = text.split_at(text.find(|c| !is_date(c)).unwrap_or(text.len()));
    let rest = rest.strip_prefix(['T', 't', ',']).unwrap_or(rest).trim_start();
    if date.len() == 8 && all_digits(date) {
        let (digits, zone) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
        return compact(&format!("{date}{digits}"), clock::zone(clock::without_fraction(zone))?);
    }
    let mut parts = date_of_figures(date)?;
    if !rest.is_empty() {
        parts.clock = Some(Clock::read(rest)?);
    }
    parts.published()
}

fn date_of_figures(date: &str) -> Option<Parts> {
    let separator = date.chars().find(|c| !c.is_ascii_digit())?;
    let figures: Vec<&str> = date.split(separator).collect();
    if !figures.iter().all(|figure| all_digits(figure)) {
        return None;
    }
    let (year, month, day) = match figures[..] {
        [year, month] if month.len() == 2 && separator == '-' => (year, month.parse().ok()?, None),
        [year, month, day] if year.len() == 4 => (year, month.parse().ok()?, Some(day.parse().ok()?)),
        [first, second, year] => {
            let (first, second): (i8, i8) = (first.parse().ok()?, second.parse().ok()?);
            match (first > 12, second > 12) {
                (true, false) => (year, second, Some(first)),
                (false, true) => (year, first, Some(second)),
                _ if first == second => (year, second, Some(first)),
                _ => return None,
            }
        }
        _ => return None,
    };
    (year.len() == 4).then(|| Parts { year: year.parse().ok(), month: Some(month), day, clock: None })
}

pub(super) fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: &str) {
        let found = Published::parse(text).map(|published| published.to_string());
        assert_eq!(found.as_deref(), Some(expected), "{text:?}");
    }

    #[test]
    fn the_time_of_day_may_come_first() {
        reads("Fri 6:45 PM, Feb 16, 2018", "2018-02-16T18:45");
        reads("01:38:07 PM IST Nov 20, 2019", "2019-11-20T13:38:07");
        reads("7:11 16 July 2018", "2018-07-16T07:11");
        reads("07:11 GMT\u{a0}16 JUL 2018", "2018-07-16T07:11Z");
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
        reads("2018-07-16T07:11:00+02:00[Europe/Helsinki]", "2018-07-16T07:11:00+02:00");
        reads("2018-07-16T07:11:00[Europe/Helsinki]", "2018-07-16T07:11:00");
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
        reads("16 Jul 2018 07:11:00 +0530 (IST)", "2018-07-16T07:11:00+05:30");
        reads("Mon, 16 Jul 2018 07:11:00 EDT", "2018-07-16T07:11:00");
        reads("Mon, 16 Jul 2018 07:11:00 GMT+0530", "2018-07-16T07:11:00+05:30");
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

    proptest! {
        #[test]
        fn any_text_is_a_time_or_not(text in "[-0-9TZ:./+ ,ajulpmé\\[]{0,30}") {
            if let Some(published) = Published::parse(&text) {
                prop_assert!(YEARS.contains(&published.local.year()));
            }
        }

        #[test]
        fn what_is_written_is_read_again(seconds in UNIX_SECONDS, minutes in -840_i32..=840, precision in 0..5) {
            let offset = Offset::from_seconds(minutes * 60).unwrap();
            let local = offset.to_datetime(Timestamp::from_second(seconds).unwrap());
            let all = [Precision::Year, Precision::Month, Precision::Day, Precision::Minute, Precision::Second];
            let precision = all[precision as usize];
            let offset = (precision >= Precision::Minute).then_some(offset);
            let written = Published { local, precision, offset }.to_string();
            let read = Published::parse(&written).unwrap();
            prop_assert_eq!(read.to_string(), written);
            prop_assert_eq!(read.precision, precision);
        }
    }
}
