//! Why the gateway closed a WebSocket. One table for both sides, so that no code lacks a sentence.

use core::fmt;

macro_rules! close_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $words:literal;)*) => {
        /// The close codes of the gateway's WebSocket.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum CloseCode {
            $($(#[$doc])* $name,)*
        }

        impl CloseCode {
            /// Every code, in ascending order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The number in the close frame.
            pub const fn code(self) -> u16 {
                match self { $(Self::$name => $code,)* }
            }

            /// The code of a number, or `None` for one that the gateway never sends.
            pub const fn from_code(code: u16) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }

            /// A few words for logs and close frames.
            pub const fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)* }
            }
        }
    };
}

close_codes! {
    /// The MSNP server closed its connection, after its last bytes were delivered.
    ServerClosed = 1000, "the server closed the connection";
    /// The page is going away; never sent by the gateway.
    GoingAway = 1001, "the page is going away";
    /// The server's machine refused the connection.
    ServerRefused = 4001, "server refused the connection";
    /// There is no way to the server's address.
    ServerUnreachable = 4002, "server unreachable";
    /// The connection did not stand within its deadline.
    ServerTimeout = 4003, "server did not answer in time";
    /// The server's name does not resolve.
    ServerNotFound = 4004, "server name not found";
    /// The TLS handshake with the server failed.
    TlsFailed = 4005, "TLS to the server failed";
    /// The gateway knows no server of the name in the query.
    NoSuchServer = 4006, "no server of that name";
    /// The ticket is not one that this gateway signed.
    TicketInvalid = 4007, "ticket not valid";
    /// The ticket was good once.
    TicketExpired = 4008, "ticket expired";
    /// Policy forbids the address that a server named, or there were too many referrals.
    TransferRefused = 4009, "transfer refused";
    /// A limit on connections is reached.
    TooManyConnections = 4010, "too many connections";
    /// The page sends more than the gateway carries.
    TooFast = 4011, "too fast";
    /// Nothing moved for too long.
    IdleTooLong = 4012, "idle too long";
    /// The page, or the server, broke the rules of the socket.
    ProtocolError = 4013, "protocol error";
    /// The gateway is restarting; the reason holds the seconds to wait.
    Restarting = 4014, "gateway restarting";
    /// A fault of the gateway itself.
    GatewayFault = 4015, "gateway fault";
}

impl fmt::Display for CloseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn every_number_reads_back_and_none_is_used_twice() {
        for pair in CloseCode::ALL.windows(2) {
            assert!(pair[0].code() < pair[1].code());
        }
        for &code in CloseCode::ALL {
            assert_eq!(CloseCode::from_code(code.code()), Some(code));
        }
        assert_eq!(CloseCode::from_code(1006), None);
    }
}
