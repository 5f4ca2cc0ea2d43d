//! Groups 1 to 5, 9 and 10: frames, control frames, reserved bits and opcodes, fragments, lengths.

use super::*;

#[tokio::test]
async fn messages_of_every_length_come_back() {
    let mut cases = Vec::new();
    for opcode in [TEXT, BINARY] {
        for length in [0, 1, 125, 126, 127, 128, 65535, 65536] {
            let payload = vec![b'*'; length];
            let name = format!("1: opcode {opcode}, {length} bytes");
            cases.push(fine(name, whole(opcode, &payload), &[(opcode, &payload)]));
        }
    }
    play(cases).await;
}

#[tokio::test]
async fn pings_are_answered_with_their_payload_and_pongs_are_not() {
    let ping = |payload: &[u8]| whole(PING, payload);
    let ten: Vec<String> = (0..10).map(|number| format!("payload-{number}")).collect();
    let pongs: Vec<(u8, &[u8])> = ten.iter().map(|text| (PONG, text.as_bytes())).collect();
    let asked = ten.iter().flat_map(|text| ping(text.as_bytes())).collect();
    let bytes = [0x00, 0xff, 0xfe, 0xfd, 0xfc, 0xfb, 0x00, 0xff];
    play(vec![
        fine("2.1", ping(b""), &[(PONG, b"")]),
        fine("2.2", ping(b"Hello, world!"), &[(PONG, b"Hello, world!")]),
        fine("2.3", ping(&bytes), &[(PONG, &bytes)]),
        fine("2.4", ping(&[0xfe; 125]), &[(PONG, &[0xfe; 125])]),
        fails("2.5", ping(&[0xfe; 126]), &[]),
        fine("2.7", whole(PONG, b""), &[]),
        fine("2.8", whole(PONG, b"unsolicited pong payload"), &[]),
        fine(
            "2.9",
            [whole(PONG, b"unsolicited"), ping(b"ping")].concat(),
            &[(PONG, b"ping")],
        ),
        fine("2.10", asked, &pongs),
    ])
    .await;
}

#[tokio::test]
async fn reserved_bits_fail_the_connection() {
    let mut cases = Vec::new();
    for bits in 1..8 {
        for opcode in [TEXT, BINARY, PING, PONG, CLOSE] {
            let sent = [
                whole(TEXT, b"Hello, world!"),
                frame(FINAL | bits << 4 | opcode, b"\x03\xe8"),
            ];
            cases.push(fails(
                format!("3: bits {bits}, opcode {opcode}"),
                sent.concat(),
                &[(TEXT, b"Hello, world!")],
            ));
        }
    }
    play(cases).await;
}

