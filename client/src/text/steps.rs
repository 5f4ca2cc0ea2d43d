//! The steps of a sign-in in words.

use msnp6::messenger::SignInStep;

/// A step as an entry of the progress list.
pub fn step(step: &SignInStep) -> String {
    match step {
        SignInStep::Connecting => "Reaching the server".to_owned(),
        SignInStep::Negotiating => "Agreeing on a dialect".to_owned(),
        SignInStep::Authenticating => "Checking your password".to_owned(),
        SignInStep::Referred { to } => format!("Moving on to {to}"),
        SignInStep::Synchronizing => "Fetching your contacts".to_owned(),
    }
}

/// A step in the middle of a sentence, such as "The server did not answer while …".
pub fn step_under_way(step: &SignInStep) -> String {
    match step {
        SignInStep::Connecting => "it was being reached".to_owned(),
        SignInStep::Negotiating => "agreeing on a dialect".to_owned(),
        SignInStep::Authenticating => "checking your password".to_owned(),
        SignInStep::Referred { to } => format!("it passed you on to {to}"),
        SignInStep::Synchronizing => "sending your contacts".to_owned(),
    }
}
