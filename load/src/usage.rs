//! What a process and its children use, as Linux counts it: CPU, memory, descriptors.

use anyhow::{Context as _, Result};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::fs;

/// Thousands of links need as many descriptors, here and in the children.
pub(crate) fn raise_descriptors() {
    let now = getrlimit(Resource::Nofile);
    let most = now.maximum.unwrap_or(DESCRIPTORS).min(DESCRIPTORS);
    let wanted = Rlimit {
        current: Some(most.max(now.current.unwrap_or(most))),
        maximum: now.maximum,
    };
    if let Err(error) = setrlimit(Resource::Nofile, wanted) {
        eprintln!("the limit of descriptors stays as it is: {error}");
    }
}

/// For how many nanoseconds a process and its children have computed, those included that have ended.
pub(crate) fn cpu(process: u32) -> Result<u64> {
    let mut nanoseconds = 0;
    for member in family(process) {
        for task in entries(&format!("/proc/{member}/task")) {
            // A thread may have ended since.
            let times = fs::read_to_string(format!("/proc/{member}/task/{task}/schedstat"));
            let ran = times.ok().and_then(|times| first_number(&times));
            nanoseconds += ran.unwrap_or_default();
        }
    }
    Ok(nanoseconds + of_ended_children(process)?)
}

/// Memory in bytes, with a page that several share counted as a part of each (PSS).
pub(crate) fn memory(process: u32) -> Result<u64> {
    let mut kib = 0;
    for member in family(process) {
        let path = format!("/proc/{member}/smaps_rollup");
        let text = fs::read_to_string(&path).with_context(|| format!("reading {path}"))?;
        let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
        kib += line.and_then(first_number).context("no PSS is told")?;
    }
    Ok(kib * 1024)
}

/// Open descriptors.
pub(crate) fn descriptors(process: u32) -> usize {
    let count = |member: &u32| entries(&format!("/proc/{member}/fd")).len();
    family(process).iter().map(count).sum()
}

/// A process, its children, and theirs.
pub(crate) fn family(process: u32) -> Vec<u32> {
    let mut family = vec![process];
    let mut next = 0;
    while let Some(member) = family.get(next).copied() {
        next += 1;
        for task in entries(&format!("/proc/{member}/task")) {
            let path = format!("/proc/{member}/task/{task}/children");
            let children = fs::read_to_string(path).unwrap_or_default();
            let children = children.split_whitespace();
            family.extend(children.filter_map(|child| child.parse::<u32>().ok()));
        }
    }
    family
}

/// Known to 10 ms; processes that live for one link are all that it is for.
fn of_ended_children(process: u32) -> Result<u64> {
    let path = format!("/proc/{process}/stat");
    let text = fs::read_to_string(&path).with_context(|| format!("reading {path}"))?;
    // The name of the program, in parentheses, may contain anything.
    let fields = text.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks = fields.split_whitespace().skip(13).take(2);
    let ticks: u64 = ticks.filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Ok(ticks * 10_000_000)
}

fn entries(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

fn first_number(text: &str) -> Option<u64> {
    text.split_whitespace().next()?.parse().ok()
}

/// What design and documents speak of: 9,500 links with two descriptors each, and some to spare.
const DESCRIPTORS: u64 = 20_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_computes_and_has_memory_and_descriptors() {
        let process = std::process::id();
        let before = cpu(process).expect("a time");
        let mut sum = 0_u64;
        while cpu(process).expect("a time") < before + 5_000_000 {
            sum = std::hint::black_box(sum + 1);
        }
        assert!(memory(process).expect("a size") > 100 * 1024);
        assert!(descriptors(process) >= 3);
    }
}
