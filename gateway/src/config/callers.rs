//! The keys about who calls and where: `listen`, `listen_mode`, `trusted_proxy`, `trusted_header`,
//! `proxy_protocol` and `send_proxy`.

use super::{
    Config, ConfigError, ServerEntry,
    check::{DEFAULT_LISTEN, flag, list, value, wrong},
    file::{Addresses, FileKeys},
};
use crate::{client::Trust, listen::ListenAddr};
use clap::Args;

/// Who is calling, and where.
#[derive(Args, Clone, Debug, Default)]
pub struct CallerFlags {
    /// Serve the page here, at an IP address with a port or at `unix:/PATH` [default: 127.0.0.1:8080]
    #[arg(
        long,
        env = "MSNP6_GATEWAY_LISTEN",
        value_name = "ADDR",
        value_delimiter = ','
    )]
    pub listen: Vec<String>,
    /// Permissions of the Unix sockets [default: 660]
    #[arg(long, env = "MSNP6_GATEWAY_LISTEN_MODE", value_name = "OCTAL")]
    pub listen_mode: Option<String>,
    /// A proxy in front that is believed about who is calling; unix is whoever uses a Unix socket
    #[arg(
        long,
        env = "MSNP6_GATEWAY_TRUSTED_PROXY",
        value_name = "IP|CIDR|unix",
        value_delimiter = ','
    )]
    pub trusted_proxy: Vec<String>,
    /// The header in which trusted proxies say it: X-Forwarded-For or Forwarded [default: X-Forwarded-For]
    #[arg(long, env = "MSNP6_GATEWAY_TRUSTED_HEADER", value_name = "HEADER")]
    pub trusted_header: Option<String>,
    /// Trusted proxies begin each connection with a PROXY header, version 1 or 2
    #[arg(long, env = "MSNP6_GATEWAY_PROXY_PROTOCOL", value_name = "BOOL", num_args = 0..=1,
          require_equals = true, default_missing_value = "true")]
    pub proxy_protocol: Option<String>,
    /// A server that is told who is calling by a PROXY header, version 2
    #[arg(
        long,
        env = "MSNP6_GATEWAY_SEND_PROXY",
        value_name = "NAME",
        value_delimiter = ','
    )]
    pub send_proxy: Vec<String>,
}

/// The same, checked.
#[derive(Debug)]
pub(super) struct Callers {
    listen: Vec<ListenAddr>,
    trust: Trust,
    send_proxy: Vec<String>,
}

impl Callers {
    pub(super) fn check(line: &CallerFlags, file: &FileKeys) -> Result<Self, ConfigError> {
        let listen = file.listen.clone().map(Addresses::into_list);
        let mut listen = list(
            "listen",
            line.listen.clone(),
            listen.unwrap_or_default(),
            LISTEN,
        )?;
        if listen.is_empty() {
            listen.push(DEFAULT_LISTEN.into());
        }
        let mode = line.listen_mode.as_ref().or(file.listen_mode.as_ref());
        if let Some(text) = mode {
            set_mode(&mut listen, text)?;
        }
        let proxies = (line.trusted_proxy.clone(), file.trusted_proxy.clone());
        let header = line
            .trusted_header
            .as_ref()
            .or(file.trusted_header.as_ref());
        let header = header.map(|text| value("trusted_header", text, HEADER));
        let is_said = (line.proxy_protocol.as_deref(), file.proxy_protocol);
        let trust = Trust {
            proxies: list("trusted_proxy", proxies.0, proxies.1, PROXY)?,
            header: header.transpose()?.unwrap_or_default(),
            proxy_protocol: flag("proxy_protocol", is_said.0, is_said.1)?,
        };
        if trust.proxy_protocol && trust.proxies.is_empty() {
            return Err(wrong("proxy_protocol", "true", NO_BALANCER));
        }
        Ok(Self {
            listen,
            trust,
            send_proxy: [line.send_proxy.as_slice(), &file.send_proxy].concat(),
        })
    }

    /// Puts it where it belongs; the servers are known by now.
    pub(super) fn apply(self, config: &mut Config) -> Result<(), ConfigError> {
        for name in &self.send_proxy {
            let is_named = |server: &&mut ServerEntry| server.name.as_str() == name;
            let server = config.servers.iter_mut().find(is_named);
            let server = server.ok_or_else(|| wrong("send_proxy", name, SERVER))?;
            server.send_proxy = true;
        }
        config.listen = self.listen;
        config.trust = self.trust;
        Ok(())
    }
}

/// What `proxy_protocol` of a server may be.
pub(super) fn send_proxy(text: Option<&str>) -> Result<bool, ConfigError> {
    match text {
        None | Some("none") => Ok(false),
        Some("v2") => Ok(true),
        Some(text) => Err(wrong("server.proxy_protocol", text, "v2 or none")),
    }
}

