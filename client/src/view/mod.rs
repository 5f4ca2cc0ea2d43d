//! What the user sees and touches: props in, requests out. No view changes the state or asks anybody.
//!
//! Every view gets the page's one callback, `on`, and calls it with a [`Request`]; it never changes, so
//! that a view whose other props are the same is not rendered anew.

mod contact_list;
mod conversation;
mod notices;
mod own_status;
mod parts;
mod request;
mod screen;
mod sign_in;
mod strip;
mod talk;

pub use contact_list::{ContactList, ContactRow};
pub use conversation::{Composer, ConversationView, Tabs, Transcript};
pub use notices::Notices;
pub use own_status::OwnStatus;
pub use parts::{Figure, Icon, IconShape, Menu, MenuItem, Sprite, has_precise_pointer};
pub use request::{Credentials, Request};
pub use screen::{Screen, ScreenProps};
pub use sign_in::SignIn;
pub use strip::Strip;
pub use talk::Talk;
