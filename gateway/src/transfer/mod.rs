//! Which addresses that a server names may be dialled, and where they are. What is checked here, after
//! DNS, is exactly what is dialled. The configured servers themselves are the operator's choice and
//! are not asked about.

mod class;
mod rules;

pub use class::AddressClass;
pub use rules::{AllowRule, MapRule, RuleError};

use crate::{
    config::ServerEntry,
    dial::{self, Way},
    resolve::Resolve,
};
use msnp6::model::Endpoint;
use std::{net::SocketAddr, sync::Arc};

/// The operator's rules about addresses that servers name.
#[derive(Clone, Debug, Default)]
pub struct TransferRules {
    /// What may be named although policy would refuse it.
    pub allow: Vec<AllowRule>,
    /// Where to dial instead of what is named.
    pub map: Vec<MapRule>,
}

/// The rules, and a resolver to apply them with.
#[derive(Clone, Debug)]
pub(crate) struct TransferPolicy {
    rules: TransferRules,
    resolver: Arc<dyn Resolve>,
}

impl TransferPolicy {
    pub(crate) fn new(rules: TransferRules, resolver: Arc<dyn Resolve>) -> Self {
        Self { rules, resolver }
    }

    /// The addresses to dial for what a server named, those that may be dialled only. The resolver has
    /// its own deadline.
    pub(crate) async fn addresses(
        &self,
        server: &ServerEntry,
        named: &Endpoint,
    ) -> Result<Vec<SocketAddr>, TransferError> {
        let mapped = self.rules.map.iter().find_map(|rule| rule.apply(named));
        let is_mapped = mapped.is_some();
        let endpoint = mapped.unwrap_or_else(|| named.clone());
        let addresses = self.resolve(&endpoint).await?;
        let is_trusted = is_mapped
            || server.endpoints().any(|own| own.host() == endpoint.host())
            || self.rules.allow.iter().any(|rule| rule.allows_name(named));
        if is_trusted {
            return Ok(addresses);
        }
        let addresses = self.keep_allowed(server, addresses).await;
        if addresses.is_empty() {
            return Err(TransferError::Refused);
        }
        Ok(addresses)
    }

    /// All ways to a configured server, at least one. An endpoint that does not resolve is passed over
    /// when there is another one.
    pub(crate) async fn ways(&self, server: &ServerEntry) -> Result<Vec<Way>, TransferError> {
        let mut all = Vec::new();
        for (number, endpoint) in server.endpoints().enumerate() {
            let found = self.resolve(endpoint).await.unwrap_or_default();
            all.extend(dial::ways(number, &found));
        }
        if all.is_empty() {
            return Err(TransferError::NotFound);
        }
        Ok(all)
    }

    /// The addresses of a host, at least one.
    async fn resolve(&self, endpoint: &Endpoint) -> Result<Vec<SocketAddr>, TransferError> {
        let resolved = self.resolver.resolve(endpoint.host(), endpoint.port());
        let addresses = resolved.await.map_err(|_| TransferError::NotFound)?;
        if addresses.is_empty() {
            return Err(TransferError::NotFound);
        }
        Ok(addresses)
    }

    async fn keep_allowed(
        &self,
        server: &ServerEntry,
        mut addresses: Vec<SocketAddr>,
    ) -> Vec<SocketAddr> {
        let is_public = |address: &SocketAddr| class(*address) == AddressClass::Public;
        // Asking where the configured server is costs a look-up; mostly nobody needs to know.
        let own_classes = if addresses.iter().all(is_public) {
            Vec::new()
        } else {
            let own = self.ways(server).await.unwrap_or_default();
            own.into_iter().map(|way| class(way.address)).collect()
        };
        addresses.retain(|address| {
            is_public(address)
                || own_classes.contains(&class(*address))
                || (self.rules.allow.iter()).any(|rule| rule.allows_address(*address))
        });
        addresses
    }
}

fn class(address: SocketAddr) -> AddressClass {
    AddressClass::of(address.ip())
}

