//! Operations on ports.

use mprapi_sys as sys;

use super::back_end::{BackEnd, Places};
use crate::dimsvc::{
    Call as _, PortClearStatsAnswer, PortClearStatsRequest, PortDisconnectAnswer, PortDisconnectRequest,
    PortEnumAnswer, PortEnumRequest, PortGetInfoAnswer, PortGetInfoRequest, PortResetAnswer,
    PortResetRequest,
};
use crate::ndr::Counted;

impl BackEnd {
    pub(super) fn port_enum(&self, request: &PortEnumRequest) -> PortEnumAnswer {
        let (level, longest) = (request.level, request.preferred_length);
        let connection = self.handles.widen(request.connection);
        let call = |table: &sys::Mprapi, server, places: Places| {
            // SAFETY: the handle is open, a connection's is a number that the back end checks, and the places take what is
            // written.
            unsafe {
                table.MprAdminPortEnum(
                    server,
                    level,
                    connection,
                    places.buffer,
                    longest,
                    places.read,
                    places.total,
                    places.resume,
                )
            }
        };
        let page = match level {
            0 => self.list::<sys::RAS_PORT_0>(request.resume, call),
            _ => self.list_unknown(request.resume, call),
        };
        PortEnumAnswer {
            info: page.info,
            entries_read: page.read,
            total_entries: page.total,
            resume: page.resume,
            code: page.code,
        }
    }

    pub(super) fn port_get_info(&self, request: &PortGetInfoRequest) -> PortGetInfoAnswer {
        let (level, port) = (request.level, self.handles.widen(request.port));
        let call = |table: &sys::Mprapi, server, buffer| {
            // SAFETY: the handle is open, a port's is a number that the back end checks, and the place takes what is written.
            unsafe { table.MprAdminPortGetInfo(server, level, port, buffer) }
        };
        let (code, info) = match level {
            0 => self.get::<sys::RAS_PORT_0>(call),
            1 => self.get::<sys::RAS_PORT_1>(call),
            _ => (self.get_unknown(call), Counted::NULL),
        };
        PortGetInfoAnswer { info, code }
    }

    pub(super) fn port_clear_stats(&self, request: &PortClearStatsRequest) -> PortClearStatsAnswer {
        let port = self.handles.widen(request.port);
        PortClearStatsRequest::failed(self.on_server(|table, server| {
            // SAFETY: the handle is open; a port's is a number that the back end checks.
            unsafe { table.MprAdminPortClearStats(server, port) }
        }))
    }

    pub(super) fn port_reset(&self, request: &PortResetRequest) -> PortResetAnswer {
        let port = self.handles.widen(request.port);
        PortResetRequest::failed(self.on_server(|table, server| {
            // SAFETY: as above.
            unsafe { table.MprAdminPortReset(server, port) }
        }))
    }

    pub(super) fn port_disconnect(&self, request: &PortDisconnectRequest) -> PortDisconnectAnswer {
        let port = self.handles.widen(request.port);
        PortDisconnectRequest::failed(self.on_server(|table, server| {
            // SAFETY: as above.
            unsafe { table.MprAdminPortDisconnect(server, port) }
        }))
    }
}
