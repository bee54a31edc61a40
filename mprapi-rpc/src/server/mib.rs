//! Operations on management variables. The contents of their messages are the router managers' own affair.

use mprapi_sys as sys;
use mprapi_sys::{ERROR_INVALID_HANDLE, NO_ERROR};

use super::back_end::{BackEnd, Buffer, Called, code};
use super::block::Block;
use crate::dimsvc::{
    Call as _, MibEntryContainer, MibEntryCreateAnswer, MibEntryCreateRequest, MibEntryDeleteAnswer,
    MibEntryDeleteRequest, MibEntryGetAnswer, MibEntryGetFirstAnswer, MibEntryGetFirstRequest,
    MibEntryGetNextAnswer, MibEntryGetNextRequest, MibEntryGetRequest, MibEntrySetAnswer, MibEntrySetRequest,
    MibGetTrapInfoAnswer, MibGetTrapInfoRequest, MibSetTrapInfoAnswer, MibSetTrapInfoRequest,
};
use crate::ndr::Counted;
use crate::record::memory::counted;

/// The places for the answer to a question.
struct Places {
    answer: *mut sys::LPVOID,
    size: *mut u32,
}

impl BackEnd {
    /// Has a question put, and returns the answer with the question.
    fn ask(
        &self,
        question: &MibEntryContainer,
        call: impl FnOnce(sys::LPVOID, u32, Places) -> u32,
    ) -> (u32, MibEntryContainer) {
        let (mut pointer, mut size) = (std::ptr::null_mut(), 0);
        let code = Block::of(&question.entry_in).map_or_else(
            |error| error,
            |mut entry| {
                let places = Places { answer: &mut pointer, size: &mut size };
                call(entry.pointer().cast(), entry.size, places)
            },
        );
        let buffer = Buffer::of_mib(self, pointer.cast());
        let entry_out = match code {
            // SAFETY: the back end says that the buffer has as many bytes; it is freed when `buffer` is dropped.
            NO_ERROR => unsafe { counted(buffer.pointer, size) },
            _ => Counted::NULL,
        };
        (code, MibEntryContainer { entry_in: question.entry_in.clone(), entry_out })
    }

    /// Has a change made.
    fn change(
        &self,
        entry: &MibEntryContainer,
        call: impl FnOnce(&sys::Mprapi, sys::HANDLE, sys::LPVOID, u32) -> Called,
    ) -> u32 {
        let mut entry = match Block::of(&entry.entry_in) {
            Ok(entry) => entry,
            Err(error) => return error,
        };
        self.on_mib(|table, server| call(table, server, entry.pointer().cast(), entry.size))
    }

    pub(super) fn mib_entry_create(&self, request: &MibEntryCreateRequest) -> MibEntryCreateAnswer {
        let (protocol, routing) = (request.protocol, request.routing_protocol);
        MibEntryCreateRequest::failed(self.change(&request.entry, |table, server, entry, size| {
            // SAFETY: the handle is open, and the entry is as long as is said.
            unsafe { table.MprAdminMIBEntryCreate(server, protocol, routing, entry, size) }
        }))
    }

    pub(super) fn mib_entry_delete(&self, request: &MibEntryDeleteRequest) -> MibEntryDeleteAnswer {
        let (protocol, routing) = (request.protocol, request.routing_protocol);
        MibEntryDeleteRequest::failed(self.change(&request.entry, |table, server, entry, size| {
            // SAFETY: as above.
            unsafe { table.MprAdminMIBEntryDelete(server, protocol, routing, entry, size) }
        }))
    }

    pub(super) fn mib_entry_set(&self, request: &MibEntrySetRequest) -> MibEntrySetAnswer {
        let (protocol, routing) = (request.protocol, request.routing_protocol);
        MibEntrySetRequest::failed(self.change(&request.entry, |table, server, entry, size| {
            // SAFETY: as above.
            unsafe { table.MprAdminMIBEntrySet(server, protocol, routing, entry, size) }
        }))
    }

    pub(super) fn mib_entry_get(&self, request: &MibEntryGetRequest) -> MibEntryGetAnswer {
        let (protocol, routing) = (request.protocol, request.routing_protocol);
        let (code, entry) = self.ask(&request.entry, |entry, size, places| {
            self.on_mib(|table, server| {
                let Places { answer, size: length } = places;
                // SAFETY: the handle is open, the entry is as long as is said, and the places take what is written.
                unsafe { table.MprAdminMIBEntryGet(server, protocol, routing, entry, size, answer, length) }
            })
        });
        MibEntryGetAnswer { entry, code }
    }

    pub(super) fn mib_entry_get_first(&self, request: &MibEntryGetFirstRequest) -> MibEntryGetFirstAnswer {
        let (protocol, routing) = (request.protocol, request.routing_protocol);
        let (code, entry) = self.ask(&request.entry, |entry, size, places| {
            self.on_mib(|table, server| {
                let Places { answer, size: length } = places;
                // SAFETY: as above.
                unsafe {
                    table.MprAdminMIBEntryGetFirst(server, protocol, routing, entry, size, answer, length)
                }
            })
        });
        MibEntryGetFirstAnswer { entry, code }
    }

    pub(super) fn mib_entry_get_next(&self, request: &MibEntryGetNextRequest) -> MibEntryGetNextAnswer {
        let (protocol, routing) = (request.protocol, request.routing_protocol);
        let (code, entry) = self.ask(&request.entry, |entry, size, places| {
            self.on_mib(|table, server| {
                let Places { answer, size: length } = places;
                // SAFETY: as above.
                unsafe {
                    table.MprAdminMIBEntryGetNext(server, protocol, routing, entry, size, answer, length)
                }
            })
        });
        MibEntryGetNextAnswer { entry, code }
    }

    pub(super) fn mib_get_trap_info(&self, request: &MibGetTrapInfoRequest) -> MibGetTrapInfoAnswer {
        let (protocol, routing) = (request.protocol, request.routing_protocol);
        let (code, entry) = self.ask(&request.entry, |entry, size, places| {
            self.on_mib(|table, server| {
                let Places { answer, size: length } = places;
                // SAFETY: as above.
                unsafe {
                    table.MprAdminMIBGetTrapInfo(server, protocol, routing, entry, size, answer, length)
                }
            })
        });
        MibGetTrapInfoAnswer { entry, code }
    }

    /// The function has no handle of a server, so it speaks of the machine that the back end runs on.
    pub(super) fn mib_set_trap_info(&self, request: &MibSetTrapInfoRequest) -> MibSetTrapInfoAnswer {
        if request.event != 0 {
            return MibSetTrapInfoRequest::failed(ERROR_INVALID_HANDLE);
        }
        let (protocol, routing) = (request.protocol, request.routing_protocol);
        let (code, entry) = self.ask(&request.entry, |entry, size, places| {
            let (Places { answer, size: length }, event) = (places, std::ptr::null_mut());
            // SAFETY: there is no event, the entry is as long as is said, and the places take what is written.
            code(unsafe {
                self.table.MprAdminMIBSetTrapInfo(protocol, routing, event, entry, size, answer, length)
            })
        });
        MibSetTrapInfoAnswer { entry, code }
    }
}
