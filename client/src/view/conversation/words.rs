//! The words of a text, with its links and emoticons.

use msnp6::messenger::TextFormat;
use yew::prelude::*;

use crate::text::{self, Emoticon, Piece};

/// A text as it is to be read.
pub(super) fn words(text: &str, has_emoticons: bool) -> Html {
    let pieces = text::pieces(text, has_emoticons);
    let pieces = pieces.into_iter().map(|piece| match piece {
        Piece::Words(words) => Html::from(words),
        Piece::Link(link) => html! {
            <a class="line__link" href={text::target(link)} target="_blank" rel="noopener noreferrer nofollow">
                { link }
            </a>
        },
        Piece::Emoticon(emoticon, code) => html! {
            // The code stands in the drawing's place, unseen, so that copying brings it along.
            <span class="emoticon" role="img" aria-label={[emoticon.name, " ", code].concat()}>
                { drawing(emoticon) }<span class="emoticon__code">{ code }</span>
            </span>
        },
    });
    pieces.collect()
}

/// The drawing alone.
pub(super) fn drawing(emoticon: &Emoticon) -> Html {
    html! {
        <svg class="emoticon__drawing" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <use href={emoticon.drawing()} />
        </svg>
    }
}

/// The direction of a text: the writer's word for it, or that of its first letter.
pub(super) const fn direction(format: &TextFormat) -> &'static str {
    if format.is_right_to_left {
        "rtl"
    } else {
        "auto"
    }
}
