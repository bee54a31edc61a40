//! The back end: its table, its handles, and the memory that its calls return.

use std::fmt;
use std::sync::Mutex;

use mprapi_sys as sys;
use mprapi_sys::{
    DWORD, ERROR_CALL_NOT_IMPLEMENTED, ERROR_INVALID_DATA, ERROR_INVALID_LEVEL, ERROR_INVALID_PARAMETER,
    ERROR_MORE_DATA, HANDLE, LPBYTE, MissingFunction, Mprapi, NO_ERROR,
};

use super::handle::Handles;
use crate::dimsvc::InformationContainer;
use crate::ndr::{Counted, Ndr};
use crate::record::memory::{pointing, take};
use crate::record::pointed::Pieces;
use crate::record::{self, Held, Layout, Record};

/// The outcome of a call of the table.
pub(super) type Called = Result<DWORD, MissingFunction>;

/// A handle of the API, which any thread may use.
struct Opened(HANDLE);

// SAFETY: a handle is a value that only the API looks behind, and its functions may be called from any thread.
unsafe impl Send for Opened {}

/// A table, and the handles to the server that it is asked about.
pub(super) struct BackEnd {
    pub(super) table: Mprapi,
    /// With a zero at the end.
    name: Option<Vec<u16>>,
    admin: Mutex<Option<Opened>>,
    mib: Mutex<Option<Opened>>,
    pub(super) handles: Handles,
    pub(super) layout: Layout,
}

impl fmt::Debug for BackEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name.as_deref().map(String::from_utf16_lossy);
        f.debug_struct("BackEnd").field("name", &name).field("layout", &self.layout).finish_non_exhaustive()
    }
}

impl BackEnd {
    pub(super) fn new(table: Mprapi, name: Option<&[u16]>, layout: Layout) -> BackEnd {
        let name = name.map(terminated);
        let (admin, mib) = (Mutex::default(), Mutex::default());
        BackEnd { table, name, admin, mib, handles: Handles::default(), layout }
    }

    pub(super) fn set_layout(&mut self, layout: Layout) {
        self.layout = layout;
    }

    /// Returns a copy of the server's name for a call that wants it; `None` for the machine itself.
    pub(super) fn name(&self) -> Option<Vec<u16>> {
        self.name.clone()
    }

    /// Returns the handle to the server. The first use connects.
    ///
    /// # Errors
    /// The code of `MprAdminServerConnect`.
    pub(super) fn admin(&self) -> Result<HANDLE, u32> {
        self.opened(&self.admin, |table, name, handle| {
            // SAFETY: the name ends with a zero or is null, and the handle's place takes what is written.
            unsafe { table.MprAdminServerConnect(name, handle) }
        })
    }

    /// Returns the handle to the management variables. The first use connects.
    ///
    /// # Errors
    /// The code of `MprAdminMIBServerConnect`.
    pub(super) fn mib(&self) -> Result<HANDLE, u32> {
        self.opened(&self.mib, |table, name, handle| {
            // SAFETY: as above.
            unsafe { table.MprAdminMIBServerConnect(name, handle) }
        })
    }

    /// Returns `true` if the back end says that the service runs.
    pub(super) fn is_service_running(&self) -> bool {
        let mut name = self.name();
        let name = name.as_mut().map_or(std::ptr::null_mut(), |name| name.as_mut_ptr());
        // SAFETY: the name ends with a zero or is null.
        unsafe { self.table.MprAdminIsServiceRunning(name) }.is_ok_and(|running| running != 0)
    }

    fn opened(
        &self,
        place: &Mutex<Option<Opened>>,
        connect: impl FnOnce(&Mprapi, *mut u16, *mut HANDLE) -> Called,
    ) -> Result<HANDLE, u32> {
        let mut opened = place.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(Opened(handle)) = *opened {
            return Ok(handle);
        }
        let (mut name, mut handle) = (self.name(), std::ptr::null_mut());
        let name = name.as_mut().map_or(std::ptr::null_mut(), |name| name.as_mut_ptr());
        match code(connect(&self.table, name, &mut handle)) {
            NO_ERROR => {
                *opened = Some(Opened(handle));
                Ok(handle)
            }
            error => Err(error),
        }
    }

