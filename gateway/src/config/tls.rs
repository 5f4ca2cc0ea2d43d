//! The keys about TLS towards pages: `tls_certificate` and `tls_key`.

use super::{ConfigError, check::wrong, file::FileKeys};
use crate::tls::Certificate;
use clap::Args;
use std::path::PathBuf;

/// TLS towards pages.
#[derive(Args, Clone, Debug, Default)]
pub struct TlsFlags {
    /// Speak TLS on the TCP addresses of listen, with the certificate in this PEM file
    #[arg(long, env = "MSNP6_GATEWAY_TLS_CERTIFICATE", value_name = "FILE")]
    pub tls_certificate: Option<PathBuf>,
    /// The private key of that certificate, a PEM file
    #[arg(long, env = "MSNP6_GATEWAY_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
}

/// Reads both files, if they are named.
pub(super) fn check(line: &TlsFlags, file: &FileKeys) -> Result<Option<Certificate>, ConfigError> {
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
        assert!(check(&["--demo"], "").expect("fine").tls.is_none());
        let refusal = |flag| refusal(&["--demo", flag], "");
        let words = refusal(by_certificate);
        assert!(words.contains("possible without tls_key"), "{words}");
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
