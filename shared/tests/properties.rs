//! What holds for every value and every cut, shown by values that nobody chose: each command and each
//! format reads back as it was written, and neither frames nor events depend on how bytes arrive.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

mod support;

use msnp6::command::*;
use msnp6::messenger::{Input, Intent, Messenger, Output};
use msnp6::model::*;
use msnp6::payload::*;
use msnp6::wire::{Direction, Framer, LineWriter};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{
    BoxedStrategy, Just, ProptestConfig, Strategy, any, prop, prop_assert, prop_assert_eq,
    prop_oneof, proptest,
};
use proptest::sample::select;
use proptest::strategy::Union;
use support::frames;
use support::recordings::recording;

type Server = BoxedStrategy<ServerCommand>;
type Client = BoxedStrategy<ClientCommand>;

fn trid() -> impl Strategy<Value = TransactionId> {
    any::<u32>().prop_map(TransactionId)
}

fn version() -> impl Strategy<Value = ListVersion> {
    any::<u32>().prop_map(ListVersion)
}

/// A word of printable ASCII: cookies, challenges, addresses of pages.
fn word() -> impl Strategy<Value = String> {
    "[!-~]{1,30}"
}

fn secret() -> impl Strategy<Value = Secret<String>> {
    word().prop_map(Secret::new)
}

fn handle() -> impl Strategy<Value = UserHandle> {
    let sound = |word: String| UserHandle::from_wire(&word);
    "[^\\s\\p{Cc}]{0,12}@[^\\s\\p{Cc}]{0,12}".prop_filter_map("no handle", sound)
}

/// Any name that a peer can have, the empty one included.
fn name() -> impl Strategy<Value = FriendlyName> {
    "\\PC{0,40}".prop_map(|text| FriendlyName::from_wire(percent::encode(&text).as_bytes()))
}

fn value() -> impl Strategy<Value = PropertyValue> {
    "\\PC{0,20}".prop_filter_map("too long", |text| PropertyValue::parse(&text))
}

fn endpoint() -> impl Strategy<Value = Endpoint> {
    let host = prop_oneof!["[a-z0-9.-]{1,40}", "[0-9a-f]{1,4}::[0-9a-f]{1,4}"];
    (host, 1u16..).prop_map(|(host, port)| Endpoint::new(&host, port).expect("an endpoint"))
}

fn id() -> impl Strategy<Value = SwitchboardId> {
    word().prop_map(|word| SwitchboardId::from_wire(&word).expect("an id"))
}

fn presence() -> impl Strategy<Value = Presence> {
    select(&Presence::ALL)
}

fn list() -> impl Strategy<Value = ListKind> {
    select(&ListKind::ALL)
}

fn property() -> impl Strategy<Value = Property> {
    select(&Property::ALL)
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..300)
}

fn fields() -> impl Strategy<Value = Vec<(String, String)>> {
    vec(
        (
            any::<String>(),
            prop_oneof![any::<String>(), Just("*".to_owned())],
        ),
        0..5,
    )
}

fn ver() -> impl Strategy<Value = Ver> {
    let dialect = prop_oneof![
        any::<u8>().prop_map(Dialect::Msnp),
        any::<u8>().prop_map(Dialect::Cvr)
    ];
    (trid(), vec(dialect, 0..6)).prop_map(|(trid, dialects)| Ver { trid, dialects })
}

fn syn() -> impl Strategy<Value = Syn> {
    (trid(), version()).prop_map(|(trid, version)| Syn { trid, version })
}

fn chg() -> impl Strategy<Value = Chg> {
    (trid(), presence()).prop_map(|(trid, presence)| Chg { trid, presence })
}

fn blp() -> impl Strategy<Value = Blp> {
    let privacy = select(&[PrivacyDefault::Allow, PrivacyDefault::Block]);
    (trid(), option::of(version()), option::of(privacy)).prop_map(|(trid, version, privacy)| Blp {
        trid,
        version,
        privacy,
    })
}

