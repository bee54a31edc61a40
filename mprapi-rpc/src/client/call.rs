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
use super::wire::{Purpose, RPC_X_BAD_STUB_DATA, TransportError};
use crate::dimsvc::{
    Call, Coded, InformationContainer, InterfaceEnumRequest, InterfaceGetInfoRequest, Message,
};
use crate::ndr::Counted;
use crate::record::{self, Held, Record, memory};

/// The largest number of interfaces that are read for the layout of records.
const MOST_LOOKS: usize = 16;

/// The largest number of sessions that may end before a record is sent.
const MOST_SESSIONS: usize = 2;

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

/// The records that a caller gave, as they travel, and the session to which their layout holds; any, if it is `None`.
pub(super) struct Written {
    pub(super) info: InformationContainer,
    pub(super) session: Option<u64>,
}

impl Written {
    /// No records.
    pub(super) const NULL: Written = Written { info: Counted::NULL, session: None };
}

impl Binding {
    /// Sends a request and returns the answer, whatever its code, with the session that gave it.
    ///
    /// # Errors
    /// The code of a transport that failed, and 1783 for an answer that cannot be decoded.
    fn exchange<R: Call>(
        &self,
        session: Option<u64>,
        request: &R,
    ) -> Result<(R::Answer, u64), TransportError> {
        // Both may have a password.
        let stub = Zeroizing::new(request.encode());
        let (stub, session) = self.transport.call_within(session, R::OPNUM, &stub)?;
        match R::Answer::decode(&Zeroizing::new(stub)) {
            Ok(answer) => Ok((answer, session)),
            Err(error) => {
                let text = format!("the answer of {} cannot be decoded: {error}", R::NAME);
                self.transport.note(RPC_X_BAD_STUB_DATA, text.clone());
                Err(TransportError::Failed { code: RPC_X_BAD_STUB_DATA, text })
            }
        }
    }

    /// Sends a request and returns the answer of an operation that succeeded.
    ///
    /// # Errors
    /// As [`Binding::exchange`], and the operation's code.
    pub(super) fn ask<R: Call<Answer: Coded>>(&self, request: &R) -> Result<R::Answer, u32> {
        self.ask_session(request).map(|(answer, _)| answer)
    }

    /// Asks as [`Binding::ask`] does, and says in which session.
    pub(super) fn ask_session<R: Call<Answer: Coded>>(&self, request: &R) -> Result<(R::Answer, u64), u32> {
        let (answer, session) = self.exchange(None, request).map_err(|error| error.code())?;
        if answer.code() == NO_ERROR { Ok((answer, session)) } else { Err(answer.code()) }
    }

