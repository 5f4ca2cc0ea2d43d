//! The house rules that a machine can check, over the whole repository: which layer may import which,
//! how long a file may be, that every file says what it is.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// Longest file, in lines without its tests.
const MAX_LINES: usize = 400;

/// The pipeline: a layer imports only layers to its left.
const PIPELINE: [&str; 8] = [
    "model",
    "gateway",
    "wire",
    "transcript",
    "payload",
    "command",
    "session",
    "messenger",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the repository")
        .to_owned()
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .expect("a name in UTF-8");
        if path.is_dir()
            && !matches!(name, "target" | "dist" | "node_modules")
            && !name.starts_with('.')
        {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Every Rust file of the repository with its text.
fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    rust_files(&root(), &mut files);
    assert!(files.len() > 40, "only {} files were found", files.len());
    files
        .into_iter()
        .map(|path| (path.clone(), fs::read_to_string(path).expect("text")))
        .collect()
}

fn check(rule: impl Fn(&Path, &str) -> Option<String>) {
    let broken: Vec<_> = sources()
        .iter()
        .filter_map(|(path, text)| Some(format!("{}: {}", path.display(), rule(path, text)?)))
        .collect();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn every_file_begins_by_saying_what_it_is() {
    check(|_, text| (!text.starts_with("//! ")).then(|| "no `//!` in its first line".to_owned()));
}

#[test]
fn no_file_is_longer_than_its_budget() {
    check(|path, text| {
        // Tables of tests may be long: they are looked up, not read.
        path.components()
            .all(|part| part.as_os_str() != "tests")
            .then_some(())?;
        let lines = text
            .lines()
            .take_while(|line| *line != "#[cfg(test)]")
            .count();
        (lines > MAX_LINES).then(|| format!("{lines} lines without tests"))
    });
}

#[test]
fn a_layer_imports_only_layers_to_its_left() {
    let layers = root().join("shared").join("src");
    check(|path, text| {
        let layer = path
            .strip_prefix(&layers)
            .ok()?
            .components()
            .next()?
            .as_os_str()
            .to_str()?;
        let rank = PIPELINE.iter().position(|name| *name == layer)?;
        let forbidden = PIPELINE.iter().skip(rank + 1).chain(&["server"]);
        let code = text.split("#[cfg(test)]").next()?;
        let mut imports = forbidden.filter(|other| {
            code.lines().any(|line| {
                !line.trim_start().starts_with("//") && line.contains(&format!("crate::{other}"))
            })
        });
        imports.next().map(|other| format!("imports `{other}`"))
    });
}

#[test]
fn the_protocol_knows_no_socket_no_clock_and_no_thread() {
    let shared = root().join("shared").join("src");
    check(|path, text| {
        path.strip_prefix(&shared).ok()?;
        let words = [
            "std::net",
            "std::time",
            "std::thread",
            "std::env",
            "std::fs",
            "tokio::",
            "web_sys::",
        ];
        let code = |line: &&str| !line.trim_start().starts_with("//");
        let found = |word: &&&str| text.lines().filter(code).any(|line| line.contains(**word));
        words
            .iter()
            .find(found)
            .map(|word| format!("uses `{word}`"))
    });
}

#[test]
fn no_view_knows_a_word_of_the_wire() {
    let view = root().join("client").join("src").join("view");
    check(|path, text| {
        path.strip_prefix(&view).ok()?;
        let words = ["msnp6::command", "msnp6::wire", "msnp6::server"];
        words
            .iter()
            .find(|word| text.contains(**word))
            .map(|word| format!("uses `{word}`"))
    });
}

#[test]
fn every_test_that_the_coverage_table_names_exists() {
    let table = fs::read_to_string(root().join("COVERAGE.md")).expect("COVERAGE.md");
    let sources = sources();
    let exists = |file: &str, name: &str| {
        // `server/lists` is a file `lists.rs` in a folder `server`, wherever that is.
        let is_named = |path: &Path| path.with_extension("").ends_with(file);
        let has = |text: &str| text.contains(&format!("fn {name}("));
        sources
            .iter()
            .any(|(path, text)| is_named(path) && has(text))
    };
    let names = table
        .split('`')
        .filter_map(|word| word.split_once("::"))
        .filter(|(file, _)| !file.contains(' '));
    let missing: Vec<_> = names
        .clone()
        .filter(|(file, name)| !exists(file, name))
        .collect();
    assert!(
        names.count() > 40 && missing.is_empty(),
        "no such tests: {missing:?}"
    );
}
