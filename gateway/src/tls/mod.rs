//! Who is who over TLS: the certificate that pages are shown, and the handshake with them. The bytes
//! themselves are moved by `stream`.

mod accept;
mod certificate;
mod watch;

pub(crate) use accept::{Accepted, accept};
pub use certificate::{Certificate, CertificateError, PairFile, PairProblem};
pub(crate) use watch::watch;

use rustls::crypto::{CryptoProvider, ring};
use std::sync::Arc;

/// Named in each configuration: nothing here depends on what a process has installed as its default.
fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}
