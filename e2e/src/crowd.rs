//! A server for one account with a crowd of contacts, which says what a measurement wants when it wants
//! it. No server to test against: it checks nothing and forgets everything; the built-in one does both.

use anyhow::{Context as _, Result};
use std::{fmt::Write as _, net::SocketAddr, ops::Range, sync::Arc};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    select,
    sync::{
        Mutex,
        mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    },
};

/// The running server. It ends with the runtime that it was started on.
#[derive(Debug)]
pub struct Crowd {
    address: SocketAddr,
    notification: UnboundedSender<String>,
    room: UnboundedSender<String>,
}

impl Crowd {
    /// Starts one on a free port, for an account with that many contacts.
    pub async fn start(contacts: usize) -> Result<Self> {
        Self::begin(contacts, true).await
    }

    /// Starts one that never answers `PNG`, as some do.
    pub async fn without_qng(contacts: usize) -> Result<Self> {
        Self::begin(contacts, false).await
    }

    async fn begin(contacts: usize, has_qng: bool) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr().context("the server's address")?;
        let (notification, lines) = unbounded_channel();
        let (room, texts) = unbounded_channel();
        let lines = Arc::new(Mutex::new(lines));
        let texts = Arc::new(Mutex::new(texts));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let answer = move |line: &str| match line {
                    "PNG" if !has_qng => String::new(),
                    _ => answer(line, contacts),
                };
                tokio::spawn(serve(stream, answer, lines.clone(), texts.clone()));
            }
        });
        Ok(Self {
            address,
            notification,
            room,
        })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The name of the one contact who ever calls.
    pub fn caller() -> String {
        Self::name(CALLER)
    }

    /// The address of a contact, counted from 0.
    fn handle(number: usize) -> String {
        format!("contact-{number:04}@example.com")
    }

    /// The name of a contact. The order of names is not that of addresses, as in real lists.
    pub fn name(number: usize) -> String {
        format!("Contact {:04}", (number * 617) % 10_000)
    }

    /// Says how some contacts are reachable, by the three letters of the wire.
    pub fn tells_presence(&self, numbers: Range<usize>, code: &str) -> Result<()> {
        let line = |number| {
            let (handle, name) = (Self::handle(number), Self::name(number).replace(' ', "%20"));
            format!("NLN {code} {handle} {name}\r\n")
        };
        self.says(numbers.map(line).collect())
    }

    /// The caller begins a conversation.
    pub fn rings(&self) -> Result<()> {
        let (handle, name) = (Self::handle(CALLER), Self::name(CALLER).replace(' ', "%20"));
        self.says(format!(
            "RNG 1 {} CKI 1.1 {handle} {name}\r\n",
            self.address
        ))
    }

    /// The caller writes so many texts at once.
    pub fn writes(&self, texts: usize) -> Result<()> {
        let (handle, name) = (Self::handle(CALLER), Self::name(CALLER).replace(' ', "%20"));
        let mut messages = String::new();
        for text in 1..=texts {
            let body = format!(
                "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n\
                 This is text {text} of a conversation that has gone on for a long time."
            );
            write!(messages, "MSG {handle} {name} {}\r\n{body}", body.len())?;
        }
        self.room.send(messages).context("the server has ended")
    }

    /// The caller offers a file, as the program of old did.
    pub fn offers(&self, file: &str, size: u64) -> Result<()> {
        let (handle, name) = (Self::handle(CALLER), Self::name(CALLER).replace(' ', "%20"));
        let body = format!(
            "MIME-Version: 1.0\r\nContent-Type: text/x-msmsgsinvite; charset=UTF-8\r\n\r\n\
             Application-Name: File Transfer\r\n\
             Application-GUID: {{5D3E02AB-6190-11d3-BBBB-00C04F795683}}\r\n\
             Invitation-Command: INVITE\r\nInvitation-Cookie: 4711\r\n\
             Application-File: {file}\r\nApplication-FileSize: {size}\r\n\r\n"
        );
        let message = format!("MSG {handle} {name} {}\r\n{body}", body.len());
        self.room.send(message).context("the server has ended")
    }

    /// Tells everybody that the server goes down in so many minutes.
    pub fn announces_maintenance(&self, minutes: u32) -> Result<()> {
        let body = format!(
            "MIME-Version: 1.0\r\nContent-Type: application/x-msmsgssystemmessage\r\n\r\n\
             Type: 1\r\nArg1: {minutes}\r\n"
        );
        self.says(format!("MSG Hotmail Hotmail {}\r\n{body}", body.len()))
    }

    /// The caller takes another name, writes a text under it, and writes on.
    pub fn speaks_as(&self, name: &str, text: &str) -> Result<()> {
        let handle = Self::handle(CALLER);
        let mut escaped = String::new();
        for byte in name.bytes() {
            write!(escaped, "%{byte:02X}")?;
        }
        let text =
            format!("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n{text}");
        let typing = format!(
            "MIME-Version: 1.0\r\nContent-Type: text/x-msmsgscontrol\r\nTypingUser: {handle}\r\n\r\n\r\n"
        );
        let mut messages = String::new();
        for body in [text, typing] {
            write!(messages, "MSG {handle} {escaped} {}\r\n{body}", body.len())?;
        }
        self.says(format!("NLN NLN {handle} {escaped}\r\n"))?;
        self.room.send(messages).context("the server has ended")
    }

    fn says(&self, lines: String) -> Result<()> {
        let sent = self.notification.send(lines);
        sent.context("the server has ended")
    }
}

