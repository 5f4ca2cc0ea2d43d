//! `cargo xtask test`: all kinds of tests, one after the other, and a count of each.
//!
//! A kind that ran no test has failed: a skipped browser or a misspelt target must not be green.

mod count;
pub(crate) mod e2e;
mod lint;
mod native;
#[cfg(unix)]
mod package;
mod wasm;

use crate::setup::{self, Tool, browser, node};
use anyhow::{Result, bail};
use count::Count;
use std::time::{Duration, Instant};

/// Runs the kinds named, or all of them.
pub(crate) fn test(names: &[String]) -> Result<()> {
    let kinds = kinds(names)?;
    set_up(&kinds)?;
    let reports: Vec<Report> = kinds.into_iter().map(report).collect();
    summarise(&reports)
}

/// A kind of tests; the order is that of running, the quickest to fail first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Lint,
    Native,
    Wasm,
    EndToEnd,
    Package,
}

impl Kind {
    /// Those that are run when none is named. That of the package asks for root's rights.
    const USUAL: [Self; 4] = [Self::Lint, Self::Native, Self::Wasm, Self::EndToEnd];

    fn named(name: &str) -> Option<Self> {
        let mut all = Self::USUAL.into_iter().chain([Self::Package]);
        all.find(|kind| kind.name() == name)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Native => "native",
            Self::Wasm => "wasm",
            Self::EndToEnd => "e2e",
            Self::Package => "package",
        }
    }

    fn tools(self) -> &'static [Tool] {
        match self {
            Self::Lint => &[Tool::Deny],
            Self::Native => &[],
            Self::Wasm => &[Tool::Bindgen, Tool::WasmPack],
            Self::EndToEnd => &[Tool::Bindgen, Tool::Trunk, Tool::Axe],
            Self::Package => &[Tool::Bindgen, Tool::Trunk, Tool::Deb, Tool::Sbom],
        }
    }

    fn needs_browser(self) -> bool {
        matches!(self, Self::Wasm | Self::EndToEnd)
    }

    fn run(self, count: &mut Count) -> Result<()> {
        match self {
            Self::Lint => lint::run(count),
            Self::Native => native::run(count),
            Self::Wasm => wasm::run(count),
            Self::EndToEnd => e2e::run(count),
            #[cfg(unix)]
            Self::Package => package::run(count),
            #[cfg(not(unix))]
            Self::Package => bail!("a package for Debian is installed on Linux only"),
        }
    }
}

/// How one kind went.
#[derive(Debug)]
struct Report {
    kind: Kind,
    count: Count,
    took: Duration,
    error: Option<String>,
}

fn kinds(names: &[String]) -> Result<Vec<Kind>> {
    if names.is_empty() {
        return Ok(Kind::USUAL.to_vec());
    }
    let mut kinds = Vec::new();
    for name in names {
        match Kind::named(name) {
            Some(kind) => kinds.push(kind),
            None => {
                bail!("there is no kind `{name}`; there are lint, native, wasm, e2e and package")
            }
        }
    }
    Ok(kinds)
}

/// Everything is installed before the first test, so that a missing tool shows at once.
fn set_up(kinds: &[Kind]) -> Result<()> {
    let needed = |tool: &Tool| kinds.iter().any(|kind| kind.tools().contains(tool));
    let tools: Vec<Tool> = Tool::ALL.into_iter().filter(needed).collect();
    if kinds.iter().any(|kind| kind.needs_browser()) {
        browser::ensure()?;
    }
    if kinds.contains(&Kind::Wasm) {
        node::ensure()?;
    }
    #[cfg(unix)]
    if kinds.contains(&Kind::Native) {
        setup::proxies::ensure()?;
    }
    setup::ensure(&tools)
}

fn report(kind: Kind) -> Report {
    println!("\n━━ {} ━━", kind.name());
    let started = Instant::now();
    let mut count = Count::default();
    let result = kind.run(&mut count);
    let error = failure(&result, count);
    if let Some(error) = &error {
        println!("{} failed: {error}", kind.name());
        // What fails before or beside its tests, as a compilation does, is a failure as well.
        count.failed = count.failed.max(1);
    }
    Report {
        kind,
        count,
        took: started.elapsed(),
        error,
    }
}

/// Why a kind is not green, if it is not.
fn failure(result: &Result<()>, count: Count) -> Option<String> {
    match result {
        Err(error) => Some(format!("{error:#}")),
        Ok(()) if count.passed == 0 => Some("no test ran".to_owned()),
        Ok(()) => None,
    }
}

fn summarise(reports: &[Report]) -> Result<()> {
    println!(
        "\n{:<8}{:>8}{:>8}{:>9}{:>14}",
        "kind", "passed", "failed", "ignored", "time"
    );
    let mut total = Count::default();
    for Report {
        kind,
        count,
        took,
        error,
    } in reports
    {
        let Count {
            passed,
            failed,
            ignored,
            ..
        } = *count;
        let time = setup::about(*took);
        let error = error.as_deref().unwrap_or_default();
        println!(
            "{:<8}{passed:>8}{failed:>8}{ignored:>9}{time:>14}  {error}",
            kind.name()
        );
        total += *count;
    }
    println!("\n{} passed, {} failed", total.passed, total.failed);
    if total.failed > 0 {
        bail!("not all tests passed");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(passed: usize, failed: usize) -> Report {
        let count = Count {
            passed,
            failed,
            ..Count::default()
        };
        Report {
            kind: Kind::Native,
            count,
            took: Duration::ZERO,
            error: None,
        }
    }

    #[test]
    fn no_name_means_every_kind_but_that_of_the_package() {
        assert_eq!(kinds(&[]).unwrap(), Kind::USUAL);
        assert!(!Kind::USUAL.contains(&Kind::Package));
        assert_eq!(kinds(&["package".to_owned()]).unwrap(), [Kind::Package]);
    }

    #[test]
    fn a_misspelt_kind_is_refused_with_the_right_ones() {
        let error = kinds(&["natve".to_owned()]).unwrap_err().to_string();
        assert!(
            error.contains("natve") && error.contains("native"),
            "{error}"
        );
    }

    #[test]
    fn a_kind_that_ran_no_test_has_failed() {
        let none = Count::default();
        assert_eq!(failure(&Ok(()), none).as_deref(), Some("no test ran"));
        assert_eq!(failure(&Ok(()), Count { passed: 1, ..none }), None);
    }

    #[test]
    fn one_failure_fails_the_whole() {
        assert!(summarise(&[finished(10, 0), finished(9, 1)]).is_err());
        assert!(summarise(&[finished(10, 0), finished(9, 0)]).is_ok());
    }
}
