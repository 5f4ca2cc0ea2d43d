//! How much of what one page, one client and all together may have. Zero means: no limit.

use super::{CommandLine, ConfigError, check, file::FileKeys};
use std::{fmt, num::NonZeroU32, str::FromStr};

/// A number that may be without bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound(Option<NonZeroU32>);

impl Bound {
    /// No bound at all.
    pub const NONE: Self = Self(None);

    /// At most so many; 0 is no bound.
    pub const fn at(most: u32) -> Self {
        Self(NonZeroU32::new(most))
    }

    /// The number, if there is one.
    pub const fn number(self) -> Option<NonZeroU32> {
        self.0
    }

    /// Whether one more than `count` is too many.
    pub(crate) fn is_reached_by(self, count: u32) -> bool {
        self.0.is_some_and(|most| count >= most.get())
    }
}

impl FromStr for Bound {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self::at)
    }
}

/// All limits. A client is an IPv4 address, or the /64 network of an IPv6 address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Links in all.
    pub links: Bound,
    /// Links of one client. Not for this machine itself: there a proxy stands for everybody.
    pub links_per_client: Bound,
    /// Links to one server, with those to its switchboards.
    pub links_per_server: Bound,
    /// New links of one client within a minute. Not for this machine itself.
    pub new_links_per_minute: Bound,
    /// Bytes of one page within a second, over some seconds.
    pub bytes_per_second: Bound,
    /// Messages of one page within a second, over some seconds.
    pub frames_per_second: Bound,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            links: Bound::at(10_000),
            links_per_client: Bound::at(100),
            links_per_server: Bound::NONE,
            new_links_per_minute: Bound::at(120),
            bytes_per_second: Bound::at(256 * 1024),
            frames_per_second: Bound::at(200),
        }
    }
}

impl Limits {
    /// None of them.
    pub const NONE: Self = Self {
        links: Bound::NONE,
        links_per_client: Bound::NONE,
        links_per_server: Bound::NONE,
        new_links_per_minute: Bound::NONE,
        bytes_per_second: Bound::NONE,
        frames_per_second: Bound::NONE,
    };

    pub(super) fn check(line: &CommandLine, file: &FileKeys) -> Result<Self, ConfigError> {
        let mut limits = Self::default();
        let from = &line.limits;
        for (limit, bound, flag, key) in [
            (
                Limit::Links,
                &mut limits.links,
                &from.max_links,
                file.max_links,
            ),
            (
                Limit::LinksPerClient,
                &mut limits.links_per_client,
                &from.max_links_per_client,
                file.max_links_per_client,
            ),
            (
                Limit::LinksPerServer,
                &mut limits.links_per_server,
                &from.max_links_per_server,
                file.max_links_per_server,
            ),
            (
                Limit::NewLinks,
                &mut limits.new_links_per_minute,
                &from.max_new_links_per_minute,
                file.max_new_links_per_minute,
            ),
            (
                Limit::Bytes,
                &mut limits.bytes_per_second,
                &from.max_bytes_per_second,
                file.max_bytes_per_second,
            ),
            (
                Limit::Frames,
                &mut limits.frames_per_second,
                &from.max_frames_per_second,
                file.max_frames_per_second,
            ),
        ] {
            if let Some(text) = flag {
                *bound = check::value(limit.key(), text, ALLOWED)?;
            } else if let Some(number) = key {
                *bound = Bound::at(number);
            }
        }
        Ok(limits)
    }
}

const ALLOWED: &str = "a whole number, 0 for no limit";

/// One of the limits, as metrics, logs and configuration name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Links in all.
    Links,
    /// Links of one client.
    LinksPerClient,
    /// Links to one server.
    LinksPerServer,
    /// New links of one client.
    NewLinks,
    /// Bytes of one page.
    Bytes,
    /// Messages of one page.
    Frames,
}

impl Limit {
    /// Every limit.
    pub const ALL: [Self; 6] = [
        Self::Links,
        Self::LinksPerClient,
        Self::LinksPerServer,
        Self::NewLinks,
        Self::Bytes,
        Self::Frames,
    ];

    /// The key that sets it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Links => "max_links",
            Self::LinksPerClient => "max_links_per_client",
            Self::LinksPerServer => "max_links_per_server",
            Self::NewLinks => "max_new_links_per_minute",
            Self::Bytes => "max_bytes_per_second",
            Self::Frames => "max_frames_per_second",
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    fn check(arguments: &[&str], toml: &str) -> Result<Limits, String> {
        let line = ["msnp6-gateway"].iter().chain(arguments);
        let line = CommandLine::try_parse_from(line).map_err(|error| error.to_string())?;
        let file = FileKeys::parse(toml).map_err(|error| error.to_string())?;
        Limits::check(&line, &file).map_err(|error| error.to_string())
    }

    #[test]
    fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
        let toml = "max_links = 7\nmax_links_per_client = 3";
        let limits = check(&["--max-links", "9"], toml).expect("fine");
        let expected = Limits {
            links: Bound::at(9),
            links_per_client: Bound::at(3),
            ..Limits::default()
        };
        assert_eq!(limits, expected);
    }

    #[test]
    fn zero_is_no_limit_for_each_of_them() {
        let flags = Limit::ALL.map(|limit| format!("--{}=0", limit.key().replace('_', "-")));
        let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
        assert_eq!(check(&flags, ""), Ok(Limits::NONE));
    }

    #[test]
    fn what_is_no_number_is_refused_with_its_key() {
        for limit in Limit::ALL {
            let flag = format!("--{}=many", limit.key().replace('_', "-"));
            let refusal = check(&[&flag], "").expect_err("refused");
            let expected = format!("{limit} is \"many\", which is not {ALLOWED}");
            assert_eq!(refusal, expected);
        }
    }
}
