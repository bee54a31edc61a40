//! A loaded administration DLL: its entry points, and the calls of them.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use libloading::Library;
use mprapi_sys as sys;

use super::copy::Private;
use super::exports::{self, AdminDllExports, AdminDllFamily};
use super::lent::Lent;
use crate::api::connection::view::View;
use crate::api::port::view::{level_0, level_1};
use crate::api::record::filled;
use crate::error_code::{Code, ERROR_INVALID_DATA};
use crate::router::admission::Guest;
use crate::router::handle::Handle;
use crate::router::interface::Interface;
use crate::router::port::Port;
use crate::scenario::{AdminDllRules, ByteOrder, Preference, Windows};
use crate::wide;

/// Declares the entry points: a field for each, how all are looked up in a library, and which of them are there.
macro_rules! functions {
    ($($field:ident: $type:ident;)+) => {
        /// The entry points of a DLL, as it exports them or names them in its table.
        #[derive(Clone, Copy)]
        struct Functions {
            $($field: sys::$type,)+
        }

        impl Functions {
            fn of_library(library: &Library) -> Functions {
                Functions {
                    $($field: {
                        // SAFETY: the type is the header's for the name; the scenario's author vouches for the library.
                        let symbol = unsafe { library.get::<sys::$type>(stringify!($type)) };
                        symbol.ok().and_then(|symbol| *symbol)
                    },)+
                }
            }

            fn names(&self) -> AdminDllExports {
                let all = [$((self.$field.is_some(), stringify!($type)),)+];
                AdminDllExports::of(all.into_iter().filter(|(is_there, _)| *is_there).map(|(_, name)| name))
            }
        }
    };
}

functions! {
    initialize: MprAdminInitializeDll;
    initialize_ex: MprAdminInitializeDllEx;
    terminate: MprAdminTerminateDll;
    accept_link: MprAdminAcceptNewLink;
    link_hangup: MprAdminLinkHangupNotification;
    reauthenticate: MprAdminAcceptReauthentication;
    reauthenticate_ex: MprAdminAcceptReauthenticationEx;
    accept: MprAdminAcceptNewConnection;
    accept_2: MprAdminAcceptNewConnection2;
    accept_3: MprAdminAcceptNewConnection3;
    accept_ex: MprAdminAcceptNewConnectionEx;
    hangup: MprAdminConnectionHangupNotification;
    hangup_2: MprAdminConnectionHangupNotification2;
    hangup_3: MprAdminConnectionHangupNotification3;
    hangup_ex: MprAdminConnectionHangupNotificationEx;
    get_ip: MprAdminGetIpAddressForUser;
    release_ip: MprAdminReleaseIpAddress;
    get_ipv6: MprAdminGetIpv6AddressForUser;
    release_ipv6: MprAdminReleaseIpv6AddressForUser;
}

impl Functions {
    /// Takes the callbacks of a table, each in place of the export of its name.
    fn take(&mut self, table: &sys::MPRAPI_ADMIN_DLL_CALLBACKS) {
        self.get_ip = table.lpfnMprAdminGetIpAddressForUser.or(self.get_ip);
        self.release_ip = table.lpfnMprAdminReleaseIpAddress.or(self.release_ip);
        self.get_ipv6 = table.lpfnMprAdminGetIpv6AddressForUser.or(self.get_ipv6);
        self.release_ipv6 = table.lpfnMprAdminReleaseIpV6AddressForUser.or(self.release_ipv6);
        self.accept_link = table.lpfnRasAdminAcceptNewLink.or(self.accept_link);
        self.link_hangup = table.lpfnRasAdminLinkHangupNotification.or(self.link_hangup);
        self.terminate = table.lpfnRasAdminTerminateDll.or(self.terminate);
        if u32::from(table.revision) < sys::MPRAPI_ADMIN_DLL_VERSION_2 {
            return;
        }
        self.accept_ex = table.lpfnRasAdminAcceptNewConnectionEx.or(self.accept_ex);
        self.hangup_ex = table.lpfnRasAdminConnectionHangupNotificationEx.or(self.hangup_ex);
        self.reauthenticate_ex = table.lpfnRasAdminAcceptReauthenticationEx.or(self.reauthenticate_ex);
    }
}

/// The answer of an address function: what the DLL chose, and whether it wants to be told of the release.
pub(super) struct Chosen<A> {
    pub(super) address: A,
    pub(super) wants_release: bool,
}

