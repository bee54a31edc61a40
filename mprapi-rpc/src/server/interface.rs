//! Operations on interfaces.

use mprapi_sys as sys;
use mprapi_sys::{ERROR_INVALID_DATA, ERROR_INVALID_HANDLE, NO_ERROR};

use super::back_end::{BackEnd, Places, terminated};
use crate::dimsvc::{
    Call as _, CustomInfoEx, CustomInfoEx1, InterfaceConnectAnswer, InterfaceConnectRequest,
    InterfaceCreateAnswer, InterfaceCreateRequest, InterfaceDeleteAnswer, InterfaceDeleteRequest,
    InterfaceDisconnectAnswer, InterfaceDisconnectRequest, InterfaceEnumAnswer, InterfaceEnumRequest,
    InterfaceGetCustomInfoExAnswer, InterfaceGetCustomInfoExRequest, InterfaceGetHandleAnswer,
    InterfaceGetHandleRequest, InterfaceGetInfoAnswer, InterfaceGetInfoRequest,
    InterfaceQueryUpdateResultAnswer, InterfaceQueryUpdateResultRequest, InterfaceSetCustomInfoExAnswer,
    InterfaceSetCustomInfoExRequest, InterfaceSetInfoAnswer, InterfaceSetInfoRequest,
    InterfaceUpdatePhonebookInfoAnswer, InterfaceUpdatePhonebookInfoRequest, InterfaceUpdateRoutesAnswer,
    InterfaceUpdateRoutesRequest,
};
use crate::ndr::Counted;
use crate::record::pointed::{Lent, Pieces, custom};
use crate::record::twin::Twin;

impl BackEnd {
    pub(super) fn interface_get_handle(
        &self,
        request: &InterfaceGetHandleRequest,
    ) -> InterfaceGetHandleAnswer {
        let mut name = terminated(&request.name.units);
        let mut interface = std::ptr::null_mut();
        let clients: sys::BOOL = request.include_clients.twin();
        let code = self.on_server(|table, server| {
            // SAFETY: the handle is open, the name ends with a zero, and the place takes what is written.
            unsafe { table.MprAdminInterfaceGetHandle(server, name.as_mut_ptr(), &mut interface, clients) }
        });
        self.created(code, interface).map_or_else(InterfaceGetHandleRequest::failed, |interface| {
            InterfaceGetHandleAnswer { interface, code }
        })
    }

    /// Returns the number of a handle that a call has returned. Null is none: a client that sets the credentials of no
    /// interface sets the server's.
    fn created(&self, code: u32, interface: sys::HANDLE) -> Result<u32, u32> {
        match code {
            NO_ERROR if interface.is_null() => Err(ERROR_INVALID_DATA),
            NO_ERROR => self.handles.narrow(interface),
            error => Err(error),
        }
    }

    pub(super) fn interface_create(&self, request: &InterfaceCreateRequest) -> InterfaceCreateAnswer {
        let level = request.level;
        let mut interface = std::ptr::null_mut();
        let mut call = |table: &sys::Mprapi, server, record| {
            // SAFETY: the handle is open, the record is that of the level or null, and the place takes what is written.
            unsafe { table.MprAdminInterfaceCreate(server, level, record, &mut interface) }
        };
        let code = match level {
            0 => self.set::<sys::MPR_INTERFACE_0>(&request.info, call),
            1 => self.set::<sys::MPR_INTERFACE_1>(&request.info, call),
            2 => self.set::<sys::MPR_INTERFACE_2>(&request.info, call),
            3 => self.set::<sys::MPR_INTERFACE_3>(&request.info, call),
            _ => self.on_server(|table, server| call(table, server, std::ptr::null_mut())),
        };
        self.created(code, interface).map_or_else(InterfaceCreateRequest::failed, |interface| {
            InterfaceCreateAnswer { interface, code }
        })
    }

    pub(super) fn interface_get_info(&self, request: &InterfaceGetInfoRequest) -> InterfaceGetInfoAnswer {
        let (level, interface) = (request.level, self.handles.widen(request.interface));
        let call = |table: &sys::Mprapi, server, buffer| {
            // SAFETY: the handle is open, an interface's is a number that the back end checks, and the place takes what is
            // written.
            unsafe { table.MprAdminInterfaceGetInfo(server, interface, level, buffer) }
        };
        let (code, info) = match level {
            0 => self.get::<sys::MPR_INTERFACE_0>(call),
            1 => self.get::<sys::MPR_INTERFACE_1>(call),
            2 => self.get::<sys::MPR_INTERFACE_2>(call),
            3 => self.get::<sys::MPR_INTERFACE_3>(call),
            _ => (self.get_unknown(call), Counted::NULL),
        };
        InterfaceGetInfoAnswer { info, code }
    }

