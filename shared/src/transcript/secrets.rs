//! What of a command nobody else may read: digests, cookies, and what the profile of an account lets others
//! do in its name. Hidden bytes become `*`, one each, so that a payload keeps its length.
//!
//! Texts, names and addresses stay: they are what a recording is about.

use crate::wire::Direction;

/// What stands for a hidden byte.
const HIDDEN: u8 = b'*';

/// Lines of a profile that are as good as a password for a while, or tell where somebody is.
const OF_PROFILES: [&[u8]; 4] = [b"MSPAuth", b"sid", b"kv", b"ClientIP"];

/// The content type of a profile.
const PROFILE: &[u8] = b"text/x-msmsgsprofile";

/// Hides what is secret in a line and its payload.
pub(super) fn hide(from: Direction, line: &mut [u8], payload: &mut [u8]) {
    let verb = [0, 1, 2].map(|at| line.get(at).copied().unwrap_or_default());
    let mut words = Words { line, index: 0 };
    match (from, &verb) {
        // `USR t MD5 S digest`, and to a switchboard `USR t handle cookie`.
        (Direction::FromClient, b"USR") => {
            let mut is_secret = false;
            words.each(|index, word| {
                let is_hidden = is_secret;
                is_secret |= match index {
                    2 => word.contains(&b'@'),
                    3 => word != b"I",
                    _ => false,
                };
                is_hidden
            });
        }
        // `ANS t handle cookie session`
        (Direction::FromClient, b"ANS") => words.each(|index, _| index == 3),
        (Direction::FromClient, b"QRY") => payload.fill(HIDDEN),
        // `XFR t SB address CKI cookie`; a referral, `XFR t NS address`, has none.
        (Direction::FromServer, b"XFR") => {
            let mut has_cookie = false;
            words.each(|index, word| {
                has_cookie |= index == 2 && word == b"SB";
                has_cookie && index > 3 && word != b"CKI"
            });
        }
        // `RNG session address CKI cookie handle name`
        (Direction::FromServer, b"RNG") => {
            words.each(|index, word| matches!(index, 3 | 4) && word != b"CKI");
        }
        (Direction::FromServer, b"MSG") => hide_of_profile(payload),
        _ => {}
    }
}

/// The words of a line, counted from 0, the verb.
struct Words<'a> {
    line: &'a mut [u8],
    index: usize,
}

impl Words<'_> {
    /// Hides the words for which `is_secret` says so.
    fn each(&mut self, mut is_secret: impl FnMut(usize, &[u8]) -> bool) {
        for word in self.line.split_mut(|byte| *byte == b' ') {
            if is_secret(self.index, word) {
                word.fill(HIDDEN);
            }
            self.index += 1;
        }
    }
}

fn hide_of_profile(payload: &mut [u8]) {
    let is_profile = |line: &[u8]| {
        let value = line.splitn(2, |byte| *byte == b':').nth(1);
        let value = value.unwrap_or_default().trim_ascii();
        value
            .get(..PROFILE.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(PROFILE))
    };
    if !payload.split(|byte| *byte == b'\n').any(is_profile) {
        return;
    }
    for line in payload.split_mut(|byte| *byte == b'\n') {
        let colon = line.iter().position(|byte| *byte == b':');
        let (name, value) = line.split_at_mut(colon.unwrap_or(0));
        let name = name.trim_ascii();
        if OF_PROFILES
            .iter()
            .any(|secret| name.eq_ignore_ascii_case(secret))
        {
            let is_shown = |byte: &u8| b": \r".contains(byte);
            value
                .iter_mut()
                .filter(|byte| !is_shown(byte))
                .for_each(|byte| *byte = HIDDEN);
        }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn hidden(from: Direction, line: &str, payload: &str) -> (String, String) {
        let (mut line, mut payload) = (line.as_bytes().to_vec(), payload.as_bytes().to_vec());
        hide(from, &mut line, &mut payload);
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (text(line), text(payload))
    }

    #[track_caller]
    fn check(from: Direction, line: &str, expected: &str) {
        assert_eq!(hidden(from, line, "").0, expected);
    }

    #[test]
    fn the_digest_of_a_sign_in_is_hidden_and_the_address_is_not() {
        let from = Direction::FromClient;
        check(from, "USR 4 MD5 S 7b56", "USR 4 MD5 S ****");
        check(from, "USR 3 MD5 I a@b", "USR 3 MD5 I a@b");
        check(from, "USR 4 TWN S t=1&p= x", "USR 4 TWN S ****** *");
        check(
            Direction::FromServer,
            "USR 4 OK a@b Alice 1",
            "USR 4 OK a@b Alice 1",
        );
    }

    #[test]
    fn cookies_are_hidden_on_all_four_ways_that_they_go() {
        check(
            Direction::FromServer,
            "XFR 7 SB h:1 CKI 17.2",
            "XFR 7 SB h:1 CKI ****",
        );
        check(
            Direction::FromServer,
            "XFR 7 SB h:1 17.2",
            "XFR 7 SB h:1 ****",
        );
        check(
            Direction::FromServer,
            "RNG 11 h:1 CKI 17.2 a@b A",
            "RNG 11 h:1 CKI **** a@b A",
        );
        check(Direction::FromClient, "USR 1 a@b 17.2", "USR 1 a@b ****");
        check(
            Direction::FromClient,
            "ANS 1 a@b 17.2 11",
            "ANS 1 a@b **** 11",
        );
    }

    #[test]
    fn a_referral_keeps_its_address() {
        for referral in ["XFR 3 NS h:1", "XFR 3 NS h:1 0 g:1"] {
            check(Direction::FromServer, referral, referral);
        }
    }

    #[test]
    fn the_answer_to_a_challenge_is_hidden() {
        let line = "QRY 9 msmsgs@msnmsgr.com 4";
        assert_eq!(hidden(Direction::FromClient, line, "0f3a").1, "****");
    }

    #[test]
    fn a_profile_lacks_what_others_could_use_and_keeps_its_length() {
        let body = "MIME-Version: 1.0\r\nContent-Type: text/x-msmsgsprofile; charset=UTF-8\r\n\
                    EmailEnabled: 1\r\nsid: 507\r\nkv: 4\r\nMSPAuth: 2AAA== x\r\nClientIP: 1.2.3.4\r\n\r\n";
        let (_, shown) = hidden(Direction::FromServer, "MSG Hotmail Hotmail 9", body);
        assert_eq!(
            shown,
            "MIME-Version: 1.0\r\nContent-Type: text/x-msmsgsprofile; charset=UTF-8\r\n\
             EmailEnabled: 1\r\nsid: ***\r\nkv: *\r\nMSPAuth: ****** *\r\nClientIP: *******\r\n\r\n"
        );
    }

    #[test]
    fn a_text_that_looks_like_a_profile_stays() {
        let body = "Content-Type: text/plain\r\n\r\nsid: 507";
        assert_eq!(hidden(Direction::FromServer, "MSG a@b A 9", body).1, body);
    }
}
