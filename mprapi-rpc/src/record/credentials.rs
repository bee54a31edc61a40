//! Extended credentials: an EAP configuration or a pre-shared key.
//!
//! At every level they are an `MPR_CREDENTIALSEX_1`: the length of the data, their offset from the beginning of the
//! record, and the data.

use super::error::{Reason, RecordError};

const NAME: &str = "MPR_CREDENTIALSEX_1";

/// The level that means the server's own key, where there is no interface.
pub(crate) const SERVER_LEVEL: u32 = 2;

/// The offset of the data in what is written.
const DATA: usize = 8;

/// The size of the record with the one byte of data that its declaration has, rounded up to its alignment.
const WITH_PLACEHOLDER: usize = 12;

/// Reads the data.
///
/// # Errors
/// [`Reason::Size`] if there is no record, and [`Reason::Field`] if the data lie outside.
pub fn read(bytes: &[u8], level: u32) -> Result<Vec<u8>, RecordError> {
    let error = |reason| RecordError { record: NAME, level, reason };
    let Some((head, _)) = bytes.split_first_chunk::<DATA>() else {
        let known = vec![DATA, WITH_PLACEHOLDER];
        return Err(error(Reason::Size { size: bytes.len(), count: 1, known }));
    };
    let [a, b, c, d, offset @ ..] = *head;
    let length = u32::from_le_bytes([a, b, c, d]) as usize;
    let offset = u32::from_le_bytes(offset) as usize;
    if length == 0 {
        return Ok(Vec::new());
    }
    let fault = |field, place, fault| error(Reason::Field { field, offset: place, fault });
    let behind = bytes.get(offset..).filter(|_| offset >= DATA);
    let behind = behind.ok_or_else(|| fault("dwOffset", 4, "points into the record or past the end"))?;
    let data = behind.get(..length).ok_or_else(|| fault("dwSize", 0, "is a length past the end"))?;
    Ok(data.to_vec())
}

/// Writes the record. Data of 4 GiB and more have no record.
pub fn write(data: &[u8]) -> Option<Vec<u8>> {
    let length = u32::try_from(data.len()).ok()?;
    let mut bytes = Vec::with_capacity((DATA + data.len()).max(WITH_PLACEHOLDER));
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(&(DATA as u32).to_le_bytes());
    bytes.extend_from_slice(data);
    bytes.resize(bytes.len().max(WITH_PLACEHOLDER), 0);
    Some(bytes)
}
