//! The way of every call before its own work begins: the panic barrier, the count, the router's answer at the door; and
//! how a call hands memory out.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::NonNull;
use std::sync::Arc;

use mprapi_sys as sys;

use crate::api::ledger::{self, Family, Kind, Refusal};
use crate::api::param::{Out, text};
use crate::api::record::Record;
use crate::error_code::{
    Code, ERROR_INTERNAL_ERROR, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_NOT_ENOUGH_MEMORY,
    NO_ERROR, RPC_S_INVALID_BINDING, RPC_S_SERVER_UNAVAILABLE,
};
use crate::host::inside;
use crate::network;
use crate::router::machine::{Locked, Machine, Needs};
use crate::router::owner::Owner;
use crate::scenario::Windows;
use crate::scenario::failure::Garbage;

/// A C function: its name, its kind of handle and what it needs.
pub(crate) struct Function {
    /// The name of the function.
    name: &'static str,
    kind: Kind,
    null_server: Code,
    wrong_server: Code,
    needs: Needs,
    /// `true` if the page of the function lists `ERROR_NOT_ENOUGH_MEMORY`.
    needs_memory: bool,
    /// The family of the buffers that it hands out.
    family: Family,
}

impl Function {
    const fn new(name: &'static str, kind: Kind, null_server: Code, wrong_server: Code) -> Function {
        Function {
            name,
            kind,
            null_server,
            wrong_server,
            needs: Needs { service: true, ddm: false, knowledge_of_ex: false },
            needs_memory: false,
            family: match kind {
                Kind::Admin => Family::Admin,
                Kind::Config => Family::Config,
                Kind::Mib => Family::Mib,
            },
        }
    }

    /// Describes a function on a handle of `MprAdminServerConnect`. Where a page is silent, an invalid handle answers
    /// `RPC_S_INVALID_BINDING`, which is what it is.
    pub(crate) const fn admin(name: &'static str) -> Function {
        Function::new(name, Kind::Admin, RPC_S_INVALID_BINDING, RPC_S_INVALID_BINDING)
    }

    /// Describes a function on a handle of `MprAdminMIBServerConnect`.
    pub(crate) const fn mib(name: &'static str) -> Function {
        Function::new(name, Kind::Mib, RPC_S_INVALID_BINDING, RPC_S_INVALID_BINDING)
    }

    /// Describes a function on a handle of `MprConfigServerConnect`. The pages call a null handle an invalid parameter.
    pub(crate) const fn config(name: &'static str) -> Function {
        Function::new(name, Kind::Config, ERROR_INVALID_PARAMETER, ERROR_INVALID_HANDLE).without_service()
    }

    /// Describes a function on a machine's name.
    pub(crate) const fn named(name: &'static str) -> Function {
        Function::admin(name)
    }

    pub(crate) const fn bad_server(mut self, null: Code, wrong: Code) -> Function {
        self.null_server = null;
        self.wrong_server = wrong;
        self
    }

    pub(crate) const fn without_service(mut self) -> Function {
        self.needs.service = false;
        self
    }

    pub(crate) const fn needs_ddm(mut self) -> Function {
        self.needs.ddm = true;
        self
    }

    pub(crate) const fn needs_memory(mut self) -> Function {
        self.needs_memory = true;
        self
    }

    /// Hands out buffers of another family than other functions on such a handle.
    pub(crate) const fn hands_out(mut self, family: Family) -> Function {
        self.family = family;
        self
    }

    pub(crate) const fn ex(mut self) -> Function {
        self.needs.knowledge_of_ex = true;
        self
    }
}

/// A call that may go on.
pub(crate) struct Call {
    pub(crate) machine: Arc<Machine>,
    /// The owner of the settings that the function reads or changes.
    pub(crate) owner: Owner,
    family: Family,
    /// The garbage that it shall hand out in place of the truth.
    pub(crate) garbage: Option<Garbage>,
    /// The router's version.
    pub(crate) windows: Windows,
}

impl Call {
    /// # Errors
    /// The router's answer at the door.
    fn new(machine: Arc<Machine>, function: &Function) -> Result<Call, Code> {
        let garbage = machine.admit(function.name, &function.needs)?;
        if function.needs_memory && ledger::is_out_of_memory() {
            return Err(ERROR_NOT_ENOUGH_MEMORY);
        }
        let windows = machine.lock().windows;
        let owner = if function.kind == Kind::Config { Owner::Stored } else { Owner::Running };
        Ok(Call { machine, owner, family: function.family, garbage, windows })
    }

