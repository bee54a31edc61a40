//! Operations on connections.

use mprapi_sys as sys;
use mprapi_sys::{ERROR_INVALID_DATA, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, NO_ERROR};

use super::back_end::{BackEnd, Buffer, Places, terminated};
use crate::dimsvc::{
    Call as _, ConnectionClearStatsAnswer, ConnectionClearStatsRequest, ConnectionEnumAnswer,
    ConnectionEnumExAnswer, ConnectionEnumExRequest, ConnectionEnumRequest, ConnectionEx,
    ConnectionGetInfoAnswer, ConnectionGetInfoExAnswer, ConnectionGetInfoExRequest, ConnectionGetInfoRequest,
    ConnectionNotificationAnswer, ConnectionNotificationRequest, ConnectionPage,
    ConnectionRemoveQuarantineAnswer, ConnectionRemoveQuarantineRequest, ObjectHeader, SendUserMessageAnswer,
    SendUserMessageRequest, UpdateConnection, UpdateConnectionAnswer, UpdateConnectionRequest,
};
use crate::ndr::Counted;
use crate::record::connection_ex::message;
use crate::record::memory::negotiated;
use crate::record::twin::Twin;

/// Returns a client's header with the size that a record has in memory.
fn header<R>(header: ObjectHeader) -> sys::MPRAPI_OBJECT_HEADER {
    sys::MPRAPI_OBJECT_HEADER { size: size_of::<R>() as u16, ..header.twin() }
}

