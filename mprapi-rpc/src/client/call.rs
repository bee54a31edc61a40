//! One call: from the handle to the decoded answer.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use mprapi_sys as sys;
use mprapi_sys::{
    ERROR_INTERNAL_ERROR, ERROR_INVALID_DATA, ERROR_INVALID_PARAMETER, ERROR_MORE_DATA, ERROR_NOT_SUPPORTED,
    HANDLE, LPBYTE, NO_ERROR,
};

use zeroize::Zeroizing;

use super::binding::{self, Binding};
use super::ledger;
use super::out::Out;
use super::wire::{Purpose, RPC_X_BAD_STUB_DATA};
use crate::dimsvc::{
    Call, Coded, InformationContainer, InterfaceEnumRequest, InterfaceGetInfoRequest, Message,
};
use crate::ndr::Counted;
use crate::record::{self, Record, memory};

/// The largest number of interfaces that are read for the layout of records.
const MOST_LOOKS: usize = 16;

/// Runs the body of a function. Its error is the function's answer, and so is a panic, which never reaches C.
pub(super) fn guard(body: impl FnOnce() -> Result<(), u32>) -> u32 {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => NO_ERROR,
        Ok(Err(code)) => code,
        Err(_) => ERROR_INTERNAL_ERROR,
    }
}

/// Runs the body of a function on a server's handle.
pub(super) fn on_server(handle: HANDLE, body: impl FnOnce(&Arc<Binding>) -> Result<(), u32>) -> u32 {
    guard(|| body(&binding::find(handle, Purpose::Administration)?))
}

/// Runs the body of a function on a handle to management variables.
pub(super) fn on_variables(handle: HANDLE, body: impl FnOnce(&Arc<Binding>) -> Result<(), u32>) -> u32 {
    guard(|| body(&binding::find(handle, Purpose::Variables)?))
}

/// The caller's places for a page of an enumeration.
pub(super) struct Page {
    pub(super) buffer: Out<LPBYTE>,
    pub(super) read: Out<u32>,
    pub(super) total: Out<u32>,
    pub(super) resume: Option<Out<u32>>,
}