type Orders = Arc<Mutex<UnboundedReceiver<String>>>;

/// Answers one client until it goes. Whoever brings a cookie is in the room.
async fn serve(
    stream: TcpStream,
    answer: impl Fn(&str) -> String,
    lines: Orders,
    texts: Orders,
) -> Result<()> {
    let (read, mut write) = stream.into_split();
    let mut heard = BufReader::new(read).lines();
    let Some(first) = heard.next_line().await? else {
        return Ok(());
    };
    let orders = if first.starts_with("ANS") {
        texts
    } else {
        lines
    };
    write.write_all(answer(&first).as_bytes()).await?;
    let mut orders = orders.lock().await;
    loop {
        let said = select! {
            line = heard.next_line() => match line? {
                Some(line) => answer(&line),
                None => return Ok(()),
            },
            Some(order) = orders.recv() => order,
        };
        write.write_all(said.as_bytes()).await?;
    }
}

/// What the server says to one line; nothing to what needs no answer here.
fn answer(line: &str, contacts: usize) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    match words.as_slice() {
        ["VER", trid, ..] => format!("VER {trid} MSNP6\r\n"),
        ["INF", trid] => format!("INF {trid} MD5\r\n"),
        ["USR", trid, "MD5", "I", _] => format!("USR {trid} MD5 S 1234.5678\r\n"),
        ["USR", trid, ..] => format!("USR {trid} OK me@example.com Me 1\r\n"),
        ["SYN", trid, _] => lists(trid, contacts),
        ["CHG", trid, code, ..] => format!("CHG {trid} {code}\r\n{}", presences(trid, contacts)),
        ["PNG"] => "QNG\r\n".to_owned(),
        ["ANS", trid, ..] => {
            format!(
                "IRO {trid} 1 1 {} Contact\r\nANS {trid} OK\r\n",
                Crowd::handle(CALLER)
            )
        }
        _ => String::new(),
    }
}

/// Everybody is on three of the four lists, as is usual.
fn lists(trid: &str, contacts: usize) -> String {
    let mut lines = vec![
        format!("SYN {trid} 100"),
        format!("GTC {trid} 100 A"),
        format!("BLP {trid} 100 AL"),
    ];
    for list in ["FL", "AL", "BL", "RL"] {
        if list == "BL" {
            lines.push(format!("LST {trid} BL 100 0 0"));
            continue;
        }
        lines.extend((0..contacts).map(|number| {
            let (handle, name) = (Crowd::handle(number), Crowd::name(number));
            let (index, name) = (number + 1, name.replace(' ', "%20"));
            format!("LST {trid} {list} 100 {index} {contacts} {handle} {name}")
        }));
    }
    lines.push(String::new());
    lines.join("\r\n")
}

/// Every third contact is there.
fn presences(trid: &str, contacts: usize) -> String {
    let there = (0..contacts).step_by(3).map(|number| {
        let name = Crowd::name(number).replace(' ', "%20");
        format!("ILN {trid} NLN {} {name}\r\n", Crowd::handle(number))
    });
    there.collect()
}

/// The contact who calls; online from the beginning.
const CALLER: usize = 0;
