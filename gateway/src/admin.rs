//! Health and metrics, on a listener of their own. Nothing here is for pages.

use crate::{
    gateway::{Gateway, Live},
    http::respond,
    metrics,
};
use hyper::{
    Request, Response, StatusCode, body::Incoming, server::conn::http1, service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{convert::Infallible, sync::Arc, time::Duration};
use tokio::{net::TcpListener, time::timeout};

/// Serves for ever.
pub(crate) async fn serve(listener: TcpListener, live: Arc<Live>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let gateway = live.now();
        tokio::spawn(async move {
            let deadline = gateway.config.deadlines.http_connection;
            let answer =
                |request| std::future::ready(Ok::<_, Infallible>(answer(&gateway, &request)));
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(gateway.config.deadlines.http_head)
                .serve_connection(TokioIo::new(stream), service_fn(answer));
            let _ = timeout(deadline, connection).await;
        });
    }
}

fn answer(gateway: &Gateway, request: &Request<Incoming>) -> Response<respond::Body> {
    match request.uri().path() {
        "/healthz" => respond::text(StatusCode::OK, "ok\n"),
        "/readyz" if gateway.stop.is_cancelled() => {
            respond::text(StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
        }
        "/readyz" => respond::text(StatusCode::OK, "ready\n"),
        "/metrics" => {
            let certificate = gateway.config.tls.as_ref();
            let expires = certificate.and_then(|certificate| certificate.now().expires);
            let text = gateway
                .metrics
                .render(!gateway.stop.is_cancelled(), expires);
            respond::with_type(StatusCode::OK, metrics::CONTENT_TYPE, text.into())
        }
        _ => respond::text(
            StatusCode::NOT_FOUND,
            "There is /healthz, /readyz and /metrics.\n",
        ),
    }
}