impl Page {
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` if a pointer other than `resume` is null.
    ///
    /// # Safety
    /// Each pointer must be null or valid for reads and writes until the call returns.
    pub(super) unsafe fn new(
        buffer: *mut LPBYTE,
        read: sys::LPDWORD,
        total: sys::LPDWORD,
        resume: sys::LPDWORD,
    ) -> Result<Page, u32> {
        Ok(Page {
            // SAFETY: promised by the caller.
            buffer: unsafe { Out::new(buffer) }?,
            // SAFETY: as above.
            read: unsafe { Out::new(read) }?,
            // SAFETY: as above.
            total: unsafe { Out::new(total) }?,
            // SAFETY: as above.
            resume: unsafe { Out::optional(resume) },
        })
    }

    /// Returns the resume handle, to be sent.
    pub(super) fn resume(&self) -> Option<u32> {
        self.resume.as_ref().map(Out::get)
    }

    /// Sets the places to a page of the answer.
    ///
    /// # Errors
    /// The answer's code, if it is one.
    pub(super) fn set(
        &self,
        code: u32,
        buffer: *mut u8,
        read: u32,
        total: u32,
        resume: Option<u32>,
    ) -> Result<(), u32> {
        self.buffer.set(buffer);
        self.read.set(read);
        self.total.set(total);
        if let (Some(place), Some(resume)) = (&self.resume, resume) {
            place.set(resume);
        }
        if code == NO_ERROR { Ok(()) } else { Err(code) }
    }
}

impl Binding {
    /// Sends a request and returns the answer, whatever its code.
    ///
    /// # Errors
    /// The code of a transport that failed, and 1783 for an answer that cannot be decoded.
    pub(super) fn send<R: Call>(&self, request: &R) -> Result<R::Answer, u32> {
        // Both may have a password.
        let stub = Zeroizing::new(request.encode());
        let stub = self.transport.call(R::OPNUM, &stub).map_err(|error| error.code())?;
        R::Answer::decode(&Zeroizing::new(stub)).map_err(|_| RPC_X_BAD_STUB_DATA)
    }

    /// Sends a request and returns the answer of an operation that succeeded.
    ///
    /// # Errors
    /// As [`Binding::send`], and the operation's code.
    pub(super) fn ask<R: Call<Answer: Coded>>(&self, request: &R) -> Result<R::Answer, u32> {
        let answer = self.send(request)?;
        if answer.code() == NO_ERROR { Ok(answer) } else { Err(answer.code()) }
    }

    /// Sends the request of an enumeration and returns a page: the last one, or one with more behind it.
    ///
    /// # Errors
    /// As [`Binding::ask`].
    pub(super) fn page<R: Call<Answer: Coded>>(&self, request: &R) -> Result<R::Answer, u32> {
        let answer = self.send(request)?;
        match answer.code() {
            NO_ERROR | ERROR_MORE_DATA => Ok(answer),
            error => Err(error),
        }
    }

    /// Sends a request whose answer has nothing but a code.
    ///
    /// # Errors
    /// As [`Binding::ask`].
    pub(super) fn tell<R: Call<Answer: Coded>>(&self, request: &R) -> Result<(), u32> {
        self.ask(request).map(drop)
    }

    /// Hands out the records of an answer.
    ///
    /// # Errors
    /// `ERROR_INVALID_DATA` if their size is that of no known layout, or a null pointer has a count.
    pub(super) fn records<R: Record>(&self, info: &InformationContainer, count: u32) -> Result<*mut u8, u32> {
        if info.is_null() {
            return if count == 0 { Ok(std::ptr::null_mut()) } else { Err(ERROR_INVALID_DATA) };
        }
        let read = record::read::<R>(info.elements(), count as usize).map_err(|_| ERROR_INVALID_DATA)?;
        self.note::<R>(read.layout);
        Ok(ledger::hand_out(read.records))
    }

    /// Writes a caller's record; a null one is an empty container.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` for a record that cannot be written, and `ERROR_NOT_SUPPORTED` if the server has not shown
    /// the layout of such records.
    ///
    /// # Safety
    /// The pointer must be null or that of the record, and what it points to must be readable.
    pub(super) unsafe fn written<R: Record>(&self, record: LPBYTE) -> Result<InformationContainer, u32> {
        if record.is_null() {
            return Ok(Counted::NULL);
        }
        // SAFETY: promised by the caller.
        let held = unsafe { memory::take::<R>(record.cast()) }.map_err(|_| ERROR_INVALID_PARAMETER)?;
        if self.layout_for::<R>().is_none() {
            self.look_at_interfaces();
        }
        let layout = self.layout_for::<R>().ok_or(ERROR_NOT_SUPPORTED)?;
        let bytes = record::write(&[held], layout).map_err(|_| ERROR_INVALID_PARAMETER)?;
        Ok(Counted::Elements(bytes))
    }

    /// Reads interfaces until one shows the layout of the records that depends on the version. An interface that is deleted in
    /// between shows none, so some more are tried, and not as many as a server may list.
    fn look_at_interfaces(&self) {
        let all =
            InterfaceEnumRequest { level: 0, info: Counted::NULL, preferred_length: u32::MAX, resume: None };
        let Ok(all) = self.page(&all) else { return };
        let read = record::read::<sys::MPR_INTERFACE_0>(all.info.elements(), all.entries_read as usize);
        for held in read.map(|read| read.records).unwrap_or_default().into_iter().take(MOST_LOOKS) {
            let interface = held.record.hInterface.addr() as u32;
            let request = InterfaceGetInfoRequest { level: 1, info: Counted::NULL, interface };
            let Ok(answer) = self.ask(&request) else { continue };
            if let Ok(read) = record::read::<sys::MPR_INTERFACE_1>(answer.info.elements(), 1) {
                self.note::<sys::MPR_INTERFACE_1>(read.layout);
                return;
            }
        }
    }
}
