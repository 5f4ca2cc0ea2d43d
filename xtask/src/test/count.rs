//! Counts tests from what test programs print: the only place where skipped ones show.

use std::ops::AddAssign;

/// How many tests there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) ignored: usize,
    /// Whole files of tests that were passed over, since they are set to run somewhere else.
    pub(crate) skipped: usize,
}

impl Count {
    /// Adds what a line reports; any other line changes nothing.
    ///
    /// Rust's own harness and that of wasm-bindgen print the same:
    ///
    /// ```text
    /// test result: ok. 3 passed; 0 failed; 1 ignored; 0 filtered out; finished in 0.01s
    /// ```
    pub(crate) fn read(&mut self, line: &str) {
        let is_elsewhere = "his test suite is only configured to run in";
        self.skipped += usize::from(line.contains(is_elsewhere));
        let Some(result) = line.trim_start().strip_prefix("test result: ") else {
            return;
        };
        let Some((_, numbers)) = result.split_once(". ") else {
            return;
        };
        for part in numbers.split("; ") {
            let Some((number, what)) = part.split_once(' ') else {
                continue;
            };
            let Ok(number) = number.parse::<usize>() else {
                continue;
            };
            match what {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
        self.skipped += other.skipped;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> Count {
        let mut count = Count::default();
        text.lines().for_each(|line| count.read(line));
        count
    }

    #[test]
    fn results_of_several_programs_add_up() {
        let text = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; \
            finished in 0.01s\ntest result: FAILED. 4 passed; 5 failed; 0 ignored; 0 filtered out";
        assert_eq!(
            count(text),
            Count {
                passed: 7,
                failed: 5,
                ignored: 1,
                skipped: 0,
            }
        );
    }

    #[test]
    fn lines_of_single_tests_do_not_count() {
        assert_eq!(
            count("test a::b ... ok\nno tests to run!\n8 passed"),
            Count::default()
        );
    }

    #[test]
    fn files_that_are_passed_over_count_for_every_engine() {
        let text = "this test suite is only configured to run in a browser, but we're only testing\n\
            This test suite is only configured to run in node.js, but we're only running";
        assert_eq!(count(text).skipped, 2);
    }
}