#[tokio::test]
async fn reserved_opcodes_fail_the_connection() {
    let mut cases = Vec::new();
    for opcode in (3..8).chain(11..16) {
        for payload in [&b""[..], b"reserved opcode payload"] {
            let sent = [whole(TEXT, b"Hello, world!"), whole(opcode, payload)];
            cases.push(fails(
                format!("4: opcode {opcode}, {} bytes", payload.len()),
                sent.concat(),
                &[(TEXT, b"Hello, world!")],
            ));
        }
    }
    play(cases).await;
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a table")]
async fn fragments_are_joined_with_pings_in_between_and_nothing_else() {
    let (begin, go_on, end) = (
        |opcode, payload: &[u8]| frame(opcode, payload),
        |payload: &[u8]| frame(CONTINUATION, payload),
        |payload: &[u8]| whole(CONTINUATION, payload),
    );
    let ping = whole(PING, b"ping");
    let mut cases = vec![
        fails(
            "5.1",
            [frame(PING, b"fragment1"), end(b"fragment2")].concat(),
            &[],
        ),
        fails(
            "5.2",
            [frame(PONG, b"fragment1"), end(b"fragment2")].concat(),
            &[],
        ),
        fails(
            "5.9",
            [end(b"nothing to go on with"), whole(TEXT, b"x")].concat(),
            &[],
        ),
        fails(
            "5.12",
            [go_on(b"nothing to go on with"), whole(TEXT, b"x")].concat(),
            &[],
        ),
        fails(
            "5.15",
            [
                begin(TEXT, b"fragment1"),
                end(b"fragment2"),
                go_on(b"fragment3"),
            ]
            .concat(),
            &[(TEXT, b"fragment1fragment2")],
        ),
        fails(
            "5.18",
            [begin(TEXT, b"fragment1"), whole(TEXT, b"fragment2")].concat(),
            &[],
        ),
        fails(
            "5.18, binary",
            [begin(BINARY, b"1"), whole(BINARY, b"2")].concat(),
            &[],
        ),
        fails(
            "5.18, a beginning in another",
            [begin(TEXT, b"1"), begin(BINARY, b"2")].concat(),
            &[],
        ),
        fine(
            "5.19",
            [
                begin(TEXT, b"fragment1"),
                go_on(b"fragment2"),
                ping.clone(),
                go_on(b"fragment3"),
                go_on(b"fragment4"),
                ping.clone(),
                end(b"fragment5"),
            ]
            .concat(),
            &[
                (PONG, b"ping"),
                (PONG, b"ping"),
                (TEXT, b"fragment1fragment2fragment3fragment4fragment5"),
            ],
        ),
        fine(
            "6.1.2",
            [begin(TEXT, b""), go_on(b""), end(b"")].concat(),
            &[(TEXT, b"")],
        ),
        fine(
            "6.1.3",
            [begin(TEXT, b""), go_on(b"middle"), end(b"")].concat(),
            &[(TEXT, b"middle")],
        ),
    ];
    for opcode in [TEXT, BINARY] {
        let two = [begin(opcode, b"fragment1"), end(b"fragment2")].concat();
        let pinged = [begin(opcode, b"fragment1"), ping.clone(), end(b"fragment2")].concat();
        let both: (u8, &[u8]) = (opcode, b"fragment1fragment2");
        cases.push(fine(format!("5.3: opcode {opcode}"), two.clone(), &[both]));
        cases.push(fine(
            format!("5.6: opcode {opcode}"),
            pinged,
            &[(PONG, b"ping"), both],
        ));
        let behind = [whole(BINARY, b"plain"), two, whole(BINARY, b"plain")].concat();
        let plain: (u8, &[u8]) = (BINARY, b"plain");
        cases.push(fine(
            format!("fragments between plain messages, opcode {opcode}"),
            behind,
            &[plain, both, plain],
        ));
    }
    play(cases).await;
}

#[tokio::test]
async fn long_messages_come_back_whole_or_in_fragments() {
    let mut cases = Vec::new();
    for opcode in [TEXT, BINARY] {
        for length in [64 << 10, 256 << 10, 1 << 20, 4 << 20, LONGEST] {
            let payload: Vec<u8> = (b'a'..=b'z').cycle().take(length).collect();
            let name = format!("9: opcode {opcode}, {length} bytes");
            let expected: &[(u8, &[u8])] = &[(opcode, &payload)];
            cases.push(fine(name.as_str(), whole(opcode, &payload), expected));
            for size in [4 << 10, 256 << 10]
                .into_iter()
                .filter(|_| length <= 4 << 20)
            {
                let sent = fragments(opcode, &payload, size);
                cases.push(fine(format!("{name}, fragments of {size}"), sent, expected));
            }
        }
        let payload = vec![b'*'; 65536];
        for size in [64, 1300] {
            let sent = fragments(opcode, &payload, size);
            let name = format!("10: opcode {opcode}, fragments of {size}");
            cases.push(fine(name, sent, &[(opcode, &payload)]));
        }
    }
    play(cases).await;
}

#[tokio::test]
async fn a_message_that_is_too_long_and_a_frame_without_a_mask_fail_the_connection() {
    let mut unmasked = whole(BINARY, b"");
    unmasked[1] = 5;
    unmasked.splice(2..6, *b"Hello");
    play(vec![
        fails(
            "unmasked",
            [whole(TEXT, b"x"), unmasked].concat(),
            &[(TEXT, b"x")],
        ),
        fails("too long", whole(BINARY, &vec![0; LONGEST + 1]), &[]),
    ])
    .await;
}
