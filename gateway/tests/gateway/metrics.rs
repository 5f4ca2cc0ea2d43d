//! What `/metrics` says, and that it says it in the format of Prometheus.

use crate::support::{FakeServer, Gate, Page, RawPage, get, soon};
use std::collections::{BTreeMap, BTreeSet};

/// Waits until a number is what it should be: what is counted is seen by others a moment before or after.
pub(crate) async fn becomes(gate: &Gate, series: &str, value: f64) {
    soon(&format!("{series} {value}"), async {
        loop {
            let found = samples(&get(gate.admin, "/metrics", "").await.text());
            let found = found.get(series).unwrap_or_else(|| panic!("no {series}"));
            if (found - value).abs() < f64::EPSILON {
                return;
            }
        }
    })
    .await;
}

/// Samples by their whole name, labels and all; what is not in the format stops the test.
pub(crate) fn samples(text: &str) -> BTreeMap<String, f64> {
    assert!(text.ends_with('\n'), "the last line has no end");
    let (mut found, mut families) = (BTreeMap::new(), BTreeSet::new());
    let (mut name, mut kind) = ("", "");
    for line in text.lines() {
        if let Some(help) = line.strip_prefix("# HELP ") {
            let (of, words) = help.split_once(' ').expect("words of help");
            assert!(families.insert(of), "{of} is there twice");
            assert!(!words.is_empty() && is_name(of), "{line}");
            (name, kind) = (of, "");
        } else if let Some(of_kind) = line.strip_prefix("# TYPE ") {
            let (of, is) = of_kind.split_once(' ').expect("a type");
            assert!(
                of == name && kind.is_empty(),
                "{line} behind the help of {name}"
            );
            assert!(["counter", "gauge", "histogram"].contains(&is), "{line}");
            assert_eq!(of.ends_with("_total"), is == "counter", "{line}");
            kind = is;
        } else {
            let (series, value) = line.rsplit_once(' ').expect("a value");
            let (of, labels) = series.split_once('{').unwrap_or((series, "}"));
            let ending = of.strip_prefix(name).expect(line);
            let endings: &[&str] = match kind {
                "histogram" => &["_bucket", "_sum", "_count"],
                "" => &[],
                _ => &[""],
            };
            assert!(endings.contains(&ending) && is_name(of), "{line}");
            check_labels(labels, line);
            let before = found.insert(series.to_owned(), value.parse().expect("a number"));
            assert!(before.is_none(), "{series} is there twice");
        }
    }
    check_histograms(&found);
    found
}

fn is_name(name: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic() || c == '_' || c == ':';
    name.starts_with(is_letter) && name.chars().all(|c| is_letter(c) || c.is_ascii_digit())
}

fn check_labels(labels: &str, line: &str) {
    let mut rest = labels;
    while rest != "}" {
        let (name, value) = rest.split_once("=\"").expect(line);
        assert!(is_name(name), "{line}");
        let mut escaped = false;
        let end = value.find(|c| {
            let is_end = c == '"' && !escaped;
            assert!(!escaped || "\\\"n".contains(c), "{line}");
            escaped = c == '\\' && !escaped;
            is_end
        });
        rest = &value[end.expect(line) + 1..];
        rest = rest.strip_prefix(',').unwrap_or(rest);
    }
}

fn check_histograms(found: &BTreeMap<String, f64>) {
    for (series, count) in found.iter().filter(|(name, _)| name.ends_with("_count")) {
        let name = series.trim_end_matches("_count");
        let start = format!("{name}_bucket{{le=\"");
        let mut buckets: Vec<(f64, f64)> = found
            .iter()
            .filter_map(|(series, &value)| Some((series.strip_prefix(&start)?, value)))
            .map(|(bound, value)| (bound.trim_end_matches("\"}").parse().expect(bound), value))
            .collect();
        buckets.sort_by(|one, other| one.0.total_cmp(&other.0));
        assert!(buckets.len() > 1 && buckets.is_sorted_by(|one, other| one.1 <= other.1));
        let last = buckets.last().expect("a bucket");
        assert!(last.0.is_infinite() && (last.1 - count).abs() < f64::EPSILON);
        assert!(found.contains_key(&format!("{name}_sum")));
    }
}

/// What the gateway counts now.
async fn counted(gate: &Gate) -> BTreeMap<String, f64> {
    samples(&get(gate.admin, "/metrics", "").await.text())
}

/// What has changed, without the prefix, and without what the system says.
fn changes(before: &BTreeMap<String, f64>, after: &BTreeMap<String, f64>) -> Vec<String> {
    let ours = after.iter().filter(|(name, _)| name.starts_with("msnp6"));
    ours.filter(|(name, value)| before.get(*name) != Some(value))
        .map(|(name, value)| {
            let before = before.get(name).copied().unwrap_or_default();
            let name = name.trim_start_matches("msnp6_gateway_");
            format!("{name} {:+}", value - before)
        })
        .filter(|line| !line.starts_with("connect_seconds_"))
        .collect()
}

#[tokio::test]
async fn the_text_is_in_the_format_of_prometheus_with_all_that_can_be_counted() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let answer = get(gate.admin, "/metrics", "").await;
    assert_eq!(
        answer.header("content-type"),
        "text/plain; version=0.0.4; charset=utf-8"
    );
    let found = samples(&answer.text());
    let version = env!("CARGO_PKG_VERSION");
    for (name, value) in [
        ("msnp6_gateway_links{server=\"test\"}", 0.0),
        (
            "msnp6_gateway_links_closed_total{code=\"4001\",cause=\"connect_refused\"}",
            0.0,
        ),
        (
            "msnp6_gateway_links_closed_total{code=\"1006\",cause=\"fault\"}",
            0.0,
        ),
        ("msnp6_gateway_limits_hit_total{limit=\"max_links\"}", 0.0),
        ("msnp6_gateway_ready", 1.0),
        (
            &format!("msnp6_gateway_build_info{{version=\"{version}\"}}"),
            1.0,
        ),
    ] {
        assert_eq!(found.get(name), Some(&value), "{name}");
    }
    assert!(found["process_start_time_seconds"] > 1_700_000_000.0);
    if cfg!(target_os = "linux") {
        assert!(found["process_open_fds"] > 3.0);
        assert!(found["process_max_fds"] >= found["process_open_fds"]);
        assert!(found["process_resident_memory_bytes"] > 1_000_000.0);
    }
}

