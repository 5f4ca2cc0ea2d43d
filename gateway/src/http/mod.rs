//! HTTP: routes, and the connection until it becomes a WebSocket. The links themselves are elsewhere.

mod config_json;
mod encoding;
mod gatekeeper;
mod redirect;
pub(crate) mod respond;
mod site;
mod upgrade;

pub(crate) use site::Site;

use crate::{
    client::{
        Peer,
        proxy_protocol::{self, Refusal, Said},
    },
    gateway::{Gateway, Live},
    stream::Stream,
    tls::{self, Accepted},
};
use hyper::{
    Method, Request, Response, StatusCode, body::Incoming, header, server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use respond::Body;
use std::{convert::Infallible, pin::pin, sync::Arc};
use tokio::{
    select,
    time::{sleep, timeout},
};
use tracing::{debug, warn};

/// What a listener is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The page and its socket.
    Page,
    /// Sending people to TLS, which is spoken at this port.
    Redirect(u16),
}

/// Serves one connection. A WebSocket leaves as a task of its own, and takes the stream along.
pub(crate) async fn serve(stream: Stream, peer: Peer, purpose: Purpose, live: Arc<Live>) {
    let gateway = live.now();
    let begun = select! {
        begun = Box::pin(begin(stream, peer, purpose, &gateway)) => begun,
        () = gateway.stop.cancelled() => return,
    };
    let Some((stream, peer)) = begun else { return };
    let deadlines = gateway.config.deadlines;
    let stop = gateway.stop.clone();
    drop(gateway);
    let answer = move |request| {
        // A link that begins on a connection from before is as new as any other.
        let gateway = live.now();
        async move { Ok::<_, Infallible>(answer(&gateway, peer, purpose, request).await) }
    };
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(deadlines.http_head)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), service_fn(answer))
        .with_upgrades();
    let mut connection = pin!(connection);
    select! {
        // Errors here are those of somebody else's network, and common.
        _ = connection.as_mut() => return,
        () = stop.cancelled() => connection.as_mut().graceful_shutdown(),
        () = sleep(deadlines.http_connection) => connection.as_mut().graceful_shutdown(),
    }
    select! {
        _ = connection => {}
        () = sleep(deadlines.close) => {}
    }
}

/// What comes before HTTP: whose connection it is, and TLS.
async fn begin(
    mut stream: Stream,
    peer: Peer,
    purpose: Purpose,
    gateway: &Gateway,
) -> Option<(Stream, Peer)> {
    let peer = name(&mut stream, peer, gateway).await?;
    let (tcp, certificate) = match (stream, &gateway.config.tls, purpose) {
        (Stream::Tcp(tcp), Some(certificate), Purpose::Page) => (tcp, certificate),
        (stream, ..) => return Some((stream, peer)),
    };
    let deadline = gateway.config.deadlines.http_head;
    let accepted = tls::accept(tcp, certificate.now().config.clone(), deadline).await;
    gateway.metrics.handshake(&accepted);
    match accepted {
        Accepted::Done(stream) => return Some((stream, peer)),
        Accepted::Failed(error) => debug!(%peer, "no TLS with a page: {error}"),
        Accepted::Late => debug!(%peer, "no TLS with a page: it did not come in time"),
        Accepted::Plain => debug!(%peer, "somebody spoke plain HTTP where TLS is spoken"),
        Accepted::Left => {}
    }
    None
}

/// Lets a balancer say whose connection this is, where it has to.
async fn name(stream: &mut Stream, peer: Peer, gateway: &Gateway) -> Option<Peer> {
    let trust = &gateway.config.trust;
    if !trust.proxy_protocol || !peer.is_trusted(trust) {
        return Some(peer);
    }
    let said = timeout(
        gateway.config.deadlines.http_head,
        proxy_protocol::read(stream),
    );
    match said.await.unwrap_or(Err(Refusal::Late)) {
        Ok(Said::Client(address)) => Some(Peer::named(address)),
        Ok(Said::Nobody) => Some(peer),
        Err(Refusal::Silent) => {
            debug!(%peer, "somebody has looked whether anybody is here");
            None
        }
        Err(refusal) => {
            warn!(%peer, "connection without a PROXY header that can be read: {refusal}");
            None
        }
    }
}

async fn answer(
    gateway: &Arc<Gateway>,
    peer: Peer,
    purpose: Purpose,
    request: Request<Incoming>,
) -> Response<Body> {
    let response = match (request.method(), request.uri().path()) {
        _ if let Purpose::Redirect(port) = purpose => redirect::answer(&request, port),
        (_, "/msnp") => upgrade::answer(gateway, peer, request),
        (&Method::GET | &Method::HEAD, "/config.json") => config_json::answer(gateway),
        (&Method::GET | &Method::HEAD, path) => gateway.site.answer(path, request.headers()).await,
        _ => not_allowed(),
    };
    gateway.metrics.answered(response.status().as_u16());
    respond::with_policy(response)
}

fn not_allowed() -> Response<Body> {
    let mut response = respond::text(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.\n");
    let allowed = header::HeaderValue::from_static("GET, HEAD");
    response.headers_mut().insert(header::ALLOW, allowed);
    response
}

/// The longest head of a request, and what one connection buffers at most.
const MAX_HEAD: usize = 16 * 1024;
