//! The transports of a router: the network protocols that it routes.

use std::ptr;

use mprapi_sys as sys;
use zeroize::Zeroizing;

use crate::buffer::{self, Buffer, Family};
use crate::enumeration::enumeration;
use crate::error::check;
use crate::input::terminated;
use crate::{Error, InfoBlock, InfoBlockBuf, Result, Server, Text, WideString};

impl Server {
    /// Loads a transport and starts its router manager, the DLL at [`TransportSettings::dll_path`] (at most 259 UTF-16
    /// units).
    ///
    /// The name has at most 40 UTF-16 units. The DLL is needed, and at least one of the blocks.
    /// The C function is `MprAdminTransportCreate`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) without a DLL or any blocks, and
    /// [`ErrorKind::Other`](crate::ErrorKind::Other) with the code `ERROR_PROTOCOL_ALREADY_INSTALLED`;
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) with the code `ERROR_UNKNOWN_PROTOCOL_ID` for a transport that
    /// there is not.
    #[doc(alias = "MprAdminTransportCreate")]
    #[inline]
    pub fn create_transport<N: Text + ?Sized>(
        &self,
        transport: TransportId,
        name: Option<&N>,
        settings: &TransportSettings,
    ) -> Result<()> {
        const FUNCTION: &str = "MprAdminTransportCreate";
        let mut name = name.map(|name| terminated!(FUNCTION, name, "the transport name", 40)).transpose()?;
        let Some(mut dll_path) = settings.encoded_dll_path(FUNCTION)? else {
            return Err(Error::argument(FUNCTION, "the path of the transport's DLL is not set"));
        };
        let [mut global, mut client] = settings.arguments(FUNCTION)?;
        check(
            FUNCTION,
            // SAFETY: the handle is open while `self` lives; the texts are null or terminated, the settings null or as
            // long as they say; all of it is only read.
            unsafe {
                self.table().MprAdminTransportCreate(
                    self.as_raw(),
                    transport.into(),
                    name.as_mut().map_or(ptr::null_mut(), |name| name.as_mut_ptr()),
                    global.as_mut_ptr(),
                    global.size,
                    client.as_mut_ptr(),
                    client.size,
                    dll_path.as_mut_ptr(),
                )
            },
            || self.name(),
        )
    }

    /// Reads a transport's settings.
    /// The C function is `MprAdminTransportGetInfo`.
    ///
    /// # Errors
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) when a block of settings is malformed, and
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) with the code `ERROR_UNKNOWN_PROTOCOL_ID` for a transport that
    /// the server does not have.
    #[doc(alias = "MprAdminTransportGetInfo")]
    #[inline]
    pub fn transport_info(&self, transport: TransportId) -> Result<TransportSettings> {
        const FUNCTION: &str = "MprAdminTransportGetInfo";
        let table = self.table();
        let (mut global, mut global_size): (sys::LPBYTE, _) = (ptr::null_mut(), 0);
        let (mut client, mut client_size): (sys::LPBYTE, _) = (ptr::null_mut(), 0);
        check(
            FUNCTION,
            // SAFETY: the handle is open while `self` lives; each of the four takes what is written.
            unsafe {
                table.MprAdminTransportGetInfo(
                    self.as_raw(),
                    transport.into(),
                    &mut global,
                    &mut global_size,
                    &mut client,
                    &mut client_size,
                )
            },
            || self.name(),
        )?;
        let parts = [(global, global_size), (client, client_size)];
        // SAFETY: a successful call answers null or buffers of that many bytes.
        let [global, client] = unsafe { buffer::several(table, FUNCTION, Family::ADMIN, parts) }?;
        Ok(TransportSettings {
            global: info_block(FUNCTION, &global)?,
            client_interface: info_block(FUNCTION, &client)?,
            dll_path: None,
        })
    }

    /// Reads the settings of the transports that run. The library has no list of them, so the server is asked for each of
    /// `others`, and for IPv4 and IPv6, the two that Windows Server 2008 and later route. Each is asked for once, in this
    /// order.
    ///
    /// The transports of the stored configuration are good candidates for `others`: what the service does not have stored, it
    /// does not start.
    ///
    /// The C function is `MprAdminTransportGetInfo`.
    ///
    /// ```
    /// # let simulation = mprapi_sim::Server::new("doc-running-transports").start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// let stored = mpr.configuration(Some("doc-running-transports"))?;
    /// let server = mpr.connect(Some("doc-running-transports"))?;
    /// let others = stored.transports()?;
    /// for (transport, _settings) in server.running_transports(others.iter().map(|other| other.id()))? {
    ///     println!("{transport} runs");
    /// }
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`transport_info`](Server::transport_info), but for a transport that the server does not have.
    #[inline]
    pub fn running_transports(
        &self,
        others: impl IntoIterator<Item = TransportId>,
    ) -> Result<Vec<(TransportId, TransportSettings)>> {
        running(others, |transport| self.transport_info(transport))
    }

    /// Changes a transport's settings; at least one is needed. The DLL of a running transport cannot be changed.
    /// The C function is `MprAdminTransportSetInfo`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) without any settings, and
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) with the code `ERROR_UNKNOWN_PROTOCOL_ID` for a transport that
    /// the server does not have.
    #[doc(alias = "MprAdminTransportSetInfo")]
    #[inline]
    pub fn set_transport_info(&self, transport: TransportId, settings: &TransportSettings) -> Result<()> {
        const FUNCTION: &str = "MprAdminTransportSetInfo";
        if settings.dll_path.is_some() {
            return Err(Error::argument(FUNCTION, "the DLL of a running transport cannot be changed"));
        }
        let [mut global, mut client] = settings.arguments(FUNCTION)?;
        check(
            FUNCTION,
            // SAFETY: the handle is open while `self` lives; the settings are null or as long as they say, and only
            // read.
            unsafe {
                self.table().MprAdminTransportSetInfo(
                    self.as_raw(),
                    transport.into(),
                    global.as_mut_ptr(),
                    global.size,
                    client.as_mut_ptr(),
                    client.size,
                )
            },
            || self.name(),
        )
    }
}

