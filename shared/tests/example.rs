//! The example client against the built-in server, over real sockets of this machine and without any gateway.
#![cfg(all(feature = "server", not(target_arch = "wasm32")))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

#[path = "../examples/sign_in.rs"]
mod sign_in;

use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use msnp6::model::{Endpoint, LinkId, Secret, Timestamp, UserHandle};
use msnp6::server::{Role, Server, ServerConfig, ServerInput, ServerOutput};
use sign_in::{Wish, run};

/// What the connections tell the server: a new one comes with its socket.
type Happening = (ServerInput, Option<TcpStream>);

/// Runs the built-in server on ports of this machine as long as the test lives; answers where to sign in.
fn serve() -> String {
    let (sender, receiver) = channel();
    let [dispatch, notification, switchboard] = [
        (Role::Dispatch, 0),
        (Role::Notification, 1),
        (Role::Switchboard, 2),
    ]
    .map(|(role, number)| {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let sender = sender.clone();
        thread::spawn(move || accept(&listener, role, number, &sender));
        Endpoint::new("127.0.0.1", port).expect("an endpoint")
    });
    let server = Server::new(ServerConfig::demo(notification, switchboard, 5));
    thread::spawn(move || turn(server, &receiver));
    dispatch.to_string()
}

fn accept(listener: &TcpListener, role: Role, number: u32, sender: &Sender<Happening>) {
    for (count, stream) in (0..).zip(listener.incoming()) {
        let stream = stream.expect("a connection");
        let link = LinkId(count * 3 + number);
        let reader = stream.try_clone().expect("a second handle");
        let _ = sender.send((ServerInput::Accepted { link, role }, Some(stream)));
        let sender = sender.clone();
        thread::spawn(move || listen(link, reader, &sender));
    }
}

fn listen(link: LinkId, mut stream: TcpStream, sender: &Sender<Happening>) {
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        let bytes = buffer[..count].to_vec();
        let _ = sender.send((ServerInput::Received { link, bytes }, None));
    }
    let _ = sender.send((ServerInput::Closed { link }, None));
}

fn turn(mut server: Server, happenings: &Receiver<Happening>) {
    let start = Instant::now();
    let mut streams = HashMap::new();
    loop {
        let input = match happenings.recv_timeout(Duration::from_millis(50)) {
            Ok((ServerInput::Accepted { link, role }, Some(stream))) => {
                streams.insert(link, stream);
                ServerInput::Accepted { link, role }
            }
            Ok((input, _)) => input,
            // A wake-up too many does no harm.
            Err(_) => ServerInput::Woke,
        };
        let now = u64::try_from(start.elapsed().as_millis()).expect("small");
        server.handle(Timestamp(now), input);
        while let Some(output) = server.poll() {
            match output {
                ServerOutput::Transmit { link, bytes } => {
                    if let Some(stream) = streams.get_mut(&link) {
                        let _ = stream.write_all(&bytes);
                    }
                }
                ServerOutput::Close { link } => {
                    if let Some(stream) = streams.remove(&link) {
                        let _ = stream.shutdown(Shutdown::Both);
                    }
                }
                ServerOutput::WakeAt(_) => {}
            }
        }
    }
}

fn handle(name: &str) -> UserHandle {
    UserHandle::parse(&format!("{name}@example.com")).expect("a handle")
}

/// What the example prints, and how it ends.
fn printed(
    server: String,
    password: &str,
    text: Option<(UserHandle, String)>,
) -> (String, Option<String>) {
    let mut out = Vec::new();
    let password = Secret::new(password.to_owned());
    let wish = Wish {
        server,
        handle: handle("alice"),
        password,
        text,
    };
    let end = run(wish, &mut out).err().map(|error| error.to_string());
    (String::from_utf8(out).expect("text"), end)
}

#[test]
fn the_example_prints_who_is_online_and_its_text_is_answered() {
    let text = Some((handle("echo"), "is anybody there?".to_owned()));
    let (printed, end) = printed(serve(), "demo", text);
    assert_eq!(end, None, "{printed}");
    for line in [
        "signed in as alice@example.com (Alice)",
        "echo@example.com (Echo) is Online",
        "the text: Delivered",
        "echo@example.com says: is anybody there?",
    ] {
        assert!(printed.contains(line), "no `{line}` in:\n{printed}");
    }
}

#[test]
fn the_example_says_why_it_could_not_sign_in() {
    let (printed, end) = printed(serve(), "wrong", None);
    assert_eq!(printed, "");
    assert_eq!(
        end.as_deref(),
        Some("the sign-in failed: Refused(ErrorCode(911))")
    );
}
