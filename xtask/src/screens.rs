//! `cargo xtask screens`: the pictures of the real page that the README shows.

use crate::{page, test::e2e};
use anyhow::Result;

/// Takes them into `docs/screens/`.
pub(crate) fn screens() -> Result<()> {
    page::build()?;
    e2e::screens()
}
