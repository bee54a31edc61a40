//! Information blocks in memory: the functions that make one of another. They ask no server.
//!
//! A block is a sequence of bytes (`RTR_INFO_BLOCK_HEADER` of `rtinfo.h`): the version, the size in bytes and the number of
//! entries, 32 bits each; for each entry its type, the size of an item, the number of items and their offset; then the items,
//! each entry's at a multiple of eight.

use std::ops::Range;

use mprapi_sys as sys;
use mprapi_sys::{ERROR_INVALID_PARAMETER, ERROR_NOT_FOUND};

use super::call::guard;
use super::ledger::{self, Family, hand_out_bytes};
use super::out::Out;
use crate::record::memory::items;

const HEAD: usize = 12;
const ENTRY: usize = 16;
/// The alignment of items.
const ALIGNMENT: usize = 8;

/// A block, taken apart.
struct Block {
    version: u32,
    entries: Vec<Entry>,
}

/// An entry with its items.
struct Entry {
    kind: u32,
    item_size: u32,
    count: u32,
    items: Vec<u8>,
    /// The place of the items in the block that they were read from.
    offset: usize,
}

fn number(bytes: &[u8], offset: usize) -> Option<u32> {
    bytes.get(offset..)?.first_chunk().copied().map(u32::from_ne_bytes)
}

impl Block {
    /// Takes the bytes of a block apart. `None` if they are none.
    fn parse(bytes: &[u8]) -> Option<Block> {
        let entries = number(bytes, 8)? as usize;
        // A number of entries that do not fit takes no memory.
        let table = bytes.get(HEAD..HEAD.checked_add(entries.checked_mul(ENTRY)?)?)?;
        // Entries that share their items would take more memory than the block.
        let mut room = bytes.len();
        let entry = |entry: &[u8]| {
            let (item_size, count, offset) =
                (number(entry, 4)?, number(entry, 8)?, number(entry, 12)? as usize);
            let range = range(item_size, count, offset)?;
            room = room.checked_sub(range.len())?;
            // Nothing is looked for where no items are.
            let items = if range.is_empty() { Vec::new() } else { bytes.get(range)?.to_vec() };
            Some(Entry { kind: number(entry, 0)?, item_size, count, items, offset })
        };
        let entries = table.chunks_exact(ENTRY).map(entry).collect::<Option<_>>()?;
        Some(Block { version: number(bytes, 0)?, entries })
    }

    /// Reads a caller's block.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` for null, and for bytes that are no block.
    ///
    /// # Safety
    /// The pointer must be null or that of a block of the size that it says.
    unsafe fn read(pointer: sys::LPVOID) -> Result<Block, u32> {
        // SAFETY: promised by the caller: no block is shorter.
        let [_, size, _] = unsafe { Out::new(pointer.cast::<[u32; 3]>()) }?.get();
        // SAFETY: promised by the caller.
        let bytes = unsafe { items(pointer.cast::<u8>(), size) };
        Block::parse(&bytes).ok_or(ERROR_INVALID_PARAMETER)
    }

    fn build(&self) -> Vec<u8> {
        let mut end = HEAD + ENTRY * self.entries.len();
        let (mut table, mut places) = (Vec::new(), Vec::new());
        for Entry { kind, item_size, count, items, .. } in &self.entries {
            let place = end.next_multiple_of(ALIGNMENT);
            table.extend([*kind, *item_size, *count, place as u32]);
            places.push((place, items));
            end = place + items.len();
        }
        let head = [self.version, end as u32, self.entries.len() as u32];
        let mut bytes: Vec<u8> = head.into_iter().chain(table).flat_map(u32::to_ne_bytes).collect();
        for (place, items) in places {
            bytes.resize(place, 0);
            bytes.extend(items);
        }
        bytes
    }

    /// Hands out the bytes of the block.
    fn hand_out(&self, place: &Out<sys::LPVOID>) {
        place.set(hand_out_bytes(&self.build(), Family::Info).cast());
    }

    /// # Errors
    /// `missing` if the block has no entry of a type.
    fn position(&self, kind: u32, missing: u32) -> Result<usize, u32> {
        self.entries.iter().position(|entry| entry.kind == kind).ok_or(missing)
    }
}

/// Returns the place of items in a block.
fn range(item_size: u32, count: u32, offset: usize) -> Option<Range<usize>> {
    let end = offset.checked_add((item_size as usize).checked_mul(count as usize)?)?;
    Some(offset..end)
}

/// The parameters of an entry that a caller gives.
struct Given {
    kind: u32,
    item_size: u32,
    count: u32,
    data: sys::LPBYTE,
}

impl Given {
    /// Copies the entry.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` for null, and for more items than memory can have.
    ///
    /// # Safety
    /// The pointer must be null or that of all items.
    unsafe fn read(self) -> Result<Entry, u32> {
        let Given { kind, item_size, count, data } = self;
        let size = item_size.checked_mul(count).filter(|_| !data.is_null()).ok_or(ERROR_INVALID_PARAMETER)?;
        // SAFETY: promised by the caller.
        let items = unsafe { items(data, size) };
        Ok(Entry { kind, item_size, count, items, offset: 0 })
    }
}

