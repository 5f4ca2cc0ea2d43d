//! An order of functions in which each stands beside those that it resembles most.
//!
//! A compressor says in fewer bits what it has seen a short while ago. The linker leaves functions
//! in the order of their sources, wasm-bindgen orders them by size; both tear apart what is alike.

use std::collections::HashMap;

/// The places of `bodies` in a good order: the first, then always what shares most with the last
/// two. Every place is there once.
pub(crate) fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let pieces: Vec<Vec<[u8; 4]>> = bodies.iter().map(|body| pieces(body)).collect();
    let owners = owners(&pieces);
    let mut is_left = vec![true; bodies.len()];
    let mut order = Vec::with_capacity(bodies.len());
    let mut before = vec![0.0; bodies.len()];
    let mut next = (!bodies.is_empty()).then_some(0);
    while let Some(last) = next {
        is_left[last] = false;
        order.push(last);
        let shared = shared(&pieces[last], &owners, bodies.len());
        let size = pieces[last].len();
        next = (0..bodies.len())
            .filter(|&place| is_left[place])
            .map(|place| {
                let common = shared[place] + BEFORE * before[place];
                (common / as_number(pieces[place].len() + size + 1), place)
            })
            .max_by(|(one, _), (other, _)| one.total_cmp(other))
            .map(|(_, place)| place);
        before = shared;
    }
    order
}

/// All different runs of four bytes in a body.
fn pieces(body: &[u8]) -> Vec<[u8; 4]> {
    let mut pieces: Vec<[u8; 4]> = body.array_windows().copied().collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

/// For each piece, the bodies that have it.
fn owners(pieces: &[Vec<[u8; 4]>]) -> HashMap<[u8; 4], Vec<usize>> {
    let mut owners: HashMap<_, Vec<usize>> = HashMap::new();
    for (place, pieces) in pieces.iter().enumerate() {
        for &piece in pieces {
            owners.entry(piece).or_default().push(place);
        }
    }
    owners
}

/// How many of `pieces` each body has.
fn shared(pieces: &[[u8; 4]], owners: &HashMap<[u8; 4], Vec<usize>>, bodies: usize) -> Vec<f64> {
    let mut shared = vec![0.0; bodies];
    for &place in pieces
        .iter()
        .filter_map(|piece| owners.get(piece))
        .flatten()
    {
        shared[place] += 1.0;
    }
    shared
}

fn as_number(size: usize) -> f64 {
    u32::try_from(size).map_or(f64::MAX, f64::from)
}

/// What the last but one counts beside the last, found by trying.
const BEFORE: f64 = 0.6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_stands_together() {
        let bodies: [&[u8]; 4] = [b"one two three", b"ABCDEFGH", b"one two four", b"ABCDEFG"];
        assert_eq!(order(&bodies), [0, 2, 3, 1]);
    }

    #[test]
    fn every_body_has_one_place() {
        let bodies: [&[u8]; 5] = [b"", b"same", b"same", b"x", b"other"];
        let mut order = order(&bodies);
        order.sort_unstable();
        assert_eq!(order, [0, 1, 2, 3, 4]);
        assert!(super::order(&[]).is_empty());
    }
}
