//! `/config.json`: what the page asks first.

use super::{respond, respond::Body};
use crate::gateway::Gateway;
use hyper::{Response, StatusCode};
use msnp6::server::DEMO_ACCOUNTS;
use serde::Serialize;

/// ```text
/// {"version":"…","servers":[{"name":"…","label":"…"}],"demo":{"accounts":[{"handle":"…","password":"…"}]}}
/// ```
#[derive(Debug, Serialize)]
struct PageConfig<'a> {
    version: &'static str,
    servers: Vec<Server<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    demo: Option<Demo>,
}

/// Only with the built-in server.
#[derive(Debug, Serialize)]
struct Demo {
    accounts: Vec<Account>,
}

/// An account that anybody may use to try the program; its password is no secret.
#[derive(Debug, Serialize)]
struct Account {
    handle: &'static str,
    password: &'static str,
}

#[derive(Debug, Serialize)]
struct Server<'a> {
    name: &'a str,
    label: &'a str,
}

fn demo() -> Demo {
    let accounts = DEMO_ACCOUNTS.iter().map(|account| Account {
        handle: account.handle,
        password: account.password,
    });
    Demo {
        accounts: accounts.collect(),
    }
}

pub(super) fn answer(gateway: &Gateway) -> Response<Body> {
    let servers = gateway.servers.iter().map(|server| Server {
        name: server.name.as_str(),
        label: &server.label,
    });
    let config = PageConfig {
        version: env!("CARGO_PKG_VERSION"),
        servers: servers.collect(),
        demo: gateway.config.demo.then(demo),
    };
    match serde_json::to_vec(&config) {
        Ok(json) => respond::with_type(StatusCode::OK, "application/json", json.into()),
        Err(_) => respond::text(StatusCode::INTERNAL_SERVER_ERROR, "No configuration.\n"),
    }
}