/// A loaded DLL.
pub(super) struct Dll {
    /// The path, as the scenario has it.
    pub(super) path: PathBuf,
    /// `true` for the process of the address functions, if that is another one.
    pub(super) in_ip_process: bool,
    library: Private,
    functions: Functions,
    rules: AdminDllRules,
    windows: Windows,
}

impl Dll {
    /// Loads a DLL and finds its exports. No function of it is called.
    ///
    /// # Errors
    /// The reason, as the system has it.
    pub(super) fn load(
        path: &Path,
        in_ip_process: bool,
        rules: &AdminDllRules,
        windows: Windows,
    ) -> Result<Dll, String> {
        let library = Private::load(path)?;
        let functions = Functions::of_library(library.library());
        Ok(Dll { path: path.to_owned(), in_ip_process, library, functions, rules: rules.clone(), windows })
    }

    /// Returns the DLL as it was before it was initialised, for the next start of the service.
    pub(super) fn anew(mut self) -> Dll {
        self.functions = Functions::of_library(self.library.library());
        self
    }

    /// Unloads the library.
    pub(super) fn unload(self) {
        self.library.unload();
    }

    /// Returns the entry points that the DLL has.
    pub(super) fn exports(&self) -> AdminDllExports {
        self.functions.names()
    }

    /// Returns the function that initialises the DLL, or `None` if it has none that this service knows.
    pub(super) fn initializer(&self) -> Option<&'static str> {
        let exports = self.exports();
        let has_ex = exports.has(exports::INITIALIZE_EX) && self.windows >= Windows::Server2008R2;
        let takes_ex = self.rules.prefers == Preference::Newest || !exports.has(exports::INITIALIZE);
        match has_ex && takes_ex {
            true => Some(exports::INITIALIZE_EX),
            false => exports.has(exports::INITIALIZE).then_some(exports::INITIALIZE),
        }
    }

    /// Initialises the DLL, and takes the functions of its table.
    ///
    /// # Errors
    /// The DLL's own error code; `ERROR_INVALID_DATA` if the revision of its table is unknown.
    pub(super) fn initialize(&mut self) -> Result<(), Code> {
        if self.initializer() == Some(exports::INITIALIZE) {
            // SAFETY: the DLL's function, of the header's type.
            return code(self.functions.initialize.map(|function| unsafe { function() }));
        }
        let table = sys::MPRAPI_ADMIN_DLL_CALLBACKS {
            revision: sys::MPRAPI_ADMIN_DLL_VERSION_2 as u8,
            ..Default::default()
        };
        let mut table = Lent::new(table);
        let pointer = table.pointer();
        // SAFETY: the DLL's function, of the header's type; the table is this call's own.
        code(self.functions.initialize_ex.map(|function| unsafe { function(pointer) }))?;
        // SAFETY: the table is still there, and any bytes that the DLL wrote are numbers and pointers that may be null.
        let table = unsafe { pointer.read() };
        if !matches!(
            u32::from(table.revision),
            sys::MPRAPI_ADMIN_DLL_VERSION_1 | sys::MPRAPI_ADMIN_DLL_VERSION_2
        ) {
            return Err(ERROR_INVALID_DATA);
        }
        self.functions.take(&table);
        if !self.rules.strict_tables {
            self.fill_up();
        }
        Ok(())
    }

    /// Puts functions that accept and do nothing in the places that the page of the table lets a DLL leave empty.
    fn fill_up(&mut self) {
        let functions = &mut self.functions;
        functions.terminate = functions.terminate.or(Some(succeed));
        if functions.accept_link.is_some() || functions.link_hangup.is_some() {
            functions.accept_link = functions.accept_link.or(Some(accept_any_link));
            functions.link_hangup = functions.link_hangup.or(Some(ignore_link));
        }
        if functions.accept_ex.is_some() || functions.hangup_ex.is_some() {
            functions.accept_ex = functions.accept_ex.or(Some(accept_any));
            functions.hangup_ex = functions.hangup_ex.or(Some(ignore));
            functions.reauthenticate_ex = functions.reauthenticate_ex.or(Some(accept_any));
        }
    }

    pub(super) fn terminate(&self) -> Result<(), Code> {
        // SAFETY: the DLL's function, of the header's type.
        code(self.functions.terminate.map(|function| unsafe { function() }))
    }

    /// Returns the form of the connection functions that the service takes, or `None` if no form is whole.
    pub(super) fn family(&self) -> Option<AdminDllFamily> {
        let families = self.exports().families();
        let mut known = families.into_iter().filter(|family| family.is_known(self.windows));
        match self.rules.prefers {
            Preference::Newest => known.next_back(),
            Preference::Oldest => known.next(),
        }
    }

    /// Returns the name of the function that is asked about quarantine, or `None` if the DLL has none.
    pub(super) fn reauthenticator(&self) -> Option<&'static str> {
        let has_ex = self.functions.reauthenticate_ex.is_some();
        let takes_ex = self.rules.prefers == Preference::Newest || self.functions.reauthenticate.is_none();
        match has_ex && takes_ex && self.windows >= Windows::Server2008R2 {
            true => Some(exports::REAUTHENTICATION_EX),
            false => self.functions.reauthenticate.map(|_| exports::REAUTHENTICATION),
        }
    }

    /// Asks whether a client may connect, with the function of this form.
    pub(super) fn accepts(&self, family: AdminDllFamily, guest: &Guest) -> bool {
        let functions = &self.functions;
        match family {
            AdminDllFamily::Plain => Records::of(guest).ask_2(functions.accept),
            AdminDllFamily::Two => Records::of(guest).ask_3(functions.accept_2),
            AdminDllFamily::Three => Records::of(guest).ask_4(functions.accept_3),
            AdminDllFamily::Ex => ask_ex(functions.accept_ex, guest),
        }
    }

    /// Tells that a connection has ended, by the function of this form.
    pub(super) fn hung_up(&self, family: AdminDllFamily, guest: &Guest) {
        match family {
            AdminDllFamily::Plain => {
                let mut records = Records::of(guest);
                let (zero, one, ..) = records.pointers();
                // SAFETY: the DLL's function, of the header's type; the records are there until it returns.
                self.functions.hangup.map(|function| unsafe { function(zero, one) })
            }
            AdminDllFamily::Two => {
                let mut records = Records::of(guest);
                let (zero, one, two, _) = records.pointers();
                // SAFETY: as above.
                self.functions.hangup_2.map(|function| unsafe { function(zero, one, two) })
            }
            AdminDllFamily::Three => {
                let mut records = Records::of(guest);
                let (zero, one, two, three) = records.pointers();
                // SAFETY: as above.
                self.functions.hangup_3.map(|function| unsafe { function(zero, one, two, three) })
            }
            AdminDllFamily::Ex => {
                let mut record = ex(guest);
                let pointer = record.pointer();
                // SAFETY: as above.
                self.functions.hangup_ex.map(|function| unsafe { function(pointer) })
            }
        };
    }

    /// Asks whether a client whose quarantine state has changed may stay.
    pub(super) fn may_stay(&self, function: &str, guest: &Guest) -> bool {
        match function {
            exports::REAUTHENTICATION => Records::of(guest).ask_4(self.functions.reauthenticate),
            _ => ask_ex(self.functions.reauthenticate_ex, guest),
        }
    }

    /// Asks whether a link may be added.
    pub(super) fn accepts_link(&self, link: &(Handle, Port), now: Duration) -> bool {
        let Some(function) = self.functions.accept_link else { return true };
        let (mut zero, mut one) = ports(link, now);
        // SAFETY: the DLL's function, of the header's type; the records are there until it returns.
        unsafe { function(zero.pointer(), one.pointer()) != 0 }
    }

    /// Tells that a link has ended.
    pub(super) fn link_hung_up(&self, link: &(Handle, Port), now: Duration) {
        let Some(function) = self.functions.link_hangup else { return };
        let (mut zero, mut one) = ports(link, now);
        // SAFETY: as above.
        unsafe { function(zero.pointer(), one.pointer()) };
    }

    /// Returns `true` if the DLL has the IPv4 address functions.
    pub(super) fn has_ipv4(&self) -> bool {
        self.functions.get_ip.is_some() && self.functions.release_ip.is_some()
    }

    /// Returns `true` if the DLL has the IPv6 address functions.
    pub(super) fn has_ipv6(&self) -> bool {
        self.functions.get_ipv6.is_some() && self.functions.release_ipv6.is_some()
    }

    /// Asks for the IPv4 address of a user, with the address that is offered or none.
    ///
    /// # Errors
    /// The DLL's own error code.
    pub(super) fn choose_ipv4(
        &self,
        guest: &Guest,
        offered: Option<Ipv4Addr>,
    ) -> Result<Chosen<Option<Ipv4Addr>>, Code> {
        let mut user = wide::terminated(&guest.connection.user);
        let mut port = wide::terminated(&guest.port_name());
        let mut address = Lent::new(offered.map_or(0, |offered| self.number(offered)));
        let mut wants_release = Lent::new(0);
        let (address, release) = (address.pointer(), wants_release.pointer());
        let (user, port) = (user.as_mut_ptr(), port.as_mut_ptr());
        // SAFETY: the DLL's function, of the header's type; the texts and numbers are there until it returns.
        code(self.functions.get_ip.map(|function| unsafe { function(user, port, address, release) }))?;
        // SAFETY: the number is still there.
        let number = unsafe { address.read() };
        // SAFETY: as above.
        let wants_release = unsafe { release.read() } != 0;
        let address = (number != 0).then(|| self.address(number));
        Ok(Chosen { address, wants_release })
    }

    /// Tells that a user's IPv4 address is about to be released.
    pub(super) fn release_ipv4(&self, guest: &Guest, address: Ipv4Addr) {
        let Some(function) = self.functions.release_ip else { return };
        let mut user = wide::terminated(&guest.connection.user);
        let mut port = wide::terminated(&guest.port_name());
        let mut number = Lent::new(self.number(address));
        // SAFETY: the DLL's function, of the header's type; the texts and the number are there until it returns.
        unsafe { function(user.as_mut_ptr(), port.as_mut_ptr(), number.pointer()) };
    }

    /// Asks for the interface identifier of a user's IPv6 address, with the one that is offered or none: the last 64 bits.
    ///
    /// # Errors
    /// The DLL's own error code.
    pub(super) fn choose_ipv6(&self, guest: &Guest, offered: u64) -> Result<Chosen<u64>, Code> {
        let mut user = wide::terminated(&guest.connection.user);
        let mut port = wide::terminated(&guest.port_name());
        let mut address = Lent::new(identifier(offered));
        let mut wants_release = Lent::new(0);
        let (address, release) = (address.pointer(), wants_release.pointer());
        let (user, port) = (user.as_mut_ptr(), port.as_mut_ptr());
        // SAFETY: the DLL's function, of the header's type; the texts and numbers are there until it returns.
        code(self.functions.get_ipv6.map(|function| unsafe { function(user, port, address, release) }))?;
        // SAFETY: the address is still there, sixteen bytes in each of its forms.
        let bytes = unsafe { address.cast::<[u8; 16]>().read() };
        // SAFETY: as above.
        let wants_release = unsafe { release.read() } != 0;
        Ok(Chosen { address: u128::from_be_bytes(bytes) as u64, wants_release })
    }

    /// Tells that a user's IPv6 interface identifier is about to be released.
    pub(super) fn release_ipv6(&self, guest: &Guest, address: Ipv6Addr) {
        let Some(function) = self.functions.release_ipv6 else { return };
        let mut user = wide::terminated(&guest.connection.user);
        let mut port = wide::terminated(&guest.port_name());
        let mut address = Lent::new(identifier(address.to_bits() as u64));
        // SAFETY: the DLL's function, of the header's type; the texts and the address are there until it returns. A function
        // of this name that answers a number has the same parameters.
        unsafe { function(user.as_mut_ptr(), port.as_mut_ptr(), address.pointer()) };
    }

    /// Returns an address as the number that the rules say.
    fn number(&self, address: Ipv4Addr) -> u32 {
        match self.rules.byte_order {
            ByteOrder::Network => u32::from_ne_bytes(address.octets()),
            ByteOrder::Host => address.to_bits(),
        }
    }

    /// Returns the address that a number says by the rules.
    fn address(&self, number: u32) -> Ipv4Addr {
        match self.rules.byte_order {
            ByteOrder::Network => Ipv4Addr::from(number.to_ne_bytes()),
            ByteOrder::Host => Ipv4Addr::from_bits(number),
        }
    }
}

