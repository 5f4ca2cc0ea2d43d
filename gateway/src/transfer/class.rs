//! What kind of place an IP address is. Pure: no resolver, no policy.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Kinds of addresses, as far as policy tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AddressClass {
    /// Anybody may be there.
    Public,
    /// This machine.
    Loopback,
    /// A private network: RFC 1918, and unique local addresses of IPv6.
    Private,
    /// Shared by a provider's customers: RFC 6598.
    Shared,
    /// The cable at hand; clouds answer for their metadata here.
    LinkLocal,
    /// Many machines.
    Multicast,
    /// `0.0.0.0` and its network, `::`. Dialling it reaches this machine.
    Unspecified,
    /// Never assigned, or the broadcast address.
    Reserved,
}

impl AddressClass {
    /// The class of an address. IPv6 forms that carry an IPv4 address are of that one's class.
    pub fn of(ip: IpAddr) -> Self {
        match ip {
            IpAddr::V4(ip) => Self::of_v4(ip),
            IpAddr::V6(ip) => carried_v4(ip).map_or_else(|| Self::of_v6(ip), Self::of_v4),
        }
    }

    const fn of_v4(ip: Ipv4Addr) -> Self {
        match ip.octets() {
            [0, ..] => Self::Unspecified,
            [127, ..] => Self::Loopback,
            [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Self::Private,
            [100, 64..=127, ..] => Self::Shared,
            [169, 254, ..] => Self::LinkLocal,
            [224..=239, ..] => Self::Multicast,
            [240..=255, ..] => Self::Reserved,
            _ => Self::Public,
        }
    }

    const fn of_v6(ip: Ipv6Addr) -> Self {
        match ip.segments() {
            [0, 0, 0, 0, 0, 0, 0, 0] => Self::Unspecified,
            [0, 0, 0, 0, 0, 0, 0, 1] => Self::Loopback,
            // Unique local addresses, and the site-local ones that they replaced.
            [0xfc00..=0xfdff | 0xfec0..=0xfeff, ..] => Self::Private,
            [0xfe80..=0xfebf, ..] => Self::LinkLocal,
            [0xff00..=0xffff, ..] => Self::Multicast,
            _ => Self::Public,
        }
    }
}

/// The IPv4 address inside an IPv6 one: mapped, compatible, NAT64 or 6to4. Each may end up there.
fn carried_v4(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let v4 = |high: u16, low: u16| {
        let [[a, b], [c, d]] = [high.to_be_bytes(), low.to_be_bytes()];
        Some(Ipv4Addr::new(a, b, c, d))
    };
    match ip.segments() {
        // `::` and `::1` are addresses of their own.
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => None,
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            v4(high, low)
        }
        [0x2002, high, low, ..] => v4(high, low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(class: AddressClass, addresses: &[&str]) {
        for address in addresses {
            let ip = address.parse().expect(address);
            assert_eq!(AddressClass::of(ip), class, "{address}");
        }
    }

    #[test]
    fn every_class_is_recognised() {
        use AddressClass as C;
        check(
            C::Public,
            &["8.8.8.8", "172.32.0.1", "203.0.113.5", "2600::1"],
        );
        check(C::Loopback, &["127.0.0.1", "127.255.255.254", "::1"]);
        check(
            C::Private,
            &["10.0.0.5", "172.16.0.1", "192.168.1.1", "fd00::1"],
        );
        check(C::Shared, &["100.64.0.1", "100.127.255.255"]);
        check(C::LinkLocal, &["169.254.169.254", "fe80::1"]);
        check(C::Multicast, &["224.0.0.1", "239.1.2.3", "ff02::1"]);
        check(C::Unspecified, &["0.0.0.0", "0.1.2.3", "::"]);
        check(C::Reserved, &["255.255.255.255", "240.0.0.1"]);
    }

    #[test]
    fn an_ipv4_address_does_not_hide_in_an_ipv6_one() {
        use AddressClass as C;
        check(C::Loopback, &["::ffff:127.0.0.1", "64:ff9b::7f00:1"]);
        check(
            C::LinkLocal,
            &["::ffff:169.254.169.254", "2002:a9fe:a9fe::"],
        );
        check(C::Private, &["::10.0.0.5"]);
        check(C::Unspecified, &["::ffff:0.0.0.0"]);
        check(C::Public, &["::ffff:8.8.8.8"]);
    }
}
