//! Who is who over TLS: the certificate that pages are shown, the authorities that are believed about servers,
//! and both handshakes. The bytes themselves are moved by `stream`.

mod accept;
mod certificate;
mod error;
mod expiry;
mod failure;
mod server;
mod watch;

pub(crate) use accept::{Accepted, accept};
pub use certificate::Certificate;
pub use error::{CertificateError, FileProblem, TlsFile};
pub use expiry::ExpiryWarning;
pub(crate) use expiry::remind;
pub(crate) use failure::TlsFailure;
pub use server::ServerTls;
pub(crate) use watch::watch;

use rustls::crypto::{CryptoProvider, ring};
use std::sync::Arc;

/// Named in each configuration: nothing here depends on what a process has installed as its default.
fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}
