//! What every call goes through before its own work begins: the panic barrier, the count, the router's mood.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::NonNull;
use std::sync::Arc;

use mprapi_sys as sys;

use crate::code::{Code, ERROR_INTERNAL_ERROR, NO_ERROR, RPC_S_INVALID_BINDING, RPC_S_SERVER_UNAVAILABLE};
use crate::ledger::{self, Family, Kind, Refusal};
use crate::machine::{Locked, Machine};

/// What is said once about a C function.
pub(crate) struct Function {
    /// Its name.
    pub(crate) name: &'static str,
    kind: Kind,
    null_server: Code,
    wrong_server: Code,
    /// Its page answers `ERROR_DDM_NOT_RUNNING` for a router without the demand-dial manager.
    pub(crate) needs_ddm: bool,
    /// Its page answers `ERROR_PROC_NOT_FOUND` for a server that does not know it yet.
    pub(crate) is_ex: bool,
}

impl Function {
    /// A function on a handle of `MprAdminServerConnect`. Where a page is silent, a handle that is none answers
    /// `RPC_S_INVALID_BINDING`, which is what it is.
    pub(crate) const fn admin(name: &'static str) -> Function {
        Function {
            name,
            kind: Kind::Admin,
            null_server: RPC_S_INVALID_BINDING,
            wrong_server: RPC_S_INVALID_BINDING,
            needs_ddm: false,
            is_ex: false,
        }
    }

    pub(crate) const fn bad_server(mut self, null: Code, wrong: Code) -> Function {
        self.null_server = null;
        self.wrong_server = wrong;
        self
    }

    pub(crate) const fn needs_ddm(mut self) -> Function {
        self.needs_ddm = true;
        self
    }

    pub(crate) const fn ex(mut self) -> Function {
        self.is_ex = true;
        self
    }
}

/// A call that may go on.
pub(crate) struct Call {
    pub(crate) machine: Arc<Machine>,
}

impl Call {
    /// The router's state, brought up to date.
    pub(crate) fn state(&self) -> Locked<'_> {
        self.machine.lock()
    }

    /// Memory that the caller will own.
    pub(crate) fn allocate(&self, size: usize, family: Family) -> Result<NonNull<u8>, Code> {
        ledger::allocate(size, family, Some(&self.machine))
    }

    /// A copy of one record that the caller will own.
    pub(crate) fn hand_out<T: Copy>(&self, record: T, family: Family) -> Result<*mut u8, Code> {
        let memory = self.allocate(size_of::<T>(), family)?;
        // SAFETY: the buffer has room for a `T` and is aligned for any record.
        unsafe { memory.cast::<T>().write(record) };
        Ok(memory.as_ptr())
    }
}

/// Runs a call: its error becomes the answer, and so does a panic, which never reaches the caller's stack.
pub(crate) fn guard(body: impl FnOnce() -> Result<(), Code>) -> Code {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => NO_ERROR,
        Ok(Err(code)) => code,
        Err(_) => ERROR_INTERNAL_ERROR,
    }
}

/// Runs a call on the router behind a server handle.
pub(crate) fn on_router(
    function: &'static Function,
    server: sys::HANDLE,
    body: impl FnOnce(&Call) -> Result<(), Code>,
) -> Code {
    guard(|| {
        if server.is_null() {
            return Err(function.null_server);
        }
        let machine =
            ledger::resolve(server, function.kind, function.name).map_err(|refusal| match refusal {
                Refusal::Fault => function.wrong_server,
                Refusal::Gone => RPC_S_SERVER_UNAVAILABLE,
            })?;
        machine.admit(function)?;
        body(&Call { machine })
    })
}
