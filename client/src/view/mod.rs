//! What the user sees and touches: props in, requests out. No view changes the state or asks anybody.
//!
//! Every view gets the page's one callback, `on`, and calls it with a [`Request`]; it never changes, so
//! that a view whose other props are the same is not rendered anew. A view is a component only where it
//! keeps something (a hook) or where not rendering it pays (a list); all others are plain functions, since
//! each component costs the page some kilobytes.

mod added_by;
mod apart;
mod contact_list;
mod conversation;
mod dialog;
mod heard;
mod help;
mod more;
mod notices;
mod own_status;
mod parts;
mod request;
mod screen;
mod sign_in;
mod strip;
mod talk;
mod wire_view;

pub(crate) use dialog::dialog;
pub(crate) use wire_view::wire_view;

pub use contact_list::ContactList;
pub use conversation::{Composer, ConversationView, Person, Transcript, tab_row};
pub use parts::{
    IconShape, Menu, MenuItem, figure, has_precise_pointer, icon, large_figure, paint,
    step_in_menu, unknown_figure,
};
pub use request::{Answer, Credentials, Decision, Request};
pub use screen::screen;

use more::more;
