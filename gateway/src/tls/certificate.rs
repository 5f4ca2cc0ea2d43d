//! The certificate that pages are shown, with its key: two PEM files, taken together or not at all, and
//! again when they change.

use super::provider;
use rustls::{
    ServerConfig,
    crypto::ring::Ticketer,
    pki_types::{CertificateDer, PrivateKeyDer, pem, pem::PemObject as _},
};
use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::SystemTime,
};
use x509_cert::der::Decode as _;

/// A certificate and its key, as they were read last.
#[derive(Clone, Debug)]
pub struct Certificate(Arc<Pair>);

#[derive(Debug)]
struct Pair {
    certificate: PathBuf,
    key: PathBuf,
    read: RwLock<Arc<Read>>,
}

/// What was in the files.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) config: Arc<ServerConfig>,
    /// Until when it is good, in seconds since 1970; `None` for a date that nobody can read.
    pub(crate) expires: Option<u64>,
    pub(crate) stamp: Stamp,
}

/// What tells one state of the files from the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stamp([Option<(SystemTime, u64)>; 2]);

impl Certificate {
    /// Reads the certificate, with those that lead from it to an authority behind it, and its key.
    pub fn load(certificate: &Path, key: &Path) -> Result<Self, CertificateError> {
        let read = Read::from(certificate, key)?;
        Ok(Self(Arc::new(Pair {
            certificate: certificate.to_owned(),
            key: key.to_owned(),
            read: RwLock::new(Arc::new(read)),
        })))
    }

    /// Reads both files again; what was there before stays when they do not fit.
    pub(crate) fn reload(&self) -> Result<(), CertificateError> {
        let read = Arc::new(Read::from(&self.0.certificate, &self.0.key)?);
        *self.0.read.write().unwrap_or_else(PoisonError::into_inner) = read;
        Ok(())
    }

    /// What the next page is shown.
    pub(crate) fn now(&self) -> Arc<Read> {
        let read = self.0.read.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&read)
    }

    /// The state of the files at this moment.
    pub(crate) fn stamp(&self) -> Stamp {
        Stamp::of(&self.0.certificate, &self.0.key)
    }
}

impl Stamp {
    fn of(certificate: &Path, key: &Path) -> Self {
        let stamp = |path: &Path| {
            let metadata = fs::metadata(path).ok()?;
            Some((metadata.modified().ok()?, metadata.len()))
        };
        Self([stamp(certificate), stamp(key)])
    }
}

impl Read {
    fn from(certificate: &Path, key: &Path) -> Result<Self, CertificateError> {
        // Before the files are read: what is written meanwhile is then noticed.
        let stamp = Stamp::of(certificate, key);
        let wrong = |file: PairFile, problem: PairProblem| CertificateError {
            file,
            path: match file {
                PairFile::Certificate => certificate.to_owned(),
                PairFile::Key => key.to_owned(),
            },
            problem,
        };
        let of_certificate = |problem| wrong(PairFile::Certificate, problem);
        let of_key = |problem| wrong(PairFile::Key, problem);
        let chain = CertificateDer::pem_file_iter(certificate)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| of_certificate(error.into()))?;
        let leaf = chain.first().ok_or(pem::Error::NoItemsFound);
        let leaf = leaf.map_err(|error| of_certificate(error.into()))?;
        let expires = expires(leaf);
        let private = PrivateKeyDer::from_pem_file(key).map_err(|error| of_key(error.into()))?;
        let config = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .and_then(|builder| {
                builder
                    .with_no_client_auth()
                    .with_single_cert(chain, private)
            });
        let mut config = config.map_err(|error| match error {
            rustls::Error::InconsistentKeys(_) => of_key(PairProblem::OfAnother),
            rustls::Error::InvalidCertificate(_) => of_certificate(PairProblem::Unusable(error)),
            error => of_key(PairProblem::Unusable(error)),
        })?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        // Whoever comes back needs no second proof, and nothing is kept for them here.
        if let Ok(ticketer) = Ticketer::new() {
            config.ticketer = ticketer;
        }
        Ok(Self {
            config: Arc::new(config),
            expires,
            stamp,
        })
    }
}

fn expires(certificate: &CertificateDer<'_>) -> Option<u64> {
    let certificate = x509_cert::Certificate::from_der(certificate).ok()?;
    let until = certificate.tbs_certificate().validity().not_after;
    Some(until.to_unix_duration().as_secs())
}

/// Why there is no certificate to show.
#[derive(Debug, thiserror::Error)]
#[error("{file} is {path:?}, {problem}")]
pub struct CertificateError {
    file: PairFile,
    path: PathBuf,
    problem: PairProblem,
}

/// One of the two files, as its key is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairFile {
    /// The certificate.
    Certificate,
    /// Its private key.
    Key,
}

impl fmt::Display for PairFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Certificate => "tls_certificate",
            Self::Key => "tls_key",
        })
    }
}

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum PairProblem {
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
    /// What it holds is of no use.
    #[error("which is of no use: {0}")]
    Unusable(rustls::Error),
}

impl From<pem::Error> for PairProblem {
    fn from(error: pem::Error) -> Self {
        match error {
            pem::Error::Io(error) => Self::Unreadable(error),
            pem::Error::NoItemsFound => Self::Empty,
            // What stands there may be a part of the key.
            _ => Self::NoPem,
        }
    }
}
