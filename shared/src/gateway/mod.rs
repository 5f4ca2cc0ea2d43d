//! The contract between the page and the gateway: close codes, the gateway's own lines, tickets.
//! Both sides compile this one copy. It knows nothing of MSNP beyond addresses.

mod close_code;
mod line;
mod ticket_book;

pub use close_code::CloseCode;
pub use line::{GatewayLine, GatewayLineError, LinkKind};
pub use ticket_book::{TicketBook, TicketError};

/// The subprotocol that the page offers when it opens the WebSocket.
pub const SUBPROTOCOL: &str = "msnp";

/// How long a ticket is good for, in seconds; long enough for an invitation to be answered.
pub const TICKET_SECONDS: u32 = 120;

/// How many referrals in a row are followed before a sign-in is given up.
pub const MAX_REFERRALS: u8 = 5;
