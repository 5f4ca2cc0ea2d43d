//! What the system knows about the process, under the names that all programs use. Beyond the time of the
//! start it is asked on Linux only, where it costs nothing but reading a file.

use super::text::{Kind, Text};
use crate::ticket::unix_now;
use std::{fs, sync::OnceLock};

static STARTED: OnceLock<u64> = OnceLock::new();

/// When the process began to count, in seconds since 1970.
pub(super) fn started() -> u64 {
    *STARTED.get_or_init(unix_now)
}

pub(super) fn write(text: &mut Text) {
    let mut gauge = |name: &str, help: &str, value: Option<u64>| {
        if let Some(value) = value {
            text.standard(name, Kind::Gauge, help);
            text.sample(&[], value);
        }
    };
    let help = "When the process started, in seconds since 1970.";
    gauge("process_start_time_seconds", help, Some(started()));
    gauge(
        "process_open_fds",
        "Descriptors that are open.",
        open_descriptors(),
    );
    let help = "Descriptors that may be open.";
    gauge("process_max_fds", help, most_descriptors());
    let help = "Memory that is resident, in bytes.";
    gauge("process_resident_memory_bytes", help, resident());
}

fn open_descriptors() -> Option<u64> {
    // Linux 6.2 and later say it as the folder's size; to count thousands would hold up the links.
    let told = fs::metadata("/proc/self/fd").ok()?.len();
    if told > 0 {
        return Some(told);
    }
    // One of them is the folder itself, while it is read.
    let count = fs::read_dir("/proc/self/fd").ok()?.count();
    u64::try_from(count.saturating_sub(1)).ok()
}

fn most_descriptors() -> Option<u64> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kib.checked_mul(1024)
}
