//! Brings into `dist` the parts of the page that its script loads later, everything named after its content.
//!
//! Trunk knows of one module and one script. Our `wasm-bindgen` left the parts where it wrote those two,
//! under names that the script says.

use anyhow::{Context as _, Result};
use std::{fs, path::Path};

/// Copies from `built` what the script in `dist` names, and names the script and the module after what
/// they hold now: Trunk named them after what the linker wrote, which is less than the whole of it.
pub(super) fn bring(dist: &Path, built: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let mut html = read_text(&index)?;
    for path in super::files(dist)? {
        let extension = path.extension().and_then(|extension| extension.to_str());
        let content = match extension {
            Some("js") => with_parts(&read_text(&path)?, dist, built)?.into_bytes(),
            Some("wasm") => read(&path)?,
            _ => continue,
        };
        let old = path.file_name().unwrap_or_default().to_string_lossy();
        let new = named_after(&old, &content)?;
        html = html.replace(&*old, &new);
        fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
        write(&dist.join(new), &content)?;
    }
    write(&index, html.as_bytes())
}

/// `STEM-DIGEST.js` or `STEM-DIGEST_bg.wasm` with the digest of this content.
fn named_after(name: &str, content: &[u8]) -> Result<String> {
    let named = name.rsplit_once('-').and_then(|(stem, rest)| {
        let end = rest.find(['_', '.'])?;
        Some(format!("{stem}-{}{}", super::digest(content), &rest[end..]))
    });
    named.with_context(|| format!("{name} has no digest in its name: did Trunk build the page?"))
}

fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("reading {}", path.display()))
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    fs::write(path, content).with_context(|| format!("writing {}", path.display()))
}

/// The script with the names that its parts have in `dist`.
fn with_parts(script: &str, dist: &Path, built: &Path) -> Result<String> {
    let mut pieces = script.split(OPENING);
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece
            .split_once(".wasm\"")
            .context("the script names a part that is no module")?;
        let part = read(&built.join(format!("split_{name}.wasm")))?;
        let file = format!("{name}-{}.wasm", super::digest(&part));
        write(&dist.join(&file), &part)?;
        text.extend(["\"./", &file, "\"", rest]);
    }
    Ok(text)
}

/// How the script begins the name of a part.
const OPENING: &str = "\"./split_";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_named_after_its_content_and_the_script_after_its_own() {
        let (dist, built) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(built.path().join("split_later.wasm"), "a part").unwrap();
        let script = "load(new URL(\"./split_later.wasm\", here));";
        fs::write(dist.path().join("page-0123.js"), script).unwrap();
        fs::write(dist.path().join("index.html"), "<a href=\"/page-0123.js\">").unwrap();
        bring(dist.path(), built.path()).unwrap();
        let names: Vec<String> = crate::page::files(dist.path())
            .unwrap()
            .iter()
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect();
        let part = format!("later-{}.wasm", crate::page::digest(b"a part"));
        let script = format!("load(new URL(\"./{part}\", here));");
        let new = format!("page-{}.js", crate::page::digest(script.as_bytes()));
        assert_eq!(names, ["index.html", &part, &new]);
        assert_eq!(fs::read_to_string(dist.path().join(&new)).unwrap(), script);
        let html = fs::read_to_string(dist.path().join("index.html")).unwrap();
        assert_eq!(html, format!("<a href=\"/{new}\">"));
    }

    #[test]
    fn a_module_keeps_the_end_of_its_name() {
        let name = named_after("page-0123_bg.wasm", b"a module").unwrap();
        let digest = crate::page::digest(b"a module");
        assert_eq!(name, format!("page-{digest}_bg.wasm"));
        assert!(named_after("page.wasm", b"").is_err());
    }

    #[test]
    fn a_part_that_was_not_built_fails_the_build() {
        let (dist, built) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(dist.path().join("index.html"), "").unwrap();
        fs::write(dist.path().join("page-0123.js"), "\"./split_later.wasm\"").unwrap();
        let error = bring(dist.path(), built.path()).unwrap_err();
        assert!(error.to_string().contains("split_later.wasm"), "{error}");
    }
}
