//! The page's files, from a folder or from inside the binary. Compresses nothing itself: the build
//! leaves `.br` and `.gz` beside each file.

use super::{encoding::Encoding, respond, respond::Body};
use bytes::Bytes;
use hyper::{
    Response, StatusCode,
    header::{self, HeaderMap, HeaderValue},
};
use sha2::{Digest as _, Sha256};
use std::path::PathBuf;

/// Where the files are.
#[derive(Clone, Debug)]
pub(crate) enum Site {
    /// In a folder, read anew for each request, so that a page under development is always fresh.
    Folder(PathBuf),
    /// Inside the binary.
    #[cfg(feature = "embed")]
    Embedded,
    /// Nowhere.
    #[cfg(not(feature = "embed"))]
    Missing,
}

#[cfg(feature = "embed")]
#[derive(rust_embed::RustEmbed)]
#[folder = "../dist"]
#[allow_missing = true]
struct Files;

impl Site {
    /// The files of a folder, or those that came with the binary.
    pub(crate) fn new(folder: Option<PathBuf>) -> Self {
        #[cfg(feature = "embed")]
        let built_in = Self::Embedded;
        #[cfg(not(feature = "embed"))]
        let built_in = Self::Missing;
        folder.map_or(built_in, Self::Folder)
    }

    /// Answers a request for a path of the page.
    pub(super) async fn answer(&self, path: &str, headers: &HeaderMap) -> Response<Body> {
        let name = match path.strip_prefix('/') {
            Some("") => "index.html",
            Some(name) if is_plain(name) => name,
            _ => return not_found(),
        };
        for encoding in Encoding::accepted(headers) {
            let stored = format!("{name}{}", encoding.suffix());
            if let Some(content) = self.read(&stored).await {
                return found(name, encoding, content, headers);
            }
        }
        if name == "index.html" {
            no_page()
        } else {
            not_found()
        }
    }

    async fn read(&self, name: &str) -> Option<Bytes> {
        match self {
            Self::Folder(folder) => {
                let content = tokio::fs::read(folder.join(name)).await;
                content.ok().map(Bytes::from)
            }
            #[cfg(feature = "embed")]
            Self::Embedded => Files::get(name).map(|file| match file.data {
                std::borrow::Cow::Borrowed(content) => Bytes::from_static(content),
                std::borrow::Cow::Owned(content) => content.into(),
            }),
            #[cfg(not(feature = "embed"))]
            Self::Missing => None,
        }
    }
}

/// Whether a path can name a file of the page: plain words between slashes, none of which begins with a
/// dot. So no path leads out of the folder, and `.br` and `.gz` are not files of their own.
fn is_plain(name: &str) -> bool {
    let is_letter = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
    let is_word =
        |word: &str| !word.is_empty() && !word.starts_with('.') && word.bytes().all(is_letter);
    let is_stored_form = [".br", ".gz"].iter().any(|suffix| name.ends_with(suffix));
    name.split('/').all(is_word) && !is_stored_form
}

fn found(name: &str, encoding: Encoding, content: Bytes, request: &HeaderMap) -> Response<Body> {
    let digest = Sha256::digest(&content);
    let digest = hex::encode(digest.get(..16).unwrap_or_default());
    let tag = format!("\"{digest}\"");
    let mut response = if is_known(request, &tag) {
        let mut response = Response::new(Body::default());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        let mut response = respond::with_type(StatusCode::OK, kind(name), content);
        if let Some(token) = encoding.token() {
            let token = HeaderValue::from_static(token);
            response
                .headers_mut()
                .insert(header::CONTENT_ENCODING, token);
        }
        response
    };
    let headers = response.headers_mut();
    let keep = if is_named_after_content(name) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// Whether the browser has this very content.
fn is_known(request: &HeaderMap, tag: &str) -> bool {
    let values = request.get_all(header::IF_NONE_MATCH).iter();
    let mut tags = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(',').map(str::trim));
    tags.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// Whether a name holds the hash that the build puts there: sixteen or more hexadecimal digits.
fn is_named_after_content(name: &str) -> bool {
    let is_hash = |word: &str| {
        word.len() >= 16
            && word
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    };
    name.split(['-', '_', '.', '/']).any(is_hash)
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wav" => "audio/wav",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn not_found() -> Response<Body> {
    respond::text(StatusCode::NOT_FOUND, "There is no such file here.\n")
}

fn no_page() -> Response<Body> {
    respond::text(
        StatusCode::NOT_FOUND,
        "The gateway runs, but it has no page. Build one with `cargo xtask page` and start the \
         gateway with --web-root dist, or build both in one with `cargo xtask dist`.\n",
    )
}
