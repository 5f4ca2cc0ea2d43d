//! `COVERAGE.md` against what it is about: a command, content type, error code or quirk without a row is
//! an omission. That the tests named there exist is for `tidy.rs` to see.
#![cfg(all(feature = "server", not(target_arch = "wasm32")))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use msnp6::command::ServerError;
use msnp6::server::Quirk;

/// The command index (reference §16.1): who says what.
const INDEX: [(&str, &str); 40] = [
    ("ACK", "S→C"),
    ("ADD", "both"),
    ("ANS", "both"),
    ("BLP", "both"),
    ("BPR", "S→C"),
    ("BYE", "S→C"),
    ("CAL", "both"),
    ("CHG", "both"),
    ("CHL", "S→C"),
    ("CVR", "both"),
    ("FLN", "S→C"),
    ("FND", "both"),
    ("GTC", "both"),
    ("ILN", "S→C"),
    ("IMS", "both"),
    ("INF", "both"),
    ("IPG", "S→C"),
    ("IRO", "S→C"),
    ("JOI", "S→C"),
    ("LST", "both"),
    ("MSG", "both"),
    ("NAK", "S→C"),
    ("NLN", "S→C"),
    ("NOT", "S→C"),
    ("OUT", "both"),
    ("PAG", "C→S"),
    ("PNG", "C→S"),
    ("PRP", "both"),
    ("QNG", "S→C"),
    ("QRY", "both"),
    ("REA", "both"),
    ("REM", "both"),
    ("RNG", "S→C"),
    ("SDC", "both"),
    ("SND", "both"),
    ("SYN", "both"),
    ("URL", "both"),
    ("USR", "both"),
    ("VER", "both"),
    ("XFR", "both"),
];

/// The content types (reference §8).
const CONTENT_TYPES: [&str; 20] = [
    "text/plain",
    "text/x-msmsgscontrol",
    "text/x-msmsgsprofile",
    "text/x-msmsgsinitialemailnotification",
    "text/x-msmsgsemailnotification",
    "text/x-msmsgsactivemailnotification",
    "application/x-msmsgsemailnotification",
    "application/x-msmsgssystemmessage",
    "text/x-msmsgsinvite",
    "text/x-msnmsgr-datacast",
    "text/x-mms-emoticon",
    "text/x-mms-animemoticon",
    "application/x-msnmsgrp2p",
    "text/x-clientcaps",
    "text/x-clientinfo",
    "application/x-buddyicon",
    "image/gif",
    "application/x-ms-ink",
    "text/x-keepalive",
    "text/search-query",
];

fn text(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    fs::read_to_string(root.expect("the repository").join(path)).expect(path)
}

/// The rows below a heading, cell by cell, without the heads of tables.
fn rows(table: &str, heading: &str) -> Vec<Vec<String>> {
    let (_, section) = table
        .split_once(&format!("\n## {heading}\n"))
        .unwrap_or_else(|| panic!("no section {heading}"));
    let section = section.split("\n## ").next().unwrap_or_default();
    let lines: Vec<&str> = section.lines().collect();
    let is_body = |at: &usize| {
        lines[*at].starts_with("| ")
            && !lines[*at].starts_with("| ---")
            && !lines
                .get(at + 1)
                .is_some_and(|next| next.starts_with("| ---"))
    };
    let cells = |at: usize| {
        let inner = lines[at].trim_start_matches("| ").trim_end_matches(" |");
        inner.split(" | ").map(str::to_owned).collect()
    };
    (0..lines.len()).filter(is_body).map(cells).collect()
}

/// The names of an enum's variants, from its source.
fn variants(path: &str, name: &str) -> Vec<String> {
    let source = text(path);
    let (_, body) = source
        .split_once(&format!("pub enum {name} {{\n"))
        .expect(name);
    let body = body.split("\n}").next().expect("an end");
    let names = body.lines().map(str::trim).filter_map(|line| {
        let name: String = line
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        name.starts_with(char::is_uppercase).then_some(name)
    });
    names.collect()
}

