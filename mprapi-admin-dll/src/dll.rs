//! The traits of a DLL that decides about connections.

use crate::code::Code;
use crate::connection::Connection;
use crate::context::Context;
use crate::link::Link;
use crate::pre_authenticated::PreAuthenticated;
use crate::verdict::Verdict;

/// An administration DLL: its state, and the answers to the service's questions.
///
/// The service calls the functions for connections and links one at a time, as far as the pages tell; the state must be ready
/// for calls at the same time all the same. Each call keeps the service waiting, so none should block.
///
/// Within a call, no function of the `MprAdmin` family may be called, since the service would wait forever. Each method of
/// [`mprapi`] is an error there ([`ErrorKind::InCallout`](mprapi::ErrorKind::InCallout)). [`Context::later`] runs work that needs
/// one on another thread.
///
/// A panic ends at the function that the service called. Connections and links get the verdict that
/// [`export_admin_dll!`](crate::export_admin_dll) names.
pub trait AdminDll: Send + Sync + Sized + 'static {
    /// Makes the state when the service starts: with several DLLs, in the registry's order. The C functions are
    /// `MprAdminInitializeDll` and `MprAdminInitializeDllEx`.
    ///
    /// A service that stops and starts again in the same process makes a new state, after [`stop`](AdminDll::stop).
    ///
    /// # Errors
    /// Any code if the DLL cannot do its work. By default the service gets it and does not start, so nobody can connect;
    /// [`export_admin_dll!`](crate::export_admin_dll) can accept everyone instead.
    fn start(context: &Context) -> Result<Self, Code>;

    /// Decides whether an authenticated connection may go on. The C functions are `MprAdminAcceptNewConnectionEx` and
    /// `MprAdminAcceptNewConnection3`.
    fn accept(&self, connection: &Connection<'_>) -> Verdict {
        let _ = connection;
        Verdict::Accept
    }

    /// Decides whether a connection may go on whose quarantine state has changed. The C functions are
    /// `MprAdminAcceptReauthenticationEx` and `MprAdminAcceptReauthentication`.
    ///
    /// Servers since Windows Server 2016 have no quarantine, but the function must be exported.
    fn accept_again(&self, connection: &Connection<'_>) -> Verdict {
        let _ = connection;
        Verdict::Accept
    }

    /// Notes the end of a connection, after that of its last link. The C functions are
    /// `MprAdminConnectionHangupNotificationEx` and `MprAdminConnectionHangupNotification3`.
    ///
    /// It may be told about a connection that was refused, by this DLL or by another.
    fn ended(&self, connection: &Connection<'_>) {
        let _ = connection;
    }

    /// Decides about a link: the first one of a connection that was accepted, or a further one. The C function is
    /// `MprAdminAcceptNewLink`.
    fn accept_link(&self, link: &Link<'_>) -> Verdict {
        let _ = link;
        Verdict::Accept
    }

    /// Notes the end of a link. The C function is `MprAdminLinkHangupNotification`.
    fn link_ended(&self, link: &Link<'_>) {
        let _ = link;
    }

    /// Ends the state: the service stops. The C function is `MprAdminTerminateDll`.
    ///
    /// Calls that are under way use the state until they return; it is dropped after the last of them.
    fn stop(&self) {}
}

/// A DLL that is asked when the ends of a tunnel move to other addresses (MOBIKE), if
/// [`export_admin_dll!`](crate::export_admin_dll) says `endpoint_change = asked`.
///
/// The field `lpfnRasAdminAcceptEndpointChangeEx` has no page: that a refusal ends the connection is inferred from its name.
pub trait EndpointChanges: AdminDll {
    /// Decides whether a connection may go on at its new addresses.
    fn accept_endpoint_change(&self, connection: &Connection<'_>) -> Verdict;
}

/// A DLL that is asked about clients that were authenticated beforehand, if
/// [`export_admin_dll!`](crate::export_admin_dll) says `pre_authentication = asked`.
///
/// The field `lpfnRASValidatePreAuthenticatedConnectionEx` has no page. By its name and its argument, success lets a client skip
/// PPP authentication: a DLL that does not check the data lets anyone in.
pub trait PreAuthentication: AdminDll {
    /// Checks a client that asks to skip PPP authentication over SSTP.
    ///
    /// # Errors
    /// Any code if the client must not skip it.
    fn validate(&self, client: &PreAuthenticated<'_>) -> Result<(), Code>;
}
