//! What would be lost, in words.

use crate::store::{Losses, join_names};

/// One sentence.
pub fn losses(losses: Losses) -> String {
    let Losses {
        waiting,
        failed,
        drafts,
    } = losses;
    let part = |count: usize, one: &str, more: &str| match count {
        0 => None,
        1 => Some(one.to_owned()),
        _ => Some(format!("{count} {more}")),
    };
    let parts = [
        part(
            waiting,
            "a text that was not sent",
            "texts that were not sent",
        ),
        part(
            failed,
            "a text that was not delivered",
            "texts that were not delivered",
        ),
        part(drafts, "a draft", "drafts"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return "Nothing is lost any more: all of it has gone out.".to_owned();
    }
    format!("This would be lost: {}.", join_names(&parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_lost_is_counted_and_the_rest_is_not_mentioned() {
        let of = |waiting, failed, drafts| {
            losses(Losses {
                waiting,
                failed,
                drafts,
            })
        };
        assert_eq!(of(0, 0, 1), "This would be lost: a draft.");
        assert_eq!(
            of(1, 2, 3),
            "This would be lost: a text that was not sent, 2 texts that were not delivered and 3 drafts."
        );
        assert!(of(0, 0, 0).starts_with("Nothing"));
    }
}
