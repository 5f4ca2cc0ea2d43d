//! What a text is made of: words, links and emoticons. A link is nothing but what it looks like, and
//! nothing in a text is ever markup.

use super::emoticon::{Emoticon, emoticon_at};

/// How many links and emoticons of one text are looked for: a text of thousands must not hold up the
/// page, and nobody writes so many.
const MAX_PIECES: usize = 400;

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// To be shown as it is.
    Words(&'a str),
    /// An address to go to.
    Link(&'a str),
    /// An emoticon, and the code that it stands for.
    Emoticon(&'static Emoticon, &'a str),
}

/// Parts a text. Put together again, the pieces are the text.
pub fn pieces(text: &str, has_emoticons: bool) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut begin, mut at) = (0, 0);
    let mut before = None;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let found = match c {
            _ if pieces.len() >= MAX_PIECES => break,
            ':' | ';' | '(' if has_emoticons => {
                emoticon_at(rest).map(|(emoticon, code)| (Piece::Emoticon(emoticon, code), code))
            }
            'h' | 'H' | 'f' | 'F' | 'm' | 'M' | 'w' | 'W' if !before.is_some_and(is_inner) => {
                link_at(rest).map(|link| (Piece::Link(link), link))
            }
            _ => None,
        };
        let Some((piece, whole)) = found else {
            at += c.len_utf8();
            before = Some(c);
            continue;
        };
        if begin < at {
            pieces.push(Piece::Words(&text[begin..at]));
        }
        pieces.push(piece);
        at += whole.len();
        begin = at;
        before = whole.chars().next_back();
    }
    if begin < text.len() {
        pieces.push(Piece::Words(&text[begin..]));
    }
    pieces
}

/// A text as it is to be heard: what an emoticon means, in place of its code.
pub fn spoken(text: &str) -> String {
    let pieces = pieces(text, true).into_iter();
    let words = pieces.map(|piece| match piece {
        Piece::Words(words) | Piece::Link(words) => words,
        Piece::Emoticon(emoticon, _) => emoticon.name,
    });
    words.collect()
}

/// Where a link leads. What begins with `www.` is a site.
pub fn target(link: &str) -> String {
    let scheme = if link.contains(':') && !has_prefix(link, "www.") {
        ""
    } else {
        "http://"
    };
    [scheme, link].concat()
}

/// Whether a letter before it makes a beginning no beginning, as in `xhttp://`.
const fn is_inner(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// The link that a text begins with.
fn link_at(text: &str) -> Option<&str> {
    let prefix = ["http://", "https://", "ftp://", "mailto:", "www."]
        .into_iter()
        .find(|prefix| has_prefix(text, prefix))?;
    let end = text.find(ends_link).unwrap_or(text.len());
    let link = without_closing(&text[..end]);
    let rest = link.get(prefix.len()..)?;
    // Whatever is not ASCII may be a letter: the table of letters would cost more than links do.
    let is_whole = rest.starts_with(|c: char| !c.is_ascii() || is_inner(c) || c == '[')
        && (prefix != "mailto:" || rest.contains('@'))
        && (prefix != "www." || rest.contains('.'));
    is_whole.then_some(link)
}

fn has_prefix(text: &str, prefix: &str) -> bool {
    let head = text.get(..prefix.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

/// White space ends a link, and so does what no address has or what steers the direction of writing: a
/// link that reads otherwise than it leads is a trap.
fn ends_link(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c,
            '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^'
            | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2018}'..='\u{201f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Leaves away what belongs to the sentence around a link: marks at its end, and brackets that were
/// opened before it.
fn without_closing(link: &str) -> &str {
    let mut link = link;
    while let Some(last) = link.chars().next_back() {
        let is_part = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '\u{2026}' => false,
            ')' => is_balanced(link, '(', ')'),
            ']' => is_balanced(link, '[', ']'),
            _ => true,
        };
        if is_part {
            break;
        }
        link = &link[..link.len() - last.len_utf8()];
    }
    link
}

fn is_balanced(link: &str, open: char, close: char) -> bool {
    link.matches(open).count() >= link.matches(close).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with its links in `<>` and its emoticons by name.
    fn shown(text: &str) -> String {
        let pieces = pieces(text, true);
        let whole = pieces.iter().map(|piece| match piece {
            Piece::Words(words) | Piece::Link(words) | Piece::Emoticon(_, words) => *words,
        });
        assert_eq!(whole.collect::<String>(), text, "nothing is lost");
        let parts = pieces.iter().map(|piece| match piece {
            Piece::Words(words) => (*words).to_owned(),
            Piece::Link(link) => format!("<{link}>"),
            Piece::Emoticon(emoticon, _) => format!("[{}]", emoticon.name),
        });
        parts.collect()
    }

    #[test]
    fn the_five_kinds_of_links_are_found() {
        for link in [
            "http://example.com",
            "HTTPS://Example.com/a?b=c#d",
            "ftp://example.com/x",
            "mailto:bob@example.com",
            "www.example.com",
            "http://[::1]:8080/",
            "https://müller.example/straße",
        ] {
            assert_eq!(shown(link), format!("<{link}>"));
            assert_eq!(
                shown(&format!("see {link}, ok")),
                format!("see <{link}>, ok")
            );
        }
    }

    #[test]
    fn nothing_else_is_a_link() {
        for text in [
            "javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "http://",
            "https:// example.com",
            "www.",
            "www.example",
            "mailto:bob",
            "xhttp://example.com",
            "awww.example.com",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn marks_and_brackets_of_the_sentence_stay_outside() {
        assert_eq!(shown("(http://a.example/b)."), "(<http://a.example/b>).");
        assert_eq!(shown("http://a.example/b_(c)"), "<http://a.example/b_(c)>");
        assert_eq!(shown("[www.a.example]!"), "[<www.a.example>]!");
        assert_eq!(shown("http://a.example?!…"), "<http://a.example>?!…");
        assert_eq!(shown("\"http://a.example\""), "\"<http://a.example>\"");
    }

    #[test]
    fn a_link_ends_where_the_direction_of_writing_is_steered() {
        let text = "http://a.example/\u{202e}gpj.exe";
        assert_eq!(shown(text), "<http://a.example/>\u{202e}gpj.exe");
    }

    #[test]
    fn a_site_without_a_scheme_gets_one() {
        assert_eq!(target("www.example.com:80"), "http://www.example.com:80");
        assert_eq!(target("https://example.com"), "https://example.com");
        assert_eq!(target("mailto:a@example.com"), "mailto:a@example.com");
    }

    #[test]
    fn emoticons_are_found_between_words_but_never_in_links() {
        assert_eq!(shown("hi :-) there(L)"), "hi [smile] there[heart]");
        assert_eq!(
            shown("http://a.example/(l):)x"),
            "<http://a.example/(l):)x>"
        );
        assert_eq!(shown(":):("), "[smile][sad]");
        assert_eq!(shown("cost: 5 (eur); ok"), "cost: 5 (eur); ok");
    }

    #[test]
    fn emoticons_stay_text_when_they_are_switched_off() {
        assert_eq!(pieces("hi :)", false), [Piece::Words("hi :)")]);
    }

    #[test]
    fn an_emoticon_is_heard_as_what_it_means() {
        assert_eq!(
            spoken("see you :-) www.a.example"),
            "see you smile www.a.example"
        );
    }

    #[test]
    fn a_text_of_thousands_of_emoticons_stays_small() {
        let text = ":)".repeat(30_000);
        let pieces = pieces(&text, true);
        assert!(pieces.len() <= MAX_PIECES + 1);
    }
}
