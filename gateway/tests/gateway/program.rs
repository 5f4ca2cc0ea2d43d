//! The program itself: command line, signals, logs.

use crate::support::{FakeServer, RawPage, Running, program, soon};
use tokio::process::Command;

/// What the program prints and answers when it does not start.
async fn refusal(command: &mut Command) -> String {
    let output = soon("the program's end", command.output())
        .await
        .expect("started");
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stderr).expect("text")
}

#[tokio::test]
async fn check_says_that_a_configuration_is_fine() {
    let output = soon(
        "the program's end",
        program(&["--check", "--demo"]).output(),
    )
    .await;
    assert_eq!(output.expect("started").status.code(), Some(0));
}

#[tokio::test]
async fn check_says_what_is_wrong() {
    let refusal = refusal(&mut program(&["--check", "--demo", "--listen", "here"])).await;
    for part in ["listen", "\"here\"", "127.0.0.1:8080"] {
        assert!(refusal.contains(part), "{refusal}");
    }
}

#[tokio::test]
async fn without_a_server_it_shows_how_to_name_one() {
    let refusal = refusal(&mut program(&[])).await;
    assert!(
        refusal.contains("--server escargot=") && refusal.contains("--demo"),
        "{refusal}"
    );
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let taken = FakeServer::start().await;
    let address = taken.address.to_string();
    let refusal = refusal(&mut program(&["--demo", "--listen", &address])).await;
    assert!(
        refusal.contains("listen") && refusal.contains(&address),
        "{refusal}"
    );
}

#[tokio::test]
async fn flags_win_over_the_environment_and_the_environment_over_the_file() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(
        file.path(),
        "listen = 'file'\nadmin_listen = 'file'\norigin = ['file']",
    )
    .expect("written");
    let path = file.path().to_str().expect("a path");
    let mut command = program(&["--check", "--demo", "--config", path]);
    command.env("MSNP6_GATEWAY_LISTEN", "environment");
    let refused = refusal(&mut command).await;
    assert!(refused.contains("listen is \"environment\""), "{refused}");
    command.args(["--listen", "flag"]);
    let refused = refusal(&mut command).await;
    assert!(refused.contains("listen is \"flag\""), "{refused}");
    command
        .args(["--listen=127.0.0.1:0"])
        .env("MSNP6_GATEWAY_LISTEN", "127.0.0.1:1");
    let mut command = program(&[
        "--check",
        "--demo",
        "--config",
        path,
        "--listen",
        "127.0.0.1:0",
    ]);
    command.env("MSNP6_GATEWAY_ADMIN_LISTEN", "127.0.0.1:0");
    let refused = refusal(&mut command).await;
    assert!(refused.contains("origin is \"file\""), "{refused}");
}

#[cfg(unix)]
#[tokio::test]
async fn sigterm_and_sigint_close_links_with_4014_and_exit_with_0() {
    for signal in ["TERM", "INT"] {
        let server = FakeServer::start().await;
        let mut running = Running::before(&server).await;
        let mut page = RawPage::ready(running.address, "").await;
        running.signal(signal).await;
        assert_eq!(page.closed().await, 4014);
        drop(page);
        assert_eq!(running.status().await, Some(0), "{signal}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_second_signal_exits_at_once() {
    let server = FakeServer::start().await;
    let mut running = Running::before(&server).await;
    // It never answers the close, so the gateway would wait.
    let mut page = RawPage::ready(running.address, "").await;
    running.signal("TERM").await;
    assert_eq!(page.closed().await, 4014);
    running.signal("TERM").await;
    assert_eq!(running.status().await, Some(1));
}

#[cfg(unix)]
#[tokio::test]
async fn logs_say_who_where_how_much_and_why_but_no_ticket_and_no_content() {
    let (server, board) = (FakeServer::start().await, FakeServer::start().await);
    let mut command = program(&["--listen", "127.0.0.1:0"]);
    let entry = format!("test={}", server.address);
    command
        .args(["--server", &entry])
        .env("MSNP6_GATEWAY_LOG", "trace");
    let mut running = Running::start(&mut command).await;
    let mut page = RawPage::ready(running.address, "").await;
    let mut link = server.accept().await;
    link.says(&format!("XFR 7 SB {} CKI canary-cookie\r\n", board.address))
        .await;
    let (_, line) = page.reads_frame().await;
    let line = String::from_utf8(line).expect("text");
    let ticket = line.split(' ').nth(3).expect("a ticket").to_owned();
    let mut talk = RawPage::ready(running.address, &format!("?ticket={ticket}")).await;
    talk.writes(&RawPage::frame(
        0x82,
        b"USR 1 alice@example.com canary-cookie\r\n",
    ))
    .await;
    let mut talk_link = board.accept().await;
    talk_link
        .hears("USR 1 alice@example.com canary-cookie\r\n")
        .await;
    let forged = RawPage::request(
        running.address,
        "?ticket=canary-forged&server=canary-server",
    );
    let mut refused = RawPage::connect(running.address).await;
    refused.writes(forged.as_bytes()).await;
    refused.skips_head().await;
    assert_eq!(refused.closed().await, 4007);
    drop((refused, talk, page));
    talk_link.hears_the_rest().await;
    running.signal("TERM").await;
    let log = running.log().await;
    for secret in [
        ticket.as_str(),
        ticket.split_once('.').expect("two parts").1,
        "canary",
        "alice",
    ] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
    assert_eq!(log.matches("link opened").count(), 3, "{log}");
    assert_eq!(log.matches("link closed").count(), 3, "{log}");
    for part in [
        "peer=127.0.0.1:",
        "server=test",
        "upstream=39",
        "code=4007",
        "milliseconds=",
    ] {
        assert!(log.contains(part), "{part} not in {log}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn memory_stays_flat_while_pages_do_not_read() {
    use tokio::io::AsyncWriteExt as _;
    let server = FakeServer::start().await;
    let running = Running::before(&server).await;
    let mut links = Vec::new();
    for _ in 0..20 {
        let page = RawPage::ready(running.address, "").await;
        links.push((page, server.accept().await));
    }
    let before = resident(&running);
    let line = b"NLN NLN a@b.c A\r\n".repeat(4096);
    let quiet = std::time::Duration::from_millis(100);
    for (_, link) in &mut links {
        while matches!(
            tokio::time::timeout(quiet, link.0.write(&line)).await,
            Ok(Ok(_))
        ) {}
    }
    let grown = resident(&running).saturating_sub(before);
    assert!(grown < 20 * 512, "{grown} KiB for 20 pages");
}

/// The program's resident memory, in KiB.
#[cfg(target_os = "linux")]
fn resident(running: &Running) -> u64 {
    let pid = running.child.id().expect("a running program");
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("a status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line
        .and_then(|line| line.trim().strip_suffix(" kB"))
        .map(str::trim);
    kib.and_then(|kib| kib.parse().ok()).expect("a number")
}
