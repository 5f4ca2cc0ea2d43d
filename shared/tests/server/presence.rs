//! Who sees whom at the built-in server, and who is told what.
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::harness::{Stage, block, changed, handle};
use msnp6::model::{ListKind, Presence, PrivacyDefault};

#[test]
fn the_first_presence_brings_who_is_online_and_a_challenge() {
    let mut stage = Stage::with(&["bob"]);
    stage.play("bob C: CHG 7 BSY");
    stage.sign_in("alice");
    stage.play(
        "alice C: CHG 5 NLN
         alice S: CHG 5 NLN
         alice S: ILN 5 BSY bob@example.com Bob
         alice S: ILN 5 NLN echo@example.com Echo
         alice S: ILN 5 NLN parrot@example.com Parrot
         alice S: CHL 0 {chl}
         alice hears nothing
         alice C: CHG 6 AWY
         alice S: CHG 6 AWY
         alice hears nothing",
    );
    let challenge = stage.word("chl");
    assert!(challenge.len() == 20 && challenge.bytes().all(|b| b.is_ascii_digit()));
}

#[test]
fn nobody_is_seen_before_the_first_presence() {
    let mut stage = Stage::with(&["bob"]);
    stage.sign_in("alice");
    stage.play(
        "bob hears nothing
         alice C: CHG 5 LUN
         bob S: NLN LUN alice@example.com Alice
         bob hears nothing",
    );
}

#[test]
fn nobody_sees_before_their_own_first_presence() {
    let mut stage = Stage::signed_in("alice");
    stage.online_keeping("bob");
    stage.play("alice hears nothing");
}

#[test]
fn every_presence_is_echoed_and_told_to_contacts() {
    let mut stage = Stage::with(&["alice", "bob"]);
    let visible = |p: &Presence| p.is_reachable() && *p != Presence::Online;
    for presence in Presence::ALL.into_iter().filter(visible) {
        let code = presence.code();
        stage.play(&format!(
            "alice C: CHG 5 {code}
             alice S: CHG 5 {code}
             bob S: NLN {code} alice@example.com Alice
             alice hears nothing"
        ));
    }
}

#[test]
fn a_hidden_person_looks_offline_and_still_hears() {
    Stage::with(&["alice", "bob"]).play(
        "alice C: CHG 5 HDN
         alice S: CHG 5 HDN
         bob S: FLN alice@example.com
         bob C: CHG 5 BRB
         bob S: CHG 5 BRB
         alice S: NLN BRB bob@example.com Bob
         alice C: CHG 6 NLN
         alice S: CHG 6 NLN
         bob S: NLN NLN alice@example.com Alice",
    );
}

#[test]
fn who_comes_hidden_is_announced_to_nobody() {
    let mut stage = Stage::with(&["bob"]);
    stage.sign_in("alice");
    stage.play(
        "alice C: CHG 5 HDN
         alice S: CHG 5 HDN
         alice S: ILN 5 NLN bob@example.com Bob
         bob hears nothing",
    );
    stage.sign_in("carol");
    stage.play(
        "carol C: CHG 5 NLN
         carol S: CHG 5 NLN
         carol S: ILN 5 NLN bob@example.com Bob",
    );
}

#[test]
fn offline_cannot_be_chosen() {
    Stage::with(&["alice", "bob"]).play(
        "alice C: CHG 5 FLN
         alice S: 201 5
         bob hears nothing
         alice is open",
    );
}

#[test]
fn contacts_are_told_of_every_way_to_leave() {
    for way in [
        "alice C: OUT\n alice is closed",
        "alice leaves",
        "alice C: CHG 5 XXX",
    ] {
        let mut stage = Stage::with(&["alice", "bob"]);
        stage.play(way);
        stage.play("bob S: FLN alice@example.com\n bob hears nothing");
    }
}

#[test]
fn a_contact_who_was_not_seen_does_not_leave() {
    let mut stage = Stage::with(&["bob"]);
    stage.sign_in("alice");
    stage.play("alice leaves\n bob hears nothing");
}

#[test]
fn presence_goes_to_those_who_have_the_person_as_contact_and_to_nobody_else() {
    let mut stage = Stage::with(&["dave", "erin"]);
    stage.online("alice");
    stage.play("alice C: CHG 5 BSY\n alice S: CHG 5 BSY");
    // Dave has Alice; Alice has neither of the two.
    stage.play(
        "dave S: NLN BSY alice@example.com Alice
         erin hears nothing
         dave C: CHG 5 BSY
         alice hears nothing",
    );
}

#[test]
fn a_blocked_contact_sees_nothing() {
    let mut stage = Stage::new(changed("alice", |alice| block(alice, "bob")));
    stage.online("alice");
    stage.sign_in("bob");
    stage.play(
        "bob C: CHG 5 NLN
         bob S: CHG 5 NLN
         bob S: ILN 5 NLN echo@example.com Echo
         bob S: ...
         alice S: NLN NLN bob@example.com Bob
         alice C: CHG 6 AWY
         bob hears nothing
         alice leaves
         bob hears nothing",
    );
}

#[test]
fn under_privacy_by_default_only_the_allow_list_sees() {
    let mut stage = Stage::new(changed("alice", |alice| {
        alice.privacy = PrivacyDefault::Block;
        alice.lists.remove(ListKind::Allow, &handle("bob"));
    }));
    stage.online("bob");
    stage.online("carol");
    stage.silence();
    stage.online_keeping("alice");
    stage.play(
        "bob hears nothing
         carol S: NLN NLN alice@example.com Alice",
    );
}
