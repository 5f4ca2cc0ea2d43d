//! What the tests share: a gateway of their own, servers that know only bytes, pages, plain HTTP.
//! Every wait ends after [`PATIENCE`] with a failure that says what was waited for.

mod free;
mod gate;
mod page;
mod person;
mod program;
mod server;
mod slow;
mod tls;

pub(crate) use free::free;
pub(crate) use gate::{Gate, get, request};
pub(crate) use page::{Heard, Page, RawPage, request_for_socket};
pub(crate) use person::Person;
pub(crate) use program::{Running, program};
pub(crate) use server::{FakeLink, FakeServer};
pub(crate) use slow::{dribbles, pace};
pub(crate) use tls::{Authority, Pair};

use std::{future::Future, time::Duration};

/// Longer than anything takes here, and short enough to wait for.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// Waits, but not for ever.
#[track_caller]
pub(crate) fn soon<T>(what: &str, future: impl Future<Output = T>) -> impl Future<Output = T> {
    let caller = std::panic::Location::caller();
    async move {
        let waited = tokio::time::timeout(PATIENCE, future).await;
        waited.unwrap_or_else(|_| panic!("{what} did not happen, at {caller}"))
    }
}
