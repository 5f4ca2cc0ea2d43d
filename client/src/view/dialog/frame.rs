//! The frame of a window: opened as a modal one when it appears, closed by Escape.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::view::Request;

/// What [`Frame`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct FrameProps {
    /// The accessible name, and the heading.
    pub title: AttrValue,
    /// What is inside.
    pub children: Html,
    /// Where requests go.
    pub on: Callback<Request>,
}

/// The frame.
#[component]
pub(super) fn Frame(props: &FrameProps) -> Html {
    let node = use_node_ref();
    use_effect_with(node.clone(), |node| {
        let dialog = node.cast::<HtmlDialogElement>();
        if let Some(dialog) = &dialog {
            // It fails only for one that is open, or gone.
            let _ = dialog.show_modal();
        }
        // To take it away would leave the focus nowhere; to close it gives the focus back.
        move || {
            if let Some(dialog) = dialog {
                dialog.close();
            }
        }
    });
    let on_close = props.on.reform(|_: Event| Request::CloseDialog);
    html! {
        <dialog class="dialog" ref={node} aria-labelledby="dialog-title" onclose={on_close}>
            <h2 class="dialog__title" id="dialog-title"><bdi>{ &props.title }</bdi></h2>
            { props.children.clone() }
        </dialog>
    }
}
