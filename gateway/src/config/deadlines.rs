//! How long the gateway waits for what, as keys in whole seconds.

use super::{ConfigError, check, file::FileKeys};
use clap::Args;
use std::{fmt, num::NonZeroU32, str::FromStr, time::Duration};

/// How long the gateway waits for what. Every wait that depends on somebody else has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadlines {
    /// A request's head, from the first byte on, and what comes before it: a PROXY header, a TLS handshake. Also
    /// how long an idle HTTP connection stays.
    pub http_head: Duration,
    /// A whole HTTP connection that does not become a WebSocket.
    pub http_connection: Duration,
    /// The connection to a server: all its addresses, PROXY header and TLS together, name look-up apart.
    pub connect: Duration,
    /// A peer that takes no byte although some wait for it.
    pub stall: Duration,
    /// Between one ping to a page and the next.
    pub ping: Duration,
    /// A page that sends nothing for so long after a ping is given up.
    pub pong: Duration,
    /// A link without a byte of MSNP in either direction; `None` for no such deadline.
    pub idle: Option<Duration>,
    /// A link, whatever it does; `None` for no such deadline.
    pub lifetime: Option<Duration>,
    /// The closing handshake with a page, and the last bytes to a server.
    pub close: Duration,
    /// All links together, once the gateway was told to stop.
    pub drain: Duration,
    /// Between one look at the files of the certificate and the next.
    pub certificate: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            http_head: seconds(10),
            http_connection: seconds(300),
            connect: seconds(10),
            stall: seconds(60),
            ping: seconds(25),
            pong: seconds(35),
            // A session with a server that says nothing and answers no `PNG` may be silent for hours.
            idle: None,
            lifetime: None,
            close: seconds(5),
            drain: seconds(10),
            certificate: seconds(5),
        }
    }
}

/// The deadlines, each in whole seconds.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Deadlines (in seconds)")]
pub struct DeadlineFlags {
    /// A connection to a server [default: 10]
    #[arg(long, env = "MSNP6_GATEWAY_CONNECT_SECONDS", value_name = "NUMBER")]
    pub connect_seconds: Option<String>,
    /// A page or a server that takes no byte although some wait for it [default: 60]
    #[arg(long, env = "MSNP6_GATEWAY_STALL_SECONDS", value_name = "NUMBER")]
    pub stall_seconds: Option<String>,
    /// Between one ping to a page and the next [default: 25]
    #[arg(long, env = "MSNP6_GATEWAY_PING_SECONDS", value_name = "NUMBER")]
    pub ping_seconds: Option<String>,
    /// A page that sends nothing at all after a ping [default: 35]
    #[arg(long, env = "MSNP6_GATEWAY_PONG_SECONDS", value_name = "NUMBER")]
    pub pong_seconds: Option<String>,
    /// A link on which nothing but pings moves; 0 for none [default: 0]
    #[arg(long, env = "MSNP6_GATEWAY_IDLE_SECONDS", value_name = "NUMBER")]
    pub idle_seconds: Option<String>,
    /// A link, whatever it does; 0 for none [default: 0]
    #[arg(long, env = "MSNP6_GATEWAY_LIFETIME_SECONDS", value_name = "NUMBER")]
    pub lifetime_seconds: Option<String>,
    /// The head of a request, a TLS handshake, and an HTTP connection without a request [default: 10]
    #[arg(long, env = "MSNP6_GATEWAY_HTTP_HEAD_SECONDS", value_name = "NUMBER")]
    pub http_head_seconds: Option<String>,
    /// A whole HTTP connection that does not become a WebSocket [default: 300]
    #[arg(
        long,
        env = "MSNP6_GATEWAY_HTTP_CONNECTION_SECONDS",
        value_name = "NUMBER"
    )]
    pub http_connection_seconds: Option<String>,
    /// All links together, once the gateway was told to stop [default: 10]
    #[arg(long, env = "MSNP6_GATEWAY_DRAIN_SECONDS", value_name = "NUMBER")]
    pub drain_seconds: Option<String>,
}

impl Deadlines {
    pub(super) fn check(by: &DeadlineFlags, file: &FileKeys) -> Result<Self, ConfigError> {
        let mut to = Self::default();
        set(
            "connect_seconds",
            &mut to.connect,
            by.connect_seconds.as_deref(),
            file.connect_seconds,
        )?;
        set(
            "stall_seconds",
            &mut to.stall,
            by.stall_seconds.as_deref(),
            file.stall_seconds,
        )?;
        set(
            "ping_seconds",
            &mut to.ping,
            by.ping_seconds.as_deref(),
            file.ping_seconds,
        )?;
        set(
            "pong_seconds",
            &mut to.pong,
            by.pong_seconds.as_deref(),
            file.pong_seconds,
        )?;
        set(
            "http_head_seconds",
            &mut to.http_head,
            by.http_head_seconds.as_deref(),
            file.http_head_seconds,
        )?;
        set(
            "http_connection_seconds",
            &mut to.http_connection,
            by.http_connection_seconds.as_deref(),
            file.http_connection_seconds,
        )?;
        set(
            "drain_seconds",
            &mut to.drain,
            by.drain_seconds.as_deref(),
            file.drain_seconds,
        )?;
        set_or_none(
            "idle_seconds",
            &mut to.idle,
            by.idle_seconds.as_deref(),
            file.idle_seconds,
        )?;
        set_or_none(
            "lifetime_seconds",
            &mut to.lifetime,
            by.lifetime_seconds.as_deref(),
            file.lifetime_seconds,
        )?;
        Ok(to)
    }
}

