//! How fast bytes become frames and commands, beside what only finding line ends costs, and beside another
//! parser of lines. `cargo xtask bench codec` runs it natively and in WebAssembly, and prints both tables.
//!
//! It has a clock of its own instead of a benchmark library: those run on no WebAssembly, and the ratios
//! say something only when all columns are measured in turn, in the same run.
#![allow(clippy::expect_used, reason = "a benchmark may stop at what cannot be")]

mod traffic;

use std::fmt::Write as _;
use std::hint::black_box;

use msnp6::command::ServerCommand;
use msnp6::payload::Payload;
use msnp6::wire::{Direction, Frame, Framer};
use traffic::Traffic;

/// Bytes come from a network in pieces of about this size.
const PIECE: usize = 16 * 1024;

/// Each column of each kind of traffic is measured this often, in turn; the fastest counts.
const ROUNDS: usize = 40;

/// One column of the table: what is done with the bytes. It answers how many things it found.
type Column = (&'static str, fn(&Traffic) -> usize);

const COLUMNS: [Column; 5] = [
    ("line ends", line_ends),
    ("frames", |traffic| framed(traffic, |_| 1)),
    ("commands", |traffic| framed(traffic, decoded)),
    ("and bodies", |traffic| framed(traffic, with_body)),
    ("httparse", httparse_headers),
];

fn main() {
    let mut table = String::from("| traffic | bytes | frames |");
    for (name, _) in COLUMNS {
        let _ = write!(table, " {name} |");
    }
    table.push_str(" frames ÷ line ends | frames a second |\n");
    table.push_str(&"| --- ".repeat(5 + COLUMNS.len()));
    table.push_str("|\n");
    for traffic in traffic::all() {
        row(&mut table, &traffic);
    }
    clock::print(&table);
}

fn row(table: &mut String, traffic: &Traffic) {
    let frames = framed(traffic, |_| 1);
    let mut fastest = [f64::INFINITY; COLUMNS.len()];
    for _ in 0..ROUNDS {
        for (best, (_, column)) in fastest.iter_mut().zip(COLUMNS) {
            *best = best.min(seconds(|| column(traffic)));
        }
    }
    let bytes = traffic.bytes.len();
    let _ = write!(table, "| {} | {bytes} | {frames} |", traffic.name);
    for (seconds, (name, _)) in fastest.iter().zip(COLUMNS) {
        let bytes = if name == "httparse" {
            traffic.http.len()
        } else {
            bytes
        };
        let _ = write!(table, " {:.2} GB/s |", per_second(bytes, *seconds) / 1e9);
    }
    let [line_ends, framing, ..] = fastest;
    let _ = writeln!(
        table,
        " {:.0} % | {:.1} M |",
        100.0 * line_ends / framing,
        per_second(frames, framing) / 1e6
    );
}

/// How long one run takes: so many runs that the clock's grain does not matter.
fn seconds(run: impl Fn() -> usize) -> f64 {
    const AT_LEAST: f64 = 0.004;
    let (start, mut runs) = (clock::now(), 0u32);
    loop {
        black_box(run());
        runs += 1;
        let elapsed = clock::now() - start;
        if elapsed >= AT_LEAST {
            return elapsed / f64::from(runs);
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn per_second(count: usize, seconds: f64) -> f64 {
    count as f64 / seconds
}

fn line_ends(traffic: &Traffic) -> usize {
    black_box(&traffic.bytes)
        .chunks(PIECE)
        .map(|piece| memchr::memchr_iter(b'\n', piece).fold(0, |sum, at| sum + (at & 1)))
        .sum()
}

fn framed(traffic: &Traffic, found: impl Fn(&Frame<'_>) -> usize) -> usize {
    let mut framer = Framer::new(Direction::FromServer);
    let mut sum = 0;
    for piece in black_box(&traffic.bytes).chunks(PIECE) {
        framer.push(piece);
        while let Some(frame) = framer.next_frame().expect("sound traffic") {
            sum += found(&frame);
        }
    }
    sum
}

fn decoded(frame: &Frame<'_>) -> usize {
    let command = ServerCommand::decode(frame).expect("sound traffic");
    black_box(command);
    1
}

fn with_body(frame: &Frame<'_>) -> usize {
    let command = ServerCommand::decode(frame).expect("sound traffic");
    if let ServerCommand::Msg(msg) = &command {
        black_box(Payload::parse(&msg.body));
    }
    black_box(command);
    1
}

fn httparse_headers(traffic: &Traffic) -> usize {
    let mut rest = black_box(traffic.http.as_slice());
    let mut sum = 0;
    while !rest.is_empty() {
        let mut headers = [httparse::EMPTY_HEADER; traffic::HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        let status = request.parse(rest).expect("a sound request");
        let httparse::Status::Complete(length) = status else {
            break;
        };
        sum += black_box(request.headers.len());
        rest = &rest[length..];
    }
    sum
}

/// The clock and the terminal of a native program.
#[cfg(not(target_arch = "wasm32"))]
mod clock {
    use std::sync::LazyLock;
    use std::time::Instant;

    static START: LazyLock<Instant> = LazyLock::new(Instant::now);

    /// Seconds since some moment.
    pub(crate) fn now() -> f64 {
        START.elapsed().as_secs_f64()
    }

    pub(crate) fn print(text: &str) {
        println!("{text}");
    }
}

/// The clock and the terminal of Node.
#[cfg(target_arch = "wasm32")]
mod clock {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = performance, js_name = now)]
        fn milliseconds() -> f64;
        #[wasm_bindgen(js_namespace = console)]
        fn log(text: &str);
    }

    /// Seconds since some moment.
    pub(crate) fn now() -> f64 {
        milliseconds() / 1_000.0
    }

    pub(crate) fn print(text: &str) {
        log(text);
    }
}
