//! The vocabulary of the protocol as values that cannot be wrong. Nothing here knows how a line is
//! framed or what a command means.

mod endpoint;
mod friendly_name;
mod ids;
mod list_kind;
pub mod percent;
mod presence;
mod property;
pub mod search;
mod secret;
mod settings;
mod sorted_map;
mod timestamp;
mod user_handle;

pub use endpoint::{Endpoint, EndpointError};
pub use friendly_name::{FriendlyName, FriendlyNameError};
pub use ids::{ConversationId, LinkId, SwitchboardId, TextId, TransactionId};
pub use list_kind::{Contact, ContactList, ListKind, ListSnapshot, ListVersion, Membership};
pub use presence::Presence;
pub use property::{Property, PropertyValue};
pub use secret::Secret;
pub use settings::{PrivacyDefault, ReverseListPrompt};
pub use sorted_map::SortedMap;
pub use timestamp::Timestamp;
pub use user_handle::{UserHandle, UserHandleError};
