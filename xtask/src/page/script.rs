//! Moves the inline module script of `index.html` to a file named after its content.
//!
//! It is not an HTML parser: it knows the one script that Trunk writes, and refuses a page with
//! any other inline script, which the security policy would silently block.

use anyhow::{Context as _, Result, bail};
use std::{fs, path::Path};

/// Rewrites `index.html` in `dist`, and writes the script beside it.
pub(super) fn move_out(dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let html =
        fs::read_to_string(&index).with_context(|| format!("reading {}", index.display()))?;
    let split = split(&html)?;
    let file = format!("start-{}.js", super::digest(split.script.as_bytes()));
    let html = format!(
        "{}<script type=\"module\" src=\"/{file}\"></script>{}",
        split.before, split.after
    );
    if html.matches("<script").count() != html.matches("<script type=\"module\" src=").count() {
        bail!("index.html has an inline script of its own; the security policy allows none");
    }
    fs::write(dist.join(&file), split.script).with_context(|| format!("writing {file}"))?;
    fs::write(&index, html).with_context(|| format!("writing {}", index.display()))
}

/// A page around its inline script.
#[derive(Debug, PartialEq, Eq)]
struct Split<'a> {
    before: &'a str,
    script: &'a str,
    after: &'a str,
}

fn split(html: &str) -> Result<Split<'_>> {
    let (before, rest) = OPENINGS
        .iter()
        .find_map(|opening| html.split_once(opening))
        .context("index.html has no inline module script: did Trunk build the page?")?;
    let (script, after) = rest
        .split_once("</script>")
        .context("the inline script of index.html has no end")?;
    Ok(Split {
        before,
        script: script.trim(),
        after,
    })
}

/// As Trunk writes it, and as its minifier does.
const OPENINGS: [&str; 2] = ["<script type=\"module\">", "<script type=module>"];

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head></head><body><script type=\"module\">\nimport init from '/a.js';\n\
        </script></body>";

    fn moved(page: &str) -> Result<(String, Vec<String>)> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("index.html"), page)?;
        move_out(folder.path())?;
        let names = crate::page::files(folder.path())?
            .iter()
            .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
            .collect();
        Ok((fs::read_to_string(folder.path().join("index.html"))?, names))
    }

    #[test]
    fn the_inline_script_becomes_a_file_that_the_page_loads() {
        let (html, names) = moved(PAGE).unwrap();
        let script = names
            .iter()
            .find(|name| name.starts_with("start-"))
            .unwrap();
        assert!(html.contains(&format!(
            "<script type=\"module\" src=\"/{script}\"></script>"
        )));
        assert!(!html.contains("import init"));
    }

    #[test]
    fn another_script_gets_another_name() {
        let other = PAGE.replace("a.js", "b.js");
        assert_ne!(moved(PAGE).unwrap().1, moved(&other).unwrap().1);
    }

    #[test]
    fn a_second_inline_script_is_refused() {
        let page = PAGE.replace("<head>", "<head><script>alert()</script>");
        assert!(
            moved(&page)
                .unwrap_err()
                .to_string()
                .contains("inline script")
        );
    }

    #[test]
    fn a_page_that_trunk_did_not_build_is_refused() {
        assert!(
            moved("<body></body>")
                .unwrap_err()
                .to_string()
                .contains("Trunk")
        );
    }
}
