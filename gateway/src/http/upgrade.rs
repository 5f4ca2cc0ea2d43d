//! From a request to a WebSocket: checks the handshake, and starts the link on the bare stream,
//! without anything of hyper's around it.

#[cfg(test)]
mod echo;

use super::{gatekeeper, respond, respond::Body};
use crate::{
    client::{ClientAddr, Peer},
    gateway::Gateway,
    link::{self, Target},
    page::PageSocket,
    stream::Stream,
};
use hyper::{
    Method, Request, Response, StatusCode, Version,
    body::Incoming,
    header::{self, HeaderMap, HeaderName, HeaderValue},
    upgrade::OnUpgrade,
};
use hyper_util::rt::TokioIo;
use msnp6::gateway::SUBPROTOCOL;
use std::sync::Arc;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tracing::{info, warn};

/// Answers a request for `/msnp`.
pub(super) fn answer(
    gateway: &Arc<Gateway>,
    peer: Peer,
    mut request: Request<Incoming>,
) -> Response<Body> {
    let key = match check(&request) {
        Ok(key) => key.clone(),
        Err(refusal) => return refusal.respond(),
    };
    let peer = peer.client(request.headers(), &gateway.config.trust);
    if let Err(sentence) = gatekeeper::check(&gateway.config, peer, request.headers()) {
        gateway.metrics.origins_refused.increment();
        let origin = request.headers().get(header::ORIGIN);
        warn!(%peer, ?origin, "socket refused: {}", sentence.trim_end());
        return respond::text(StatusCode::FORBIDDEN, sentence);
    }
    let target = Target::from_query(gateway, request.uri().query().unwrap_or_default());
    let upgrade = hyper::upgrade::on(&mut request);
    gateway
        .tasks
        .spawn(start(Arc::clone(gateway), upgrade, peer, target));
    accept(&key, request.headers())
}

/// Takes the stream from hyper once the response is out, and runs the link on it.
async fn start(gateway: Arc<Gateway>, upgrade: OnUpgrade, peer: ClientAddr, target: Target) {
    // Phases are boxed, here and below, so that a link that only waits keeps no room for them.
    let Some(mut page) = Box::pin(take(&gateway, upgrade)).await else {
        info!(%peer, "the page left before its socket was open");
        return;
    };
    link::run(&gateway, &mut page, &peer, &target).await;
}

async fn take(gateway: &Gateway, upgrade: OnUpgrade) -> Option<Box<PageSocket>> {
    let deadlines = &gateway.config.deadlines;
    let upgraded = timeout(deadlines.http_head, upgrade).await.ok()?.ok()?;
    let parts = upgraded.downcast::<TokioIo<Stream>>().ok()?;
    let stream = parts.io.into_inner();
    let page = PageSocket::new(stream, &parts.read_buf, deadlines.stall);
    Some(Box::new(page))
}

fn accept(key: &HeaderValue, headers: &HeaderMap) -> Response<Body> {
    let mut response = Response::new(Body::default());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let answer = response.headers_mut();
    answer.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    answer.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    if let Ok(accept) = derive_accept_key(key.as_bytes()).parse() {
        answer.insert(header::SEC_WEBSOCKET_ACCEPT, accept);
    }
    if has_token(headers, &header::SEC_WEBSOCKET_PROTOCOL, SUBPROTOCOL) {
        let ours = HeaderValue::from_static(SUBPROTOCOL);
        answer.insert(header::SEC_WEBSOCKET_PROTOCOL, ours);
    }
    response
}

/// The key of a request that is a WebSocket handshake.
fn check<T>(request: &Request<T>) -> Result<&HeaderValue, Refusal> {
    let headers = request.headers();
    if request.method() != Method::GET || request.version() != Version::HTTP_11 {
        return Err(Refusal::Method);
    }
    if !has_token(headers, &header::UPGRADE, "websocket")
        || !has_token(headers, &header::CONNECTION, "upgrade")
    {
        return Err(Refusal::NoWebSocket);
    }
    if headers
        .get(header::SEC_WEBSOCKET_VERSION)
        .is_none_or(|version| version != "13")
    {
        return Err(Refusal::Version);
    }
    let key = headers.get(header::SEC_WEBSOCKET_KEY);
    // Sixteen bytes in base64.
    key.filter(|key| key.len() == 24).ok_or(Refusal::Key)
}

/// Whether a header that is a list has a word in it, in any case.
fn has_token(headers: &HeaderMap, name: &HeaderName, token: &str) -> bool {
    let values = headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut words = values.flat_map(|value| value.split(','));
    words.any(|word| word.trim().eq_ignore_ascii_case(token))
}

/// Why a request is no handshake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    Method,
    NoWebSocket,
    Version,
    Key,
}

impl Refusal {
    fn respond(self) -> Response<Body> {
        let (status, sentence) = match self {
            Self::Method => (
                StatusCode::BAD_REQUEST,
                "A WebSocket begins with GET over HTTP/1.1.\n",
            ),
            Self::NoWebSocket => (
                StatusCode::UPGRADE_REQUIRED,
                "This address speaks WebSocket only; a proxy in between must pass Upgrade on.\n",
            ),
            Self::Version => (StatusCode::UPGRADE_REQUIRED, "Only WebSocket version 13.\n"),
            Self::Key => (
                StatusCode::BAD_REQUEST,
                "The Sec-WebSocket-Key is missing or malformed.\n",
            ),
        };
        let mut response = respond::text(status, sentence);
        if status == StatusCode::UPGRADE_REQUIRED {
            let headers = response.headers_mut();
            headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
            headers.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
            headers.insert(
                header::SEC_WEBSOCKET_VERSION,
                HeaderValue::from_static("13"),
            );
        }
        response
    }
}
