//! Groups 6 and 7: what texts may be made of, and how connections are closed.

use super::*;

#[tokio::test]
async fn texts_are_utf_8_and_nothing_else_is() {
    let mut cases = Vec::new();
    // What each says is beside it in the suite: Greek, the ends of each length, noncharacters.
    for right in [
        "Hello-µ@ßöäüàá-UTF-8!!",
        "κόσμε",
        "\u{0}\u{80}\u{800}\u{10000}",
        "\u{7f}\u{7ff}\u{ffff}\u{10ffff}",
        "\u{d7ff}\u{e000}\u{fffd}",
        "\u{fffe}\u{ffff}\u{1fffe}",
    ] {
        let bytes = right.as_bytes();
        cases.push(fine(
            format!("6.2: {right:?}"),
            whole(TEXT, bytes),
            &[(TEXT, bytes)],
        ));
        let cut = fragments(TEXT, bytes, 1);
        cases.push(fine(
            format!("6.2.3: {right:?} in bytes"),
            cut,
            &[(TEXT, bytes)],
        ));
    }
    for wrong in [
        &b"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80\x65\x64\x69\x74\x65\x64"[..],
        b"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xf4\x90\x80\x80edited",
        b"\x80",
        b"\xbf",
        b"\x80\xbf\x80",
        b"\xc0 \xc1 ",
        b"\xe0 \xef ",
        b"\xf0 \xf7 ",
        b"\xf8 ",
        b"\xfc ",
        b"\xc0",
        b"\xe0\x80",
        b"\xf0\x80\x80",
        b"\xfe",
        b"\xff",
        b"\xfe\xfe\xff\xff",
        b"\xc0\xaf",
        b"\xe0\x80\xaf",
        b"\xf0\x80\x80\xaf",
        b"\xf8\x80\x80\x80\xaf",
        b"\xc1\xbf",
        b"\xe0\x9f\xbf",
        b"\xf0\x8f\xbf\xbf",
        b"\xed\xa0\x80",
        b"\xed\xbf\xbf",
        b"\xed\xa0\x80\xed\xb0\x80",
    ] {
        let name = format!("6.3: {}", wrong.escape_ascii());
        cases.push(fails(name.as_str(), whole(TEXT, wrong), &[]));
        cases.push(fails(name + " in bytes", fragments(TEXT, wrong, 1), &[]));
        let is_binary = whole(BINARY, wrong);
        let binary = format!("{} is fine as bytes", wrong.escape_ascii());
        cases.push(fine(binary, is_binary, &[(BINARY, wrong)]));
    }
    play(cases).await;
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a table")]
async fn a_close_is_agreed_to_once_and_is_the_last_word() {
    let said: &[(u8, &[u8])] = &[(TEXT, b"Hello World!")];
    let hello = || whole(TEXT, b"Hello World!");
    let ends = |name: &str, sent: Vec<u8>, end| Case {
        name: name.to_owned(),
        sent,
        heard: said
            .to_vec()
            .iter()
            .map(|(o, b)| (*o, b.to_vec()))
            .collect(),
        end,
    };
    let reason = |code: u16, reason: &[u8]| close(&[&code.to_be_bytes()[..], reason].concat());
    let after = |what: Vec<u8>| [hello(), good_bye(), what].concat();
    let mut cases = vec![
        ends("7.1.1", after(Vec::new()), End::Closed(1000)),
        ends("7.1.2", after(good_bye()), End::Closed(1000)),
        ends("7.1.3", after(whole(PING, b"")), End::Closed(1000)),
        ends("7.1.4", after(hello()), End::Closed(1000)),
        ends(
            "7.1.5",
            [
                hello(),
                frame(TEXT, b"fragment1"),
                good_bye(),
                whole(CONTINUATION, b"2"),
            ]
            .concat(),
            End::Closed(1000),
        ),
        ends(
            "7.3.1",
            [hello(), close(b"")].concat(),
            End::ClosedWithoutCode,
        ),
        ends("7.3.2", [hello(), close(b"a")].concat(), End::Failed),
        ends(
            "7.3.4",
            [hello(), reason(1000, b"Hello World!")].concat(),
            End::Closed(1000),
        ),
        ends(
            "7.3.5",
            [hello(), reason(1000, &[b'*'; 123])].concat(),
            End::Closed(1000),
        ),
        ends(
            "7.3.6",
            [hello(), reason(1000, &[b'*'; 124])].concat(),
            End::Failed,
        ),
        ends(
            "7.5.1",
            [hello(), reason(1000, b"\xce\xba\xed\xa0\x80")].concat(),
            End::Failed,
        ),
    ];
    for code in [
        1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999,
    ] {
        let end = if code == 1002 {
            End::Failed
        } else {
            End::Closed(code)
        };
        cases.push(ends(
            &format!("7.7: {code}"),
            [hello(), reason(code, b"")].concat(),
            end,
        ));
    }
    for code in [
        0, 999, 1004, 1005, 1006, 1014, 1015, 1016, 1100, 2000, 2999, 5000, 65535,
    ] {
        let sent = [hello(), reason(code, b"")].concat();
        cases.push(ends(&format!("7.9: {code}"), sent, End::Failed));
    }
    play(cases).await;
}