    /// Has a function of the server called.
    pub(super) fn on_server(&self, call: impl FnOnce(&Mprapi, HANDLE) -> Called) -> u32 {
        self.admin().map_or_else(|error| error, |server| code(call(&self.table, server)))
    }

    /// Has a function of the management variables called.
    pub(super) fn on_mib(&self, call: impl FnOnce(&Mprapi, HANDLE) -> Called) -> u32 {
        self.mib().map_or_else(|error| error, |server| code(call(&self.table, server)))
    }

    /// Has a function called that returns one record of a type.
    pub(super) fn get<R: Record>(
        &self,
        call: impl FnOnce(&Mprapi, HANDLE, *mut LPBYTE) -> Called,
    ) -> (u32, InformationContainer) {
        let mut pointer = std::ptr::null_mut();
        let code = self.on_server(|table, server| call(table, server, &mut pointer));
        let buffer = Buffer::new(self, pointer);
        if code != NO_ERROR {
            return (code, Counted::NULL);
        }
        self.container::<R>(&buffer, 1).map_or_else(|error| (error, Counted::NULL), |info| (code, info))
    }

    /// Has a function called at a level that has no record here, for its code.
    pub(super) fn get_unknown(&self, call: impl FnOnce(&Mprapi, HANDLE, *mut LPBYTE) -> Called) -> u32 {
        let mut pointer = std::ptr::null_mut();
        let code = self.on_server(|table, server| call(table, server, &mut pointer));
        drop(Buffer::new(self, pointer));
        match code {
            NO_ERROR | ERROR_MORE_DATA => ERROR_INVALID_LEVEL,
            error => error,
        }
    }

    /// Has a function called that takes one record of a type.
    pub(super) fn set<R: Record>(
        &self,
        info: &InformationContainer,
        call: impl FnOnce(&Mprapi, HANDLE, LPBYTE) -> Called,
    ) -> u32 {
        if info.elements().is_empty() {
            return self.on_server(|table, server| call(table, server, std::ptr::null_mut()));
        }
        let Ok(read) = record::read::<R>(info.elements(), 1) else { return ERROR_INVALID_PARAMETER };
        let Some(mut held) = read.records.into_iter().next() else { return ERROR_INVALID_PARAMETER };
        self.handles.widen_all(&mut held);
        let mut record = pointing(&mut held);
        self.on_server(|table, server| call(table, server, (&raw mut record).cast()))
    }

    /// Frees the buffers that a record of a call pointed to, each by itself.
    pub(super) fn free(&self, pieces: Pieces) {
        for address in pieces.addresses {
            drop(Buffer::new(self, address));
        }
    }

    /// Returns the records in a buffer as they travel. A null buffer stays null if it has none.
    ///
    /// # Errors
    /// `ERROR_INVALID_DATA` if they have no form on the wire, or the buffer is null and has some.
    fn container<R: Record>(&self, buffer: &Buffer<'_>, count: u32) -> Result<InformationContainer, u32> {
        if buffer.pointer.is_null() {
            return if count == 0 { Ok(Counted::NULL) } else { Err(ERROR_INVALID_DATA) };
        }
        let mut records: Vec<Held<R>> = Vec::new();
        for index in 0..count as usize {
            let place = buffer.pointer.cast::<R>().wrapping_add(index);
            // SAFETY: the back end says that as many records are in the buffer, and keeps the contract of its pages for
            // what they point to. It is freed only when `buffer` is dropped.
            let mut held = unsafe { take(place) }.map_err(|_| ERROR_INVALID_DATA)?;
            self.handles.narrow_all(&mut held)?;
            records.push(held);
        }
        record::write(&records, self.layout).map(Counted::Elements).map_err(|_| ERROR_INVALID_DATA)
    }
}

/// A page of an enumeration. The records are bytes, or of a type that travels.
pub(super) struct Page<T: Ndr = u8> {
    pub(super) code: u32,
    pub(super) info: Counted<T>,
    pub(super) read: u32,
    pub(super) total: u32,
    pub(super) resume: Option<u32>,
}

/// The places that an enumeration writes to.
pub(super) struct Places {
    pub(super) buffer: *mut LPBYTE,
    pub(super) read: *mut u32,
    pub(super) total: *mut u32,
    /// Null if the client has none.
    pub(super) resume: *mut u32,
}

