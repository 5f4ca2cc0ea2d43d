//! Who may have one more link: counts links in all, by client and by server, and how fast a client
//! opens them. Pure bookkeeping; it opens and closes nothing.

use crate::{
    client::ClientAddr,
    config::{Bound, Limit, Limits, ServerName},
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::{
    collections::HashMap,
    hash::Hash,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The links that are open, and those that were opened lately.
#[derive(Debug)]
pub(crate) struct Admission(Mutex<Counts>);

#[derive(Debug)]
struct Counts {
    limits: Limits,
    /// How fast clients may come, and did.
    pace: Option<DefaultKeyedRateLimiter<Client>>,
    all: u32,
    clients: HashMap<Client, u32>,
    servers: HashMap<ServerName, u32>,
    /// How many were let in since the pace of clients was last tidied.
    since: u32,
}

/// What counts as one client: whoever has one IPv6 address has a whole /64 of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Client(IpAddr);

impl Client {
    /// The client of a link. Behind a Unix socket, where no proxy has named anybody, it is this machine.
    pub(crate) fn of(client: ClientAddr) -> Self {
        Self::at(client.key().unwrap_or(Ipv4Addr::LOCALHOST.into()))
    }

    /// The client at an address.
    pub(crate) fn at(address: IpAddr) -> Self {
        const NETWORK: u128 = !0 << 64;
        Self(match address.to_canonical() {
            IpAddr::V6(address) if !address.is_loopback() => {
                Ipv6Addr::from_bits(address.to_bits() & NETWORK).into()
            }
            other => other,
        })
    }

    /// Behind a proxy on this machine that nobody has named, one address stands for everybody.
    fn is_this_machine(self) -> bool {
        self.0.is_loopback()
    }
}

impl Admission {
    /// Nobody is in yet.
    pub(crate) fn new(limits: Limits) -> Self {
        Self(Mutex::new(Counts {
            limits,
            pace: pace(&limits),
            all: 0,
            clients: HashMap::new(),
            servers: HashMap::new(),
            since: 0,
        }))
    }

    /// Other limits for those who come from now on. Nobody who is in has to leave.
    pub(crate) fn set_limits(&self, limits: Limits) {
        let mut counts = self.counts();
        if limits.new_links_per_minute != counts.limits.new_links_per_minute {
            counts.pace = pace(&limits);
        }
        counts.limits = limits;
    }

    /// Lets one more link in, for as long as the answer lives, or says which limit forbids it.
    pub(crate) fn admit(
        &self,
        client: Client,
        server: Option<&ServerName>,
    ) -> Result<Admitted<'_>, Limit> {
        let mut counts = self.counts();
        let limits = counts.limits;
        let (per_client, pace) = if client.is_this_machine() {
            (Bound::NONE, None)
        } else {
            (limits.links_per_client, counts.pace.as_ref())
        };
        let of = |count: Option<&u32>| count.copied().unwrap_or_default();
        if limits.links.is_reached_by(counts.all) {
            return Err(Limit::Links);
        }
        if per_client.is_reached_by(of(counts.clients.get(&client))) {
            return Err(Limit::LinksPerClient);
        }
        if let Some(server) = server
            && limits
                .links_per_server
                .is_reached_by(of(counts.servers.get(server)))
        {
            return Err(Limit::LinksPerServer);
        }
        if let Some(pace) = pace
            && pace.check_key(&client).is_err()
        {
            return Err(Limit::NewLinks);
        }
        counts.all += 1;
        *counts.clients.entry(client).or_default() += 1;
        if let Some(server) = server {
            *counts.servers.entry(server.clone()).or_default() += 1;
        }
        counts.since += 1;
        if counts.since >= TIDY_AFTER {
            counts.since = 0;
            // Whoever has not come for a minute is as good as new.
            if let Some(pace) = &counts.pace {
                pace.retain_recent();
            }
        }
        Ok(Admitted {
            admission: self,
            client,
            server: server.cloned(),
        })
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        // Nothing in here panics between two changes that belong together.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The bookkeeping about how fast clients come, if there is a limit to it.
fn pace(limits: &Limits) -> Option<DefaultKeyedRateLimiter<Client>> {
    let quota = limits.new_links_per_minute.number().map(Quota::per_minute);
    quota.map(RateLimiter::keyed)
}

/// How many links are let in between two clearings of clients that have not come for long.
const TIDY_AFTER: u32 = 1024;

/// A link that was let in. Dropping it makes room for another one.
#[derive(Debug)]
pub(crate) struct Admitted<'a> {
    admission: &'a Admission,
    client: Client,
    server: Option<ServerName>,
}

impl Drop for Admitted<'_> {
    fn drop(&mut self) {
        let mut counts = self.admission.counts();
        counts.all = counts.all.saturating_sub(1);
        leave(&mut counts.clients, &self.client);
        if let Some(server) = &self.server {
            leave(&mut counts.servers, server);
        }
    }
}

/// One less; none is nothing to remember.
fn leave<K: Eq + Hash>(counts: &mut HashMap<K, u32>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(address: &str) -> Client {
        Client::at(address.parse().expect("an address"))
    }

    fn limits(change: impl FnOnce(&mut Limits)) -> Admission {
        let mut limits = Limits::NONE;
        change(&mut limits);
        Admission::new(limits)
    }

    #[test]
    fn a_link_that_ends_makes_room_for_another_one() {
        let admission = limits(|limits| limits.links = Bound::at(2));
        let one = admission.admit(client("192.0.2.1"), None);
        let _two = admission.admit(client("192.0.2.2"), None);
        let third = admission.admit(client("192.0.2.3"), None);
        assert_eq!(third.expect_err("full"), Limit::Links);
        drop(one);
        assert!(admission.admit(client("192.0.2.3"), None).is_ok());
    }

    #[test]
    fn other_limits_hold_for_whoever_comes_next_and_count_those_who_are_in() {
        let admission = limits(|_| {});
        let _one = admission.admit(client("192.0.2.1"), None);
        let _two = admission.admit(client("192.0.2.2"), None);
        let mut fewer = Limits::NONE;
        (fewer.links, fewer.new_links_per_minute) = (Bound::at(3), Bound::at(1));
        admission.set_limits(fewer);
        let third = admission.admit(client("192.0.2.3"), None);
        let fourth = admission.admit(client("192.0.2.4"), None);
        assert_eq!(fourth.expect_err("full"), Limit::Links);
        drop(third);
        let fast = admission.admit(client("192.0.2.3"), None);
        assert_eq!(fast.expect_err("too fast"), Limit::NewLinks);
    }

    #[test]
    fn a_network_of_ipv6_is_one_client_and_each_ipv4_address_another() {
        let admission = limits(|limits| limits.links_per_client = Bound::at(1));
        let _six = admission.admit(client("2001:db8:0:1::1"), None);
        let same = admission.admit(client("2001:db8:0:1:ffff::9"), None);
        assert_eq!(same.expect_err("full"), Limit::LinksPerClient);
        let next = admission.admit(client("2001:db8:0:2::1"), None);
        assert!(next.is_ok());
        let _four = admission.admit(client("192.0.2.1"), None);
        let same = admission.admit(client("::ffff:192.0.2.1"), None);
        assert_eq!(same.expect_err("full"), Limit::LinksPerClient);
        assert!(admission.admit(client("192.0.2.2"), None).is_ok());
    }

    #[test]
    fn servers_are_counted_apart() {
        let admission = limits(|limits| limits.links_per_server = Bound::at(1));
        let (one, other) = (
            "one".parse().expect("a name"),
            "other".parse().expect("a name"),
        );
        let _in = admission.admit(client("192.0.2.1"), Some(&one));
        let full = admission.admit(client("192.0.2.2"), Some(&one));
        assert_eq!(full.expect_err("full"), Limit::LinksPerServer);
        assert!(admission.admit(client("192.0.2.2"), Some(&other)).is_ok());
    }

    #[test]
    fn a_client_that_comes_too_often_waits_and_others_do_not() {
        let admission = limits(|limits| limits.new_links_per_minute = Bound::at(3));
        for _ in 0..3 {
            assert!(admission.admit(client("192.0.2.1"), None).is_ok());
        }
        let fast = admission.admit(client("192.0.2.1"), None);
        assert_eq!(fast.expect_err("too fast"), Limit::NewLinks);
        assert!(admission.admit(client("192.0.2.2"), None).is_ok());
    }

    #[test]
    fn this_machine_stands_for_everybody_behind_a_proxy() {
        let admission = limits(|limits| {
            limits.links_per_client = Bound::at(1);
            limits.new_links_per_minute = Bound::at(1);
        });
        let all: Vec<_> = (0..3)
            .map(|_| admission.admit(client("127.0.0.1"), None))
            .collect();
        assert!(all.iter().all(Result::is_ok));
    }

    #[test]
    fn nobody_is_remembered_who_has_left() {
        let admission = limits(|_| {});
        let name = "one".parse().expect("a name");
        drop(admission.admit(client("192.0.2.1"), Some(&name)));
        let counts = admission.counts();
        assert_eq!(
            (counts.all, counts.clients.len(), counts.servers.len()),
            (0, 0, 0)
        );
    }
}
