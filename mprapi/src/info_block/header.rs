//! An information block in the library's memory.

use std::ffi::c_void;
use std::ptr::{self, NonNull};
use std::slice;

use mprapi_sys::{self as sys, MissingFunction};

use super::{HEAD, Info, InfoBlock, InfoType, LARGEST, MalformedInfoBlock, VERSION, word};
use crate::error::check;
use crate::input::only_read;
use crate::library::Library;
use crate::{Error, Mpr, Result};

/// An information block in the library's memory, changed by the library's own functions (`MprInfoCreate` and others).
///
/// Each of these functions returns a new block. This type replaces the old block with it and deletes the old one. The
/// borrow checker ensures that nothing still refers to the old one.
///
/// [`InfoBlockBuf`](super::InfoBlockBuf) does the same without a library. Use this type only for a block that must come
/// from the library.
#[derive(Debug)]
pub struct InfoHeader {
    table: Library,
    header: NonNull<c_void>,
}

// SAFETY: a block is memory that only its owner reaches, and the functions keep nothing else; any thread may call them.
unsafe impl Send for InfoHeader {}
// SAFETY: a shared block is only read.
unsafe impl Sync for InfoHeader {}

impl Mpr {
    /// Creates an empty block in the library's memory.
    /// The C function is `MprInfoCreate`.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfMemory`](crate::ErrorKind::OutOfMemory).
    #[doc(alias = "MprInfoCreate")]
    #[inline]
    pub fn info_header(&self) -> Result<InfoHeader> {
        // Asked before: what cannot be deleted is not made.
        self.table.address(sys::Function::MprInfoDelete)?;
        let header = made("MprInfoCreate", |new| {
            // SAFETY: `new` takes what is written.
            unsafe { self.table.MprInfoCreate(VERSION, new) }
        })?;
        Ok(InfoHeader { table: self.table.clone(), header })
    }
}

/// Calls a function that makes a block, and returns the block.
#[inline]
fn made(
    function: &'static str,
    make: impl FnOnce(&mut sys::LPVOID) -> std::result::Result<u32, MissingFunction>,
) -> Result<NonNull<c_void>> {
    let mut new = ptr::null_mut();
    check(function, make(&mut new), || None)?;
    NonNull::new(new).ok_or_else(|| Error::answer(function, "the pointer to the new block is null"))
}

impl InfoHeader {
    /// Adds an info.
    /// The C function is `MprInfoBlockAdd`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) if the block has an info of this type already. The
    /// block is unchanged then.
    #[doc(alias = "MprInfoBlockAdd")]
    #[inline]
    pub fn add(&mut self, info: Info<'_>) -> Result<()> {
        let data = only_read(info.data());
        let new = made("MprInfoBlockAdd", |new| {
            // SAFETY: the header is the library's own; `data` has size times count bytes, which are only read (an
            // info without any points to no memory, but not to null).
            unsafe {
                self.table.MprInfoBlockAdd(
                    self.as_raw(),
                    info.info_type().0,
                    info.item_size(),
                    info.count(),
                    data,
                    new,
                )
            }
        })?;
        self.replace(new);
        Ok(())
    }

    /// Replaces the info of the same type.
    /// The C function is `MprInfoBlockSet`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) if the block has no info of this type. The block is
    /// unchanged then.
    #[doc(alias = "MprInfoBlockSet")]
    #[inline]
    pub fn set(&mut self, info: Info<'_>) -> Result<()> {
        let data = only_read(info.data());
        let new = made("MprInfoBlockSet", |new| {
            // SAFETY: as in `add`.
            unsafe {
                self.table.MprInfoBlockSet(
                    self.as_raw(),
                    info.info_type().0,
                    info.item_size(),
                    info.count(),
                    data,
                    new,
                )
            }
        })?;
        self.replace(new);
        Ok(())
    }

    /// Removes the info of this type.
    /// The C function is `MprInfoBlockRemove`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) if the block has no info of this type. The block is
    /// unchanged then.
    #[doc(alias = "MprInfoBlockRemove")]
    #[inline]
    pub fn remove(&mut self, info_type: InfoType) -> Result<()> {
        let new = made("MprInfoBlockRemove", |new| {
            // SAFETY: the header is the library's own, and `new` takes what is written.
            unsafe { self.table.MprInfoBlockRemove(self.as_raw(), info_type.0, new) }
        })?;
        self.replace(new);
        Ok(())
    }

    /// Removes all infos.
    /// The C function is `MprInfoRemoveAll`.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfMemory`](crate::ErrorKind::OutOfMemory).
    #[doc(alias = "MprInfoRemoveAll")]
    #[inline]
    pub fn clear(&mut self) -> Result<()> {
        let new = made("MprInfoRemoveAll", |new| {
            // SAFETY: as in `remove`.
            unsafe { self.table.MprInfoRemoveAll(self.as_raw(), new) }
        })?;
        self.replace(new);
        Ok(())
    }