fn gtc() -> impl Strategy<Value = Gtc> {
    let prompt = select(&[ReverseListPrompt::Ask, ReverseListPrompt::Never]);
    (trid(), option::of(version()), option::of(prompt)).prop_map(|(trid, version, prompt)| Gtc {
        trid,
        version,
        prompt,
    })
}

fn ims() -> impl Strategy<Value = Ims> {
    (trid(), any::<bool>()).prop_map(|(trid, is_on)| Ims { trid, is_on })
}

/// Each strategy as one of many.
macro_rules! any_of {
    ($($strategy:expr),* $(,)?) => { Union::new([$($strategy.boxed()),*]) };
}

fn server_command() -> impl Strategy<Value = ServerCommand> {
    any_of![
        server_login(),
        server_lists(),
        server_presence(),
        server_rooms(),
        server_rest()
    ]
}

fn server_login() -> Server {
    use ServerCommand as S;
    let challenge = (trid(), word());
    let accepted = (trid(), handle(), name(), option::of(any::<bool>()));
    any_of![
        ver().prop_map(S::Ver),
        (trid(), "[!-~]{1,10}( [!-~]{1,10}){0,2}")
            .prop_map(|(trid, packages)| S::Inf(InfReply { trid, packages })),
        challenge.prop_map(|(trid, challenge)| S::Usr(UsrReply::Challenge { trid, challenge })),
        accepted.prop_map(|(trid, handle, name, is_verified)| {
            S::Usr(UsrReply::Accepted {
                trid,
                handle,
                name,
                is_verified,
            })
        }),
        (trid(), option::of(endpoint()))
            .prop_map(|(trid, endpoint)| S::Xfr(XfrReply::Notification { trid, endpoint })),
        (trid(), endpoint(), secret()).prop_map(|(trid, endpoint, cookie)| {
            S::Xfr(XfrReply::Switchboard {
                trid,
                endpoint,
                cookie,
            })
        }),
        (trid(), word()).prop_map(|(trid, challenge)| S::Chl(Chl { trid, challenge })),
        trid().prop_map(|trid| S::Qry(QryReply { trid })),
        (trid(), word(), word(), [word(), word()]).prop_map(
            |(trid, recommended, minimum, urls)| {
                S::Cvr(CvrReply {
                    trid,
                    recommended,
                    minimum,
                    urls,
                })
            }
        ),
        select(&[
            None,
            Some(OutReason::Elsewhere),
            Some(OutReason::ServerShutdown)
        ])
        .prop_map(|reason| S::Out(Out { reason })),
        (0..=999u16, option::of(trid())).prop_map(|(code, trid)| S::Error(ErrorReply {
            code: ErrorCode(code),
            trid
        })),
        Just(S::Qng),
    ]
    .boxed()
}

fn server_lists() -> Server {
    use ServerCommand as S;
    let entry = (1u32.., any::<u32>(), handle(), name())
        .prop_map(|(index, total, handle, name)| (index, total, Some((handle, name))));
    let entry = prop_oneof![entry, any::<u32>().prop_map(|total| (0, total, None))];
    // An id alone cannot be told from a serial alone.
    let numbers = option::of((option::of(trid()), version()));
    any_of![
        server_changes(),
        syn().prop_map(S::Syn),
        (trid(), list(), version(), entry).prop_map(
            |(trid, list, version, (index, total, entry))| {
                S::Lst(Lst {
                    trid,
                    list,
                    version,
                    index,
                    total,
                    entry,
                })
            }
        ),
        blp().prop_map(S::Blp),
        gtc().prop_map(S::Gtc),
        (numbers, property(), value()).prop_map(|(numbers, property, value)| {
            let (trid, version) = numbers.map_or((None, None), |(trid, it)| (trid, Some(it)));
            S::Prp(PrpReply {
                trid,
                version,
                property,
                value,
            })
        }),
        (
            option::of(version()),
            option::of(handle()),
            property(),
            value()
        )
            .prop_map(|(version, handle, property, value)| S::Bpr(Bpr {
                version,
                handle,
                property,
                value
            })),
    ]
    .boxed()
}

