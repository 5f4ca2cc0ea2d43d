//! The shipped files and the commands that run them. What is replaced in a file are addresses, paths and the user
//! that it runs as, and each of them has to be there, so that what is shipped is what is tested.

use super::{Doors, Instance, Kind, QUIET};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tokio::process::Command;

/// nginx with its shipped file in what Debian's own file has around it.
pub(super) fn nginx(
    gateways: &[Instance; 2],
    doors: Doors,
    certificate: &Certificate,
    folder: &Path,
    quiet: Duration,
) -> Command {
    let Doors {
        tls,
        redirect,
        plain,
        named,
    } = doors;
    let place = folder.display();
    let listen = format!(
        "listen {tls} ssl; listen {plain}; listen {named} proxy_protocol; \
         set_real_ip_from 127.0.0.1; real_ip_header proxy_protocol;"
    );
    Shipped::read("nginx.conf")
        .put("10.0.0.11:8080", &gateways[0].page.to_string())
        .put("10.0.0.12:8080", &gateways[1].page.to_string())
        .put("listen 80;", &format!("listen {redirect};"))
        .put("listen [::]:80;", "")
        .put("listen 443 ssl;", &listen)
        .put("listen [::]:443 ssl;", "")
        .put("/etc/ssl/certs/ssl-cert-snakeoil.pem", &certificate.file)
        .put("/etc/ssl/private/ssl-cert-snakeoil.key", &certificate.key)
        .put("/var/log/nginx/msnp6.log", &format!("{place}/access.log"))
        .put("/var/log/nginx/error.log", &format!("{place}/error.log"))
        .put_everywhere(&seconds(QUIET), &seconds(quiet))
        .write(folder, "site.conf");
    let main = format!(
        "pid {place}/nginx.pid; daemon off; worker_processes 2; events {{ }} http {{ \
         gzip on; access_log {place}/others.log; \
         client_body_temp_path {place}/1; proxy_temp_path {place}/2; fastcgi_temp_path {place}/3; \
         uwsgi_temp_path {place}/4; scgi_temp_path {place}/5; include {place}/site.conf; }}"
    );
    let main = Shipped(main).write(folder, "nginx.conf");
    let mut command = command("MSNP6_NGINX", "nginx");
    command.arg("-p").arg(folder).arg("-c").arg(main);
    command.arg("-e").arg(folder.join("error.log"));
    command
}

/// HAProxy with one of its shipped files.
pub(super) fn haproxy(
    kind: Kind,
    gateways: &[Instance; 2],
    doors: Doors,
    certificate: &Certificate,
    folder: &Path,
    quiet: Duration,
) -> Command {
    let Doors {
        tls,
        redirect,
        plain,
        named,
    } = doors;
    let bind = format!("bind {plain}\n    bind {named} accept-proxy\n    bind {tls}");
    let mut shipped = Shipped::read(match kind {
        Kind::HaProxy => "haproxy.cfg",
        _ => "haproxy-tcp.cfg",
    })
    .put("/dev/log local0", "stdout format raw local0")
    .put("    chroot /var/lib/haproxy\n", "")
    .put("    user haproxy\n", "")
    .put("    group haproxy\n", "")
    .put(
        "/run/haproxy/admin.sock",
        &format!("{}/socket", folder.display()),
    )
    .put("bind :::443 v4v6", &bind)
    .put(" check port 9090 ", " check ")
    .put_everywhere(&seconds(QUIET), &seconds(quiet));
    if kind == Kind::HaProxy {
        shipped = shipped.put("bind :::80 v4v6\n", &format!("bind {redirect}\n"));
    }
    shipped = if kind == Kind::HaProxyTlsThrough {
        shipped.put(" ssl crt /etc/haproxy/msnp6.pem alpn http/1.1", "")
    } else {
        let both = [&certificate.file, &certificate.key];
        let both = both.map(|path| fs::read_to_string(path).expect("PEM"));
        let both = Shipped(both.concat()).write(folder, "both.pem");
        shipped.put("/etc/haproxy/msnp6.pem", &both.display().to_string())
    };
    for (gateway, address) in gateways.iter().zip(["10.0.0.11:8080", "10.0.0.12:8080"]) {
        let port = gateway.admin.port();
        shipped = shipped.put(address, &format!("{} port {port}", gateway.page));
    }
    let file = shipped.write(folder, "haproxy.cfg");
    let log = fs::File::create(folder.join("access.log")).expect("a file");
    let mut command = command("MSNP6_HAPROXY", "haproxy");
    let words = fs::File::create(folder.join("error.log")).expect("a file");
    command.arg("-db").arg("-f").arg(file);
    command.stdout(log).stderr(words);
    command
}

/// A file in which some words are replaced by others.
struct Shipped(String);

impl Shipped {
    fn read(name: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
        let path = root
            .expect("the repository")
            .join("docs/proxies")
            .join(name);
        Self(fs::read_to_string(path).expect("a shipped file"))
    }

    /// Replaces words that have to be there, once.
    fn put(mut self, words: &str, others: &str) -> Self {
        assert_eq!(self.0.matches(words).count(), 1, "{words} in {}", self.0);
        self.0 = self.0.replace(words, others);
        self
    }

    /// Replaces words that have to be there.
    fn put_everywhere(mut self, words: &str, others: &str) -> Self {
        assert!(self.0.contains(words), "{words} in {}", self.0);
        self.0 = self.0.replace(words, others);
        self
    }

    fn write(self, folder: &Path, name: &str) -> PathBuf {
        let path = folder.join(name);
        fs::write(&path, self.0).expect("written");
        path
    }
}

fn seconds(duration: Duration) -> String {
    format!("{}s", duration.as_secs())
}

/// A program on `PATH`, or where a variable says that it is.
fn command(variable: &str, name: &str) -> Command {
    Command::new(env::var_os(variable).unwrap_or_else(|| name.into()))
}

/// A certificate for this machine, made for this test.
pub(super) struct Certificate {
    pub(super) file: String,
    pub(super) key: String,
}

impl Certificate {
    pub(super) fn make(folder: &Path) -> Self {
        let [file, key] =
            ["site.pem", "site.key"].map(|name| folder.join(name).display().to_string());
        let made = std::process::Command::new("openssl")
            .args([
                "req",
                "-x509",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
            ])
            .args(["-addext", "subjectAltName=IP:127.0.0.1"])
            .args(["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"])
            .args(["-out", &file, "-keyout", &key])
            .stderr(Stdio::null())
            .status();
        assert!(
            made.expect("openssl").success(),
            "openssl made no certificate"
        );
        Self { file, key }
    }
}
