//! Certificates of a test's own, and whoever speaks TLS with the gateway: through tokio-rustls, so by another
//! way than the gateway does.

use super::{Gate, soon};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::{ClientConfig, RootCertStore, pki_types::ServerName};
use std::{fs, path::PathBuf, sync::Arc};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};

/// Whom tests believe about names.
pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate with its key, both as files.
pub(crate) struct Pair {
    folder: TempDir,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        Self(CertifiedIssuer::self_signed(params, key).expect("an authority"))
    }

    /// A certificate for a name or an address.
    pub(crate) fn names(&self, name: &str) -> Pair {
        let folder = TempDir::new().expect("a folder");
        let pair = Pair { folder };
        self.renews(&pair, name);
        pair
    }

    /// Writes another certificate over one.
    pub(crate) fn renews(&self, pair: &Pair, name: &str) {
        let params = CertificateParams::new([name.to_owned()]);
        self.issues(pair, &params.expect("a name"));
    }

    /// The same with other particulars.
    pub(crate) fn issues(&self, pair: &Pair, params: &CertificateParams) {
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.0).expect("a certificate");
        fs::write(pair.key(), key.serialize_pem()).expect("written");
        fs::write(pair.certificate(), certificate.pem()).expect("written");
    }

    /// Connects to a gateway, which has to name itself so.
    pub(crate) async fn connect(
        &self,
        gate: &Gate,
        name: &str,
    ) -> std::io::Result<TlsStream<TcpStream>> {
        let tcp = TcpStream::connect(gate.address)
            .await
            .expect("a connection");
        self.over(tcp, name).await
    }

    /// The same over a connection that stands.
    pub(crate) async fn over(
        &self,
        tcp: TcpStream,
        name: &str,
    ) -> std::io::Result<TlsStream<TcpStream>> {
        let mut roots = RootCertStore::empty();
        roots.add(self.0.der().clone()).expect("an authority");
        let mut config = ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        // As browsers do.
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let name = ServerName::try_from(name.to_owned()).expect("a name");
        let connector = TlsConnector::from(Arc::new(config));
        soon("a TLS handshake", connector.connect(name, tcp)).await
    }
}

impl Pair {
    pub(crate) fn certificate(&self) -> PathBuf {
        self.folder.path().join("tls.crt")
    }

    pub(crate) fn key(&self) -> PathBuf {
        self.folder.path().join("tls.key")
    }

    /// What the gateway makes of it.
    pub(crate) fn read(&self) -> msnp6_gateway::tls::Certificate {
        msnp6_gateway::tls::Certificate::load(&self.certificate(), &self.key()).expect("a pair")
    }
}

fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}
