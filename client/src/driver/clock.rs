//! The browser's clocks, and one alarm. Nothing else of the page asks for the time.

use gloo::timers::callback::Timeout;
use msnp6::model::Timestamp;

use crate::store::{LocalDate, LocalTime, Moment};

/// The longest wait that browsers take, in milliseconds; a longer one is waited for in parts.
const LONGEST_WAIT: u64 = 0x7fff_ffff;

/// Now, on both clocks.
pub fn moment() -> Moment {
    Moment {
        at: now(),
        local: local_time(),
        chance: chance(),
    }
}

/// Milliseconds since the page was opened; never runs backwards, whatever happens to the wall clock.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the count is positive and far below 2^53"
)]
pub(super) fn now() -> Timestamp {
    let performance = web_sys::window().and_then(|window| window.performance());
    Timestamp(performance.map_or_else(js_sys::Date::now, |p| p.now()) as u64)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the product is from 0 to 65,535"
)]
fn chance() -> u16 {
    (js_sys::Math::random() * 65_536.0) as u16
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a date's parts are small numbers by definition"
)]
fn local_time() -> LocalTime {
    let date = js_sys::Date::new_0();
    LocalTime {
        date: LocalDate {
            year: date.get_full_year() as u16,
            month: date.get_month() as u8 + 1,
            day: date.get_date() as u8,
            weekday: date.get_day() as u8,
        },
        hour: date.get_hours() as u8,
        minute: date.get_minutes() as u8,
    }
}

/// One wake-up; a new one replaces the one before, and dropping it cancels it.
#[derive(Debug, Default)]
pub struct Alarm {
    timeout: Option<Timeout>,
}

impl Alarm {
    /// Calls `ring` at that time, or a little later. It may ring early when the time is weeks ahead.
    pub fn set(&mut self, at: Timestamp, ring: impl FnOnce() + 'static) {
        let wait = at.0.saturating_sub(now().0).min(LONGEST_WAIT);
        // One more, since the clock is cut to whole milliseconds and an early ring would ring twice.
        let wait = u32::try_from(wait + 1).unwrap_or(u32::MAX >> 1);
        self.timeout = Some(Timeout::new(wait, ring));
    }

    /// Forgets the wake-up.
    pub fn cancel(&mut self) {
        self.timeout = None;
    }
}
