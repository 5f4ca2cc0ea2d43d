//! Bars with what the user should know while the session goes on.

use yew::prelude::*;

use super::{IconShape, Request, icon};
use crate::store::Notice;
use crate::text;

/// The bars, oldest first.
pub(super) fn notices(notices: &[Notice], on: &Callback<Request>) -> Html {
    let bars = notices.iter().map(|notice| {
        let words = words(notice);
        let notice = notice.clone();
        let on_click = on.reform(move |_: MouseEvent| Request::Dismiss(notice.clone()));
        html! {
            <div class="notice" role="alert" key={words.clone()}>
                { icon(IconShape::Warning) }
                <p class="notice__text">{ words }</p>
                <button type="button" class="button button--quiet" onclick={on_click}>{ "Dismiss" }</button>
            </div>
        }
    });
    bars.collect()
}

fn words(notice: &Notice) -> String {
    match notice {
        Notice::PartMissing => "A part of this page could not be loaded. Check your network and try again, or reload the page.".to_owned(),
        Notice::Unverified => {
            "Your e-mail address is not verified, so others cannot be sure that it is you. You can verify it \
             on the server's own site."
                .to_owned()
        }
        Notice::Away => text::AWAY.to_owned(),
        Notice::Mail { from, subject } => text::new_mail(from, subject),
        Notice::Maintenance { minutes: 0 | 1 } => {
            "The server goes down for maintenance within a minute. You will be signed out.".to_owned()
        }
        Notice::Maintenance { minutes } => format!(
            "The server goes down for maintenance in {minutes} minutes. You will be signed out then."
        ),
        Notice::Refused(refusal) => text::refusal(*refusal).whole(),
        Notice::Alert(alert) => format!("{}: {}", alert.from, alert.text),
        Notice::ChangeFailed { change, failure } => text::change_failed(change, *failure).whole(),
    }
}
