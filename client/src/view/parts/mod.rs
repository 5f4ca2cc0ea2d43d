//! Small parts that several views use. What they draw is defined once, in the `index.html` of the page.

mod figure;
mod icon;
mod menu;
mod paint;
mod pointer;
mod steps;

pub use figure::{figure, large_figure, unknown_figure};
pub use icon::{IconShape, icon};
pub(crate) use menu::step_within;
pub use menu::{Menu, MenuItem, step_in_menu};
pub use paint::paint;
pub use pointer::has_precise_pointer;
pub(crate) use steps::{elements, focus, step_among};
