//! Times and days in words.

use core::time::Duration;

use crate::store::{LocalDate, LocalTime};

/// Such as `09:05`.
pub fn clock(time: LocalTime) -> String {
    format!("{:02}:{:02}", time.hour, time.minute)
}

/// Such as `Monday, 23 November 2026`.
pub fn date(date: LocalDate) -> String {
    let weekday = word(&WEEKDAYS, usize::from(date.weekday));
    let month = word(&MONTHS, usize::from(date.month).wrapping_sub(1));
    format!("{weekday}, {} {month} {}", date.day, date.year)
}

/// Such as `48 ms` or `1.2 s`.
pub fn duration(duration: Duration) -> String {
    match (duration.as_secs(), duration.subsec_millis()) {
        (0, millis) => format!("{millis} ms"),
        (seconds, millis) => format!("{seconds}.{} s", millis / 100),
    }
}

fn word(words: &'static [&'static str], index: usize) -> &'static str {
    words.get(index).copied().unwrap_or("?")
}

const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_two_digits_twice() {
        let time = LocalTime {
            hour: 9,
            minute: 5,
            ..LocalTime::default()
        };
        assert_eq!(clock(time), "09:05");
    }

    #[test]
    fn a_day_is_written_out() {
        let day = LocalDate {
            year: 2026,
            month: 11,
            day: 23,
            weekday: 1,
        };
        assert_eq!(date(day), "Monday, 23 November 2026");
    }

    #[test]
    fn a_broken_date_does_no_harm() {
        assert_eq!(date(LocalDate::default()), "Sunday, 0 ? 0");
    }

    #[test]
    fn durations_change_their_unit_at_a_second() {
        assert_eq!(duration(Duration::from_millis(999)), "999 ms");
        assert_eq!(duration(Duration::from_millis(1260)), "1.2 s");
    }
}
