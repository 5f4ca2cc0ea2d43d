//! TLS to servers: whom the gateway believes, and under which name.

use super::{CertificateError, FileProblem, TlsFailure, TlsFile, provider};
use crate::{
    config::ServerEntry,
    stream::{Stream, TlsStream},
};
use msnp6::model::Endpoint;
use rustls::{
    ClientConfig, ClientConnection, RootCertStore,
    pki_types::{CertificateDer, ServerName, pem, pem::PemObject as _},
};
use std::{path::Path, sync::Arc};
use tokio::{
    net::TcpStream,
    time::{Instant, timeout_at},
};

/// How connections to one server are secured, those to what it names as well.
#[derive(Clone, Debug)]
pub struct ServerTls {
    name: Option<ServerName<'static>>,
    config: Arc<ClientConfig>,
}

/// Two are the same when one was made from the other.
impl PartialEq for ServerTls {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && Arc::ptr_eq(&self.config, &other.config)
    }
}

impl Eq for ServerTls {}

impl ServerTls {
    /// Believes the authorities of this machine, or those in a PEM file alone; the server has to be who it is
    /// addressed as.
    pub fn new(authorities: Option<&Path>) -> Result<Self, CertificateError> {
        let roots = match authorities {
            Some(path) => of_file(path)?,
            None => of_machine()?,
        };
        // The provider has both versions, so that this never fails.
        let config = ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .map_err(|error| unusable(authorities, FileProblem::Unusable(error)))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self {
            name: None,
            config: Arc::new(config),
        })
    }

    /// The same for a server that has to be this one, however it is addressed; `None` for what is no name.
    #[must_use]
    pub fn named(self, name: &str) -> Option<Self> {
        let name = Some(ServerName::try_from(name.to_owned()).ok()?);
        Some(Self { name, ..self })
    }

    /// Who has to be at an address of this server, or at one that it named. A literal address says where
    /// somebody is and not who: there has to be the server that named it.
    fn name(
        &self,
        server: &ServerEntry,
        endpoint: &Endpoint,
    ) -> Result<ServerName<'static>, TlsFailure> {
        if let Some(name) = &self.name {
            return Ok(name.clone());
        }
        let hosts = [endpoint, &server.endpoint].map(Endpoint::host);
        let names = hosts.map(|host| ServerName::try_from(host.to_owned()).ok());
        let is_dns = |name: &ServerName<'_>| matches!(name, ServerName::DnsName(_));
        let [own, _] = &names;
        let found = names.iter().flatten().find(|name| is_dns(name));
        found.or(own.as_ref()).cloned().ok_or(TlsFailure::OtherName)
    }

    /// Does the handshake, which has to be over at `deadline`.
    pub(crate) async fn connect(
        &self,
        tcp: TcpStream,
        server: &ServerEntry,
        endpoint: &Endpoint,
        deadline: Instant,
    ) -> Result<Stream, TlsFailure> {
        let name = self.name(server, endpoint)?;
        let session = ClientConnection::new(Arc::clone(&self.config), name);
        let session = session.map_err(|error| TlsFailure::from(&error))?;
        let connected = timeout_at(deadline, TlsStream::handshake(tcp, session)).await;
        let connected = connected.map_err(|_| TlsFailure::Late)?;
        connected.map(Stream::Tls).map_err(|error| (&error).into())
    }
}

fn of_file(path: &Path) -> Result<RootCertStore, CertificateError> {
    let wrong = |problem| unusable(Some(path), problem);
    let mut roots = RootCertStore::empty();
    let read = CertificateDer::pem_file_iter(path).map_err(|error| wrong(error.into()))?;
    for authority in read {
        let authority = authority.map_err(|error| wrong(error.into()))?;
        let added = roots.add(authority);
        added.map_err(|error| wrong(FileProblem::Unusable(error)))?;
    }
    if roots.is_empty() {
        return Err(wrong(pem::Error::NoItemsFound.into()));
    }
    Ok(roots)
}

/// Some machines keep one that nobody can read; the others are good nevertheless.
fn of_machine() -> Result<RootCertStore, CertificateError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        return Err(unusable(None, FileProblem::NoAuthority));
    }
    Ok(roots)
}

fn unusable(path: Option<&Path>, problem: FileProblem) -> CertificateError {
    let path = path.map_or("", |path| path.to_str().unwrap_or("?"));
    CertificateError::new(TlsFile::Authorities, path.into(), problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(server: &str, endpoint: &str, tls_name: Option<&str>) -> String {
        let config = ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth();
        let name = tls_name.map(|name| ServerName::try_from(name.to_owned()).expect("a name"));
        let config = Arc::new(config);
        let tls = ServerTls { name, config };
        let server = ServerEntry::new("test", server).expect("a server");
        let endpoint = endpoint.parse().expect("an endpoint");
        let name = tls.name(&server, &endpoint).expect("a name");
        name.to_str().into_owned()
    }

    #[test]
    fn a_server_is_who_it_is_addressed_as_and_so_is_whoever_it_names() {
        let own = "ms.example.org:1863";
        assert_eq!(name(own, own, None), "ms.example.org");
        assert_eq!(name(own, "sb.example.org:1863", None), "sb.example.org");
        assert_eq!(name(own, "192.0.2.7:1863", None), "ms.example.org");
        assert_eq!(name("192.0.2.1:1", "192.0.2.7:1863", None), "192.0.2.7");
        assert_eq!(
            name(own, "192.0.2.7:1863", Some("x.example.org")),
            "x.example.org"
        );
        assert_eq!(
            name(own, "sb.example.org:1", Some("x.example.org")),
            "x.example.org"
        );
    }
}
