//! Conversations at the built-in server: calls, rooms, messages, and how they end.
#![cfg(feature = "server")]

mod server_harness;

use server_harness::Stage;

#[test]
fn a_call_rings_is_answered_and_carries_a_message() {
    Stage::with(&["alice", "bob"]).play(
        "alice C: XFR 7 SB
         alice S: XFR 7 SB 127.0.0.1:1865 CKI {cookie}
         alice-sb connects to switchboard
         alice-sb C: USR 1 alice@example.com {cookie}
         alice-sb S: USR 1 OK alice@example.com Alice
         alice-sb C: CAL 2 bob@example.com
         alice-sb S: CAL 2 RINGING {room}
         bob S: RNG {=room} 127.0.0.1:1865 CKI {ring} alice@example.com Alice
         bob-sb connects to switchboard
         bob-sb C: ANS 1 bob@example.com {ring} {room}
         bob-sb S: IRO 1 1 1 alice@example.com Alice
         bob-sb S: ANS 1 OK
         alice-sb S: JOI bob@example.com Bob
         alice-sb C: MSG 3 A *
         | Content-Type: text/plain
         | 
         | hello
         alice-sb S: ACK 3
         bob-sb S: MSG alice@example.com Alice *
         | Content-Type: text/plain
         | 
         | hello
         bob-sb C: OUT
         bob-sb is closed
         alice-sb S: BYE bob@example.com
         alice-sb hears nothing",
    );
}
