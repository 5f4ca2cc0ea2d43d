//! Runs other programs: with their output let through, collected, or watched line by line.

use anyhow::{Context as _, Result, bail};
use std::{
    env,
    ffi::OsString,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::Duration,
};

/// `cargo` in the repository, the very one that started this program.
pub(crate) fn cargo<I: IntoIterator<Item = S>, S: Into<OsString>>(arguments: I) -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command
        .args(arguments.into_iter().map(Into::into))
        .current_dir(crate::workspace::root());
    // Cargo describes this package in the environment; that must not leak into other builds.
    for (name, _) in env::vars_os() {
        let name_text = name.to_string_lossy();
        if name_text.starts_with("CARGO_PKG_") || name_text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs a command with its output let through.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("starting {}", shown(command)))?;
    succeeded(command, status)
}

/// Runs a command and gives what it wrote to its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("starting {}", shown(command)))?;
    if !output.status.success() {
        bail!(
            "{} failed: {}",
            shown(command),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a command, lets its output through, and hands each line of it to `seen` as it comes.
///
/// Fails when the program ends with an error, or is silent for longer than [`SILENCE`].
pub(crate) fn watch(command: &mut Command, mut seen: impl FnMut(&str)) -> Result<()> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("starting {}", shown(command)))?;
    let lines = lines_of(&mut child);
    loop {
        match lines.recv_timeout(SILENCE) {
            Ok(line) => {
                println!("{line}");
                seen(&line);
            }
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                let _ = child.kill();
                bail!(
                    "{} said nothing for {SILENCE:?} and was ended",
                    shown(command)
                );
            }
        }
    }
    let status = child
        .wait()
        .with_context(|| format!("waiting for {}", shown(command)))?;
    succeeded(command, status)
}

/// Whether a program of that name is on `PATH`, and where.
pub(crate) fn on_path(name: &str) -> Option<std::path::PathBuf> {
    on_path_as(&crate::workspace::executable(name))
}

/// The same for a file of exactly that name.
pub(crate) fn on_path_as(file: &str) -> Option<std::path::PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(file))
        .find(|file| file.is_file())
}

/// Puts folders in front of the command's `PATH`.
pub(crate) fn prepend_path<P: AsRef<Path>>(command: &mut Command, folders: &[P]) -> Result<()> {
    let before = env::var_os("PATH").unwrap_or_default();
    let folders = folders.iter().map(|folder| folder.as_ref().to_path_buf());
    let joined = env::join_paths(folders.chain(env::split_paths(&before)))
        .context("a folder of tools has a name that cannot be on PATH")?;
    command.env("PATH", joined);
    Ok(())
}

fn lines_of(child: &mut Child) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    if let Some(stdout) = child.stdout.take() {
        thread::spawn(move || {
            let mut reader = BufReader::new(stdout);
            let mut line = Vec::new();
            while reader
                .read_until(b'\n', &mut line)
                .is_ok_and(|length| length > 0)
            {
                let text = String::from_utf8_lossy(&line).trim_end().to_owned();
                line.clear();
                if sender.send(text).is_err() {
                    break;
                }
            }
        });
    }
    receiver
}

fn succeeded(command: &Command, status: ExitStatus) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    bail!("{} ended with {status}", shown(command))
}

/// The command as one would type it, with the program's bare name.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program
        .file_name()
        .unwrap_or(command.get_program())
        .to_string_lossy()
        .into_owned();
    let arguments = command
        .get_args()
        .map(|argument| argument.to_string_lossy().into_owned());
    let words: Vec<String> = std::iter::once(name).chain(arguments).collect();
    format!("`{}`", words.join(" "))
}

/// Longest time without a line: a cold compilation of everything stays far below it.
const SILENCE: Duration = Duration::from_mins(20);
