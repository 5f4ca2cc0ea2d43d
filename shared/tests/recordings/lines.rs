//! Every line of every recording is the command that it looks like.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use msnp6::command::{ClientCommand, ServerCommand};
use msnp6::wire::{Direction, Framer};

use crate::support::frames;
use crate::support::recordings::RECORDINGS;
use crate::support::transcripts::{TRANSCRIPTS, transcript};

/// Reads bytes as commands. What is none, or none that is known, is answered as its beginning and what is
/// wrong with it.
fn odd(direction: Direction, bytes: &[u8]) -> Vec<String> {
    let mut framer = Framer::new(direction);
    framer.push(bytes);
    let mut odd = Vec::new();
    loop {
        let (line, problem) = match framer.next_frame() {
            Ok(None) => break,
            Err(error) => {
                odd.push(error.to_string());
                break;
            }
            Ok(Some(frame)) => {
                let problem = match direction {
                    Direction::FromServer => match ServerCommand::decode(&frame) {
                        Ok(ServerCommand::Unknown) => Some("unknown".to_owned()),
                        result => result.err().map(|error| error.to_string()),
                    },
                    Direction::FromClient => match ClientCommand::decode(&frame) {
                        Ok(ClientCommand::Unknown(_)) => Some("unknown".to_owned()),
                        result => result.err().map(|error| error.to_string()),
                    },
                };
                (String::from_utf8_lossy(frame.line()).into_owned(), problem)
            }
        };
        let beginning: String = match line.chars().next() {
            // Bytes that are no text at all.
            Some(first) if first.is_control() || first == char::REPLACEMENT_CHARACTER => {
                format!("{}..", char::from(bytes[0]))
            }
            _ => line.chars().take(24).collect(),
        };
        odd.extend(problem.map(|problem| format!("{beginning} -- {problem}")));
    }
    if framer.buffered() > 0 && odd.is_empty() {
        odd.push("is not whole".to_owned());
    }
    odd
}

/// What is odd in everything that one side says, with the name of the recording before it.
fn all_odd(direction: Direction) -> Vec<String> {
    let mut all = Vec::new();
    for transcript in TRANSCRIPTS {
        for entry in transcript.entries() {
            for odd in entry
                .bytes_from(direction)
                .into_iter()
                .flat_map(|b| odd(direction, b))
            {
                all.push(format!("{}: {odd}", transcript.name));
            }
        }
    }
    all
}

#[test]
fn the_written_recordings_say_what_the_recorded_bytes_say() {
    for recording in RECORDINGS {
        let (file, rest) = recording.name.split_once('.').expect("a file");
        let (connection, _) = rest.rsplit_once('.').expect("a connection");
        let mut whole = true;
        let mut written = Vec::new();
        for entry in transcript(file) {
            let is_this = entry.connection == connection;
            if let Some(bytes) = entry.bytes_from(recording.direction()).filter(|_| is_this) {
                written.extend(bytes);
                // One line is written down only as far as fits: what follows cannot be compared.
                whole &= !bytes.ends_with(b"MIME-Version: 1.0\r");
            }
        }
        if whole {
            assert_eq!(
                written.escape_ascii().to_string(),
                recording.bytes.escape_ascii().to_string(),
                "{}",
                recording.name
            );
        }
    }
}

#[test]
fn every_line_of_a_server_is_a_command_that_is_known() {
    assert_eq!(
        all_odd(Direction::FromServer),
        [
            // An id that no client of ours sends, for they are numbers of 32 bits.
            "03-ver-variants: INF 4294967296 MD5 -- INF: the transaction id is malformed",
            // A property that there is not; this server keeps whatever has three letters.
            "12-prp-bpr: PRP 19 6 ZZZ x -- PRP: the property is malformed",
        ]
    );
}

