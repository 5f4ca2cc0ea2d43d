//! What no client can do to the built-in server: make it panic, make it grow, or hurt another client.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::harness::{Stage, demo_config, quirky};
use super::support::Random;
use msnp6::model::{LinkId, Timestamp};
use msnp6::server::{Quirk, Role, Server, ServerConfig, ServerInput, ServerOutput};

/// Lines that are right somewhere, as seeds of wrong ones.
const LINES: [&str; 33] = [
    "VER 1 MSNP6 MSNP5 CVR0",
    "INF 2",
    "USR 3 MD5 I alice@example.com",
    "USR 4 MD5 S 0123456789abcdef0123456789abcdef",
    "USR 5 alice@example.com 123.456.789",
    "ANS 6 alice@example.com 123.456.789 17",
    "SYN 7 0",
    "CHG 8 NLN",
    "CHG 8 HDN",
    "QRY 9 msmsgs@msnmsgr.com 32",
    "XFR 10 SB",
    "CAL 11 bob@example.com",
    "CAL 11 echo@example.com",
    "MSG 12 A 5",
    "MSG 12 N 100000",
    "ADD 13 FL dave@example.com Dave",
    "ADD 13 BL bob@example.com Bob",
    "REM 14 FL bob@example.com",
    "REM 14 AL bob@example.com",
    "REA 15 alice@example.com Al",
    "REA 15 bob@example.com Robert",
    "PRP 16 PHH 555",
    "PRP 16 MOB Y",
    "BLP 17 BL",
    "GTC 18 N",
    "URL 19 INBOX",
    "SDC 20 x@example.com 0x0409 MSMSGS MSMSGS X X Alice 5",
    "PAG 21 bob@example.com 5",
    "LST 22 FL",
    "PNG",
    "OUT",
    "NLN NLN bob@example.com Bob",
    "",
];

/// A demo with everybody everywhere: before and after sign-in, outside and inside of rooms.
fn crowded() -> (Stage, Vec<&'static str>) {
    crowded_in(demo_config())
}

fn crowded_in(config: ServerConfig) -> (Stage, Vec<&'static str>) {
    let mut stage = Stage::room_in(config, &["alice", "bob"]);
    stage.play(
        "alice-sb C: CAL 5 echo@example.com
         new connects to notification
         dispatched connects to dispatch
         outside connects to switchboard",
    );
    stage.sign_in("carol");
    let links = vec![
        "alice",
        "alice-sb",
        "bob-sb",
        "carol",
        "new",
        "dispatched",
        "outside",
    ];
    (stage, links)
}

fn counts(server: &Server) -> String {
    format!("{server:?}")
}

/// A line of the protocol, whole, cut, changed, or noise in its place.
fn junk(random: &mut Random) -> Vec<u8> {
    let mut bytes = LINES[random.below(LINES.len())].as_bytes().to_vec();
    match random.below(6) {
        0 => bytes.truncate(random.below(40)),
        1 => {
            let at = random.below(bytes.len());
            let byte = u8::try_from(random.below(256)).unwrap_or_default();
            bytes.iter_mut().skip(at).take(1).for_each(|b| *b = byte);
        }
        2 => {
            let noise = |_| u8::try_from(random.below(256)).unwrap_or_default();
            bytes = (0..80).map(noise).collect();
        }
        _ => {}
    }
    let end = ["\r\n", "\r\n", "\r\n", "\n", "\r", ""][random.below(6)];
    bytes.extend_from_slice(end.as_bytes());
    bytes
}

#[test]
fn no_bytes_make_it_panic_or_speak_to_closed_links() {
    for seed in 0..400 {
        let random = &mut Random::new(seed);
        let (mut stage, links) = crowded();
        for _ in 0..40 {
            // The stage itself fails when a closed link is closed again or is sent something.
            stage.send(links[random.below(links.len())], &junk(random));
            if random.below(4) == 0 {
                stage.pass(u64::try_from(random.below(70_000)).unwrap_or_default());
            }
        }
        // Whatever happened, who comes now is served.
        stage.online("dave");
    }
}

