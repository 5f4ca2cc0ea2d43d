//! Dispatch and sign-in at the built-in server: the referral, the challenge, and every way to be refused.
#![cfg(feature = "server")]

mod server_harness;

use server_harness::Stage;

#[test]
fn dispatch_refers_to_the_notification_server_and_closes_after_the_client() {
    Stage::demo().play(
        "alice connects to dispatch
         alice C: VER 1 MSNP6 MSNP5 MSNP4 CVR0
         alice S: VER 1 MSNP6
         alice C: INF 2
         alice S: INF 2 MD5
         alice C: USR 3 MD5 I alice@example.com
         alice S: XFR 3 NS 127.0.0.1:1864 0
         alice is open
         4999 ms pass
         alice is open
         1 ms pass
         alice is closed",
    );
}

#[test]
fn the_right_password_signs_in_with_name_verified_bit_and_profile() {
    Stage::demo().play(
        "alice connects to notification
         alice C: VER 1 MSNP6 CVR0
         alice S: VER 1 MSNP6
         alice C: INF 2
         alice S: INF 2 MD5
         alice C: USR 3 MD5 I alice@example.com
         alice S: USR 3 MD5 S {challenge}
         alice C: USR 4 MD5 S {md5 challenge}
         alice S: USR 4 OK alice@example.com Alice 1
         alice S: MSG Hotmail Hotmail *
         | MIME-Version: 1.0
         | Content-Type: text/x-msmsgsprofile; charset=UTF-8
         | LoginTime: 1000
         | EmailEnabled: 0
         | MemberIdHigh: 0
         | MemberIdLow: 0
         | lang_preference: 1033
         | preferredEmail: alice@example.com
         | country: 
         | Kid: 0
         | Flags: 1027
         | sid: 507
         | kv: 4
         | 
         | 
         alice hears nothing
         alice is open",
    );
}
