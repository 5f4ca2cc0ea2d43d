//! HAProxy below HTTP, with `docs/proxies/haproxy-tcp.cfg` and PROXY headers.

use crate::{
    site::Kind::{HaProxyTcp, HaProxyTlsThrough},
    stories::{arriving, callers, failing, staying},
};

#[tokio::test]
async fn clients_are_counted_apart_by_the_header_of_the_balancer() {
    callers::are_counted_apart_and_cannot_lie(HaProxyTcp).await;
}

#[tokio::test]
async fn by_tls_a_link_carries_both_ways() {
    arriving::by_tls_a_link_carries_both_ways(HaProxyTcp).await;
}

#[tokio::test]
async fn tls_that_is_passed_through_ends_at_the_gateways() {
    arriving::by_tls_a_link_carries_both_ways(HaProxyTlsThrough).await;
}

#[tokio::test]
async fn a_killed_gateway_takes_only_its_own_pages() {
    failing::a_killed_gateway_takes_only_its_own_pages(HaProxyTcp).await;
}

#[tokio::test]
async fn pings_keep_a_quiet_link_open() {
    staying::pings_keep_a_quiet_link_open(HaProxyTcp).await;
}