    pub(super) fn interface_set_info(&self, request: &InterfaceSetInfoRequest) -> InterfaceSetInfoAnswer {
        let (level, interface) = (request.level, self.handles.widen(request.interface));
        let call = |table: &sys::Mprapi, server, record| {
            // SAFETY: the handle is open, an interface's is a number that the back end checks, and the record is that of the
            // level or null.
            unsafe { table.MprAdminInterfaceSetInfo(server, interface, level, record) }
        };
        InterfaceSetInfoRequest::failed(match level {
            0 => self.set::<sys::MPR_INTERFACE_0>(&request.info, call),
            1 => self.set::<sys::MPR_INTERFACE_1>(&request.info, call),
            2 => self.set::<sys::MPR_INTERFACE_2>(&request.info, call),
            3 => self.set::<sys::MPR_INTERFACE_3>(&request.info, call),
            _ => self.on_server(|table, server| call(table, server, std::ptr::null_mut())),
        })
    }

    pub(super) fn interface_delete(&self, request: &InterfaceDeleteRequest) -> InterfaceDeleteAnswer {
        let interface = self.handles.widen(request.interface);
        InterfaceDeleteRequest::failed(self.on_server(|table, server| {
            // SAFETY: the handle is open; an interface's is a number that the back end checks.
            unsafe { table.MprAdminInterfaceDelete(server, interface) }
        }))
    }

    pub(super) fn interface_enum(&self, request: &InterfaceEnumRequest) -> InterfaceEnumAnswer {
        let (level, longest) = (request.level, request.preferred_length);
        let call = |table: &sys::Mprapi, server, places: Places| {
            // SAFETY: the handle is open, and the places take what is written.
            unsafe {
                table.MprAdminInterfaceEnum(
                    server,
                    level,
                    places.buffer,
                    longest,
                    places.read,
                    places.total,
                    places.resume,
                )
            }
        };
        let page = match level {
            0 => self.list::<sys::MPR_INTERFACE_0>(request.resume, call),
            _ => self.list_unknown(request.resume, call),
        };
        InterfaceEnumAnswer {
            info: page.info,
            entries_read: page.read,
            total_entries: page.total,
            resume: page.resume,
            code: page.code,
        }
    }

    pub(super) fn interface_connect(&self, request: &InterfaceConnectRequest) -> InterfaceConnectAnswer {
        if request.event != 0 {
            return InterfaceConnectRequest::failed(ERROR_INVALID_HANDLE);
        }
        let interface = self.handles.widen(request.interface);
        let waits: sys::BOOL = request.blocking.twin();
        InterfaceConnectRequest::failed(self.on_server(|table, server| {
            // SAFETY: the handle is open, an interface's is a number that the back end checks, and there is no event.
            unsafe { table.MprAdminInterfaceConnect(server, interface, std::ptr::null_mut(), waits) }
        }))
    }

    pub(super) fn interface_disconnect(
        &self,
        request: &InterfaceDisconnectRequest,
    ) -> InterfaceDisconnectAnswer {
        let interface = self.handles.widen(request.interface);
        InterfaceDisconnectRequest::failed(self.on_server(|table, server| {
            // SAFETY: the handle is open; an interface's is a number that the back end checks.
            unsafe { table.MprAdminInterfaceDisconnect(server, interface) }
        }))
    }

    pub(super) fn interface_update_routes(
        &self,
        request: &InterfaceUpdateRoutesRequest,
    ) -> InterfaceUpdateRoutesAnswer {
        if request.event != 0 {
            return InterfaceUpdateRoutesRequest::failed(ERROR_INVALID_HANDLE);
        }
        let (interface, transport) = (self.handles.widen(request.interface), request.transport);
        InterfaceUpdateRoutesRequest::failed(self.on_server(|table, server| {
            // SAFETY: the handle is open, an interface's is a number that the back end checks, and there is no event.
            unsafe { table.MprAdminInterfaceUpdateRoutes(server, interface, transport, std::ptr::null_mut()) }
        }))
    }

