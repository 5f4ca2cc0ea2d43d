//! The command line: which bridges there are, and how long to measure.

use crate::bridge::Kind;
use anyhow::{Context as _, Result, bail};
use std::{path::PathBuf, time::Duration};

/// What to measure.
#[derive(Debug)]
pub(crate) struct Options {
    /// The bridges that can be measured, the relay first; each with its program, or why it has none.
    pub(crate) bridges: Vec<(Kind, Result<PathBuf, String>)>,
    pub(crate) is_quick: bool,
    /// Only tables, or rows about CPU, whose title contains this.
    pub(crate) only: Option<String>,
    soak: Option<Duration>,
}

impl Options {
    pub(crate) fn parse(words: &[&str]) -> Result<Self> {
        let this = std::env::current_exe().context("finding this program's own path")?;
        let mut options = Self {
            bridges: vec![(Kind::Relay, Ok(this))],
            is_quick: false,
            only: None,
            soak: None,
        };
        for word in words {
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            if let Some(kind) = Kind::PROGRAMS.into_iter().find(|kind| name == kind.flag()) {
                options.bridges.push((kind, program(value)));
                if kind == Kind::Gateway {
                    options.bridges.push((Kind::Switchboard, program(value)));
                }
                continue;
            }
            match name {
                "--quick" => options.is_quick = true,
                "--soak" => {
                    let seconds = value.parse();
                    let seconds = seconds.context("--soak=SECONDS is a whole number")?;
                    options.soak = Some(Duration::from_secs(seconds));
                }
                "--only" => options.only = Some(value.to_lowercase()),
                _ => bail!("`{word}` is not known.\n\n{HELP}"),
            }
        }
        if options.bridges.len() == 1 {
            bail!("nothing to compare with the relay.\n\n{HELP}");
        }
        Ok(options)
    }

    /// How often each figure is taken.
    pub(crate) const fn rounds(&self) -> usize {
        if self.is_quick { 3 } else { 5 }
    }

    /// How long each figure is taken for.
    pub(crate) const fn span(&self) -> Duration {
        Duration::from_millis(if self.is_quick { 300 } else { 900 })
    }

    /// How long the soak takes.
    pub(crate) fn soak(&self) -> Duration {
        let usual = Duration::from_secs(if self.is_quick { 8 } else { 60 });
        self.soak.unwrap_or(usual)
    }

    pub(crate) fn wants(&self, title: &str) -> bool {
        self.only
            .as_ref()
            .is_none_or(|only| title.to_lowercase().contains(only))
    }
}

fn program(value: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(value);
    if path.is_file() {
        return Ok(path);
    }
    Err("not installed".to_owned())
}

const HELP: &str = "\
msnp6-load [--quick] [--only=WORD] [--soak=SECONDS] --gateway=FILE [--websocat=FILE] [--wsproxy=FILE] [--websockify=FILE]
msnp6-load relay LISTEN SERVER

A bridge whose FILE is not there is said to be missing. Only tables, and rows about CPU, with WORD in their title are made.";
