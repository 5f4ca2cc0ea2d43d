//! The language of the scripts.
//!
//! ```text
//! alice connects to notification        a link named alice
//! alice C: VER 1 MSNP6                  the client sends a line
//! alice S: VER 1 MSNP6                  the server's next line to it must be this
//! alice S: USR 3 MD5 S {challenge}      takes a word down; {=challenge} is that word again; {_} is any
//! alice C: USR 4 MD5 S {md5 challenge}  answers with the password of the demo
//! alice C: MSG 5 N *                    * is the length of the payload, whose lines follow, without
//! | hello                               a line end behind the last one
//! alice S: ...                          whatever is there
//! alice hears nothing
//! alice leaves                          the client closes
//! alice is closed                       the server closed, after all that it said was read
//! 50000 ms pass
//! ```
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

use std::collections::VecDeque;

use msnp6::auth;
use msnp6::model::Secret;
use msnp6::server::ServerInput;

use super::Stage;

/// A line or a payload, as text.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    line: String,
    payload: Option<String>,
}

impl Stage {
    /// Plays a script. What stands in it must happen, in this order for each link.
    #[track_caller]
    pub(crate) fn play(&mut self, script: &str) {
        let mut lines: VecDeque<&str> = script.lines().map(str::trim_start).collect();
        while let Some(line) = lines.pop_front() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let mut payload: Option<Vec<&str>> = None;
            while let Some(text) = lines.front().and_then(|next| next.strip_prefix('|')) {
                let text = text.strip_prefix(' ').unwrap_or(text);
                payload.get_or_insert_default().push(text);
                lines.pop_front();
            }
            self.step(line.trim_end(), payload.map(|lines| lines.join("\r\n")));
        }
    }

    #[track_caller]
    fn step(&mut self, line: &str, payload: Option<String>) {
        let (name, what) = line.split_once(' ').unwrap_or((line, ""));
        match what.split_once(' ').unwrap_or((what, "")) {
            ("ms", "pass") => self.pass(name.parse().expect("milliseconds")),
            ("connects", to) => self.connect(name, to),
            ("C:", said) => self.send_line(name, said, payload),
            ("S:", "...") => self.client(name).received.clear(),
            ("S:", said) => self.expect(name, said, payload.as_deref()),
            ("hears", "nothing") => self.expect_nothing(name),
            ("is", "closed") => {
                self.expect_nothing(name);
                assert!(self.client(name).is_closed, "{name} is not closed");
            }
            ("is", "open") => assert!(!self.client(name).is_closed, "{name} is closed"),
            ("leaves", "") => {
                let gone = self.client(name).link;
                self.handle(ServerInput::Closed { link: gone });
            }
            _ => panic!("no such step: {line}"),
        }
    }

    fn send_line(&mut self, name: &str, said: &str, payload: Option<String>) {
        let payload = payload.map(|text| self.fill_in(&text));
        let line = match &payload {
            Some(text) => said.replace('*', &text.len().to_string()),
            None => said.to_owned(),
        };
        let line = self.fill_in(&line);
        let bytes = format!("{line}\r\n{}", payload.unwrap_or_default());
        self.send(name, bytes.as_bytes());
    }

    /// Replaces `{word}`, `{md5 word}` and `{answer word}`.
    pub(crate) fn fill_in(&self, text: &str) -> String {
        let Some((before, rest)) = text.split_once('{') else {
            return text.to_owned();
        };
        let (key, after) = rest.split_once('}').expect("a closing brace");
        let value = match key.split_once(' ') {
            Some(("md5", word)) => {
                let password = Secret::new("demo".to_owned());
                auth::sign_in_digest(self.word(word), &password)
            }
            Some(("answer", word)) => auth::challenge_digest(self.word(word)),
            _ => Secret::new(self.word(key).to_owned()),
        };
        format!("{before}{}{}", value.expose(), self.fill_in(after))
    }

    #[track_caller]
    fn expect(&mut self, name: &str, pattern: &str, payload: Option<&str>) {
        let said = self.next_said(name);
        let Some(said) = said else {
            panic!("{name}: expected {pattern:?}, but nothing came");
        };
        let (expected, found): (Vec<_>, Vec<_>) = (
            pattern.split(' ').collect(),
            said.line.split(' ').map(str::to_owned).collect(),
        );
        let is_same = expected.len() == found.len()
            && expected
                .iter()
                .zip(&found)
                .all(|(pattern, word)| self.matches(pattern, word));
        assert!(
            is_same,
            "{name}\nexpected: {pattern}\n   found: {}",
            said.line
        );
        if payload.is_some() {
            assert_eq!(
                said.payload.as_deref(),
                payload,
                "{name}: the payload of {pattern}"
            );
        }
    }

    fn matches(&mut self, pattern: &str, word: &str) -> bool {
        let Some(key) = pattern.strip_prefix('{').and_then(|p| p.strip_suffix('}')) else {
            return pattern == "*" || pattern == word;
        };
        if key == "_" {
            return !word.is_empty();
        }
        if let Some(key) = key.strip_prefix('=') {
            return self.word(key) == word;
        }
        self.words.insert(key.to_owned(), word.to_owned());
        true
    }

    #[track_caller]
    fn expect_nothing(&mut self, name: &str) {
        let said = self.next_said(name);
        assert_eq!(said, None, "{name} should hear nothing");
    }

    fn next_said(&mut self, name: &str) -> Option<Said> {
        let received = &mut self.client(name).received;
        let end = received.windows(2).position(|bytes| bytes == b"\r\n")?;
        let line = String::from_utf8(received.drain(..end + 2).take(end).collect()).expect("UTF-8");
        let length = line.starts_with("MSG ").then(|| {
            let word = line.rsplit(' ').next().unwrap_or_default();
            word.parse().expect("a length")
        });
        let payload = length.map(|length: usize| received.drain(..length).collect::<Vec<u8>>());
        let payload = payload.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        Some(Said { line, payload })
    }

    pub(super) fn challenge_among_pending(&mut self, name: &str) -> String {
        while let Some(said) = self.next_said(name) {
            if let Some(challenge) = said.line.strip_prefix("CHL 0 ") {
                return challenge.to_owned();
            }
        }
        panic!("{name} was not challenged");
    }
}
