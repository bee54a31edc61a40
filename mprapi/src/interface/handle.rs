//! An interface to act on.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use mprapi_sys::{self as sys, MPR_INTERFACE_0, MPR_INTERFACE_1, MPR_INTERFACE_2, MPR_INTERFACE_3};

use super::demand_dial::DemandDial;
use super::view::{Interface, InterfaceOwner, InterfaceRecord};
use super::{ConnectionState, InterfaceInput};
use crate::error::check;
use crate::event::{Completion, Event};
use crate::id::{Id, id};
use crate::library::Library;
use crate::owner::Held;
use crate::{Error, Result, Server, Single, TransportId, WideStr, WideString};

/// The code of `raserror.h` that says that the work has begun and goes on.
const PENDING: u32 = 600;

/// A handle to an interface.
///
/// It borrows its owner, so it cannot be used after a disconnect or on another one. A server checks the handle in
/// each call: [`ErrorKind::InvalidHandle`](crate::ErrorKind::InvalidHandle) is the error for an interface that is
/// not there (any more), [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied) if the caller is not an
/// administrator.
///
/// It is a number of its owner's, and each method acts on the interface that has the number at that moment. After an interface
/// was deleted, or a client's went with its connection, the server may give the number to the next one: a handle that was kept
/// may then connect, change or delete another interface. [`Server::find_interface`] finds one by its name, which stays.
///
/// `O` is whose interface it is: a running [`Server`]'s, or that of a stored
/// [`Configuration`](crate::Configuration), where it cannot be used after anything was taken out either.
pub struct InterfaceHandle<'o, O = Server> {
    pub(crate) owner: &'o O,
    pub(crate) handle: sys::HANDLE,
}

impl<O> Clone for InterfaceHandle<'_, O> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<O> Copy for InterfaceHandle<'_, O> {}

/// Compares the owners, which must be the same connection, and the numbers.
impl<O> PartialEq for InterfaceHandle<'_, O> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.owner, other.owner) && self.handle == other.handle
    }
}

impl<O> Eq for InterfaceHandle<'_, O> {}

impl<O> fmt::Debug for InterfaceHandle<'_, O> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InterfaceHandle").field("handle", &self.handle).finish_non_exhaustive()
    }
}

id! {
    /// The id of an interface on the server that it was read from.
    InterfaceId
}

impl<R: InterfaceRecord> Interface<'_, R> {
    /// Returns the id of this interface on its server.
    #[inline]
    pub fn id(&self) -> InterfaceId {
        InterfaceId(Id::new(self.owner, self.as_raw().hInterface()))
    }
}

impl<'l, R: InterfaceRecord, O> Interface<'l, R, O> {
    /// Returns a handle to the interface, to act on it: read more of it, connect it, change it.
    #[inline]
    pub fn handle(&self) -> InterfaceHandle<'l, O> {
        InterfaceHandle { owner: self.owner, handle: self.as_raw().hInterface() }
    }
}

