//! Small parts that several views use.

mod figure;
mod icon;
mod menu;
mod pointer;
mod sprite;

pub use figure::Figure;
pub use icon::{Icon, IconShape};
pub use menu::{Menu, MenuItem};
pub use pointer::has_precise_pointer;
pub use sprite::Sprite;
