//! Small records as bytes: a version, a checksum and the record, of exactly that length.
//!
//! bincode is used here and nowhere else, and never for keys: its numbers do not sort.

use bincode::Options;
use serde::Serialize;
use serde::de::DeserializeOwned;
use xxhash_rust::xxh3::xxh3_64;

use crate::error::{Error, Result};

/// The version of the encoding of all records.
const VERSION: u8 = 1;
/// Version and checksum.
const HEADER: usize = 5;
/// No record is greater; a length beyond it is damage and is not allocated.
const RECORD_BYTES_MAX: u64 = 64 << 20;

fn options() -> impl Options {
    bincode::DefaultOptions::new().with_limit(RECORD_BYTES_MAX)
}

/// The first four bytes of the checksum of some bytes.
pub(super) fn checksum(bytes: &[u8]) -> [u8; 4] {
    let [a, b, c, d, ..] = xxh3_64(bytes).to_le_bytes();
    [a, b, c, d]
}

/// A record as bytes.
///
/// # Errors
///
/// `Limit` where it would be greater than a record may be.
pub(super) fn encode<T: Serialize>(record: &T) -> Result<Vec<u8>> {
    let body = options().serialize(record).map_err(|_| Error::Limit {
        what: "a record".to_owned(),
        limit: format!("{RECORD_BYTES_MAX} bytes"),
    })?;
    let mut bytes = Vec::with_capacity(HEADER + body.len());
    bytes.push(VERSION);
    bytes.extend_from_slice(&checksum(&body));
    bytes.extend_from_slice(&body);
    Ok(bytes)
}

/// Reads a record back.
///
/// # Errors
///
/// `Damaged`, naming `part`, where the bytes are not exactly one whole record.
pub(super) fn decode<T: DeserializeOwned>(part: &str, bytes: &[u8]) -> Result<T> {
    let damaged = |message: &str| Error::Damaged {
        part: part.to_owned(),
        message: message.to_owned(),
    };
    let Some((&[version, a, b, c, d], body)) = bytes.split_first_chunk::<HEADER>() else {
        return Err(damaged("the record is cut short"));
    };
    if version != VERSION {
        return Err(damaged("the record has an unknown version"));
    }
    if checksum(body) != [a, b, c, d] {
        return Err(damaged("the checksum of the record is wrong"));
    }
    options()
        .deserialize(body)
        .map_err(|_| damaged("the record cannot be read"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_reads_back() {
        let record = ("Vienna".to_owned(), 7_u32, Some(-3_i64));
        let bytes = encode(&record).unwrap();
        assert_eq!(
            decode::<(String, u32, Option<i64>)>("x", &bytes).unwrap(),
            record
        );
    }

    #[test]
    fn any_changed_or_missing_byte_is_noticed() {
        let bytes = encode(&("Vienna".to_owned(), 7_u32)).unwrap();
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 0x10;
            assert!(decode::<(String, u32)>("x", &changed).is_err());
            assert!(decode::<(String, u32)>("x", &bytes[..place]).is_err());
        }
    }
}
