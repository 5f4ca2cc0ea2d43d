//! Why there is no TLS with a server, in the few kinds that an operator can do something about.

use rustls::{CertificateError as Certificate, Error};
use std::io;

/// The kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TlsFailure {
    /// No authority that is believed vouches for its certificate.
    #[error("its certificate is of no authority that is believed; see server.tls_ca")]
    Untrusted,
    /// Its certificate is for others.
    #[error("its certificate is for another name; see server.tls_name")]
    OtherName,
    /// Its certificate is not good today.
    #[error("its certificate has expired, or is not good yet")]
    Expired,
    /// It answers, but with something else.
    #[error("it does not speak TLS at that port")]
    NotSpoken,
    /// It did not come to an end.
    #[error("no handshake before the deadline")]
    Late,
    /// Anything else, such as no version in common.
    #[error("the handshake broke off")]
    Broken,
}

impl TlsFailure {
    /// What to tell of two failures at addresses of one server: a certificate says more than no TLS, and that
    /// more than none in time. Of two that say as much, the first.
    pub(crate) const fn or(self, later: Self) -> Self {
        if later.weight() > self.weight() {
            later
        } else {
            self
        }
    }

    const fn weight(self) -> u8 {
        match self {
            Self::Untrusted | Self::OtherName | Self::Expired => 3,
            Self::NotSpoken => 2,
            Self::Broken => 1,
            Self::Late => 0,
        }
    }

    /// What metrics count by.
    pub(crate) const fn cause(self) -> &'static str {
        match self {
            Self::Untrusted => "tls_untrusted",
            Self::OtherName => "tls_wrong_name",
            Self::Expired => "tls_expired",
            Self::NotSpoken => "tls_not_spoken",
            Self::Late => "tls_timed_out",
            Self::Broken => "tls_failed",
        }
    }
}

impl From<&Error> for TlsFailure {
    fn from(error: &Error) -> Self {
        match error {
            Error::InvalidCertificate(
                Certificate::NotValidForName | Certificate::NotValidForNameContext { .. },
            ) => Self::OtherName,
            Error::InvalidCertificate(
                Certificate::Expired
                | Certificate::ExpiredContext { .. }
                | Certificate::NotValidYet
                | Certificate::NotValidYetContext { .. },
            ) => Self::Expired,
            Error::InvalidCertificate(_) => Self::Untrusted,
            Error::InvalidMessage(_) => Self::NotSpoken,
            _ => Self::Broken,
        }
    }
}

impl From<&io::Error> for TlsFailure {
    fn from(error: &io::Error) -> Self {
        let inner = error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<Error>());
        inner.map_or(Self::Broken, Self::from)
    }
}
