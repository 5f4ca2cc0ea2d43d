//! Known answers: each line of the wire and the command it is, both directions.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use msnp6::command::*;
use msnp6::model::*;
use msnp6::wire::{Direction, Framer};

fn decode<T>(direction: Direction, bytes: &str, read: impl Fn(&msnp6::wire::Frame<'_>) -> T) -> T {
    let mut framer = Framer::new(direction);
    framer.push(bytes.as_bytes());
    let answer = read(&framer.next_frame().expect("sound").expect("a frame"));
    assert_eq!(framer.buffered(), 0, "{bytes:?} left something over");
    answer
}

/// The line reads as the command, and the command writes the line.
fn server(line: &str, command: &ServerCommand) {
    reads_as(line, command);
    assert_eq!(String::from_utf8_lossy(&command.encode()), line);
}

/// The line reads as the command, which is written otherwise.
fn reads_as(line: &str, command: &ServerCommand) {
    let read = decode(Direction::FromServer, line, ServerCommand::decode);
    assert_eq!(read.as_ref(), Ok(command), "{line:?}");
}

fn client(line: &str, command: &ClientCommand) {
    let read = decode(Direction::FromClient, line, ClientCommand::decode);
    assert_eq!(read.as_ref(), Ok(command), "{line:?}");
    assert_eq!(String::from_utf8_lossy(&command.encode()), line);
}

fn refused(line: &str, words: &str) {
    let read = decode(Direction::FromServer, line, ServerCommand::decode);
    assert_eq!(
        read.map_err(|error| error.to_string()),
        Err(words.to_owned()),
        "{line:?}"
    );
}

fn trid(number: u32) -> TransactionId {
    TransactionId(number)
}

fn who(word: &str) -> UserHandle {
    UserHandle::from_wire(word).expect(word)
}

fn named(name: &str) -> FriendlyName {
    FriendlyName::from_wire(name.as_bytes())
}

fn at(text: &str) -> Endpoint {
    text.parse().expect(text)
}

fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

fn id(word: &str) -> SwitchboardId {
    SwitchboardId::from_wire(word).expect(word)
}

#[test]
fn ver() {
    use Dialect::{Cvr, Msnp};
    let all = vec![Msnp(6), Msnp(5), Msnp(4), Cvr(0)];
    client(
        "VER 1 MSNP6 MSNP5 MSNP4 CVR0\r\n",
        &ClientCommand::Ver(Ver {
            trid: trid(1),
            dialects: all,
        }),
    );
    for (line, dialects) in [
        ("VER 1 MSNP6\r\n", vec![Msnp(6)]),
        ("VER 1 CVR0 MSNP6\r\n", vec![Cvr(0), Msnp(6)]),
        ("VER 1 MSNP7 MSNP6 CVR0\r\n", vec![Msnp(7), Msnp(6), Cvr(0)]),
        ("VER 1 0\r\n", vec![]),
    ] {
        server(
            line,
            &ServerCommand::Ver(Ver {
                trid: trid(1),
                dialects,
            }),
        );
    }
    reads_as(
        "VER 1 0 MSNP2 MSNP6\r\n",
        &ServerCommand::Ver(Ver {
            trid: trid(1),
            dialects: vec![],
        }),
    );
}

#[test]
fn inf() {
    client(
        "INF 2\r\n",
        &ClientCommand::Inf(InfRequest { trid: trid(2) }),
    );
    for (words, offers) in [
        ("MD5", true),
        ("CTP,MD5", true),
        ("CTP", false),
        ("MD50", false),
    ] {
        let reply = InfReply {
            trid: trid(2),
            packages: words.to_owned(),
        };
        assert_eq!(reply.offers_md5(), offers, "{words}");
        server(&format!("INF 2 {words}\r\n"), &ServerCommand::Inf(reply));
    }
}

#[test]
fn usr_of_a_client() {
    let alice = who("alice@example.com");
    let init = UsrRequest::Init {
        trid: trid(3),
        handle: alice.clone(),
    };
    client(
        "USR 3 MD5 I alice@example.com\r\n",
        &ClientCommand::Usr(init),
    );
    let digest = UsrRequest::Digest {
        trid: trid(4),
        digest: secret("8aca4d4721b726ba9cd5e3a5f601671a"),
    };
    client(
        "USR 4 MD5 S 8aca4d4721b726ba9cd5e3a5f601671a\r\n",
        &ClientCommand::Usr(digest),
    );
    let cookie = UsrRequest::Cookie {
        trid: trid(1),
        handle: alice.clone(),
        cookie: secret("1726.1050"),
    };
    client(
        "USR 1 alice@example.com 1726.1050\r\n",
        &ClientCommand::Usr(cookie),
    );
}

#[test]
fn a_client_that_signs_in_in_another_way_is_not_understood() {
    for line in ["USR 3 TWN I alice@example.com\r\n", "USR 3 CTP S 1\r\n"] {
        let mut framer = Framer::new(Direction::FromClient);
        framer.push(line.as_bytes());
        let frame = framer.next_frame().expect("sound").expect("whole");
        let error = ClientCommand::decode(&frame).expect_err("no MD5");
        assert_eq!(error.to_string(), "USR: the security package is malformed");
    }
}

#[test]
fn usr_of_a_server() {
    let alice = who("alice@example.com");
    let challenge = UsrReply::Challenge {
        trid: trid(3),
        challenge: "1013928519.693957190".to_owned(),
    };
    server(
        "USR 3 MD5 S 1013928519.693957190\r\n",
        &ServerCommand::Usr(challenge.clone()),
    );
    reads_as(
        "USR 3 MDS S 1013928519.693957190\r\n",
        &ServerCommand::Usr(challenge.clone()),
    );
    reads_as(
        "USR 3 MD5 S 1013928519.693957190 alice@example.com\r\n",
        &ServerCommand::Usr(challenge),
    );
    for (line, is_verified) in [
        (
            "USR 4 OK alice@example.com Alice%20%E2%98%95 1\r\n",
            Some(true),
        ),
        (
            "USR 4 OK alice@example.com Alice%20%E2%98%95 0\r\n",
            Some(false),
        ),
        ("USR 4 OK alice@example.com Alice%20%E2%98%95\r\n", None),
    ] {
        let (handle, name) = (alice.clone(), named("Alice ☕"));
        server(
            line,
            &ServerCommand::Usr(UsrReply::Accepted {
                trid: trid(4),
                handle,
                name,
                is_verified,
            }),
        );
    }
}

#[test]
fn xfr() {
    client(
        "XFR 10 SB\r\n",
        &ClientCommand::Xfr(XfrRequest { trid: trid(10) }),
    );
    let notification = |endpoint: Option<&str>| {
        let endpoint = endpoint.map(at);
        ServerCommand::Xfr(XfrReply::Notification {
            trid: trid(3),
            endpoint,
        })
    };
    server(
        "XFR 3 NS 192.0.2.20:1863 0\r\n",
        &notification(Some("192.0.2.20:1863")),
    );
    reads_as(
        "XFR 3 NS 192.0.2.20 0\r\n",
        &notification(Some("192.0.2.20:1863")),
    );
    reads_as(
        "XFR 3 NS 192.0.2.20:1863 0 192.0.2.10:1863\r\n",
        &notification(Some("192.0.2.20:1863")),
    );
    reads_as(
        "XFR 3 NS 192.0.2.20:1863\r\n",
        &notification(Some("192.0.2.20:1863")),
    );
    server("XFR 3 NS 0 0\r\n", &notification(None));
    reads_as("XFR 3 NS 0\r\n", &notification(None));
    let reply = XfrReply::Switchboard {
        trid: trid(10),
        endpoint: at("192.0.2.50:1863"),
        cookie: secret("1726.32308"),
    };
    server(
        "XFR 10 SB 192.0.2.50:1863 CKI 1726.32308\r\n",
        &ServerCommand::Xfr(reply.clone()),
    );
    reads_as(
        "XFR 10 SB 192.0.2.50:1863 CKI 1726.32308 U messenger.msn.com 1\r\n",
        &ServerCommand::Xfr(reply),
    );
    refused(
        "XFR 3 NS nowhere:99999 0\r\n",
        "XFR: the address is malformed",
    );
    refused(
        "XFR 3 DS 192.0.2.20:1863\r\n",
        "XFR: the server kind is malformed",
    );
}

#[test]
fn syn_and_lst() {
    client(
        "SYN 8 8\r\n",
        &ClientCommand::Syn(Syn {
            trid: trid(8),
            version: ListVersion(8),
        }),
    );
    server(
        "SYN 5 256\r\n",
        &ServerCommand::Syn(Syn {
            trid: trid(5),
            version: ListVersion(256),
        }),
    );
    let lst = |index, total, entry| {
        let (list, version) = (ListKind::Block, ListVersion(256));
        ServerCommand::Lst(Lst {
            trid: trid(8),
            list,
            version,
            index,
            total,
            entry,
        })
    };
    server("LST 8 BL 256 0 0\r\n", &lst(0, 0, None));
    reads_as("LST 8 BL 256 0 0 \r\n", &lst(0, 0, None));
    let carol = || Some((who("carol@example.com"), named("Carol C")));
    server(
        "LST 8 BL 256 2 2 carol@example.com Carol%20C\r\n",
        &lst(2, 2, carol()),
    );
    let nameless = Some((who("carol@example.com"), FriendlyName::default()));
    reads_as(
        "LST 8 BL 256 2 2 carol@example.com\r\n",
        &lst(2, 2, nameless),
    );
    refused("LST 8 XL 256 0 0\r\n", "LST: the list is malformed");
    refused("LST 8 BL 256 1 2\r\n", "LST: the handle is missing");
}

#[test]
fn gtc_and_blp() {
    let gtc = |version: Option<u32>, prompt| {
        ServerCommand::Gtc(Gtc {
            trid: trid(8),
            version: version.map(ListVersion),
            prompt,
        })
    };
    server(
        "GTC 8 256 A\r\n",
        &gtc(Some(256), Some(ReverseListPrompt::Ask)),
    );
    server("GTC 8 N\r\n", &gtc(None, Some(ReverseListPrompt::Never)));
    let blp = |version: Option<u32>, privacy| {
        ServerCommand::Blp(Blp {
            trid: trid(8),
            version: version.map(ListVersion),
            privacy,
        })
    };
    server(
        "BLP 8 256 AL\r\n",
        &blp(Some(256), Some(PrivacyDefault::Allow)),
    );
    server("BLP 8 BL\r\n", &blp(None, Some(PrivacyDefault::Block)));
    server("BLP 8 256\r\n", &blp(Some(256), None));
}

#[test]
fn chg() {
    for presence in Presence::ALL {
        let line = format!("CHG 9 {}\r\n", presence.code());
        client(
            &line,
            &ClientCommand::Chg(Chg {
                trid: trid(9),
                presence,
            }),
        );
        server(
            &line,
            &ServerCommand::Chg(Chg {
                trid: trid(9),
                presence,
            }),
        );
    }
    refused("CHG 9 XYZ\r\n", "CHG: the presence is malformed");
}

#[test]
fn iln_nln_and_fln() {
    let (handle, name) = (who("bob@example.com"), named("Bob"));
    let iln = Iln {
        trid: trid(9),
        presence: Presence::Away,
        handle: handle.clone(),
        name: name.clone(),
    };
    server(
        "ILN 9 AWY bob@example.com Bob\r\n",
        &ServerCommand::Iln(iln.clone()),
    );
    let foreign = Iln {
        trid: trid(0),
        ..iln
    };
    reads_as(
        "ILN x AWY bob@example.com Bob\r\n",
        &ServerCommand::Iln(foreign),
    );
    let nln = |presence, name| {
        ServerCommand::Nln(Nln {
            presence,
            handle: who("bob@example.com"),
            name,
        })
    };
    server(
        "NLN NLN bob@example.com Bob\r\n",
        &nln(Presence::Online, name),
    );
    reads_as(
        "NLN BSY bob@example.com Bob 268435456 obj\r\n",
        &nln(Presence::Busy, named("Bob")),
    );
    reads_as(
        "NLN BSY bob@example.com\r\n",
        &nln(Presence::Busy, FriendlyName::default()),
    );
    server(
        "FLN bob@example.com\r\n",
        &ServerCommand::Fln(Fln { handle }),
    );
}

#[test]
fn chl_and_qry() {
    let chl = Chl {
        trid: trid(0),
        challenge: "15570131571988941333".to_owned(),
    };
    server("CHL 0 15570131571988941333\r\n", &ServerCommand::Chl(chl));
    let qry = QryRequest {
        trid: trid(10),
        client_id: "msmsgs@msnmsgr.com".to_owned(),
        digest: secret("8f2f5a91b72102cd28355e9fc9000d6e"),
    };
    client(
        "QRY 10 msmsgs@msnmsgr.com 32\r\n8f2f5a91b72102cd28355e9fc9000d6e",
        &ClientCommand::Qry(qry),
    );
    server(
        "QRY 10\r\n",
        &ServerCommand::Qry(QryReply { trid: trid(10) }),
    );
}

#[test]
fn png_qng_and_out() {
    client("PNG\r\n", &ClientCommand::Png);
    server("QNG\r\n", &ServerCommand::Qng);
    reads_as("QNG 50\r\n", &ServerCommand::Qng);
    client("OUT\r\n", &ClientCommand::Out);
    for (line, reason) in [
        ("OUT\r\n", None),
        ("OUT OTH\r\n", Some(OutReason::Elsewhere)),
        ("OUT SSD\r\n", Some(OutReason::ServerShutdown)),
    ] {
        server(line, &ServerCommand::Out(Out { reason }));
    }
    reads_as(
        "OUT RCT 5\r\n",
        &ServerCommand::Out(Out {
            reason: Some(OutReason::Other),
        }),
    );
}

#[test]
fn rng_and_ans() {
    let rng = Rng {
        id: id("089d6d53331fc4e648676cc1364adc9"),
        endpoint: at("127.0.0.1:1864"),
        cookie: secret("849102291.520491113"),
        handle: who("bob@example.com"),
        name: named("Bob Builder"),
    };
    let line = "RNG 089d6d53331fc4e648676cc1364adc9 127.0.0.1:1864 CKI 849102291.520491113 bob@example.com Bob%20Builder\r\n";
    server(line, &ServerCommand::Rng(rng));
    let ans = AnsRequest {
        trid: trid(1),
        handle: who("alice@example.com"),
        cookie: secret("849102291.520491113"),
        id: id("11752013"),
    };
    client(
        "ANS 1 alice@example.com 849102291.520491113 11752013\r\n",
        &ClientCommand::Ans(ans),
    );
    server(
        "ANS 1 OK\r\n",
        &ServerCommand::Ans(AnsReply { trid: trid(1) }),
    );
}

#[test]
fn cal() {
    let cal = CalRequest {
        trid: trid(2),
        handle: who("bob@example.com"),
    };
    client("CAL 2 bob@example.com\r\n", &ClientCommand::Cal(cal));
    server(
        "CAL 2 RINGING 0\r\n",
        &ServerCommand::Cal(CalReply {
            trid: trid(2),
            id: id("0"),
        }),
    );
}

#[test]
fn iro_joi_and_bye() {
    let (handle, name) = (who("bob@example.com"), named("Bob"));
    let iro = Iro {
        trid: trid(1),
        index: 1,
        total: 2,
        handle: handle.clone(),
        name: name.clone(),
    };
    server(
        "IRO 1 1 2 bob@example.com Bob\r\n",
        &ServerCommand::Iro(iro),
    );
    server(
        "JOI bob@example.com Bob\r\n",
        &ServerCommand::Joi(Joi {
            handle: handle.clone(),
            name,
        }),
    );
    server(
        "BYE bob@example.com\r\n",
        &ServerCommand::Bye(Bye {
            handle: handle.clone(),
            is_idle: false,
        }),
    );
    server(
        "BYE bob@example.com 1\r\n",
        &ServerCommand::Bye(Bye {
            handle,
            is_idle: true,
        }),
    );
}

#[test]
fn msg_ack_and_nak() {
    for (letter, ack) in [
        ("U", AckRequest::None),
        ("N", AckRequest::FailureOnly),
        ("A", AckRequest::Always),
    ] {
        let msg = MsgRequest {
            trid: trid(4),
            ack,
            body: b"caf\xc3\xa9".to_vec(),
        };
        client(
            &format!("MSG 4 {letter} 5\r\ncafé"),
            &ClientCommand::Msg(msg),
        );
    }
    let msg = |name| {
        let body = b"OUT\r\n".to_vec();
        ServerCommand::Msg(MsgReply {
            handle: who("bob@example.com"),
            name,
            body,
        })
    };
    server("MSG bob@example.com Bob 5\r\nOUT\r\n", &msg(named("Bob")));
    server(
        "MSG bob@example.com  5\r\nOUT\r\n",
        &msg(FriendlyName::default()),
    );
    reads_as(
        "MSG bob@example.com 5\r\nOUT\r\n",
        &msg(FriendlyName::default()),
    );
    server("ACK 4\r\n", &ServerCommand::Ack(Ack { trid: trid(4) }));
    server("NAK 4\r\n", &ServerCommand::Nak(Nak { trid: trid(4) }));
}

#[test]
fn errors() {
    let error = |code, trid| {
        ServerCommand::Error(ErrorReply {
            code: ErrorCode(code),
            trid,
        })
    };
    server("911 7\r\n", &error(911, Some(trid(7))));
    server("500\r\n", &error(500, None));
    reads_as("200 7 some text\r\n", &error(200, Some(trid(7))));
    reads_as("540 oops\r\n", &error(540, None));
}

#[test]
fn commands_that_are_not_ours_are_unknown_and_no_error() {
    for line in [
        "ADC 16 FL N=bob\r\n",
        "LSG 1 2 3\r\n",
        "XYZ\r\n",
        "12 3\r\n",
        "A\r\n",
        " \r\n",
        "911x 7\r\n",
    ] {
        reads_as(line, &ServerCommand::Unknown);
    }
    assert!(ServerCommand::Unknown.encode().is_empty());
    let read = decode(
        Direction::FromClient,
        "GCF 7 Shields.xml\r\n",
        ClientCommand::decode,
    );
    assert_eq!(read, Ok(ClientCommand::Unknown(Some(trid(7)))));
}

#[test]
fn debug_output_of_bodies_says_from_whom_and_how_long() {
    let (handle, body) = (who("bob@example.com"), b"12345".to_vec());
    let page = PagRequest {
        trid: trid(1),
        handle: handle.clone(),
        xml: body.clone(),
    };
    assert_eq!(format!("{page:?}"), "PagRequest(bob@example.com, 5 bytes)");
    let alert = AlertReply { xml: body.clone() };
    assert_eq!(format!("{alert:?}"), "AlertReply(5 bytes)");
    let request = MsgRequest {
        trid: trid(7),
        ack: AckRequest::Always,
        body: body.clone(),
    };
    assert_eq!(
        format!("{request:?}"),
        "MsgRequest(TransactionId(7), Always, 5 bytes)"
    );
    let name = named("Bob");
    let reply = MsgReply { handle, name, body };
    assert_eq!(format!("{reply:?}"), "MsgReply(bob@example.com, 5 bytes)");
}

#[test]
fn no_debug_output_shows_a_digest_a_cookie_or_a_text() {
    let digest = UsrRequest::Digest {
        trid: trid(4),
        digest: secret("8aca4d47"),
    };
    let shown = [
        format!("{:?}", ClientCommand::Usr(digest)),
        format!(
            "{:?}",
            ClientCommand::Msg(MsgRequest {
                trid: trid(1),
                ack: AckRequest::None,
                body: b"8aca4d47".to_vec()
            })
        ),
        format!(
            "{:?}",
            ServerCommand::Xfr(XfrReply::Switchboard {
                trid: trid(1),
                endpoint: at("a:1"),
                cookie: secret("8aca4d47")
            })
        ),
    ];
    assert!(
        shown
            .iter()
            .all(|text| !text.contains("8aca4d47") && !text.contains("56, 97, 99")),
        "{shown:?}"
    );
}

#[test]
fn add() {
    let (dave, name) = (who("dave@example.com"), named("Dave the Rave"));
    let request = AddRequest {
        trid: trid(7),
        list: ListKind::Forward,
        handle: dave.clone(),
        name: name.clone(),
    };
    client(
        "ADD 7 FL dave@example.com Dave%20the%20Rave\r\n",
        &ClientCommand::Add(request),
    );
    let reply = |number, list, version: Option<u32>| {
        let (handle, name) = (dave.clone(), name.clone());
        ServerCommand::Add(AddReply {
            trid: trid(number),
            list,
            version: version.map(ListVersion),
            handle,
            name,
        })
    };
    server(
        "ADD 7 FL 2 dave@example.com Dave%20the%20Rave\r\n",
        &reply(7, ListKind::Forward, Some(2)),
    );
    server(
        "ADD 0 RL 260 dave@example.com Dave%20the%20Rave\r\n",
        &reply(0, ListKind::Reverse, Some(260)),
    );
    server(
        "ADD 7 AL dave@example.com Dave%20the%20Rave\r\n",
        &reply(7, ListKind::Allow, None),
    );
    refused(
        "ADD 7 XL 2 dave@example.com Dave\r\n",
        "ADD: the list is malformed",
    );
}

#[test]
fn rem() {
    let dave = who("dave@example.com");
    let request = RemRequest {
        trid: trid(30),
        list: ListKind::Block,
        handle: dave.clone(),
    };
    client(
        "REM 30 BL dave@example.com\r\n",
        &ClientCommand::Rem(request),
    );
    let version = Some(ListVersion(259));
    let reply = RemReply {
        trid: trid(30),
        list: ListKind::Block,
        version,
        handle: dave,
    };
    server(
        "REM 30 BL 259 dave@example.com\r\n",
        &ServerCommand::Rem(reply.clone()),
    );
    server(
        "REM 30 BL dave@example.com\r\n",
        &ServerCommand::Rem(RemReply {
            version: None,
            ..reply
        }),
    );
}

#[test]
fn rea() {
    let (handle, name) = (who("alice@example.com"), named("Alice ☕"));
    let request = ReaRequest {
        trid: trid(13),
        handle: handle.clone(),
        name: name.clone(),
    };
    client(
        "REA 13 alice@example.com Alice%20%E2%98%95\r\n",
        &ClientCommand::Rea(request),
    );
    let reply = ReaReply {
        trid: trid(13),
        version: Some(ListVersion(259)),
        handle,
        name,
    };
    server(
        "REA 13 259 alice@example.com Alice%20%E2%98%95\r\n",
        &ServerCommand::Rea(reply),
    );
}

#[test]
fn settings_are_asked_for_without_a_serial() {
    let blp = Blp {
        trid: trid(9),
        version: None,
        privacy: Some(PrivacyDefault::Block),
    };
    client("BLP 9 BL\r\n", &ClientCommand::Blp(blp));
    let gtc = Gtc {
        trid: trid(9),
        version: None,
        prompt: Some(ReverseListPrompt::Never),
    };
    client("GTC 9 N\r\n", &ClientCommand::Gtc(gtc));
}

#[test]
fn prp_in_all_its_shapes() {
    let value = |text: &str| PropertyValue::parse(text).expect(text);
    let request = |text| PrpRequest {
        trid: trid(7),
        property: Property::HomePhone,
        value: value(text),
    };
    client(
        "PRP 7 PHH 555%20123\r\n",
        &ClientCommand::Prp(request("555 123")),
    );
    client("PRP 7 PHH\r\n", &ClientCommand::Prp(request("")));
    let reply = |id: Option<u32>, property, text| {
        let (trid, version) = (id.map(TransactionId), Some(ListVersion(2)));
        ServerCommand::Prp(PrpReply {
            trid,
            version,
            property,
            value: value(text),
        })
    };
    server(
        "PRP 7 2 PHH 555%20123\r\n",
        &reply(Some(7), Property::HomePhone, "555 123"),
    );
    server("PRP 7 2 PHW\r\n", &reply(Some(7), Property::WorkPhone, ""));
    server("PRP 2 MOB N\r\n", &reply(None, Property::Paging, "N"));
    refused("PRP 7 2 XXX\r\n", "PRP: the property is missing");
}

#[test]
fn bpr_in_all_its_shapes() {
    let bpr = |handle: Option<&str>, property, text: &str| {
        let value = PropertyValue::parse(text).expect(text);
        ServerCommand::Bpr(Bpr {
            version: Some(ListVersion(9)),
            handle: handle.map(who),
            property,
            value,
        })
    };
    server(
        "BPR 9 bob@example.com PHH 555%20999\r\n",
        &bpr(Some("bob@example.com"), Property::HomePhone, "555 999"),
    );
    server(
        "BPR 9 bob@example.com PHM\r\n",
        &bpr(Some("bob@example.com"), Property::MobilePhone, ""),
    );
    server("BPR 9 MOB Y\r\n", &bpr(None, Property::Paging, "Y"));
    refused("BPR 1 2 3 4 5 6 PHH\r\n", "BPR: the property is malformed");
}

#[test]
fn url() {
    for service in Service::ALL {
        let request = UrlRequest {
            trid: trid(15),
            service,
            argument: None,
        };
        client(
            &format!("URL 15 {}\r\n", service.code()),
            &ClientCommand::Url(request),
        );
    }
    let request = UrlRequest {
        trid: trid(16),
        service: Service::Profile,
        argument: Some("0x0409".to_owned()),
    };
    client("URL 16 PROFILE 0x0409\r\n", &ClientCommand::Url(request));
    let reply = |site_id| {
        let (target, login) = (
            "/cgi-bin/HoTMaiL".to_owned(),
            "https://login.example.net/".to_owned(),
        );
        ServerCommand::Url(UrlReply {
            trid: trid(15),
            target,
            login,
            site_id,
        })
    };
    server(
        "URL 15 /cgi-bin/HoTMaiL https://login.example.net/ 2\r\n",
        &reply(Some(2)),
    );
    server(
        "URL 15 /cgi-bin/HoTMaiL https://login.example.net/\r\n",
        &reply(None),
    );
}

#[test]
fn cvr() {
    let words = "0x0409 win 4.10 i386 MSMSGS 3.6.0038 MSMSGS"
        .split(' ')
        .map(str::to_owned)
        .collect();
    let line = "CVR 7 0x0409 win 4.10 i386 MSMSGS 3.6.0038 MSMSGS\r\n";
    client(
        line,
        &ClientCommand::Cvr(CvrRequest {
            trid: trid(7),
            words,
        }),
    );
    let few = decode(
        Direction::FromClient,
        "CVR 3 0x0409 winnt 5.1 i386 MSMSGS\r\n",
        ClientCommand::decode,
    );
    assert!(few.is_err());
    let enough = "CVR 3 0x0409 winnt 5.1 i386 MSMSGS 3.6\r\n";
    assert!(decode(Direction::FromClient, enough, ClientCommand::decode).is_ok());
    let urls = [
        "http://example.net/mmsetup.exe".to_owned(),
        "http://example.net/".to_owned(),
    ];
    let (recommended, minimum) = ("3.6.0038".to_owned(), "1.0.0000".to_owned());
    let reply = CvrReply {
        trid: trid(7),
        recommended,
        minimum,
        urls,
    };
    server(
        "CVR 7 3.6.0038 3.6.0038 1.0.0000 http://example.net/mmsetup.exe http://example.net/\r\n",
        &ServerCommand::Cvr(reply),
    );
}

#[test]
fn fnd() {
    let fields = |all: &[(&str, &str)]| {
        all.iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect()
    };
    let request = FndRequest {
        trid: trid(8),
        fields: fields(&[("fname", "Bob B"), ("lname", "*")]),
    };
    client(
        "FND 8 fname=Bob%20B lname=*\r\n",
        &ClientCommand::Fnd(request),
    );
    let reply = FndReply {
        trid: trid(8),
        index: 1,
        total: 2,
        fields: fields(&[("fname", "Bob B")]),
    };
    server("FND 8 1 2 fname=Bob%20B\r\n", &ServerCommand::Fnd(reply));
    let nobody = FndReply {
        trid: trid(8),
        index: 0,
        total: 0,
        fields: vec![],
    };
    server("FND 8 0 0\r\n", &ServerCommand::Fnd(nobody));
}

#[test]
fn snd_and_sdc() {
    let (handle, lcid) = (who("dave@example.com"), "0x0409".to_owned());
    let snd = SndRequest {
        trid: trid(9),
        handle: handle.clone(),
        lcid: lcid.clone(),
    };
    client(
        "SND 9 dave@example.com 0x0409 MSMSGS MSMSGS\r\n",
        &ClientCommand::Snd(snd),
    );
    server(
        "SND 9 OK\r\n",
        &ServerCommand::Snd(Mailed { trid: trid(9) }),
    );
    let (name, text) = ("Alice L".to_owned(), "Come!\r\n".to_owned());
    let sdc = SdcRequest {
        trid: trid(9),
        handle,
        lcid,
        name,
        text,
    };
    client(
        "SDC 9 dave@example.com 0x0409 MSMSGS MSMSGS X X Alice%20L 7\r\nCome!\r\n",
        &ClientCommand::Sdc(sdc),
    );
    server(
        "SDC 9 OK\r\n",
        &ServerCommand::Sdc(Mailed { trid: trid(9) }),
    );
}

#[test]
fn ims_and_the_old_lst() {
    for (word, is_on) in [("ON", true), ("OFF", false)] {
        let ims = Ims {
            trid: trid(14),
            is_on,
        };
        client(&format!("IMS 14 {word}\r\n"), &ClientCommand::Ims(ims));
        server(&format!("IMS 14 0 {word}\r\n"), &ServerCommand::Ims(ims));
    }
    client(
        "LST 5 RL\r\n",
        &ClientCommand::Lst(LstRequest {
            trid: trid(5),
            list: ListKind::Reverse,
        }),
    );
}

#[test]
fn not_ipg_and_pag() {
    let xml = b"<TEXT>OUT\r\n</TEXT>".to_vec();
    server(
        "NOT 18\r\n<TEXT>OUT\r\n</TEXT>",
        &ServerCommand::Not(AlertReply { xml: xml.clone() }),
    );
    server(
        "IPG 18\r\n<TEXT>OUT\r\n</TEXT>",
        &ServerCommand::Ipg(AlertReply { xml: xml.clone() }),
    );
    let pag = PagRequest {
        trid: trid(4),
        handle: who("bob@example.com"),
        xml,
    };
    client(
        "PAG 4 bob@example.com 18\r\n<TEXT>OUT\r\n</TEXT>",
        &ClientCommand::Pag(pag),
    );
}
