//! Where one character as people see it ends: an accent stays with its letter, a family with all of
//! its members.
//!
//! It does not follow Unicode's rules to the letter: their tables would be a fortieth of the page. It
//! cuts nowhere inside of what they call one character (its tests compare), except for vowel signs of
//! some scripts that few write; and it keeps more together than they ask for, which costs nothing.

/// The first character of a text as people see it, and the rest.
pub(super) fn split_first(text: &str) -> (&str, &str) {
    let mut chars = text.char_indices();
    let Some((_, mut before)) = chars.next() else {
        return ("", "");
    };
    let mut is_half_flag = is_flag_letter(before);
    for (at, c) in chars {
        let is_flag = is_half_flag && is_flag_letter(c);
        let is_joined = before == JOINER || is_virama(before) && !c.is_ascii();
        if !(is_flag || is_joined || extends(c)) {
            return text.split_at_checked(at).unwrap_or((text, ""));
        }
        is_half_flag = false;
        before = c;
    }
    (text, "")
}

/// Whether a character belongs to the one before it: accents, vowel signs, joiners, selectors.
fn extends(c: char) -> bool {
    // The standard library keeps the table of accents to itself; escaping tells what is in it.
    !c.is_ascii() && (c.escape_debug().len() > 1 || is_vowel_sign(c)) || ('🏻'..='🏿').contains(&c)
}

/// Signs that take a place of their own, which is why no table calls them accents.
fn is_vowel_sign(c: char) -> bool {
    match u32::from(c) {
        // One sign of Kannada; Korean vowels and final consonants written apart from their syllable.
        0xCF3 | 0x1160..=0x11FF | 0xD7B0..=0xD7FF => true,
        // Nine scripts of India share one arrangement, 128 places each.
        code @ 0x900..=0xD7F => {
            matches!(code & 0x7F, 0..=3 | 0x3B | 0x3C | 0x3E..=0x4F | 0x55..=0x57 | 0x62 | 0x63)
        }
        code => SIGNS.iter().any(|signs| signs.contains(&code)),
    }
}

fn is_virama(c: char) -> bool {
    matches!(u32::from(c), code @ 0x900..=0xD7F if code & 0x7F == 0x4D)
        || matches!(c, '\u{1039}' | '\u{17D2}')
}

const fn is_flag_letter(c: char) -> bool {
    matches!(c, '🇦'..='🇿')
}

const JOINER: char = '\u{200D}';

/// Vowel signs of Sinhala, Thai, Lao, Tibetan, Burmese and Khmer.
const SIGNS: [core::ops::RangeInclusive<u32>; 10] = [
    0xD81..=0xD83,
    0xDCA..=0xDDF,
    0xDF2..=0xDF3,
    0xE33..=0xE33,
    0xEB3..=0xEB3,
    0xF3E..=0xF7F,
    0x102B..=0x103E,
    0x1056..=0x1057,
    0x1084..=0x1084,
    0x17B6..=0x17D3,
];

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation as _;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn characters(mut text: &str) -> Vec<&str> {
        let mut all = Vec::new();
        while !text.is_empty() {
            let (first, rest) = split_first(text);
            all.push(first);
            text = rest;
        }
        all
    }

    #[test]
    fn what_people_see_as_several_characters_is_several() {
        assert_eq!(characters("añ\u{303}b"), ["a", "ñ\u{303}", "b"]);
        assert_eq!(
            characters("\n\"\\é中한"),
            ["\n", "\"", "\\", "é", "中", "한"]
        );
        assert_eq!(characters("😀😀👍🏽"), ["😀", "😀", "👍🏽"]);
        assert_eq!(characters("🇩🇪🇫🇷"), ["🇩🇪", "🇫🇷"]);
        assert_eq!(characters("नमस्ते"), ["न", "म", "स्ते"]);
        assert_eq!(characters(""), [""; 0]);
    }

    #[test]
    fn nothing_that_unicode_calls_one_character_is_cut() {
        for text in [
            "👨‍👩‍👧‍👦",
            "🏴‍☠️",
            "e\u{301}\u{323}",
            "각",
            "ก็",
            "กำ",
            "👩🏽‍🚀",
            "1️⃣",
            "ক্ষ",
        ] {
            assert_eq!(text.graphemes(true).count(), 1, "{text}");
            assert_eq!(characters(text), [text]);
        }
    }

    #[test]
    fn only_signs_of_rare_scripts_are_parted_from_their_letter() {
        let parted: Vec<u32> = (char::MIN..=char::MAX)
            .filter(|&c| {
                let text = format!("a{c}");
                text.graphemes(true).count() == 1 && characters(&text).len() != 1
            })
            .map(u32::from)
            .collect();
        assert!(parted.len() < 300, "{} are parted", parted.len());
        assert!(parted.iter().all(|&code| code >= 0x1900), "{parted:x?}");
    }
}
