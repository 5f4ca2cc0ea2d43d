//! The emoticons of Messenger 3.6: their names and codes. Not their drawings: `assets/emoticons.svg` has those.

/// One emoticon.
#[derive(Debug, PartialEq, Eq)]
pub struct Emoticon {
    /// What it means.
    pub name: &'static str,
    /// What people write for it, in any case of the letters, parted by spaces; the usual code first.
    codes: &'static str,
}

/// All of them, in the order of the picker.
pub static EMOTICONS: [Emoticon; 46] = [
    one("smile", ":-) :)"),
    one("laugh", ":-D :D :-> :>"),
    one("wink", ";-) ;)"),
    one("surprised", ":-O :O"),
    one("tongue out", ":-P :P"),
    one("cool", "(H)"),
    one("angry", ":-@ :@"),
    one("embarrassed", ":-$ :$"),
    one("confused", ":-S :S"),
    one("sad", ":-( :( :-< :<"),
    one("crying", ":'("),
    one("disappointed", ":-| :|"),
    one("angel", "(A)"),
    one("devil", "(6)"),
    one("heart", "(L)"),
    one("broken heart", "(U)"),
    one("kiss", "(K)"),
    one("gift", "(G)"),
    one("rose", "(F)"),
    one("wilted rose", "(W)"),
    one("thumbs up", "(Y)"),
    one("thumbs down", "(N)"),
    one("left hug", "({)"),
    one("right hug", "(})"),
    one("girl", "(X)"),
    one("boy", "(Z)"),
    one("messenger", "(M)"),
    one("cat", "(@)"),
    one("dog", "(&)"),
    one("bat", ":-[ :["),
    one("beer", "(B)"),
    one("drink", "(D)"),
    one("coffee", "(C)"),
    one("cake", "(^)"),
    one("star", "(*)"),
    one("sun", "(#)"),
    one("moon", "(S)"),
    one("rainbow", "(R)"),
    one("note", "(8)"),
    one("film", "(~)"),
    one("camera", "(P)"),
    one("telephone", "(T)"),
    one("e-mail", "(E)"),
    one("clock", "(O)"),
    one("idea", "(I)"),
    one("question", "(?)"),
];

const fn one(name: &'static str, codes: &'static str) -> Emoticon {
    Emoticon { name, codes }
}

impl Emoticon {
    /// What people write for it.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.codes.split(' ')
    }

    /// The usual code.
    pub fn code(&self) -> &'static str {
        self.codes().next().unwrap_or_default()
    }

    /// A link to its drawing.
    pub fn drawing(&self) -> String {
        ["emoticons.svg#e-", &self.name.replace(' ', "-")].concat()
    }
}

/// The emoticon that a text begins with, by its longest code, and that code as it is written.
pub(super) fn emoticon_at(text: &str) -> Option<(&'static Emoticon, &str)> {
    if !text.starts_with([':', ';', '(']) {
        return None;
    }
    let mut longest: Option<(&'static Emoticon, &str)> = None;
    for emoticon in &EMOTICONS {
        for code in emoticon.codes() {
            if let Some((found, rest)) = text.split_at_checked(code.len())
                && found.eq_ignore_ascii_case(code)
                && !goes_on(found, rest)
                && longest.is_none_or(|(_, known)| known.len() < found.len())
            {
                longest = Some((emoticon, found));
            }
        }
    }
    longest
}

/// Whether a code that ends with a letter is the beginning of a word, as in `:Day`.
fn goes_on(code: &str, rest: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric();
    code.ends_with(is_letter) && rest.starts_with(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_emoticons_share_a_code_or_a_name() {
        let mut codes: Vec<String> = Vec::new();
        for emoticon in &EMOTICONS {
            assert!(!codes.contains(&emoticon.name.to_owned()));
            codes.push(emoticon.name.to_owned());
            for code in emoticon.codes().map(str::to_ascii_uppercase) {
                assert!(!codes.contains(&code), "{code}");
                codes.push(code);
            }
        }
    }

    #[test]
    fn every_emoticon_has_a_drawing() {
        let drawings = include_str!("../../assets/emoticons.svg");
        for emoticon in &EMOTICONS {
            let link = emoticon.drawing();
            let (file, id) = link.split_once('#').unwrap();
            assert_eq!(file, "emoticons.svg");
            let id = format!("id=\"{id}\"");
            assert_eq!(drawings.matches(&id).count(), 1, "{id}");
        }
    }

    #[test]
    fn the_longest_code_counts_in_any_case() {
        let name = |text: &str| emoticon_at(text).map(|(e, code)| (e.name, code.len()));
        assert_eq!(name(":->x"), Some(("laugh", 3)));
        assert_eq!(name(":'("), Some(("crying", 3)));
        assert_eq!(name("(l)ove"), Some(("heart", 3)));
        assert_eq!(name(":d!"), Some(("laugh", 2)));
    }

    #[test]
    fn a_code_that_goes_on_as_a_word_is_none() {
        for text in [
            ":Day", ":oh", ":Press", "(", ":-", "(lo)", "é:)", ":é", "(é)",
        ] {
            assert_eq!(emoticon_at(text), None, "{text}");
        }
    }
}