const LISTEN: &str = "an IP address with a port, such as 127.0.0.1:8080 or [::]:8080, \
                      or a Unix socket, such as unix:/run/msnp6-gateway/page.sock";
const MODE: &str = "permissions in octal, such as 660";
const PROXY: &str = "an IP address, a network such as 10.0.0.0/8, or unix";
const HEADER: &str = "X-Forwarded-For or Forwarded";
const NO_BALANCER: &str =
    "possible without trusted_proxy; name there the balancers that send PROXY headers";
const SERVER: &str = "the name of a configured server";

fn set_mode(listen: &mut [ListenAddr], text: &str) -> Result<(), ConfigError> {
    let number = u32::from_str_radix(text, 8);
    let permissions = number
        .ok()
        .filter(|&mode| mode <= 0o777)
        .ok_or_else(|| wrong("listen_mode", text, MODE))?;
    for address in listen {
        #[cfg(unix)]
        if let ListenAddr::Unix { mode, .. } = address {
            *mode = permissions;
        }
        #[cfg(not(unix))]
        let _ = (address, permissions);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::check::tests::{check, refusal};
    use super::*;
    use crate::client::TrustedHeader;

    #[test]
    fn every_key_is_a_flag_and_a_key_of_the_file() {
        let toml = r#"
            listen = ["[::]:80", "unix:/run/page.sock"]
            listen_mode = "600"
            trusted_proxy = ["10.0.0.0/8", "unix"]
            trusted_header = "forwarded"
            proxy_protocol = true
            [[server]]
            name = "one"
            address = "192.0.2.1"
            proxy_protocol = "v2"
            [[server]]
            name = "two"
            address = "192.0.2.2"
        "#;
        let arguments = [
            "--listen=[::]:80,unix:/run/page.sock",
            "--listen-mode=600",
            "--trusted-proxy=10.0.0.0/8",
            "--trusted-proxy=unix",
            "--trusted-header=Forwarded",
            "--proxy-protocol",
            "--server=one=192.0.2.1,two=192.0.2.2",
            "--send-proxy=one",
        ];
        for config in [check(&[], toml), check(&arguments, "")] {
            let config = config.expect("fine");
            let listen: Vec<_> = config.listen.iter().map(ToString::to_string).collect();
            assert_eq!(listen, ["[::]:80", "unix:/run/page.sock"]);
            #[cfg(unix)]
            assert!(matches!(
                config.listen[1],
                ListenAddr::Unix { mode: 0o600, .. }
            ));
            assert_eq!(config.trust.proxies.len(), 2);
            assert_eq!(config.trust.header, TrustedHeader::Forwarded);
            assert!(config.trust.proxy_protocol);
            let sends: Vec<_> = config.servers.iter().map(|one| one.send_proxy).collect();
            assert_eq!(sends, [true, false]);
        }
    }

    #[test]
    fn one_address_needs_no_list() {
        let config = check(&["--demo"], "listen = '127.0.0.1:80'").expect("fine");
        assert_eq!(
            config.listen,
            [ListenAddr::Tcp(([127, 0, 0, 1], 80).into())]
        );
        let config = check(&["--demo"], "").expect("fine");
        assert_eq!(config.listen, [DEFAULT_LISTEN.into()]);
        assert_eq!(config.trust, Trust::default());
    }

    #[test]
    fn a_wrong_value_is_named_with_its_key_and_what_is_allowed() {
        for (flag, parts) in [
            (
                "--listen=unix:page.sock",
                ["listen is \"unix:page.sock\"", "unix:/run/"],
            ),
            ("--listen-mode=rw", ["listen_mode is \"rw\"", "such as 660"]),
            (
                "--listen-mode=7777",
                ["listen_mode is \"7777\"", "such as 660"],
            ),
            (
                "--trusted-proxy=10.0.0.0/99",
                ["trusted_proxy is \"10.0.0.0/99\"", "or unix"],
            ),
            (
                "--trusted-header=X-Real-IP",
                ["trusted_header is \"X-Real-IP\"", "or Forwarded"],
            ),
            (
                "--proxy-protocol=maybe",
                ["proxy_protocol is \"maybe\"", "true or false"],
            ),
            (
                "--proxy-protocol",
                ["proxy_protocol is \"true\"", "trusted_proxy"],
            ),
            (
                "--send-proxy=else",
                ["send_proxy is \"else\"", "configured server"],
            ),
        ] {
            let refusal = refusal(&["--demo", flag], "");
            for part in parts {
                assert!(refusal.contains(part), "{refusal}");
            }
        }
        let toml = "[[server]]\nname='a'\naddress='b'\nproxy_protocol='v1'";
        let refusal = refusal(&[], toml);
        assert!(
            refusal.contains("server.proxy_protocol is \"v1\""),
            "{refusal}"
        );
    }
}
