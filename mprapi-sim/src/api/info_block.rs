//! Information headers: a table of contents and blocks of items, which the transports' settings are made of.
//!
//! The layout is rtinfo.h's: version, size of the whole in bytes and number of blocks, 32 bits each; then for each
//! block its type, the size of an item, the number of items and the offset of the first from the header's beginning.
//! The items of a block begin at a multiple of eight.

use std::ptr::NonNull;

use mprapi_sys as sys;

use crate::call::guard;
use crate::code::{Code, ERROR_INVALID_PARAMETER, ERROR_NOT_FOUND};
use crate::ledger::{self, Family};
use crate::param::{Out, bytes, given_bytes};

/// `RTR_INFO_BLOCK_VERSION`
const VERSION: u32 = 1;
const HEADER: usize = 12;
const ENTRY: usize = 16;

/// A header, taken apart.
struct Header {
    version: u32,
    blocks: Vec<Block>,
}

struct Block {
    kind: u32,
    item_size: u32,
    items: u32,
    data: Vec<u8>,
}

/// The 32-bit number at an offset.
fn number(bytes: &[u8], offset: usize) -> Option<u32> {
    Some(u32::from_ne_bytes(bytes.get(offset..offset + 4)?.try_into().ok()?))
}

impl Header {
    /// `None` when the bytes are no header.
    fn parse(bytes: &[u8]) -> Option<Header> {
        let size = number(bytes, 4)? as usize;
        let bytes = bytes.get(..size)?;
        let count = number(bytes, 8)? as usize;
        if count > size.saturating_sub(HEADER) / ENTRY {
            return None;
        }
        let block = |index: usize| {
            let at = HEADER + ENTRY * index;
            let (item_size, items) = (number(bytes, at + 4)?, number(bytes, at + 8)?);
            let start = number(bytes, at + 12)? as usize;
            let end = start.checked_add((item_size as usize).checked_mul(items as usize)?)?;
            let data = bytes.get(start..end)?.to_vec();
            Some(Block { kind: number(bytes, at)?, item_size, items, data })
        };
        let blocks = (0..count).map(block).collect::<Option<_>>()?;
        Some(Header { version: number(bytes, 0)?, blocks })
    }

    fn build(&self) -> Vec<u8> {
        let mut data = Vec::new();
        let mut contents = Vec::new();
        let start = (HEADER + ENTRY * self.blocks.len()).next_multiple_of(8);
        for block in &self.blocks {
            data.resize(data.len().next_multiple_of(8), 0);
            let offset = (start + data.len()) as u32;
            contents
                .extend([block.kind, block.item_size, block.items, offset].map(u32::to_ne_bytes).concat());
            data.extend(&block.data);
        }
        let size = if self.blocks.is_empty() { HEADER } else { start + data.len() };
        let head = [self.version, size as u32, self.blocks.len() as u32];
        let mut bytes = head.map(u32::to_ne_bytes).concat();
        bytes.extend(contents);
        if !self.blocks.is_empty() {
            bytes.resize(start, 0);
        }
        bytes.extend(data);
        bytes
    }

    /// A caller's header.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` for null and for what is no header.
    ///
    /// # Safety
    /// The pointer must be null or that of a header of the size that it says.
    unsafe fn read(pointer: sys::LPVOID) -> Result<Header, Code> {
        // SAFETY: promised by the caller; a header is at least so long.
        let size = unsafe { Out::new(pointer.cast::<[u32; 3]>(), ERROR_INVALID_PARAMETER) }?.get()[1];
        // SAFETY: promised by the caller.
        let bytes = unsafe { bytes(pointer.cast(), size) };
        Header::parse(&bytes).ok_or(ERROR_INVALID_PARAMETER)
    }

    fn position(&self, kind: u32) -> Option<usize> {
        self.blocks.iter().position(|block| block.kind == kind)
    }
}

/// A header without blocks.
pub(crate) fn empty() -> Vec<u8> {
    Header { version: VERSION, blocks: Vec::new() }.build()
}

/// The items of a type in settings that were taken from a caller.
pub(crate) fn items(info: &[u8], kind: u32) -> Vec<Vec<u8>> {
    let header = Header::parse(info);
    let block = header.and_then(|header| header.blocks.into_iter().find(|block| block.kind == kind));
    block.map_or_else(Vec::new, |block| match block.item_size as usize {
        0 => Vec::new(),
        size => block.data.chunks_exact(size).map(<[u8]>::to_vec).collect(),
    })
}