    /// Returns the router's state, brought up to date.
    pub(crate) fn state(&self) -> Locked<'_> {
        self.machine.lock()
    }

    /// Allocates memory that the caller will own, with a number of `T` in it that the caller is told. Where that number is
    /// a lie, memory lies behind it that can be read as far as the lie goes: no caller can see that it is one.
    pub(crate) fn allocate<T>(&self, size: usize) -> Result<NonNull<u8>, Code> {
        let room = self.too_many() as usize * size_of::<T>();
        ledger::allocate(size, room, self.family, Some(&self.machine))
    }

    /// Takes a buffer of this call back, which no caller has seen.
    ///
    /// # Errors
    /// As [`ledger::free`].
    pub(crate) fn take_back(&self, buffer: *mut u8) -> Result<(), Code> {
        ledger::free(buffer, self.family)
    }

    /// Hands out a copy of one record, which the caller will own.
    pub(crate) fn hand_out<T: Record>(&self, record: T) -> Result<*mut u8, Code> {
        self.hand_out_with(record, [], |_, []| ())
    }

    /// Hands out a copy of one record and of what it points to, in one buffer. `link` puts the pointers into the
    /// record; that of an empty piece is null.
    pub(crate) fn hand_out_with<T: Record, const N: usize>(
        &self,
        mut record: T,
        pieces: [&[u8]; N],
        link: impl FnOnce(&mut T, [*mut u8; N]),
    ) -> Result<*mut u8, Code> {
        if self.garbage == Some(Garbage::NullWithSuccess) {
            return Ok(std::ptr::null_mut());
        }
        let mut size = size_of::<T>();
        let offsets = pieces.map(|piece| {
            let offset = size.next_multiple_of(8);
            size = offset + piece.len();
            offset
        });
        let memory = self.allocate::<u8>(size)?;
        let mut pointers = [std::ptr::null_mut(); N];
        for (index, piece) in pieces.into_iter().enumerate() {
            if piece.is_empty() {
                continue;
            }
            // SAFETY: the buffer was made for the record and all pieces at their offsets.
            let place = unsafe { memory.add(offsets[index]) };
            // SAFETY: as above; a new buffer overlaps nothing.
            unsafe { place.copy_from_nonoverlapping(NonNull::from(piece).cast(), piece.len()) };
            pointers[index] = place.as_ptr();
        }
        link(&mut record, pointers);
        if self.garbage == Some(Garbage::UnterminatedStrings) {
            record.unterminate();
        }
        // SAFETY: the buffer has room for a `T` at its beginning and is aligned for any record.
        unsafe { memory.cast::<T>().write(record) };
        Ok(memory.as_ptr())
    }

    /// Hands out a copy of some bytes, which the caller will own. No bytes are a null pointer.
    pub(crate) fn hand_out_bytes(&self, bytes: &[u8]) -> Result<*mut u8, Code> {
        if bytes.is_empty() || self.garbage == Some(Garbage::NullWithSuccess) {
            return Ok(std::ptr::null_mut());
        }
        let memory = self.allocate::<u8>(bytes.len())?;
        // SAFETY: the buffer is as long as the bytes and new.
        unsafe { memory.copy_from_nonoverlapping(NonNull::from(bytes).cast(), bytes.len()) };
        Ok(memory.as_ptr())
    }

    /// Hands out a copy of some records, one after the other, which the caller will own. None is a null pointer.
    pub(crate) fn hand_out_records<T: Copy>(
        &self,
        records: impl ExactSizeIterator<Item = T>,
    ) -> Result<*mut u8, Code> {
        if records.len() == 0 || self.garbage == Some(Garbage::NullWithSuccess) {
            return Ok(std::ptr::null_mut());
        }
        let memory = self.allocate::<T>(records.len() * size_of::<T>())?;
        for (index, record) in records.enumerate() {
            // SAFETY: the buffer was made for all of them.
            let place = unsafe { memory.cast::<T>().add(index) };
            // SAFETY: as above; the buffer is aligned for any record.
            unsafe { place.write(record) };
        }
        Ok(memory.as_ptr())
    }

    /// Hands bytes out through a pointer and a size; the page may allow either of them to be null.
    pub(crate) fn hand_out_sized(
        &self,
        bytes: &[u8],
        pointer: Option<&Out<*mut u8>>,
        size: Option<&Out<u32>>,
    ) -> Result<(), Code> {
        if let Some(pointer) = pointer {
            pointer.set(self.hand_out_bytes(bytes)?);
        }
        if let Some(size) = size {
            size.set(self.size_said(bytes.len()));
        }
        Ok(())
    }

    /// Returns the size that the caller is told.
    pub(crate) fn size_said(&self, size: usize) -> u32 {
        size as u32 + self.too_many()
    }

    /// Returns by how much each count and size is larger than the truth.
    fn too_many(&self) -> u32 {
        if self.garbage == Some(Garbage::CountTooLarge) { 1000 } else { 0 }
    }
}