fn set(
    key: &'static str,
    deadline: &mut Duration,
    flag: Option<&str>,
    file: Option<i64>,
) -> Result<(), ConfigError> {
    if let Some(seconds) = given::<Seconds>(key, flag, file, ALLOWED)? {
        *deadline = seconds.duration();
    }
    Ok(())
}

fn set_or_none(
    key: &'static str,
    deadline: &mut Option<Duration>,
    flag: Option<&str>,
    file: Option<i64>,
) -> Result<(), ConfigError> {
    if let Some(seconds) = given::<OrNone>(key, flag, file, ALLOWED_OR_NONE)? {
        *deadline = seconds.0.map(Seconds::duration);
    }
    Ok(())
}

/// A value from the command line, or else from the file.
fn given<T: FromStr>(
    key: &'static str,
    flag: Option<&str>,
    file: Option<i64>,
    allowed: &'static str,
) -> Result<Option<T>, ConfigError> {
    let text = flag
        .map(str::to_owned)
        .or_else(|| file.map(|number| number.to_string()));
    text.map(|text| check::value(key, &text, allowed))
        .transpose()
}

const ALLOWED: &str = "a whole number of seconds from 1 to 86400";
const ALLOWED_OR_NONE: &str = "a whole number of seconds up to 86400, 0 for no such deadline";

/// From one second to a day.
#[derive(Clone, Copy, Debug)]
struct Seconds(NonZeroU32);

impl Seconds {
    const MOST: u32 = 86_400;

    fn duration(self) -> Duration {
        Duration::from_secs(self.0.get().into())
    }
}

impl FromStr for Seconds {
    type Err = NoSeconds;

    fn from_str(text: &str) -> Result<Self, NoSeconds> {
        let seconds: NonZeroU32 = text.parse().map_err(|_| NoSeconds)?;
        if seconds.get() > Self::MOST {
            return Err(NoSeconds);
        }
        Ok(Self(seconds))
    }
}

/// The same, or zero for no deadline.
#[derive(Clone, Copy, Debug)]
struct OrNone(Option<Seconds>);

impl FromStr for OrNone {
    type Err = NoSeconds;

    fn from_str(text: &str) -> Result<Self, NoSeconds> {
        if text.parse() == Ok(0) {
            return Ok(Self(None));
        }
        Ok(Self(Some(text.parse()?)))
    }
}

/// A text that is no number of seconds.
#[derive(Clone, Copy, Debug)]
struct NoSeconds;

impl fmt::Display for NoSeconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(ALLOWED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::CommandLine;
    use clap::Parser as _;

    fn check(arguments: &[&str], toml: &str) -> Result<Deadlines, String> {
        let line = ["msnp6-gateway"].iter().chain(arguments);
        let line = CommandLine::try_parse_from(line).map_err(|error| error.to_string())?;
        let file = FileKeys::parse(toml).map_err(|error| error.to_string())?;
        Deadlines::check(&line.deadlines, &file).map_err(|error| error.to_string())
    }

    const KEYS: [&str; 9] = [
        "connect_seconds",
        "stall_seconds",
        "ping_seconds",
        "pong_seconds",
        "idle_seconds",
        "lifetime_seconds",
        "http_head_seconds",
        "http_connection_seconds",
        "drain_seconds",
    ];

    #[test]
    fn every_deadline_is_a_flag_and_a_key_and_sets_one_of_its_own() {
        let default = Deadlines::default();
        let mut seen = vec![default];
        for key in KEYS {
            let flag = format!("--{}=77", key.replace('_', "-"));
            let from_flag = check(&[&flag], "").expect("fine");
            let from_file = check(&[], &format!("{key} = 77")).expect("fine");
            let both = check(&[&flag], &format!("{key} = 99")).expect("fine");
            assert!(from_flag == from_file && from_flag == both, "{key}");
            assert!(!seen.contains(&from_flag), "{key}");
            seen.push(from_flag);
        }
    }

    #[test]
    fn only_idleness_and_age_may_be_without_a_deadline() {
        for key in KEYS {
            let checked = check(&[], &format!("{key} = 0"));
            let may_be = ["idle_seconds", "lifetime_seconds"].contains(&key);
            assert_eq!(checked.is_ok(), may_be, "{key}");
        }
        let none = check(&["--idle-seconds=0", "--lifetime-seconds=0"], "").expect("fine");
        assert_eq!((none.idle, none.lifetime), (None, None));
    }

    #[test]
    fn what_is_no_number_of_seconds_is_refused_with_its_key() {
        for key in KEYS {
            for value in ["soon", "-1", "1.5", "86401", ""] {
                let flag = format!("--{}={value}", key.replace('_', "-"));
                let refusal = check(&[&flag], "").expect_err("refused");
                let start = format!("{key} is {value:?}, which is not a whole number of seconds");
                assert!(refusal.starts_with(&start), "{refusal}");
            }
            let refusal = check(&[], &format!("{key} = -5")).expect_err("refused");
            assert!(
                refusal.starts_with(&format!("{key} is \"-5\"")),
                "{refusal}"
            );
        }
    }
}
