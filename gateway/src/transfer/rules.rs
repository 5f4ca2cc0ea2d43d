//! The operator's own rules: `transfer_allow` and `transfer_map`. Text in, rule out; no network.

use ipnet::IpNet;
use msnp6::model::Endpoint;
use std::{
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

/// One entry of `transfer_allow`: what a server may name although policy would refuse it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AllowRule {
    /// A host at any port.
    Host(String),
    /// A host at one port.
    Endpoint(Endpoint),
    /// Every address of a network, at any port.
    Network(IpNet),
}

impl AllowRule {
    /// Whether the rule is about the name that the server used.
    pub fn allows_name(&self, endpoint: &Endpoint) -> bool {
        match self {
            Self::Host(host) => host == endpoint.host(),
            Self::Endpoint(listed) => listed == endpoint,
            Self::Network(_) => false,
        }
    }

    /// Whether the rule is about the address that the name stands for.
    pub fn allows_address(&self, address: SocketAddr) -> bool {
        let is = |host: &str| host.parse() == Ok(address.ip());
        match self {
            Self::Host(host) => is(host),
            Self::Endpoint(listed) => is(listed.host()) && listed.port() == address.port(),
            Self::Network(network) => network.contains(&address.ip()),
        }
    }
}

impl FromStr for AllowRule {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        if text.contains('/') {
            return text.parse().map(Self::Network).map_err(|_| RuleError);
        }
        let endpoint: Endpoint = text.parse().map_err(|_| RuleError)?;
        Ok(if has_port(text) {
            Self::Endpoint(endpoint)
        } else {
            Self::Host(endpoint.host().to_owned())
        })
    }
}

/// One entry of `transfer_map`: where to dial instead of what a server announces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapRule {
    from: Endpoint,
    /// Whether the rule is about one port only.
    from_port: bool,
    to: Endpoint,
    /// Whether the announced port is replaced as well.
    to_port: bool,
}

impl MapRule {
    /// Where to dial instead of `endpoint`, if the rule is about it.
    pub fn apply(&self, endpoint: &Endpoint) -> Option<Endpoint> {
        let matches = self.from.host() == endpoint.host()
            && (!self.from_port || self.from.port() == endpoint.port());
        if !matches {
            return None;
        }
        if self.to_port {
            return Some(self.to.clone());
        }
        Endpoint::new(self.to.host(), endpoint.port()).ok()
    }
}

impl FromStr for MapRule {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        let (from, to) = text.split_once('=').ok_or(RuleError)?;
        Ok(Self {
            from: from.parse().map_err(|_| RuleError)?,
            from_port: has_port(from),
            to: to.parse().map_err(|_| RuleError)?,
            to_port: has_port(to),
        })
    }
}

/// Whether an address that reads as [`Endpoint`] names its port.
fn has_port(text: &str) -> bool {
    text.parse::<IpAddr>().is_err() && !text.ends_with(']') && text.contains(':')
}

/// A text that is no rule; whoever reads it knows which key it stood under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not of the form that a rule has")]
pub struct RuleError;

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(text: &str) -> Endpoint {
        text.parse().expect(text)
    }

    #[test]
    fn a_host_is_allowed_at_any_port_and_an_endpoint_at_its_own() {
        let host: AllowRule = "sb.example.org".parse().expect("a host");
        assert!(host.allows_name(&endpoint("SB.example.org:1")));
        assert!(!host.allows_name(&endpoint("ns.example.org:1")));
        let one: AllowRule = "10.0.0.5:1864".parse().expect("an endpoint");
        assert!(one.allows_name(&endpoint("10.0.0.5:1864")));
        assert!(!one.allows_name(&endpoint("10.0.0.5:22")));
        assert!(one.allows_address("10.0.0.5:1864".parse().expect("an address")));
        assert!(!one.allows_address("10.0.0.5:22".parse().expect("an address")));
    }

    #[test]
    fn a_network_is_about_addresses() {
        let rule: AllowRule = "10.1.0.0/16".parse().expect("a network");
        assert!(rule.allows_address("10.1.2.3:1".parse().expect("an address")));
        assert!(!rule.allows_address("10.2.2.3:1".parse().expect("an address")));
        let rule: AllowRule = "fd00::1".parse().expect("an address");
        assert!(rule.allows_address("[fd00::1]:9".parse().expect("an address")));
    }

    #[test]
    fn a_map_replaces_the_port_only_when_it_names_one() {
        let apply = |rule: &str, to: &str| {
            let rule: MapRule = rule.parse().expect(rule);
            rule.apply(&endpoint(to)).map(|mapped| mapped.to_string())
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            apply("10.0.0.5:1863=127.0.0.1:99", "10.0.0.5:1863"),
            some("127.0.0.1:99")
        );
        assert_eq!(apply("10.0.0.5:1863=127.0.0.1:99", "10.0.0.5:1864"), None);
        assert_eq!(
            apply("10.0.0.5=127.0.0.1", "10.0.0.5:1864"),
            some("127.0.0.1:1864")
        );
        assert_eq!(
            apply("[fd00::1]=127.0.0.1:5", "[fd00::1]:7"),
            some("127.0.0.1:5")
        );
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for text in ["", "10.0.0.0/99", "a b", "host:0"] {
            assert_eq!(text.parse::<AllowRule>(), Err(RuleError), "{text}");
        }
        for text in ["", "a", "a=", "=b", "a=b=c:x"] {
            assert_eq!(text.parse::<MapRule>(), Err(RuleError), "{text}");
        }
    }
}