/// Those that leave the way into the crowd as the scripts have it.
const QUIRKS: [Quirk; 26] = [
    Quirk::ConstantChallenge,
    Quirk::HandleCaseMatters,
    Quirk::SerialFromClient,
    Quirk::SynTwice,
    Quirk::ShortProperties,
    Quirk::SettingsWithoutSerial,
    Quirk::IlnInSyn,
    Quirk::IlnOfOneself,
    Quirk::IlnForPresence,
    Quirk::FlnNamesReceiver,
    Quirk::DelayedPresence,
    Quirk::HiddenRename,
    Quirk::RenameByRea,
    Quirk::AddAlwaysSucceeds,
    Quirk::RemNamesAsker,
    Quirk::PrivacyHidesSilently,
    Quirk::SilentServices,
    Quirk::DeafAfterEmptyLine,
    Quirk::IroToEverybody,
    Quirk::IroTwice,
    Quirk::ByeNamesReceiver,
    Quirk::AckWhenAlone,
    Quirk::FirstCommandOnly,
    Quirk::ErrorsCloseSwitchboards,
    Quirk::ErrorsWithText,
    Quirk::EchoesOut,
];

#[test]
fn no_bytes_make_a_server_with_quirks_panic_or_speak_to_closed_links() {
    let mut random = Random::new(2001);
    for _ in 0..100 {
        let (mut stage, links) = crowded_in(quirky(&QUIRKS));
        for _ in 0..100 {
            let bytes = junk(&mut random);
            let link = links[random.below(links.len())];
            if !stage.is_closed(link) {
                stage.send(link, &bytes);
            }
            stage.pass(100);
        }
        stage.online("dave");
    }
}

#[test]
fn how_the_network_cuts_bytes_does_not_matter() {
    let script = b"VER 1 MSNP6\r\nINF 2\r\nUSR 3 MD5 I alice@example.com\r\nUSR 4 MD5 I x\r\n";
    let play = |pieces: &[&[u8]]| {
        let mut stage = Stage::demo();
        stage.play("alice connects to notification");
        for piece in pieces {
            stage.send("alice", piece);
        }
        (stage.received("alice"), stage.is_closed("alice"))
    };
    let whole = play(&[script]);
    assert!(whole.0.ends_with(b"715 4\r\n") && whole.1);
    let single: Vec<_> = script.chunks(1).collect();
    assert_eq!(play(&single), whole);
    for seed in 0..100 {
        assert_eq!(play(&Random::new(seed).cut(script)), whole);
    }
}

#[test]
fn ten_thousand_connects_leave_no_more_links_than_the_limit() {
    let mut server = Server::new(demo_config());
    let mut closed = 0;
    for number in 0..10_000 {
        let (link, role) = (LinkId(number), Role::Notification);
        server.handle(Timestamp(1), ServerInput::Accepted { link, role });
        let bytes = b"VER 1 MSNP6\r\nINF 2\r\nUSR 3 MD5 I alice@exam".to_vec();
        server.handle(Timestamp(1), ServerInput::Received { link, bytes });
        while let Some(output) = server.poll() {
            closed += u32::from(matches!(output, ServerOutput::Close { .. }));
        }
    }
    assert_eq!(
        counts(&server),
        "Server { links: 4096, rooms: 0, cookies: 0, timers: 4096, .. }"
    );
    assert_eq!(closed, 10_000 - 4096);
}

#[test]
fn ten_thousand_visits_leave_nothing_behind() {
    let mut stage = Stage::demo();
    for number in 0..10_000 {
        let role = [Role::Dispatch, Role::Notification, Role::Switchboard][number % 3];
        let link = LinkId(u32::try_from(number).expect("a small number"));
        stage.handle(ServerInput::Accepted { link, role });
        let bytes = LINES[number % LINES.len()].as_bytes().to_vec();
        stage.handle(ServerInput::Received { link, bytes });
        stage.handle(ServerInput::Closed { link });
    }
    assert_eq!(
        counts(&stage.server),
        "Server { links: 0, rooms: 0, cookies: 0, timers: 0, .. }"
    );
}

#[test]
fn conversations_leave_nothing_behind() {
    let mut stage = Stage::with(&["alice", "bob"]);
    let before = counts(&stage.server);
    for _ in 0..200 {
        stage.open_room("alice");
        stage.call("alice", "bob");
        stage.play(
            "alice-sb C: CAL 5 echo@example.com
             alice-sb C: MSG 6 N *
             | Content-Type: text/plain
             |
             | hello
             alice-sb leaves
             bob-sb leaves",
        );
    }
    assert_eq!(counts(&stage.server), before);
}

