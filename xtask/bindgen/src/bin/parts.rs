//! What the page loads later becomes files of their own: `split_NAME.wasm` beside the script.
//!
//! `wasm_split_cli_support` parts the linker's module by its relocations, so this comes before anything
//! else is done to it. The script that loads the parts becomes one with that of the page, which saves
//! the browser a request.

use crate::arrange;
use anyhow::{Context as _, Result, anyhow, bail};
use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};
use wasm_split_cli_support::{Options, transform};

/// The parts of a module, beside its script.
pub(crate) struct Parts {
    files: Vec<PathBuf>,
    loader: String,
}

/// Parts the module that the arguments name, and names the main part in its place. A module that was
/// linked without relocations is whole.
pub(crate) fn part(
    mut arguments: Vec<OsString>,
    folder: &Path,
) -> Result<(Vec<OsString>, Option<Parts>)> {
    let input = arguments.iter_mut().skip(1).find(|argument| {
        let path = Path::new(argument);
        path.extension()
            .is_some_and(|extension| extension == "wasm")
            && path.is_file()
    });
    let input = input.context("no argument names a module")?;
    let module = fs::read(&input).with_context(|| format!("reading {}", input.display()))?;
    if !has_relocations(&module) {
        return Ok((arguments, None));
    }
    let whole = folder.join("whole");
    let main = whole.join("main.wasm");
    let mut options = Options::new(&module);
    options.output_dir = &whole;
    options.main_out_path = &main;
    let parted =
        transform(options).map_err(|error| anyhow!("parting {}: {error:?}", input.display()))?;
    let loader =
        fs::read_to_string(whole.join(LOADER)).context("reading the loader of the parts")?;
    let mut files = Vec::new();
    for part in parted.split_modules {
        let file = folder.join(part.file_name().context("a part has no name")?);
        fs::copy(&part, &file).with_context(|| format!("writing {}", file.display()))?;
        arrange::arrange(&file)?;
        files.push(file);
    }
    *input = main.into();
    // The parts share the table of functions.
    arguments.push("--keep-lld-exports".into());
    Ok((arguments, Some(Parts { files, loader })))
}

impl Parts {
    /// Writes the loader into the script of the page.
    pub(crate) fn join(self, script: &Path) -> Result<()> {
        let text =
            fs::read_to_string(script).with_context(|| format!("reading {}", script.display()))?;
        let joined = joined(&text, &self.loader)?;
        for file in self.files {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            if !joined.contains(&*name) {
                bail!("the script does not load {name}");
            }
        }
        fs::write(script, joined).with_context(|| format!("writing {}", script.display()))
    }
}

/// The page's script with the loader in place of its import.
fn joined(script: &str, loader: &str) -> Result<String> {
    let changed = || "the scripts of wasm-bindgen or of the loader have changed".to_owned();
    let (_, rest) = script.split_once(IMPORT).with_context(changed)?;
    let (name, _) = rest.split_once(' ').with_context(changed)?;
    let import = format!("{IMPORT}{name} from \"./{LOADER}\"");
    let script = script.replacen(&import, "", 1);
    let (_, loader) = loader.split_once("./main.js\";").with_context(changed)?;
    let mut exports = Vec::new();
    let mut lines = String::new();
    for line in loader.lines().map(str::trim) {
        let line = line
            .strip_prefix("export ")
            .inspect(|line| {
                let name = line.split_whitespace().nth(1);
                exports.extend(name.map(str::to_owned));
            })
            .unwrap_or(line);
        if !line.is_empty() && !line.starts_with("//") && !line.starts_with("/*") {
            lines.push_str(line);
            lines.push('\n');
        }
    }
    let exports = exports.join(", ");
    Ok(format!(
        "{script}\n{lines}const {name} = {{ {exports} }};\n"
    ))
}

/// Whether the linker has left in the module what it was linked by.
fn has_relocations(module: &[u8]) -> bool {
    wasmparser::Parser::new(0).parse_all(module).any(|payload| {
        matches!(payload, Ok(wasmparser::Payload::CustomSection(section)) if section.name() == "reloc.CODE")
    })
}

const LOADER: &str = "__wasm_split.js";
const IMPORT: &str = "import * as ";