#[tokio::test]
async fn a_link_is_counted_with_what_it_carries_while_it_lives_and_with_its_end() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let start = counted(&gate).await;
    let mut page = Page::ready(&gate, "").await;
    let mut link = server.accept().await;
    page.says("VER 1 MSNP6\r\n").await;
    link.hears("VER 1 MSNP6\r\n").await;
    link.says("VER 1 MSNP6\r\nINF\r\n").await;
    page.hears_bytes("VER 1 MSNP6\r\nINF\r\n").await;
    let live = counted(&gate).await;
    let frames = "frames_total{direction=\"downstream\"} +1";
    assert_eq!(
        changes(&start, &live),
        [
            "bytes_total{direction=\"downstream\"} +18",
            "bytes_total{direction=\"upstream\"} +13",
            frames,
            "frames_total{direction=\"upstream\"} +1",
            "http_requests_total{status=\"1xx\"} +1",
            "links_opened_total{server=\"test\"} +1",
            "links{server=\"test\"} +1",
        ]
    );
    let count = "msnp6_gateway_connect_seconds_count";
    assert!((live[count] - start[count] - 1.0).abs() < f64::EPSILON);
    drop(link);
    assert_eq!(page.closed().await.0, 1000);
    assert_eq!(
        changes(&live, &counted(&gate).await),
        [
            "links_closed_total{code=\"1000\",cause=\"server_closed\"} +1",
            "links{server=\"test\"} -1",
        ]
    );
}

#[tokio::test]
async fn tickets_and_referrals_are_counted_by_what_became_of_them() {
    let (server, board) = (FakeServer::start().await, FakeServer::start().await);
    let gate = Gate::before(&server).await;
    let mut page = Page::ready(&gate, "").await;
    let mut link = server.accept().await;
    let start = counted(&gate).await;
    link.says(&format!("XFR 7 SB {} CKI cookie\r\n", board.address))
        .await;
    let ticket = page.ticket().await;
    let _talk = Page::ready(&gate, &format!("?ticket={ticket}")).await;
    let mut forged = Page::open(&gate, "?ticket=forged").await;
    assert_eq!(forged.closed().await.0, 4007);
    link.says(&format!("XFR 8 NS {} 0\r\n", server.address))
        .await;
    let mut again = server.accept().await;
    again.says("XFR 9 NS 169.254.169.254:80 0\r\n").await;
    while !matches!(page.hears().await, crate::support::Heard::Closed(4009, _)) {}
    let changed = changes(&start, &counted(&gate).await);
    for line in [
        "tickets_total{result=\"issued\"} +1",
        "tickets_total{result=\"accepted\"} +1",
        "tickets_total{result=\"invalid\"} +1",
        "referrals_total{result=\"followed\"} +1",
        "referrals_total{result=\"refused\"} +1",
        "links_opened_total{server=\"\"} +1",
        "links_closed_total{code=\"4007\",cause=\"ticket_invalid\"} +1",
        "links_closed_total{code=\"4009\",cause=\"transfer_refused\"} +1",
    ] {
        assert!(
            changed.iter().any(|found| found == line),
            "{line}: {changed:#?}"
        );
    }
}

#[tokio::test]
async fn answers_are_counted_by_class_and_refused_origins_by_themselves() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let start = counted(&gate).await;
    get(gate.address, "/config.json", "").await;
    get(gate.address, "/nothing-here.png", "").await;
    let handshake = RawPage::request(gate.address, "");
    let handshake = handshake.trim_end();
    let foreign = format!("{handshake}\r\nOrigin: https://evil.example\r\n");
    let refused = crate::support::request(gate.address, &foreign).await;
    assert_eq!(refused.status, 403);
    let changed = changes(&start, &counted(&gate).await);
    let expected = [
        "http_requests_total{status=\"2xx\"} +1",
        "http_requests_total{status=\"4xx\"} +2",
        "origins_refused_total +1",
    ];
    assert_eq!(changed, expected);
}

#[tokio::test]
async fn readiness_ends_with_the_first_word_of_a_stop_and_nothing_of_it_reaches_a_server() {
    let server = FakeServer::start().await;
    let mut gate = Gate::with(&server, |config| {
        config.deadlines.close = std::time::Duration::from_hours(1);
        config.deadlines.drain = std::time::Duration::from_secs(5);
    })
    .await;
    assert_eq!(get(gate.admin, "/healthz", "").await.text(), "ok\n");
    assert_eq!(get(gate.admin, "/readyz", "").await.status, 200);
    assert!(server.is_alone().await);
    let mut page = RawPage::ready(gate.address, "").await;
    gate.stop();
    // The page does not answer, so the gateway still waits.
    assert_eq!(page.closed().await, 4014);
    assert_eq!(get(gate.admin, "/readyz", "").await.status, 503);
    assert_eq!(get(gate.admin, "/healthz", "").await.status, 200);
    let found = counted(&gate).await;
    assert!(found["msnp6_gateway_ready"].abs() < f64::EPSILON);
    drop(page);
    soon("the end", gate.stopped()).await;
}
