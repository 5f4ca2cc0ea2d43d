//! Cuts a long text into messages, where one character as people see it ends: an accent stays with its
//! letter, a family with all of its members.

use super::MAX_TEXT_BYTES;
use super::border::split_first;

/// The pieces of a text, each at most `limit` bytes with line breaks as CRLF. A piece ends behind white
/// space where its last quarter has some.
pub(super) fn split(text: &str, limit: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut width = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let (grapheme, behind) = split_first(rest);
        rest = behind;
        // A "character" of more accents than fit into a message is cut all the same.
        for part in within(grapheme, limit) {
            let part_width = wire_len(part);
            if width + part_width > limit {
                let begun = piece.split_off(best_end(&piece));
                pieces.push(core::mem::replace(&mut piece, begun));
                width = wire_len(&piece);
            }
            piece.push_str(part);
            width += part_width;
        }
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    pieces
}

/// How many messages a text takes that somebody sends, line breaks as LF.
pub fn messages_needed(text: &str) -> usize {
    split(text, MAX_TEXT_BYTES).len()
}

fn wire_len(text: &str) -> usize {
    text.len() + text.bytes().filter(|&b| b == b'\n').count()
}

/// Where to end a full piece: behind its last white space if that is in the last quarter.
fn best_end(piece: &str) -> usize {
    let space = piece.char_indices().rev().find(|(_, c)| c.is_whitespace());
    let end = space.map_or(0, |(at, c)| at + c.len_utf8());
    if end > piece.len() / 4 * 3 {
        end
    } else {
        piece.len()
    }
}

fn within(grapheme: &str, limit: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = grapheme;
    while wire_len(rest) > limit {
        let end = rest.floor_char_boundary(limit).max(1);
        let Some((part, tail)) = rest.split_at_checked(end) else {
            break;
        };
        parts.push(part);
        rest = tail;
    }
    parts.push(rest);
    parts
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn check(text: &str, limit: usize) -> Vec<String> {
        let pieces = split(text, limit);
        assert_eq!(pieces.concat(), text, "nothing is lost");
        for piece in &pieces {
            assert!(
                (1..=limit).contains(&wire_len(piece)),
                "{} bytes",
                wire_len(piece)
            );
        }
        pieces
    }

    #[test]
    fn a_short_text_is_one_piece() {
        assert_eq!(check("hello", 10), ["hello"]);
        assert_eq!(check("hello", 5), ["hello"]);
    }

    #[test]
    fn a_piece_ends_behind_a_space_if_there_is_one_near() {
        assert_eq!(check("one two three four", 10), ["one two ", "three four"]);
        assert_eq!(check("a bcdefghijklmnop", 10), ["a bcdefghi", "jklmnop"]);
    }

    #[test]
    fn a_character_as_people_see_it_is_not_cut() {
        let family = "👨‍👩‍👧‍👦";
        assert_eq!(family.len(), 25);
        let pieces = check(&family.repeat(5), 60);
        assert!(
            pieces.iter().all(|piece| piece.len() % 25 == 0),
            "{pieces:?}"
        );
        let accents = "e\u{301}".repeat(20);
        assert!(
            check(&accents, 10)
                .iter()
                .all(|piece| piece.starts_with('e'))
        );
    }

    #[test]
    fn a_text_needs_as_many_messages_as_it_has_pieces() {
        assert_eq!(messages_needed(""), 0);
        assert_eq!(messages_needed(&"a".repeat(MAX_TEXT_BYTES)), 1);
        assert_eq!(messages_needed(&"a".repeat(MAX_TEXT_BYTES + 1)), 2);
    }

    #[test]
    fn line_breaks_count_twice() {
        let pieces = check(&"\n".repeat(100), 10);
        assert!(pieces.iter().all(|piece| piece.len() == 5), "{pieces:?}");
    }

    #[test]
    fn a_character_that_never_ends_is_cut_somewhere() {
        check(&format!("a{}", "\u{301}".repeat(5000)), 1400);
    }
}
