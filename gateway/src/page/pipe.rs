//! What tungstenite takes for a stream: reads come from the chunk at hand, writes go to the control
//! buffer. Nothing here waits or touches a socket.

use super::Incoming;
use std::{
    io::{self, Read, Write},
    mem,
    sync::{Mutex, MutexGuard, PoisonError, atomic::AtomicBool},
};
use tokio::sync::Notify;

/// What reader and writer have in common.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// Control frames that tungstenite wants sent: pongs, and one close frame.
    control: Mutex<Vec<u8>>,
    /// Wakes the writer when there are some.
    pub(super) has_control: Notify,
    /// Whether any byte came from the page since somebody last asked.
    pub(super) heard: AtomicBool,
}

impl Shared {
    /// Takes the control frames that wait.
    pub(super) fn take_control(&self) -> Vec<u8> {
        mem::take(&mut *self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, Vec<u8>> {
        // A vector is whole whatever happened to the thread that held it.
        self.control.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) struct Pipe<'a> {
    incoming: &'a mut Incoming,
    shared: &'a Shared,
}

impl<'a> Pipe<'a> {
    pub(super) fn new(incoming: &'a mut Incoming, shared: &'a Shared) -> Self {
        Self { incoming, shared }
    }
}

impl Read for Pipe<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let incoming = &mut *self.incoming;
        let mut unread = incoming.bytes.get(incoming.read..).unwrap_or_default();
        if unread.is_empty() && !incoming.is_over {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let count = unread.read(buffer)?;
        incoming.read += count;
        if incoming.read == incoming.bytes.len() {
            // An idle socket keeps no buffer.
            incoming.bytes = Vec::new();
            incoming.read = 0;
        }
        Ok(count)
    }
}

impl Write for Pipe<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut control = self.shared.lock();
        if control.len() >= super::MAX_CONTROL {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        control.extend_from_slice(bytes);
        self.shared.has_control.notify_one();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
