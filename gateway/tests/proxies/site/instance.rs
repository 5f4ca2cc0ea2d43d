//! One gateway of a site: started, killed and started again at the same addresses.

use crate::support::{Running, free, get, program};
use std::{net::SocketAddr, process::Stdio};

pub(crate) struct Instance {
    pub(crate) page: SocketAddr,
    pub(crate) admin: SocketAddr,
    arguments: Vec<String>,
    running: Option<Running>,
}

impl Instance {
    /// One that trusts a proxy on this machine; it does not run yet.
    pub(crate) fn new(arguments: &[&str]) -> Self {
        let (page, admin) = (free(), free());
        let listen = [
            format!("--listen={page}"),
            format!("--admin-listen={admin}"),
            "--trusted-proxy=127.0.0.1".to_owned(),
        ];
        let given = arguments.iter().map(ToString::to_string);
        Self {
            page,
            admin,
            arguments: listen.into_iter().chain(given).collect(),
            running: None,
        }
    }

    pub(crate) async fn start(&mut self) {
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        let mut command = program(&arguments);
        // Nobody reads it here, and a full pipe would stop the program.
        command.stderr(Stdio::null());
        self.running = Some(Running::start(&mut command).await);
    }

    pub(crate) async fn signal(&self, name: &str) {
        self.running.as_ref().expect("it runs").signal(name).await;
    }

    /// Ends it with a signal, and answers with its exit status.
    pub(crate) async fn ends_by(&mut self, signal: &str) -> Option<i32> {
        self.signal(signal).await;
        self.running.take().expect("it runs").status().await
    }

    /// The sum of all samples of a metric.
    pub(crate) async fn counts(&self, metric: &str) -> u64 {
        let answer = get(self.admin, "/metrics", "").await;
        let text = answer.text();
        let samples = text.lines().filter_map(|line| line.strip_prefix(metric));
        let values = samples.filter_map(|line| line.rsplit_once(' ')?.1.parse::<u64>().ok());
        values.sum()
    }
}