impl<'s> InterfaceHandle<'s> {
    /// The handle that `function` answered.
    #[inline]
    pub(super) fn given(
        server: &'s Server,
        function: &'static str,
        handle: sys::HANDLE,
    ) -> Result<InterfaceHandle<'s>> {
        if handle.is_null() || handle == sys::INVALID_HANDLE_VALUE {
            return Err(Error::answer(function, "the handle is null although the call succeeded"));
        }
        Ok(InterfaceHandle { owner: server, handle })
    }

    /// Returns the id of this interface on its server.
    #[inline]
    pub fn id(&self) -> InterfaceId {
        InterfaceId(Id::new(self.owner, self.handle))
    }

    /// Reads the interface's name, type and state.
    /// The C function is `MprAdminInterfaceGetInfo`, level 0.
    ///
    /// # Errors
    /// Those of every call with an [`InterfaceHandle`].
    #[inline]
    pub fn info(&self) -> Result<Single<'s, MPR_INTERFACE_0>> {
        self.info_at()
    }

    /// Reads the interface at the level of information named by its record:
    ///
    /// | record | what it tells |
    /// |---|---|
    /// | [`MPR_INTERFACE_0`] | name, type, state |
    /// | [`MPR_INTERFACE_1`](sys::MPR_INTERFACE_1) | that, and when it may dial out |
    /// | [`MPR_INTERFACE_2`](sys::MPR_INTERFACE_2) | how a demand-dial interface dials |
    /// | [`MPR_INTERFACE_3`](sys::MPR_INTERFACE_3) | that, with IPv6; Windows Server 2008 and later |
    ///
    /// Those above 0 are for demand-dial interfaces.
    /// The C function is `MprAdminInterfaceGetInfo`.
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) for a level that the interface's type or the
    /// server does not have.
    #[doc(alias = "MprAdminInterfaceGetInfo")]
    #[inline]
    pub fn info_at<R: InterfaceRecord>(&self) -> Result<Single<'s, R>> {
        let call = |table: &Library, buffer: &mut sys::LPBYTE| {
            // SAFETY: the server's handle is open while it is borrowed; an interface's handle is a number the server
            // checks. `buffer` takes what is written.
            unsafe { table.MprAdminInterfaceGetInfo(self.owner.as_raw(), self.handle, R::LEVEL, buffer) }
        };
        // SAFETY: `call` makes that one call, and `R` is the record of its level.
        unsafe { Single::fetch(self.owner, "MprAdminInterfaceGetInfo", call) }
    }

    /// Reads how a demand-dial interface dials: its destination, its device, its encryption. Every Windows tells this; the
    /// DNS servers for IPv6 are not in it.
    /// The C function is `MprAdminInterfaceGetInfo`, level 2.
    ///
    /// To change the interface, begin with its [`demand_dial_settings`](InterfaceHandle::demand_dial_settings), which have
    /// everything that the server knows.
    ///
    /// ```
    /// # use mprapi_sim::{Interface, InterfaceKind};
    /// # let simulation = mprapi_sim::Server::new("doc-demand-dial-info")
    /// #     .interface(Interface::new("branch-2", InterfaceKind::FullRouter)).start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// # let server = mpr.connect(Some("doc-demand-dial-info"))?;
    /// let info = server.find_interface("branch-2")?.demand_dial_info()?;
    /// println!("{} by {}", info.get().destination(), info.get().device_name());
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) for an interface of another type.
    #[inline]
    pub fn demand_dial_info(&self) -> Result<Single<'s, MPR_INTERFACE_2>> {
        self.info_at()
    }

    /// Changes the interface, until the service stops; what is to stay is put into the configuration too.
    /// The C function is `MprAdminInterfaceSetInfo`.
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) for settings that the server is too old for,
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for invalid settings.
    #[doc(alias = "MprAdminInterfaceSetInfo")]
    #[inline]
    pub fn set_info<S: InterfaceInput>(&self, settings: &S) -> Result<()> {
        const FUNCTION: &str = "MprAdminInterfaceSetInfo";
        let answer = settings.pass(FUNCTION, |level, record| {
            // SAFETY: as in `info_at`; `record` is the one of `level` and only read.
            unsafe {
                self.owner.table().MprAdminInterfaceSetInfo(self.owner.as_raw(), self.handle, level, record)
            }
        })?;
        check(FUNCTION, answer, || self.owner.name())
    }

    /// Deletes the interface.
    /// The C function is `MprAdminInterfaceDelete`.
    ///
    /// # Errors
    /// [`ErrorKind::Other`](crate::ErrorKind::Other) with the code `ERROR_INTERFACE_CONNECTED` for a demand-dial
    /// interface that is connected.
    #[doc(alias = "MprAdminInterfaceDelete")]
    #[inline]
    pub fn delete(self) -> Result<()> {
        check(
            "MprAdminInterfaceDelete",
            // SAFETY: as in `info_at`.
            unsafe { self.owner.table().MprAdminInterfaceDelete(self.owner.as_raw(), self.handle) },
            || self.owner.name(),
        )
    }

    /// Connects a demand-dial interface and waits until it is connected or could not be, however long that takes;
    /// [`connect_within`](InterfaceHandle::connect_within) has a limit.
    /// The C function is `MprAdminInterfaceConnect`.
    ///
    /// # Errors
    /// [`ErrorKind::NotRunning`](crate::ErrorKind::NotRunning) where no demand dialling is done, and
    /// [`ErrorKind::Other`](crate::ErrorKind::Other) with the codes `ERROR_ALREADY_CONNECTING`,
    /// `ERROR_INTERFACE_DISABLED`, `ERROR_INTERFACE_HAS_NO_DEVICES`, `ERROR_SERVICE_IS_PAUSED`, or that for which
    /// the attempt failed.
    #[doc(alias = "MprAdminInterfaceConnect")]
    #[inline]
    pub fn connect(&self) -> Result<()> {
        check(CONNECT, self.dial(std::ptr::null_mut(), true), || self.owner.name())
    }

    /// Begins to connect a demand-dial interface and does not wait; how far it has come is read by
    /// [`info`](InterfaceHandle::info). [`connect_within`](InterfaceHandle::connect_within) does so for as long as a limit.
    /// The C function is `MprAdminInterfaceConnect`.
    ///
    /// When it returns, the interface is *connecting*: Microsoft's page says so of the code `PENDING`, which is the answer to
    /// an attempt that has begun. A server that answers success instead may set the state a moment later. The attempt ends in
    /// the state *connected*, or in *disconnected* or *unreachable* with a last error.
    ///
    /// # Errors
    /// As [`connect`](InterfaceHandle::connect), but for why the attempt fails later.
    #[inline]
    pub fn begin_connect(&self) -> Result<()> {
        self.dial_without_event().map(drop)
    }

    /// Begins to connect the interface. Returns `true` if the library said that the attempt goes on.
    #[inline]
    pub(super) fn dial_without_event(&self) -> Result<bool> {
        self.begun(self.dial(std::ptr::null_mut(), false))
    }

    /// Begins to connect a demand-dial interface; what this answers can be waited for. Only on the server of this
    /// machine: others take no event.
    /// The C function is `MprAdminInterfaceConnect`.
    ///
    /// ```
    /// # use mprapi_sim::{Clock, Interface, InterfaceKind, Tunnel};
    /// # let simulation = mprapi_sim::Server::new("doc-connect").clock(Clock::Real).ports(Tunnel::Ikev2, 1)
    /// #     .interface(Interface::new("branch-2", InterfaceKind::FullRouter)).start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// # let server = mpr.connect(Some("doc-connect"))?;
    /// use std::time::Duration;
    ///
    /// let mut connecting = server.find_interface("branch-2")?.connect_with_event()?;
    /// while !connecting.wait(Some(Duration::from_secs(1)))? {
    ///     println!("still connecting");
    /// }
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`begin_connect`](InterfaceHandle::begin_connect), and
    /// [`ErrorKind::Other`](crate::ErrorKind::Other) where this machine has no event left, or 128 waits were given up
    /// that the library has not signalled the end of.
    #[inline]
    pub fn connect_with_event(&self) -> Result<Connecting<'s>> {
        let completion = Completion::of(CONNECT, |event| self.begun(self.dial(event, false)))?;
        Ok(Connecting { server: Held::Borrowed(self.owner), interface: self.id(), completion })
    }

    #[inline]
    fn dial(&self, event: sys::HANDLE, wait: bool) -> std::result::Result<u32, sys::MissingFunction> {
        // SAFETY: as in `info_at`; the event is null or open until it was signalled.
        unsafe {
            self.owner.table().MprAdminInterfaceConnect(self.owner.as_raw(), self.handle, event, wait.into())
        }
    }

    /// Returns `true` if an attempt to connect goes on.
    #[inline]
    fn begun(&self, answer: std::result::Result<u32, sys::MissingFunction>) -> Result<bool> {
        goes_on(CONNECT, answer, || self.owner.name())
    }

    /// Ends the connection of a demand-dial interface.
    /// The C function is `MprAdminInterfaceDisconnect`.
    ///
    /// Microsoft's page speaks of an interface that is connected. It does not say whether one that is *connecting* gives the
    /// attempt up, as the simulated one does, or answers [`ErrorKind::NotConnected`](crate::ErrorKind::NotConnected) and goes
    /// on. The state tells.
    ///
    /// # Errors
    /// [`ErrorKind::NotConnected`](crate::ErrorKind::NotConnected),
    /// [`ErrorKind::NotRunning`](crate::ErrorKind::NotRunning) where no demand dialling is done.
    #[doc(alias = "MprAdminInterfaceDisconnect")]
    #[inline]
    pub fn disconnect(&self) -> Result<()> {
        check(
            "MprAdminInterfaceDisconnect",
            // SAFETY: as in `info_at`.
            unsafe { self.owner.table().MprAdminInterfaceDisconnect(self.owner.as_raw(), self.handle) },
            || self.owner.name(),
        )
    }

    /// Has the server take up what was changed in the phone book's entry of a demand-dial interface.
    /// The C function is `MprAdminInterfaceUpdatePhonebookInfo`.
    ///
    /// # Errors
    /// [`ErrorKind::NotRunning`](crate::ErrorKind::NotRunning) where no demand dialling is done, and
    /// [`ErrorKind::Other`](crate::ErrorKind::Other) with the codes `ERROR_CANNOT_LOAD_PHONEBOOK`,
    /// `ERROR_CANNOT_OPEN_PHONEBOOK` or `ERROR_INTERFACE_HAS_NO_DEVICES`.
    #[doc(alias = "MprAdminInterfaceUpdatePhonebookInfo")]
    #[inline]
    pub fn update_phonebook(&self) -> Result<()> {
        check(
            "MprAdminInterfaceUpdatePhonebookInfo",
            // SAFETY: as in `info_at`.
            unsafe {
                self.owner.table().MprAdminInterfaceUpdatePhonebookInfo(self.owner.as_raw(), self.handle)
            },
            || self.owner.name(),
        )
    }

    /// Has a transport update its routes over the interface and waits for the end.
    /// The C function is `MprAdminInterfaceUpdateRoutes`.
    ///
    /// # Errors
    /// [`ErrorKind::NotConnected`](crate::ErrorKind::NotConnected),
    /// [`ErrorKind::NoSuchInterface`](crate::ErrorKind::NoSuchInterface) when the transport does not run on the
    /// interface, [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) with the code `ERROR_UNKNOWN_PROTOCOL_ID` for a
    /// transport that the server does not have, and [`ErrorKind::Other`](crate::ErrorKind::Other) with the code
    /// `ERROR_UPDATE_IN_PROGRESS`.
    #[doc(alias = "MprAdminInterfaceUpdateRoutes")]
    #[inline]
    pub fn update_routes(&self, transport: TransportId) -> Result<()> {
        check(UPDATE_ROUTES, self.ask_for_routes(transport, std::ptr::null_mut()), || self.owner.name())
    }

    /// Has a transport begin to update its routes over the interface; what this answers can be waited for. Only on
    /// the server of this machine: others take no event.
    /// The C function is `MprAdminInterfaceUpdateRoutes`.
    ///
    /// # Errors
    /// As [`update_routes`](InterfaceHandle::update_routes), and
    /// [`ErrorKind::Other`](crate::ErrorKind::Other) where this machine has no event left, or 128 waits were given up
    /// that the library has not signalled the end of.
    #[inline]
    pub fn update_routes_with_event(&self, transport: TransportId) -> Result<RouteUpdate<'s>> {
        let completion = Completion::of(UPDATE_ROUTES, |event| {
            goes_on(UPDATE_ROUTES, self.ask_for_routes(transport, event), || self.owner.name())
        })?;
        Ok(RouteUpdate { server: Held::Borrowed(self.owner), interface: self.id(), transport, completion })
    }

    #[inline]
    fn ask_for_routes(
        &self,
        transport: TransportId,
        event: sys::HANDLE,
    ) -> std::result::Result<u32, sys::MissingFunction> {
        let table = self.owner.table();
        // SAFETY: as in `dial`.
        unsafe {
            table.MprAdminInterfaceUpdateRoutes(self.owner.as_raw(), self.handle, transport.into(), event)
        }
    }

    /// Returns how the last update of routes ended: the outer result is that of asking. While the update goes on, the inner
    /// one may be an error with the code `PENDING`.
    /// The C function is `MprAdminInterfaceQueryUpdateResult`.
    ///
    /// # Errors
    /// [`ErrorKind::NotConnected`](crate::ErrorKind::NotConnected) when the interface is not connected, so that the
    /// result is gone; [`ErrorKind::NoSuchInterface`](crate::ErrorKind::NoSuchInterface) when the transport does not
    /// run on the interface.
    #[doc(alias = "MprAdminInterfaceQueryUpdateResult")]
    #[inline]
    pub fn route_update_result(&self, transport: TransportId) -> Result<Result<()>> {
        const FUNCTION: &str = "MprAdminInterfaceQueryUpdateResult";
        let mut result = 0;
        check(
            FUNCTION,
            // SAFETY: as in `info_at`; `result` takes what is written.
            unsafe {
                self.owner.table().MprAdminInterfaceQueryUpdateResult(
                    self.owner.as_raw(),
                    self.handle,
                    transport.into(),
                    &mut result,
                )
            },
            || self.owner.name(),
        )?;
        Ok(check(UPDATE_ROUTES, Ok(result), || self.owner.name()))
    }
}

