//! Writes a `.br` and a `.gz` beside each file of the page that compresses, and sums up sizes.

use anyhow::{Context as _, Result};
use flate2::{Compression, write::GzEncoder};
use std::{
    fmt::{self, Display},
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

/// Compresses every file under `dist`.
pub(super) fn all(dist: &Path) -> Result<Sizes> {
    let mut sizes = Sizes::default();
    for path in super::files(dist)? {
        let content = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        let mut size = Size {
            plain: content.len(),
            gzip: content.len(),
            brotli: content.len(),
        };
        if compresses(&path) {
            size.brotli = write(&path, "br", &brotli(&content)?)?;
            size.gzip = write(&path, "gz", &gzip(&content)?)?;
        }
        let name = path
            .strip_prefix(dist)
            .unwrap_or(&path)
            .display()
            .to_string();
        sizes.0.push((name, size));
    }
    Ok(sizes)
}

/// What a browser loads, file by file; summed up is what it loads at first.
#[derive(Debug, Default)]
pub(super) struct Sizes(Vec<(String, Size)>);

/// Bytes of one file, in each form.
#[derive(Clone, Copy, Debug, Default)]
struct Size {
    plain: usize,
    gzip: usize,
    brotli: usize,
}

impl Display for Sizes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut total = Size::default();
        writeln!(formatter, "{:>9} {:>9} {:>9}", "bytes", "gzip", "brotli")?;
        for (name, size) in &self.0 {
            let Size {
                plain,
                gzip,
                brotli,
            } = *size;
            if is_for_later(name) {
                writeln!(
                    formatter,
                    "{plain:>9} {gzip:>9} {brotli:>9}  {name}, when needed"
                )?;
                continue;
            }
            writeln!(formatter, "{plain:>9} {gzip:>9} {brotli:>9}  {name}")?;
            total.plain += plain;
            total.gzip += gzip;
            total.brotli += brotli;
        }
        let Size {
            plain,
            gzip,
            brotli,
        } = total;
        write!(formatter, "{plain:>9} {gzip:>9} {brotli:>9}  first load")
    }
}

/// Pictures and fonts for the web are compressed already.
fn compresses(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| TEXTUAL.contains(&extension))
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

/// Writes the compressed form beside the file; says how long it is.
fn write(path: &Path, extension: &str, content: &[u8]) -> Result<usize> {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    let beside = PathBuf::from(name);
    fs::write(&beside, content).with_context(|| format!("writing {}", beside.display()))?;
    Ok(content.len())
}

/// Whether a file is loaded only by a page that shows what is in it.
fn is_for_later(name: &str) -> bool {
    name == "emoticons.svg" || (name.starts_with("later-") && is_wasm(name))
}

fn is_wasm(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "wasm")
}

const TEXTUAL: [&str; 9] = [
    "css",
    "html",
    "ico",
    "js",
    "json",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    fn compressed(name: &str, content: &[u8]) -> (tempfile::TempDir, Sizes) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(name), content).unwrap();
        let sizes = all(folder.path()).unwrap();
        (folder, sizes)
    }

    #[test]
    fn the_brotli_file_holds_the_content() {
        let content = b"all work and no play ".repeat(50);
        let (folder, _) = compressed("a.js", &content);
        let mut read = Vec::new();
        let file = fs::File::open(folder.path().join("a.js.br")).unwrap();
        brotli::Decompressor::new(file, 4096)
            .read_to_end(&mut read)
            .unwrap();
        assert_eq!(read, content);
    }

    #[test]
    fn the_gzip_file_holds_the_content() {
        let content = b"all work and no play ".repeat(50);
        let (folder, _) = compressed("a.wasm", &content);
        let mut read = Vec::new();
        let file = fs::File::open(folder.path().join("a.wasm.gz")).unwrap();
        flate2::read::GzDecoder::new(file)
            .read_to_end(&mut read)
            .unwrap();
        assert_eq!(read, content);
    }

    #[test]
    fn a_picture_is_left_alone() {
        let (folder, _) = compressed("a.png", b"not really a picture");
        assert!(!folder.path().join("a.png.br").exists());
    }

    #[test]
    fn what_is_loaded_later_is_not_in_the_sum() {
        let (_folder, sizes) = compressed("emoticons.svg", b"<svg/>");
        let text = sizes.to_string();
        assert!(text.contains("emoticons.svg, when needed"), "{text}");
        assert!(
            text.ends_with("  0         0         0  first load"),
            "{text}"
        );
    }

    #[test]
    fn the_sum_counts_every_file_once() {
        let (_folder, sizes) = compressed("a.png", &[7; 1234]);
        let text = sizes.to_string();
        assert!(
            text.ends_with("     1234      1234      1234  first load"),
            "{text}"
        );
    }
}
