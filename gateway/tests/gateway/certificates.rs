//! The certificate that pages are shown, when its files change while links are open.

use crate::{
    metrics::{becomes, samples},
    support::{Authority, FakeServer, Gate, Pair, Running, get, program, soon},
    tls::{self, NAME},
};
use msnp6_gateway::ticket::unix_now;
use rcgen::{CertificateParams, date_time_ymd};
use std::{
    fs,
    time::{Duration, Instant},
};

const OTHER: &str = "other.example.org";
const TAKEN: &str = "msnp6_gateway_certificate_reads_total{result=\"taken\"}";
const REFUSED: &str = "msnp6_gateway_certificate_reads_total{result=\"refused\"}";
const EXPIRES: &str = "msnp6_gateway_certificate_expires_timestamp_seconds";

/// A gateway that looks often.
async fn gate(server: &FakeServer, pair: &Pair) -> Gate {
    Gate::with(server, |config| {
        tls::with(pair)(config);
        config.deadlines.certificate = Duration::from_millis(20);
    })
    .await
}

#[tokio::test]
async fn a_new_certificate_is_shown_to_new_pages_and_links_over_the_old_one_go_on() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let pair = authority.names(NAME);
    let gate = gate(&server, &pair).await;
    let mut page = tls::ready(&gate, &authority).await;
    let mut link = server.accept().await;
    authority.renews(&pair, OTHER);
    becomes(&gate, TAKEN, 1.0).await;
    assert!(authority.connect(&gate, OTHER).await.is_ok());
    assert!(authority.connect(&gate, NAME).await.is_err());
    page.says("PNG\r\n").await;
    link.hears("PNG\r\n").await;
    link.says("QNG\r\n").await;
    page.hears_bytes("QNG\r\n").await;
}

#[tokio::test]
async fn files_that_do_not_belong_together_are_refused_and_the_old_ones_kept() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let pair = authority.names(NAME);
    let gate = gate(&server, &pair).await;
    let other = authority.names(OTHER);
    fs::rename(other.certificate(), pair.certificate()).expect("moved");
    becomes(&gate, REFUSED, 1.0).await;
    assert!(authority.connect(&gate, NAME).await.is_ok());
    fs::write(other.certificate(), "-----BEGIN CERTIFICATE-----\n").expect("written");
    fs::rename(other.certificate(), pair.certificate()).expect("moved");
    becomes(&gate, REFUSED, 2.0).await;
    fs::remove_file(pair.certificate()).expect("removed");
    fs::remove_file(pair.key()).expect("removed");
    becomes(&gate, REFUSED, 3.0).await;
    assert!(authority.connect(&gate, NAME).await.is_ok());
    // Whoever writes both has what they wanted.
    authority.renews(&pair, OTHER);
    becomes(&gate, TAKEN, 1.0).await;
    assert!(authority.connect(&gate, OTHER).await.is_ok());
}

#[tokio::test]
async fn metrics_say_until_when_the_certificate_is_good() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let pair = authority.names(NAME);
    let mut params = CertificateParams::new([NAME.to_owned()]).expect("a name");
    params.not_after = date_time_ymd(2100, 1, 1);
    authority.issues(&pair, &params);
    let gate = gate(&server, &pair).await;
    becomes(&gate, EXPIRES, 4_102_444_800.0).await;
    params.not_after = date_time_ymd(2100, 1, 2);
    authority.issues(&pair, &params);
    becomes(&gate, EXPIRES, 4_102_531_200.0).await;
    let plain = Gate::before(&server).await;
    let found = samples(&get(plain.admin, "/metrics", "").await.text());
    assert!(!found.contains_key(EXPIRES));
}

/// A certificate that is good for so many days from now on, or was so many days ago.
fn good_for(authority: &Authority, days: i64) -> Pair {
    let pair = authority.names(NAME);
    let mut params = CertificateParams::new([NAME.to_owned()]).expect("a name");
    let end = i64::try_from(unix_now()).expect("a time") + days * 24 * 60 * 60;
    let end = u64::try_from(end).expect("after 1970");
    params.not_after = date_time_ymd(1970, 1, 1) + Duration::from_secs(end);
    authority.issues(&pair, &params);
    pair
}

/// Keys for the program, with this certificate.
fn keys(pair: &Pair) -> String {
    let (certificate, key) = (pair.certificate(), pair.key());
    format!(
        "listen = '127.0.0.1:0'\ndemo = true\ntls_certificate = '{}'\ntls_key = '{}'\n",
        certificate.display(),
        key.display()
    )
}

#[tokio::test]
async fn check_warns_of_a_certificate_that_has_expired_or_soon_will_and_is_content() {
    let authority = Authority::new();
    for (days, words) in [
        (-3, Some("has expired")),
        (10, Some("expires within 10 days")),
        (20, None),
    ] {
        let pair = good_for(&authority, days);
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs::write(file.path(), keys(&pair)).expect("written");
        let path = file.path().to_str().expect("a path");
        let checked = soon("an end", program(&["--check", "--config", path]).output());
        let output = checked.await.expect("started");
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(output.stdout, b"the configuration is fine\n");
        let said = String::from_utf8(output.stderr).expect("text");
        match words {
            Some(words) => {
                let certificate = format!("warning: tls_certificate is {:?}", pair.certificate());
                assert!(
                    said.contains(&certificate) && said.contains(words),
                    "{said}"
                );
            }
            None => assert_eq!(said, ""),
        }
    }
}

#[tokio::test]
#[cfg(unix)]
async fn the_log_warns_of_a_certificate_that_soon_expires_at_the_start_and_when_another_is_taken() {
    let authority = Authority::new();
    let (near, over) = (good_for(&authority, 10), good_for(&authority, -3));
    let file = tempfile::NamedTempFile::new().expect("a file");
    fs::write(file.path(), keys(&near)).expect("written");
    let path = file.path().to_str().expect("a path");
    let mut running = Running::start(&mut program(&["--config", path])).await;
    let line = running.log_line("expires within 10 days").await;
    assert!(
        line.contains("WARN") && line.contains("tls_certificate is"),
        "{line}"
    );
    fs::write(file.path(), keys(&over)).expect("written");
    let asked = Instant::now();
    running.signal("HUP").await;
    let line = running.log_line("has expired").await;
    // At once, and not at the next look at the files, five seconds after the one before.
    assert!(asked.elapsed() < Duration::from_secs(4));
    assert!(
        line.contains("WARN") && line.contains("tls_certificate is"),
        "{line}"
    );
    // Once each, for all that it goes on looking.
    running.signal("HUP").await;
    running.log_line("configuration taken").await;
    running.signal("TERM").await;
    assert_eq!(running.status().await, Some(0));
    let log = running.log().await;
    assert_eq!(log.matches("tls_certificate is").count(), 2, "{log}");
}
