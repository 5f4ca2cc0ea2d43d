//! What can be wrong with the files of TLS. Each says which key names the file.

use rustls::pki_types::pem;
use std::{fmt, io, path::PathBuf};

/// Why there is no certificate to show, or none to believe.
#[derive(Debug, thiserror::Error)]
#[error("{file} is {path:?}, {problem}")]
pub struct CertificateError {
    file: TlsFile,
    path: PathBuf,
    problem: FileProblem,
}

impl CertificateError {
    pub(super) const fn new(file: TlsFile, path: PathBuf, problem: FileProblem) -> Self {
        Self {
            file,
            path,
            problem,
        }
    }
}

/// One of the files, as its key is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsFile {
    /// The certificate.
    Certificate,
    /// Its private key.
    Key,
    /// The authorities that vouch for a server.
    Authorities,
}

impl fmt::Display for TlsFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Certificate => "tls_certificate",
            Self::Key => "tls_key",
            Self::Authorities => "server.tls_ca",
        })
    }
}

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum FileProblem {
    /// It cannot be read.
    #[error("which cannot be read: {0}")]
    Unreadable(io::Error),
    /// It holds something else.
    #[error("in which nothing of that kind is; it has to be PEM, as in -----BEGIN …")]
    Empty,
    /// It is no PEM.
    #[error("which is no PEM that can be read")]
    NoPem,
    /// It holds the key of another certificate.
    #[error("which holds the key of another certificate than tls_certificate")]
    OfAnother,
    /// There is none, and the machine has no authorities of its own.
    #[error(
        "and this machine has no authorities of its own; install ca-certificates, or name a file"
    )]
    NoAuthority,
    /// What it holds is of no use.
    #[error("which is of no use: {0}")]
    Unusable(rustls::Error),
}

impl From<pem::Error> for FileProblem {
    fn from(error: pem::Error) -> Self {
        match error {
            pem::Error::Io(error) => Self::Unreadable(error),
            pem::Error::NoItemsFound => Self::Empty,
            // What stands there may be a part of the key.
            _ => Self::NoPem,
        }
    }
}
