//! nginx, with `docs/proxies/nginx.conf`.

use crate::{
    site::Kind::Nginx,
    stories::{arriving, callers, conversation, failing, rotation, staying},
};

#[tokio::test]
async fn a_conversation_goes_on_at_the_other_gateway() {
    conversation::goes_on_at_the_other_gateway(Nginx).await;
}

#[tokio::test]
async fn a_killed_gateway_takes_only_its_own_pages() {
    failing::a_killed_gateway_takes_only_its_own_pages(Nginx).await;
}

#[tokio::test]
async fn a_rolling_restart_refuses_nobody() {
    failing::a_rolling_restart_refuses_nobody(Nginx).await;
}

#[tokio::test]
async fn a_gateway_that_is_back_is_believed_at_once() {
    failing::a_gateway_that_is_back_is_believed_at_once(Nginx).await;
}

#[tokio::test]
async fn clients_are_counted_apart_and_cannot_lie() {
    callers::are_counted_apart_and_cannot_lie(Nginx).await;
}

#[tokio::test]
async fn by_tls_a_link_carries_both_ways() {
    arriving::by_tls_a_link_carries_both_ways(Nginx).await;
}

#[tokio::test]
async fn without_tls_everybody_is_sent_to_it() {
    arriving::without_tls_everybody_is_sent_to_it(Nginx).await;
}

#[tokio::test]
async fn no_log_has_a_ticket() {
    arriving::no_log_has_a_ticket(Nginx).await;
}

#[tokio::test]
async fn pings_keep_a_quiet_link_open() {
    staying::pings_keep_a_quiet_link_open(Nginx).await;
}

#[tokio::test]
async fn a_ticket_key_is_replaced_and_no_ticket_is_refused() {
    rotation::a_key_is_replaced_and_no_ticket_is_refused(Nginx).await;
}