/// The settings that a caller gives for a transport; `None` for null.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER` for what is no information header of that size.
///
/// # Safety
/// The pointer must be null or valid for reads of `size` bytes.
pub(crate) unsafe fn given(pointer: sys::LPBYTE, size: u32) -> Result<Option<Vec<u8>>, Code> {
    // SAFETY: promised by the caller.
    let bytes = unsafe { given_bytes(pointer, size) }?;
    if pointer.is_null() {
        return Ok(None);
    }
    let header = Header::parse(&bytes).ok_or(ERROR_INVALID_PARAMETER)?;
    Ok(Some(header.build()))
}

/// Hands out a new header.
fn hand_out(header: &Header, new: &Out<sys::LPVOID>) -> Result<(), Code> {
    let bytes = header.build();
    let memory = ledger::allocate(bytes.len(), Family::Info, None)?;
    // SAFETY: the buffer is as long as the bytes and new.
    unsafe { memory.copy_from_nonoverlapping(NonNull::from(&bytes[..]).cast(), bytes.len()) };
    new.set(memory.as_ptr().cast());
    Ok(())
}

/// Hands out a header made of another.
///
/// # Safety
/// The pointers must be null or, `old`, that of a header and, `new`, valid for writes.
unsafe fn derive(
    old: sys::LPVOID,
    new: *mut sys::LPVOID,
    change: impl FnOnce(&mut Header) -> Result<(), Code>,
) -> sys::DWORD {
    guard(|| {
        // SAFETY: promised by the caller.
        let new = unsafe { Out::new(new, ERROR_INVALID_PARAMETER) }?;
        // SAFETY: promised by the caller.
        let mut header = unsafe { Header::read(old) }?;
        change(&mut header)?;
        hand_out(&header, &new)
    })
}

/// A caller's block.
///
/// # Safety
/// The pointer must be null or valid for reads of all items.
unsafe fn block(kind: u32, item_size: u32, items: u32, data: sys::LPBYTE) -> Result<Block, Code> {
    if data.is_null() {
        return Err(ERROR_INVALID_PARAMETER);
    }
    let length = item_size.checked_mul(items).ok_or(ERROR_INVALID_PARAMETER)?;
    // SAFETY: promised by the caller.
    Ok(Block { kind, item_size, items, data: unsafe { bytes(data, length) } })
}

/// Any version is taken; the page knows one.
pub(crate) unsafe extern "system" fn MprInfoCreate(
    dwVersion: sys::DWORD,
    lplpNewHeader: *mut sys::LPVOID,
) -> sys::DWORD {
    guard(|| {
        // SAFETY: the caller's promise, as the function's page asks.
        let new = unsafe { Out::new(lplpNewHeader, ERROR_INVALID_PARAMETER) }?;
        hand_out(&Header { version: dwVersion, blocks: Vec::new() }, &new)
    })
}

pub(crate) unsafe extern "system" fn MprInfoDelete(lpHeader: sys::LPVOID) -> sys::DWORD {
    guard(|| ledger::free(lpHeader.cast(), Family::Info, "MprInfoDelete"))
}

pub(crate) unsafe extern "system" fn MprInfoRemoveAll(
    lpHeader: sys::LPVOID,
    lplpNewHeader: *mut sys::LPVOID,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe {
        derive(lpHeader, lplpNewHeader, |header| {
            header.blocks.clear();
            Ok(())
        })
    }
}

pub(crate) unsafe extern "system" fn MprInfoDuplicate(
    lpHeader: sys::LPVOID,
    lplpNewHeader: *mut sys::LPVOID,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { derive(lpHeader, lplpNewHeader, |_| Ok(())) }
}

pub(crate) unsafe extern "system" fn MprInfoBlockAdd(
    lpHeader: sys::LPVOID,
    dwInfoType: sys::DWORD,
    dwItemSize: sys::DWORD,
    dwItemCount: sys::DWORD,
    lpItemData: sys::LPBYTE,
    lplpNewHeader: *mut sys::LPVOID,
) -> sys::DWORD {
    let add = |header: &mut Header| {
        // SAFETY: the caller's promise, as the function's page asks.
        let block = unsafe { block(dwInfoType, dwItemSize, dwItemCount, lpItemData) }?;
        if header.position(dwInfoType).is_some() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        header.blocks.push(block);
        Ok(())
    };
    // SAFETY: as above.
    unsafe { derive(lpHeader, lplpNewHeader, add) }
}

