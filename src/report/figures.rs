//! Numbers and times as people write them.

/// A number with separators, `12,345`.
pub(super) fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with its noun, `1 article` or `12 articles`.
pub(super) fn count(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(value), if value == 1 { one } else { many })
}

/// The length of a list.
pub(super) fn len<T>(list: &[T]) -> u64 {
    list.len() as u64
}

/// A share in percent. Only nothing is `0%` and only the whole is `100%`.
pub(super) fn percent(share: f64) -> String {
    let percent = (share * 100.0).round();
    if share.is_nan() {
        "–".to_owned()
    } else if percent < 1.0 && share > 0.0 {
        "<1%".to_owned()
    } else if percent > 99.0 && share < 1.0 {
        ">99%".to_owned()
    } else {
        format!("{percent}%")
    }
}

/// A stated time to the minute, `2025-10-31 08:15 +08:00`; what is not stated is not shown.
pub(super) fn minute(published: &str) -> String {
    let Some((date, rest)) = published.split_once('T') else {
        return published.to_owned();
    };
    let zone_at = rest.find(['Z', '+', '-']).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(zone_at);
    let clock = clock.get(..5).unwrap_or(clock);
    match zone {
        "" => format!("{date} {clock}"),
        "Z" => format!("{date} {clock} UTC"),
        _ => format!("{date} {clock} {zone}"),
    }
}

/// The date of a stated time.
pub(super) fn date(published: &str) -> &str {
    published.split_once('T').map_or(published, |(date, _)| date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_separators() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(33_231), "33,231");
        assert_eq!(number(1_000_000), "1,000,000");
        assert_eq!(count(1, "story", "stories"), "1 story");
    }

    #[test]
    fn a_little_is_not_nothing_and_nearly_all_is_not_all() {
        assert_eq!(percent(0.0), "0%");
        assert_eq!(percent(0.004), "<1%");
        assert_eq!(percent(0.006), "1%");
        assert_eq!(percent(0.994), "99%");
        assert_eq!(percent(0.996), ">99%");
        assert_eq!(percent(1.0), "100%");
        assert_eq!(percent(f64::NAN), "–");
    }

    #[test]
    fn times_show_what_was_stated() {
        assert_eq!(minute("2025"), "2025");
        assert_eq!(minute("2025-10-31"), "2025-10-31");
        assert_eq!(minute("2025-10-31T08:15"), "2025-10-31 08:15");
        assert_eq!(minute("2025-10-31T08:15:09Z"), "2025-10-31 08:15 UTC");
        assert_eq!(minute("2025-10-31T08:15:09-03:30"), "2025-10-31 08:15 -03:30");
        assert_eq!(date("2025-10-31T08:15Z"), "2025-10-31");
    }
}