    /// Makes a copy of the block.
    /// The C function is `MprInfoDuplicate`.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfMemory`](crate::ErrorKind::OutOfMemory).
    #[doc(alias = "MprInfoDuplicate")]
    #[inline]
    pub fn try_clone(&self) -> Result<InfoHeader> {
        let header = made("MprInfoDuplicate", |new| {
            // SAFETY: as in `remove`.
            unsafe { self.table.MprInfoDuplicate(self.as_raw(), new) }
        })?;
        if header == self.header {
            return Err(Error::answer("MprInfoDuplicate", "the copy is the original block"));
        }
        Ok(InfoHeader { table: self.table.clone(), header })
    }

    /// Finds the info of this type.
    /// The C function is `MprInfoBlockFind`.
    ///
    /// # Errors
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) if its items are outside the block.
    #[doc(alias = "MprInfoBlockFind")]
    #[inline]
    pub fn find(&self, info_type: InfoType) -> Result<Option<Info<'_>>> {
        const FUNCTION: &str = "MprInfoBlockFind";
        let (mut item_size, mut count, mut data) = (0, 0, ptr::null_mut());
        // SAFETY: the header is the library's own, and the three take what is written.
        let answer = unsafe {
            self.table.MprInfoBlockFind(self.as_raw(), info_type.0, &mut item_size, &mut count, &mut data)
        };
        if answer == Ok(sys::ERROR_NOT_FOUND) {
            return Ok(None);
        }
        check(FUNCTION, answer, || None)?;
        let outside = || Error::answer(FUNCTION, "the items are outside the block");
        let bytes = self.as_bytes()?;
        let length = u64::from(item_size) * u64::from(count);
        let data = if length == 0 {
            Some(&[][..])
        } else {
            // By address: what the library says is not used as a pointer before it is known to be in the block.
            let offset = data.addr().checked_sub(bytes.as_ptr().addr()).ok_or_else(outside)?;
            let length = usize::try_from(length).map_err(|_| outside())?;
            bytes.get(offset..).and_then(|rest| rest.get(..length))
        };
        let data = data.ok_or_else(outside)?;
        Ok(Some(Info { info_type, item_size, count, data }))
    }

    /// Returns the bytes of the block.
    ///
    /// # Errors
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) if `MprInfoBlockQuerySize` and the block's own
    /// header have different sizes, or if the size is impossible.
    #[doc(alias = "MprInfoBlockQuerySize")]
    #[inline]
    pub fn as_bytes(&self) -> Result<&[u8]> {
        const FUNCTION: &str = "MprInfoBlockQuerySize";
        // SAFETY: the header is the library's own, and only read.
        let size = unsafe { self.table.MprInfoBlockQuerySize(self.as_raw()) }? as usize;
        let first = self.header.as_ptr().cast::<u8>();
        if !(HEAD..=LARGEST).contains(&size) {
            return Err(Error::answer(FUNCTION, "the size of the block is impossible"));
        }
        // SAFETY: the library made the block and says that it has at least these bytes; it changes and goes only
        // through methods that borrow this value mutably.
        let head = unsafe { slice::from_raw_parts(first, HEAD) };
        // A size that is too large would have what lies behind the block be read. The block says it once more.
        if word(head, 4) as usize != size {
            return Err(Error::answer(FUNCTION, "the size in the block differs from the size of the call"));
        }
        // SAFETY: as above, with all of its bytes.
        Ok(unsafe { slice::from_raw_parts(first, size) })
    }

    /// Checks the block, and returns it for reading.
    ///
    /// # Errors
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) if the library's block is malformed.
    #[inline]
    pub fn block(&self) -> Result<InfoBlock<'_>> {
        let answered = |malformed: MalformedInfoBlock| malformed.answered("MprInfoBlockQuerySize");
        InfoBlock::parse(self.as_bytes()?).map_err(answered)
    }

    #[inline]
    fn as_raw(&self) -> sys::LPVOID {
        self.header.as_ptr()
    }

    /// Replaces the old block with a new one.
    #[inline]
    fn replace(&mut self, new: NonNull<c_void>) {
        // A library that changed the old one in place has nothing to give back.
        if new != self.header {
            self.delete();
            self.header = new;
        }
    }

    #[inline]
    fn delete(&mut self) {
        // SAFETY: the header is the library's own, and every caller forgets it.
        let _ = unsafe { self.table.MprInfoDelete(self.as_raw()) };
    }
}

impl Drop for InfoHeader {
    #[inline]
    fn drop(&mut self) {
        self.delete();
    }
}
