//! From names to addresses. A trait, so that tests decide what a name stands for.

use std::{
    collections::HashMap, fmt, future::Future, io, net::IpAddr, net::SocketAddr, pin::Pin,
    time::Duration,
};

/// Turns a host into addresses.
pub trait Resolve: fmt::Debug + Send + Sync {
    /// The addresses of a name or a literal address, with the port in each. Must end in bounded time.
    fn resolve<'a>(&'a self, host: &'a str, port: u16) -> Resolving<'a>;
}

/// A look-up under way.
pub type Resolving<'a> = Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send + 'a>>;

/// The system's resolver, with a deadline.
#[derive(Clone, Copy, Debug)]
pub struct SystemResolver {
    deadline: Duration,
}

impl Default for SystemResolver {
    fn default() -> Self {
        let deadline = Duration::from_secs(5);
        Self { deadline }
    }
}

impl Resolve for SystemResolver {
    fn resolve<'a>(&'a self, host: &'a str, port: u16) -> Resolving<'a> {
        Box::pin(async move {
            if let Ok(ip) = host.parse::<IpAddr>() {
                return Ok(vec![SocketAddr::new(ip, port)]);
            }
            let look_up = tokio::net::lookup_host((host, port));
            let found = tokio::time::timeout(self.deadline, look_up).await;
            Ok(found.map_err(|_| io::ErrorKind::TimedOut)??.collect())
        })
    }
}

/// Names that stand for what a table says, and no others. For tests.
#[derive(Clone, Debug, Default)]
pub struct FixedResolver(HashMap<String, Vec<IpAddr>>);

impl FixedResolver {
    /// A table of names; addresses that do not read as such are left out.
    pub fn new(hosts: &[(&str, &[&str])]) -> Self {
        let parse = |ips: &[&str]| ips.iter().filter_map(|ip| ip.parse().ok()).collect();
        let entry = |(host, ips): &(&str, &[&str])| ((*host).to_owned(), parse(ips));
        Self(hosts.iter().map(entry).collect())
    }
}

impl Resolve for FixedResolver {
    fn resolve<'a>(&'a self, host: &'a str, port: u16) -> Resolving<'a> {
        let literal = host.parse().map(|ip| vec![ip]).ok();
        let ips = literal.or_else(|| self.0.get(host).cloned());
        let found = ips.map(|ips| {
            ips.into_iter()
                .map(|ip| SocketAddr::new(ip, port))
                .collect()
        });
        Box::pin(std::future::ready(
            found.ok_or_else(|| io::ErrorKind::NotFound.into()),
        ))
    }
}