/// Turns an answer into a result. A function that is not there has done nothing wrong.
fn code(answer: Option<sys::DWORD>) -> Result<(), Code> {
    match answer {
        None | Some(0) => Ok(()),
        Some(code) => Err(code),
    }
}

/// Returns an interface identifier as C has it: in the last eight bytes of an address.
fn identifier(bits: u64) -> sys::IN6_ADDR {
    let mut address = sys::IN6_ADDR::default();
    address.u.Byte = u128::from(bits).to_be_bytes();
    address
}

/// The records of levels 0 to 3.
struct Records {
    zero: Lent<sys::RAS_CONNECTION_0>,
    one: Lent<sys::RAS_CONNECTION_1>,
    two: Lent<sys::RAS_CONNECTION_2>,
    three: Lent<sys::RAS_CONNECTION_3>,
}

/// The pointers to the records of levels 0 to 3.
type Pointers = (
    *mut sys::RAS_CONNECTION_0,
    *mut sys::RAS_CONNECTION_1,
    *mut sys::RAS_CONNECTION_2,
    *mut sys::RAS_CONNECTION_3,
);

/// A function that is asked about a connection of levels 0 and 1.
type Ask2 = sys::MprAdminAcceptNewConnection;
/// A function that is asked about a connection of levels 0 to 2.
type Ask3 = sys::MprAdminAcceptNewConnection2;
/// A function that is asked about a connection of levels 0 to 3.
type Ask4 = sys::MprAdminAcceptNewConnection3;

