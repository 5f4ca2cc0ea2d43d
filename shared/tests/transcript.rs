//! Recordings written and read back: the same commands come out, however the bytes were cut, and no secret
//! of a session is in them.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

mod support;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use msnp6::model::{LinkId, Timestamp};
use msnp6::transcript::{Recorded, Recorder, Said, parse};
use msnp6::wire::Direction;
use support::recordings::RECORDINGS;
use support::{OwnedFrame, Random, frames};

const LINK: LinkId = LinkId(1);

/// What a recorder writes of one side of a link, whose bytes come in these pieces.
fn record<'a>(from: Direction, pieces: impl IntoIterator<Item = &'a [u8]>) -> String {
    let (mut recorder, mut lines) = (Recorder::default(), Vec::new());
    recorder.opened(Timestamp(5), LINK, "ns", &mut lines);
    for piece in pieces {
        recorder.passed(Timestamp(1_239), LINK, from, piece, &mut lines);
    }
    text(&lines)
}

fn text(lines: &[Recorded]) -> String {
    let lines: Vec<_> = lines.iter().map(|line| line.text.as_str()).collect();
    lines.join("\n")
}

/// The frames that a recording holds of one side.
fn read(from: Direction, recording: &str) -> Vec<OwnedFrame> {
    let all = parse(recording);
    let bytes = all.iter().filter_map(|entry| entry.bytes_from(from));
    frames(from, bytes).expect("sound frames")
}

/// Names, texts and lengths; not what is hidden.
fn outline(frames: &[OwnedFrame]) -> Vec<(String, usize)> {
    let word = |frame: &OwnedFrame| frame.line().split(' ').next().map(str::to_owned);
    let length = |frame: &OwnedFrame| frame.bytes().len();
    let all = frames.iter();
    all.map(|frame| (word(frame).unwrap_or_default(), length(frame)))
        .collect()
}

#[test]
fn every_command_is_read_back_from_what_is_recorded_of_it() {
    for recording in RECORDINGS {
        let from = recording.direction();
        let said = frames(from, [recording.bytes]).expect("sound frames");
        let read = read(from, &record(from, [recording.bytes]));
        assert_eq!(outline(&read), outline(&said), "{}", recording.name);
        for (read, said) in read.iter().zip(&said) {
            if !read.bytes().contains(&b'*') {
                assert_eq!(read, said, "{}", recording.name);
            }
        }
    }
}

#[test]
fn a_recording_is_the_same_however_the_bytes_were_cut() {
    let mut random = Random::new(11);
    for recording in RECORDINGS {
        let from = recording.direction();
        let whole = record(from, [recording.bytes]);
        assert_eq!(record(from, random.cut(recording.bytes)), whole);
    }
}

#[test]
fn what_cannot_be_shown_is_escaped_and_read_back() {
    for name in [
        "a\u{202e}b",
        "\\x41 \\ \\\\x",
        "\u{1}\u{7f}\u{85}\u{feff}",
        "(x)",
        "x (9 bytes)",
        "xxxxxxxx... (99 bytes)",
        "\u{2028}",
        "] C: ",
        "| =",
    ] {
        let line = format!("REA 7 a@b {name}\r\n");
        for from in [Direction::FromClient, Direction::FromServer] {
            let recording = record(from, [line.as_bytes()]);
            assert_eq!(recording.lines().count(), 2, "{recording}");
            assert!(!recording.contains(['\u{202e}', '\u{1}', '\u{85}', '\u{2028}']));
            assert_eq!(
                read(from, &recording)[0].bytes(),
                line.as_bytes(),
                "{recording}"
            );
        }
    }
}

#[test]
fn bytes_that_are_no_text_are_read_back() {
    let line = b"NLN NLN a@b \xff\xc3(\x80)\r\n";
    for from in [Direction::FromClient, Direction::FromServer] {
        let recording = record(from, [&line[..]]);
        assert_eq!(read(from, &recording)[0].bytes(), line, "{recording}");
    }
}

#[test]
fn payloads_keep_their_line_ends_and_their_length() {
    for body in [
        "",
        "\r\n",
        "a",
        "a\r\n",
        "a\r\n\r\nb",
        "\n\r|\r\r\n",
        "| a\r\n=== b",
    ] {
        let bytes = format!("MSG a@b A {}\r\n{body}", body.len());
        let recording = record(Direction::FromServer, [bytes.as_bytes()]);
        let read = read(Direction::FromServer, &recording);
        assert_eq!(read[0].payload, body.as_bytes(), "{recording}");
    }
}

#[test]
fn a_link_is_named_by_its_kind_and_its_close_is_told() {
    let (mut recorder, mut lines) = (Recorder::default(), Vec::new());
    recorder.opened(Timestamp(70_000), LinkId(3), "sb", &mut lines);
    recorder.closed(Timestamp(71_002), LinkId(3), true, &mut lines);
    let expected = "[   0.000] sb-3       -- connected\n\
                    [   1.002] sb-3       -- SERVER CLOSED THE CONNECTION";
    assert_eq!(text(&lines), expected);
    let all = parse(expected);
    assert_eq!((all[0].at, all[0].connection), (Timestamp(1_002), "sb-3"));
    assert_eq!(all[0].said, Said::Closed);
}

#[test]
fn what_is_no_protocol_ends_a_recording_of_that_side_quietly() {
    let junk = "A".repeat(20_000);
    let recording = record(Direction::FromServer, [junk.as_bytes(), b"\r\nQNG\r\n"]);
    assert_eq!(recording.lines().count(), 1, "{recording}");
}

#[test]
fn no_secret_of_a_recorded_session_is_recorded() {
    let mut found = 0;
    for recording in RECORDINGS {
        let from = recording.direction();
        let secrets = secrets(from, recording.bytes);
        found += secrets.len();
        let recording = record(from, [recording.bytes]);
        for secret in secrets {
            assert!(!recording.contains(&secret), "{secret} is in {recording}");
        }
    }
    assert!(found > 60, "only {found} secrets were looked for");
}

/// Digests, cookies and what a profile has, found by other means than those of the recorder.
fn secrets(from: Direction, bytes: &[u8]) -> Vec<String> {
    let mut all = Vec::new();
    for frame in frames(from, [bytes]).expect("sound frames") {
        let line = frame.line();
        let words: Vec<_> = line.split(' ').collect();
        let payload = String::from_utf8_lossy(&frame.payload).into_owned();
        let word = match words[..] {
            ["USR", _, "MD5", "S", digest] if from == Direction::FromClient => Some(digest),
            ["USR" | "ANS", _, handle, cookie, ..] if handle.contains('@') => Some(cookie),
            ["XFR", _, "SB", _, "CKI", cookie] | ["RNG", _, _, "CKI", cookie, ..] => Some(cookie),
            ["QRY", ..] if payload.len() == 32 => Some(payload.as_str()),
            _ => None,
        };
        all.extend(word.map(str::to_owned));
        let value = |line: &str| Some(line.strip_prefix("MSPAuth: ")?.to_owned());
        all.extend(payload.lines().find_map(value));
    }
    all
}
