//! What `docs/operating` says is so: keys with their defaults, close codes, and every metric that a dashboard
//! or an alert asks for. What is made from the program is made anew here and compared; with `UPDATE_DOCS=1`
//! in the environment it is written instead.

use crate::{
    metrics::samples,
    support::{Authority, FakeServer, Gate, get},
    tls,
};
use clap::CommandFactory as _;
use msnp6::gateway::CloseCode;
use msnp6_gateway::CommandLine;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../docs")
        .join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(docs(name)).unwrap_or_default()
}

/// Compares what stands between two marks in a file with what has to be there.
fn check(name: &str, part: &str, expected: &str) {
    let (begin, end) = (
        format!("<!-- {part}: generated -->\n"),
        format!("<!-- /{part} -->\n"),
    );
    let text = read(name);
    let (before, rest) = text.split_once(&begin).expect(&begin);
    let (found, after) = rest.split_once(&end).expect(&end);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let text = format!("{before}{begin}{expected}{end}{after}");
        fs::write(docs(name), text).expect("written");
        return;
    }
    assert_eq!(
        found, expected,
        "docs/{name} is not up to date; UPDATE_DOCS=1 cargo test -p msnp6-gateway docs:: makes it so"
    );
}

/// One row for each key, as the help of the command line says it.
fn keys() -> String {
    let mut rows = "| key | value | default | what |\n| --- | --- | --- | --- |\n".to_owned();
    for flag in CommandLine::command().get_arguments() {
        let Some(long) = flag
            .get_long()
            .filter(|&long| long != "check" && long != "config")
        else {
            continue;
        };
        let key = long.replace('-', "_");
        let variable = format!("MSNP6_GATEWAY_{}", key.to_uppercase());
        assert_eq!(
            flag.get_env().and_then(|name| name.to_str()),
            Some(&*variable)
        );
        let help = flag.get_help().expect("help").to_string();
        let (what, default) = match help.split_once(" [default: ") {
            Some((what, default)) => (what, format!("`{}`", default.trim_end_matches(']'))),
            None => (&*help, "–".to_owned()),
        };
        let value = flag.get_value_names().and_then(|names| names.first());
        let value = value.expect("a value").replace('|', "\\|");
        let _ = writeln!(rows, "| `{key}` | {value} | {default} | {what} |");
    }
    rows
}

#[test]
fn every_key_is_in_the_guide_with_the_default_that_the_command_line_tells() {
    check("operating.md", "keys", &keys());
}

/// What has happened, and what whoever runs the gateway can do.
#[expect(clippy::too_many_lines, reason = "a table: it is looked up, not read")]
const fn advice(code: CloseCode) -> (&'static str, &'static str) {
    match code {
        CloseCode::ServerClosed => (
            "The server ended the session in order: signed in elsewhere, signed out, or stopped.",
            "Nothing, if it happens now and then. If at once after signing in: the server refuses the account or the client; its log says why.",
        ),
        CloseCode::GoingAway => (
            "The page was closed or reloaded, or its network broke. It is in the log only.",
            "Nothing. Many at once are a proxy in between that restarts or cuts quiet connections: it has to let them be quiet for longer than `ping_seconds`.",
        ),
        CloseCode::ServerRefused => (
            "The server's machine answers, but nobody listens at that port.",
            "Start the server; compare its port with `server`; look at what it listens on (`ss -ltn`): perhaps at another address of the machine.",
        ),
        CloseCode::ServerUnreachable => (
            "There is no way to the server's address, or the connection to it broke.",
            "Try `nc -vz HOST PORT` on the gateway's machine; look at routes and firewalls. If sessions break that stood: the server's log.",
        ),
        CloseCode::ServerTimeout => (
            "The server did not answer within `connect_seconds`, or took no bytes for `stall_seconds`.",
            "A firewall that drops instead of refusing, or a server that hangs: `nc -vz HOST PORT` on the gateway's machine shows the first.",
        ),
        CloseCode::ServerNotFound => (
            "The server's name does not resolve on the gateway's machine.",
            "`getent hosts HOST` there; a typing error in `server`; in a container, its resolver.",
        ),
        CloseCode::TlsFailed => (
            "The server was to speak TLS and does not, or its certificate is not good for its name.",
            "`openssl s_client -connect HOST:PORT -servername HOST` on the gateway's machine says which. A certificate for another name: `tls_name` of the server; of an authority of your own: `tls_ca`.",
        ),
        CloseCode::NoSuchServer => (
            "The page asks for a server that this gateway does not have.",
            "Reload the page: it knows the servers from `/config.json`. Behind a balancer, all instances need the same servers.",
        ),
        CloseCode::TicketInvalid => (
            "The ticket to a conversation was not signed by a key that this gateway has.",
            "With several instances: one `ticket_key_file` for all. Without that file, tickets end with the process.",
        ),
        CloseCode::TicketExpired => (
            "The ticket to a conversation is older than two minutes.",
            "Compare the clocks of all instances. Otherwise somebody waited long before answering: nothing.",
        ),
        CloseCode::TransferRefused => (
            "The server sent the page on to an address that policy forbids, or from one to the next without end.",
            "The log has the address. If it is right: `transfer_allow`. If the server stands behind NAT and names its inner address: `transfer_map`.",
        ),
        CloseCode::TooManyConnections => (
            "A limit on links is reached; the log says which.",
            "Raise it, or find out who needs so many. Behind a proxy all people have one address: name the proxy, or limits hit everybody.",
        ),
        CloseCode::TooFast => (
            "The page sends more than `max_bytes_per_second` or `max_frames_per_second` for longer than a moment.",
            "Our page never does. If another client may: raise the limit.",
        ),
        CloseCode::IdleTooLong => (
            "The page gave no sign of life, took no bytes, or nothing but pings moved for `idle_seconds`; or the link is older than `lifetime_seconds`.",
            "Single ones are laptops that sleep. Many at the same age are a proxy with a time limit of its own; look at the `cause` in the metrics.",
        ),
        CloseCode::ProtocolError => (
            "The page broke the rules of WebSocket, or the server sent what is no MSNP.",
            "The log says which. For the server: compare the port; something else may listen there, such as HTTP.",
        ),
        CloseCode::Restarting => (
            "The gateway was told to stop. The page comes back by itself after the seconds in the reason.",
            "Nothing. If they do not get back in: does the new process run?",
        ),
        CloseCode::GatewayFault => (
            "The gateway could not do its part; mostly it has no descriptor left.",
            "Compare `process_open_fds` with `process_max_fds`; raise `LimitNOFILE` or lower `max_links`.",
        ),
    }
}

