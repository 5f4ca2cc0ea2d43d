//! An echo over the sockets of pages, for the cases of RFC 6455 in `cases`. It takes texts and long messages,
//! which the gateway refuses; all else is the gateway's own.

mod cases;

use super::*;
use crate::{
    config::Config,
    page::{OutFrame, PageEnd},
};
use hyper::{server::conn::http1, service::service_fn};
use std::{convert::Infallible, net::SocketAddr, time::Duration};
use tokio::net::TcpListener;

/// As long as any message of the cases.
const LONGEST: usize = 16 * 1024 * 1024;

/// Echoes until the test is over.
async fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let gateway = Arc::new(Gateway::new(Config::new(Vec::new()).expect("random bytes")));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let gateway = Arc::clone(&gateway);
            let answer = move |mut request: Request<Incoming>| {
                let gateway = Arc::clone(&gateway);
                async move {
                    let key = match check(&request) {
                        Ok(key) => key.clone(),
                        Err(refusal) => return Ok::<_, Infallible>(refusal.respond()),
                    };
                    let upgrade = hyper::upgrade::on(&mut request);
                    tokio::spawn(async move {
                        let page = take(&gateway, upgrade).await.expect("a socket");
                        echo(*page).await;
                    });
                    Ok(accept(&key, request.headers()))
                }
            };
            let connection = http1::Builder::new()
                .serve_connection(TokioIo::new(Stream::Tcp(stream)), service_fn(answer))
                .with_upgrades();
            tokio::spawn(connection);
        }
    });
    address
}

/// Sends every message back. Ends as a link does.
async fn echo(mut page: PageSocket) {
    let deadline = Duration::from_secs(2);
    page.take_texts(LONGEST);
    let end = {
        let (mut reader, mut writer) = page.split();
        loop {
            let heard = tokio::select! {
                biased;
                heard = reader.recv_any() => heard,
                () = writer.wait_for_control() => {
                    if let Err(end) = writer.flush().await {
                        break end;
                    }
                    continue;
                }
            };
            let sent = match heard {
                Ok((is_text, bytes)) => writer.send(OutFrame::long(is_text, &bytes)).await,
                Err(end) => Err(end),
            };
            if let Err(end) = sent {
                break end;
            }
        }
    };
    match end {
        PageEnd::Closed(_) | PageEnd::Lost(_) => page.closed_by_page(deadline).await,
        PageEnd::Garbled(words) => page.close(1002, &words, deadline).await,
        PageEnd::Stalled | PageEnd::Silent | PageEnd::Idle => page.close(1001, "", deadline).await,
    }
}