fn server_changes() -> Server {
    use ServerCommand as S;
    any_of![
        (trid(), list(), option::of(version()), handle(), name()).prop_map(
            |(trid, list, version, handle, name)| {
                S::Add(AddReply {
                    trid,
                    list,
                    version,
                    handle,
                    name,
                })
            }
        ),
        (trid(), list(), option::of(version()), handle()).prop_map(
            |(trid, list, version, handle)| S::Rem(RemReply {
                trid,
                list,
                version,
                handle
            })
        ),
        (trid(), option::of(version()), handle(), name()).prop_map(
            |(trid, version, handle, name)| S::Rea(ReaReply {
                trid,
                version,
                handle,
                name
            })
        ),
    ]
    .boxed()
}

fn server_presence() -> Server {
    use ServerCommand as S;
    any_of![
        chg().prop_map(S::Chg),
        (trid(), presence(), handle(), name()).prop_map(|(trid, presence, handle, name)| {
            S::Iln(Iln {
                trid,
                presence,
                handle,
                name,
            })
        }),
        (presence(), handle(), name()).prop_map(|(presence, handle, name)| S::Nln(Nln {
            presence,
            handle,
            name
        })),
        handle().prop_map(|handle| S::Fln(Fln { handle })),
    ]
    .boxed()
}

fn server_rooms() -> Server {
    use ServerCommand as S;
    let rng = (id(), endpoint(), secret(), handle(), name());
    let iro = (trid(), any::<u32>(), any::<u32>(), handle(), name());
    any_of![
        rng.prop_map(|(id, endpoint, cookie, handle, name)| {
            S::Rng(Rng {
                id,
                endpoint,
                cookie,
                handle,
                name,
            })
        }),
        trid().prop_map(|trid| S::Ans(AnsReply { trid })),
        (trid(), id()).prop_map(|(trid, id)| S::Cal(CalReply { trid, id })),
        iro.prop_map(|(trid, index, total, handle, name)| {
            S::Iro(Iro {
                trid,
                index,
                total,
                handle,
                name,
            })
        }),
        (handle(), name()).prop_map(|(handle, name)| S::Joi(Joi { handle, name })),
        (handle(), any::<bool>()).prop_map(|(handle, is_idle)| S::Bye(Bye { handle, is_idle })),
        (handle(), name(), body()).prop_map(|(handle, name, body)| S::Msg(MsgReply {
            handle,
            name,
            body
        })),
        trid().prop_map(|trid| S::Ack(Ack { trid })),
        trid().prop_map(|trid| S::Nak(Nak { trid })),
    ]
    .boxed()
}

fn server_rest() -> Server {
    use ServerCommand as S;
    let url = (trid(), word(), word(), option::of(any::<u32>()));
    any_of![
        (trid(), any::<u32>(), any::<u32>(), fields()).prop_map(|(trid, index, total, fields)| {
            S::Fnd(FndReply {
                trid,
                index,
                total,
                fields,
            })
        }),
        ims().prop_map(S::Ims),
        body().prop_map(|xml| S::Ipg(AlertReply { xml })),
        body().prop_map(|xml| S::Not(AlertReply { xml })),
        trid().prop_map(|trid| S::Sdc(Mailed { trid })),
        trid().prop_map(|trid| S::Snd(Mailed { trid })),
        url.prop_map(|(trid, target, login, site_id)| {
            S::Url(UrlReply {
                trid,
                target,
                login,
                site_id,
            })
        }),
    ]
    .boxed()
}

