//! Certificates of a test's own, and whoever speaks TLS with the gateway: through tokio-rustls, so by another
//! way than the gateway does.

use super::{Gate, soon};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::{
    ClientConfig, RootCertStore, ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject as _},
};
use std::{fs, net::SocketAddr, path::PathBuf, sync::Arc};
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{TlsAcceptor, TlsConnector, client::TlsStream};

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

    /// The authority's own certificate, as a file.
    pub(crate) fn file(&self) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs::write(file.path(), self.0.pem()).expect("written");
        file
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

    /// Speaks TLS in front of a server that does not, and says where.
    pub(crate) async fn in_front_of(&self, server: SocketAddr) -> SocketAddr {
        let chain = CertificateDer::pem_file_iter(self.certificate()).expect("a file");
        let chain = chain.collect::<Result<_, _>>().expect("certificates");
        let key = PrivateKeyDer::from_pem_file(self.key()).expect("a key");
        let config = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("a pair");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    // A handshake that fails is what some tests are about.
                    let Ok(mut outer) = acceptor.accept(tcp).await else {
                        return;
                    };
                    let mut inner = TcpStream::connect(server).await.expect("a connection");
                    let _ = tokio::io::copy_bidirectional(&mut outer, &mut inner).await;
                });
            }
        });
        address
    }
}

fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}