#[test]
fn calls_that_nobody_answers_do_not_pile_up() {
    let mut stage = Stage::with(&["alice", "bob"]);
    for _ in 0..200 {
        stage.open_room("alice");
        stage.play(
            "alice-sb C: CAL 2 bob@example.com
             alice-sb leaves",
        );
    }
    let cookies = counts(&stage.server);
    assert!(cookies.contains("cookies: 32,"), "{cookies}");
}

#[test]
fn an_endless_line_is_cut_off() {
    for to in ["dispatch", "notification", "switchboard"] {
        let mut stage = Stage::demo();
        stage.play(&format!("alice connects to {to}"));
        stage.send("alice", &[b'A'; 8 * 1024]);
        stage.play("alice is open");
        stage.send("alice", b"AAA");
        stage.play("alice is closed");
    }
}

#[test]
fn a_payload_that_is_too_long_is_not_waited_for() {
    let mut stage = Stage::room(&["alice", "bob"]);
    stage.send("alice-sb", b"MSG 5 N 60000\r\n");
    for _ in 0..10 {
        stage.send("alice-sb", &[b'x'; 1024]);
    }
    stage.play("alice-sb is closed");

    let mut stage = Stage::room(&["alice", "bob"]);
    stage.send("alice-sb", b"MSG 5 N 99999999\r\n");
    stage.play("alice-sb is closed");
}

#[test]
fn links_that_nobody_knows_are_of_no_consequence() {
    let mut stage = Stage::with(&["alice"]);
    let link = LinkId(777);
    let bytes = b"VER 1 MSNP6\r\n".to_vec();
    let before = counts(&stage.server);
    stage.handle(ServerInput::Received { link, bytes });
    stage.handle(ServerInput::Closed { link });
    stage.handle(ServerInput::Woke);
    assert_eq!(counts(&stage.server), before);
    stage.play("alice hears nothing\n alice C: PNG\n alice S: QNG");
}

#[test]
fn a_clock_that_runs_backwards_ends_nothing() {
    let mut stage = Stage::with(&["alice"]);
    let before = stage.now;
    stage.now = Timestamp(0);
    stage.play("new connects to notification");
    stage.now = before;
    stage.play(
        "new C: VER 1 MSNP6
         new S: VER 1 MSNP6
         alice C: PNG
         alice S: QNG",
    );
}

#[test]
fn a_challenge_is_not_waited_for_when_its_link_is_gone() {
    let mut stage = Stage::signed_in("alice");
    stage.play("alice C: CHG 5 NLN\n alice leaves");
    assert_eq!(
        counts(&stage.server),
        "Server { links: 0, rooms: 0, cookies: 0, timers: 0, .. }"
    );
}

#[test]
fn the_server_asks_to_be_woken_for_its_next_deadline_and_only_when_that_changes() {
    let mut server = Server::new(demo_config());
    let mut wakes = |now, input| {
        server.handle(Timestamp(now), input);
        let outputs = core::iter::from_fn(|| server.poll());
        outputs
            .filter_map(|output| match output {
                ServerOutput::WakeAt(at) => Some(at.0),
                _ => None,
            })
            .collect::<Vec<u64>>()
    };
    let role = Role::Dispatch;
    let accepted = |number| ServerInput::Accepted {
        link: LinkId(number),
        role,
    };
    assert_eq!(wakes(100, accepted(1)), [60_100]);
    assert_eq!(wakes(200, accepted(2)), [0; 0]);
    assert_eq!(
        wakes(300, ServerInput::Closed { link: LinkId(1) }),
        [60_200]
    );
    // Woken too early: the driver has to be told again.
    assert_eq!(wakes(400, ServerInput::Woke), [60_200]);
    assert_eq!(wakes(60_200, ServerInput::Woke), [0; 0]);
}

#[test]
fn nothing_secret_is_printed() {
    let mut stage = Stage::with(&["alice", "bob"]);
    stage.open_room("alice");
    stage.play("alice C: XFR 7 SB\n alice S: XFR 7 SB {_} CKI {spare}");
    let shown = counts(&stage.server);
    for secret in ["spare", "challenge", "chl"] {
        assert!(!shown.contains(stage.word(secret)), "{shown}");
    }
    assert!(
        !shown.contains("demo") && !shown.contains("alice"),
        "{shown}"
    );
}