/// What the metrics call the ends that have this code.
fn causes(found: &BTreeMap<String, f64>, code: CloseCode) -> String {
    let start = format!(
        "msnp6_gateway_links_closed_total{{code=\"{}\",cause=\"",
        code.code()
    );
    let words = found.keys().filter_map(|name| name.strip_prefix(&start));
    let words: Vec<_> = words
        .map(|word| format!("`{}`", word.trim_end_matches("\"}")))
        .collect();
    if words.is_empty() {
        "–".to_owned()
    } else {
        words.join(", ")
    }
}

#[tokio::test]
async fn every_close_code_is_explained_with_what_to_do_about_it() {
    let found = metrics().await;
    let mut text = String::new();
    for &code in CloseCode::ALL {
        let (happened, next) = advice(code);
        let causes = causes(&found, code);
        let (number, words) = (code.code(), code.words());
        let _ = writeln!(
            text,
            "\n### {number}: {words}\n\n{happened}\n\n* What to do: {next}\n* Causes in metrics: {causes}"
        );
    }
    check("operating/why-cant-i-connect.md", "codes", &text);
}

async fn metrics() -> BTreeMap<String, f64> {
    let server = FakeServer::start().await;
    let pair = Authority::new().names(tls::NAME);
    let gate = Gate::with(&server, tls::with(&pair)).await;
    samples(&get(gate.admin, "/metrics", "").await.text())
}

/// The words in a text that are made of letters, digits and `_`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
}

#[tokio::test]
async fn every_metric_and_cause_that_a_dashboard_or_an_alert_asks_for_exists() {
    let found = metrics().await;
    let names: BTreeSet<&str> = found
        .keys()
        .filter_map(|series| series.split('{').next())
        .collect();
    let series: Vec<_> = found.keys().collect();
    for file in [
        "operating/dashboard.json",
        "operating/alerts.yaml",
        "operating.md",
    ] {
        let text = read(file);
        let is_metric =
            |word: &&str| word.starts_with("msnp6_gateway_") || word.starts_with("process_");
        let asked: BTreeSet<_> = words(&text).filter(is_metric).collect();
        assert!(asked.len() >= 3, "{file} asks for {asked:?}");
        let missing: Vec<_> = asked.difference(&names).collect();
        assert!(missing.is_empty(), "{file} asks for {missing:?}");
        for label in ["cause", "result", "limit"] {
            for part in text.split(&format!("{label}=")).skip(1) {
                let values = part.trim_start_matches(['~', '\\', '"']);
                let values = values.split(['"', '\\']).next().unwrap_or_default();
                for value in values.split('|') {
                    let label = format!("{label}=\"{value}\"");
                    assert!(
                        series.iter().any(|name| name.contains(&label)),
                        "{file}: {label}"
                    );
                }
            }
        }
    }
    let dashboard = read("operating/dashboard.json");
    serde_json::from_str::<serde_json::Value>(&dashboard).expect("JSON");
    let shown: BTreeSet<_> = words(&dashboard).collect();
    let hidden: Vec<_> = names.iter().filter(|&name| !shown.contains(name)).collect();
    assert!(hidden.is_empty(), "the dashboard leaves out {hidden:?}");
}
