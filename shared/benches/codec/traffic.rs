//! What is measured: the three kinds of traffic that a client sees most, made up, the same in every run.

use std::fmt::Write as _;

/// How many header lines one HTTP request has.
pub(crate) const HEADERS: usize = 60;

/// Bytes as a server sends them.
pub(crate) struct Traffic {
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// The same lines as the headers of HTTP requests, for a parser of those.
    pub(crate) http: Vec<u8>,
}

/// All kinds.
pub(crate) fn all() -> [Traffic; 3] {
    [
        Traffic::new("presence storm", presence(4_000)),
        Traffic::new("1,000 contacts", contacts(1_000)),
        Traffic::new("chat", chat(800)),
    ]
}

impl Traffic {
    fn new(name: &'static str, text: String) -> Self {
        let http = as_http(&text);
        Self {
            name,
            bytes: text.into_bytes(),
            http,
        }
    }
}

/// People who come, change and go.
fn presence(people: usize) -> String {
    let mut text = String::new();
    for number in 0..people {
        let state = ["NLN", "BSY", "AWY", "IDL", "BRB"][number % 5];
        let _ = match number % 4 {
            0 => write!(text, "FLN person{number}@example.com\r\n"),
            1 => write!(
                text,
                "ILN 9 {state} person{number}@example.com Person%20{number}\r\n"
            ),
            _ => write!(
                text,
                "NLN {state} person{number}@example.com Person%20{number}%20at%20home\r\n"
            ),
        };
    }
    text
}

/// The answer to `SYN`, each contact on two lists.
fn contacts(people: usize) -> String {
    let mut text = String::from("SYN 8 27\r\nGTC 8 27 A\r\nBLP 8 27 AL\r\n");
    for list in ["FL", "AL"] {
        for number in 1..=people {
            let _ = write!(
                text,
                "LST 8 {list} 27 {number} {people} person{number}@example.com Person%20Number%20{number}\r\n"
            );
        }
    }
    text + "LST 8 BL 27 0 0\r\nLST 8 RL 27 0 0\r\n"
}

/// Texts, with a typing notice before each, and answers to texts of one's own.
fn chat(texts: usize) -> String {
    let mut text = String::new();
    for number in 0..texts {
        let from = "alice@example.com Alice%20%E2%98%95";
        let typing = "MIME-Version: 1.0\r\nContent-Type: text/x-msmsgscontrol\r\n\
            TypingUser: alice@example.com\r\n\r\n\r\n";
        let words = "and so it goes on, from one evening to the next ".repeat(number % 5);
        let body = format!(
            "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\
             X-MMS-IM-Format: FN=Arial; EF=B; CO=ff0000; CS=0; PF=22\r\n\r\nhello {number} {words}"
        );
        for body in [typing, &body] {
            let _ = write!(text, "MSG {from} {}\r\n{body}", body.len());
        }
        let _ = write!(text, "ACK {number}\r\n");
    }
    text
}

/// Lines as header fields: the first word is the name, the rest the value.
fn as_http(text: &str) -> Vec<u8> {
    let lines: Vec<_> = text.lines().filter(|line| !line.is_empty()).collect();
    let mut http = String::new();
    for lines in lines.chunks(HEADERS) {
        http.push_str("GET / HTTP/1.1\r\n");
        for line in lines {
            let (name, value) = line.split_once(' ').unwrap_or((line, ""));
            let _ = write!(http, "{}: {value}\r\n", name.trim_end_matches(':'));
        }
        http.push_str("\r\n");
    }
    http.into_bytes()
}
