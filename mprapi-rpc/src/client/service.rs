//! The service of a server.

use mprapi_sys as sys;

use super::call::guard;
use super::out::text;
use super::wire::Network;

/// A `false` may also mean that the server could not be asked.
pub(super) unsafe extern "system" fn MprAdminIsServiceRunning<N: Network>(
    lpwsServerName: sys::LPWSTR,
) -> sys::WINBOOL {
    let mut is_running = false;
    guard(|| {
        // SAFETY: the caller's promise, as the function's page asks.
        let name = unsafe { text(lpwsServerName) }?;
        is_running = N::is_service_running(name.as_deref());
        Ok(())
    });
    is_running.into()
}
