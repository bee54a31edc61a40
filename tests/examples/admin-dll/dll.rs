//! A DLL that does what the names of users ask for. The two forms of the API export it.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use mprapi_admin_dll::mprapi::{self, Account, ErrorKind, Mpr, WideStr};
use mprapi_admin_dll::{
    AddressRequest, AdminDll, Assignment, Code, Connection, Context, EndpointChanges, Ipv4Addresses,
    Ipv6Addresses, Link, PreAuthenticated, PreAuthentication, ReleasedAddress, Sessions, Verdict,
};

/// One session for each user. A user or a port of the name `panic` panics. `calls-api` calls the API in the callout and is
/// accepted if that is the right error, `later` has it called on the DLL's thread, and `was-called` is accepted after that.
pub(crate) struct Dll {
    context: Context,
    called: Arc<AtomicBool>,
    sessions: Sessions<Account>,
}

/// Loads the library that the variable `ADMIN_DLL_API` names, or the system's.
pub(crate) fn api() -> mprapi::Result<Mpr> {
    match std::env::var_os("ADMIN_DLL_API") {
        // SAFETY: the tests name the simulator's library, which keeps the contract of `mprapi.h`.
        Some(path) => unsafe { Mpr::load_from(path) },
        None => Mpr::load(),
    }
}

fn obey(name: &WideStr) {
    assert!(name != "panic", "the name asks for it");
}

impl AdminDll for Dll {
    /// The variable `ADMIN_DLL_START` may ask for an error or a panic.
    fn start(context: &Context) -> Result<Dll, Code> {
        match std::env::var("ADMIN_DLL_START").as_deref() {
            Ok("fail") => Err(Code::INVALID_DATA),
            Ok("panic") => panic!("the variable asks for it"),
            _ => Ok(Dll { context: context.clone(), called: Arc::default(), sessions: Sessions::new() }),
        }
    }

    fn accept(&self, connection: &Connection<'_>) -> Verdict {
        obey(connection.user_name());
        if connection.user_name() == "calls-api" {
            let error = api().and_then(|mpr| mpr.connect(None)).map(drop).unwrap_err();
            return (error.kind() == ErrorKind::InCallout).into();
        }
        if connection.user_name() == "later" {
            let called = Arc::clone(&self.called);
            let work = move |mpr: mprapi::Result<Mpr>| {
                // The service goes on meanwhile, and may unload the DLL.
                thread::sleep(Duration::from_millis(100));
                let refused = mpr.and_then(|mpr| mpr.connect(None)).map(drop).err();
                let is_callable = refused.is_none_or(|error| error.kind() != ErrorKind::InCallout);
                called.store(is_callable, Ordering::Relaxed);
            };
            return self.context.later(work).is_ok().into();
        }
        if connection.user_name() == "was-called" {
            return self.called.load(Ordering::Relaxed).into();
        }
        let account = connection.account();
        self.sessions
            .begin_if(connection.guid(), account.clone(), |others| !others.contains(&&account))
            .into()
    }

    fn accept_again(&self, connection: &Connection<'_>) -> Verdict {
        obey(connection.user_name());
        self.sessions.update(connection.guid(), |_| ()).is_some().into()
    }

    fn ended(&self, connection: &Connection<'_>) {
        obey(connection.user_name());
        self.sessions.end(connection.guid());
    }

    fn accept_link(&self, link: &Link<'_>) -> Verdict {
        obey(link.port_name());
        (link.tunnel() == "SSTP").into()
    }

    fn link_ended(&self, link: &Link<'_>) {
        obey(link.port_name());
    }

    fn stop(&self) {
        assert!(std::env::var_os("ADMIN_DLL_STOP").is_none(), "the variable asks for it");
    }
}

impl EndpointChanges for Dll {
    fn accept_endpoint_change(&self, connection: &Connection<'_>) -> Verdict {
        obey(connection.user_name());
        self.sessions.update(connection.guid(), |_| ()).is_some().into()
    }
}

impl PreAuthentication for Dll {
    fn validate(&self, client: &PreAuthenticated<'_>) -> Result<(), Code> {
        obey(client.user_name());
        if client.data() == b"secret" { Ok(()) } else { Err(Code::new(5)) }
    }
}

/// Gives everyone one address, and `keeper` what the service offers.
pub(crate) struct Pool;

impl Ipv4Addresses for Pool {
    fn start(_: &Context) -> Result<Pool, Code> {
        Ok(Pool)
    }

    fn assign(&self, request: &AddressRequest<'_, Ipv4Addr>) -> Result<Assignment<Ipv4Addr>, Code> {
        obey(request.user());
        if request.user() == "keeper" {
            return Ok(Assignment::keep());
        }
        Ok(Assignment::of(Ipv4Addr::new(10, 8, 0, 7)).tell_release())
    }

    fn release(&self, released: &ReleasedAddress<'_, Ipv4Addr>) {
        obey(released.user());
    }
}

impl Ipv6Addresses for Pool {
    fn start(_: &Context) -> Result<Pool, Code> {
        Ok(Pool)
    }

    fn assign(&self, request: &AddressRequest<'_, u64>) -> Result<Assignment<u64>, Code> {
        obey(request.user());
        Ok(request.offered().map_or(Assignment::of(7).tell_release(), |_| Assignment::keep()))
    }

    fn release(&self, released: &ReleasedAddress<'_, u64>) {
        obey(released.user());
    }
}