/// What the recorded client said to see what happens, all of it.
const BROKEN: &[&str] = &[
    "01-signin: CVR 3 0x0409 winnt 5.1 i -- CVR: the client version is missing",
    "02-signin-failures: USR 4 MD5 S -- USR: the digest is missing",
    "02-signin-failures: USR 3 MD5 I -- USR: the handle is missing",
    // The ways to sign in of later dialects.
    "02-signin-failures: USR 3 TWN I alice@exampl -- USR: the security package is malformed",
    "02-signin-failures: USR 3 CTP I alice@exampl -- USR: the security package is malformed",
    "03-ver-variants: VER abc MSNP6 CVR0 -- VER: the transaction id is malformed",
    "03-ver-variants: VER -- VER: the transaction id is missing",
    "03-ver-variants: INF 4294967296 -- INF: the transaction id is malformed",
    // Names of commands are in capitals; that server does not mind, ours does.
    "03-ver-variants: ver 1   MSNP6  CVR0 -- unknown",
    "03-ver-variants: inf 2 -- unknown",
    "03-ver-variants:   INF   3   -- unknown",
    // No such lists in MSNP6, and no handle.
    "09-add-errors: ADD 7 XX dave@example.co -- ADD: the list is malformed",
    "09-add-errors: ADD 8 PL dave@example.co -- ADD: the list is malformed",
    "09-add-errors: ADD 9 FL -- ADD: the handle is missing",
    "09-add-errors: ADD 10 fl dave@example.c -- ADD: the list is malformed",
    "09-add-errors: REM 11 FL -- REM: the handle is missing",
    "12-prp-bpr: PRP 19 ZZZ x -- PRP: the property is malformed",
    "12-prp-bpr: PRP 20 PHX x -- PRP: the property is malformed",
    "12-prp-bpr: PRP 21 -- PRP: the property is missing",
    "12-prp-bpr: PRP 7 PHHH 1 -- PRP: the property is malformed",
    // No services of the reference.
    "14-url-png: URL 17 N2PCALL -- URL: the service is malformed",
    "14-url-png: URL 20 INTERESTSEARCH -- URL: the service is malformed",
    "14-url-png: URL 21 MOBIL -- URL: the service is malformed",
    "14-url-png: URL 22 NONSENSE -- URL: the service is malformed",
    "14-url-png: URL 23 -- URL: the service is missing",
    // A client that asks for a referral; there is none in MSNP6.
    "16-xfr: XFR 12 NS -- XFR: the server kind is malformed",
    "16-xfr: XFR 13 -- XFR: the server kind is missing",
    "16-xfr: USR 1 alice@example.com -- USR: the cookie is missing",
    "16-xfr: FOO 3 -- unknown",
    // The mode `D` came with MSNP9.
    "17-chat-two: MSG 6 D 71 -- MSG: the acknowledgement is malformed",
    "19-chat-errors: CAL 6 -- CAL: the handle is missing",
    "20-messages: MSG 15 a 63 -- MSG: the acknowledgement is malformed",
    "20-messages: MSG 90 5 -- MSG: the acknowledgement is malformed",
    "20-messages: MSG 3 D 140 -- MSG: the acknowledgement is malformed",
    // Not written down to its end; `20-messages.alice-sb.6.c2s` has it all.
    "20-messages: is not whole",
    "24-junk: X -- unknown",
    "24-junk: a line is too long",
    "24-junk: a line is too long",
    "24-junk: a line is too long",
    "24-junk: \u{80}.. -- unknown",
    "24-junk: \u{16}.. -- unknown",
    "24-junk: GET / HTTP/1.1 -- unknown",
    "24-junk: Host: x -- unknown",
    "24-junk: URL 9 IN\0BOX -- URL: the service is malformed",
    "24-junk: a payload's length is no number",
    "24-junk: a payload's length is no number",
    "24-junk: MSG -- MSG: the transaction id is missing",
    "24-junk: is not whole",
    "24-junk: a payload is longer than 64 KiB",
    "24-junk: is not whole",
    "24-junk: \u{ff}.. -- unknown",
];

#[test]
fn every_line_of_a_client_is_a_command_that_is_known_or_broken_on_purpose() {
    assert_eq!(all_odd(Direction::FromClient), BROKEN);
}

#[test]
fn every_line_that_is_understood_is_written_as_it_was_read() {
    for transcript in TRANSCRIPTS {
        for entry in transcript.entries() {
            let Some(bytes) = entry.bytes_from(Direction::FromServer) else {
                continue;
            };
            for frame in frames(Direction::FromServer, [bytes]).expect("sound") {
                let mut framer = Framer::new(Direction::FromServer);
                framer.push(&frame.bytes());
                let read = framer.next_frame().expect("sound").expect("whole");
                let Ok(command) = ServerCommand::decode(&read) else {
                    continue;
                };
                let written = command.encode();
                let mut again = Framer::new(Direction::FromServer);
                again.push(&written);
                let frame = again.next_frame().expect("sound").expect("whole");
                assert_eq!(
                    ServerCommand::decode(&frame),
                    Ok(command),
                    "{}",
                    transcript.name
                );
            }
        }
    }
}