impl BackEnd {
    pub(super) fn connection_enum(&self, request: &ConnectionEnumRequest) -> ConnectionEnumAnswer {
        let (level, longest) = (request.level, request.preferred_length);
        let call = |table: &sys::Mprapi, server, places: Places| {
            // SAFETY: the handle is open, and the places take what is written.
            unsafe {
                table.MprAdminConnectionEnum(
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
            0 => self.list::<sys::RAS_CONNECTION_0>(request.resume, call),
            1 => self.list::<sys::RAS_CONNECTION_1>(request.resume, call),
            2 => self.list::<sys::RAS_CONNECTION_2>(request.resume, call),
            3 => self.list::<sys::RAS_CONNECTION_3>(request.resume, call),
            4 => self.list::<sys::RAS_CONNECTION_4>(request.resume, call),
            _ => self.list_unknown(request.resume, call),
        };
        ConnectionEnumAnswer {
            info: page.info,
            entries_read: page.read,
            total_entries: page.total,
            resume: page.resume,
            code: page.code,
        }
    }

    pub(super) fn connection_get_info(&self, request: &ConnectionGetInfoRequest) -> ConnectionGetInfoAnswer {
        let (level, connection) = (request.level, self.handles.widen(request.connection));
        let call = |table: &sys::Mprapi, server, buffer| {
            // SAFETY: the handle is open, a connection's is a number that the back end checks, and the place takes what is
            // written.
            unsafe { table.MprAdminConnectionGetInfo(server, level, connection, buffer) }
        };
        let (code, info) = match level {
            0 => self.get::<sys::RAS_CONNECTION_0>(call),
            1 => self.get::<sys::RAS_CONNECTION_1>(call),
            2 => self.get::<sys::RAS_CONNECTION_2>(call),
            3 => self.get::<sys::RAS_CONNECTION_3>(call),
            4 => self.get::<sys::RAS_CONNECTION_4>(call),
            _ => (self.get_unknown(call), Counted::NULL),
        };
        ConnectionGetInfoAnswer { info, code }
    }

    pub(super) fn connection_clear_stats(
        &self,
        request: &ConnectionClearStatsRequest,
    ) -> ConnectionClearStatsAnswer {
        let connection = self.handles.widen(request.connection);
        ConnectionClearStatsRequest::failed(self.on_server(|table, server| {
            // SAFETY: the handle is open; a connection's is a number that the back end checks.
            unsafe { table.MprAdminConnectionClearStats(server, connection) }
        }))
    }

    /// Refuses: the event of a client on another machine is none of a process here.
    pub(super) fn connection_notification(
        &self,
        _: &ConnectionNotificationRequest,
    ) -> ConnectionNotificationAnswer {
        ConnectionNotificationRequest::failed(ERROR_INVALID_HANDLE)
    }

    pub(super) fn send_user_message(&self, request: &SendUserMessageRequest) -> SendUserMessageAnswer {
        let connection = self.handles.widen(request.connection);
        let mut text = terminated(&request.message.units);
        SendUserMessageRequest::failed(self.on_server(|table, server| {
            // SAFETY: the handle is open, a connection's is a number that the back end checks, and the text ends with a
            // zero.
            unsafe { table.MprAdminSendUserMessage(server, connection, text.as_mut_ptr()) }
        }))
    }

    pub(super) fn connection_remove_quarantine(
        &self,
        request: &ConnectionRemoveQuarantineRequest,
    ) -> ConnectionRemoveQuarantineAnswer {
        let connection = match request.is_address {
            0 => self.handles.widen(request.connection),
            _ => std::ptr::without_provenance_mut(request.connection as usize),
        };
        let is_address: sys::BOOL = request.is_address.twin();
        ConnectionRemoveQuarantineRequest::failed(self.on_server(|table, server| {
            // SAFETY: the handle is open; the other is a number that the back end checks.
            unsafe { table.MprAdminConnectionRemoveQuarantine(server, connection, is_address) }
        }))
    }

    /// Makes the message of a connection.
    fn connection_ex(&self, mut record: sys::RAS_CONNECTION_EX) -> Result<ConnectionEx, u32> {
        // SAFETY: the back end filled the record, and tells with it which protocol was negotiated.
        let projection = unsafe { negotiated(&record) }.ok_or(ERROR_INVALID_DATA)?;
        for handle in [&mut record.hConnection, &mut record.hInterface] {
            *handle = std::ptr::without_provenance_mut(self.handles.narrow(*handle)? as usize);
        }
        Ok(ConnectionEx::Revision1(Box::new(message(&record, projection))))
    }

    pub(super) fn connection_enum_ex(&self, request: &ConnectionEnumExRequest) -> ConnectionEnumExAnswer {
        let longest = request.preferred_length;
        let mut header = header::<sys::RAS_CONNECTION_EX>(request.header);
        let call = |table: &sys::Mprapi, server, places: Places| {
            let (header, buffer) = (&raw mut header, places.buffer.cast());
            // SAFETY: the handle is open, the header says how long the records are, and the places take what is written.
            unsafe {
                table.MprAdminConnectionEnumEx(
                    server,
                    header,
                    longest,
                    places.read,
                    places.total,
                    buffer,
                    places.resume,
                )
            }
        };
        let page = self.page(request.resume, call, BackEnd::connections_ex);
        ConnectionEnumExAnswer {
            page: ConnectionPage { total: page.total, connections: page.info },
            resume: page.resume,
            code: page.code,
        }
    }

    fn connections_ex(&self, buffer: &Buffer<'_>, count: u32) -> Result<Counted<ConnectionEx>, u32> {
        let first = buffer.pointer.cast::<sys::RAS_CONNECTION_EX>();
        if first.is_null() {
            return if count == 0 { Ok(Counted::NULL) } else { Err(ERROR_INVALID_DATA) };
        }
        let mut connections = Vec::new();
        for index in 0..count as usize {
            // SAFETY: the back end says that as many records are in the buffer.
            let record = unsafe { first.add(index) };
            // SAFETY: as above; a record of C is valid for any bits.
            connections.push(self.connection_ex(unsafe { record.read_unaligned() })?);
        }
        Ok(Counted::Elements(connections))
    }

    /// Asks for the record of a connection, with a header that has its kind, revision and size. Returns the code with it.
    fn read_connection_ex(
        &self,
        connection: u32,
        header: sys::MPRAPI_OBJECT_HEADER,
    ) -> (u32, sys::RAS_CONNECTION_EX) {
        let connection = self.handles.widen(connection);
        let mut record = sys::RAS_CONNECTION_EX { Header: header, ..Default::default() };
        let code = self.on_server(|table, server| {
            // SAFETY: the handle is open, a connection's is a number that the back end checks, and the record has the size
            // that its header says.
            unsafe { table.MprAdminConnectionGetInfoEx(server, connection, &mut record) }
        });
        (code, record)
    }

    pub(super) fn connection_get_info_ex(
        &self,
        request: &ConnectionGetInfoExRequest,
    ) -> ConnectionGetInfoExAnswer {
        let (code, record) =
            self.read_connection_ex(request.connection, header::<sys::RAS_CONNECTION_EX>(request.header));
        if code != NO_ERROR {
            return ConnectionGetInfoExRequest::failed(code);
        }
        match self.connection_ex(record) {
            Ok(info) => ConnectionGetInfoExAnswer { info, code },
            Err(error) => ConnectionGetInfoExRequest::failed(error),
        }
    }

    /// Moves the client's end. The message has no other end, so the server's stays where it is.
    pub(super) fn update_connection(&self, request: &UpdateConnectionRequest) -> UpdateConnectionAnswer {
        let UpdateConnection::Revision1(update) = &request.update;
        // The back end would read on behind it.
        if !update.remote_endpoint.contains(&0) {
            return UpdateConnectionRequest::failed(ERROR_INVALID_PARAMETER);
        }
        let known = sys::MPRAPI_OBJECT_HEADER {
            revision: sys::MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1 as u8,
            type_: sys::MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT as u8,
            size: size_of::<sys::RAS_CONNECTION_EX>() as u16,
        };
        let (code, before) = self.read_connection_ex(request.connection, known);
        if code != NO_ERROR {
            return UpdateConnectionRequest::failed(code);
        }
        let mut record: sys::RAS_UPDATE_CONNECTION = (**update).twin();
        record.Header = header::<sys::RAS_UPDATE_CONNECTION>(update.header);
        record.wszLocalEndpointAddress = before.wszLocalEndpointAddress;
        let connection = self.handles.widen(request.connection);
        UpdateConnectionRequest::failed(self.on_server(|table, server| {
            // SAFETY: the handle is open, a connection's is a number that the back end checks, and the record has the size
            // that its header says.
            unsafe { table.MprAdminUpdateConnection(server, connection, &mut record) }
        }))
    }
}