impl BackEnd {
    /// Has an enumeration called that returns records of a type.
    pub(super) fn list<R: Record>(
        &self,
        resume: Option<u32>,
        call: impl FnOnce(&Mprapi, HANDLE, Places) -> Called,
    ) -> Page {
        self.page(resume, call, |back_end, buffer, read| back_end.container::<R>(buffer, read))
    }

    /// Has an enumeration called at a level that has no record here, for its code.
    pub(super) fn list_unknown(
        &self,
        resume: Option<u32>,
        call: impl FnOnce(&Mprapi, HANDLE, Places) -> Called,
    ) -> Page {
        self.page(resume, call, |_, _, _| Err(ERROR_INVALID_LEVEL))
    }

    /// Has an enumeration called, and makes the page's records of its buffer and the count of records in it.
    pub(super) fn page<T: Ndr>(
        &self,
        mut resume: Option<u32>,
        call: impl FnOnce(&Mprapi, HANDLE, Places) -> Called,
        info: impl FnOnce(&BackEnd, &Buffer<'_>, u32) -> Result<Counted<T>, u32>,
    ) -> Page<T> {
        let (mut pointer, mut read, mut total) = (std::ptr::null_mut(), 0, 0);
        let places = Places {
            buffer: &mut pointer,
            read: &mut read,
            total: &mut total,
            resume: resume.as_mut().map_or(std::ptr::null_mut(), |resume| resume),
        };
        let code = self.on_server(|table, server| call(table, server, places));
        let buffer = Buffer::new(self, pointer);
        let nothing = |code| Page { code, info: Counted::NULL, read: 0, total: 0, resume };
        if code != NO_ERROR && code != ERROR_MORE_DATA {
            return nothing(code);
        }
        match info(self, &buffer, read) {
            Ok(info) => Page { code, info, read, total, resume },
            Err(error) => nothing(error),
        }
    }
}

impl Drop for BackEnd {
    fn drop(&mut self) {
        let admin = self.admin.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        if let Some(Opened(server)) = admin {
            // SAFETY: the handle is open, and this is the last use of it.
            let _ = unsafe { self.table.MprAdminServerDisconnect(server) };
        }
        let mib = self.mib.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        if let Some(Opened(server)) = mib {
            // SAFETY: as above.
            let _ = unsafe { self.table.MprAdminMIBServerDisconnect(server) };
        }
    }
}

/// Memory that a call returned. It is freed once, when this value is dropped.
pub(super) struct Buffer<'a> {
    back_end: &'a BackEnd,
    pub(super) pointer: *mut u8,
    is_mib: bool,
}

impl<'a> Buffer<'a> {
    /// Takes memory over that `MprAdminBufferFree` frees; null is none.
    pub(super) fn new(back_end: &'a BackEnd, pointer: *mut u8) -> Buffer<'a> {
        Buffer { back_end, pointer, is_mib: false }
    }

    /// Takes memory over that `MprAdminMIBBufferFree` frees; null is none.
    pub(super) fn of_mib(back_end: &'a BackEnd, pointer: *mut u8) -> Buffer<'a> {
        Buffer { back_end, pointer, is_mib: true }
    }
}

impl Drop for Buffer<'_> {
    fn drop(&mut self) {
        let buffer: sys::LPVOID = self.pointer.cast();
        if buffer.is_null() {
            return;
        }
        let table = &self.back_end.table;
        let _ = if self.is_mib {
            // SAFETY: a call for a management variable returned the buffer, and nobody else frees it.
            unsafe { table.MprAdminMIBBufferFree(buffer) }
        } else {
            // SAFETY: another call returned the buffer, and nobody else frees it.
            unsafe { table.MprAdminBufferFree(buffer) }
        };
    }
}

/// Returns the units of a text with a zero at the end.
pub(super) fn terminated(units: &[u16]) -> Vec<u16> {
    units.iter().copied().chain([0]).collect()
}

/// Returns the code of a call; a function that the back end lacks has its own.
pub(super) fn code(called: Called) -> u32 {
    called.unwrap_or(ERROR_CALL_NOT_IMPLEMENTED)
}
