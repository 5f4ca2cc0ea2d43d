//! Short names for what the page's WebAssembly imports from its script, and a script without what
//! only people read.
//!
//! The original names each import after its function and a digest, `__wbg_append_0c3e12bf…`: two
//! hundred of them, in both files, and digests do not compress. Nobody but the two files sees them.

use anyhow::{Context as _, Result, bail};
use std::{
    collections::{HashMap, HashSet},
    fs,
    path::Path,
};
use walrus::ModuleConfig;

/// Renames the imports in `NAME_bg.wasm` and `NAME.js` of a folder.
pub(crate) fn shorten(folder: &Path, name: &str) -> Result<()> {
    let script_path = folder.join(format!("{name}.js"));
    let module_path = folder.join(format!("{name}_bg.wasm"));
    let script = fs::read_to_string(&script_path)
        .with_context(|| format!("reading {}", script_path.display()))?;
    let mut module = ModuleConfig::new()
        .generate_name_section(false)
        .generate_producers_section(false)
        .parse_file(&module_path)
        .with_context(|| format!("reading {}", module_path.display()))?;
    let mut names = HashMap::new();
    for import in module.imports.iter_mut() {
        if import.name.starts_with(PREFIX) {
            let short = format!("i{}", names.len());
            names.insert(std::mem::replace(&mut import.name, short.clone()), short);
        }
    }
    let script = renamed(&without_comments(&script), &names)?;
    module.emit_wasm_file(&module_path)?;
    fs::write(&script_path, script).with_context(|| format!("writing {}", script_path.display()))
}

/// The script with other words in place of `names`. Each of them has to be there, and none of the
/// new ones may mean something already: then the original has changed, and this has to as well.
fn renamed(script: &str, names: &HashMap<String, String>) -> Result<String> {
    let words: HashSet<&str> = script.split(is_no_word).collect();
    for (long, short) in names {
        if !words.contains(long.as_str()) || words.contains(short.as_str()) {
            bail!("the script does not name the import `{long}`, or `{short}` is taken in it");
        }
    }
    let mut renamed = String::with_capacity(script.len());
    for piece in script.split_inclusive(is_no_word) {
        let word = piece.trim_end_matches(is_no_word);
        renamed.push_str(names.get(word).map_or(word, String::as_str));
        renamed.push_str(&piece[word.len()..]);
    }
    Ok(renamed)
}

/// The script without indentation and without lines of comment. The original writes no text that
/// goes over several lines.
fn without_comments(script: &str) -> String {
    let mut left = String::with_capacity(script.len());
    let mut is_comment = false;
    for line in script.lines().map(str::trim) {
        is_comment |= line.starts_with("/*");
        if !is_comment && !line.is_empty() && !line.starts_with("//") {
            left.push_str(line);
            left.push('\n');
        }
        is_comment &= !line.ends_with("*/");
    }
    left
}

fn is_no_word(character: char) -> bool {
    !character.is_alphanumeric() && character != '_' && character != '$'
}

/// How the original begins all names that it makes itself.
const PREFIX: &str = "__wb";