/// Hands out a block that is made of another.
///
/// # Safety
/// The pointers must be null or, `old`, that of a block and, `new`, valid for writes.
unsafe fn derive(
    old: sys::LPVOID,
    new: *mut sys::LPVOID,
    change: impl FnOnce(&mut Block) -> Result<(), u32>,
) -> sys::DWORD {
    guard(|| {
        // SAFETY: promised by the caller.
        let new = unsafe { Out::new(new) }?;
        // SAFETY: promised by the caller.
        let mut block = unsafe { Block::read(old) }?;
        change(&mut block)?;
        block.hand_out(&new);
        Ok(())
    })
}

/// Any version is taken; the page knows one.
pub(super) unsafe extern "system" fn MprInfoCreate(
    dwVersion: sys::DWORD,
    lplpNewHeader: *mut sys::LPVOID,
) -> sys::DWORD {
    guard(|| {
        // SAFETY: the caller's promise, as the function's page asks.
        let new = unsafe { Out::new(lplpNewHeader) }?;
        Block { version: dwVersion, entries: Vec::new() }.hand_out(&new);
        Ok(())
    })
}

pub(super) unsafe extern "system" fn MprInfoDelete(lpHeader: sys::LPVOID) -> sys::DWORD {
    guard(|| ledger::free(lpHeader.cast(), Family::Info))
}

pub(super) unsafe extern "system" fn MprInfoRemoveAll(
    lpHeader: sys::LPVOID,
    lplpNewHeader: *mut sys::LPVOID,
) -> sys::DWORD {
    let clear = |block: &mut Block| {
        block.entries.clear();
        Ok(())
    };
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { derive(lpHeader, lplpNewHeader, clear) }
}

pub(super) unsafe extern "system" fn MprInfoDuplicate(
    lpHeader: sys::LPVOID,
    lplpNewHeader: *mut sys::LPVOID,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { derive(lpHeader, lplpNewHeader, |_| Ok(())) }
}

pub(super) unsafe extern "system" fn MprInfoBlockAdd(
    lpHeader: sys::LPVOID,
    dwInfoType: sys::DWORD,
    dwItemSize: sys::DWORD,
    dwItemCount: sys::DWORD,
    lpItemData: sys::LPBYTE,
    lplpNewHeader: *mut sys::LPVOID,
) -> sys::DWORD {
    let given = Given { kind: dwInfoType, item_size: dwItemSize, count: dwItemCount, data: lpItemData };
    let add = |block: &mut Block| {
        // SAFETY: the caller's promise, as the function's page asks.
        let entry = unsafe { given.read() }?;
        if block.position(dwInfoType, ERROR_NOT_FOUND).is_ok() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        block.entries.push(entry);
        Ok(())
    };
    // SAFETY: as above.
    unsafe { derive(lpHeader, lplpNewHeader, add) }
}

pub(super) unsafe extern "system" fn MprInfoBlockRemove(
    lpHeader: sys::LPVOID,
    dwInfoType: sys::DWORD,
    lplpNewHeader: *mut sys::LPVOID,
) -> sys::DWORD {
    let remove = |block: &mut Block| {
        block.entries.remove(block.position(dwInfoType, ERROR_INVALID_PARAMETER)?);
        Ok(())
    };
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { derive(lpHeader, lplpNewHeader, remove) }
}

pub(super) unsafe extern "system" fn MprInfoBlockSet(
    lpHeader: sys::LPVOID,
    dwInfoType: sys::DWORD,
    dwItemSize: sys::DWORD,
    dwItemCount: sys::DWORD,
    lpItemData: sys::LPBYTE,
    lplpNewHeader: *mut sys::LPVOID,
) -> sys::DWORD {
    let given = Given { kind: dwInfoType, item_size: dwItemSize, count: dwItemCount, data: lpItemData };
    let set = |block: &mut Block| {
        // SAFETY: the caller's promise, as the function's page asks.
        let entry = unsafe { given.read() }?;
        let position = block.position(dwInfoType, ERROR_INVALID_PARAMETER)?;
        block.entries[position] = entry;
        Ok(())
    };
    // SAFETY: as above.
    unsafe { derive(lpHeader, lplpNewHeader, set) }
}

/// The items stay in the caller's block.
pub(super) unsafe extern "system" fn MprInfoBlockFind(
    lpHeader: sys::LPVOID,
    dwInfoType: sys::DWORD,
    lpdwItemSize: sys::LPDWORD,
    lpdwItemCount: sys::LPDWORD,
    lplpItemData: *mut sys::LPBYTE,
) -> sys::DWORD {
    guard(|| {
        // SAFETY: the caller's promise, as the function's page asks.
        let block = unsafe { Block::read(lpHeader) }?;
        let entry = &block.entries[block.position(dwInfoType, ERROR_NOT_FOUND)?];
        // SAFETY: as above.
        if let Some(size) = unsafe { Out::optional(lpdwItemSize) } {
            size.set(entry.item_size);
        }
        // SAFETY: as above.
        if let Some(count) = unsafe { Out::optional(lpdwItemCount) } {
            count.set(entry.count);
        }
        // SAFETY: as above.
        if let Some(data) = unsafe { Out::optional(lplpItemData) } {
            data.set(lpHeader.cast::<u8>().wrapping_add(entry.offset));
        }
        Ok(())
    })
}

/// The size of null is 0.
pub(super) unsafe extern "system" fn MprInfoBlockQuerySize(lpHeader: sys::LPVOID) -> sys::DWORD {
    let mut size = 0;
    guard(|| {
        // SAFETY: the caller's promise, as the function's page asks.
        size = unsafe { Out::new(lpHeader.cast::<[u32; 3]>()) }?.get()[1];
        Ok(())
    });
    size
}
