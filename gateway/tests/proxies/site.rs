//! A site: two gateways as processes of their own, and a proxy in front with its shipped configuration.

mod instance;
mod proxy;
mod shipped;

pub(crate) use instance::Instance;
pub(crate) use proxy::{Doors, Kind, Proxy};

use crate::support::PATIENCE;
use shipped::Certificate;
use std::{io::Write as _, path::PathBuf, time::Duration};
use tempfile::TempDir;

/// Two gateways and a proxy.
pub(crate) struct Site {
    pub(crate) instances: [Instance; 2],
    pub(crate) proxy: Proxy,
    folder: TempDir,
}

impl Site {
    /// Gateways that lead to this server, with these further arguments, both running.
    pub(crate) async fn start(kind: Kind, server: &str, arguments: &[&str]) -> Self {
        let mut site = Self::with_one(kind, server, arguments).await;
        site.instances[1].start().await;
        // A proxy that has found one of them gone takes a moment until it asks again.
        for at in 0..2 {
            site.reaches(at).await;
        }
        site
    }

    /// The same while only the first one runs.
    pub(crate) async fn with_one(kind: Kind, server: &str, arguments: &[&str]) -> Self {
        Self::with_quiet(kind, server, arguments, QUIET).await
    }

    /// Only the first one, and a proxy that lets a connection be without a byte for this time instead of
    /// [`QUIET`], for which a test cannot wait.
    pub(crate) async fn with_quiet(
        kind: Kind,
        server: &str,
        arguments: &[&str],
        quiet: Duration,
    ) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let certificate = Certificate::make(folder.path());
        let of_kind = kind.arguments(&certificate);
        let mut instances = [0, 1].map(|at| {
            let key = folder.path().join(key_file(at));
            std::fs::write(&key, KEY).expect("written");
            let key = format!("--ticket-key-file={}", key.display());
            let of_kind = of_kind.iter().map(String::as_str);
            let fixed = [&["--server", server, &key], arguments].concat();
            Instance::new(&fixed.into_iter().chain(of_kind).collect::<Vec<_>>())
        });
        instances[0].start().await;
        let proxy = Proxy::start(kind, &instances, &certificate, folder.path(), quiet).await;
        Self {
            instances,
            proxy,
            folder,
        }
    }

    /// Gives an instance other keys for tickets, by SIGHUP, and waits until it has taken them.
    pub(crate) async fn takes_keys(&self, at: usize, keys: &str) {
        let taken = "msnp6_gateway_config_reloads_total{result=\"taken\"}";
        let before = self.instances[at].counts(taken).await;
        std::fs::write(self.file(&key_file(at)), keys).expect("written");
        self.instances[at].signal("HUP").await;
        eventually("other keys", async || {
            self.instances[at].counts(taken).await > before
        })
        .await;
    }

    /// Waits until the proxy passes requests on to this instance.
    pub(crate) async fn reaches(&self, at: usize) {
        let requests = "msnp6_gateway_http_requests_total";
        let before = self.instances[at].counts(requests).await;
        eventually("a request at the instance", async || {
            let answer = crate::support::get(self.proxy.doors.plain, "/config.json", "").await;
            assert_eq!(answer.status, 200);
            self.instances[at].counts(requests).await > before
        })
        .await;
    }

    /// What the proxy has written into its own log of requests.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.file("access.log")).unwrap_or_default()
    }

    /// A file of this site.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// The key for tickets that both gateways begin with.
pub(crate) const KEY: &str = "0123456789abcdef0123456789abcdef\n";

fn key_file(at: usize) -> String {
    format!("ticket.{at}.key")
}

/// How long the shipped files let a connection be without a byte.
pub(crate) const QUIET: Duration = Duration::from_secs(75);

/// Whether the programs are there; says so when the tests are passed over.
pub(crate) fn asked() -> bool {
    let is_asked = std::env::var_os("MSNP6_TEST_PROXIES").is_some();
    if !is_asked {
        // Past what the harness keeps of a test that succeeds.
        let mut stderr = std::io::stderr();
        let _ = stderr.write_all(SKIPPED.as_bytes());
    }
    is_asked
}

const SKIPPED: &str = "SKIPPED: needs nginx, haproxy and openssl on PATH and MSNP6_TEST_PROXIES=1 in the environment; \
     `cargo xtask test native` sees to both\n";

/// Asks again and again, but not for ever.
pub(crate) async fn eventually(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let asking = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let asked = tokio::time::timeout(PATIENCE, asking).await;
    assert!(asked.is_ok(), "{what} did not happen");
}
