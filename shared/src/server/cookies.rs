//! What opens a switchboard: each cookie once, for one account, for two minutes.

use core::time::Duration;
use std::collections::VecDeque;

use super::random::Random;
use crate::command::Cookie;
use crate::model::{Secret, SwitchboardId, Timestamp, UserHandle};

/// What a cookie is good for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// `USR`: a new room.
    Open,
    /// `ANS`: the room that rang.
    Answer(SwitchboardId),
}

#[derive(Debug)]
struct Grant {
    cookie: Cookie,
    owner: UserHandle,
    purpose: Purpose,
    expires: Timestamp,
}

/// The cookies that were given out and not used yet, oldest first.
#[derive(Debug, Default)]
pub(super) struct Cookies {
    grants: VecDeque<Grant>,
}

impl Cookies {
    /// As observed; a real server said 911 afterwards.
    const LIFETIME: Duration = Duration::from_mins(2);

    /// Whoever asks for more voids their oldest: nobody can make the server keep more.
    const MAX_PER_ACCOUNT: usize = 32;

    /// A fresh cookie for an account.
    pub(super) fn issue(
        &mut self,
        now: Timestamp,
        random: &mut Random,
        owner: &UserHandle,
        purpose: Purpose,
    ) -> Cookie {
        let cookie = format!(
            "{}.{}.{}",
            random.digits(9),
            random.digits(10),
            random.digits(9)
        );
        self.keep(now, Secret::new(cookie), owner, purpose)
    }

    /// The cookie of a room that rings at somebody: a second ring repeats it, because who is inside cannot
    /// come in again.
    pub(super) fn issue_ring(
        &mut self,
        now: Timestamp,
        random: &mut Random,
        owner: &UserHandle,
        room: &SwitchboardId,
    ) -> Cookie {
        let purpose = Purpose::Answer(room.clone());
        let is_same = |grant: &Grant| grant.owner == *owner && grant.purpose == purpose;
        let earlier = self.grants.iter().position(is_same);
        match earlier.and_then(|at| self.grants.remove(at)) {
            Some(grant) => self.keep(now, grant.cookie, owner, purpose),
            None => self.issue(now, random, owner, purpose),
        }
    }

    /// Takes a cookie out, and says what it is good for; `None` if it is not good for this account.
    pub(super) fn redeem(
        &mut self,
        now: Timestamp,
        cookie: &Cookie,
        owner: &UserHandle,
    ) -> Option<Purpose> {
        self.forget_expired(now);
        let is_same = |grant: &Grant| grant.cookie == *cookie && grant.owner == *owner;
        let at = self.grants.iter().position(is_same)?;
        self.grants.remove(at).map(|grant| grant.purpose)
    }

    /// How many are kept, expired ones perhaps included.
    pub(super) fn len(&self) -> usize {
        self.grants.len()
    }

    fn keep(
        &mut self,
        now: Timestamp,
        cookie: Cookie,
        owner: &UserHandle,
        purpose: Purpose,
    ) -> Cookie {
        self.forget_expired(now);
        let is_theirs = |grant: &&Grant| grant.owner == *owner;
        if self.grants.iter().filter(is_theirs).count() >= Self::MAX_PER_ACCOUNT {
            let oldest = self.grants.iter().position(|grant| is_theirs(&grant));
            oldest.and_then(|at| self.grants.remove(at));
        }
        self.grants.push_back(Grant {
            cookie: cookie.clone(),
            owner: owner.clone(),
            purpose,
            expires: now + Self::LIFETIME,
        });
        cookie
    }

    fn forget_expired(&mut self, now: Timestamp) {
        while self.grants.front().is_some_and(|g| g.expires <= now) {
            self.grants.pop_front();
        }
    }
}
