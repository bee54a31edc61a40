//! The server's half: a decoded request becomes a call of a back end.
//!
//! A [`Server`] answers for one back end (any table of functions of `mprapi.h`) and one server that this back end knows:
//! `None` is the machine that it runs on. It knows no client and no network. A connection gives the stub
//! of each request to [`Server::answer`], and sends what comes back.
//!
//! # Codes
//! The code of the function that the back end was asked for is the operation's result, so a client sees what a caller on
//! the machine sees: error codes, `ERROR_MORE_DATA` with a resume handle, totals. Beside those,
//!
//! - a function that the back end lacks is `ERROR_CALL_NOT_IMPLEMENTED` (120);
//! - a record that a client sent and that has a wrong size or a text without a zero is `ERROR_INVALID_PARAMETER` (87), and
//!   so is a length without bytes;
//! - an answer of the back end that has no form on the wire is `ERROR_INVALID_DATA` (13);
//! - an event is an `ERROR_INVALID_HANDLE` (6): the protocol takes only events of processes of the server's own machine.
//!   Operations 34 (connection notifications), 21, 23 and 33 answer so if a client gives them one.
//!
//! # Handles
//! Handles of ports, connections and interfaces travel as 32-bit numbers. If a back end's handles are longer, the upper
//! half must be the same for all; the server's half remembers it.

mod back_end;
#[forbid(unsafe_code)]
mod block;
mod connection;
mod credentials;
mod device;
#[forbid(unsafe_code)]
mod handle;
mod interface;
mod mib;
mod port;
mod settings;
mod transport;

use std::panic::{AssertUnwindSafe, catch_unwind};

use mprapi_sys::Mprapi;

use self::back_end::BackEnd;
use crate::association::Interface;
use crate::dimsvc::{Answer, Request};
use crate::ndr::ErrorKind;
use crate::pdu::Fault;
use crate::record::Layout;

/// The server's half of the protocol, over a back end.
#[derive(Debug)]
pub struct Server {
    back_end: BackEnd,
}

impl Server {
    /// Makes the server's half for a server that the back end knows: by its name in UTF-16, without a zero at the end, or
    /// `None` for the machine that the back end runs on.
    ///
    /// Nothing is called before the first request.
    pub fn new(table: Mprapi, name: Option<&[u16]>) -> Server {
        Server { back_end: BackEnd::new(table, name, Layout::IDL) }
    }

    /// Has answers in another layout than that of the specification's IDL, as other versions of the server do.
    #[must_use]
    pub fn with_layout(mut self, layout: Layout) -> Server {
        self.back_end.set_layout(layout);
        self
    }

    /// Returns the layout of the records in answers.
    pub fn layout(&self) -> Layout {
        self.back_end.layout
    }

    /// Connects to the server now, rather than with the first request.
    ///
    /// # Errors
    /// The code of `MprAdminServerConnect`.
    pub fn connect(&self) -> Result<(), u32> {
        self.back_end.admin().map(drop)
    }

    /// Connects to the management variables of the server now, rather than with the first request for one.
    ///
    /// # Errors
    /// The code of `MprAdminMIBServerConnect`.
    pub fn connect_mib(&self) -> Result<(), u32> {
        self.back_end.mib().map(drop)
    }

    /// Returns `true` if the back end says that the server's service runs (`MprAdminIsServiceRunning`).
    pub fn is_service_running(&self) -> bool {
        self.back_end.is_service_running()
    }

    /// Answers a request: the number of the operation and the stub, for the stub of the answer.
    ///
    /// # Errors
    /// [`Fault::OPERATION_UNKNOWN`] if there is no operation of this number, [`Fault::BAD_STUB`] if the stub is not that of
    /// a request, and [`Fault::UNSPECIFIED`] if the call has panicked.
    pub fn answer(&self, opnum: u16, stub: &[u8]) -> Result<Vec<u8>, Fault> {
        let request = Request::decode(opnum, stub).map_err(|error| match error.kind {
            ErrorKind::UnknownOperation(_) => Fault::OPERATION_UNKNOWN,
            _ => Fault::BAD_STUB,
        })?;
        // A panic leaves nothing half done here: what a call returned is freed on the way.
        catch_unwind(AssertUnwindSafe(|| self.act(&request).encode())).map_err(|_| Fault::UNSPECIFIED)
    }

