//! Information headers that callers hold: reading them, making others of them.

use std::ptr::NonNull;

use mprapi_sys as sys;

use crate::api::call::{free, guard};
use crate::api::ledger::{self, Family};
use crate::api::param::{Out, bytes, given_bytes};
use crate::error_code::{Code, ERROR_INVALID_PARAMETER, ERROR_NOT_FOUND};
use crate::router::info_block::{Block, ENTRY, HEADER, Header};

impl Header {
    /// Reads a caller's header.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` for null and for bytes that are not a header.
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
}

/// Reads the settings that a caller gives for a transport; `None` for null.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER` for bytes that are not an information header of that size.
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
    let memory = ledger::allocate(bytes.len(), 0, Family::Info, None)?;
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

/// Reads a caller's block.
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

/// Hands out a header made of another and of a caller's block.
///
/// # Safety
/// As [`derive()`] and [`block`].
unsafe fn derive_with(
    old: sys::LPVOID,
    (kind, item_size, items, data): (u32, u32, u32, sys::LPBYTE),
    new: *mut sys::LPVOID,
    put: impl FnOnce(&mut Header, Block) -> Result<(), Code>,
) -> sys::DWORD {
    let change = |header: &mut Header| {
        // SAFETY: promised by the caller.
        put(header, unsafe { block(kind, item_size, items, data) }?)
    };
    // SAFETY: promised by the caller.
    unsafe { derive(old, new, change) }
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
    free(lpHeader.cast(), Family::Info)
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
    let add = |header: &mut Header, block: Block| {
        if header.position(block.kind).is_some() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        header.blocks.push(block);
        Ok(())
    };
    let block = (dwInfoType, dwItemSize, dwItemCount, lpItemData);
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { derive_with(lpHeader, block, lplpNewHeader, add) }
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
    let set = |header: &mut Header, block: Block| {
        let position = header.position(block.kind).ok_or(ERROR_INVALID_PARAMETER)?;
        header.blocks[position] = block;
        Ok(())
    };
    let block = (dwInfoType, dwItemSize, dwItemCount, lpItemData);
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { derive_with(lpHeader, block, lplpNewHeader, set) }
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

/// The size of null is 0.
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
