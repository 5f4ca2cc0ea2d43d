//! The gateway as its operator knows it: a program with a command line, an address and a log.

use crate::program::Program;
use anyhow::{Context as _, Result, bail};
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// A running gateway that serves the built page.
#[derive(Debug)]
pub struct Gateway {
    program: Program,
    address: String,
    arguments: Vec<String>,
}

impl Gateway {
    /// Starts one on a free port, and waits until it says its address.
    pub(crate) fn start(arguments: &[&str]) -> Result<Self> {
        let arguments = arguments.iter().map(|&it| it.to_owned()).collect();
        Self::start_at("127.0.0.1:0", arguments)
    }

    fn start_at(listen: &str, arguments: Vec<String>) -> Result<Self> {
        let mut command = Command::new(binary()?);
        command
            .args(["--listen", listen, "--web-root"])
            .arg(page()?)
            .args(&arguments);
        let mut program = Program::start(&mut command)?;
        let address = program
            .announced("listening on ")
            .context("starting the gateway")?;
        Ok(Self {
            program,
            address,
            arguments,
        })
    }

    /// Starts it again at the same address, after it was killed.
    pub fn start_again(&mut self) -> Result<()> {
        let listen = self.address.trim_start_matches("http://");
        let again = Self::start_at(listen.trim_end_matches('/'), self.arguments.clone())?;
        *self = again;
        Ok(())
    }

    /// The address of the page.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Everything it has written: its log.
    pub fn log(&self) -> String {
        self.program.said()
    }

    /// Leaves it alive and silent, as a network does that swallows everything.
    pub fn freeze(&self) -> Result<()> {
        self.program.freeze()
    }

    /// Ends it as its operator does: it says goodbye to everybody.
    pub fn stop(&mut self) -> Result<()> {
        self.program.stop()
    }

    /// Ends it without a chance to say goodbye.
    pub fn kill(&mut self) -> Result<()> {
        self.program.kill()
    }
}

/// Cargo put this test and the gateway into the same folder of its target directory.
fn binary() -> Result<PathBuf> {
    let this = env::current_exe().context("finding this test's own path")?;
    let folder = this
        .parent()
        .and_then(Path::parent)
        .context("this test lies at the root")?;
    existing(folder.join(format!("msnp6-gateway{}", env::consts::EXE_SUFFIX)))
}

fn page() -> Result<PathBuf> {
    existing(repository().join("dist"))
}

/// The folder of the workspace.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn existing(path: PathBuf) -> Result<PathBuf> {
    if !path.exists() {
        bail!(
            "{} is not there: run these tests by `cargo xtask test e2e`",
            path.display()
        );
    }
    Ok(path)
}
