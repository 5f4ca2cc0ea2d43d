//! Opens TCP connections to addresses that were checked before. It resolves nothing.

use msnp6::gateway::CloseCode;
use std::{io, net::SocketAddr, time::Duration};
use tokio::{
    net::TcpStream,
    time::{Instant, timeout},
};

/// Connects to the first address that answers. All of them together have `deadline` to do so.
pub(crate) async fn dial(
    addresses: &[SocketAddr],
    deadline: Duration,
) -> Result<TcpStream, DialError> {
    let end = Instant::now() + deadline;
    let mut failure = DialError::NotFound;
    for (index, address) in addresses.iter().enumerate() {
        let left = end.saturating_duration_since(Instant::now());
        let share = left / u32::try_from(addresses.len() - index).unwrap_or(u32::MAX);
        match timeout(share, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                // Commands are small and each waits for an answer.
                let _ = stream.set_nodelay(true);
                return Ok(stream);
            }
            Ok(Err(error)) => failure = DialError::from(error.kind(), error.raw_os_error()),
            Err(_) => failure = DialError::TimedOut,
        }
    }
    Err(failure)
}

/// Why no connection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DialError {
    /// The name does not resolve.
    #[error("the name does not resolve")]
    NotFound,
    /// The machine is there, but nobody listens.
    #[error("nobody listens at the address")]
    Refused,
    /// No answer before the deadline.
    #[error("no answer before the deadline")]
    TimedOut,
    /// There is no way to the address.
    #[error("no way to the address: {0}")]
    Unreachable(io::ErrorKind),
    /// The gateway has no descriptor left.
    #[error("the gateway has no descriptor left")]
    Exhausted,
}

impl DialError {
    fn from(kind: io::ErrorKind, os_error: Option<i32>) -> Self {
        // EMFILE and ENFILE have no kind of their own.
        const OUT_OF_DESCRIPTORS: [i32; 2] = [23, 24];
        match kind {
            io::ErrorKind::ConnectionRefused => Self::Refused,
            io::ErrorKind::TimedOut => Self::TimedOut,
            _ if cfg!(unix) && os_error.is_some_and(|code| OUT_OF_DESCRIPTORS.contains(&code)) => {
                Self::Exhausted
            }
            kind => Self::Unreachable(kind),
        }
    }

    pub(crate) const fn close_code(self) -> CloseCode {
        match self {
            Self::NotFound => CloseCode::ServerNotFound,
            Self::Refused => CloseCode::ServerRefused,
            Self::TimedOut => CloseCode::ServerTimeout,
            Self::Unreachable(_) => CloseCode::ServerUnreachable,
            Self::Exhausted => CloseCode::GatewayFault,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_has_its_own_close_code() {
        let code = |kind| DialError::from(kind, None).close_code().code();
        assert_eq!(code(io::ErrorKind::ConnectionRefused), 4001);
        assert_eq!(code(io::ErrorKind::HostUnreachable), 4002);
        assert_eq!(code(io::ErrorKind::NetworkUnreachable), 4002);
        assert_eq!(code(io::ErrorKind::TimedOut), 4003);
        assert_eq!(DialError::NotFound.close_code().code(), 4004);
        let exhausted = DialError::from(io::ErrorKind::Other, Some(24));
        assert_eq!(exhausted.close_code().code(), 4015);
    }
}
