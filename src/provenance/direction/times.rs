//! What stated times and captures say about who was first.

use std::cmp::Ordering;

use jiff::civil::Time;
use jiff::tz::Offset;

use super::{Evidence, EvidenceKind, Weight};
use crate::corpus::{Article, Precision, Published};

/// Compares the stated times of two articles, given with their indices.
pub(super) fn compare(a: (u32, &Article), b: (u32, &Article)) -> Evidence {
    let (weight, from, text) = match (&a.1.published, &b.1.published) {
        (Some(time_a), Some(time_b)) => match (instant(&time_a.value), instant(&time_b.value)) {
            (Some(at_a), Some(at_b)) => {
                let seconds = at_b.as_second() - at_a.as_second();
                let later = |(_, article): (u32, &Article)| {
                    format!("the stated time of {} is {} later", article.id, span(seconds.abs()))
                };
                match at_a.cmp(&at_b) {
                    Ordering::Less => (Weight::Decides, Some(a.0), later(b)),
                    Ordering::Greater => (Weight::Decides, Some(b.0), later(a)),
                    Ordering::Equal => (Weight::Silent, None, "both state the same time".to_owned()),
                }
            }
            _ => (Weight::Silent, None, inexact(&time_a.value, &time_b.value)),
        },
        _ => (Weight::Silent, None, "a stated time is missing".to_owned()),
    };
    Evidence { kind: EvidenceKind::StatedTime, weight, from, text }
}

/// Which article was captured before the other was published, as that one states. A capture proves
/// that a text stood there by then, and not when it began to; so two captures decide nothing.
pub(super) fn captures(a: (u32, &Article), b: (u32, &Article)) -> Vec<Evidence> {
    let before = |first: (u32, &Article), second: (u32, &Article)| {
        let captured = instant(&first.1.captured.as_ref()?.value)?;
        let published = instant(&second.1.published.as_ref()?.value)?;
        let seconds = published.as_second() - captured.as_second();
        (seconds > 0).then(|| Evidence {
            kind: EvidenceKind::CaptureTime,
            weight: Weight::Decides,
            from: Some(first.0),
            text: format!(
                "{} was captured {} before the stated time of {}",
                first.1.id,
                span(seconds),
                second.1.id
            ),
        })
    };
    before(a, b).into_iter().chain(before(b, a)).collect()
}

/// Why two stated times do not say which of them was first.
fn inexact(a: &Published, b: &Published) -> String {
    match (lack(a), lack(b)) {
        (Some(of_a), Some(of_b)) if of_a == of_b => format!("the stated times {a} and {b} have {of_a}"),
        (of_a, of_b) => {
            let said = [(a, of_a), (b, of_b)];
            let said = said.into_iter().filter_map(|(time, lack)| Some(format!("{time} has {}", lack?)));
            format!("of the stated times {}", said.collect::<Vec<_>>().join(" and "))
        }
    }
}

/// What a stated time would need to name an instant.
fn lack(time: &Published) -> Option<&'static str> {
    match instant(time) {
        Some(_) => None,
        None if time.precision < Precision::Minute => Some("no time of day"),
        None if time.offset.is_none() => Some("no known zone"),
        None => Some("only midnight sharp, as days have"),
    }
}

/// The instant that a stated time names, where it names one. Midnight sharp is how databases write a
/// day of which they know no time.
pub(in crate::provenance) fn instant(time: &Published) -> Option<jiff::Timestamp> {
    let offset: Offset = time.offset?;
    has_time_of_day(time).then(|| offset.to_timestamp(time.local).ok())?
}

/// Whether a stated time gives more than its day.
pub(in crate::provenance) fn has_time_of_day(time: &Published) -> bool {
    time.precision >= Precision::Minute && time.local.time() != Time::midnight()
}

fn span(seconds: i64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match () {
        () if days > 1 => format!("{days} days"),
        () if hours > 0 => format!("{hours} h {} min", minutes % 60),
        () if minutes > 0 => format!("{minutes} min"),
        () => format!("{seconds} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_times_lack_is_said_of_each() {
        for (a, b, said) in [
            ("2031-02-21", "2031-02-22", "the stated times 2031-02-21 and 2031-02-22 have no time of day"),
            (
                "2031-02-21T12:00",
                "2031-02-21T13:00",
                "the stated times 2031-02-21T12:00 and 2031-02-21T13:00 have no known zone",
            ),
            (
                "2031-02-21",
                "2031-02-22T12:00",
                "of the stated times 2031-02-21 has no time of day and 2031-02-22T12:00 has no known zone",
            ),
            (
                "2031-02-21T12:00+02:00",
                "2031-02-22T00:00+02:00",
                "of the stated times 2031-02-22T00:00+02:00 has only midnight sharp, as days have",
            ),
        ] {
            let [a, b] = [a, b].map(|time| Published::parse(time).expect("a time"));
            assert_eq!(inexact(&a, &b), said);
        }
    }
}
