//! The dialogue that this project began with, replayed as printed: a referral, a sign-in, lists that are
//! up to date, a challenge, goodbye.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[path = "support/dialogue.rs"]
mod dialogue;

use dialogue::{Dialogue, LINK};
use msnp6::auth;
use msnp6::messenger::{Destination, Event, Input, Intent, Messenger, Output, SignOutReason};
use msnp6::model::{ListSnapshot, ListVersion, Presence, Secret, UserHandle};
use msnp6::payload::Payload;

/// The profile of the dialogue, as reference §2.8 has it.
const PROFILE: &str = "MIME-Version: 1.0\r\nContent-Type: text/x-msmsgsprofile; charset=UTF-8\r\n\
    LoginTime: 1726321960\r\nEmailEnabled: 1\r\nMemberIdHigh: 81940\r\nMemberIdLow: -517030579\r\n\
    lang_preference: 1033\r\nPreferredEmail: example@hotmail.com\r\ncountry: US\r\nPostalCode: \r\nGender: \r\n\
    Kid: 0\r\nAge: \r\nBDayPre: \r\nBirthday: \r\nWallet: \r\nFlags: 1027\r\nsid: 507\r\nkv: 4\r\n\
    MSPAuth: 2AAAAAAAAAAAAAAAAAAAA$$\r\n\r\n";

#[test]
#[allow(clippy::too_many_lines, reason = "one dialogue, in its order")]
fn the_seed_dialogue_is_spoken_as_printed() {
    let handle = UserHandle::parse("example@hotmail.com").expect("a handle");
    let mut messenger = Messenger::new();
    // `SYN 8 8` asks with serial 8: a copy of the lists was kept.
    let lists = ListSnapshot {
        version: ListVersion(8),
        ..ListSnapshot::default()
    };
    messenger.remember_lists(handle.clone(), lists);
    let mut it = Dialogue::new(messenger);
    let password = Secret::new("password".to_owned());
    let digest = auth::sign_in_digest("prefix", &password);
    it.input(Input::Intent(Intent::SignIn {
        handle,
        password,
        presence: Presence::Online,
    }));
    let to = Destination::Server;
    assert!(matches!(it.others.as_slice(), [Output::Connect { link: LINK, to: it }] if *it == to));
    it.input(Input::Opened { link: LINK });
    it.client("VER 1 MSNP6 MSNP5 MSNP4 CVR0\r\n");
    it.server("VER 1 MSNP6\r\n");
    it.client("INF 2\r\n");
    it.server("INF 2 MD5\r\n");
    it.client("USR 3 MD5 I example@hotmail.com\r\n");
    it.server("XFR 3 NS 10.0.0.5:1863 0\r\n");
    it.client("");
    assert!(it.others.iter().any(
        |o| matches!(o, Output::Redirect { link: LINK, to } if to.to_string() == "10.0.0.5:1863")
    ));
    it.input(Input::Opened { link: LINK });
    it.client("VER 4 MSNP6 MSNP5 MSNP4 CVR0\r\n");
    it.server("VER 4 MSNP6\r\n");
    it.client("INF 5\r\n");
    it.server("INF 5 MD5\r\n");
    it.client("USR 6 MD5 I example@hotmail.com\r\n");
    it.server("USR 6 MDS S prefix\r\n");
    it.client(&format!("USR 7 MD5 S {}\r\n", digest.expose()));
    it.server("USR 7 OK example@hotmail.com example%20user 1\r\n");
    it.client("SYN 8 8\r\nCHG 9 NLN\r\n");
    it.server(&format!(
        "MSG Hotmail Hotmail {}\r\n{PROFILE}",
        PROFILE.len()
    ));
    it.server("SYN 8 8\r\n");
    it.server("CHG 9 NLN\r\n");
    it.server("CHL 0 11111111111111111111\r\n");
    it.client("QRY 10 msmsgs@msnmsgr.com 32\r\n3b6666b60157322b6fc6e41a115968f5");
    it.server("QRY 10\r\n");
    it.input(Input::Intent(Intent::SignOut));
    it.client("OUT\r\n");
    // The printed `OUT` of the server comes after the client has closed: nothing waits for it.
    assert!(
        it.events
            .contains(&Event::OwnPresenceChanged(Presence::Online))
    );
    assert_eq!(
        it.events.last(),
        Some(&Event::SignedOut(SignOutReason::Requested))
    );
    assert!(matches!(
        it.others.last(),
        Some(Output::Disconnect { link: LINK })
    ));
}

#[test]
fn the_profile_of_the_dialogue_is_read() {
    let Payload::Profile(profile) = Payload::parse(PROFILE.as_bytes()) else {
        panic!("no profile")
    };
    assert!(profile.has_mail);
    assert_eq!(profile.login_time, Some(1_726_321_960));
}
