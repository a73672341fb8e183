//! Times that cannot be what they say.

use jiff::civil::{Date, date};

use super::Published;

/// The zeros of clocks and calendars of machines: of Unix, of spreadsheets, of Windows.
const ZEROS: [Date; 5] =
    [date(1970, 1, 1), date(1900, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(1601, 1, 1)];
/// What they are called.
pub(in crate::corpus) const ZERO: &str = "published time is the zero of a machine's clock";
/// The year of the first newspaper.
const FIRST_NEWSPAPER: i16 = 1605;

/// What is written for no time at all; neither is a date that could be read.
const EMPTY: [&str; 2] = ["0001-01-01", "0000-00-00"];

/// Whether a stated time is one that machines write for none.
pub(in crate::corpus) fn is_empty(stated: &str) -> bool {
    EMPTY.iter().any(|empty| stated.starts_with(empty))
}

impl Published {
    /// Returns why this cannot be the time of publication, as a phrase, if it cannot be.
    #[must_use]
    pub fn doubt(&self) -> Option<&'static str> {
        // Zero in UTC is the evening before in America.
        let zones = [self.local.date(), self.sort_key().date()];
        let is_evening_before = self.local.date() == date(1969, 12, 31);
        if is_evening_before || zones.iter().any(|date| ZEROS.contains(date)) {
            return Some(ZERO);
        }
        (self.local.year() < FIRST_NEWSPAPER).then_some("published time before there were newspapers")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_and_years_before_printing_are_doubted() {
        let doubt = |text: &str| Published::parse(text).unwrap().doubt();
        for zero in ["1970-01-01", "1970-01-01T00:00:00Z", "1969-12-31T19:00:00-05:00", "1899-12-30"] {
            assert!(doubt(zero).unwrap().contains("zero"), "{zero}");
        }
        assert!(is_empty("0001-01-01T00:00:00Z") && !is_empty("2001-01-01"));
        assert!(doubt("1504-05-06").unwrap().contains("newspapers"));
        for fine in ["1970-01-02", "1969-12-30", "2031-03-04T05:06Z", "1871-03-04"] {
            assert_eq!(doubt(fine), None, "{fine}");
        }
    }
}
