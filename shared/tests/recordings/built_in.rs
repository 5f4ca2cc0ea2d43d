//! What recorded clients said to see what happens, said to the built-in server with the quirks of the real
//! one: it answers the same, but where it is meant to be stricter.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use msnp6::server::Quirks;

use crate::connections;
use crate::harness::{Stage, demo_config};
use crate::support::transcripts::{Entry, Said, transcript};

fn escargot() -> Stage {
    let mut config = demo_config();
    config.quirks = Quirks::ESCARGOT;
    Stage::new(config)
}

/// What the recorded server answered to a client's words, and what the built-in one does. The end of a
/// connection is written `<end>`; the random part of a challenge is left out.
fn answers(stage: &mut Stage, connection: &str, entries: &[Entry]) -> (String, String) {
    let (mut theirs, mut ours) = (Vec::new(), Vec::new());
    for entry in entries {
        match &entry.said {
            Said::Client(_) if stage.is_closed(connection) => {}
            Said::Client(bytes) => stage.send(connection, bytes),
            Said::Server(bytes) => theirs.extend(bytes),
            Said::Closed => theirs.extend(b"<end>"),
        }
    }
    ours.extend(stage.received(connection));
    if stage.is_closed(connection) {
        ours.extend(b"<end>");
    }
    let text = |bytes: Vec<u8>| {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let lines = text
            .split("\r\n")
            .map(|line| match line.split_once(" MD5 S ") {
                Some((start, _)) => start,
                None => line,
            });
        lines.collect::<Vec<_>>().join("\r\n")
    };
    (text(theirs), text(ours))
}

fn of_connection(file: &str, connection: &str) -> Vec<Entry> {
    let mut entries = transcript(file);
    entries.retain(|entry| entry.connection == connection);
    entries
}

/// The connections on which the built-in server answers otherwise.
fn different(file: &str) -> Vec<&'static str> {
    let mut different = connections(file, "ns");
    different.retain(|connection| {
        let mut stage = escargot();
        stage.connect(connection, "to notification");
        let (theirs, ours) = answers(&mut stage, connection, &of_connection(file, connection));
        theirs != ours
    });
    different
}

#[test]
fn sign_ins_fail_as_at_the_real_server() {
    assert_eq!(
        different("02-signin-failures"),
        [
            // `@` is no address: told at once, and not with the digest.
            "ns.5", //
            // A digest or a handle that is missing, or out of turn, ends the link: that server is silent.
            "ns.8", "ns.9", "ns.10", //
            // Another way to sign in ends the link without `911`.
            "ns.12", //
            // A sign-in begins with `VER` and `INF`.
            "ns.13", "ns.14", //
            // Its accounts have other challenges, so the recorded digest is wrong.
            "ns.15", //
            // Every step comes once: that server takes a second one.
            "ns.16", "ns.17",
        ]
    );
}

#[test]
fn offers_of_dialects_are_answered_as_at_the_real_server() {
    assert_eq!(
        different("03-ver-variants"),
        [
            // Dialects in small letters, later ones, and those before MSNP4.
            "ns.6", "ns.7", "ns.9", //
            // `VER` without an id, and an id over 32 bits, end the link.
            "ns.13", "ns.14", //
            // Commands in small letters, or with blanks about them, are none.
            "ns.15",
        ]
    );
}

#[test]
fn junk_is_met_as_at_the_real_server_and_harms_nobody_else() {
    let mut different = Vec::new();
    for connection in connections("24-junk", "erin") {
        let mut stage = escargot();
        stage.sign_in("alice");
        stage.sign_in("erin");
        stage.rename("erin", connection);
        stage.silence();
        let mut entries = of_connection("24-junk", connection);
        // Its lists are its own; what is compared begins behind the first presence.
        let is_presence = |entry: &Entry| entry.said == Said::Server(b"CHG 6 NLN\r\n".to_vec());
        let start = entries.iter().position(is_presence).expect("a presence");
        let (theirs, ours) = answers(&mut stage, connection, &entries.split_off(start + 1));
        if theirs != ours {
            different.push(connection);
        }
        stage.play("alice C: PNG\n alice S: QNG");
    }
    assert_eq!(
        different,
        [
            // Lines and names over the limits end the link.
            "erin.4", "erin.5", //
            // Bytes that are no text are an unknown command.
            "erin.7", //
            // The serial that comes with a changed name is its own.
            "erin.8", //
            // A service with a NUL, and lengths below zero or over the limit, end the link.
            "erin.9", "erin.11", "erin.15", //
            // The pages of services are its own.
            "erin.16",
        ]
    );
}
