//! A minimal Debian in a folder, made once by debootstrap, and a copy of it for one run.

use crate::{process, setup::debian, workspace};
use anyhow::{Context as _, Result, bail};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A copy for one run, with the package in [`PACKAGE`].
#[derive(Debug)]
pub(super) struct Root(PathBuf);

impl Root {
    /// Fails where there can be none.
    pub(super) fn may_be() -> Result<()> {
        let is_root =
            process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
        if !cfg!(target_os = "linux") || !is_root {
            bail!(
                "the package is installed in a root of its own, which takes Linux and root's rights"
            );
        }
        if process::on_path("debootstrap").is_none() {
            debian::install(&["debootstrap"], ADVICE)?;
        }
        Ok(())
    }

    /// A fresh one.
    pub(super) fn new(package: &Path) -> Result<Self> {
        let base = base()?;
        let root = workspace::built("package-root")?;
        let _ = fs::remove_dir_all(&root);
        let mut copy = Command::new("cp");
        process::run(
            copy.args(["--archive", "--reflink=auto"])
                .arg(&base)
                .arg(&root),
        )?;
        let root = Self(root);
        fs::copy(package, root.path(PACKAGE)).context("copying the package into the root")?;
        Ok(root)
    }

    /// Where a path inside of it is outside.
    pub(super) fn path(&self, inside: impl AsRef<Path>) -> PathBuf {
        super::below(&self.0, inside.as_ref())
    }

    /// Runs a program of it as root and gives what it says.
    pub(super) fn run(&self, words: &[&str]) -> Result<String> {
        let mut chroot = self.chroot(&[]);
        process::output(chroot.args(words).env("DEBIAN_FRONTEND", "noninteractive"))
    }

    /// The command that runs a program of it as the service's user.
    pub(super) fn as_service(&self, words: &[&str]) -> Command {
        let mut chroot = self.chroot(&["--userspec=msnp6-gateway:msnp6-gateway"]);
        chroot.args(words);
        chroot
    }

    fn chroot(&self, options: &[&str]) -> Command {
        let mut chroot = Command::new("chroot");
        chroot.args(options).arg(&self.0);
        // Nothing of whoever runs this: it is a machine of its own.
        chroot.env_clear().env("LC_ALL", "C.UTF-8");
        chroot.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        chroot
    }

    /// After a success; after a failure it stays to be looked at.
    pub(super) fn remove(self) -> Result<()> {
        fs::remove_dir_all(&self.0).with_context(|| format!("removing {}", self.0.display()))
    }
}

/// Made beside its place and moved there, so that one that is there is whole.
fn base() -> Result<PathBuf> {
    let base = workspace::built(RELEASE)?;
    if base.is_dir() {
        return Ok(base);
    }
    println!("Fetching a minimal Debian {RELEASE} (usually 50 s) …");
    let partial = workspace::built("partial-root")?;
    let _ = fs::remove_dir_all(&partial);
    let mirror = env::var("DEBIAN_MIRROR").unwrap_or_else(|_| MIRROR.to_owned());
    let mut debootstrap = Command::new("debootstrap");
    debootstrap.args(["--variant=minbase", RELEASE]);
    process::output(debootstrap.arg(&partial).arg(mirror))?;
    fs::rename(&partial, &base).with_context(|| format!("moving to {}", base.display()))?;
    Ok(base)
}

/// Where the package is inside.
pub(super) const PACKAGE: &str = "/tmp/package.deb";

const RELEASE: &str = "bookworm";
const MIRROR: &str = "http://deb.debian.org/debian";
const ADVICE: &str =
    "the test of the package needs `debootstrap`. Debian: apt-get install debootstrap";