    pub(super) fn interface_query_update_result(
        &self,
        request: &InterfaceQueryUpdateResultRequest,
    ) -> InterfaceQueryUpdateResultAnswer {
        let (interface, transport) = (self.handles.widen(request.interface), request.transport);
        let mut update_result = 0;
        let code = self.on_server(|table, server| {
            // SAFETY: the handle is open, an interface's is a number that the back end checks, and the place takes what is
            // written.
            unsafe {
                table.MprAdminInterfaceQueryUpdateResult(server, interface, transport, &mut update_result)
            }
        });
        InterfaceQueryUpdateResultAnswer { update_result, code }
    }

    pub(super) fn interface_update_phonebook_info(
        &self,
        request: &InterfaceUpdatePhonebookInfoRequest,
    ) -> InterfaceUpdatePhonebookInfoAnswer {
        let interface = self.handles.widen(request.interface);
        InterfaceUpdatePhonebookInfoRequest::failed(self.on_server(|table, server| {
            // SAFETY: the handle is open; an interface's is a number that the back end checks.
            unsafe { table.MprAdminInterfaceUpdatePhonebookInfo(server, interface) }
        }))
    }

    /// Asks the back end at the second revision, which is the newest that the protocol has.
    pub(super) fn interface_get_custom_info_ex(
        &self,
        request: &InterfaceGetCustomInfoExRequest,
    ) -> InterfaceGetCustomInfoExAnswer {
        let interface = self.handles.widen(request.interface);
        let (kind, revision) = match &request.config {
            CustomInfoEx::Revision1(info) => (info.header, 1),
            CustomInfoEx::Revision2(info) => (info.header, 2),
        };
        let mut record =
            sys::MPR_IF_CUSTOMINFOEX2 { Header: header(kind.kind, revision), ..Default::default() };
        let code = self.on_server(|table, server| {
            // SAFETY: the handle is open, an interface's is a number that the back end checks, and the record is longer than
            // its header says.
            unsafe { table.MprAdminInterfaceGetCustomInfoEx(server, interface, &mut record) }
        });
        let mut pieces = Pieces::default();
        // SAFETY: the record is zero but for what the back end wrote, which keeps the contract of the function's page.
        let info = unsafe { pieces.custom(&record) };
        self.free(pieces);
        if code != NO_ERROR {
            return InterfaceGetCustomInfoExAnswer { config: request.config.clone(), code };
        }
        let info = CustomInfoEx1 { header: kind, ..info };
        let config = match request.config {
            CustomInfoEx::Revision1(_) => CustomInfoEx::Revision1(Box::new(info.oldest())),
            CustomInfoEx::Revision2(_) => CustomInfoEx::Revision2(Box::new(info)),
        };
        InterfaceGetCustomInfoExAnswer { config, code }
    }

    pub(super) fn interface_set_custom_info_ex(
        &self,
        request: &InterfaceSetCustomInfoExRequest,
    ) -> InterfaceSetCustomInfoExAnswer {
        let interface = self.handles.widen(request.interface);
        let revision = match &request.config {
            CustomInfoEx::Revision1(_) => 1,
            CustomInfoEx::Revision2(_) => 2,
        };
        let info = request.config.clone().newest();
        let mut lent = Lent::default();
        let mut record = custom(&info, &mut lent);
        record.Header = header(info.header.kind, revision);
        let code = self.on_server(|table, server| {
            // SAFETY: the handle is open, an interface's is a number that the back end checks, and the record is longer than
            // its header says; `lent` has what it points to.
            unsafe { table.MprAdminInterfaceSetCustomInfoEx(server, interface, &mut record) }
        });
        InterfaceSetCustomInfoExAnswer { config: request.config.clone(), code }
    }
}

/// Returns the header of a record of custom settings.
fn header(kind: u8, revision: u8) -> sys::MPRAPI_OBJECT_HEADER {
    let size = match revision {
        1 => size_of::<sys::MPR_IF_CUSTOMINFOEX0>(),
        _ => size_of::<sys::MPR_IF_CUSTOMINFOEX1>(),
    };
    sys::MPRAPI_OBJECT_HEADER { revision, type_: kind, size: size as u16 }
}
