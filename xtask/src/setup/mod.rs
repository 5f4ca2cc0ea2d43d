//! Set-up: what is missing is installed, what is there is not touched, and both are said.
//!
//! Tools are kept by version in the user's cache folder. A tool is installed beside its place and
//! moved there at the end, so whatever has a place is whole, however the last set-up ended.

mod axe;
mod bindgen;
pub(crate) mod browser;
pub(crate) mod debian;
pub(crate) mod node;
#[cfg(unix)]
pub(crate) mod proxies;
mod tool;
mod websockify;

use crate::{process, workspace};
use anyhow::{Context as _, Result};
use std::{
    fs::{self, File},
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};
pub(crate) use tool::Tool;

/// Installs every tool that any command needs.
pub(crate) fn everything() -> Result<()> {
    ensure(&Tool::ALL)?;
    browser::ensure()?;
    #[cfg(unix)]
    proxies::ensure()?;
    println!("Every tool is there.");
    Ok(())
}

/// Installs those of `tools`, and the wasm target, that are missing.
pub(crate) fn ensure(tools: &[Tool]) -> Result<()> {
    ensure_wasm_target()?;
    let missing = missing(tools)?;
    if missing.is_empty() {
        return Ok(());
    }
    let folder = workspace::tools()?;
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    println!(
        "Setting up, once; the tools are kept in {}:",
        folder.display()
    );
    for tool in &missing {
        println!(
            "  {} {} (usually {})",
            tool.name(),
            tool.version(),
            about(tool.usual_time())
        );
    }
    let _lock = lock(&folder)?;
    for tool in missing {
        // Another set-up may have installed it while this one waited for the lock.
        if !tool.is_installed()? {
            install(tool)?;
        }
    }
    remove_leftovers(&folder);
    println!("Set-up is complete.\n");
    Ok(())
}

/// Lets `command` find the tools first, whatever else the user has on `PATH`.
pub(crate) fn use_tools(command: &mut Command, tools: &[Tool]) -> Result<()> {
    let folders: Vec<PathBuf> = tools
        .iter()
        .copied()
        .map(Tool::binaries)
        .collect::<Result<_>>()?;
    process::prepend_path(command, &folders)
}

/// A duration as people say it.
pub(crate) fn about(duration: Duration) -> String {
    match duration.as_secs() {
        seconds @ 0..=99 => format!("{seconds} s"),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

fn missing(tools: &[Tool]) -> Result<Vec<Tool>> {
    let mut missing = Vec::new();
    for tool in tools {
        if !tool.is_installed()? {
            missing.push(*tool);
        }
    }
    Ok(missing)
}

fn install(tool: Tool) -> Result<()> {
    println!("\nInstalling {} {} …", tool.name(), tool.version());
    let started = Instant::now();
    let place = tool.place()?;
    let partial = workspace::tools()?.join(format!(".partial-{}", tool.name()));
    let _ = fs::remove_dir_all(&partial);
    tool.build_into(&partial)
        .with_context(|| format!("installing {}", tool.name()))?;
    // A place without its program is what somebody deleted half of.
    let _ = fs::remove_dir_all(&place);
    fs::rename(&partial, &place).with_context(|| format!("moving to {}", place.display()))?;
    println!(
        "Installed {} {} in {}.",
        tool.name(),
        tool.version(),
        about(started.elapsed())
    );
    Ok(())
}

/// The compiler itself names the folder of a target's library; no network, no rustup needed.
fn ensure_wasm_target() -> Result<()> {
    let mut rustc = Command::new("rustc");
    rustc
        .args(["--print", "target-libdir", "--target", WASM])
        .current_dir(workspace::root());
    let libraries = process::output(&mut rustc)?;
    if PathBuf::from(libraries.trim()).is_dir() {
        return Ok(());
    }
    println!("Installing the Rust target {WASM} (usually 5 s) …");
    let mut rustup = Command::new("rustup");
    rustup
        .args(["target", "add", WASM])
        .current_dir(workspace::root());
    process::run(&mut rustup).context("the page is compiled to WebAssembly and needs its target")
}

/// Only one set-up at a time writes to the folder; the operating system ends a dead one's lock.
fn lock(folder: &std::path::Path) -> Result<File> {
    let path = folder.join(".lock");
    let file = File::create(&path).with_context(|| format!("creating {}", path.display()))?;
    if file.try_lock().is_err() {
        println!("Another set-up is at work; waiting for it to end …");
        file.lock()
            .with_context(|| format!("locking {}", path.display()))?;
    }
    Ok(file)
}

/// What compiling left behind is hundreds of megabytes, and no longer needed.
fn remove_leftovers(folder: &std::path::Path) {
    let _ = fs::remove_dir_all(folder.join(tool::BUILD_FOLDER));
}

/// The target of the page.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_people_say_them() {
        assert_eq!(about(Duration::from_secs(9)), "9 s");
        assert_eq!(about(Duration::from_secs(245)), "4 min 05 s");
    }
}
