//! A server that knows only bytes, so that tests read as transcripts.

use super::soon;
use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

pub(crate) struct FakeServer {
    listener: TcpListener,
    pub(crate) address: SocketAddr,
}

impl FakeServer {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        Self { listener, address }
    }

    /// The next connection.
    pub(crate) async fn accept(&self) -> FakeLink {
        let accepted = soon("a connection to the server", self.listener.accept()).await;
        FakeLink(accepted.expect("a connection").0)
    }

    /// Whether nobody has connected; whoever asks has waited for something later already.
    pub(crate) async fn is_alone(&self) -> bool {
        let ready = std::future::poll_fn(|cx| {
            std::task::Poll::Ready(self.listener.poll_accept(cx).is_pending())
        });
        ready.await
    }
}

pub(crate) struct FakeLink(pub(crate) TcpStream);

impl FakeLink {
    pub(crate) async fn says(&mut self, text: &str) {
        let said = soon("writing to the gateway", self.0.write_all(text.as_bytes())).await;
        said.expect("written");
    }

    /// Reads exactly this.
    #[track_caller]
    pub(crate) fn hears<'a>(&'a mut self, text: &'a str) -> impl Future<Output = ()> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            let mut bytes = vec![0; text.len()];
            let heard = soon(
                &format!("{text:?} for {caller}"),
                self.0.read_exact(&mut bytes),
            )
            .await;
            heard.unwrap_or_else(|error| panic!("{text:?} did not come: {error}, at {caller}"));
            assert_eq!(String::from_utf8_lossy(&bytes), text, "at {caller}");
        }
    }

    /// Reads the rest of the stream.
    pub(crate) async fn hears_the_rest(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let read = soon("the end of the stream", self.0.read_to_end(&mut bytes)).await;
        read.expect("an orderly end");
        bytes
    }

    /// Closes with a reset instead of an end.
    pub(crate) fn resets(self) {
        self.0.set_zero_linger().expect("an option");
    }
}
