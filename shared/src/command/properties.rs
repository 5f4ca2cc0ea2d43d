//! `PRP` and `BPR`: telephone numbers and the like, mine and others' (reference §3.7). Servers write them
//! in three shapes; the three letters of the property are what tells where the value is.

use super::changes::with_version;
use super::trid;
use crate::model::{ListVersion, Property, PropertyValue, TransactionId, UserHandle};
use crate::wire::{FieldError, LineWriter, Params};

/// `PRP t property [value]`; without a value the property is cleared
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrpRequest {
    /// Ties the reply.
    pub trid: TransactionId,
    /// Which.
    pub property: Property,
    /// The value; empty clears it.
    pub value: PropertyValue,
}

impl PrpRequest {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        let property = params.value("property", Property::from_code)?;
        Ok(Self {
            trid,
            property,
            value: value(params),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("PRP")
            .number(self.trid.0)
            .word(self.property.code());
        with_value(line, &self.value).finish()
    }
}

/// `PRP [t] serial property [value]`; while the lists are sent, one server leaves out the id
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrpReply {
    /// Of the request, or of the `SYN`.
    pub trid: Option<TransactionId>,
    /// How new the lists are.
    pub version: Option<ListVersion>,
    /// Which.
    pub property: Property,
    /// The value; empty when it is not set.
    pub value: PropertyValue,
}

impl PrpReply {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let (before, property) = until_property(params)?;
        let mut numbers = before.into_iter().filter_map(number);
        let (trid, version) = match (numbers.next(), numbers.next()) {
            (Some(trid), Some(version)) => (Some(TransactionId(trid)), Some(ListVersion(version))),
            (version, _) => (None, version.map(ListVersion)),
        };
        Ok(Self {
            trid,
            version,
            property,
            value: value(params),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = self
            .trid
            .iter()
            .fold(LineWriter::new("PRP"), |line, trid| line.number(trid.0));
        let line = with_version(line, self.version).word(self.property.code());
        with_value(line, &self.value).finish()
    }
}

/// `BPR serial [handle] property [value]`; without a handle it belongs to the `LST` line before it
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bpr {
    /// How new the lists are.
    pub version: Option<ListVersion>,
    /// Whose; `None` for whoever the last `LST` named.
    pub handle: Option<UserHandle>,
    /// Which.
    pub property: Property,
    /// The value; empty when it is not set.
    pub value: PropertyValue,
}

impl Bpr {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let (before, property) = until_property(params)?;
        let handle = before.iter().find(|word| word.contains(&b'@'));
        let handle = handle
            .and_then(|word| core::str::from_utf8(word).ok())
            .and_then(UserHandle::from_wire);
        let version = before.into_iter().find_map(number).map(ListVersion);
        Ok(Self {
            version,
            handle,
            property,
            value: value(params),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = with_version(LineWriter::new("BPR"), self.version);
        let line = self
            .handle
            .iter()
            .fold(line, |line, handle| line.word(handle.as_str()));
        with_value(line.word(self.property.code()), &self.value).finish()
    }
}

/// The words before the property, at most three, and the property.
fn until_property<'a>(params: &mut Params<'a>) -> Result<(Vec<&'a [u8]>, Property), FieldError> {
    let mut before = Vec::new();
    while before.len() <= 3 {
        let word = params.word("property")?;
        if let Some(property) = Property::from_code(word) {
            return Ok((before, property));
        }
        before.push(word);
    }
    Err(params.malformed("property"))
}

fn number(word: &[u8]) -> Option<u32> {
    core::str::from_utf8(word).ok()?.parse().ok()
}

fn value(params: &mut Params<'_>) -> PropertyValue {
    PropertyValue::from_wire(params.next_word().unwrap_or_default())
}

fn with_value(line: LineWriter, value: &PropertyValue) -> LineWriter {
    if value.as_str().is_empty() {
        line
    } else {
        line.text(value.as_str())
    }
}
