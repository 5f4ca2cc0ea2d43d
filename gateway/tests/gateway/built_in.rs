//! The built-in server that is stopped and served again, as tests of the page do with it.

use crate::support::{Gate, Person, soon};
use msnp6::{
    messenger::{Change, Event, Intent, ListEvent},
    model::FriendlyName,
    server::{Server, ServerConfig},
};
use msnp6_gateway::{ServerEntry, built_in::Doors};
use std::net::SocketAddr;
use tokio::{sync::oneshot, task::JoinHandle};

async fn open(at: [SocketAddr; 3]) -> (Doors, [SocketAddr; 3]) {
    let doors = Doors::open(at).await.expect("the ports are free");
    let endpoints = doors.endpoints().expect("addresses");
    let at = endpoints.map(|endpoint| endpoint.to_string().parse().expect("an address"));
    (doors, at)
}

fn serve(doors: Doors, mut server: Server) -> (oneshot::Sender<()>, JoinHandle<Server>) {
    let (stop, stopped) = oneshot::channel();
    let serving = async move {
        let stopped = async { drop(stopped.await) };
        doors.serve(&mut server, stopped).await;
        server
    };
    (stop, tokio::spawn(serving))
}

#[tokio::test]
async fn a_server_that_stops_cuts_everybody_off_and_knows_its_accounts_when_served_again() {
    let (doors, at) = open(Doors::ANYWHERE).await;
    let [_, notification, switchboard] = doors.endpoints().expect("addresses");
    let server = Server::new(ServerConfig::demo(notification, switchboard, 7));
    let (stop, serving) = serve(doors, server);
    let entry = ServerEntry::new("test", &at[0].to_string()).expect("an address");
    let gate = Gate::start(vec![entry], |_| {}).await;
    let mut alice = Person::signed_in(&gate, "alice@example.com").await;
    let name = FriendlyName::parse("Alicia").expect("a name");
    let renamed = |event: &Event| matches!(event, Event::Lists(ListEvent::OwnName(_)));
    alice.intends(Intent::Change(Change::Rename(name)));
    alice.sees("the answer", renamed).await;

    drop(stop);
    let over = |event: &Event| matches!(event, Event::SignedOut(_));
    alice.sees("the end", over).await;
    let server = soon("the server's end", serving).await.expect("no panic");
    assert_eq!(
        format!("{server:?}").matches(": 0").count(),
        4,
        "{server:?}"
    );

    let (doors, _) = open(at).await;
    let _serving = serve(doors, server);
    let _alice = Person::signed_in(&gate, "alice@example.com").await;
    let mut bob = Person::signed_in(&gate, "bob@example.com").await;
    let is_alicia = |event: &Event| matches!(event, Event::ContactPresence { name: Some(name), .. } if name.to_string() == "Alicia");
    bob.sees("the new name of alice", is_alicia).await;
}
