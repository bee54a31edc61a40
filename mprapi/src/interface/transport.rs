//! The transports on an interface, and their settings there.

use std::ptr;

use mprapi_sys as sys;

use super::InterfaceHandle;
use crate::buffer::{Buffer, Family};
use crate::error::check;
use crate::transport::{Argument, info_block, running};
use crate::{InfoBlockBuf, Result, TransportId};

impl InterfaceHandle<'_> {
    /// Adds a transport to the interface, with its settings there.
    /// The C function is `MprAdminInterfaceTransportAdd`.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) with the code `ERROR_UNKNOWN_PROTOCOL_ID` for a transport that
    /// the server does not have.
    #[doc(alias = "MprAdminInterfaceTransportAdd")]
    #[inline]
    pub fn add_transport(&self, transport: TransportId, info: &InfoBlockBuf) -> Result<()> {
        const FUNCTION: &str = "MprAdminInterfaceTransportAdd";
        let mut info = Argument::new(Some(info));
        check(
            FUNCTION,
            // SAFETY: the server's handle is open while it is borrowed; an interface's handle is a number the server
            // checks. `info` is as long as it says, and only read.
            unsafe {
                self.owner.table().MprAdminInterfaceTransportAdd(
                    self.owner.as_raw(),
                    self.handle,
                    transport.into(),
                    info.as_mut_ptr(),
                    info.size,
                )
            },
            || self.owner.name(),
        )
    }

    /// Reads a transport's settings on the interface, if there are any.
    /// The C function is `MprAdminInterfaceTransportGetInfo`.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchInterface`](crate::ErrorKind::NoSuchInterface) when the transport does not run on the
    /// interface, [`ErrorKind::InvalidHandle`](crate::ErrorKind::InvalidHandle) also for an interface that is
    /// disabled, [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) when the settings are malformed,
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) with the code `ERROR_UNKNOWN_PROTOCOL_ID` for a
    /// transport that the server does not have.
    #[doc(alias = "MprAdminInterfaceTransportGetInfo")]
    #[inline]
    pub fn transport_info(&self, transport: TransportId) -> Result<Option<InfoBlockBuf>> {
        const FUNCTION: &str = "MprAdminInterfaceTransportGetInfo";
        let table = self.owner.table();
        let mut info: sys::LPBYTE = ptr::null_mut();
        let mut size = 0;
        check(
            FUNCTION,
            // SAFETY: as in `add_transport`; `info` and `size` take what is written.
            unsafe {
                table.MprAdminInterfaceTransportGetInfo(
                    self.owner.as_raw(),
                    self.handle,
                    transport.into(),
                    &mut info,
                    &mut size,
                )
            },
            || self.owner.name(),
        )?;
        // SAFETY: a successful call answers a buffer of that many bytes.
        let info = unsafe { Buffer::new(table, FUNCTION, Family::ADMIN, info, size as usize) }?;
        info_block(FUNCTION, &info)
    }

    /// Reads the settings of the transports that run on the interface. The library has no list of them, so the server is asked
    /// for each of `others`, and for IPv4 and IPv6, as by [`Server::running_transports`](crate::Server::running_transports).
    /// The transports of the stored interface are good candidates for `others`.
    /// The C function is `MprAdminInterfaceTransportGetInfo`.
    ///
    /// ```
    /// # use mprapi_sim::{Interface, InterfaceKind};
    /// # let simulation = mprapi_sim::Server::new("doc-transports-on-interface")
    /// #     .interface(Interface::new("branch-2", InterfaceKind::FullRouter)).start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// # let server = mpr.connect(Some("doc-transports-on-interface"))?;
    /// for (transport, _settings) in server.find_interface("branch-2")?.running_transports([])? {
    ///     println!("{transport} runs on branch-2");
    /// }
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`transport_info`](InterfaceHandle::transport_info), but for a transport that is not there.
    /// [`ErrorKind::InvalidHandle`](crate::ErrorKind::InvalidHandle) also means an interface that is disabled.
    #[inline]
    pub fn running_transports(
        &self,
        others: impl IntoIterator<Item = TransportId>,
    ) -> Result<Vec<(TransportId, Option<InfoBlockBuf>)>> {
        running(others, |transport| self.transport_info(transport))
    }

    /// Changes a transport's settings on the interface.
    /// The C function is `MprAdminInterfaceTransportSetInfo`.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchInterface`](crate::ErrorKind::NoSuchInterface) when the transport does not run on the
    /// interface, [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) with the code `ERROR_UNKNOWN_PROTOCOL_ID` for a
    /// transport that the server does not have.
    #[doc(alias = "MprAdminInterfaceTransportSetInfo")]
    #[inline]
    pub fn set_transport_info(&self, transport: TransportId, info: &InfoBlockBuf) -> Result<()> {
        const FUNCTION: &str = "MprAdminInterfaceTransportSetInfo";
        let mut info = Argument::new(Some(info));
        check(
            FUNCTION,
            // SAFETY: as in `add_transport`.
            unsafe {
                self.owner.table().MprAdminInterfaceTransportSetInfo(
                    self.owner.as_raw(),
                    self.handle,
                    transport.into(),
                    info.as_mut_ptr(),
                    info.size,
                )
            },
            || self.owner.name(),
        )
    }

    /// Takes a transport off the interface.
    /// The C function is `MprAdminInterfaceTransportRemove`.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchInterface`](crate::ErrorKind::NoSuchInterface) when the transport does not run on the
    /// interface, [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) with the code `ERROR_UNKNOWN_PROTOCOL_ID` for a
    /// transport that the server does not have, and [`ErrorKind::Other`](crate::ErrorKind::Other) with the code
    /// `ERROR_INTERFACE_CONNECTED` for a demand-dial interface that is connected.
    #[doc(alias = "MprAdminInterfaceTransportRemove")]
    #[inline]
    pub fn remove_transport(&self, transport: TransportId) -> Result<()> {
        check(
            "MprAdminInterfaceTransportRemove",
            // SAFETY: as in `add_transport`.
            unsafe {
                self.owner.table().MprAdminInterfaceTransportRemove(
                    self.owner.as_raw(),
                    self.handle,
                    transport.into(),
                )
            },
            || self.owner.name(),
        )
    }
}
