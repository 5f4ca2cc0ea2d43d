//! What the browser itself has recorded: its console, its requests, and each WebSocket frame.

use anyhow::{Context as _, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use fantoccini::Client;
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};

/// A WebSocket frame that the page sent or received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Whether the page sent it.
    pub is_sent: bool,
    /// What it carried, binary or text.
    pub payload: Vec<u8>,
}

/// What was recorded since the last look, and only that: the driver forgets what it has told.
pub(crate) async fn entries(client: &Client, kind: &str) -> Result<Vec<String>> {
    let command = Extension {
        path: "se/log",
        body: json!({ "type": kind }),
    };
    let answer = client
        .issue_cmd(command)
        .await
        .with_context(|| format!("reading log {kind}"))?;
    let entries = answer.as_array().context("a log is a list")?;
    Ok(entries
        .iter()
        .filter_map(|entry| Some(entry["message"].as_str()?.to_owned()))
        .collect())
}

/// The frames among entries of the log `performance`.
pub(crate) fn frames(entries: &[String]) -> Result<Vec<Frame>> {
    let mut frames = Vec::new();
    for entry in entries {
        let entry: Value = serde_json::from_str(entry).context("an entry is JSON")?;
        let message = &entry["message"];
        let is_sent = match message["method"].as_str() {
            Some("Network.webSocketFrameSent") => true,
            Some("Network.webSocketFrameReceived") => false,
            _ => continue,
        };
        let response = &message["params"]["response"];
        let text = response["payloadData"]
            .as_str()
            .context("a frame has a payload")?;
        let is_binary = response["opcode"].as_u64() == Some(BINARY);
        let payload = if is_binary {
            STANDARD
                .decode(text)
                .context("binary payloads are in base64")?
        } else {
            text.as_bytes().to_vec()
        };
        frames.push(Frame { is_sent, payload });
    }
    Ok(frames)
}

/// A command of Chromium's own that is sent by `POST` to a path below the session.
#[derive(Debug)]
pub(crate) struct Extension {
    pub(crate) path: &'static str,
    pub(crate) body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.unwrap_or_default(),
            self.path
        ))
    }

    fn method_and_body(&self, _request: &url::Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

/// RFC 6455 §5.2.
const BINARY: u64 = 2;

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(method: &str, opcode: u64, payload: &str) -> String {
        let response = json!({ "opcode": opcode, "payloadData": payload });
        json!({ "message": { "method": method, "params": { "response": response } } }).to_string()
    }

    #[test]
    fn a_binary_frame_is_decoded() {
        let entries = [entry("Network.webSocketFrameSent", 2, "VkVSIDEK")];
        let sent = Frame {
            is_sent: true,
            payload: b"VER 1\n".to_vec(),
        };
        assert_eq!(frames(&entries).unwrap(), [sent]);
    }

    #[test]
    fn a_text_frame_is_taken_as_it_is() {
        let entries = [entry("Network.webSocketFrameReceived", 1, "READY a:1")];
        let received = Frame {
            is_sent: false,
            payload: b"READY a:1".to_vec(),
        };
        assert_eq!(frames(&entries).unwrap(), [received]);
    }

    #[test]
    fn other_entries_are_no_frames() {
        assert_eq!(
            frames(&[entry("Network.requestWillBeSent", 0, "")]).unwrap(),
            []
        );
    }
}