/// The direction of each command that has a row.
fn commands() -> Vec<(String, String)> {
    let split = |row: Vec<String>| {
        let direction = row[1].clone();
        let verbs: Vec<_> = row[0].split(", ").map(str::to_owned).collect();
        verbs.into_iter().map(move |verb| (verb, direction.clone()))
    };
    let rows = rows(&text("COVERAGE.md"), "Commands");
    rows.into_iter().flat_map(split).collect()
}

#[test]
fn every_command_of_the_index_has_a_row_in_its_directions() {
    let commands = commands();
    let has = |verb: &str, direction: &str| {
        let is_it =
            |(of, way): &&(String, String)| of == verb && (way == direction || way == "both");
        commands.iter().any(|row| is_it(&row))
    };
    let missing: Vec<_> = INDEX
        .iter()
        .filter(|(verb, direction)| !has(verb, direction))
        .collect();
    assert!(missing.is_empty(), "no row in COVERAGE.md: {missing:?}");
}

#[test]
fn every_command_that_is_decoded_has_a_row_in_its_direction() {
    let commands = commands();
    for (path, name, direction) in [
        ("shared/src/command/client.rs", "ClientCommand", "C→S"),
        ("shared/src/command/server.rs", "ServerCommand", "S→C"),
    ] {
        let variants = variants(path, name);
        assert!(variants.len() > 20, "{variants:?}");
        for variant in variants {
            let verb = match variant.as_str() {
                "Error" => "errors".to_owned(),
                "Unknown" => "any other".to_owned(),
                verb => verb.to_ascii_uppercase(),
            };
            let ways: Vec<_> = commands.iter().filter(|(of, _)| *of == verb).collect();
            let is_there = ways
                .iter()
                .any(|(_, way)| way == direction || way == "both");
            assert!(is_there, "{verb} {direction} has no row: {ways:?}");
        }
    }
}

#[test]
fn every_content_type_has_a_row() {
    let rows = rows(&text("COVERAGE.md"), "Content types");
    let source = text("shared/src/payload/mod.rs");
    let read = source
        .split('"')
        .filter(|word| word.starts_with("text/") || word.starts_with("application/"));
    let wanted: BTreeSet<&str> = CONTENT_TYPES.into_iter().chain(read).collect();
    let has = |of_type: &str| {
        rows.iter()
            .any(|row| row[0].contains(&format!("`{of_type}`")))
    };
    let missing: Vec<_> = wanted.into_iter().filter(|it| !has(it)).collect();
    assert!(missing.is_empty(), "no row in COVERAGE.md: {missing:?}");
}

#[test]
fn every_error_code_has_its_row_and_every_request_that_it_answers_a_test() {
    let rows = rows(&text("COVERAGE.md"), "Error codes");
    let (codes, requests): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|row| row[0].parse::<u16>().is_ok());
    let expected: Vec<Vec<String>> = ServerError::ALL
        .iter()
        .map(|error| {
            let raised_by = match error.raised_by() {
                [] => "any".to_owned(),
                verbs => verbs.join(", "),
            };
            vec![error.code().0.to_string(), format!("{error:?}"), raised_by]
        })
        .collect();
    assert_eq!(codes, expected);
    for verb in ServerError::ALL.iter().flat_map(|error| error.raised_by()) {
        let is_tested = |row: &Vec<String>| row[0].contains(verb) && row[1].contains("::");
        assert!(
            requests.iter().any(is_tested),
            "no test for errors to {verb}"
        );
    }
}

#[test]
fn every_quirk_has_a_row_and_every_switch_named_is_one() {
    let rows = rows(&text("COVERAGE.md"), "Quirks of other servers");
    let named: BTreeSet<String> = rows
        .iter()
        .flat_map(|row| row[2].split(", "))
        .filter_map(|word| word.strip_prefix('`')?.strip_suffix('`'))
        .map(str::to_owned)
        .collect();
    let quirks = Quirk::ALL
        .iter()
        .map(|quirk| format!("{quirk:?}"))
        .collect();
    let missing: Vec<_> = BTreeSet::difference(&quirks, &named).collect();
    let unknown: Vec<_> = named.difference(&quirks).collect();
    assert!(
        missing.is_empty() && unknown.is_empty(),
        "without a row: {missing:?}; no switches: {unknown:?}"
    );
}
