//! Links that fail, many in each way: each ends with its code, none leaves a descriptor behind, and a link
//! beside them notices nothing.
#![cfg(target_os = "linux")]

use crate::support::{FakeLink, FakeServer, Page, RawPage, Running, dribbles, program, soon};
use std::{
    fs,
    iter::repeat,
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::io::AsyncWriteExt as _;

/// How many links fail in each way.
const EACH: usize = 20;

/// TCP has no route to all machines of a network at once: the system says so, and nothing leaves it.
const NO_ROUTE: &str = "255.255.255.255:1863";

/// Far less than the ten seconds that connecting may take.
const AT_ONCE: Duration = Duration::from_secs(5);

/// A gateway in front of a server, and a link through it on which all is well.
struct Scene {
    server: FakeServer,
    running: Running,
    page: Page,
    link: FakeLink,
}

impl Scene {
    async fn start() -> Self {
        Self::with(&[]).await
    }

    /// The same with other arguments as well.
    async fn with(arguments: &[&str]) -> Self {
        let server = FakeServer::start().await;
        let gone = FakeServer::start().await.address;
        let servers = [
            format!("test={}", server.address),
            format!("gone={gone}"),
            format!("lost={NO_ROUTE}"),
            format!("spare={NO_ROUTE}+{}", server.address),
        ];
        let mut all = vec!["--listen", "127.0.0.1:0"];
        for server in &servers {
            all.extend(["--server", server]);
        }
        all.extend(["--max-links-per-client", "0"]);
        all.extend(["--max-new-links-per-minute", "0"]);
        all.extend(arguments);
        let running = Running::start(&mut program(&all)).await;
        let page = ready(running.address).await;
        let link = server.accept().await;
        Self {
            server,
            running,
            page,
            link,
        }
    }

    /// Lets links fail, and sees that all else is as it was before.
    async fn survives(&mut self, fault: impl AsyncFn(&Self)) {
        self.survives_times(EACH, fault).await;
    }

    async fn survives_times(&mut self, times: usize, fault: impl AsyncFn(&Self)) {
        // What a program opens once, such as a way to look up names, it keeps.
        fault(self).await;
        self.goes_on().await;
        let before = self.descriptors();
        for _ in 0..times {
            fault(self).await;
        }
        soon("the end of all descriptors of links that failed", async {
            while self.descriptors() > before {
                tokio::task::yield_now().await;
            }
        })
        .await;
        self.goes_on().await;
    }

    async fn goes_on(&mut self) {
        self.page.says("PNG\r\n").await;
        self.link.hears("PNG\r\n").await;
        self.link.says("QNG\r\n").await;
        self.page.hears_bytes("QNG\r\n").await;
    }

    fn descriptors(&self) -> usize {
        let pid = self.running.child.id().expect("a running program");
        let open = fs::read_dir(format!("/proc/{pid}/fd")).expect("a list");
        open.count()
    }

    async fn link(&self) -> (Page, FakeLink) {
        let page = ready(self.running.address).await;
        (page, self.server.accept().await)
    }
}

async fn ready(address: SocketAddr) -> Page {
    let mut page = Page::open_at(address, "").await;
    page.line().await;
    page
}

#[tokio::test]
async fn servers_that_reset_end_or_stop_sending() {
    let mut scene = Scene::start().await;
    scene
        .survives(async |scene| {
            let (mut page, link) = scene.link().await;
            link.resets();
            assert_eq!(page.closed().await.0, 4002);
        })
        .await;
    scene
        .survives(async |scene| {
            let (mut page, link) = scene.link().await;
            drop(link);
            assert_eq!(page.closed().await.0, 1000);
        })
        .await;
    scene
        .survives(async |scene| {
            let (mut page, mut link) = scene.link().await;
            page.says("PNG\r\n").await;
            link.hears("PNG\r\n").await;
            soon("half a close", link.0.shutdown())
                .await
                .expect("closed");
            assert_eq!(page.closed().await.0, 1000);
            assert_eq!(link.hears_the_rest().await, b"");
        })
        .await;
}

#[tokio::test]
async fn servers_that_are_not_there() {
    let mut scene = Scene::start().await;
    scene
        .survives(async |scene| {
            let mut page = Page::open_at(scene.running.address, "?server=gone").await;
            assert_eq!(page.closed().await.0, 4001);
        })
        .await;
}

#[tokio::test]
async fn addresses_without_a_route() {
    let mut scene = Scene::with(&["--transfer-allow", NO_ROUTE]).await;
    let address = scene.running.address;
    scene
        .survives(async |_| {
            let asked = Instant::now();
            let mut page = Page::open_at(address, "?server=lost").await;
            assert_eq!(page.closed().await.0, 4002);
            assert!(asked.elapsed() < AT_ONCE);
        })
        .await;
    scene
        .survives(async |scene| {
            let asked = Instant::now();
            let mut page = Page::open_at(address, "?server=spare").await;
            page.hears_ready(scene.server.address).await;
            assert!(asked.elapsed() < AT_ONCE);
            let mut link = scene.server.accept().await;
            page.says("VER 1 MSNP6 CVR0\r\n").await;
            link.hears("VER 1 MSNP6 CVR0\r\n").await;
        })
        .await;
    scene
        .survives(async |scene| {
            let (mut page, mut link) = scene.link().await;
            let referral = format!("XFR 3 NS {NO_ROUTE} 0\r\n");
            link.says(&referral).await;
            page.hears_bytes(&referral).await;
            assert_eq!(page.closed().await.0, 4002);
        })
        .await;
}

#[tokio::test]
async fn pages_that_reset_vanish_or_stop_in_the_middle_of_a_frame() {
    let mut scene = Scene::start().await;
    for half in [0, 1, 5, 9] {
        scene
            .survives(async |scene| {
                let mut page = RawPage::ready(scene.running.address, "").await;
                let mut link = scene.server.accept().await;
                page.writes(&RawPage::frame(0x82, b"OUT\r\n")[..half]).await;
                if half == 0 {
                    page.0.set_zero_linger().expect("an option");
                }
                drop(page);
                assert_eq!(link.hears_the_rest().await, b"");
            })
            .await;
    }
}

#[tokio::test]
async fn pages_that_break_the_rules_or_never_become_one() {
    let mut scene = Scene::start().await;
    scene
        .survives(async |scene| {
            let mut page = RawPage::ready(scene.running.address, "").await;
            let mut link = scene.server.accept().await;
            page.writes(&RawPage::frame(0xf2, b"OUT\r\n")).await;
            assert_eq!(page.closed().await, 4013);
            drop(page);
            assert_eq!(link.hears_the_rest().await, b"");
        })
        .await;
    let request = RawPage::request(scene.running.address, "");
    for end in [0, 3, request.len() / 2, request.len() - 1] {
        scene
            .survives(async |scene| {
                let mut page = RawPage::connect(scene.running.address).await;
                page.writes(&request.as_bytes()[..end]).await;
            })
            .await;
    }
}

#[tokio::test]
async fn pages_that_say_their_request_byte_by_byte_without_end() {
    let mut scene = Scene::with(&["--http-head-seconds=1"]).await;
    let head = RawPage::request(scene.running.address, "");
    let endless = || head.trim_end().bytes().chain(repeat(b'x'));
    // All at once, since each of them takes its second.
    scene
        .survives_times(1, async |scene| {
            let pages = (0..EACH).map(async |_| {
                let mut page = RawPage::connect(scene.running.address).await;
                soon("its end", dribbles(&mut page.0, endless())).await
            });
            let ends = futures_util::future::join_all(pages).await;
            assert!(ends.iter().all(Result::is_err));
        })
        .await;
}
