//! Switchboards (design §3.3): tickets handed out, used, forged, and refused.

use crate::support::{FakeLink, FakeServer, Gate, Page};
use msnp6::gateway::LinkKind;
use msnp6_gateway::{
    Config,
    ticket::{Claims, TicketKeys, unix_now},
};

/// A key as a file would hold it.
const KEY: &str = "0123456789abcdef0123456789abcdef";

fn keys(key: &str) -> TicketKeys {
    TicketKeys::parse(key).expect("a key")
}

fn with_key(config: &mut Config) {
    config.ticket_keys = keys(KEY);
}

fn claims(server: &FakeServer) -> Claims {
    Claims {
        kind: LinkKind::Switchboard,
        server: "test".to_owned(),
        endpoint: server.address.to_string().parse().expect("an endpoint"),
        expires: unix_now() + 60,
    }
}

async fn linked(gate: &Gate, server: &FakeServer) -> (Page, FakeLink) {
    let page = Page::ready(gate, "").await;
    (page, server.accept().await)
}

/// A gateway with the keys of a file: the first signs.
async fn with_keys(server: &FakeServer, file: &str) -> Gate {
    Gate::with(server, |config| config.ticket_keys = keys(file)).await
}

/// A ticket that this gateway signs.
async fn signed(gate: &Gate, server: &FakeServer, board: &FakeServer) -> String {
    let (mut page, mut link) = linked(gate, server).await;
    link.says(&format!("XFR 7 SB {} CKI 1.2\r\n", board.address))
        .await;
    page.ticket().await
}

/// The code with which a link with this ticket closes.
async fn refusal(gate: &Gate, ticket: &str) -> u16 {
    let mut page = Page::open(gate, &format!("?ticket={ticket}")).await;
    page.closed().await.0
}

#[tokio::test]
async fn a_switchboard_comes_with_a_ticket_that_opens_it() {
    let (server, board) = (FakeServer::start().await, FakeServer::start().await);
    let gate = Gate::before(&server).await;
    let (mut page, mut link) = linked(&gate, &server).await;
    let xfr = format!("XFR 7 SB {} CKI 1.2\r\n", board.address);
    link.says(&format!("QNG\r\n{xfr}")).await;
    page.hears_bytes("QNG\r\n").await;
    let line = page.line().await.encode();
    let prefix = format!("TICKET SB {} ", board.address);
    assert!(
        line.starts_with(&prefix) && line.ends_with(" 120"),
        "{line}"
    );
    page.hears_bytes(&xfr).await;
    let ticket = line[prefix.len()..].trim_end_matches(" 120");
    let mut talk = Page::open(&gate, &format!("?ticket={ticket}")).await;
    talk.hears_ready(board.address).await;
    talk.says("USR 1 alice@example.com 1.2\r\n").await;
    board
        .accept()
        .await
        .hears("USR 1 alice@example.com 1.2\r\n")
        .await;
}

#[tokio::test]
async fn an_invitation_comes_with_a_ticket_too() {
    let (server, board) = (FakeServer::start().await, FakeServer::start().await);
    let gate = Gate::before(&server).await;
    let (mut page, mut link) = linked(&gate, &server).await;
    let rng = format!("RNG 11 {} CKI 1.2 bob@example.com Bob\r\n", board.address);
    link.says(&rng).await;
    let ticket = page.ticket().await;
    page.hears_bytes(&rng).await;
    let mut talk = Page::open(&gate, &format!("?ticket={ticket}")).await;
    talk.hears_ready(board.address).await;
}

#[tokio::test]
async fn a_switchboard_is_carried_without_reading_along() {
    let (server, other) = (FakeServer::start().await, FakeServer::start().await);
    let gate = Gate::with(&server, with_key).await;
    let ticket = keys(KEY).sign(&claims(&server));
    let mut page = Page::ready(&gate, &format!("?ticket={}", ticket.expose())).await;
    let mut link = server.accept().await;
    let bytes = format!("XFR 0 NS {} 0\r\nMSG no length\r\nhalf a li", other.address);
    link.says(&bytes).await;
    page.hears_bytes(&bytes).await;
    page.says("still here").await;
    link.hears("still here").await;
    assert!(other.is_alone().await);
}

#[tokio::test]
async fn a_refused_switchboard_is_denied_and_the_command_passes() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let (mut page, mut link) = linked(&gate, &server).await;
    for address in [
        "169.254.169.254:80",
        "0.0.0.0:22",
        "239.1.2.3:1",
        "10.0.0.5:1863",
    ] {
        let xfr = format!("XFR 7 SB {address} CKI 1.2\r\n");
        link.says(&xfr).await;
        assert_eq!(page.line().await.encode(), format!("DENIED SB {address}"));
        page.hears_bytes(&xfr).await;
    }
    page.says("PNG\r\n").await;
    link.hears("PNG\r\n").await;
}

