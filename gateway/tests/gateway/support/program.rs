//! The program itself, as a process of its own.

use super::{FakeServer, soon};
use std::{net::SocketAddr, process::Stdio};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader},
    process::{Child, ChildStderr, ChildStdout, Command},
};

/// The program with these arguments, its output kept for the test.
pub(crate) fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_msnp6-gateway"));
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// A running gateway.
pub(crate) struct Running {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
    _stdout: BufReader<ChildStdout>,
    /// The log; not when a test gave the program something else to write to.
    stderr: Option<BufReader<ChildStderr>>,
    /// What was read of the log.
    read: String,
}

impl Running {
    /// Starts it, and reads its address from the one line that it prints.
    pub(crate) async fn start(command: &mut Command) -> Self {
        let mut child = command.spawn().expect("started");
        let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        soon("the first line", stdout.read_line(&mut line))
            .await
            .expect("a line");
        let address = line.trim().strip_prefix(concat!(
            "msnp6-gateway ",
            env!("CARGO_PKG_VERSION"),
            " listening on http"
        ));
        // With or without TLS.
        let address = address.map(|rest| rest.trim_start_matches(['s', ':', '/']));
        let address = address.and_then(|rest| rest.strip_suffix('/'));
        Self {
            stderr: child.stderr.take().map(BufReader::new),
            read: String::new(),
            address: address
                .unwrap_or_else(|| panic!("{line:?}"))
                .parse()
                .expect("an address"),
            child,
            _stdout: stdout,
        }
    }

    pub(crate) async fn before(server: &FakeServer) -> Self {
        let server = format!("test={}", server.address);
        Self::start(&mut program(&[
            "--listen",
            "127.0.0.1:0",
            "--server",
            &server,
        ]))
        .await
    }

    #[cfg(unix)]
    pub(crate) async fn signal(&self, name: &str) {
        let pid = self.child.id().expect("a running program").to_string();
        let killed = Command::new("kill").args(["-s", name, &pid]).status().await;
        assert!(killed.expect("the program kill").success());
    }

    pub(crate) async fn status(&mut self) -> Option<i32> {
        soon("the program's end", self.child.wait())
            .await
            .expect("a status")
            .code()
    }

    /// The whole log, once the program has ended.
    pub(crate) async fn log(&mut self) -> String {
        let stderr = self.stderr.as_mut().expect("a pipe");
        soon("the log", stderr.read_to_string(&mut self.read))
            .await
            .expect("text");
        std::mem::take(&mut self.read)
    }

    /// The next line of the log that has these words.
    pub(crate) async fn log_line(&mut self, words: &str) -> String {
        loop {
            let start = self.read.len();
            let stderr = self.stderr.as_mut().expect("a pipe");
            soon(words, stderr.read_line(&mut self.read))
                .await
                .expect("a line");
            assert!(self.read.len() > start, "the log ended without {words}");
            if self.read[start..].contains(words) {
                return self.read[start..].to_owned();
            }
        }
    }

    /// Where health and metrics are served.
    pub(crate) async fn admin(&mut self) -> SocketAddr {
        let line = self.log_line("health and metrics").await;
        let (_, rest) = line.split_once("127.0.0.1:").expect("an address");
        let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
        format!("127.0.0.1:{port}").parse().expect("an address")
    }
}
