//! What people do in a conversation other than to write, in words behind their name.

use std::borrow::Cow;

use msnp6::messenger::{Application, Datacast, Offer};

use super::not_delivered;
use crate::store::Deed;

/// What comes behind the name of whoever did it, with the space before it.
pub fn deed(deed: &Deed) -> Cow<'static, str> {
    match deed {
        Deed::Cast(Datacast::Nudge) => " sent you a nudge.".into(),
        Deed::Cast(Datacast::Wink) => " sent a wink, which this page cannot show.".into(),
        Deed::Cast(Datacast::VoiceClip) => {
            " sent a voice clip, which this page cannot play.".into()
        }
        Deed::Cast(Datacast::Action(words)) => format!(" {words}").into(),
        Deed::Nudged => " sent a nudge.".into(),
        Deed::Offered(offer) => offered(offer).into(),
        Deed::StayedAway(failure) => format!(" does not come: {}", not_delivered(failure)).into(),
    }
}

fn offered(offer: &Offer) -> String {
    match offer.application {
        Application::FileTransfer if !offer.file.is_empty() => {
            let size = offer.file_size.map(size).unwrap_or_default();
            format!(
                " wanted to send you \u{201c}{}\u{201d}{size}. This page cannot receive files and said so.",
                offer.file
            )
        }
        Application::FileTransfer => {
            " wanted to send you a file. This page cannot receive files and said so.".into()
        }
        Application::NetMeeting => {
            " invited you to a meeting. This page cannot join it and said so.".into()
        }
        Application::VoiceCall => " called you. This page cannot take calls and said so.".into(),
        Application::Sharing => {
            " wanted to share a program. This page cannot do that and said so.".into()
        }
        Application::RemoteAssistance => {
            " asked for remote assistance. This page cannot give it and said so.".into()
        }
        Application::Other => {
            " invited you to something that this page cannot do, and it said so.".into()
        }
    }
}

/// A file's size in words, in parentheses with a space before them.
fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")];
    let unit = UNITS.iter().find(|(least, _)| bytes >= *least);
    unit.map_or_else(
        || format!(" ({bytes} bytes)"),
        |(least, name)| format!(" ({} {name})", bytes / least),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_with_its_size() {
        let offer = Offer {
            application: Application::FileTransfer,
            name: "File Transfer".to_owned(),
            file: "photo.jpg".to_owned(),
            file_size: Some(20_480),
        };
        let words = deed(&Deed::Offered(offer));
        assert!(
            words.contains("\u{201c}photo.jpg\u{201d} (20 KB)"),
            "{words}"
        );
    }

    #[test]
    fn sizes_are_in_the_largest_unit_that_fits() {
        assert_eq!(size(12), " (12 bytes)");
        assert_eq!(size(5 << 20), " (5 MB)");
        assert_eq!(size(3 << 30), " (3 GB)");
    }
}
