//! Addresses for programs that are told where to listen, and that come back to the same place.

use std::{
    net::{SocketAddr, TcpListener},
    sync::atomic::{AtomicU16, Ordering},
};

/// An address of this machine that nobody listens at, and that none of the many connections of these tests
/// comes from: systems take the ports of those from above these.
pub(crate) fn free() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let of_process = u16::try_from(std::process::id() % 50).expect("small");
    loop {
        let port = 20_000 + of_process * 200 + NEXT.fetch_add(1, Ordering::Relaxed);
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        if TcpListener::bind(address).is_ok() {
            return address;
        }
    }
}
