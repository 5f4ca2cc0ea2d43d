//! The key `server`, as flag and as table, and what belongs to one server.

use super::{
    ConfigError, ServerEntry, ServerName, callers,
    check::{value, wrong},
    file::Server,
};
use crate::tls::ServerTls;
use msnp6::model::Endpoint;
use std::path::Path;

pub(super) fn check(flags: &[String], file: Vec<Server>) -> Result<Vec<ServerEntry>, ConfigError> {
    let mut servers: Vec<ServerEntry> = Vec::new();
    let from_flags: Result<Vec<_>, _> = flags.iter().map(|text| server_flag(text)).collect();
    let all = match from_flags? {
        flags if !flags.is_empty() => flags,
        _ => {
            let checked: Result<Vec<_>, _> = file.into_iter().map(server_table).collect();
            checked?
        }
    };
    for server in all {
        let is_same = |known: &ServerEntry| known.name == server.name;
        if servers.iter().any(is_same) {
            return Err(ConfigError::Twice(server.name.to_string()));
        }
        servers.push(server);
    }
    Ok(servers)
}

fn server_flag(text: &str) -> Result<ServerEntry, ConfigError> {
    let entry = text
        .split_once('=')
        .and_then(|(name, address)| ServerEntry::new(name, address));
    entry.ok_or_else(|| wrong("server", text, SERVER))
}

const SERVER: &str = "NAME=HOST:PORT, such as escargot=ms.example.org:1863, with +HOST:PORT for each further address; \
                      a name is 1 to 32 of A-Z a-z 0-9 . _ -";

fn server_table(table: Server) -> Result<ServerEntry, ConfigError> {
    let Server {
        name,
        address,
        label,
        proxy_protocol,
        tls,
        tls_name,
        tls_ca,
    } = table;
    let allowed = "1 to 32 of A-Z a-z 0-9 . _ -";
    let name: ServerName = value("server.name", &name, allowed)?;
    let allowed = "HOST:PORT, such as ms.example.org:1863";
    let texts = address.into_list();
    let check = |text: &String| value::<Endpoint>("server.address", text, allowed);
    let mut endpoints = texts.iter().map(check);
    let endpoint = endpoints
        .next()
        .unwrap_or_else(|| Err(wrong("server.address", "[]", allowed)))?;
    let others = endpoints.collect::<Result<_, _>>()?;
    let label = label.unwrap_or_else(|| name.to_string());
    Ok(ServerEntry {
        name,
        label,
        endpoint,
        others,
        send_proxy: callers::send_proxy(proxy_protocol.as_deref())?,
        tls: server_tls(tls.unwrap_or_default(), tls_name, tls_ca.as_deref())?,
    })
}

fn server_tls(
    is_wanted: bool,
    name: Option<String>,
    authorities: Option<&Path>,
) -> Result<Option<ServerTls>, ConfigError> {
    if !is_wanted {
        let authorities = authorities.map(|path| ("server.tls_ca", path.to_string_lossy()));
        let name = name.as_ref().map(|name| ("server.tls_name", name.into()));
        return match name.or(authorities) {
            None => Ok(None),
            Some((key, value)) => Err(wrong(key, &value, "possible without tls = true")),
        };
    }
    let tls = ServerTls::new(authorities).map_err(ConfigError::Certificate)?;
    let Some(name) = name else {
        return Ok(Some(tls));
    };
    let allowed = "a name or an address, such as ms.example.org";
    let named = tls.named(&name);
    named
        .map(Some)
        .ok_or_else(|| wrong("server.tls_name", &name, allowed))
}

/// Turns TLS on for servers by their names.
pub(super) fn set_tls(servers: &mut [ServerEntry], names: &[String]) -> Result<(), ConfigError> {
    for name in names {
        let server = servers
            .iter_mut()
            .find(|server| server.name.as_str() == name);
        let server = server.ok_or_else(|| wrong("server_tls", name, NAME))?;
        if server.tls.is_none() {
            server.tls = server_tls(true, None, None)?;
        }
    }
    Ok(())
}

const NAME: &str = "the name of a configured server";

#[cfg(test)]
mod tests {
    use super::super::check::tests::{check, refusal};
    use std::fs;

    const TABLE: &str = "[[server]]\nname = 'one'\naddress = 'ms.example.org:1863'\n";

    /// An authority, as a file.
    fn authority() -> tempfile::NamedTempFile {
        let pair = rcgen::generate_simple_self_signed(["authority".to_owned()]);
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs::write(file.path(), pair.expect("a certificate").cert.pem()).expect("written");
        file
    }

    #[test]
    fn a_server_is_spoken_to_over_tls_when_its_table_says_so() {
        let file = authority();
        let keys = format!(
            "tls = true\ntls_name = 'x.example.org'\ntls_ca = {:?}",
            file.path()
        );
        let config = check(&[], &format!("{TABLE}{keys}")).expect("fine");
        assert!(config.servers[0].tls.is_some());
        let config = check(&[], &format!("{TABLE}tls = false")).expect("fine");
        assert!(config.servers[0].tls.is_none());
        // What the list asks for the table has in more detail.
        let toml = format!("server_tls = ['one']\n{TABLE}{keys}");
        let listed = check(&[], &toml).expect("fine");
        assert!(listed.servers[0].tls.is_some());
    }

    #[test]
    fn what_is_wrong_with_the_tls_of_a_server_is_named_with_its_key() {
        let file = authority();
        for (keys, words) in [
            (
                "tls_name = 'x'".to_owned(),
                "server.tls_name is \"x\", which is not possible without tls = true",
            ),
            (
                "tls_ca = '/x'".to_owned(),
                "server.tls_ca is \"/x\", which is not possible without tls = true",
            ),
            (
                "tls = true\ntls_ca = '/nowhere'".to_owned(),
                "server.tls_ca is \"/nowhere\", which cannot be read",
            ),
            (
                format!("tls = true\ntls_name = 'a b'\ntls_ca = {:?}", file.path()),
                "server.tls_name is \"a b\", which is not a name",
            ),
        ] {
            let refusal = refusal(&[], &format!("{TABLE}{keys}"));
            assert!(refusal.starts_with(words), "{refusal} instead of {words}");
        }
        let refusal = refusal(&["--demo", "--server-tls", "else"], TABLE);
        assert!(refusal.starts_with("server_tls is \"else\""), "{refusal}");
    }
}
