//! All measurements in turn, as tables in Markdown on the standard output; what is being done is said on
//! standard error.

use crate::{
    bridge::Kind,
    figures::{Figure, Rounds},
    growth, memory,
    options::Options,
    traffic::{self, Traffic},
    trust,
};
use anyhow::Result;
use std::{path::Path, time::Duration};
use tokio::time::timeout;

/// Measures and prints.
pub(crate) async fn print(options: &Options) -> Result<()> {
    idle(options).await;
    cpu(options).await;
    latency(options).await;
    growth(options).await;
    soak(options).await?;
    trust(options).await
}

async fn idle(options: &Options) {
    if !options.wants("idle links") {
        return;
    }
    table("Idle links, KiB", options);
    let sizes: &[usize] = if options.is_quick {
        &[2000]
    } else {
        &[2000, 9500]
    };
    for &links in sizes {
        let what = format!("{links} idle links");
        let [each, added, fixed, held] = gather(options, &what, 1, async |kind, program| {
            let idle = memory::idle(kind, program, links).await?;
            // A few thousand at most.
            let held = f64::from(u32::try_from(idle.links)?);
            Ok([idle.per_link, idle.added, idle.fixed, held])
        })
        .await;
        row(options, &format!("{links} links: memory ÷ links"), |at| {
            short(each.middle(at), 2)
        });
        row(options, "… what each link adds", |at| {
            short(added.middle(at), 2)
        });
        row(options, "… the process without links", |at| {
            short(fixed.middle(at), 0)
        });
        row(options, "… links held", |at| short(held.middle(at), 0));
    }
}

async fn cpu(options: &Options) {
    let rows = [
        ("a message of 200 B there and back, 16 links", Traffic::Echo),
        (
            "200 B to pages at full rate, written one by one",
            Traffic::Down(200),
        ),
        ("16 KiB to pages at full rate", Traffic::Down(16 * 1024)),
        ("200 B from pages at full rate, a frame each", Traffic::Up),
        ("a link opened, one echo, closed", Traffic::Connect),
    ];
    let rows =
        rows.map(|(what, traffic)| (what, traffic, options.wants("cpu") || options.wants(what)));
    let wanted: Vec<_> = rows
        .into_iter()
        .filter(|(.., is_wanted)| *is_wanted)
        .collect();
    if wanted.is_empty() {
        return;
    }
    table(
        "CPU of the bridge, µs, and × the relay of the same round",
        options,
    );
    for (what, traffic, _) in wanted {
        let measure = async |kind, program: &Path| {
            Ok([traffic::cost(kind, program, traffic, options.span()).await?])
        };
        let [cost] = gather(options, what, options.rounds(), measure).await;
        row(options, what, |at| compared(&cost, at));
    }
}

async fn latency(options: &Options) {
    if !options.wants("latency") {
        return;
    }
    table(
        "Time of an echo of 200 B in µs, 16 links, 800 a second",
        options,
    );
    let rounds = if options.is_quick { 1 } else { 3 };
    let span = options.span() * 3;
    let measure = async |kind, program: &Path| traffic::latency(kind, program, span).await;
    let figures = gather(options, "latency", rounds, measure).await;
    for (name, figures) in ["p50", "p99", "p99.9"].into_iter().zip(figures) {
        row(options, name, |at| short(figures.middle(at), 0));
    }
}

async fn growth(options: &Options) {
    if !options.wants("growth") {
        return;
    }
    table("Growth: µs of CPU an echo; KiB a link", options);
    let sizes: &[usize] = if options.is_quick {
        &[1, 100, 1000]
    } else {
        &[1, 10, 100, 1000, 9000]
    };
    for &links in sizes {
        let what = format!("{links} open");
        let measure = async |kind: Kind, program: &Path| {
            anyhow::ensure!(links <= kind.most_links(), "not tried");
            growth::growth(kind, program, links, options.span()).await
        };
        let rounds = if options.is_quick || links > 1000 {
            1
        } else {
            3
        };
        let [cpu, memory] = gather(options, &what, rounds, measure).await;
        row(options, &what, |at| match memory.middle(at) {
            Ok(memory) => format!("{}; {memory:.1}", short(cpu.middle(at), 1)),
            Err(words) => words,
        });
    }
}

