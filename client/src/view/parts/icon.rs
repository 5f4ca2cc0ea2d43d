//! A sign on a button or beside a text. It says nothing on its own: the text or the button's name does.

use yew::prelude::*;

/// Which sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconShape {
    /// An arrow head to the left.
    Back,
    /// A check mark.
    Check,
    /// Two crossed lines.
    Close,
    /// A crossed circle: something failed.
    Cross,
    /// A circle with a bar across: somebody is blocked.
    Blocked,
    /// An arrow head downwards: there is a menu.
    Down,
    /// A question mark.
    Help,
    /// A letter: how letters look.
    Letter,
    /// A thing that shakes.
    Nudge,
    /// Two sliders: settings.
    Options,
    /// A pen: somebody writes.
    Pen,
    /// A plus sign: one more.
    Plus,
    /// A triangle: look here.
    Warning,
}

impl IconShape {
    const fn link(self) -> &'static str {
        match self {
            Self::Back => "#icon-back",
            Self::Check => "#icon-check",
            Self::Close => "#icon-close",
            Self::Cross => "#icon-cross",
            Self::Down => "#icon-down",
            Self::Options => "#icon-options",
            Self::Pen => "#icon-pen",
            Self::Blocked => "#icon-blocked",
            Self::Help => "#icon-help",
            Self::Letter => "#icon-letter",
            Self::Nudge => "#icon-nudge",
            Self::Plus => "#icon-plus",
            Self::Warning => "#icon-warning",
        }
    }
}

/// One sign, as large as the text around it.
pub fn icon(shape: IconShape) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <use href={shape.link()} />
        </svg>
    }
}