/// Asks for each transport that may run, and keeps the answers for those that do.
#[inline]
pub(crate) fn running<T>(
    others: impl IntoIterator<Item = TransportId>,
    ask: impl Fn(TransportId) -> Result<T>,
) -> Result<Vec<(TransportId, T)>> {
    let mut asked = Vec::new();
    let mut running = Vec::new();
    for transport in others.into_iter().chain([TransportId::Ip, TransportId::Ipv6]) {
        if asked.contains(&transport) {
            continue;
        }
        asked.push(transport);
        match ask(transport) {
            Ok(answer) => running.push((transport, answer)),
            Err(error) if error.is_no_such_transport() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(running)
}

/// The settings of a transport, of a running server or stored. In a change, `None` leaves a setting as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TransportSettings {
    /// Those of the whole transport.
    pub global: Option<InfoBlockBuf>,
    /// Those that interfaces of dialled-in client routers begin with.
    pub client_interface: Option<InfoBlockBuf>,
    /// The library that is the transport's router manager: at most 259 UTF-16 units. A running server does not tell it.
    pub dll_path: Option<WideString>,
}

impl TransportSettings {
    #[inline]
    pub(crate) fn encoded_dll_path(&self, function: &'static str) -> Result<Option<Zeroizing<Vec<u16>>>> {
        self.dll_path.as_ref().map(|path| terminated!(function, path, "the DLL path", 259)).transpose()
    }

    /// As `function` takes them: at least one is needed.
    #[inline]
    fn arguments(&self, function: &'static str) -> Result<[Argument; 2]> {
        if self.global.is_none() && self.client_interface.is_none() {
            return Err(Error::argument(function, "no settings are given"));
        }
        Ok([Argument::new(self.global.as_ref()), Argument::new(self.client_interface.as_ref())])
    }
}

/// A block as a parameter: null and no bytes where there is none.
pub(crate) struct Argument {
    words: Option<Vec<u64>>,
    pub(crate) size: u32,
}

impl Argument {
    #[inline]
    pub(crate) fn new(block: Option<&InfoBlockBuf>) -> Argument {
        let (words, size) = block.map(InfoBlockBuf::to_words).unzip();
        Argument { words, size: size.unwrap_or(0) }
    }

    /// The header lets the library write to what it is given.
    #[inline]
    pub(crate) fn as_mut_ptr(&mut self) -> sys::LPBYTE {
        self.words.as_mut().map_or(ptr::null_mut(), |words| words.as_mut_ptr().cast())
    }
}

/// Parses the info block in the bytes of an answer. Returns `None` if there are no bytes.
#[inline]
pub(crate) fn info_block(function: &'static str, bytes: &Buffer<'_, u8>) -> Result<Option<InfoBlockBuf>> {
    match bytes.records() {
        [] => Ok(None),
        bytes => match InfoBlock::parse(bytes) {
            Ok(block) => Ok(Some(block.to_buf())),
            Err(malformed) => Err(malformed.answered(function)),
        },
    }
}

enumeration! {
    /// A protocol family that a router routes, by its number (`PID_…`).
    TransportId: sys::DWORD {
        /// IPv4.
        Ip = sys::PID_IP, "IP";
        /// IPv6.
        Ipv6 = sys::PID_IPV6, "IPv6";
        /// IPX, of old.
        Ipx = sys::PID_IPX, "IPX";
        /// NetBIOS frames, of old.
        Nbf = sys::PID_NBF, "NBF";
        /// AppleTalk, of old.
        AppleTalk = sys::PID_ATALK, "AppleTalk";
    }
}