#[tokio::test]
async fn forged_tickets_close_with_4007() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, with_key).await;
    let ticket = keys(KEY).sign(&claims(&server));
    let (text, tag) = ticket.expose().split_once('.').expect("two parts");
    let foreign = keys("another key, thirty-two bytes long").sign(&claims(&server));
    let other = if tag.starts_with('A') { 'B' } else { 'A' };
    let flipped = format!("{text}.{other}{}", &tag[1..]);
    for forged in [
        "",
        "x",
        text,
        &format!("{text}."),
        &flipped,
        foreign.expose(),
    ] {
        assert_eq!(refusal(&gate, forged).await, 4007, "{forged}");
    }
    assert!(server.is_alone().await);
}

#[tokio::test]
async fn an_expired_ticket_closes_with_4008() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, with_key).await;
    let ticket = keys(KEY).sign(&Claims {
        expires: unix_now() - 1,
        ..claims(&server)
    });
    assert_eq!(refusal(&gate, ticket.expose()).await, 4008);
}

#[tokio::test]
async fn a_ticket_for_another_kind_or_an_unknown_server_closes_with_4007() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, with_key).await;
    let kind = LinkKind::Notification;
    let other = Claims {
        kind,
        ..claims(&server)
    };
    assert_eq!(refusal(&gate, keys(KEY).sign(&other).expose()).await, 4007);
    let other = Claims {
        server: "gone".to_owned(),
        ..claims(&server)
    };
    assert_eq!(refusal(&gate, keys(KEY).sign(&other).expose()).await, 4007);
}

#[tokio::test]
async fn another_instance_with_the_same_key_honours_a_ticket() {
    let (server, board) = (FakeServer::start().await, FakeServer::start().await);
    let here = Gate::with(&server, with_key).await;
    let there = Gate::with(&server, with_key).await;
    let ticket = signed(&here, &server, &board).await;
    let mut talk = Page::open(&there, &format!("?ticket={ticket}")).await;
    talk.hears_ready(board.address).await;
}

#[tokio::test]
async fn an_instance_with_another_key_refuses_a_ticket() {
    let (server, board) = (FakeServer::start().await, FakeServer::start().await);
    let (here, there) = (Gate::before(&server).await, Gate::before(&server).await);
    let ticket = signed(&here, &server, &board).await;
    assert_eq!(refusal(&there, &ticket).await, 4007);
}

const OLD: &str = "the key before, thirty-two bytes and more\n";
const NEW: &str = "the key after, thirty-two bytes and more\n";

#[tokio::test]
async fn while_a_key_is_replaced_every_instance_honours_what_every_other_signs() {
    let (server, board) = (FakeServer::start().await, FakeServer::start().await);
    let stages = [
        OLD.to_owned(),
        format!("{OLD}{NEW}"),
        format!("{NEW}{OLD}"),
        NEW.to_owned(),
    ];
    // Instances are restarted one after the other, so some are a stage ahead of the rest.
    for pair in stages.windows(2) {
        let behind = with_keys(&server, &pair[0]).await;
        let ahead = with_keys(&server, &pair[1]).await;
        for (signs, honours) in [(&behind, &ahead), (&ahead, &behind)] {
            let ticket = signed(signs, &server, &board).await;
            let mut talk = Page::open(honours, &format!("?ticket={ticket}")).await;
            talk.hears_ready(board.address).await;
        }
    }
}

#[tokio::test]
async fn once_the_old_key_is_gone_what_it_signed_closes_with_4007() {
    let (server, board) = (FakeServer::start().await, FakeServer::start().await);
    let old = with_keys(&server, OLD).await;
    let ticket = signed(&old, &server, &board).await;
    let both = with_keys(&server, &format!("{NEW}{OLD}")).await;
    let mut talk = Page::open(&both, &format!("?ticket={ticket}")).await;
    talk.hears_ready(board.address).await;
    let new = with_keys(&server, NEW).await;
    assert_eq!(refusal(&new, &ticket).await, 4007);
}

#[tokio::test]
async fn policy_is_asked_again_when_a_ticket_is_used() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, with_key).await;
    let ticket = keys(KEY).sign(&Claims {
        endpoint: "169.254.169.254:80".parse().expect("an endpoint"),
        ..claims(&server)
    });
    assert_eq!(refusal(&gate, ticket.expose()).await, 4009);
}
