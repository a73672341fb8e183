//! Published times that remember how precise they are and whether a zone was given.

mod clock;
pub(super) mod doubt;
mod stated;
mod words;

use std::fmt;

use jiff::ToSpan;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// How much of a time its source states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// A year only.
    Year,
    /// A year and a month.
    Month,
    /// A calendar day.
    Day,
    /// Hours and minutes.
    Minute,
    /// Seconds or finer.
    Second,
}

/// A stated time. Nothing is added to what the source says: a day stays a day, and a time
/// without a zone stays without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The local date and time as stated; parts finer than `precision` are zero (or one).
    pub local: DateTime,
    /// How much of `local` was stated.
    pub precision: Precision,
    /// Offset from UTC where the source gives one.
    pub offset: Option<Offset>,
}

impl Published {
    /// Key for sorting a timeline: the UTC time where a zone is known, else the local time as
    /// if it were UTC. For display order only, never as evidence of who was first.
    #[must_use]
    pub fn sort_key(&self) -> DateTime {
        match self.offset {
            Some(offset) => {
                offset.to_timestamp(self.local).map_or(self.local, |instant| Offset::UTC.to_datetime(instant))
            }
            None => self.local,
        }
    }
}

impl Published {
    /// Whether all that this time may mean lies before all that the other one may mean. A day goes
    /// from its first second to its last; without a zone on both sides, clocks are compared.
    #[must_use]
    pub fn is_before(&self, other: &Self) -> bool {
        let zones = self.offset.is_some() && other.offset.is_some();
        let key = |time: &Self| if zones { time.sort_key() } else { time.local };
        let length = match self.precision {
            Precision::Year => 1.year(),
            Precision::Month => 1.month(),
            Precision::Day => 1.day(),
            Precision::Minute => 1.minute(),
            Precision::Second => 1.second(),
        };
        key(self).checked_add(length).is_ok_and(|end| end <= key(other))
    }
}

impl fmt::Display for Published {
    /// Writes ISO 8601 with exactly the stated precision: `2025-10-31`, `2025-10-31T08:15`,
    /// `2025-10-31T08:15:00+08:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.local.date();
        match self.precision {
            Precision::Year => return write!(f, "{:04}", date.year()),
            Precision::Month => return write!(f, "{:04}-{:02}", date.year(), date.month()),
            Precision::Day => return write!(f, "{date}"),
            Precision::Minute => {
                write!(f, "{date}T{:02}:{:02}", self.local.hour(), self.local.minute())?;
            }
            Precision::Second => {
                let (h, m, s) = (self.local.hour(), self.local.minute(), self.local.second());
                write!(f, "{date}T{h:02}:{m:02}:{s:02}")?;
            }
        }
        match self.offset {
            None => Ok(()),
            Some(offset) if offset == Offset::UTC => f.write_str("Z"),
            Some(offset) => {
                let minutes = offset.seconds() / 60;
                let sign = if minutes < 0 { '-' } else { '+' };
                let minutes = minutes.abs();
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}
