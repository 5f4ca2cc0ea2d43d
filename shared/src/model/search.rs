//! The search for a short text in another. The standard library's never takes long whatever is
//! searched for; it is 2 KB of the page, and what we look for is a few characters.

/// Where `wanted` begins for the first time.
pub fn find(text: &str, wanted: &str) -> Option<usize> {
    let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
    (0..text.len()).find(|&at| text[at..].starts_with(wanted))
}

/// What stands before and behind the first `wanted`.
pub fn split_once<'a>(text: &'a str, wanted: &str) -> Option<(&'a str, &'a str)> {
    let at = find(text, wanted)?;
    Some((text.get(..at)?, text.get(at + wanted.len()..)?))
}

/// What stands before and behind the last `wanted`.
pub fn rsplit_once<'a>(text: &'a str, wanted: &str) -> Option<(&'a str, &'a str)> {
    let bytes = text.as_bytes();
    let at = (0..bytes.len()).rfind(|&at| bytes[at..].starts_with(wanted.as_bytes()))?;
    Some((text.get(..at)?, text.get(at + wanted.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_the_standard_library_finds() {
        for text in ["", "a", "ab", "xabyab", "äabö", "aab", "aaaa", "日本ab語"] {
            for wanted in ["a", "ab", "aa", "abc", "ö", "語"] {
                assert_eq!(find(text, wanted), text.find(wanted), "{text} {wanted}");
                assert_eq!(
                    split_once(text, wanted),
                    text.split_once(wanted),
                    "{text} {wanted}"
                );
                assert_eq!(
                    rsplit_once(text, wanted),
                    text.rsplit_once(wanted),
                    "{text} {wanted}"
                );
            }
        }
    }
}
