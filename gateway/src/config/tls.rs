//! The keys about TLS towards pages: `tls_certificate`, `tls_key` and `redirect_listen`.

use super::{
    Config, ConfigError,
    check::{ADDRESS, list, wrong},
    file::{Addresses, FileKeys},
};
use crate::tls::Certificate;
use clap::Args;
use std::{net::SocketAddr, path::PathBuf};

/// TLS towards pages.
#[derive(Args, Clone, Debug, Default)]
pub struct TlsFlags {
    /// Speak TLS on the TCP addresses of listen, with the certificate in this PEM file
    #[arg(long, env = "MSNP6_GATEWAY_TLS_CERTIFICATE", value_name = "FILE")]
    pub tls_certificate: Option<PathBuf>,
    /// The private key of that certificate, a PEM file
    #[arg(long, env = "MSNP6_GATEWAY_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// Send plain HTTP from here to TLS
    #[arg(
        long,
        env = "MSNP6_GATEWAY_REDIRECT_LISTEN",
        value_name = "ADDR",
        value_delimiter = ','
    )]
    pub redirect_listen: Vec<String>,
}

/// The same, checked.
#[derive(Debug)]
pub(super) struct Tls {
    certificate: Option<Certificate>,
    redirect: Vec<SocketAddr>,
}

impl Tls {
    pub(super) fn check(line: &TlsFlags, file: &FileKeys) -> Result<Self, ConfigError> {
        let addresses = file.redirect_listen.clone().map(Addresses::into_list);
        let addresses = addresses.unwrap_or_default();
        let flags = line.redirect_listen.clone();
        let redirect = list("redirect_listen", flags, addresses, ADDRESS)?;
        let certificate = certificate(line, file)?;
        if certificate.is_none()
            && let Some(address) = redirect.first()
        {
            let address = SocketAddr::to_string(address);
            return Err(wrong("redirect_listen", &address, NO_TLS));
        }
        Ok(Self {
            certificate,
            redirect,
        })
    }

    /// Puts it where it belongs.
    pub(super) fn apply(self, config: &mut Config) {
        config.tls = self.certificate;
        config.redirect_listen = self.redirect;
    }
}

/// Reads both files, if they are named.
fn certificate(line: &TlsFlags, file: &FileKeys) -> Result<Option<Certificate>, ConfigError> {
    let certificate = line
        .tls_certificate
        .as_ref()
        .or(file.tls_certificate.as_ref());
    let key = line.tls_key.as_ref().or(file.tls_key.as_ref());
    match (certificate, key) {
        (None, None) => Ok(None),
        (Some(certificate), Some(key)) => {
            let read = Certificate::load(certificate, key);
            read.map(Some).map_err(ConfigError::Certificate)
        }
        (Some(path), None) => Err(wrong("tls_certificate", &path.to_string_lossy(), NO_KEY)),
        (None, Some(path)) => Err(wrong("tls_key", &path.to_string_lossy(), NO_CERTIFICATE)),
    }
}

const NO_TLS: &str = "possible without tls_certificate; there is nowhere to send anybody";
const NO_KEY: &str = "possible without tls_key; name there the file of its private key";
const NO_CERTIFICATE: &str =
    "possible without tls_certificate; name there the file of its certificate";

#[cfg(test)]
mod tests {
    use super::super::check::tests::{check, refusal};
    use std::{fs, path::Path};

    /// A certificate and its key in a folder.
    fn written(folder: &Path) -> (String, String) {
        let pair = rcgen::generate_simple_self_signed(["chat.example.org".to_owned()]);
        let pair = pair.expect("a certificate");
        let write = |name: &str, text: String| {
            let path = folder.join(name);
            fs::write(&path, text).expect("written");
            path.to_str().expect("a path").to_owned()
        };
        let certificate = write("tls.crt", pair.cert.pem());
        (
            certificate,
            write("tls.key", pair.signing_key.serialize_pem()),
        )
    }

    #[test]
    fn both_files_are_flags_and_keys_and_one_alone_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let (certificate, key) = written(folder.path());
        let flags = [
            format!("--tls-certificate={certificate}"),
            format!("--tls-key={key}"),
        ];
        let [by_certificate, by_key] = flags.each_ref().map(String::as_str);
        let toml = format!("tls_certificate = {certificate:?}\ntls_key = {key:?}");
        for config in [
            check(&["--demo", by_certificate, by_key], ""),
            check(&["--demo"], &toml),
        ] {
            assert!(config.expect("fine").tls.is_some());
        }
        let redirect = "--redirect-listen=127.0.0.1:80,[::1]:80";
        let config = check(&["--demo", by_certificate, by_key, redirect], "");
        assert_eq!(config.expect("fine").redirect_listen.len(), 2);
        let config = check(&["--demo"], &format!("redirect_listen = '[::]:80'\n{toml}"));
        assert_eq!(config.expect("fine").redirect_listen.len(), 1);
        assert!(check(&["--demo"], "").expect("fine").tls.is_none());
        let refusal = |flag| refusal(&["--demo", flag], "");
        let words = refusal(by_certificate);
        assert!(words.contains("possible without tls_key"), "{words}");
        let words = refusal(redirect);
        assert!(words.contains("nowhere to send anybody"), "{words}");
        let words = refusal("--redirect-listen=80");
        assert!(words.starts_with("redirect_listen is \"80\""), "{words}");
        let words = refusal(by_key);
        assert!(
            words.contains("possible without tls_certificate"),
            "{words}"
        );
    }

    #[test]
    fn a_file_that_is_of_no_use_is_named_with_what_is_wrong() {
        let (folder, other) = (tempfile::tempdir(), tempfile::tempdir());
        let (folder, other) = (folder.expect("a folder"), other.expect("a folder"));
        let (certificate, key) = written(folder.path());
        let (_, of_another) = written(other.path());
        let nowhere = folder.path().join("nowhere");
        let nowhere = nowhere.to_str().expect("a path");
        let broken = folder.path().join("broken");
        fs::write(&broken, "-----BEGIN CERTIFICATE-----\n?\n").expect("written");
        let broken = broken.to_str().expect("a path");
        for (certificate, key, words) in [
            (nowhere, &*key, "tls_certificate is"),
            (nowhere, &key, "cannot be read"),
            (&certificate, nowhere, "tls_key is"),
            (&key, &key, "nothing of that kind"),
            (&certificate, &certificate, "nothing of that kind"),
            (&certificate, &of_another, "the key of another certificate"),
            (broken, &key, "which is no PEM"),
        ] {
            let flags = [
                "--demo",
                &format!("--tls-certificate={certificate}"),
                &format!("--tls-key={key}"),
            ];
            let refusal = refusal(&flags, "");
            assert!(refusal.contains(words), "{refusal} instead of {words}");
        }
    }
}
