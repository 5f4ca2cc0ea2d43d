//! Pieces of a long body, of later clients: `Message-ID`, `Chunks` and `Chunk` (reference §8.6).

use std::collections::VecDeque;

use super::Headers;

/// One piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Common to all pieces of one body.
    pub id: String,
    /// Counts from 0.
    pub index: u32,
    /// How many there are; only the first one says it.
    pub total: Option<u32>,
    /// For the first piece the whole body with its headers, for the others the content alone.
    pub bytes: Vec<u8>,
}

impl Chunk {
    pub(super) fn parse(headers: &Headers<'_>, body: &[u8], content: &[u8]) -> Option<Self> {
        let id = headers.get("Message-ID")?.into_owned();
        let number = |name| headers.get(name).and_then(|value| value.parse().ok());
        match (number("Chunks"), number("Chunk")) {
            (total @ Some(2..), None) => Some(Self {
                id,
                index: 0,
                total,
                bytes: body.to_vec(),
            }),
            (_, Some(index @ 1..)) => Some(Self {
                id,
                index,
                total: None,
                bytes: content.to_vec(),
            }),
            _ => None,
        }
    }
}

/// Puts pieces together again. Bounded: what never becomes whole is forgotten for what comes later.
#[derive(Debug, Default)]
pub struct Assembler {
    unfinished: VecDeque<Unfinished>,
}

#[derive(Debug)]
struct Unfinished {
    id: String,
    total: u32,
    next: u32,
    bytes: Vec<u8>,
}

impl Assembler {
    /// How many bodies may be unfinished at once.
    const MAX_UNFINISHED: usize = 8;

    /// The longest body that is put together, in bytes.
    const MAX_BYTES: usize = 256 * 1024;

    /// Adds a piece, and gives the whole body with the last one. Pieces come in order, as one sender
    /// sends them; one that does not fit ends its body.
    pub fn add(&mut self, chunk: Chunk) -> Option<Vec<u8>> {
        if let Some(total) = chunk.total {
            self.unfinished.retain(|other| other.id != chunk.id);
            if self.unfinished.len() >= Self::MAX_UNFINISHED {
                self.unfinished.pop_front();
            }
            self.unfinished.push_back(Unfinished {
                id: chunk.id,
                total,
                next: 1,
                bytes: chunk.bytes,
            });
            return None;
        }
        let at = self
            .unfinished
            .iter()
            .position(|other| other.id == chunk.id)?;
        let mut body = self.unfinished.remove(at)?;
        let is_next =
            chunk.index == body.next && body.bytes.len() + chunk.bytes.len() <= Self::MAX_BYTES;
        if !is_next {
            return None;
        }
        body.bytes.extend_from_slice(&chunk.bytes);
        body.next += 1;
        if body.next == body.total {
            return Some(without_chunk_headers(&body.bytes));
        }
        self.unfinished.push_back(body);
        None
    }
}

/// The body as it was before it was cut: without the headers that say so, or it would be a piece again.
fn without_chunk_headers(body: &[u8]) -> Vec<u8> {
    let split = body
        .windows(4)
        .position(|bytes| bytes == b"\r\n\r\n")
        .map_or(body.len(), |at| at + 2);
    let (head, tail) = body.split_at(split);
    let is_kept = |line: &&[u8]| {
        let name = line.split(|&b| b == b':').next().unwrap_or_default();
        !name.eq_ignore_ascii_case(b"Message-ID") && !name.eq_ignore_ascii_case(b"Chunks")
    };
    let head: Vec<u8> = head
        .split_inclusive(|&b| b == b'\n')
        .filter(is_kept)
        .flatten()
        .copied()
        .collect();
    [&head, tail].concat()
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::payload::{Payload, PlainText};

    const FIRST: &[u8] = b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\
        Message-ID: {1}\r\nChunks: 3\r\n\r\none ";

    fn add(assembler: &mut Assembler, body: &[u8]) -> Option<Vec<u8>> {
        match Payload::parse(body) {
            Payload::Chunk(chunk) => assembler.add(chunk),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn pieces_become_the_body_that_was_cut() {
        let mut assembler = Assembler::default();
        assert_eq!(add(&mut assembler, FIRST), None);
        assert_eq!(
            add(&mut assembler, b"Message-ID: {1}\r\nChunk: 1\r\n\r\ntwo "),
            None
        );
        let whole =
            add(&mut assembler, b"Message-ID: {1}\r\nChunk: 2\r\n\r\nthree").expect("the whole");
        assert_eq!(
            Payload::parse(&whole),
            Payload::Text(PlainText::new("one two three"))
        );
        assert_eq!(
            whole,
            b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\none two three"
        );
    }

    #[test]
    fn a_piece_that_does_not_fit_ends_its_body() {
        let mut assembler = Assembler::default();
        add(&mut assembler, FIRST);
        assert_eq!(
            add(&mut assembler, b"Message-ID: {1}\r\nChunk: 2\r\n\r\nthree"),
            None
        );
        assert_eq!(
            add(&mut assembler, b"Message-ID: {1}\r\nChunk: 1\r\n\r\ntwo"),
            None
        );
        assert!(assembler.unfinished.is_empty());
    }

    #[test]
    fn bodies_that_never_become_whole_do_not_pile_up() {
        let mut assembler = Assembler::default();
        for number in 0..100 {
            let body =
                format!("Content-Type: text/plain\r\nMessage-ID: {number}\r\nChunks: 2\r\n\r\nx");
            add(&mut assembler, body.as_bytes());
        }
        assert_eq!(assembler.unfinished.len(), Assembler::MAX_UNFINISHED);
    }

    #[test]
    fn a_body_is_put_together_up_to_a_limit() {
        let whole = |first: usize, second: usize| {
            let piece = |index, total, length| Chunk {
                id: "{1}".to_owned(),
                index,
                total,
                bytes: vec![b'x'; length],
            };
            let mut assembler = Assembler::default();
            assert_eq!(assembler.add(piece(0, Some(2), first)), None);
            assembler.add(piece(1, None, second)).map(|body| body.len())
        };
        assert_eq!(whole(1_000, 1_000), Some(2_000));
        let most = Assembler::MAX_BYTES;
        assert_eq!(whole(most - 1_000, 1_000), Some(most));
        assert_eq!(whole(most - 1_000, 1_001), None);
    }
}
