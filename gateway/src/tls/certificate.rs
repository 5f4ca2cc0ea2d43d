//! The certificate that pages are shown, with its key: two PEM files, taken together or not at all, and
//! again when they change.

use super::{CertificateError, ExpiryWarning, FileProblem, TlsFile, provider};
use rustls::{
    ServerConfig,
    crypto::ring::Ticketer,
    pki_types::{CertificateDer, PrivateKeyDer, pem, pem::PemObject as _},
};
use std::{
    fs,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stamp([Option<FileStamp>; 2]);

/// The same of one file. Systems count time in ticks, within which one file can take the place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FileStamp {
    modified: SystemTime,
    length: u64,
    /// Which file it is, where files have numbers.
    number: u64,
}

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

    /// What whoever runs the gateway should hear about its end at `now`, in seconds since 1970: that it has
    /// expired, or does so within 14 days.
    pub fn warning(&self, now: u64) -> Option<ExpiryWarning> {
        self.stamped_warning(now).1
    }

    /// The same, and which state of the files it is about.
    pub(super) fn stamped_warning(&self, now: u64) -> (Stamp, Option<ExpiryWarning>) {
        let read = self.now();
        let path = self.0.certificate.clone();
        let warning = (read.expires).and_then(|expires| ExpiryWarning::of(path, expires, now));
        (read.stamp.clone(), warning)
    }

    /// The state of the files at this moment.
    pub(crate) fn stamp(&self) -> Stamp {
        Stamp::of(&self.0.certificate, &self.0.key)
    }
}

impl Stamp {
    fn of(certificate: &Path, key: &Path) -> Self {
        Self([FileStamp::of(certificate), FileStamp::of(key)])
    }
}

impl FileStamp {
    fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok()?;
        Some(Self {
            modified: metadata.modified().ok()?,
            length: metadata.len(),
            #[cfg(unix)]
            number: std::os::unix::fs::MetadataExt::ino(&metadata),
            #[cfg(not(unix))]
            number: 0,
        })
    }
}

impl Read {
    fn from(certificate: &Path, key: &Path) -> Result<Self, CertificateError> {
        // Before the files are read: what is written meanwhile is then noticed.
        let stamp = Stamp::of(certificate, key);
        let of_certificate =
            |problem| CertificateError::new(TlsFile::Certificate, certificate.to_owned(), problem);
        let of_key = |problem| CertificateError::new(TlsFile::Key, key.to_owned(), problem);
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
            rustls::Error::InconsistentKeys(_) => of_key(FileProblem::OfAnother),
            rustls::Error::InvalidCertificate(_) => of_certificate(FileProblem::Unusable(error)),
            error => of_key(FileProblem::Unusable(error)),
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