fn client_command() -> impl Strategy<Value = ClientCommand> {
    any_of![
        client_login(),
        client_lists(),
        client_rooms(),
        client_rest()
    ]
}

fn client_login() -> Client {
    use ClientCommand as C;
    any_of![
        ver().prop_map(C::Ver),
        trid().prop_map(|trid| C::Inf(InfRequest { trid })),
        (trid(), handle()).prop_map(|(trid, handle)| C::Usr(UsrRequest::Init { trid, handle })),
        (trid(), secret()).prop_map(|(trid, digest)| C::Usr(UsrRequest::Digest { trid, digest })),
        (trid(), handle(), secret()).prop_map(|(trid, handle, cookie)| {
            C::Usr(UsrRequest::Cookie {
                trid,
                handle,
                cookie,
            })
        }),
        trid().prop_map(|trid| C::Xfr(XfrRequest { trid })),
        (trid(), word(), any::<String>()).prop_map(|(trid, client_id, digest)| {
            C::Qry(QryRequest {
                trid,
                client_id,
                digest: Secret::new(digest),
            })
        }),
        (trid(), vec(word(), 6..9)).prop_map(|(trid, words)| C::Cvr(CvrRequest { trid, words })),
        Just(C::Out),
        Just(C::Png),
    ]
    .boxed()
}

fn client_lists() -> Client {
    use ClientCommand as C;
    any_of![
        (trid(), list(), handle(), name()).prop_map(|(trid, list, handle, name)| {
            C::Add(AddRequest {
                trid,
                list,
                handle,
                name,
            })
        }),
        (trid(), list(), handle()).prop_map(|(trid, list, handle)| C::Rem(RemRequest {
            trid,
            list,
            handle
        })),
        (trid(), handle(), name()).prop_map(|(trid, handle, name)| C::Rea(ReaRequest {
            trid,
            handle,
            name
        })),
        (trid(), property(), value()).prop_map(|(trid, property, value)| C::Prp(PrpRequest {
            trid,
            property,
            value
        })),
        (trid(), list()).prop_map(|(trid, list)| C::Lst(LstRequest { trid, list })),
        blp().prop_map(C::Blp),
        gtc().prop_map(C::Gtc),
        syn().prop_map(C::Syn),
        chg().prop_map(C::Chg),
    ]
    .boxed()
}

fn client_rooms() -> Client {
    use ClientCommand as C;
    let ack = select(&[
        AckRequest::None,
        AckRequest::FailureOnly,
        AckRequest::Always,
    ]);
    any_of![
        (trid(), handle(), secret(), id()).prop_map(|(trid, handle, cookie, id)| {
            C::Ans(AnsRequest {
                trid,
                handle,
                cookie,
                id,
            })
        }),
        (trid(), handle()).prop_map(|(trid, handle)| C::Cal(CalRequest { trid, handle })),
        (trid(), ack, body()).prop_map(|(trid, ack, body)| C::Msg(MsgRequest { trid, ack, body })),
    ]
    .boxed()
}

fn client_rest() -> Client {
    use ClientCommand as C;
    let sdc = (trid(), handle(), word(), "\\PC{0,20}", any::<String>());
    any_of![
        (trid(), fields()).prop_map(|(trid, fields)| C::Fnd(FndRequest { trid, fields })),
        ims().prop_map(C::Ims),
        (trid(), handle(), body()).prop_map(|(trid, handle, xml)| C::Pag(PagRequest {
            trid,
            handle,
            xml
        })),
        sdc.prop_map(|(trid, handle, lcid, name, text)| {
            C::Sdc(SdcRequest {
                trid,
                handle,
                lcid,
                name,
                text,
            })
        }),
        (trid(), handle(), word()).prop_map(|(trid, handle, lcid)| C::Snd(SndRequest {
            trid,
            handle,
            lcid
        })),
        (trid(), select(&Service::ALL), option::of(word())).prop_map(
            |(trid, service, argument)| C::Url(UrlRequest {
                trid,
                service,
                argument
            })
        ),
    ]
    .boxed()
}

