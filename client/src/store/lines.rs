//! The transcript of a conversation, in blocks. A new line copies the block that it gets into and no other
//! one, however long the transcript is, and a view finds out block by block what has changed.

use std::ops::Deref;

use super::{Line, LineKey, Shared};

/// How many lines a block has at most. Keys decide, so that a line that goes moves no other one into
/// another block.
const BLOCK: u32 = 25;

/// A transcript, oldest line first. It is shared apart from the rest of a conversation, so that a key
/// press in the composer leaves it alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lines(Shared<Vec<Shared<LineBlock>>>);

/// Some lines that follow each other; never none.
#[derive(Clone, Debug)]
pub struct LineBlock {
    key: u32,
    lines: Vec<Shared<Line>>,
}

impl Lines {
    /// The blocks, oldest first.
    pub fn blocks(&self) -> &[Shared<LineBlock>] {
        &self.0
    }

    /// The lines, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Shared<Line>> {
        self.0.iter().flat_map(|block| block.iter())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.iter().map(|block| block.len()).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The newest line.
    pub fn last(&self) -> Option<&Shared<Line>> {
        self.0.last()?.last()
    }

    /// One of them.
    pub fn get(&self, key: LineKey) -> Option<&Shared<Line>> {
        let block = self.0.get(self.find(key)?)?;
        block.iter().find(|line| line.key == key)
    }

    /// Adds a line, whose key has to be greater than all there are.
    pub(super) fn push(&mut self, line: Line) {
        let key = LineBlock::key_of(line.key);
        let line = Shared::new(line);
        let blocks = self.0.make_mut();
        match blocks.last_mut().filter(|block| block.key == key) {
            Some(block) => block.make_mut().lines.push(line),
            None => blocks.push(Shared::new(LineBlock {
                key,
                lines: vec![line],
            })),
        }
    }

    /// One of them, to be changed.
    pub(super) fn line_mut(&mut self, key: LineKey) -> Option<&mut Line> {
        let block = self.find(key)?;
        let block = self.0.make_mut().get_mut(block)?.make_mut();
        let line = block.lines.iter_mut().find(|line| line.key == key)?;
        Some(line.make_mut())
    }

    /// Takes a line out.
    pub(super) fn remove(&mut self, key: LineKey) -> Option<Shared<Line>> {
        let place = self.find(key)?;
        let blocks = self.0.make_mut();
        let block = blocks.get_mut(place)?.make_mut();
        let index = block.lines.iter().position(|line| line.key == key)?;
        let line = block.lines.remove(index);
        if block.lines.is_empty() {
            blocks.remove(place);
        }
        Some(line)
    }

    /// Drops about so many of the oldest lines: whole blocks of them.
    pub(super) fn drop_oldest(&mut self, count: usize) {
        let mut dropped = 0;
        self.0.make_mut().retain(|block| {
            let is_kept = dropped >= count;
            dropped += block.len();
            is_kept
        });
    }

    /// The place of the block that would have this line.
    fn find(&self, key: LineKey) -> Option<usize> {
        let key = LineBlock::key_of(key);
        self.0.binary_search_by_key(&key, |block| block.key).ok()
    }
}

impl LineBlock {
    /// The name of this block among those of its transcript.
    pub const fn key(&self) -> u32 {
        self.key
    }

    /// Whether a line of that key is in this block, if it is there at all.
    pub const fn has_room_for(&self, key: LineKey) -> bool {
        Self::key_of(key) == self.key
    }

    const fn key_of(line: LineKey) -> u32 {
        line.0 / BLOCK
    }
}

impl Deref for LineBlock {
    type Target = [Shared<Line>];

    fn deref(&self) -> &[Shared<Line>] {
        &self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Deed, LineBody, LocalTime};
    use msnp6::messenger::Participant;
    use msnp6::model::{FriendlyName, UserHandle};

    fn line(key: u32) -> Line {
        let who = Participant {
            handle: UserHandle::parse("bob@example.com").expect("a handle"),
            name: FriendlyName::default(),
        };
        let deed = Deed::Nudged;
        Line {
            key: LineKey(key),
            at: LocalTime::default(),
            body: LineBody::Deed { who, deed },
        }
    }

    fn lines(count: u32) -> Lines {
        let mut lines = Lines::default();
        for key in 0..count {
            lines.push(line(key));
        }
        lines
    }

    fn keys(lines: &Lines) -> Vec<u32> {
        lines.iter().map(|line| line.key.0).collect()
    }

    #[test]
    fn a_new_line_changes_no_block_but_the_last() {
        let before = lines(60);
        let mut after = before.clone();
        after.push(line(60));
        assert_ne!(before, after);
        assert_eq!(before.blocks()[..2], after.blocks()[..2]);
        assert_ne!(before.blocks()[2], after.blocks()[2]);
        assert_eq!((before.len(), after.len()), (60, 61));
        assert_eq!(keys(&after), (0..61).collect::<Vec<_>>());
    }

    #[test]
    fn a_line_that_goes_moves_no_other_one_into_another_block() {
        let before = lines(60);
        let mut after = before.clone();
        assert_eq!(after.remove(LineKey(3)).map(|line| line.key.0), Some(3));
        assert_eq!(after.remove(LineKey(3)), None);
        assert_eq!(before.blocks()[1..], after.blocks()[1..]);
        assert_eq!(after.blocks()[0].len(), 24);
        assert_eq!(after.get(LineKey(3)), None);
        assert_eq!(after.get(LineKey(4)), before.get(LineKey(4)));
    }

    #[test]
    fn a_block_without_lines_goes() {
        let mut lines = lines(26);
        lines.remove(LineKey(25));
        assert_eq!(lines.blocks().len(), 1);
        lines.push(line(26));
        assert_eq!(lines.blocks().len(), 2);
        assert_eq!(lines.last().map(|line| line.key.0), Some(26));
    }

    #[test]
    fn the_oldest_lines_go_in_whole_blocks() {
        let mut lines = lines(100);
        lines.drop_oldest(26);
        assert_eq!(keys(&lines), (50..100).collect::<Vec<_>>());
    }

    #[test]
    fn a_change_of_a_line_leaves_who_holds_it_with_the_old_one() {
        let before = lines(2);
        let mut after = before.clone();
        let changed = after.line_mut(LineKey(1)).expect("a line");
        changed.at.minute = 59;
        assert_eq!(before.get(LineKey(1)).map(|line| line.at.minute), Some(0));
        assert_eq!(after.get(LineKey(1)).map(|line| line.at.minute), Some(59));
        assert!(after.line_mut(LineKey(7)).is_none());
    }
}
