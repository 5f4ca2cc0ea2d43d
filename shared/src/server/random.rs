//! Numbers that no client can foresee without the seed. Not a generator for secrets beyond a demo: the
//! seed has 64 bits, and MD5 is here because the protocol needs it anyway.

use md5::{Digest, Md5};

use crate::model::Secret;

/// A sequence that depends on nothing but its seed.
#[derive(Debug)]
pub(super) struct Random {
    seed: Secret<u64>,
    counter: u64,
}

impl Random {
    /// The sequence of a seed, from its beginning.
    pub(super) const fn new(seed: Secret<u64>) -> Self {
        Self { seed, counter: 0 }
    }

    /// `count` decimal digits, the first of them not 0.
    pub(super) fn digits(&mut self, count: usize) -> String {
        let mut digits = String::with_capacity(count);
        while digits.len() < count {
            // 250 is the largest multiple of 10 in a byte: what is above would favour low digits.
            let usable = self.block().into_iter().filter(|&byte| byte < 250);
            for byte in usable.take(count - digits.len()) {
                let digit = if digits.is_empty() {
                    byte % 9 + 1
                } else {
                    byte % 10
                };
                digits.push(char::from(b'0' + digit));
            }
        }
        digits
    }

    /// 32 hexadecimal digits.
    pub(super) fn hexadecimal(&mut self) -> String {
        hex::encode(self.block())
    }

    fn block(&mut self) -> [u8; 16] {
        self.counter = self.counter.wrapping_add(1);
        Md5::new()
            .chain_update(self.seed.expose().to_le_bytes())
            .chain_update(self.counter.to_le_bytes())
            .finalize()
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_seeds_give_equal_sequences_and_others_do_not() {
        let sequence = |seed| {
            let mut random = Random::new(Secret::new(seed));
            (random.digits(20), random.digits(20), random.hexadecimal())
        };
        assert_eq!(sequence(1), sequence(1));
        assert_ne!(sequence(1), sequence(2));
        assert_ne!(sequence(1).0, sequence(1).1);
    }

    #[test]
    fn digits_are_as_many_as_asked_for_and_do_not_begin_with_zero() {
        let mut random = Random::new(Secret::new(7));
        for count in 1..200 {
            let digits = random.digits(count);
            assert_eq!(digits.len(), count);
            assert!(digits.bytes().all(|b| b.is_ascii_digit()), "{digits}");
            assert!(!digits.starts_with('0'), "{digits}");
        }
    }
}
