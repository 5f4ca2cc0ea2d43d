//! Whether the server is still there. Not every server answers `PNG`, so silence counts only where an
//! answer has been seen before (reference §6).

use core::time::Duration;

use crate::model::Timestamp;

/// After this much silence we ask.
const INTERVAL: Duration = Duration::from_secs(50);

/// How long a server that has answered before may take.
const PATIENCE: Duration = Duration::from_secs(25);

/// What is known about the server's being there.
#[derive(Debug, Default)]
pub(super) struct Keepalive {
    heard: Timestamp,
    asked: Option<Timestamp>,
    has_answered: bool,
}

/// What to do now.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Alive,
    Ask,
    Dead,
}

impl Keepalive {
    /// Anything at all came from the server.
    pub(super) fn heard(&mut self, now: Timestamp) {
        self.heard = now;
        self.asked = None;
    }

    /// It was the answer to `PNG`.
    pub(super) fn answered(&mut self) {
        self.has_answered = true;
    }

    /// When to look again.
    pub(super) fn deadline(&self) -> Timestamp {
        match self.asked {
            Some(asked) if self.has_answered => asked + PATIENCE,
            Some(asked) => asked + INTERVAL,
            None => self.heard + INTERVAL,
        }
    }

    /// Looks. `Ask` takes it for granted that the question is put.
    pub(super) fn verdict(&mut self, now: Timestamp) -> Verdict {
        if now < self.deadline() {
            return Verdict::Alive;
        }
        if self.asked.is_some() && self.has_answered {
            return Verdict::Dead;
        }
        self.asked = Some(now);
        Verdict::Ask
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn after(seconds: u64) -> Timestamp {
        Timestamp(seconds * 1000)
    }

    #[test]
    fn a_server_that_has_answered_before_is_dead_when_it_stops() {
        let mut keepalive = Keepalive::default();
        assert_eq!(keepalive.verdict(after(49)), Verdict::Alive);
        assert_eq!(keepalive.verdict(after(50)), Verdict::Ask);
        keepalive.heard(after(51));
        keepalive.answered();
        assert_eq!(keepalive.verdict(after(101)), Verdict::Ask);
        assert_eq!(keepalive.verdict(after(125)), Verdict::Alive);
        assert_eq!(keepalive.verdict(after(126)), Verdict::Dead);
    }

    #[test]
    fn a_server_that_never_answers_is_asked_again_and_left_in_peace() {
        let mut keepalive = Keepalive::default();
        for round in 1..=5 {
            assert_eq!(
                keepalive.verdict(after(50 * round)),
                Verdict::Ask,
                "{round}"
            );
        }
    }

    #[test]
    fn any_command_counts_as_life() {
        let mut keepalive = Keepalive::default();
        keepalive.answered();
        assert_eq!(keepalive.verdict(after(50)), Verdict::Ask);
        keepalive.heard(after(60));
        assert_eq!(keepalive.verdict(after(109)), Verdict::Alive);
    }
}