fn format() -> impl Strategy<Value = TextFormat> {
    let font = "\\PC{1,20}".prop_filter_map("no font", |font| {
        let font = font.trim();
        (1..=TextFormat::MAX_FONT)
            .contains(&font.len())
            .then(|| font.to_owned())
    });
    let effects = any::<[bool; 4]>().prop_map(|[bold, italic, underlined, struck]| Effects {
        is_bold: bold,
        is_italic: italic,
        is_underlined: underlined,
        is_struck: struck,
    });
    let colour = any::<[u8; 3]>().prop_map(|[red, green, blue]| Colour { red, green, blue });
    (
        option::of(font),
        effects,
        colour,
        any::<[u8; 2]>(),
        any::<bool>(),
    )
        .prop_map(
            |(font, effects, colour, [charset, pitch_and_family], is_right_to_left)| TextFormat {
                font,
                effects,
                colour,
                charset,
                pitch_and_family,
                is_right_to_left,
            },
        )
}

/// Bytes that look like commands, more or less.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => server_command().prop_map(|command| command.encode()),
        2 => client_command().prop_map(|command| command.encode()),
        1 => vec(any::<u8>(), 0..40),
        1 => select(&["\r\n", "\n", "MSG a A 7\r\n", "MSG a A x\r\n", "NOT 65537\r\n", "UBX a 3\r\n"])
            .prop_map(|text| text.as_bytes().to_vec()),
    ];
    vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// The pieces of bytes that are cut where the numbers say.
fn cut<'a>(bytes: &'a [u8], at: &[prop::sample::Index]) -> Vec<&'a [u8]> {
    let mut at: Vec<_> = at.iter().map(|at| at.index(bytes.len() + 1)).collect();
    at.sort_unstable();
    let ends = at.iter().copied().chain([bytes.len()]);
    let starts = [0].into_iter().chain(at.iter().copied());
    starts
        .zip(ends)
        .map(|(start, end)| &bytes[start..end])
        .collect()
}

