//! The macro that exports a DLL.

#[cfg(doc)]
use crate::{Context, Ipv4Addresses, Ipv6Addresses};

/// Exports a type as an administration DLL: the functions that the Routing and Remote Access service looks for.
///
/// Call it once, in a crate of the type `cdylib`. The first argument is the type that implements
/// [`AdminDll`](crate::AdminDll). Behind a semicolon may stand, in this order and each at most once:
///
/// | option | meaning |
/// |---|---|
/// | `ipv4 = TYPE` | exports the functions for IPv4 addresses; the type implements [`Ipv4Addresses`] |
/// | `ipv6 = TYPE` | exports the functions for IPv6 interface identifiers; the type implements [`Ipv6Addresses`] |
/// | `on_panic = reject` or `accept` | the verdict if a function panics, gets a record that it cannot read, or is called while the DLL does not run; by default `reject` |
/// | `on_failed_start = stop_service` or `accept_all` | the answer if `start` fails or panics ([`FailedStart`](crate::FailedStart)); by default `stop_service` |
/// | `form = ex` or `family3` | the form of the API, see below; by default `ex` |
/// | `endpoint_change = asked` | the DLL is asked about tunnels that move ([`EndpointChanges`](crate::EndpointChanges)); not in family 3 |
/// | `pre_authentication = asked` | the DLL is asked about clients that skip authentication ([`PreAuthentication`](crate::PreAuthentication)); not in family 3 |
/// | `api = FUNCTION` | how [`Context::later`] gets the API; by default [`Mpr::load`](mprapi::Mpr::load) |
///
/// Exporting a function has a meaning to the service (it asks only the first DLL that has the functions for addresses), so an
/// option says so, and never a default method of a trait.
///
/// - `ex` exports `MprAdminInitializeDllEx`, which fills the service's table (revision 2), and each function of the table by its
///   name too. The record tells about IKEv2. Windows Server 2008 R2 and later.
/// - `family3` exports `MprAdminInitializeDll` and the functions whose names end in `3`, for a server that does not take the
///   other form.
///
/// A panic must unwind to be caught. With `panic = "abort"` in the profile, the macro is an error.
#[macro_export]
macro_rules! export_admin_dll {
    ($dll:ty $(; $($options:tt)*)?) => {
        $crate::__export_admin_dll! { $dll; $($($options)*)?, }
    };
}

/// Does the work of [`export_admin_dll!`]. Each option ends with a comma here. So
///
/// ```text
/// __export_admin_dll! { OneSession; ipv4 = Pool, on_panic = accept, }
/// ```
///
/// becomes
///
/// ```text
/// const _: () = {
///     struct Exported;
///     impl Exports for Exported {
///         type Dll = OneSession;
///         type Ipv4 = Pool;
///         type Ipv6 = NotExported;
///         const HAS_IPV4: bool = true;
///         const HAS_IPV6: bool = false;
///         const ON_PANIC: Verdict = Verdict::Accept;
///         const ON_FAILED_START: FailedStart = FailedStart::StopService;
///         const ENDPOINT_CHANGE: PMPRADMINACCEPTTUNNELENDPOINTCHANGEEX = None;
///         const PRE_AUTHENTICATION: PMPRADMINRASVALIDATEPREAUTHENTICATEDCONNECTIONEX = None;
///         const API: fn() -> mprapi::Result<Mpr> = Mpr::load;
///         fn state() -> &'static State<OneSession, Pool, NotExported> {
///             static STATE: State<OneSession, Pool, NotExported> = State::new();
///             &STATE
///         }
///     }
///     #[unsafe(no_mangle)]
///     pub unsafe extern "system" fn MprAdminInitializeDllEx(table: *mut MPRAPI_ADMIN_DLL_CALLBACKS) -> DWORD {
///         unsafe { export::initialize_ex::<Exported>(table) }
///     }
///     // … and so on: one function for each name.
/// };
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __export_admin_dll {
    (
        $dll:ty; $(ipv4 = $ipv4:ty,)? $(ipv6 = $ipv6:ty,)? $(on_panic = $on_panic:ident,)?
        $(on_failed_start = $failed:ident,)? $(form = $form:ident,)? $(endpoint_change = $endpoint:ident,)?
        $(pre_authentication = $pre:ident,)? $(api = $api:path,)? $(,)?
    ) => {
        #[cfg(panic = "abort")]
        ::core::compile_error!("a panic must unwind to be caught: take `panic = \"abort\"` out of the profile");
        const _: () = {
            use $crate::export::{self, Exports, Given as _, sys};
            struct Exported;
            impl Exports for Exported {
                type Dll = $dll;
                type Ipv4 = <($($ipv4,)?) as export::Given>::Type;
                type Ipv6 = <($($ipv6,)?) as export::Given>::Type;
                const HAS_IPV4: bool = <($($ipv4,)?)>::IS_GIVEN;
                const HAS_IPV6: bool = <($($ipv6,)?)>::IS_GIVEN;
                const ON_PANIC: $crate::Verdict =
                    [$(export::on_panic::$on_panic,)? export::on_panic::reject][0];
                const ON_FAILED_START: $crate::FailedStart =
                    [$(export::on_failed_start::$failed,)? export::on_failed_start::stop_service][0];
                const ENDPOINT_CHANGE: sys::PMPRADMINACCEPTTUNNELENDPOINTCHANGEEX =
                    $crate::__asked!($($endpoint export::accept_endpoint_change::<Exported>)?);
                const PRE_AUTHENTICATION: sys::PMPRADMINRASVALIDATEPREAUTHENTICATEDCONNECTIONEX =
                    $crate::__asked!($($pre export::validate_pre_authenticated::<Exported>)?);
                const API: export::Api = [$($api as export::Api,)? $crate::mprapi::Mpr::load][0];

                fn state() -> &'static export::StateOf<Self> {
                    static STATE: export::StateOf<Exported> = export::State::new();
                    &STATE
                }
            }
            $crate::__export_form!($($form)?);
            $($crate::__export_ipv4!($ipv4);)?
            $($crate::__export_ipv6!($ipv6);)?
        };
    };
}

