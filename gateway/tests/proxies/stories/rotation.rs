//! The ticket key, replaced while people open conversations, in the rounds of `docs/proxies/README.md`.

use crate::{
    site::{KEY as OLD, Kind, Site, asked},
    support::{FakeServer, Page},
};

const NEW: &str = "the key after, thirty-two bytes and more\n";

/// Between any two steps every ticket opens a conversation, whichever gateway signed it and whichever gets it.
/// Once the old key is gone, what it signed does not.
pub(crate) async fn a_key_is_replaced_and_no_ticket_is_refused(kind: Kind) {
    if !asked() {
        return;
    }
    let (server, board) = (FakeServer::start().await, FakeServer::start().await);
    let site = Site::start(kind, &format!("test={}", server.address), &[]).await;
    let of_old = every_ticket_is_good(&site, &server, &board).await;
    for round in [format!("{OLD}{NEW}"), format!("{NEW}{OLD}"), NEW.to_owned()] {
        for at in 0..2 {
            site.takes_keys(at, &round).await;
            every_ticket_is_good(&site, &server, &board).await;
        }
    }
    for _ in 0..2 {
        let mut page = Page::open_at(site.proxy.doors.plain, &of_old).await;
        assert_eq!(page.closed().await.0, 4007);
    }
}

/// Signs in at both gateways and opens conversations at both with what each has signed: whatever a proxy
/// balances by, links that stay open are spread over both. Answers with one of the queries.
async fn every_ticket_is_good(site: &Site, server: &FakeServer, board: &FakeServer) -> String {
    let door = site.proxy.doors.plain;
    let (mut signed, mut talks) = (Vec::new(), Vec::new());
    for _ in 0..2 {
        let mut page = Page::open_at(door, "").await;
        page.hears_ready(server.address).await;
        let mut link = server.accept().await;
        link.says(&format!("XFR 7 SB {} CKI 1.2\r\n", board.address))
            .await;
        let query = format!("?ticket={}", page.ticket().await);
        signed.push((query, page, link));
    }
    for (query, ..) in &signed {
        for _ in 0..4 {
            let mut talk = Page::open_at(door, query).await;
            talk.hears_ready(board.address).await;
            talks.push(talk);
        }
    }
    signed.swap_remove(0).0
}
