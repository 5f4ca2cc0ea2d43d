//! MSNP6, the protocol of MSN Messenger 3.6 (2001): a codec, a whole client as one state machine, and
//! the gateway's contract with the page. It is not a network library: it opens no socket, reads no
//! clock, starts no thread and keeps no global, and so runs the same natively, in WebAssembly and in tests.
//!
//! # One pipeline
//!
//! ```text
//!  bytes ─► wire ─► payload ─► command ─► session ─► messenger ─► events for the user
//!          frames   bodies     typed      one link   all links
//! ```
//!
//! Each layer imports only layers to its left; [`model`] has the words that all of them share.
//! Whoever wants only the codec takes [`wire::Framer`] and [`command::ServerCommand`]; whoever wants a
//! client takes [`messenger::Messenger`] and gives it sockets and a clock.
//!
//! # A whole client
//!
//! [`Messenger`](messenger::Messenger) has two methods: `handle` takes one
//! [`Input`](messenger::Input) and the time, `poll` answers what to do. **After each `handle`, call `poll`
//! until it answers `None`.** This is a complete driver over plain TCP, with one thread:
//!
//! ```no_run
//! use std::collections::{HashMap, VecDeque};
//! use std::io::{ErrorKind, Read, Write};
//! use std::net::TcpStream;
//! use std::time::{Duration, Instant};
//!
//! use msnp6::gateway::CloseCode;
//! use msnp6::messenger::{CloseReason, Destination, Input, Intent, Messenger, Output};
//! use msnp6::model::{LinkId, Presence, Secret, Timestamp, UserHandle};
//!
//! fn open(links: &mut HashMap<LinkId, TcpStream>, link: LinkId, address: &str) -> std::io::Result<Input> {
//!     let Ok(stream) = TcpStream::connect(address) else {
//!         return Ok(Input::Closed { link, reason: CloseReason::Code(CloseCode::ServerRefused) });
//!     };
//!     stream.set_read_timeout(Some(Duration::from_millis(50)))?;
//!     links.insert(link, stream);
//!     Ok(Input::Opened { link })
//! }
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let start = Instant::now();
//!     let now = || Timestamp(u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX));
//!     let mut links = HashMap::new();
//!     let mut wake = None;
//!     let mut messenger = Messenger::new();
//!     let mut inputs = VecDeque::from([Input::Intent(Intent::SignIn {
//!         handle: UserHandle::parse("alice@example.com")?,
//!         password: Secret::new("demo".to_owned()),
//!         presence: Presence::Online,
//!     })]);
//!     loop {
//!         // One input, and everything that follows from it.
//!         while let Some(input) = inputs.pop_front() {
//!             messenger.handle(now(), input);
//!             while let Some(output) = messenger.poll() {
//!                 match output {
//!                     Output::Connect { link, to: Destination::Server } => {
//!                         inputs.push_back(open(&mut links, link, "localhost:1863")?);
//!                     }
//!                     Output::Connect { link, to: Destination::Switchboard(at) }
//!                     | Output::Redirect { link, to: at } => {
//!                         inputs.push_back(open(&mut links, link, &at.to_string())?);
//!                     }
//!                     Output::Transmit { link, bytes } => {
//!                         if let Some(stream) = links.get_mut(&link) {
//!                             stream.write_all(bytes.expose())?;
//!                         }
//!                     }
//!                     Output::Disconnect { link } => drop(links.remove(&link)),
//!                     Output::WakeAt(at) => wake = Some(at),
//!                     Output::Probe { .. } => {}
//!                     Output::Event(event) => println!("{event:?}"),
//!                 }
//!             }
//!         }
//!         // What the network and the clock have to say. A real driver waits for all of it at once.
//!         let mut buffer = [0; 4096];
//!         for (&link, stream) in &mut links {
//!             match stream.read(&mut buffer) {
//!                 Ok(0) => {
//!                     let reason = CloseReason::Code(CloseCode::ServerClosed);
//!                     inputs.push_back(Input::Closed { link, reason });
//!                 }
//!                 Ok(n) => inputs.push_back(Input::Received { link, bytes: buffer[..n].to_vec() }),
//!                 Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
//!                 Err(_) => inputs.push_back(Input::Closed { link, reason: CloseReason::Lost }),
//!             }
//!         }
//!         if wake.take_if(|at| *at <= now()).is_some() {
//!             inputs.push_back(Input::Woke);
//!         }
//!         inputs.iter().for_each(|input| {
//!             if let Input::Closed { link, .. } = input {
//!                 links.remove(link);
//!             }
//!         });
//!     }
//! }
//! ```
//!
//! # Only the codec
//!
//! ```
//! use msnp6::command::{ServerCommand, UsrReply};
//! use msnp6::wire::{Direction, Framer};
//!
//! let mut framer = Framer::new(Direction::FromServer);
//! framer.push(b"USR 4 OK alice@example.com Alice%20%E2%98%95 1\r\n");
//! let frame = framer.next_frame()?.expect("a whole line");
//! let ServerCommand::Usr(UsrReply::Accepted { name, .. }) = ServerCommand::decode(&frame)? else {
//!     panic!("another command")
//! };
//! assert_eq!(name.as_str(), "Alice ☕");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it holds to
//!
//! * Nothing that comes from a network panics, hangs, or grows without bound; every wait has a deadline.
//! * A command that is not known is a value, not an error. A line that is odd is skipped and told as
//!   [`Event::Oddity`](messenger::Event::Oddity).
//! * No value can smuggle a line end or a space into what is sent; secrets do not print.
//!
//! # Recordings
//!
//! [`transcript`] writes what goes over links as text that people read, without secrets, and reads it back;
//! [`replay`] plays it to a messenger once more.
//!
//! # Features
//!
//! * `server`: the other half of the protocol, a server with demo accounts, sans-IO as well. Off by default,
//!   and it brings no dependency.
//!
//! Rust 1.95 or later.
#![forbid(unsafe_code)]

pub mod auth;
pub mod command;
pub mod gateway;
pub mod messenger;
pub mod model;
pub mod payload;
pub mod replay;
#[cfg(feature = "server")]
pub mod server;
mod session;
pub mod transcript;
pub mod wire;

/// Compiles and runs what the README shows.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
