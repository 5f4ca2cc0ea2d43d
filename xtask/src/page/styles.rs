//! One style sheet instead of one for each file, and no bytes in it or in `index.html` that only
//! people read.
//!
//! It is neither a CSS nor an HTML parser. It joins the sheets that Trunk links, in their order,
//! and takes out comments and white space where neither language gives them a meaning.

use anyhow::{Context as _, Result, bail};
use std::{fs, path::Path};

/// Joins the sheets of `dist`, and makes them and `index.html` small.
pub(super) fn join(dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let html =
        fs::read_to_string(&index).with_context(|| format!("reading {}", index.display()))?;
    let linked = Linked::read(&html)?;
    let mut styles = String::new();
    for sheet in &linked.sheets {
        let path = dist.join(sheet);
        let css =
            fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        styles.push_str(&css);
        fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
    }
    let styles = small_css(&styles);
    let file = format!("styles-{}.css", super::digest(styles.as_bytes()));
    let html = format!("{}{OPENING}{file}\"/>{}", linked.before, linked.after);
    fs::write(dist.join(&file), styles).with_context(|| format!("writing {file}"))?;
    fs::write(&index, small_html(&html)).with_context(|| format!("writing {}", index.display()))
}

/// A page around its links to style sheets.
struct Linked<'a> {
    before: &'a str,
    sheets: Vec<&'a str>,
    after: String,
}

impl<'a> Linked<'a> {
    fn read(html: &'a str) -> Result<Self> {
        let mut pieces = html.split(OPENING);
        let before = pieces.next().unwrap_or_default();
        let (mut sheets, mut after) = (Vec::new(), String::new());
        for piece in pieces {
            let rest = piece.split_once('"').and_then(|(sheet, rest)| {
                sheets.push(sheet);
                Some(rest.split_once('>')?.1)
            });
            after.push_str(rest.context("a link to a style sheet has no end")?);
        }
        if sheets.is_empty() || after.contains("\"stylesheet\"") {
            bail!("index.html links no style sheets that we know: did Trunk build the page?");
        }
        Ok(Self {
            before,
            sheets,
            after,
        })
    }
}

/// The sheet without comments, and without white space beside what separates by itself.
fn small_css(css: &str) -> String {
    let mut small = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(next) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
        } else if next == '"' {
            let end = rest[1..].find('"').map_or(rest.len(), |end| end + 2);
            small.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if next.is_ascii_whitespace() {
            rest = rest.trim_ascii_start();
            if !small.is_empty() && !small.ends_with(is_separator) && !small.ends_with([':', ' ']) {
                small.push(' ');
            }
        } else {
            if is_separator(next) && small.ends_with(' ') {
                small.pop();
            }
            if next == '}' && small.ends_with(';') {
                small.pop();
            }
            small.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    small
}

/// White space before a colon has a meaning in a selector, so a colon is none of these.
fn is_separator(character: char) -> bool {
    matches!(character, '{' | '}' | ';' | ',')
}

/// The page without comments and indentation. None of its texts goes over several lines.
fn small_html(html: &str) -> String {
    let mut pieces = html.split("<!--");
    let mut left = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        left.push_str(piece.split_once("-->").map_or("", |(_, after)| after));
    }
    let lines = left.lines().map(str::trim);
    lines.collect::<String>().replace("\" />", "\"/>")
}

/// As Trunk writes a link, up to the name of the sheet.
const OPENING: &str = "<link rel=\"stylesheet\" href=\"/";

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html>\n<head>\n  <link rel=\"stylesheet\" href=\"/a.css\"/>\n\
        <link rel=\"stylesheet\" href=\"/b.css\">\n</head>\n<body>a b<!-- words --></body>";

    fn joined(page: &str) -> Result<(tempfile::TempDir, String)> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("index.html"), page)?;
        fs::write(folder.path().join("a.css"), "p { top: 1px; }\n")?;
        fs::write(folder.path().join("b.css"), "/* more */\np { top: 2px; }\n")?;
        join(folder.path())?;
        let html = fs::read_to_string(folder.path().join("index.html"))?;
        Ok((folder, html))
    }

    #[test]
    fn the_sheets_become_one_in_their_order() {
        let (folder, html) = joined(PAGE).unwrap();
        let sheets = Linked::read(&html).unwrap().sheets;
        assert_eq!(sheets.len(), 1, "{html}");
        let css = fs::read_to_string(folder.path().join(sheets[0])).unwrap();
        assert_eq!(css, "p{top:1px}p{top:2px}");
        assert!(!folder.path().join("a.css").exists());
    }

    #[test]
    fn the_page_keeps_its_words_and_loses_its_comments() {
        let (_folder, html) = joined(PAGE).unwrap();
        assert!(html.starts_with("<!doctype html><head><link "), "{html}");
        assert!(html.ends_with("</head><body>a b</body>"), "{html}");
    }

    #[test]
    fn a_page_without_sheets_is_refused() {
        let error = joined("<head></head>").unwrap_err();
        assert!(error.to_string().contains("Trunk"), "{error}");
    }

    #[test]
    fn white_space_stays_where_it_has_a_meaning() {
        for css in [
            "ul :hover > li{margin:0 calc(1px + 2px)}",
            "a[title=\"x  ,  /* y */\"]{content:\" \"}",
            "@media (width >= 40em) and (hover:hover){p{font:1px / 2 a,b}}",
        ] {
            assert_eq!(small_css(css), css);
        }
    }
}