    fn act(&self, request: &Request) -> Answer {
        let server = &self.back_end;
        match request {
            Request::ServerGetInfo(request) => server.server_get_info(request).into(),
            Request::ServerSetInfo(request) => server.server_set_info(request).into(),
            Request::ServerGetInfoEx(request) => server.server_get_info_ex(request).into(),
            Request::ServerSetInfoEx(request) => server.server_set_info_ex(request).into(),
            Request::ConnectionEnum(request) => server.connection_enum(request).into(),
            Request::ConnectionGetInfo(request) => server.connection_get_info(request).into(),
            Request::ConnectionClearStats(request) => server.connection_clear_stats(request).into(),
            Request::ConnectionNotification(request) => server.connection_notification(request).into(),
            Request::SendUserMessage(request) => server.send_user_message(request).into(),
            Request::ConnectionRemoveQuarantine(request) => {
                server.connection_remove_quarantine(request).into()
            }
            Request::ConnectionEnumEx(request) => server.connection_enum_ex(request).into(),
            Request::ConnectionGetInfoEx(request) => server.connection_get_info_ex(request).into(),
            Request::UpdateConnection(request) => server.update_connection(request).into(),
            Request::PortEnum(request) => server.port_enum(request).into(),
            Request::PortGetInfo(request) => server.port_get_info(request).into(),
            Request::PortClearStats(request) => server.port_clear_stats(request).into(),
            Request::PortReset(request) => server.port_reset(request).into(),
            Request::PortDisconnect(request) => server.port_disconnect(request).into(),
            Request::TransportSetGlobalInfo(request) => server.transport_set_info(request).into(),
            Request::TransportGetGlobalInfo(request) => server.transport_get_info(request).into(),
            Request::TransportCreate(request) => server.transport_create(request).into(),
            Request::InterfaceGetHandle(request) => server.interface_get_handle(request).into(),
            Request::InterfaceCreate(request) => server.interface_create(request).into(),
            Request::InterfaceGetInfo(request) => server.interface_get_info(request).into(),
            Request::InterfaceSetInfo(request) => server.interface_set_info(request).into(),
            Request::InterfaceDelete(request) => server.interface_delete(request).into(),
            Request::InterfaceTransportRemove(request) => server.interface_transport_remove(request).into(),
            Request::InterfaceTransportAdd(request) => server.interface_transport_add(request).into(),
            Request::InterfaceTransportGetInfo(request) => {
                server.interface_transport_get_info(request).into()
            }
            Request::InterfaceTransportSetInfo(request) => {
                server.interface_transport_set_info(request).into()
            }
            Request::InterfaceEnum(request) => server.interface_enum(request).into(),
            Request::InterfaceConnect(request) => server.interface_connect(request).into(),
            Request::InterfaceDisconnect(request) => server.interface_disconnect(request).into(),
            Request::InterfaceUpdateRoutes(request) => server.interface_update_routes(request).into(),
            Request::InterfaceQueryUpdateResult(request) => {
                server.interface_query_update_result(request).into()
            }
            Request::InterfaceUpdatePhonebookInfo(request) => {
                server.interface_update_phonebook_info(request).into()
            }
            Request::InterfaceGetCustomInfoEx(request) => server.interface_get_custom_info_ex(request).into(),
            Request::InterfaceSetCustomInfoEx(request) => server.interface_set_custom_info_ex(request).into(),
            Request::MibEntryCreate(request) => server.mib_entry_create(request).into(),
            Request::MibEntryDelete(request) => server.mib_entry_delete(request).into(),
            Request::MibEntrySet(request) => server.mib_entry_set(request).into(),
            Request::MibEntryGet(request) => server.mib_entry_get(request).into(),
            Request::MibEntryGetFirst(request) => server.mib_entry_get_first(request).into(),
            Request::MibEntryGetNext(request) => server.mib_entry_get_next(request).into(),
            Request::MibGetTrapInfo(request) => server.mib_get_trap_info(request).into(),
            Request::MibSetTrapInfo(request) => server.mib_set_trap_info(request).into(),
            Request::DeviceEnum(request) => server.device_enum(request).into(),
            Request::InterfaceDeviceGetInfo(request) => server.interface_device_get_info(request).into(),
            Request::InterfaceDeviceSetInfo(request) => server.interface_device_set_info(request).into(),
            Request::InterfaceSetCredentialsEx(request) => server.set_credentials_ex(request).into(),
            Request::InterfaceGetCredentialsEx(request) => server.get_credentials_ex(request).into(),
            Request::InterfaceSetCredentialsLocal(request) => server.set_credentials_local(request).into(),
            Request::InterfaceGetCredentialsLocal(request) => server.get_credentials_local(request).into(),
        }
    }
}

impl Interface for Server {
    fn answer(&self, opnum: u16, stub: &[u8]) -> Result<Vec<u8>, Fault> {
        Server::answer(self, opnum, stub)
    }
}
