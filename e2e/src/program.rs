//! A program that a test started: its words are kept, and it ends with the test.

use anyhow::{Context as _, Result, bail};
use std::{
    io::{BufRead as _, BufReader, Read},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// A running program.
#[derive(Debug)]
pub(crate) struct Program {
    child: Child,
    said: Arc<Mutex<String>>,
}

impl Program {
    /// Starts it.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {}", command.get_program().display()))?;
        let said = Arc::new(Mutex::new(String::new()));
        child
            .stdout
            .take()
            .into_iter()
            .for_each(|stdout| listen(stdout, &said));
        child
            .stderr
            .take()
            .into_iter()
            .for_each(|stderr| listen(stderr, &said));
        Ok(Self { child, said })
    }

    /// All it has written, to either stream.
    pub(crate) fn said(&self) -> String {
        self.said
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The word that follows `before` in what it says, as soon as it does.
    pub(crate) fn announced(&mut self, before: &str) -> Result<String> {
        let deadline = Instant::now() + DEADLINE;
        loop {
            let said = self.said();
            let rest = said.split_once(before).map(|(_, rest)| rest);
            if let Some((word, _)) = rest.and_then(|rest| rest.split_once(char::is_whitespace)) {
                return Ok(word.to_owned());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("it ended with {status} and said: {said}");
            }
            if Instant::now() >= deadline {
                bail!("it did not say `{before}` in {DEADLINE:?}, but: {said}");
            }
            thread::sleep(PACE);
        }
    }

    /// Ends it at once.
    pub(crate) fn kill(&mut self) -> Result<()> {
        self.child.kill().context("ending a program")?;
        self.child.wait().context("waiting for its end").map(drop)
    }

    /// Stops it where it is: it holds its links, and says and takes nothing.
    pub(crate) fn freeze(&self) -> Result<()> {
        self.signal("-STOP")
    }

    /// Asks it to end, and waits until it has.
    pub(crate) fn stop(&mut self) -> Result<()> {
        self.signal("-TERM")?;
        self.wait().map(drop)
    }

    fn signal(&self, signal: &str) -> Result<()> {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args([signal, &pid]).status()?;
        if !sent.success() {
            bail!("kill {signal} {pid} ended with {sent}");
        }
        Ok(())
    }

    /// Waits for it to end by itself.
    pub(crate) fn wait(&mut self) -> Result<ExitStatus> {
        let deadline = Instant::now() + DEADLINE;
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            thread::sleep(PACE);
        }
        bail!("it did not end in {DEADLINE:?}")
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already; either way nothing of it stays behind.
        let _ = self.kill();
    }
}

fn listen(stream: impl Read + Send + 'static, said: &Arc<Mutex<String>>) {
    let said = Arc::clone(said);
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
            said.push_str(&line);
            said.push('\n');
        }
    });
}

const DEADLINE: Duration = Duration::from_secs(30);
const PACE: Duration = Duration::from_millis(10);
