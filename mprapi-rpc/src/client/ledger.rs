//! The memory that the functions hand out, each buffer until it goes back.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use mprapi_sys as sys;
use mprapi_sys::ERROR_INVALID_PARAMETER;
use zeroize::Zeroize;

use crate::record::memory::{pieces, pointing_to};
use crate::record::pointed::Memory;
use crate::record::{Held, Record};

/// The function that frees a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// `MprAdminBufferFree`
    Admin,
    /// `MprAdminMIBBufferFree`
    Mib,
    /// `MprInfoDelete`
    Info,
}

/// A buffer. Its words are aligned for any record.
struct Block {
    words: Vec<u64>,
    family: Family,
}

static BLOCKS: LazyLock<Mutex<BTreeMap<usize, Block>>> = LazyLock::new(Mutex::default);

fn blocks() -> MutexGuard<'static, BTreeMap<usize, Block>> {
    // Nothing is half done in it.
    BLOCKS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the number of buffers that were handed out and have not gone back.
pub fn outstanding() -> usize {
    blocks().len()
}

const WORD: usize = size_of::<u64>();

/// Hands out a buffer of so many bytes, which are zero. One without bytes is a buffer too.
fn allocate(bytes: usize, family: Family) -> *mut u8 {
    let mut words = vec![0_u64; bytes.div_ceil(WORD).max(1)];
    let pointer: *mut u8 = words.as_mut_ptr().cast();
    blocks().insert(pointer.addr(), Block { words, family });
    pointer
}

/// Takes a buffer back, and overwrites it: it may have a key.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER` for a pointer that is none of the family's, null included.
pub(super) fn free(pointer: *mut u8, family: Family) -> Result<(), u32> {
    let mut blocks = blocks();
    match blocks.get(&pointer.addr()) {
        Some(block) if block.family == family => {}
        _ => return Err(ERROR_INVALID_PARAMETER),
    }
    let block = blocks.remove(&pointer.addr());
    drop(blocks);
    if let Some(mut block) = block {
        block.words.zeroize();
    }
    Ok(())
}

/// Hands out a copy of bytes; none are null.
pub(super) fn hand_out_bytes(bytes: &[u8], family: Family) -> *mut u8 {
    if bytes.is_empty() {
        return std::ptr::null_mut();
    }
    let pointer = allocate(bytes.len(), family);
    // SAFETY: the buffer was made for as many bytes, and is new.
    unsafe { pointer.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
    pointer
}

/// Hands out a copy of items; none are null.
pub(super) fn hand_out_items<T: Copy>(items: &[T], family: Family) -> *mut T {
    const { assert!(align_of::<T>() <= WORD) };
    if items.is_empty() {
        return std::ptr::null_mut();
    }
    let first = allocate(size_of_val(items), family).cast::<T>();
    // SAFETY: the buffer was made for as many items, is aligned for them, and is new.
    unsafe { first.copy_from_nonoverlapping(items.as_ptr(), items.len()) };
    first
}

/// Hands out records in one buffer, with what they point to behind them. No records are null.
pub(super) fn hand_out<R: Record>(records: Vec<Held<R>>) -> *mut u8 {
    if records.is_empty() {
        return std::ptr::null_mut();
    }
    const { assert!(align_of::<R>() <= WORD) };
    let mut end = records.len() * size_of::<R>();
    let mut placed = |bytes: Vec<u8>| {
        let place = end.next_multiple_of(WORD);
        end = place + bytes.len();
        (place, bytes)
    };
    let mut all = Vec::new();
    for mut held in records {
        let pieces: Vec<_> = pieces(&mut held).into_iter().map(|piece| piece.map(&mut placed)).collect();
        all.push((held, pieces));
    }
    let first = allocate(end, Family::Admin);
    let copied = |(place, bytes): (usize, Vec<u8>)| {
        // SAFETY: the buffer was made for the records and all pieces, and this place lies in it.
        let target = unsafe { first.add(place) };
        // SAFETY: as above, and there is room for the piece up to the next.
        unsafe { target.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
        target
    };
    for (index, (mut held, pieces)) in all.into_iter().enumerate() {
        let pointers = pieces.into_iter().map(|piece| piece.map_or(std::ptr::null_mut(), copied)).collect();
        let record = pointing_to(&mut held, pointers);
        // SAFETY: the buffer was made for all records, one after the other.
        let place = unsafe { first.cast::<R>().add(index) };
        // SAFETY: as above; the buffer is aligned for any record.
        unsafe { place.write(record) };
    }
    first
}

/// Hands out a record of credentials, with the data behind it.
pub(super) fn hand_out_data(data: &[u8]) -> *mut u8 {
    let head = size_of::<sys::MPR_CREDENTIALSEX_1>();
    let first = allocate(head + data.len(), Family::Admin);
    // SAFETY: the buffer was made for the record and the data.
    let place = unsafe { first.add(head) };
    // SAFETY: as above, and it is new.
    unsafe { place.copy_from_nonoverlapping(data.as_ptr(), data.len()) };
    let lpbCredentialsInfo = if data.is_empty() { std::ptr::null_mut() } else { place };
    let record = sys::MPR_CREDENTIALSEX_1 { dwSize: data.len() as u32, lpbCredentialsInfo };
    // SAFETY: the buffer begins with room for the record, and is aligned for it.
    unsafe { first.cast::<sys::MPR_CREDENTIALSEX_1>().write(record) };
    first
}

/// Memory for the pieces that a record of the caller points to: each is a buffer that the caller gives back.
pub(super) struct HandedOut;

impl Memory for HandedOut {
    fn place<T: Copy + 'static>(&mut self, items: &[T]) -> *mut T {
        hand_out_items(items, Family::Admin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_goes_back_once_and_to_its_family() {
        let buffer = hand_out_bytes(b"key", Family::Mib);
        assert_eq!(free(buffer, Family::Admin), Err(ERROR_INVALID_PARAMETER));
        assert_eq!(free(buffer, Family::Mib), Ok(()));
        assert_eq!(free(buffer, Family::Mib), Err(ERROR_INVALID_PARAMETER));
    }

    #[test]
    fn a_foreign_pointer_is_an_error() {
        let mut own = 7_u64;
        assert_eq!(free((&raw mut own).cast(), Family::Admin), Err(ERROR_INVALID_PARAMETER));
        assert_eq!(free(std::ptr::null_mut(), Family::Admin), Err(ERROR_INVALID_PARAMETER));
        let buffer = hand_out_items(&[1_u32, 2], Family::Admin);
        assert_eq!(free(buffer.cast::<u8>().wrapping_add(4), Family::Admin), Err(ERROR_INVALID_PARAMETER));
        assert_eq!(free(buffer.cast(), Family::Admin), Ok(()));
    }

    #[test]
    fn nothing_is_null() {
        assert!(hand_out_bytes(&[], Family::Admin).is_null());
        assert!(hand_out::<mprapi_sys::RAS_PORT_0>(Vec::new()).is_null());
    }
}
