//! The two MD5 answers of the protocol: to the sign-in challenge and to `CHL`. MD5 is what the protocol
//! asks for; it protects nothing on a wire that others can read.

use md5::{Digest, Md5};

use crate::model::Secret;

/// The name of the program whose secret answers `CHL` (reference §5).
pub const CLIENT_ID: &str = "msmsgs@msnmsgr.com";

const CLIENT_SECRET: &str = "Q1P7W2E4J9R8U3S5";

/// What to answer to `USR t MD5 S challenge`: 32 hexadecimal digits in lower case (reference §2.5).
pub fn sign_in_digest(challenge: &str, password: &Secret<String>) -> Secret<String> {
    Secret::new(digest(challenge, password.expose()))
}

/// What to answer to `CHL` as [`CLIENT_ID`]: 32 hexadecimal digits in lower case (reference §5).
pub fn challenge_digest(challenge: &str) -> Secret<String> {
    Secret::new(digest(challenge, CLIENT_SECRET))
}

fn digest(challenge: &str, secret: &str) -> String {
    hex::encode(
        Md5::new()
            .chain_update(challenge)
            .chain_update(secret)
            .finalize(),
    )
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn sign_in_answers_are_those_of_the_reference() {
        for (password, expected) in [
            ("hunter2", "8aca4d4721b726ba9cd5e3a5f601671a"),
            ("password", "7f919fab309532df353c901430df36fa"),
            ("pässwörd", "c082588e299e327c66bed322a02df35b"),
        ] {
            let answer = sign_in_digest("1013928519.693957190", &Secret::new(password.to_owned()));
            assert_eq!(answer.expose(), expected);
        }
    }

    #[test]
    fn challenge_answers_are_those_of_the_reference() {
        for (challenge, expected) in [
            ("11111111111111111111", "3b6666b60157322b6fc6e41a115968f5"),
            ("12345678901234567890", "8ba1bb9d6dbf624fee31a2053af5fdd0"),
            ("22299241447072743325", "20dba7e6e9817826b9cd5240cc8add99"),
            ("15570131571988941333", "8f2f5a91b72102cd28355e9fc9000d6e"),
        ] {
            assert_eq!(challenge_digest(challenge).expose(), expected);
        }
    }
}
