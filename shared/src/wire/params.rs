//! A cursor over the parameters of a line. Every error names the field that was asked for.

use core::str::FromStr;

use super::{FieldError, Problem};

/// The parameters that are still to be read. Inner empty parameters count (an empty name leaves two
/// adjacent spaces), trailing ones do not; what is left unread is ignored, as servers add to commands.
#[derive(Clone, Debug)]
pub struct Params<'a> {
    verb: [u8; 3],
    rest: Option<&'a [u8]>,
}

impl<'a> Params<'a> {
    /// A cursor over `rest`, the line behind the verb and its space.
    pub fn new(verb: &[u8], rest: &'a [u8]) -> Self {
        let mut name = [b' '; 3];
        name.iter_mut().zip(verb).for_each(|(to, from)| *to = *from);
        // Lines hardly ever end in a space.
        let rest = match rest {
            [.., b' '] => trim_end(rest),
            rest => rest,
        };
        let rest = Some(rest).filter(|rest| !rest.is_empty());
        Self { verb: name, rest }
    }

    /// The next parameter, if there is one.
    pub fn next_word(&mut self) -> Option<&'a [u8]> {
        let rest = self.rest?;
        let (word, rest) = match memchr::memchr(b' ', rest) {
            Some(at) => (rest.get(..at).unwrap_or_default(), rest.get(at + 1..)),
            None => (rest, None),
        };
        self.rest = rest;
        Some(word)
    }

    /// The next parameter, which must be there.
    pub fn word(&mut self, field: &'static str) -> Result<&'a [u8], FieldError> {
        self.next_word()
            .ok_or_else(|| self.error(field, Problem::Missing))
    }

    /// The next parameter as text. Bytes that are no UTF-8 are malformed.
    pub fn text(&mut self, field: &'static str) -> Result<&'a str, FieldError> {
        let word = self.word(field)?;
        core::str::from_utf8(word).map_err(|_| self.malformed(field))
    }

    /// The next parameter as a decimal number or another value that reads itself from text.
    pub fn parse<T: FromStr>(&mut self, field: &'static str) -> Result<T, FieldError> {
        let text = self.text(field)?;
        text.parse().map_err(|_| self.malformed(field))
    }

    /// The next parameter through a function that knows which words are right.
    pub fn value<T>(
        &mut self,
        field: &'static str,
        read: impl Fn(&[u8]) -> Option<T>,
    ) -> Result<T, FieldError> {
        let word = self.word(field)?;
        read(word).ok_or_else(|| self.malformed(field))
    }

    /// The last parameter, without moving.
    pub fn last(&self) -> Option<&'a [u8]> {
        self.rest?.rsplit(|&b| b == b' ').next()
    }

    /// The error that a field is malformed.
    pub const fn malformed(&self, field: &'static str) -> FieldError {
        self.error(field, Problem::Malformed)
    }

    /// The error that a field is missing.
    pub const fn missing(&self, field: &'static str) -> FieldError {
        self.error(field, Problem::Missing)
    }

    const fn error(&self, field: &'static str, problem: Problem) -> FieldError {
        FieldError {
            verb: self.verb,
            field,
            problem,
        }
    }
}

fn trim_end(rest: &[u8]) -> &[u8] {
    let end = rest.iter().rposition(|&b| b != b' ');
    rest.get(..end.map_or(0, |last| last + 1))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn words(rest: &[u8]) -> Vec<String> {
        let mut params = Params::new(b"TST", rest);
        core::iter::from_fn(|| params.next_word())
            .map(|w| String::from_utf8_lossy(w).into_owned())
            .collect()
    }

    #[test]
    fn inner_empty_parameters_count_and_trailing_ones_do_not() {
        assert_eq!(
            words(b"bob@example.com  137"),
            ["bob@example.com", "", "137"]
        );
        assert_eq!(words(b"5 BL 1 0 0  "), ["5", "BL", "1", "0", "0"]);
        assert_eq!(words(b""), [""; 0]);
        assert_eq!(words(b"  "), [""; 0]);
    }

    #[test]
    fn only_the_space_separates() {
        assert_eq!(words("a\tb\u{a0}c d".as_bytes()), ["a\tb\u{a0}c", "d"]);
    }

    #[test]
    fn an_error_names_the_command_and_the_field_but_no_content() {
        let mut params = Params::new(b"LST", b"hunter2");
        let error = params.parse::<u32>("index").expect_err("no number");
        assert_eq!(error.to_string(), "LST: the index is malformed");
        let error = params.word("total").expect_err("nothing left");
        assert_eq!(error.to_string(), "LST: the total is missing");
    }
}
