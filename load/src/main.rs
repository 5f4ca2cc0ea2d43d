//! The program; all of it is in the library, which is empty where there is no `/proc` to measure by.

use std::process::ExitCode;

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    msnp6_load::main()
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    eprintln!("msnp6-load: what a process uses is read from /proc, which only Linux has");
    ExitCode::FAILURE
}
