//! The API as a C program sees it, in a short form for tests.

use std::ptr::{NonNull, null_mut};

use mprapi_sim::{Router, Scenario, Server, Session, Simulation, Tunnel};
use mprapi_sys as sys;

/// Locks the local machine, which all tests share.
pub(crate) fn local() -> std::sync::MutexGuard<'static, ()> {
    static LOCAL: std::sync::Mutex<()> = std::sync::Mutex::new(());
    LOCAL.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// All bytes.
pub(crate) const EVERYTHING: u32 = u32::MAX;

/// Calls a function of the simulator's table.
#[macro_export]
macro_rules! call {
    ($name:ident($($argument:expr),* $(,)?)) => {{
        let function = mprapi_sim::functions().$name.expect("the table is full");
        // SAFETY: the test passes what the function's page asks for, or what it says is an error.
        unsafe { function($($argument),*) }
    }};
}

/// A simulation of one server with an open handle to it. At its end nothing may be outstanding.
pub(crate) struct Open {
    pub(crate) simulation: Simulation,
    pub(crate) server: sys::HANDLE,
}

impl Open {
    pub(crate) fn new(server: Server) -> Open {
        mprapi_sim::fail_at_exit_if_outstanding();
        let simulation = server.start();
        let server = connect(simulation.routers()[0].name()).expect("a fresh server answers");
        Open { simulation, server }
    }

    /// The built-in company under a name of its own.
    pub(crate) fn company() -> Open {
        Open::new(company())
    }

    pub(crate) fn router(&self) -> &Router {
        &self.simulation.routers()[0]
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        call!(MprAdminServerDisconnect(self.server));
        if !std::thread::panicking() {
            let outstanding = self.router().outstanding();
            assert!(outstanding.is_nothing(), "not given back: {outstanding:?}");
        }
    }
}

pub(crate) fn company() -> Server {
    Scenario::company().into_servers().remove(0).renamed(Server::unique().name())
}

/// A server with `count` IKEv2 users on as many ports.
pub(crate) fn crowd(count: u32) -> Server {
    (0..count).fold(Server::unique().ports(Tunnel::Ikev2, count), |server, number| {
        server.session(Session::new(format!("user{number}"), Tunnel::Ikev2))
    })
}

pub(crate) fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

pub(crate) fn narrow(units: &[u16]) -> String {
    let end = units.iter().position(|&unit| unit == 0).expect("terminated");
    String::from_utf16(&units[..end]).expect("UTF-16")
}

pub(crate) fn connect(name: &str) -> Result<sys::HANDLE, u32> {
    let mut handle = null_mut();
    match call!(MprAdminServerConnect(wide(name).as_mut_ptr(), &raw mut handle)) {
        0 => Ok(handle),
        code => Err(code),
    }
}

/// A page of records, freed when dropped.
pub(crate) struct Records<T> {
    buffer: *mut u8,
    pub(crate) read: u32,
    pub(crate) total: u32,
    pub(crate) code: u32,
    kind: std::marker::PhantomData<T>,
}

impl<T: Copy> Records<T> {
    /// Passes the out parameters of an enumeration to `call` and keeps what comes back.
    pub(crate) fn of(call: impl FnOnce(*mut sys::LPBYTE, *mut u32, *mut u32) -> u32) -> Records<T> {
        let (mut buffer, mut read, mut total) = (null_mut(), 0, 0);
        let code = call(&raw mut buffer, &raw mut read, &raw mut total);
        Records { buffer, read, total, code, kind: std::marker::PhantomData }
    }

    pub(crate) fn list(&self) -> Vec<T> {
        let Some(first) = NonNull::new(self.buffer.cast::<T>()) else { return Vec::new() };
        // SAFETY: the call said that so many records are there.
        unsafe { std::slice::from_raw_parts(first.as_ptr(), self.read as usize) }.to_vec()
    }
}

impl<T> Drop for Records<T> {
    fn drop(&mut self) {
        if !self.buffer.is_null() {
            assert_eq!(call!(MprAdminBufferFree(self.buffer.cast())), 0);
        }
    }
}

/// One record of a `GetInfo`, read and freed.
pub(crate) fn record<T: Copy>(call: impl FnOnce(*mut sys::LPBYTE) -> u32) -> Result<T, u32> {
    let mut buffer = null_mut();
    match call(&raw mut buffer) {
        0 => {
            // SAFETY: the call succeeded, so a record is there.
            let record = unsafe { buffer.cast::<T>().read() };
            assert_eq!(call!(MprAdminBufferFree(buffer.cast())), 0);
            Ok(record)
        }
        code => {
            assert!(buffer.is_null(), "an error hands nothing out");
            Err(code)
        }
    }
}

/// Asks for all connections of a server at a level.
pub(crate) fn enumerate<T: Copy>(server: sys::HANDLE, level: u32) -> Records<T> {
    Records::of(|buffer, read, total| {
        call!(MprAdminConnectionEnum(server, level, buffer, EVERYTHING, read, total, null_mut()))
    })
}

/// All connections of a server at level 0.
pub(crate) fn connections(server: sys::HANDLE) -> Vec<sys::RAS_CONNECTION_0> {
    let records = enumerate(server, 0);
    assert_eq!(records.code, 0);
    records.list()
}

/// All ports of a server at level 0.
pub(crate) fn ports(server: sys::HANDLE) -> Vec<sys::RAS_PORT_0> {
    ports_of(server, sys::INVALID_HANDLE_VALUE).expect("all ports")
}

pub(crate) fn ports_of(server: sys::HANDLE, connection: sys::HANDLE) -> Result<Vec<sys::RAS_PORT_0>, u32> {
    let records = Records::of(|buffer, read, total| {
        call!(MprAdminPortEnum(server, 0, connection, buffer, EVERYTHING, read, total, null_mut()))
    });
    if records.code == 0 { Ok(records.list()) } else { Err(records.code) }
}