    /// Sends the request of an enumeration and returns a page: the last one, or one with more behind it; and the session.
    ///
    /// # Errors
    /// As [`Binding::ask`].
    pub(super) fn page<R: Call<Answer: Coded>>(&self, request: &R) -> Result<(R::Answer, u64), u32> {
        let (answer, session) = self.exchange(None, request).map_err(|error| error.code())?;
        match answer.code() {
            NO_ERROR | ERROR_MORE_DATA => Ok((answer, session)),
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

    /// Sends a request with records that `write` makes: in the session that has shown their layout. If that is over, `write`
    /// makes them again, in the layout that is then read.
    ///
    /// # Errors
    /// As [`Binding::ask`], and those of `write`.
    pub(super) fn put<C: Call<Answer: Coded>>(
        &self,
        write: impl Fn() -> Result<Written, u32>,
        request: impl Fn(InformationContainer) -> C,
    ) -> Result<C::Answer, u32> {
        let mut attempts = 0;
        loop {
            let Written { info, session } = write()?;
            match (self.exchange(session, &request(info)), session) {
                (Ok((answer, _)), _) if answer.code() == NO_ERROR => return Ok(answer),
                (Ok((answer, _)), _) => return Err(answer.code()),
                (Err(TransportError::SessionOver), Some(session)) if attempts < MOST_SESSIONS => {
                    self.forget(session);
                    attempts += 1;
                }
                (Err(error), _) => {
                    if error == TransportError::SessionOver {
                        self.transport.note(error.code(), error.to_string());
                    }
                    return Err(error.code());
                }
            }
        }
    }

    /// Hands out the records of an answer of a session.
    ///
    /// # Errors
    /// `ERROR_INVALID_DATA` if their size is that of no known layout, or a null pointer has a count.
    pub(super) fn records<R: Record>(
        &self,
        info: &InformationContainer,
        count: u32,
        session: u64,
    ) -> Result<*mut u8, u32> {
        Ok(ledger::hand_out(self.read::<R>(info, count, session)?))
    }

    /// Reads the records of an answer of a session.
    ///
    /// # Errors
    /// As [`Binding::records`].
    pub(super) fn read<R: Record>(
        &self,
        info: &InformationContainer,
        count: u32,
        session: u64,
    ) -> Result<Vec<Held<R>>, u32> {
        let invalid = |text: String| {
            self.transport.note(ERROR_INVALID_DATA, text);
            ERROR_INVALID_DATA
        };
        if info.is_null() {
            return match count {
                0 => Ok(Vec::new()),
                _ => Err(invalid(format!("the answer counts {count} of {} and has none", R::NAME))),
            };
        }
        let read = record::read::<R>(info.elements(), count as usize).map_err(|error| {
            invalid(format!("{error}: the server is of an unknown version, and nothing is written to it"))
        })?;
        self.note::<R>(read.layout, session);
        Ok(read.records)
    }

    /// Writes a caller's record; a null one is an empty container.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` for a record that cannot be written, `ERROR_NOT_SUPPORTED` if the server has not shown the
    /// layout of such records, and the code of the connection if it failed while the layout was looked for.
    ///
    /// # Safety
    /// The pointer must be null or that of the record, and what it points to must be readable.
    pub(super) unsafe fn written<R: Record>(&self, record: LPBYTE) -> Result<Written, u32> {
        if record.is_null() {
            return Ok(Written::NULL);
        }
        // SAFETY: promised by the caller.
        let held = unsafe { memory::take::<R>(record.cast()) }.map_err(|_| ERROR_INVALID_PARAMETER)?;
        if self.layout_for::<R>().is_none() {
            self.look_at_interfaces()?;
        }
        let Some((layout, session)) = self.layout_for::<R>() else {
            let text = format!("{} has another size in each version, and the server has shown none", R::NAME);
            self.transport.note(ERROR_NOT_SUPPORTED, text);
            return Err(ERROR_NOT_SUPPORTED);
        };
        let bytes = record::write(&[held], layout).map_err(|_| ERROR_INVALID_PARAMETER)?;
        Ok(Written { info: Counted::Elements(bytes), session })
    }

    /// Reads interfaces until one shows the layout of the records that depends on the version. An interface that is deleted in
    /// between shows none, so some more are tried, and not as many as a server may list.
    ///
    /// # Errors
    /// As [`Binding::ask`] for the list, and the code of a connection that failed: each further interface would take as long.
    fn look_at_interfaces(&self) -> Result<(), u32> {
        let all =
            InterfaceEnumRequest { level: 0, info: Counted::NULL, preferred_length: u32::MAX, resume: None };
        let (all, _) = self.page(&all)?;
        let read = record::read::<sys::MPR_INTERFACE_0>(all.info.elements(), all.entries_read as usize);
        for held in read.map(|read| read.records).unwrap_or_default().into_iter().take(MOST_LOOKS) {
            let interface = held.record.hInterface.addr() as u32;
            let request = InterfaceGetInfoRequest { level: 1, info: Counted::NULL, interface };
            let (answer, session) = match self.exchange(None, &request) {
                Ok(answered) => answered,
                Err(TransportError::Fault(_)) => continue,
                Err(error) => return Err(error.code()),
            };
            if answer.code == NO_ERROR && self.read::<sys::MPR_INTERFACE_1>(&answer.info, 1, session).is_ok()
            {
                break;
            }
        }
        Ok(())
    }
}