impl<O: InterfaceOwner> InterfaceHandle<'_, O> {
    /// Reads the settings of a demand-dial interface at the newest level that the server has, to change them and write them
    /// back by `set_info`.
    ///
    /// From Windows Server 2008 on this is level 3, which has IPv6, and before level 2. The settings are written back at the
    /// level that they were read from, so nothing is lost and the server understands them. Settings for IPv6 that are added to
    /// those of an older server are an error when they are written.
    ///
    /// The C function is `MprAdminInterfaceGetInfo`, of a stored configuration `MprConfigInterfaceGetInfo`.
    ///
    /// ```
    /// # use mprapi_sim::{Interface, InterfaceKind};
    /// # let simulation = mprapi_sim::Server::new("doc-demand-dial-settings")
    /// #     .interface(Interface::new("branch-2", InterfaceKind::FullRouter)).start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// # let server = mpr.connect(Some("doc-demand-dial-settings"))?;
    /// let branch = server.find_interface("branch-2")?;
    /// let settings = branch.demand_dial_settings()?;
    /// branch.set_info(&settings.destination("vpn3.example.com").enabled(true))?;
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) for an interface of another type, for which a stored
    /// configuration answers [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument), and
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) for an invalid answer.
    #[inline]
    pub fn demand_dial_settings(&self) -> Result<DemandDial> {
        match O::read::<MPR_INTERFACE_3, _>(self, |info| info.to_settings()) {
            Err(error) if O::lacks_level(&error) => {
                O::read::<MPR_INTERFACE_2, _>(self, |info| info.to_settings())
            }
            settings => settings,
        }
    }

    /// Reads the hours at which a demand-dial interface may dial out. An empty list means any time, and `None` that the server
    /// does not tell them, or that the interface is of another type.
    ///
    /// Each text is one day's: a digit from 0 for Sunday to 6 for Saturday, then ranges of time, each after a space, as in
    /// `2 09:00-12:00 13:00-17:30`. [`InterfaceSettings::dialout_hours`](crate::InterfaceSettings::dialout_hours) sets them.
    ///
    /// The C function is `MprAdminInterfaceGetInfo`, of a stored configuration `MprConfigInterfaceGetInfo`, level 1.
    ///
    /// ```
    /// # use mprapi_sim::{Interface, InterfaceKind};
    /// # let simulation = mprapi_sim::Server::new("doc-dialout-hours")
    /// #     .interface(Interface::new("branch-2", InterfaceKind::FullRouter)).start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// # let server = mpr.connect(Some("doc-dialout-hours"))?;
    /// match server.find_interface("branch-2")?.dialout_hours()?.as_deref() {
    ///     None => println!("not known"),
    ///     Some([]) => println!("at any time"),
    ///     Some(days) => days.iter().for_each(|day| println!("{day}")),
    /// }
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of every call with an [`InterfaceHandle`], and
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) for a list that is misaligned or does not end.
    #[inline]
    pub fn dialout_hours(&self) -> Result<Option<Vec<WideString>>> {
        let look = |info: Interface<'_, MPR_INTERFACE_1, O>| {
            Ok(Some(info.dialout_hours()?.iter().map(WideStr::to_owned).collect()))
        };
        match O::read(self, look) {
            Err(error) if O::lacks_level(&error) => Ok(None),
            hours => hours,
        }
    }
}