/// Makes the value of a function that may be left out of the service's table.
#[doc(hidden)]
#[macro_export]
macro_rules! __asked {
    () => {
        ::core::option::Option::None
    };
    (asked $function:expr) => {
        ::core::option::Option::Some($function)
    };
}

/// Exports the functions of one form of the API.
#[doc(hidden)]
#[macro_export]
macro_rules! __export_form {
    () => {
        $crate::__export_form!(ex);
    };
    (ex) => {
        $crate::__export_functions! {
            MprAdminInitializeDllEx = initialize_ex(table: *mut sys::MPRAPI_ADMIN_DLL_CALLBACKS) -> sys::DWORD;
            MprAdminAcceptNewConnectionEx = accept_new_connection_ex(c: *mut sys::RAS_CONNECTION_EX) -> sys::BOOL;
            MprAdminAcceptReauthenticationEx = accept_reauthentication_ex(c: *mut sys::RAS_CONNECTION_EX) -> sys::BOOL;
            MprAdminConnectionHangupNotificationEx = connection_hangup_ex(c: *mut sys::RAS_CONNECTION_EX);
        }
        $crate::__export_links!();
    };
    (family3) => {
        $crate::__export_family3!();
        $crate::__export_links!();
    };
}

/// Exports the functions whose names end in `3`, and those that go with them.
#[doc(hidden)]
#[macro_export]
macro_rules! __export_family3 {
    () => {
        $crate::__export_functions! {
            MprAdminInitializeDll = initialize() -> sys::DWORD;
            MprAdminAcceptNewConnection3 = accept_new_connection_3(
                a: *mut sys::RAS_CONNECTION_0, b: *mut sys::RAS_CONNECTION_1,
                c: *mut sys::RAS_CONNECTION_2, d: *mut sys::RAS_CONNECTION_3
            ) -> sys::BOOL;
            MprAdminAcceptReauthentication = accept_reauthentication(
                a: *mut sys::RAS_CONNECTION_0, b: *mut sys::RAS_CONNECTION_1,
                c: *mut sys::RAS_CONNECTION_2, d: *mut sys::RAS_CONNECTION_3
            ) -> sys::BOOL;
            MprAdminConnectionHangupNotification3 = connection_hangup_3(
                a: *mut sys::RAS_CONNECTION_0, b: *mut sys::RAS_CONNECTION_1,
                c: *mut sys::RAS_CONNECTION_2, d: *mut sys::RAS_CONNECTION_3
            );
        }
    };
}

/// Exports the functions that both forms have.
#[doc(hidden)]
#[macro_export]
macro_rules! __export_links {
    () => {
        $crate::__export_functions! {
            MprAdminAcceptNewLink = accept_new_link(a: *mut sys::RAS_PORT_0, b: *mut sys::RAS_PORT_1) -> sys::BOOL;
            MprAdminLinkHangupNotification = link_hangup(a: *mut sys::RAS_PORT_0, b: *mut sys::RAS_PORT_1);
            MprAdminTerminateDll = terminate() -> sys::DWORD;
        }
    };
}

/// Exports the functions for IPv4 addresses.
#[doc(hidden)]
#[macro_export]
macro_rules! __export_ipv4 {
    ($type:ty) => {
        $crate::__export_functions! {
            MprAdminGetIpAddressForUser = get_ip_address(
                user: *mut sys::WCHAR, port: *mut sys::WCHAR, address: *mut sys::DWORD, notify: *mut sys::BOOL
            ) -> sys::DWORD;
            MprAdminReleaseIpAddress = release_ip_address(
                user: *mut sys::WCHAR, port: *mut sys::WCHAR, address: *mut sys::DWORD
            );
        }
    };
}

/// Exports the functions for IPv6 interface identifiers.
#[doc(hidden)]
#[macro_export]
macro_rules! __export_ipv6 {
    ($type:ty) => {
        $crate::__export_functions! {
            MprAdminGetIpv6AddressForUser = get_ipv6_address(
                user: *mut sys::WCHAR, port: *mut sys::WCHAR, address: *mut sys::IN6_ADDR, notify: *mut sys::BOOL
            ) -> sys::DWORD;
            MprAdminReleaseIpv6AddressForUser = release_ipv6_address(
                user: *mut sys::WCHAR, port: *mut sys::WCHAR, address: *mut sys::IN6_ADDR
            );
        }
    };
}

/// Exports functions of [`callouts`](crate::callouts), for the type `Exported` beside them, by the names that the service looks
/// for.
#[doc(hidden)]
#[macro_export]
macro_rules! __export_functions {
    ($($name:ident = $function:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?;)+) => {
        $(
            #[unsafe(no_mangle)]
            pub unsafe extern "system" fn $name($($argument: $type),*) $(-> $result)? {
                // SAFETY: the service keeps the header's contract.
                unsafe { export::$function::<Exported>($($argument),*) }
            }
        )+
    };
}
