//! One buffer for each thread, for what is read and handed on without waiting in between: so a link that
//! waits holds none, and no read asks for memory.

use std::cell::Cell;

/// How much is read at once, at least.
const SIZE: usize = 64 * 1024;

thread_local! {
    static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Lends the thread's buffer, empty, with room for at least [`SIZE`] bytes.
pub(crate) fn with<T>(work: impl FnOnce(&mut Vec<u8>) -> T) -> T {
    // Whoever comes here from inside gets another one.
    let mut buffer = BUFFER.take();
    buffer.clear();
    buffer.reserve(SIZE);
    let done = work(&mut buffer);
    BUFFER.set(buffer);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_buffer_is_lent_again_and_empty() {
        let first = with(|buffer| {
            buffer.extend_from_slice(b"left behind");
            buffer.as_ptr()
        });
        with(|buffer| {
            assert_eq!((buffer.as_ptr(), buffer.len()), (first, 0));
            assert!(buffer.capacity() >= SIZE);
        });
    }

    #[test]
    fn one_inside_of_another_is_another() {
        with(|outer| {
            outer.push(1);
            with(|inner| assert!(inner.is_empty()));
            assert_eq!(outer.as_slice(), [1]);
        });
    }
}