impl Records {
    fn of(guest: &Guest) -> Records {
        let interface = guest.interface();
        let view = view(guest, &interface);
        Records {
            zero: Lent::new(filled(|record| view.level_0(record))),
            one: Lent::new(filled(|record| view.level_1(record))),
            two: Lent::new(filled(|record| view.level_2(record))),
            three: Lent::new(filled(|record| view.level_3(record))),
        }
    }

    /// Returns the pointers that a DLL gets, which are good as long as the records are there.
    fn pointers(&mut self) -> Pointers {
        (self.zero.pointer(), self.one.pointer(), self.two.pointer(), self.three.pointer())
    }

    fn ask_2(mut self, function: Ask2) -> bool {
        let (zero, one, ..) = self.pointers();
        // SAFETY: the DLL's function, of the header's type; the records are there until it returns.
        function.is_none_or(|function| unsafe { function(zero, one) } != 0)
    }

    fn ask_3(mut self, function: Ask3) -> bool {
        let (zero, one, two, _) = self.pointers();
        // SAFETY: as above.
        function.is_none_or(|function| unsafe { function(zero, one, two) } != 0)
    }

    fn ask_4(mut self, function: Ask4) -> bool {
        let (zero, one, two, three) = self.pointers();
        // SAFETY: as above.
        function.is_none_or(|function| unsafe { function(zero, one, two, three) } != 0)
    }
}