const CONNECT: &str = "MprAdminInterfaceConnect";
const UPDATE_ROUTES: &str = "MprAdminInterfaceUpdateRoutes";

/// Returns `true` if the operation that `function` began goes on until it signals its event. After `false` it may go on too.
#[inline]
fn goes_on<'s>(
    function: &'static str,
    answer: std::result::Result<u32, sys::MissingFunction>,
    server: impl FnOnce() -> Option<&'s str>,
) -> Result<bool> {
    match answer? {
        PENDING => Ok(true),
        code => check(function, Ok(code), server).map(|()| false),
    }
}

/// An attempt to connect an interface, made by [`InterfaceHandle::connect_with_event`].
///
/// Dropping it leaves the attempt alone. It borrows the server; [`keep`](Connecting::keep) gives one that does not.
#[derive(Debug)]
#[must_use = "wait for it to learn the result"]
pub struct Connecting<'s> {
    server: Held<'s, Server>,
    interface: InterfaceId,
    completion: Completion,
}

impl Connecting<'_> {
    /// Returns the interface.
    #[inline]
    pub fn interface(&self) -> InterfaceHandle<'_> {
        InterfaceHandle { owner: &self.server, handle: self.interface.as_raw() }
    }

    /// Keeps the attempt together with a share in the server, as [`List::keep`](crate::List::keep) does.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for another server than the attempt's. The value is
    /// dropped then, and the attempt goes on.
    #[inline]
    pub fn keep(self, server: &Arc<Server>) -> Result<Connecting<'static>> {
        let Connecting { server: held, interface, completion } = self;
        Ok(Connecting { server: held.shared(server)?, interface, completion })
    }

    #[inline]
    pub(crate) fn event(&self) -> &Event {
        self.completion.event()
    }

    /// Waits until the attempt has ended (`None`: for as long as it takes): `true` says that the interface is
    /// connected, `false` that the time ran out and the attempt goes on. It blocks; a wait can be given up only
    /// by its time-out. The state is read by `MprAdminInterfaceGetInfo`.
    ///
    /// # Errors
    /// The error of [`InterfaceHandle::connect`] that ended the attempt, and those of [`InterfaceHandle::info`].
    #[inline]
    pub fn wait(&mut self, timeout: Option<Duration>) -> Result<bool> {
        let interface = InterfaceHandle { owner: &*self.server, handle: self.interface.as_raw() };
        let is_over = || Ok(interface.info()?.get().connection_state() != ConnectionState::Connecting);
        if !self.completion.wait(timeout, is_over)? {
            return Ok(false);
        }
        let info = interface.info()?;
        match info.get().connection_state() {
            ConnectionState::Connected => Ok(true),
            _ => Err(info
                .get()
                .last_error()
                .unwrap_or_else(|| Error::new(CONNECT, sys::ERROR_INTERFACE_NOT_CONNECTED))
                .at(self.server.name())),
        }
    }
}

