//! The interfaces of a router: its network adapters, and the demand-dial interfaces through which it reaches others.

mod credentials;
mod demand_dial;
mod device;
mod dial;
mod handle;
mod ikev2;
mod kinds;
pub(crate) mod settings;
mod traffic_selector;
mod transport;
mod view;

use mprapi_sys::MPR_INTERFACE_0;

use crate::error::check;
use crate::library::Library;
use crate::list::Level;
use crate::walk::Request;
use crate::{Error, List, Result, Server, Text};

pub use credentials::{InterfaceCredentials, Secret};
pub use demand_dial::DemandDial;
pub use device::DeviceSettings;
pub use dial::DialError;
pub use handle::{Connecting, InterfaceHandle, InterfaceId, RouteUpdate};
pub use ikev2::{Ikev2Record, Ikev2Settings};
pub use kinds::{
    Bandwidth, ConnectionState, DialEncryption, DialMode, DialOptions, EntryType, IdleDisconnect,
    InterfaceType, NetworkProtocols, UnreachabilityReasons, VpnStrategy,
};
use settings::NAME;
pub use settings::{InterfaceInput, InterfaceSettings};
pub use traffic_selector::TrafficSelector;
pub(crate) use view::{CustomInfo, GetInfo};
pub use view::{Interface, InterfaceOwner, InterfaceRecord};

impl Server {
    /// Lists the interfaces: names, types, states.
    /// The C function is `MprAdminInterfaceEnum`.
    ///
    /// It knows level 0 only; of one interface there is more to know, see [`InterfaceHandle::info_at`].
    ///
    /// ```
    /// # use mprapi_sim::{Interface, InterfaceKind};
    /// # let simulation = mprapi_sim::Server::new("doc-interfaces")
    /// #     .interface(Interface::new("branch-2", InterfaceKind::FullRouter)).start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// let server = mpr.connect(Some("doc-interfaces"))?;
    /// for interface in &server.interfaces()? {
    ///     println!("{}: {}, {}", interface.name(), interface.interface_type(), interface.connection_state());
    /// }
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of any call to a server: [`ErrorKind::NotRunning`](crate::ErrorKind::NotRunning),
    /// [`ErrorKind::Unreachable`](crate::ErrorKind::Unreachable),
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied), …
    #[doc(alias = "MprAdminInterfaceEnum")]
    #[inline]
    pub fn interfaces(&self) -> Result<List<'_, MPR_INTERFACE_0>> {
        const FUNCTION: &str = "MprAdminInterfaceEnum";
        let page = |table: &Library, request: &mut Request| {
            // SAFETY: the handle is open while `self` lives; `request` takes what is written. No buffer goes in.
            unsafe {
                table.MprAdminInterfaceEnum(
                    self.as_raw(),
                    MPR_INTERFACE_0::LEVEL,
                    &mut request.buffer,
                    request.longest,
                    &mut request.read,
                    &mut request.total,
                    &mut request.resume,
                )
            }
        };
        // SAFETY: `page` makes that one call, and the record is the one of its level.
        unsafe { List::collect(self, FUNCTION, page) }
    }

    /// Returns a handle to the interface that has this id now. Nothing is called.
    ///
    /// A client's interface goes with its connection, and a deleted one is gone; the server may give the id to the next
    /// interface. What stays is the name: take [`find_interface`](Server::find_interface) for an interface that was seen a
    /// while ago.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for an id of another server. If the interface is gone,
    /// the methods of the handle say so.
    #[inline]
    pub fn interface(&self, id: InterfaceId) -> Result<InterfaceHandle<'_>> {
        Ok(InterfaceHandle { owner: self, handle: id.0.on(self, "MprAdminInterfaceGetInfo")? })
    }

    /// Finds the interface of that name; those of remote access clients are passed over.
    /// The C function is `MprAdminInterfaceGetHandle`.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchInterface`](crate::ErrorKind::NoSuchInterface), and
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a name with a NUL in it or one longer
    /// than 256 UTF-16 units.
    #[doc(alias = "MprAdminInterfaceGetHandle")]
    #[inline]
    pub fn find_interface<N: Text + ?Sized>(&self, name: &N) -> Result<InterfaceHandle<'_>> {
        self.find(name, false)
    }

    /// Finds the first interface of that name, which may be that of a remote access client.
    /// The C function is `MprAdminInterfaceGetHandle`.
    ///
    /// # Errors
    /// As [`find_interface`](Server::find_interface).
    #[inline]
    pub fn find_interface_or_client<N: Text + ?Sized>(&self, name: &N) -> Result<InterfaceHandle<'_>> {
        self.find(name, true)
    }

    #[inline]
    fn find<N: Text + ?Sized>(&self, name: &N, clients_too: bool) -> Result<InterfaceHandle<'_>> {
        const FUNCTION: &str = "MprAdminInterfaceGetHandle";
        let mut name = NAME.encode(name).map_err(|problem| Error::argument(FUNCTION, problem))?;
        let mut handle = std::ptr::null_mut();
        check(
            FUNCTION,
            // SAFETY: the server's handle is open, `name` is terminated and only read, `handle` takes what is written.
            unsafe {
                self.table().MprAdminInterfaceGetHandle(
                    self.as_raw(),
                    name.as_mut_ptr(),
                    &mut handle,
                    clients_too.into(),
                )
            },
            || self.name(),
        )?;
        InterfaceHandle::given(self, FUNCTION, handle)
    }

    /// Creates an interface on the running service. It exists until the service stops; to keep it, create it in the
    /// [stored configuration](crate::Configuration::create_interface) too.
    /// The C function is `MprAdminInterfaceCreate`.
    ///
    /// ```
    /// # use mprapi_sim::Tunnel;
    /// # let simulation = mprapi_sim::Server::new("doc-create").ports(Tunnel::Ikev2, 1).start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// use mprapi::DemandDial;
    ///
    /// let server = mpr.connect(Some("doc-create"))?;
    /// let branch = server.create_interface(&DemandDial::vpn("branch-2", "vpn2.example.com"))?;
    /// branch.connect()?;
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`](crate::ErrorKind::AlreadyExists) for a name that is in use,
    /// [`ErrorKind::NotRunning`](crate::ErrorKind::NotRunning) for a demand-dial interface on a server that is a
    /// router for local networks only, [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) for settings that
    /// the server is too old for, [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for invalid
    /// settings.
    #[doc(alias = "MprAdminInterfaceCreate")]
    #[inline]
    pub fn create_interface<S: InterfaceInput>(&self, settings: &S) -> Result<InterfaceHandle<'_>> {
        const FUNCTION: &str = "MprAdminInterfaceCreate";
        let mut handle = std::ptr::null_mut();
        let answer = settings.pass(FUNCTION, |level, record| {
            // SAFETY: the server's handle is open, `record` is the one of `level` and only read, and `handle` takes
            // what is written.
            unsafe { self.table().MprAdminInterfaceCreate(self.as_raw(), level, record, &mut handle) }
        })?;
        check(FUNCTION, answer, || self.name())?;
        InterfaceHandle::given(self, FUNCTION, handle)
    }
}
