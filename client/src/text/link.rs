//! Every way in which a link ends, with what to do about it.

use msnp6::gateway::CloseCode;
use msnp6::messenger::CloseReason;

use super::Sentence;

/// What happened to a link to the server, and the next step.
pub fn link_closed(reason: CloseReason) -> Sentence {
    match reason {
        CloseReason::Lost => Sentence::new(
            "The connection was lost.",
            "Check your network, then sign in again. If that works elsewhere, the gateway behind this page may be down.",
        ),
        CloseReason::Restarting { .. } => link_closed(CloseReason::Code(CloseCode::Restarting)),
        CloseReason::Code(code) => Sentence::new(what(code), next(code)),
    }
}

const fn what(code: CloseCode) -> &'static str {
    match code {
        CloseCode::ServerClosed => "The server closed the connection.",
        CloseCode::GoingAway => "The connection was closed.",
        CloseCode::ServerRefused => "The server's machine refused the connection.",
        CloseCode::ServerUnreachable => "The gateway found no way to the server.",
        CloseCode::ServerTimeout => "The server did not answer in time.",
        CloseCode::ServerNotFound => "The server's name could not be found.",
        CloseCode::TlsFailed => "The gateway could not make a secure connection to the server.",
        CloseCode::NoSuchServer => "The gateway does not know that server.",
        CloseCode::TicketInvalid => "The gateway did not accept the pass to that address.",
        CloseCode::TicketExpired => "The pass to that address was too old.",
        CloseCode::TransferRefused => {
            "The server passed the connection on to an address that the gateway does not allow."
        }
        CloseCode::TooManyConnections => "The gateway has no room for another connection.",
        CloseCode::TooFast => {
            "The gateway closed the connection because too much was sent at once."
        }
        CloseCode::IdleTooLong => {
            "The gateway closed the connection because nothing moved for too long."
        }
        CloseCode::ProtocolError => "The gateway or the server did not understand what was sent.",
        CloseCode::Restarting => "The gateway is restarting.",
        CloseCode::GatewayFault => "The gateway had a fault of its own.",
    }
}

const fn next(code: CloseCode) -> &'static str {
    match code {
        CloseCode::ServerClosed => {
            "Sign in again. If it happens every time, the server may be down for maintenance."
        }
        CloseCode::GoingAway => "Sign in again.",
        CloseCode::ServerRefused => {
            "The server is probably not running. Try again in a few minutes, or choose another one."
        }
        CloseCode::ServerUnreachable => {
            "Try again in a few minutes. If it stays so, tell whoever runs this page."
        }
        CloseCode::ServerTimeout => "It may be busy. Try again in a minute.",
        CloseCode::ServerNotFound => {
            "Try again. If it stays so, whoever runs this page has to correct the server's address."
        }
        CloseCode::TlsFailed => "Whoever runs this page has to look at the server's certificate.",
        CloseCode::NoSuchServer => "Reload the page and choose a server again.",
        CloseCode::TicketInvalid => "Try again. If it stays so, sign out and in again.",
        CloseCode::TicketExpired => "Try again.",
        CloseCode::TransferRefused => {
            "Whoever runs this page can allow it in the gateway's settings."
        }
        CloseCode::TooManyConnections => "Close other tabs of this page, or try again later.",
        CloseCode::TooFast => "Wait a moment, then sign in again.",
        CloseCode::IdleTooLong => "Sign in again to go on.",
        CloseCode::ProtocolError => {
            "Reload the page and try again. If it stays so, this is a fault worth reporting."
        }
        CloseCode::Restarting => "Wait a few seconds, then sign in again.",
        CloseCode::GatewayFault => {
            "Try again in a minute. If it stays so, tell whoever runs this page."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_close_code_has_its_own_words_and_a_next_step() {
        let mut seen = Vec::new();
        for &code in CloseCode::ALL {
            let sentence = link_closed(CloseReason::Code(code));
            assert!(sentence.what.ends_with('.'), "{code:?}");
            assert!(sentence.next.ends_with('.'), "{code:?}");
            assert!(!seen.contains(&sentence.what), "{code:?}");
            seen.push(sentence.what);
        }
    }
}
