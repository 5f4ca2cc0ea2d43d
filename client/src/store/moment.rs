//! Time as the store sees it: given with each action, never asked for.

use msnp6::model::Timestamp;

/// When something happened, on two clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// The clock that never runs backwards; for waiting and measuring.
    pub at: Timestamp,
    /// The clock on the wall; for showing.
    pub local: LocalTime,
    /// A number that nobody can guess, another one each time: so that a thousand pages that lost the same
    /// server do not all come back at once.
    pub chance: u16,
}

/// A day and a time of day where the user is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalTime {
    /// The day.
    pub date: LocalDate,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

/// A day where the user is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalDate {
    /// Such as 2001.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 is Sunday.
    pub weekday: u8,
}
