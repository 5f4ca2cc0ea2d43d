//! What tungstenite takes for a stream: reads come from the bytes at hand, writes go to the control
//! buffer. Nothing here waits or touches a socket.

use std::{
    io::{self, Read, Write},
    mem,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

/// What reader and writer have in common.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// Control frames that tungstenite wants sent: pongs, and one close frame.
    control: Mutex<Vec<u8>>,
    /// Whether there are some. Reader and writer of a page belong to one task, which looks here first.
    is_waiting: AtomicBool,
    /// Whether any byte came from the page since somebody last asked.
    pub(super) heard: AtomicBool,
}

impl Shared {
    /// Takes the control frames that wait.
    pub(super) fn take_control(&self) -> Vec<u8> {
        if !self.has_control() {
            return Vec::new();
        }
        let mut control = self.lock();
        self.is_waiting.store(false, Ordering::Relaxed);
        mem::take(&mut *control)
    }

    /// Whether control frames wait.
    pub(super) fn has_control(&self) -> bool {
        self.is_waiting.load(Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<u8>> {
        // A vector is whole whatever happened to the thread that held it.
        self.control.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) struct Pipe<'a> {
    unread: &'a [u8],
    /// Whether nothing will ever follow.
    is_over: bool,
    shared: &'a Shared,
}

impl<'a> Pipe<'a> {
    pub(super) const fn new(unread: &'a [u8], is_over: bool, shared: &'a Shared) -> Self {
        Self {
            unread,
            is_over,
            shared,
        }
    }
}

impl Read for Pipe<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.unread.is_empty() && !self.is_over {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        self.unread.read(buffer)
    }
}

impl Write for Pipe<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut control = self.shared.lock();
        if control.len() >= super::MAX_CONTROL {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        control.extend_from_slice(bytes);
        self.shared.is_waiting.store(true, Ordering::Relaxed);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