/// Why an address that a server named is not dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TransferError {
    /// Policy forbids it.
    #[error("policy refuses the address")]
    Refused,
    /// The name does not resolve.
    #[error("the name does not resolve")]
    NotFound,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::FixedResolver;

    const HOSTS: [(&str, &[&str]); 5] = [
        ("msn.example.org", &["203.0.113.5"]),
        ("lan.example.org", &["192.168.1.10"]),
        ("rebound.example.net", &["127.0.0.1"]),
        ("both.example.net", &["169.254.169.254", "203.0.113.9"]),
        ("localhost", &["127.0.0.1"]),
    ];

    fn check(
        server: &str,
        named: &str,
        rules: TransferRules,
    ) -> Result<Vec<String>, TransferError> {
        let server = ServerEntry::new("test", server).expect(server);
        let policy = TransferPolicy::new(rules, Arc::new(FixedResolver::new(&HOSTS)));
        let named = named.parse().expect(named);
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let found = runtime
            .expect("a runtime")
            .block_on(policy.addresses(&server, &named));
        found.map(|found| found.iter().map(ToString::to_string).collect())
    }

    fn dials(server: &str, named: &str) -> Result<Vec<String>, TransferError> {
        check(server, named, TransferRules::default())
    }

    /// One address, and no other.
    #[expect(clippy::unnecessary_wraps, reason = "it is compared with results")]
    fn one(address: &str) -> Result<Vec<String>, TransferError> {
        Ok(vec![address.to_owned()])
    }

    #[test]
    fn public_addresses_are_fine() {
        assert_eq!(
            dials("msn.example.org:1863", "198.51.100.7:1864"),
            one("198.51.100.7:1864")
        );
    }

    #[test]
    fn the_servers_own_host_is_fine_at_any_port() {
        assert_eq!(
            dials("lan.example.org:1863", "LAN.example.org:99"),
            one("192.168.1.10:99")
        );
    }

    #[test]
    fn addresses_that_are_not_public_are_refused() {
        for named in [
            "127.0.0.1:22",
            "10.0.0.5:1863",
            "172.16.0.1:1863",
            "192.168.1.1:1863",
            "100.64.0.1:1863",
            "169.254.169.254:80",
            "224.0.0.1:1863",
            "0.0.0.0:22",
            "255.255.255.255:1863",
            "[::1]:22",
            "[::]:22",
            "[fd00::1]:22",
            "[fe80::1]:22",
            "[ff02::1]:22",
            "[::ffff:127.0.0.1]:22",
            "rebound.example.net:22",
        ] {
            assert_eq!(
                dials("msn.example.org:1863", named),
                Err(TransferError::Refused),
                "{named}"
            );
        }
    }

    #[test]
    fn the_class_of_the_server_itself_is_fine() {
        assert_eq!(dials("localhost:1863", "127.0.0.1:9"), one("127.0.0.1:9"));
        assert_eq!(
            dials("lan.example.org:1863", "10.0.0.5:9"),
            one("10.0.0.5:9")
        );
        assert_eq!(
            dials("localhost:1863", "10.0.0.5:9"),
            Err(TransferError::Refused)
        );
    }

    #[test]
    fn only_the_addresses_that_passed_are_dialled() {
        assert_eq!(
            dials("msn.example.org:1863", "both.example.net:1863"),
            one("203.0.113.9:1863")
        );
    }

    #[test]
    fn a_name_that_does_not_resolve_is_not_found() {
        assert_eq!(
            dials("msn.example.org:1863", "nowhere.example.net:1863"),
            Err(TransferError::NotFound)
        );
    }

    #[test]
    fn what_the_operator_allows_is_fine() {
        for rule in ["10.0.0.5", "10.0.0.5:1864", "10.0.0.0/8"] {
            let rules = TransferRules {
                allow: vec![rule.parse().expect(rule)],
                map: Vec::new(),
            };
            assert_eq!(
                check("msn.example.org:1863", "10.0.0.5:1864", rules),
                one("10.0.0.5:1864"),
                "{rule}"
            );
        }
    }

    #[test]
    fn a_mapped_address_is_dialled_where_the_operator_says() {
        let rules = TransferRules {
            allow: Vec::new(),
            map: vec!["10.0.0.5:1863=127.0.0.1:1863".parse().expect("a rule")],
        };
        assert_eq!(
            check("msn.example.org:1863", "10.0.0.5:1863", rules),
            one("127.0.0.1:1863")
        );
    }
}
