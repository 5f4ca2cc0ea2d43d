//! The certificate that pages are shown, when its files change while links are open.

use crate::{
    metrics::{becomes, samples},
    support::{Authority, FakeServer, Gate, Pair, get},
    tls::{self, NAME},
};
use rcgen::{CertificateParams, date_time_ymd};
use std::{fs, time::Duration};

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