/// What comes of it when a client that signs in is sent these pieces: events and orders, and what it sends.
fn outcome(pieces: &[&[u8]]) -> (Vec<String>, Vec<u8>) {
    let (mut messenger, mut told, mut sent) = (Messenger::new(), Vec::new(), Vec::new());
    let link = LinkId(1);
    // Whether the link still leads to who sends the pieces.
    let mut is_up = true;
    let mut input = |input| {
        messenger.handle(Timestamp(1_000), input);
        while let Some(output) = messenger.poll() {
            match output {
                Output::Transmit { bytes, .. } => sent.extend_from_slice(bytes.expose()),
                Output::Probe { .. } | Output::WakeAt(_) => {}
                Output::Event(event) => told.push(format!("{event:?}")),
                Output::Connect { .. } => told.push(format!("{output:?}")),
                Output::Redirect { link: of, .. } | Output::Disconnect { link: of } => {
                    is_up &= of != link;
                    told.push(format!("{output:?}"));
                }
            }
        }
        is_up
    };
    input(Input::Intent(Intent::SignIn {
        handle: UserHandle::parse("alice@example.com").expect("a handle"),
        password: Secret::new("secret-alice".to_owned()),
        presence: Presence::Online,
    }));
    input(Input::Opened { link });
    for piece in pieces {
        let bytes = piece.to_vec();
        if !input(Input::Received { link, bytes }) {
            break;
        }
    }
    (told, sent)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn what_a_server_says_reads_back(command in server_command()) {
        let mut framer = Framer::new(Direction::FromServer);
        let bytes = command.encode();
        framer.push(&bytes);
        let read = ServerCommand::decode(&framer.next_frame().expect("sound").expect("a frame"));
        // Handles that differ in case are equal; their spelling has to come through as well.
        prop_assert_eq!(read.as_ref().map(ServerCommand::encode), Ok(bytes));
        prop_assert_eq!(read, Ok(command));
        prop_assert_eq!(framer.buffered(), 0);
    }

    #[test]
    fn what_a_client_says_reads_back(command in client_command()) {
        let mut framer = Framer::new(Direction::FromClient);
        let bytes = command.encode();
        framer.push(&bytes);
        let read = ClientCommand::decode(&framer.next_frame().expect("sound").expect("a frame"));
        // Handles that differ in case are equal; their spelling has to come through as well.
        prop_assert_eq!(read.as_ref().map(ClientCommand::encode), Ok(bytes));
        prop_assert_eq!(read, Ok(command));
        prop_assert_eq!(framer.buffered(), 0);
    }

    #[test]
    fn a_text_and_its_looks_read_back(text in any::<String>(), format in format()) {
        let text = PlainText::with_format(&text, format);
        prop_assert_eq!(Payload::parse(&text.encode()), Payload::Text(text));
    }

    #[test]
    fn a_format_reads_back(format in format()) {
        prop_assert_eq!(TextFormat::parse(&format.encode()), format);
    }

    #[test]
    fn a_typing_notice_reads_back(handle in handle()) {
        let notice = TypingNotice { handle };
        prop_assert_eq!(Payload::parse(&notice.encode()), Payload::Typing(notice));
    }

    #[test]
    fn the_end_of_an_invitation_reads_back(cookie in any::<u32>()) {
        for code in [CancelCode::Reject, CancelCode::NotInstalled, CancelCode::Timeout,
            CancelCode::TransferTimeout, CancelCode::Fail, CancelCode::Closing] {
            let command = InvitationCommand::Cancel(code);
            let read = Payload::parse(&Invitation::cancel(cookie, code));
            prop_assert_eq!(read, Payload::Invitation(Invitation { cookie, command }));
        }
    }

    #[test]
    fn a_page_to_a_telephone_reads_back(text in "[ -~]{0,113}") {
        let read = Alert::parse(&page(&text)).map(|alert| alert.text);
        prop_assert_eq!(read, Some(text));
    }

    #[test]
    fn a_name_and_a_text_of_any_kind_stay_inside_their_word(text in any::<String>()) {
        let line = LineWriter::new("TST").text(&text).word(&text).finish();
        let is_sound = |&b: &u8| b > b' ' && b != 0x7f;
        prop_assert_eq!(line.iter().filter(|b| !is_sound(b)).count(), 4);
        let word = line.split(|&b| b == b' ').nth(1).unwrap_or_default();
        prop_assert_eq!(percent::decode(word).into_owned(), text.as_bytes());
    }

    #[test]
    fn no_cut_changes_the_frames(
        stream in stream(),
        at in vec(any::<prop::sample::Index>(), 0..12),
    ) {
        for direction in [Direction::FromServer, Direction::FromClient] {
            let whole = frames(direction, [stream.as_slice()]);
            prop_assert_eq!(frames(direction, cut(&stream, &at)), whole.clone());
            prop_assert_eq!(frames(direction, stream.chunks(1)), whole);
        }
    }

    #[test]
    fn any_bytes_at_all_are_read_as_a_body(bytes in body()) {
        // It must neither panic nor change its mind.
        prop_assert_eq!(Payload::parse(&bytes), Payload::parse(&bytes));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn no_cut_changes_what_a_client_does(
        stream in stream(),
        at in vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let bytes = [recording("01-signin.alice.s2c").bytes, stream.as_slice()].concat();
        let whole = outcome(&[&bytes]);
        prop_assert!(whole.0.len() > 5, "the client did not sign in: {:?}", whole.0);
        prop_assert_eq!(outcome(&cut(&bytes, &at)), whole.clone());
        prop_assert_eq!(outcome(&bytes.chunks(7).collect::<Vec<_>>()), whole);
    }
}
