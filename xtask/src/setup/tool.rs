//! The tools: name, version, where each one is kept and how it is built.
//!
//! To take a newer version, change it here; the next set-up installs it beside the old one.

use super::{axe, bindgen, websockify};
use crate::{process, workspace};
use anyhow::{Result, bail};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// A program that building or testing needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    /// `wasm-bindgen` and `wasm-bindgen-test-runner`, built from `xtask/bindgen`.
    Bindgen,
    /// Builds the page.
    Trunk,
    /// Runs the tests in a browser.
    WasmPack,
    /// Checks licences, sources and versions of dependencies.
    Deny,
    /// Finds in the page what keeps people out of it: a script, no program.
    Axe,
    /// Makes the Debian package.
    Deb,
    /// Lists what the program is made of.
    Sbom,
    /// What the gateway is compared with, here and below.
    Websocat,
    Wsproxy,
    Websockify,
}

impl Tool {
    /// Other bridges between WebSocket and TCP. Only one benchmark needs them, and it does without.
    pub(crate) const PEERS: [Self; 3] = [Self::Websocat, Self::Wsproxy, Self::Websockify];

    /// All others, in the order in which they are installed.
    pub(crate) const ALL: [Self; 7] = [
        Self::Bindgen,
        Self::Trunk,
        Self::WasmPack,
        Self::Deny,
        Self::Axe,
        Self::Deb,
        Self::Sbom,
    ];

    /// What people call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bindgen => "wasm-bindgen",
            Self::Trunk => "trunk",
            Self::WasmPack => "wasm-pack",
            Self::Deny => "cargo-deny",
            Self::Axe => "axe-core",
            Self::Deb => "cargo-deb",
            Self::Sbom => "cargo-cyclonedx",
            Self::Websocat => "websocat",
            Self::Wsproxy => "wsproxy",
            Self::Websockify => "websockify",
        }
    }

    /// The one version that is used.
    pub(crate) fn version(self) -> &'static str {
        match self {
            Self::Bindgen => bindgen::VERSION,
            Self::Trunk => "0.21.14",
            Self::WasmPack => "0.15.1",
            Self::Deny => "0.20.2",
            Self::Axe => axe::VERSION,
            Self::Deb => "3.8.0",
            Self::Sbom => "0.5.9",
            Self::Websocat => "1.14.1",
            Self::Wsproxy => "0.1.3",
            Self::Websockify => websockify::VERSION,
        }
    }

    /// How long installing it took on a machine with two cores.
    pub(crate) fn usual_time(self) -> Duration {
        Duration::from_secs(match self {
            Self::Bindgen => 40,
            Self::Trunk => 120,
            Self::WasmPack | Self::Deny => 45,
            Self::Axe => 5,
            Self::Deb | Self::Sbom => 60,
            Self::Websocat | Self::Wsproxy => 90,
            Self::Websockify => 20,
        })
    }

    /// The folder that exists when, and only when, the tool is installed.
    pub(crate) fn place(self) -> Result<PathBuf> {
        let key = match self {
            Self::Bindgen => format!("{}-{}-{}", self.name(), self.version(), bindgen::digest()?),
            _ => format!("{}-{}", self.name(), self.version()),
        };
        Ok(workspace::tools()?.join(key))
    }

    /// The folder to put on `PATH`.
    pub(crate) fn binaries(self) -> Result<PathBuf> {
        Ok(self.place()?.join("bin"))
    }

    /// The program itself.
    pub(crate) fn program(self) -> Result<PathBuf> {
        Ok(self.program_in(&self.place()?))
    }

    fn program_in(self, folder: &Path) -> PathBuf {
        match self {
            Self::Axe => axe::SCRIPT
                .iter()
                .fold(folder.to_owned(), |path, part| path.join(part)),
            Self::Websockify => websockify::python(folder),
            _ => folder.join("bin").join(workspace::executable(self.name())),
        }
    }

    /// Whether it is there.
    pub(crate) fn is_installed(self) -> Result<bool> {
        Ok(self.program()?.is_file())
    }

    /// Builds it, or fetches it, into `folder`.
    pub(super) fn build_into(self, folder: &Path) -> Result<()> {
        match self {
            Self::Bindgen => bindgen::build_into(folder)?,
            // Trunk fetches nothing for us, but has no build without TLS.
            Self::Trunk => self.install(
                folder,
                &["--debug", "--no-default-features", "--features=rustls"],
            )?,
            Self::WasmPack | Self::Deny | Self::Deb | Self::Sbom => {
                self.install(folder, &["--debug"])?;
            }
            // These are measured, so they are optimised. TLS would need a library of the system.
            Self::Websocat => self.install(
                folder,
                &[
                    "--no-default-features",
                    "--features=signal_handler,unix_stdio",
                ],
            )?,
            Self::Wsproxy => self.install(folder, &[])?,
            Self::Websockify => websockify::build_into(folder)?,
            Self::Axe => axe::build_into(folder)?,
        }
        let program = self.program_in(folder);
        if !program.is_file() {
            bail!("it was built, but {} is not there", program.display());
        }
        Ok(())
    }

    /// `cargo install`; with `--debug` for whatever is no faster for it than optimising takes longer.
    fn install(self, folder: &Path, options: &[&str]) -> Result<()> {
        let mut cargo = process::cargo(["install", "--locked", self.name()]);
        cargo
            .args(["--version", self.version()])
            .args(options)
            .arg("--root")
            .arg(folder);
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0");
        // One folder for all of them: they share dependencies, and a killed install goes on.
        cargo.env("CARGO_TARGET_DIR", workspace::tools()?.join(BUILD_FOLDER));
        // `cargo install` warns that its folder is not on PATH; it must not be.
        process::prepend_path(&mut cargo, &[folder.join("bin")])?;
        process::run(&mut cargo)
    }
}

/// Where tools are compiled, inside the folder of tools.
pub(super) const BUILD_FOLDER: &str = ".build";
