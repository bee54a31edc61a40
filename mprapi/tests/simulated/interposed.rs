//! The simulator's functions with something that happens before each call: what other users do meanwhile.

use std::cell::RefCell;
use std::sync::LazyLock;

use mprapi::Mpr;
use mprapi::sys::{
    DWORD, Functions, HANDLE, LPBYTE, LPDWORD, LPVOID, LPWSTR, MPR_SERVER_HANDLE, Mprapi,
    PMPRAPI_OBJECT_HEADER, PRAS_CONNECTION_EX, RAS_SERVER_HANDLE,
};

use crate::common::table;

static SIMULATOR: LazyLock<Mprapi> = LazyLock::new(table);

type Before = Box<dyn FnMut(&str)>;

thread_local! {
    static BEFORE: RefCell<Option<Before>> = const { RefCell::new(None) };
}

/// Runs `act`. On this thread `happens` runs before each call into the library, with the function's name.
pub(crate) fn before<T>(happens: impl FnMut(&str) + 'static, act: impl FnOnce() -> T) -> T {
    BEFORE.set(Some(Box::new(happens)));
    let result = act();
    BEFORE.set(None);
    result
}

fn happen(function: &str) {
    // Taken out, so that what happens may call the simulator itself.
    if let Some(mut happens) = BEFORE.take() {
        happens(function);
        BEFORE.set(Some(happens));
    }
}

/// Functions that do what the simulator's do, after what happens before.
macro_rules! interposed {
    ($($name:ident($($argument:ident: $type:ty),*) -> $result:ty;)+) => {
        $(
            #[expect(non_snake_case, reason = "the names are the header's")]
            unsafe extern "system" fn $name($($argument: $type),*) -> $result {
                happen(stringify!($name));
                // SAFETY: passed on to the caller.
                unsafe { SIMULATOR.$name($($argument),*) }.expect("the simulator has it")
            }
        )+

        /// The API on these functions.
        pub(crate) fn mpr() -> Mpr {
            mprapi_sim::fail_at_exit_if_outstanding();
            // SAFETY: the simulator keeps the contract of `mprapi.h`.
            unsafe { Mpr::from_table(Mprapi::from_functions(Functions { $($name: Some($name),)+ ..Functions::NONE })) }
        }
    };
}

interposed! {
    MprAdminServerConnect(name: LPWSTR, handle: *mut MPR_SERVER_HANDLE) -> DWORD;
    MprAdminServerDisconnect(server: MPR_SERVER_HANDLE) -> ();
    MprAdminServerGetInfo(server: MPR_SERVER_HANDLE, level: DWORD, buffer: *mut LPBYTE) -> DWORD;
    MprAdminBufferFree(buffer: LPVOID) -> DWORD;
    MprAdminConnectionEnum(
        server: RAS_SERVER_HANDLE, level: DWORD, buffer: *mut LPBYTE, longest: DWORD, read: LPDWORD, total: LPDWORD,
        resume: LPDWORD
    ) -> DWORD;
    MprAdminConnectionEnumEx(
        server: RAS_SERVER_HANDLE, header: PMPRAPI_OBJECT_HEADER, longest: DWORD, read: LPDWORD, total: LPDWORD,
        buffer: *mut PRAS_CONNECTION_EX, resume: LPDWORD
    ) -> DWORD;
    MprAdminConnectionGetInfo(server: RAS_SERVER_HANDLE, level: DWORD, connection: HANDLE, buffer: *mut LPBYTE) -> DWORD;
    MprAdminPortEnum(
        server: RAS_SERVER_HANDLE, level: DWORD, connection: HANDLE, buffer: *mut LPBYTE, longest: DWORD, read: LPDWORD,
        total: LPDWORD, resume: LPDWORD
    ) -> DWORD;
    MprAdminPortDisconnect(server: RAS_SERVER_HANDLE, port: HANDLE) -> DWORD;
    MprAdminSendUserMessage(server: MPR_SERVER_HANDLE, connection: HANDLE, text: LPWSTR) -> DWORD;
}
