//! Whether the server is still there. Not every server answers `PNG`, so silence counts only where an
//! answer has been seen before (reference §6).

use core::time::Duration;

use crate::model::Timestamp;

/// After this much silence we ask for the first time, to learn whether the server answers at all: a link
/// that dies before we know would not be found out.
const FIRST: Duration = Duration::from_secs(1);

/// After this much silence we ask a server that answers. With [`PATIENCE`], a link that swallows
/// everything is found out within 35 seconds.
const INTERVAL: Duration = Duration::from_secs(20);

/// How long a server that has answered before may take.
const PATIENCE: Duration = Duration::from_secs(12);

/// After this much silence we ask a server that has not answered so far.
const RARELY: Duration = Duration::from_secs(50);

/// After this much silence of such a server, whoever holds the link is to look whether its way there
/// still stands. With the time that may take, a way that does not is found out within 35 seconds, too.
const LOOK: Duration = Duration::from_secs(25);

/// What is known about the server's being there.
#[derive(Debug, Default)]
pub(super) struct Keepalive {
    heard: Timestamp,
    asked: Option<Timestamp>,
    looked: Timestamp,
    has_asked: bool,
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
            Some(asked) => asked + RARELY,
            None if self.has_answered => self.heard + INTERVAL,
            None if self.has_asked => self.heard + RARELY,
            None => self.heard + FIRST,
        }
    }

    /// When to look at the way to the server; one that answers is asked itself.
    pub(super) fn look_at(&self) -> Option<Timestamp> {
        (!self.has_answered).then(|| self.heard.max(self.looked) + LOOK)
    }

    /// Whether to look at it now: in doubt, whatever the time. Takes it for granted that it is done.
    pub(super) fn must_look(&mut self, now: Timestamp, is_in_doubt: bool) -> bool {
        let must = self.look_at().is_some_and(|at| is_in_doubt || at <= now);
        if must {
            self.looked = now;
        }
        must
    }

    /// Looks. `Ask` takes it for granted that the question is put.
    pub(super) fn verdict(&mut self, now: Timestamp) -> Verdict {
        if now < self.deadline() {
            return Verdict::Alive;
        }
        if self.asked.is_some() && self.has_answered {
            return Verdict::Dead;
        }
        self.ask(now);
        Verdict::Ask
    }

    /// The question is put now, whatever the time. Says whether it was not under way already.
    pub(super) fn ask(&mut self, now: Timestamp) -> bool {
        let is_new = self.asked.is_none();
        // Asking again and again must not put the end of our patience off; only what was slept through
        // gets another chance.
        if is_new || now >= self.deadline() {
            self.asked = Some(now);
        }
        self.has_asked = true;
        is_new
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

    fn answering() -> Keepalive {
        let mut keepalive = Keepalive::default();
        assert_eq!(keepalive.verdict(after(5)), Verdict::Ask);
        keepalive.heard(after(6));
        keepalive.answered();
        keepalive
    }

    #[test]
    fn a_new_server_is_asked_soon() {
        let mut keepalive = Keepalive::default();
        assert_eq!(keepalive.verdict(after(0)), Verdict::Alive);
        assert_eq!(keepalive.verdict(after(1)), Verdict::Ask);
    }

    #[test]
    fn a_server_that_has_answered_before_is_dead_within_35_seconds_when_it_stops() {
        let mut keepalive = answering();
        assert_eq!(keepalive.verdict(after(25)), Verdict::Alive);
        assert_eq!(keepalive.verdict(after(26)), Verdict::Ask);
        assert_eq!(keepalive.verdict(after(37)), Verdict::Alive);
        assert_eq!(keepalive.verdict(after(38)), Verdict::Dead);
    }

    #[test]
    fn a_server_that_never_answers_is_asked_rarely_and_left_in_peace() {
        let mut keepalive = Keepalive::default();
        assert_eq!(keepalive.verdict(after(5)), Verdict::Ask);
        for round in 1..=5 {
            let now = after(5 + 50 * round);
            assert_eq!(keepalive.deadline(), now);
            assert_eq!(keepalive.verdict(now), Verdict::Ask, "{round}");
        }
        keepalive.heard(after(300));
        assert_eq!(keepalive.deadline(), after(350));
    }

    #[test]
    fn the_way_to_a_server_that_does_not_answer_is_looked_at_after_25_seconds_of_silence() {
        let mut keepalive = Keepalive::default();
        keepalive.heard(after(10));
        assert!(!keepalive.must_look(after(34), false));
        assert!(keepalive.must_look(after(35), false));
        assert!(!keepalive.must_look(after(59), false));
        assert!(keepalive.must_look(after(60), false));
        assert!(keepalive.must_look(after(61), true), "in doubt at once");
        keepalive.heard(after(80));
        assert_eq!(keepalive.look_at(), Some(after(105)));
        assert!(!answering().must_look(after(60), true));
    }

    #[test]
    fn any_command_counts_as_life() {
        let mut keepalive = answering();
        assert_eq!(keepalive.verdict(after(26)), Verdict::Ask);
        keepalive.heard(after(30));
        assert_eq!(keepalive.verdict(after(49)), Verdict::Alive);
    }

    #[test]
    fn a_question_in_doubt_does_not_wait_for_silence() {
        let mut keepalive = answering();
        assert!(keepalive.ask(after(10)));
        assert_eq!(keepalive.verdict(after(21)), Verdict::Alive);
        assert_eq!(keepalive.verdict(after(22)), Verdict::Dead);
    }

    #[test]
    fn doubts_that_come_again_and_again_do_not_keep_a_dead_link() {
        let mut keepalive = answering();
        for second in 10..22 {
            keepalive.ask(after(second));
        }
        assert_eq!(keepalive.verdict(after(22)), Verdict::Dead);
    }

    #[test]
    fn a_question_that_was_slept_through_may_still_be_answered() {
        let mut keepalive = answering();
        keepalive.ask(after(10));
        keepalive.ask(after(3600));
        assert_eq!(keepalive.verdict(after(3611)), Verdict::Alive);
        assert_eq!(keepalive.verdict(after(3612)), Verdict::Dead);
    }
}
