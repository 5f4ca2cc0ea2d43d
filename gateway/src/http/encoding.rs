//! `Accept-Encoding`: which of the forms that a file was stored in a browser takes.

use hyper::header::{self, HeaderMap};

/// A form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    /// The word in headers; identity has none.
    pub(super) const fn token(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }

    /// What the stored file's name ends in, behind the name of the file itself.
    pub(super) const fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
            Self::Identity => "",
        }
    }

    /// The forms that a request takes, best first, smaller before larger. Identity is always last:
    /// whoever refuses even that gets it nevertheless.
    pub(super) fn accepted(headers: &HeaderMap) -> Vec<Self> {
        let values = headers.get_all(header::ACCEPT_ENCODING).iter();
        let values: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
        let quality = |encoding: Self| {
            let mut words = values.iter().flat_map(|value| value.split(','));
            let own = words
                .clone()
                .find_map(|word| weight(word, encoding.token()?));
            own.or_else(|| words.find_map(|word| weight(word, "*")))
                .unwrap_or(0)
        };
        let mut encodings = vec![Self::Brotli, Self::Gzip];
        encodings.retain(|&encoding| quality(encoding) > 0);
        encodings.sort_by_key(|&encoding| std::cmp::Reverse(quality(encoding)));
        encodings.push(Self::Identity);
        encodings
    }
}

/// The weight of `token` in one entry such as `gzip;q=0.5`, in thousandths; `None` for other entries.
fn weight(entry: &str, token: &str) -> Option<u32> {
    let mut parts = entry.split(';').map(str::trim);
    if !parts.next()?.eq_ignore_ascii_case(token) {
        return None;
    }
    let quality =
        parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    let Some(quality) = quality else {
        return Some(1000);
    };
    let (whole, fraction) = quality.split_once('.').unwrap_or((quality, ""));
    let thousandths = format!("{whole}{fraction:0<3}");
    thousandths
        .parse()
        .ok()
        .filter(|&weight| weight <= 1000)
        .or(Some(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(header: &str) -> Vec<&'static str> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, header.parse().expect("a value"));
        let encodings = Encoding::accepted(&headers).into_iter();
        encodings
            .map(|encoding| encoding.token().unwrap_or("identity"))
            .collect()
    }

    #[test]
    fn the_smaller_form_comes_first_among_equals() {
        assert_eq!(
            accepted("gzip, deflate, br, zstd"),
            ["br", "gzip", "identity"]
        );
    }

    #[test]
    fn weights_are_respected() {
        assert_eq!(accepted("br;q=0.5, gzip;q=0.8"), ["gzip", "br", "identity"]);
        assert_eq!(accepted("br;q=0, gzip"), ["gzip", "identity"]);
        assert_eq!(accepted("BR; Q=1.000"), ["br", "identity"]);
        assert_eq!(accepted("*;q=0.1, br;q=0"), ["gzip", "identity"]);
        assert_eq!(accepted("br;q=nonsense"), ["identity"]);
    }

    #[test]
    fn without_the_header_nothing_is_compressed() {
        assert_eq!(Encoding::accepted(&HeaderMap::new()), [Encoding::Identity]);
    }
}