fn ask_ex(function: sys::MprAdminAcceptNewConnectionEx, guest: &Guest) -> bool {
    let mut record = ex(guest);
    let pointer = record.pointer();
    // SAFETY: the DLL's function, of the header's type; the record is there until it returns.
    function.is_none_or(|function| unsafe { function(pointer) } != 0)
}

fn view<'a>(guest: &'a Guest, interface: &'a Interface) -> View<'a> {
    View {
        handle: guest.handle,
        connection: &guest.connection,
        interface: Some(interface),
        now: guest.now,
        server: guest.server,
    }
}

fn ex(guest: &Guest) -> Lent<sys::RAS_CONNECTION_EX> {
    let interface = guest.interface();
    let view = view(guest, &interface);
    Lent::new(filled(|record| view.ex(record)))
}

fn ports((handle, port): &(Handle, Port), now: Duration) -> (Lent<sys::RAS_PORT_0>, Lent<sys::RAS_PORT_1>) {
    (Lent::new(level_0(port, *handle, now)), Lent::new(level_1(port, *handle, now)))
}

unsafe extern "system" fn accept_any(_: *mut sys::RAS_CONNECTION_EX) -> sys::BOOL {
    1
}

unsafe extern "system" fn ignore(_: *mut sys::RAS_CONNECTION_EX) {}

unsafe extern "system" fn accept_any_link(_: *mut sys::RAS_PORT_0, _: *mut sys::RAS_PORT_1) -> sys::BOOL {
    1
}

unsafe extern "system" fn ignore_link(_: *mut sys::RAS_PORT_0, _: *mut sys::RAS_PORT_1) {}

unsafe extern "system" fn succeed() -> sys::DWORD {
    0
}