async fn soak(options: &Options) -> Result<()> {
    if !options.wants("soak") {
        return Ok(());
    }
    let links = if options.is_quick { 500 } else { 2000 };
    let span = options.soak();
    let seconds = span.as_secs();
    for (kind, program) in &options.bridges {
        let (Kind::Gateway, Ok(program)) = (kind, program) else {
            continue;
        };
        eprintln!("soak, {seconds} s");
        let (moments, soaked) = growth::soak(*kind, program, links, span).await?;
        println!(
            "\nSoak of this gateway: {seconds} s, {} echoes, {} links reset and opened anew\n",
            soaked.echoes, soaked.resets
        );
        println!("| when | links | descriptors | memory, KiB |\n| --- | --- | --- | --- |");
        for moment in moments {
            println!(
                "| {} | {} | {} | {:.0} |",
                moment.when, moment.links, moment.descriptors, moment.memory
            );
        }
    }
    Ok(())
}

async fn trust(options: &Options) -> Result<()> {
    if !options.wants("trust") {
        return Ok(());
    }
    let (bytes, links) = if options.is_quick {
        (1 << 26, 500)
    } else {
        (1 << 30, 5000)
    };
    for (kind, program) in &options.bridges {
        let (Kind::Switchboard, Ok(program)) = (kind, program) else {
            continue;
        };
        eprintln!("trust, {bytes} bytes there and back, {links} pages that do not read");
        let (messages, span) = trust::echo(*kind, program, bytes).await?;
        let stalled = trust::stall(*kind, program, links).await?;
        println!(
            "\n| Trust: what was carried through this gateway | how it came out |\n| --- | --- |\n\
             | {bytes} bytes there and back in {messages} messages of 1 to 60,000 | every byte in its place, in {:.1} s |\n\
             | {links} pages that read nothing while their servers sent {} bytes in all | \
             {:.1} KiB of memory a link meanwhile; then every byte in its place, and a close behind the last |",
            span.as_secs_f64(),
            stalled.held,
            stalled.memory
        );
    }
    Ok(())
}

/// Takes `N` figures of every bridge, in turn, for some rounds. A bridge that fails is not tried again.
async fn gather<const N: usize>(
    options: &Options,
    what: &str,
    rounds: usize,
    measure: impl AsyncFn(Kind, &Path) -> Result<[f64; N]>,
) -> [Rounds; N] {
    let mut all: [Rounds; N] = std::array::from_fn(|_| Rounds::default());
    for round in 1..=rounds {
        eprintln!("{what}: round {round} of {rounds}");
        let mut taken: [Vec<Figure>; N] = std::array::from_fn(|_| Vec::new());
        for (at, (kind, program)) in options.bridges.iter().enumerate() {
            let before = all.first().and_then(|rounds| rounds.has_failed(at));
            let figures = match (before, program) {
                (Some(words), _) => Err(words),
                (None, Err(words)) => Err(words.clone()),
                (None, Ok(program)) => match timeout(PATIENCE, measure(*kind, program)).await {
                    Ok(figures) => figures.map_err(|error| format!("{error:#}")),
                    Err(_) => Err("hangs".to_owned()),
                },
            };
            for (number, taken) in taken.iter_mut().enumerate() {
                let figure = figures.as_ref().map(|figures| figures.get(number).copied());
                taken.push(
                    figure
                        .map(|figure| figure.unwrap_or(f64::NAN))
                        .map_err(Clone::clone),
                );
            }
        }
        for (rounds, taken) in all.iter_mut().zip(taken) {
            rounds.0.push(taken);
        }
    }
    all
}

fn table(title: &str, options: &Options) {
    let names: Vec<&str> = options
        .bridges
        .iter()
        .map(|(kind, _)| kind.name())
        .collect();
    println!("\n| {title} | {} |", names.join(" | "));
    println!("| --- |{}", " --- |".repeat(names.len()));
}

fn row(options: &Options, what: &str, cell: impl Fn(usize) -> String) {
    let cells: Vec<String> = (0..options.bridges.len()).map(cell).collect();
    println!("| {what} | {} |", cells.join(" | "));
}

fn short(figure: Figure, decimals: usize) -> String {
    figure.map_or_else(|words| words, |figure| format!("{figure:.decimals$}"))
}

fn compared(rounds: &Rounds, at: usize) -> String {
    let times = rounds
        .times_relay(at)
        .map(|times| format!(" ({times:.2} ×)"));
    let decimals = if rounds.middle(at).is_ok_and(|figure| figure < 10.0) {
        2
    } else {
        0
    };
    short(rounds.middle(at), decimals) + &times.unwrap_or_default()
}

/// No figure takes longer.
const PATIENCE: Duration = Duration::from_mins(1);
