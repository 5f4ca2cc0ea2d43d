//! What the program is made of, as `CycloneDX`: one list for the gateway, one for the page inside of it.

use super::{SOURCE_DATE, source_date};
use crate::{
    process,
    setup::{Tool, WASM},
    workspace,
};
use anyhow::{Context as _, Result};
use std::{fs, path::Path, process::Command};

/// Writes both lists to `folder`.
pub(super) fn make(target: &str, folder: &Path) -> Result<()> {
    list(
        "gateway",
        target,
        "embed",
        &folder.join("msnp6-gateway.cdx.json"),
    )?;
    list(
        "client",
        WASM,
        "split",
        &folder.join("msnp6-client.cdx.json"),
    )
}

fn list(package: &str, target: &str, feature: &str, to: &Path) -> Result<()> {
    let root = workspace::root();
    let mut cyclonedx = Command::new(Tool::Sbom.program()?);
    cyclonedx
        .args(["cyclonedx", "--quiet", "--format", "json"])
        .args(["--spec-version", "1.5", "--no-build-deps"])
        .args(["--target", target, "--features", feature])
        .args(["--override-filename", NAME, "--manifest-path"])
        .arg(root.join(package).join("Cargo.toml"))
        .env(SOURCE_DATE, source_date())
        .current_dir(&root);
    let made = process::run(&mut cyclonedx);
    let file = format!("{NAME}.json");
    let text = fs::read_to_string(root.join(package).join(&file));
    // It writes one beside every package of the workspace, whichever was asked for.
    for member in members() {
        let _ = fs::remove_file(root.join(member).join(&file));
    }
    made?;
    let text = text.with_context(|| format!("reading the list of {package}"))?;
    let text = without_folder(&text, &root);
    fs::write(to, text).with_context(|| format!("writing {}", to.display()))
}

/// Our own packages are named after the folder where they lie, which is nobody's business.
fn without_folder(text: &str, root: &Path) -> String {
    text.replace(&format!("file://{}/", root.display()), "file:///")
}

/// A name that no file of ours has.
const NAME: &str = "made-by-xtask.cdx";

/// The folders of all packages, as the manifest of the workspace has them.
fn members() -> impl Iterator<Item = &'static str> {
    let manifest = include_str!("../../../Cargo.toml");
    let list = manifest.split_once("\nmembers = [");
    let list = list.and_then(|(_, rest)| rest.split_once(']'));
    let list = list.map_or("", |(list, _)| list);
    list.split(',')
        .map(|member| member.trim().trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_of_the_workspace_is_cleared_of_its_list() {
        let root = workspace::root();
        let found: Vec<_> = members().collect();
        for member in &found {
            assert!(root.join(member).join("Cargo.toml").is_file(), "{member}");
        }
        for member in ["shared", "client", "gateway", "load", "xtask/bindgen"] {
            assert!(found.contains(&member), "{member}");
        }
    }

    #[test]
    fn a_list_does_not_say_where_it_was_made() {
        let text = r#"{"bom-ref": "path+file:///home/me/msnp6/gateway#msnp6-gateway@0.1.0"}"#;
        let expected = r#"{"bom-ref": "path+file:///gateway#msnp6-gateway@0.1.0"}"#;
        assert_eq!(without_folder(text, Path::new("/home/me/msnp6")), expected);
    }
}
