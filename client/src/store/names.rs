//! What to call people. Names are hostile text: they are shown, never interpreted.

use msnp6::model::{FriendlyName, UserHandle};

/// The name, or the handle when the name shows nothing.
pub fn label(name: &FriendlyName, handle: &UserHandle) -> String {
    let text = name.as_str().trim();
    if text.chars().all(is_invisible) {
        handle.as_str().to_owned()
    } else {
        text.to_owned()
    }
}

/// `Bob`, `Bob and Carol`, `Bob, Carol and Dave`.
pub fn join_names(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The small letter of a capital one in the Latin, Greek and Cyrillic alphabets; any other as it is. The
/// whole table of all scripts would cost the page kilobytes.
pub const fn lower(c: char) -> char {
    let distance = match c {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => 32,
        'Ѐ'..='Џ' => 80,
        'Ά' => 38,
        'Έ'..='Ί' => 37,
        'Ό' => 64,
        'Ύ' | 'Ώ' => 63,
        // Capital and small letters take turns here, either of them first.
        'Ā'..='į' | 'Ĳ'..='ķ' | 'Ŋ'..='ŷ' => 1 - (c as u32 & 1),
        'Ĺ'..='ň' | 'Ź'..='ž' => c as u32 & 1,
        _ => 0,
    };
    match char::from_u32(c as u32 + distance) {
        Some(small) => small,
        None => c,
    }
}

/// A text in small letters, as far as [`lower`] knows them.
pub fn lowered(text: &str) -> String {
    text.chars().map(lower).collect()
}

/// White space and the characters that only steer others: a name of nothing else looks like no name.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label_of(name: &str) -> String {
        let handle = UserHandle::parse("bob@example.com").expect("a handle");
        label(&FriendlyName::from_wire(name.as_bytes()), &handle)
    }

    #[test]
    fn a_name_is_used_as_it_is() {
        assert_eq!(label_of("Bob%20<b>"), "Bob <b>");
        assert_eq!(label_of("☕"), "☕");
    }

    #[test]
    fn a_name_that_shows_nothing_gives_way_to_the_handle() {
        for name in ["", "%20", "\u{200b}\u{202e}", "\u{3164}\u{2800}"] {
            assert_eq!(label_of(name), "bob@example.com", "{name:?}");
        }
    }

    #[test]
    fn capital_letters_of_three_alphabets_have_their_small_ones() {
        let capitals = "AZÀÖØÞĀĮĶĹŇŊŶŹŽΑΡΣΫΆΈΊΌΎΏАЯЀЏ";
        let small: String = capitals.chars().map(lower).collect();
        assert_eq!(small, "azàöøþāįķĺňŋŷźžαρσϋάέίόύώаяѐџ");
        let others = "az×÷ßāŉ字☕1";
        assert_eq!(others.chars().map(lower).collect::<String>(), others);
    }

    #[test]
    fn names_are_joined_as_people_do() {
        let names = ["Bob", "Carol", "Dave"].map(str::to_owned);
        assert_eq!(join_names(&names[..1]), "Bob");
        assert_eq!(join_names(&names[..2]), "Bob and Carol");
        assert_eq!(join_names(&names), "Bob, Carol and Dave");
    }
}
