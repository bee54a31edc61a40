//! Operations on transports: those of the server, and those of an interface.

use mprapi_sys::NO_ERROR;

use super::back_end::{BackEnd, Buffer, terminated};
use super::block::Block;
use crate::dimsvc::{
    Call as _, InterfaceContainer, InterfaceTransportAddAnswer, InterfaceTransportAddRequest,
    InterfaceTransportGetInfoAnswer, InterfaceTransportGetInfoRequest, InterfaceTransportRemoveAnswer,
    InterfaceTransportRemoveRequest, InterfaceTransportSetInfoAnswer, InterfaceTransportSetInfoRequest,
    TransportCreateAnswer, TransportCreateRequest, TransportGetGlobalInfoAnswer,
    TransportGetGlobalInfoRequest, TransportSetGlobalInfoAnswer, TransportSetGlobalInfoRequest,
};
use crate::ndr::Counted;
use crate::record::memory::counted;

/// Returns both blocks of a container: that of the transport and that of an interface.
///
/// # Errors
/// As [`Block::of`].
fn both(info: &InterfaceContainer) -> Result<(Block, Block), u32> {
    Ok((Block::of(&info.global)?, Block::of(&info.interface)?))
}

/// A place for a block that a function returns, if it is asked for.
struct Place {
    is_asked: bool,
    pointer: *mut u8,
    size: u32,
}

impl Place {
    fn new(is_asked: bool) -> Place {
        Place { is_asked, pointer: std::ptr::null_mut(), size: 0 }
    }

    fn pointers(&mut self) -> (*mut *mut u8, *mut u32) {
        if self.is_asked {
            (&mut self.pointer, &mut self.size)
        } else {
            (std::ptr::null_mut(), std::ptr::null_mut())
        }
    }

    /// Copies the block and frees it.
    fn take(self, back_end: &BackEnd, code: u32) -> Counted<u8> {
        let buffer = Buffer::new(back_end, self.pointer);
        if code != NO_ERROR {
            return Counted::NULL;
        }
        // SAFETY: the back end says that the buffer has as many bytes; it is freed when `buffer` is dropped.
        unsafe { counted(buffer.pointer, self.size) }
    }
}

impl BackEnd {
    pub(super) fn transport_create(&self, request: &TransportCreateRequest) -> TransportCreateAnswer {
        let (mut name, mut library) = (terminated(&request.name.units), terminated(&request.library.units));
        let (mut global, mut client) = match both(&request.info) {
            Ok(blocks) => blocks,
            Err(error) => return TransportCreateRequest::failed(error),
        };
        let transport = request.transport;
        TransportCreateRequest::failed(self.on_server(|table, server| {
            let (all, clients) = (global.pointer(), client.pointer());
            // SAFETY: the handle is open, the texts end with a zero, and the blocks are as long as is said.
            unsafe {
                table.MprAdminTransportCreate(
                    server,
                    transport,
                    name.as_mut_ptr(),
                    all,
                    global.size,
                    clients,
                    client.size,
                    library.as_mut_ptr(),
                )
            }
        }))
    }

    pub(super) fn transport_set_info(
        &self,
        request: &TransportSetGlobalInfoRequest,
    ) -> TransportSetGlobalInfoAnswer {
        let (mut global, mut client) = match both(&request.info) {
            Ok(blocks) => blocks,
            Err(error) => return TransportSetGlobalInfoRequest::failed(error),
        };
        let transport = request.transport;
        TransportSetGlobalInfoRequest::failed(self.on_server(|table, server| {
            let (all, clients) = (global.pointer(), client.pointer());
            // SAFETY: the handle is open, and the blocks are as long as is said.
            unsafe {
                table.MprAdminTransportSetInfo(server, transport, all, global.size, clients, client.size)
            }
        }))
    }

    pub(super) fn transport_get_info(
        &self,
        request: &TransportGetGlobalInfoRequest,
    ) -> TransportGetGlobalInfoAnswer {
        let (get_global, get_interface) = (request.info.get_global, request.info.get_interface);
        let (mut global, mut client) = (Place::new(get_global != 0), Place::new(get_interface != 0));
        let transport = request.transport;
        let code = self.on_server(|table, server| {
            let ((all, all_size), (clients, clients_size)) = (global.pointers(), client.pointers());
            // SAFETY: the handle is open, and the places take what is written or are null.
            unsafe { table.MprAdminTransportGetInfo(server, transport, all, all_size, clients, clients_size) }
        });
        let (global, interface) = (global.take(self, code), client.take(self, code));
        let info = InterfaceContainer { get_interface, interface, get_global, global };
        TransportGetGlobalInfoAnswer { info, code }
    }

    pub(super) fn interface_transport_remove(
        &self,
        request: &InterfaceTransportRemoveRequest,
    ) -> InterfaceTransportRemoveAnswer {
        let (interface, transport) = (self.handles.widen(request.interface), request.transport);
        InterfaceTransportRemoveRequest::failed(self.on_server(|table, server| {
            // SAFETY: the handle is open; an interface's is a number that the back end checks.
            unsafe { table.MprAdminInterfaceTransportRemove(server, interface, transport) }
        }))
    }

    pub(super) fn interface_transport_add(
        &self,
        request: &InterfaceTransportAddRequest,
    ) -> InterfaceTransportAddAnswer {
        let (interface, transport) = (self.handles.widen(request.interface), request.transport);
        let mut block = match Block::of(&request.info.interface) {
            Ok(block) => block,
            Err(error) => return InterfaceTransportAddRequest::failed(error),
        };
        InterfaceTransportAddRequest::failed(self.on_server(|table, server| {
            let info = block.pointer();
            // SAFETY: the handle is open, an interface's is a number that the back end checks, and the block is as long as is
            // said.
            unsafe { table.MprAdminInterfaceTransportAdd(server, interface, transport, info, block.size) }
        }))
    }

    pub(super) fn interface_transport_get_info(
        &self,
        request: &InterfaceTransportGetInfoRequest,
    ) -> InterfaceTransportGetInfoAnswer {
        let (interface, transport) = (self.handles.widen(request.interface), request.transport);
        let get_interface = request.info.get_interface;
        let mut place = Place::new(get_interface != 0);
        let code = self.on_server(|table, server| {
            let (info, size) = place.pointers();
            // SAFETY: the handle is open, an interface's is a number that the back end checks, and the places take what is
            // written or are null.
            unsafe { table.MprAdminInterfaceTransportGetInfo(server, interface, transport, info, size) }
        });
        let interface = place.take(self, code);
        let info = InterfaceContainer { get_interface, interface, ..Default::default() };
        InterfaceTransportGetInfoAnswer { info, code }
    }

    pub(super) fn interface_transport_set_info(
        &self,
        request: &InterfaceTransportSetInfoRequest,
    ) -> InterfaceTransportSetInfoAnswer {
        let (interface, transport) = (self.handles.widen(request.interface), request.transport);
        let mut block = match Block::of(&request.info.interface) {
            Ok(block) => block,
            Err(error) => return InterfaceTransportSetInfoRequest::failed(error),
        };
        InterfaceTransportSetInfoRequest::failed(self.on_server(|table, server| {
            let info = block.pointer();
            // SAFETY: the handle is open, an interface's is a number that the back end checks, and the block is as long as is
            // said.
            unsafe { table.MprAdminInterfaceTransportSetInfo(server, interface, transport, info, block.size) }
        }))
    }
}