pub(crate) unsafe extern "system" fn MprInfoBlockRemove(
    lpHeader: sys::LPVOID,
    dwInfoType: sys::DWORD,
    lplpNewHeader: *mut sys::LPVOID,
) -> sys::DWORD {
    let remove = |header: &mut Header| {
        header.blocks.remove(header.position(dwInfoType).ok_or(ERROR_INVALID_PARAMETER)?);
        Ok(())
    };
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { derive(lpHeader, lplpNewHeader, remove) }
}

pub(crate) unsafe extern "system" fn MprInfoBlockSet(
    lpHeader: sys::LPVOID,
    dwInfoType: sys::DWORD,
    dwItemSize: sys::DWORD,
    dwItemCount: sys::DWORD,
    lpItemData: sys::LPBYTE,
    lplpNewHeader: *mut sys::LPVOID,
) -> sys::DWORD {
    let set = |header: &mut Header| {
        // SAFETY: the caller's promise, as the function's page asks.
        let block = unsafe { block(dwInfoType, dwItemSize, dwItemCount, lpItemData) }?;
        let position = header.position(dwInfoType).ok_or(ERROR_INVALID_PARAMETER)?;
        header.blocks[position] = block;
        Ok(())
    };
    // SAFETY: as above.
    unsafe { derive(lpHeader, lplpNewHeader, set) }
}

pub(crate) unsafe extern "system" fn MprInfoBlockFind(
    lpHeader: sys::LPVOID,
    dwInfoType: sys::DWORD,
    lpdwItemSize: sys::LPDWORD,
    lpdwItemCount: sys::LPDWORD,
    lplpItemData: *mut sys::LPBYTE,
) -> sys::DWORD {
    guard(|| {
        // SAFETY: the caller's promise, as the function's page asks.
        let header = unsafe { Header::read(lpHeader) }?;
        let position = header.position(dwInfoType).ok_or(ERROR_NOT_FOUND)?;
        let block = &header.blocks[position];
        // SAFETY: as above.
        if let Some(size) = unsafe { Out::optional(lpdwItemSize) } {
            size.set(block.item_size);
        }
        // SAFETY: as above.
        if let Some(count) = unsafe { Out::optional(lpdwItemCount) } {
            count.set(block.items);
        }
        // SAFETY: as above.
        if let Some(data) = unsafe { Out::optional(lplpItemData) } {
            let entry = lpHeader.cast::<u8>().wrapping_add(HEADER + ENTRY * position + 12);
            // SAFETY: the header was parsed, so this entry of its table is there.
            let offset = unsafe { entry.cast::<u32>().read_unaligned() };
            data.set(lpHeader.cast::<u8>().wrapping_add(offset as usize));
        }
        Ok(())
    })
}

/// The size of what is no header is 0.
pub(crate) unsafe extern "system" fn MprInfoBlockQuerySize(lpHeader: sys::LPVOID) -> sys::DWORD {
    let mut size = 0;
    guard(|| {
        // SAFETY: the caller's promise, as the function's page asks.
        let numbers = unsafe { Out::new(lpHeader.cast::<[u32; 3]>(), ERROR_INVALID_PARAMETER) }?;
        size = numbers.get()[1];
        Ok(())
    });
    size
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn no_bytes_are_a_reason_to_panic(bytes: Vec<u8>) {
            let _ = Header::parse(&bytes);
        }

        #[test]
        fn what_was_built_is_parsed_again(blocks: Vec<(u32, u8, Vec<u8>)>) {
            let block = |(kind, item_size, data): &(u32, u8, Vec<u8>)| {
                let item_size = u32::from(*item_size).max(1);
                let items = data.len() as u32 / item_size;
                Block { kind: *kind, item_size, items, data: data[..(items * item_size) as usize].to_vec() }
            };
            let header = Header { version: 1, blocks: blocks.iter().map(block).collect() };
            let bytes = header.build();
            let again = Header::parse(&bytes).expect("a header");
            proptest::prop_assert_eq!(again.build(), bytes);
            for (one, other) in header.blocks.iter().zip(&again.blocks) {
                proptest::prop_assert_eq!((one.kind, one.items, &one.data), (other.kind, other.items, &other.data));
            }
        }
    }
}
