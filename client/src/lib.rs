//! MSN Messenger in a browser tab: the page.
//!
//! One direction only: `driver` (the browser's sockets, clock and storage) runs the sans-IO
//! [`Messenger`](msnp6::messenger::Messenger) and reports its events; `store` turns events into state;
//! `view` turns state into elements and gives back what the user wants. Nobody asks back. Only `app` knows
//! all three. `store`, `text` and `requests` are pure and tested without a browser.

mod answers;
pub mod app;
pub mod driver;
mod later;
pub mod mishap;
pub mod requests;
pub mod store;
pub mod text;
pub mod view;