/// An update of routes, made by [`InterfaceHandle::update_routes_with_event`].
///
/// Dropping it leaves the update alone. It borrows the server; [`keep`](RouteUpdate::keep) gives one that does not.
#[derive(Debug)]
#[must_use = "wait for it to learn the result"]
pub struct RouteUpdate<'s> {
    server: Held<'s, Server>,
    interface: InterfaceId,
    transport: TransportId,
    completion: Completion,
}

impl RouteUpdate<'_> {
    /// Keeps the update together with a share in the server, as [`List::keep`](crate::List::keep) does.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for another server than the update's. The value is
    /// dropped then, and the update goes on.
    #[inline]
    pub fn keep(self, server: &Arc<Server>) -> Result<RouteUpdate<'static>> {
        let RouteUpdate { server: held, interface, transport, completion } = self;
        Ok(RouteUpdate { server: held.shared(server)?, interface, transport, completion })
    }

    #[inline]
    pub(crate) fn event(&self) -> &Event {
        self.completion.event()
    }

    /// Waits until the update has ended (`None`: for as long as it takes): `true` says that the routes are updated,
    /// `false` that the time ran out and the update goes on. It blocks; a wait can be given up only by its time-out.
    /// The result is read by `MprAdminInterfaceQueryUpdateResult`.
    ///
    /// # Errors
    /// The error that ended the update, and those of [`InterfaceHandle::route_update_result`].
    #[inline]
    pub fn wait(&mut self, timeout: Option<Duration>) -> Result<bool> {
        let interface = InterfaceHandle { owner: &*self.server, handle: self.interface.as_raw() };
        let transport = self.transport;
        let result = || interface.route_update_result(transport);
        let is_over = || Ok(result()?.err().and_then(|error| error.code()) != Some(PENDING));
        if !self.completion.wait(timeout, is_over)? {
            return Ok(false);
        }
        result()?.map(|()| true)
    }
}