/// Runs a call: its error becomes the answer, and so does a panic, which never reaches the caller's stack.
pub(crate) fn guard(body: impl FnOnce() -> Result<(), Code>) -> Code {
    #[cfg(test)]
    let body = || {
        tests::panic_if_asked();
        body()
    };
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => NO_ERROR,
        Ok(Err(code)) => code,
        Err(_) => ERROR_INTERNAL_ERROR,
    }
}

/// Takes a caller's buffer back.
pub(crate) fn free(buffer: *mut u8, family: Family) -> Code {
    guard(|| {
        inside::check(family.free(), buffer.addr())?;
        ledger::free(buffer, family)
    })
}

/// Runs a call on the router behind a server handle.
pub(crate) fn on_router(
    function: &'static Function,
    server: sys::HANDLE,
    body: impl FnOnce(&Call) -> Result<(), Code>,
) -> Code {
    guard(|| {
        inside::check(function.name, server.addr())?;
        if server.is_null() {
            return Err(function.null_server);
        }
        let machine =
            ledger::resolve(server, function.kind, function.name).map_err(|refusal| match refusal {
                Refusal::Fault => function.wrong_server,
                Refusal::Gone => RPC_S_SERVER_UNAVAILABLE,
                Refusal::Dead => RPC_S_INVALID_BINDING,
            })?;
        body(&Call::new(machine, function)?)
    })
}

/// Runs a call on a machine by its name; null is the local one.
///
/// # Safety
/// The name must be null or a terminated text.
pub(crate) unsafe fn on_machine(
    function: &'static Function,
    name: *const u16,
    body: impl FnOnce(&Call) -> Result<(), Code>,
) -> Code {
    guard(|| {
        inside::check(function.name, name.addr())?;
        // SAFETY: promised by the caller.
        let name = unsafe { text(name) }?;
        let machine = network::find(name.as_deref()).ok_or(RPC_S_SERVER_UNAVAILABLE)?;
        machine.count(function.name);
        body(&Call::new(machine, function)?)
    })
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::api::functions::functions;

    thread_local! {
        static PANIC: Cell<bool> = const { Cell::new(false) };
    }

    /// Called behind the barrier.
    pub(super) fn panic_if_asked() {
        assert!(!PANIC.take(), "a panic, as was asked for");
    }

    /// The answer of a function that has panicked.
    trait Answer {
        fn tells_of_a_panic(&self, function: &str) -> bool;
    }

    impl Answer for sys::DWORD {
        fn tells_of_a_panic(&self, function: &str) -> bool {
            // This one answers a size.
            *self == if function == "MprInfoBlockQuerySize" { 0 } else { ERROR_INTERNAL_ERROR }
        }
    }

    impl Answer for sys::BOOL {
        fn tells_of_a_panic(&self, _: &str) -> bool {
            *self == 0
        }
    }

    impl Answer for () {
        fn tells_of_a_panic(&self, _: &str) -> bool {
            true
        }
    }

    /// A parameter that a function takes for right before its own work begins: a pointer leads to zeroed memory.
    trait Argument {
        fn some(memory: *mut u64) -> Self;
    }

    impl Argument for u32 {
        fn some(_: *mut u64) -> u32 {
            0
        }
    }

    impl Argument for i32 {
        fn some(_: *mut u64) -> i32 {
            0
        }
    }

    impl<T> Argument for *mut T {
        fn some(memory: *mut u64) -> *mut T {
            memory.cast()
        }
    }

    impl<T> Argument for *const T {
        fn some(memory: *mut u64) -> *const T {
            memory.cast_const().cast()
        }
    }

    macro_rules! panic_in_each {
        ($($since:literal fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty;)+) => {
            $({
                let function = functions().$name.expect("the simulator has every function");
                PANIC.set(true);
                let mut memory = [0_u64; 512];
                // This one's is reserved, and null.
                let is_reserved = stringify!($name) == "MprConfigServerInstall";
                let pointer = if is_reserved { std::ptr::null_mut() } else { memory.as_mut_ptr() };
                $(let $argument = <$type as Argument>::some(pointer);)*
                // SAFETY: it panics before it looks at more of its parameters than whether they are null; what it then
                // writes has room.
                let answer = unsafe { function($($argument),*) };
                assert!(!PANIC.take(), "{} has no barrier", stringify!($name));
                assert!(answer.tells_of_a_panic(stringify!($name)), "{}", stringify!($name));
            })+
        };
    }

    #[test]
    fn a_panic_in_any_function_ends_at_the_c_boundary() {
        mprapi_sys::for_each_function!(panic_in_each);
    }
}
