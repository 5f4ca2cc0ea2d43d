//! `CVR`: which program I am (reference §2.4). Nobody has to send it.

use super::{trid, word};
use crate::model::TransactionId;
use crate::wire::{FieldError, LineWriter, Params};

/// `CVR t lcid os osver cpu name version id`: which program I am
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CvrRequest {
    /// Ties the reply.
    pub trid: TransactionId,
    /// Language, operating system and its version, processor, program, its version, its id: each a word.
    pub words: Vec<String>,
}

impl CvrRequest {
    /// How many words a server needs; fewer get no answer.
    pub const WORDS: usize = 7;

    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        let words = words(params);
        if words.len() + 1 < Self::WORDS {
            return Err(params.missing("client version"));
        }
        Ok(Self { trid, words })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        with_words(LineWriter::new("CVR").number(self.trid.0), &self.words).finish()
    }
}

/// `CVR t recommended recommended minimum url url`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CvrReply {
    /// Of the request.
    pub trid: TransactionId,
    /// The version that the server recommends.
    pub recommended: String,
    /// The oldest that it finds safe.
    pub minimum: String,
    /// Where to get it, and where to read about it. Not to be opened unasked.
    pub urls: [String; 2],
}

impl CvrReply {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        let recommended = word(params, "recommended version")?;
        params.word("recommended version")?;
        let minimum = word(params, "minimum version")?;
        let urls = [
            word(params, "download address")?,
            word(params, "information address")?,
        ];
        Ok(Self {
            trid,
            recommended,
            minimum,
            urls,
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("CVR")
            .number(self.trid.0)
            .word(&self.recommended);
        let line = line.word(&self.recommended).word(&self.minimum);
        with_words(line, &self.urls).finish()
    }
}

fn words(params: &mut Params<'_>) -> Vec<String> {
    let next = || {
        params
            .next_word()
            .map(|word| String::from_utf8_lossy(word).into_owned())
    };
    core::iter::from_fn(next).collect()
}

fn with_words(line: LineWriter, words: &[String]) -> LineWriter {
    words.iter().fold(line, |line, word| line.word(word))
}
