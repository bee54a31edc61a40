//! The ledger: every buffer and every handle that was handed out, and every violation of the rules for them.
//!
//! Freed memory is kept for a while, filled with 0xDD, so that a second free finds it here and not in someone
//! else's hands, and a read through a stale pointer sees the filling.

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::cell::Cell;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fmt;
use std::ptr::NonNull;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use mprapi_sys as sys;

use crate::error_code::{Code, ERROR_INVALID_PARAMETER, ERROR_NOT_ENOUGH_MEMORY};
use crate::router::handle::Handle;
use crate::router::machine::Machine;

/// The function that frees a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// `MprAdminBufferFree`
    Admin,
    /// `MprConfigBufferFree`
    Config,
    /// `MprAdminMIBBufferFree`
    Mib,
    /// `MprInfoDelete`
    Info,
    /// `MprSetupIpInIpInterfaceFriendlyNameFree`
    Names,
}

impl Family {
    pub(crate) fn free(self) -> &'static str {
        match self {
            Family::Admin => "MprAdminBufferFree",
            Family::Config => "MprConfigBufferFree",
            Family::Mib => "MprAdminMIBBufferFree",
            Family::Info => "MprInfoDelete",
            Family::Names => "MprSetupIpInIpInterfaceFriendlyNameFree",
        }
    }
}

/// The function that opened a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `MprAdminServerConnect`
    Admin,
    /// `MprConfigServerConnect`
    Config,
    /// `MprAdminMIBServerConnect`
    Mib,
}

impl Kind {
    pub(crate) fn close(self) -> &'static str {
        match self {
            Kind::Admin => "MprAdminServerDisconnect",
            Kind::Config => "MprConfigServerDisconnect",
            Kind::Mib => "MprAdminMIBServerDisconnect",
        }
    }
}

/// A wrong use of a buffer or a handle, which a real library would have punished later or not at all, or a fault of an
/// administration DLL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The C function that was called.
    pub function: &'static str,
    /// The pointer, handle or address that it was given or gave.
    pub value: usize,
    /// The fault of the value, or of the call.
    pub fault: Fault,
}

/// The fault of a pointer, a handle or an administration DLL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The buffer was freed before.
    DoubleFree,
    /// The buffer belongs to another family's free function.
    WrongFree,
    /// No function of the API ever handed out this pointer, or it was freed before more than 4,096 others.
    UnknownPointer,
    /// The handle was closed before.
    ClosedHandle,
    /// The handle is one of another kind, such as a port's where a server's is wanted.
    WrongHandle,
    /// No function of the API ever handed out this handle.
    UnknownHandle,
    /// The function was called from inside a callout of an administration DLL, where a real server never answers.
    CalledFromCallout,
    /// The callout of an administration DLL did not return within its limit. The value is the connection's handle, or 0.
    HangingCallout,
    /// An administration DLL chose an address that someone else has. The value is the last 32 bits of the address.
    AddressTaken,
    /// An administration DLL chose an address that no client can have. The value is as for [`Fault::AddressTaken`].
    AddressUnusable,
    /// An administration DLL lacks this function, so that the service does not start. The value is 0.
    MissingExport,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.fault {
            Fault::DoubleFree => "was freed before",
            Fault::WrongFree => "belongs to another free function",
            Fault::UnknownPointer => "was never allocated",
            Fault::ClosedHandle => "was closed before",
            Fault::WrongHandle => "is a handle of another kind",
            Fault::UnknownHandle => "was never a handle",
            Fault::CalledFromCallout => "was used inside a callout of an administration DLL",
            Fault::HangingCallout => "is the connection of a callout that did not return",
            Fault::AddressTaken => "is an address that someone else has",
            Fault::AddressUnusable => "is an address that no client can have",
            Fault::MissingExport => {
                return write!(f, "{}: an administration DLL lacks this function", self.function);
            }
        };
        write!(f, "{}: {:#x} {what}", self.function, self.value)
    }
}

/// The number of buffers and handles that were handed out and not given back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outstanding {
    /// Buffers not freed.
    pub buffers: usize,
    /// Their bytes.
    pub bytes: usize,
    /// Server handles not closed.
    pub handles: usize,
}

impl Outstanding {
    /// Returns `true` if everything was given back.
    pub fn is_nothing(&self) -> bool {
        *self == Outstanding::default()
    }
}

struct Buffer {
    memory: Memory,
    family: Family,
    owner: Weak<Machine>,
    live: bool,
    /// Tells it from those that had its address before.
    number: u64,
}

/// The owner of a buffer's memory.
#[derive(Clone, Copy)]
enum Memory {
    /// The layout, and how many bytes of it lie behind the buffer.
    Own(Layout, usize),
    /// `LocalAlloc`'s: the program may have freed it unseen.
    #[cfg(windows)]
    System,
}

struct Opened {
    kind: Kind,
    machine: Weak<Machine>,
    open: bool,
    /// The age of the bindings when it was opened.
    age: u32,
}

#[derive(Default)]
struct Ledger {
    /// By address. A freed buffer stays known until its address is used again, or many others were freed.
    buffers: HashMap<usize, Buffer>,
    /// The number of buffers so far.
    count: u64,
    /// Address and number of the buffers that were freed last.
    freed: VecDeque<(usize, u64)>,
    graves: VecDeque<Grave>,
    grave_bytes: usize,
    violations: Vec<(Option<u32>, Violation)>,
}

/// Freed memory that was not returned to the allocator yet.
struct Grave(NonNull<u8>, Layout);

// SAFETY: the ledger alone owns the memory; which thread returns it does not matter to the allocator.
unsafe impl Send for Grave {}

/// The most freed memory that is kept back. A buffer that is larger by itself goes at once.
const MOST_GRAVES: usize = 256;
const MOST_GRAVE_BYTES: usize = 1 << 20;
/// The number of freed buffers that are remembered. One that was freed longer ago counts as never allocated.
const MOST_FREED: usize = 1 << 12;
/// The number of violations that are kept: a program that repeats its error for ever must not fill the memory.
const MOST_VIOLATIONS: usize = 1 << 16;

static LEDGER: Mutex<Option<Ledger>> = Mutex::new(None);

fn with<R>(body: impl FnOnce(&mut Ledger) -> R) -> R {
    let mut ledger: MutexGuard<'_, Option<Ledger>> = LEDGER.lock().unwrap_or_else(PoisonError::into_inner);
    body(ledger.get_or_insert_default())
}

/// The handles, in parts by their numbers: a call on one server does not wait for the calls on another, as it would not
/// in two real ones. Each part has a cache line to itself.
#[repr(align(128))]
struct Part(Mutex<Handles>);

struct Handles {
    known: BTreeMap<Handle, Opened>,
    /// Those of the known that are closed, in the order of closing.
    closed: VecDeque<Handle>,
}

/// The number of closed handles that a part remembers. One that was closed longer ago counts as of another kind.
const MOST_CLOSED: usize = 64;

static HANDLES: [Part; 64] =
    [const { Part(Mutex::new(Handles { known: BTreeMap::new(), closed: VecDeque::new() })) }; 64];

impl Handles {
    /// Remembers that a handle was closed, for a while.
    fn bury(&mut self, handle: Handle) {
        self.closed.push_back(handle);
        if self.closed.len() > MOST_CLOSED
            && let Some(oldest) = self.closed.pop_front()
        {
            self.known.remove(&oldest);
        }
    }
}

impl Part {
    fn of(handle: Handle) -> &'static Part {
        &HANDLES[handle.number() as usize % HANDLES.len()]
    }

    fn lock(&self) -> MutexGuard<'_, Handles> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

thread_local! {
    static MEMORY_IS_GONE: Cell<bool> = const { Cell::new(false) };
}

/// Returns `true` if this thread's calls shall find no memory.
pub(crate) fn is_out_of_memory() -> bool {
    MEMORY_IS_GONE.get()
}

/// Runs a closure whose calls on this thread find no memory: functions that hand out buffers or say so on their pages
/// answer `ERROR_NOT_ENOUGH_MEMORY`.
pub fn without_memory<R>(body: impl FnOnce() -> R) -> R {
    /// Puts back what was before, also when the body panics.
    struct Before(bool);
    impl Drop for Before {
        fn drop(&mut self) {
            MEMORY_IS_GONE.set(self.0);
        }
    }
    let _before = Before(MEMORY_IS_GONE.replace(true));
    body()
}

/// Allocates memory for a record, zeroed and aligned for any, with `room` more zeroed bytes behind it, which are no part
/// of it.
pub(crate) fn allocate(
    size: usize,
    room: usize,
    family: Family,
    owner: Option<&Arc<Machine>>,
) -> Result<NonNull<u8>, Code> {
    if is_out_of_memory() {
        return Err(ERROR_NOT_ENOUGH_MEMORY);
    }
    let layout = Layout::from_size_align(size.max(1) + room, 16).map_err(|_| ERROR_NOT_ENOUGH_MEMORY)?;
    // SAFETY: the layout's size is not 0.
    let memory = NonNull::new(unsafe { alloc_zeroed(layout) }).ok_or(ERROR_NOT_ENOUGH_MEMORY)?;
    let owner = owner.map_or_else(Weak::new, Arc::downgrade);
    with(|ledger| ledger.enter(memory.addr().get(), Memory::Own(layout, room), family, owner));
    Ok(memory)
}

/// Allocates memory for an error's text, with the text.
#[cfg(not(windows))]
pub(crate) fn allocate_text(units: &[u16]) -> Result<NonNull<u16>, Code> {
    let memory = allocate(size_of_val(units), 0, Family::Admin, None)?.cast::<u16>();
    // SAFETY: the buffer is as long as the text and new, so they do not overlap.
    unsafe { memory.copy_from_nonoverlapping(NonNull::from(units).cast(), units.len()) };
    Ok(memory)
}

/// Allocates memory for an error's text, with the text: the system's, for the program may free it by `LocalFree`.
#[cfg(windows)]
pub(crate) fn allocate_text(units: &[u16]) -> Result<NonNull<u16>, Code> {
    if is_out_of_memory() {
        return Err(ERROR_NOT_ENOUGH_MEMORY);
    }
    // SAFETY: 0 asks for memory that does not move.
    let memory = NonNull::new(unsafe { LocalAlloc(0, size_of_val(units)) }).ok_or(ERROR_NOT_ENOUGH_MEMORY)?;
    let text = memory.cast::<u16>();
    // SAFETY: the memory is as long as the text and new, so they do not overlap.
    unsafe { text.copy_from_nonoverlapping(NonNull::from(units).cast(), units.len()) };
    with(|ledger| ledger.enter(memory.addr().get(), Memory::System, Family::Admin, Weak::new()));
    Ok(text)
}

#[cfg(windows)]
#[link(name = "kernel32")]
unsafe extern "system" {
    fn LocalAlloc(flags: u32, bytes: usize) -> *mut std::ffi::c_void;
    fn LocalFree(memory: *mut std::ffi::c_void) -> *mut std::ffi::c_void;
}

/// Takes a buffer back.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER` for null and for everything but a live buffer of the family.
pub(crate) fn free(pointer: *mut u8, family: Family) -> Result<(), Code> {
    let function = family.free();
    let memory = NonNull::new(pointer).ok_or(ERROR_INVALID_PARAMETER)?;
    with(|ledger| {
        let (owner, verdict) = match ledger.buffers.get_mut(&pointer.addr()) {
            None => (None, Err(Fault::UnknownPointer)),
            Some(buffer) => (buffer.owner.upgrade(), buffer.release(family)),
        };
        if let Some(owner) = &owner {
            owner.count(function);
        }
        if verdict.is_ok() {
            ledger.remember(pointer.addr());
        }
        match verdict {
            Ok(Memory::Own(layout, _)) => {
                ledger.bury(memory, layout);
                Ok(())
            }
            #[cfg(windows)]
            Ok(Memory::System) => {
                // SAFETY: from `LocalAlloc`, and not freed through this library before.
                unsafe { LocalFree(memory.as_ptr().cast()) };
                Ok(())
            }
            Err(fault) => {
                ledger.record(owner.as_deref(), Violation { function, value: pointer.addr(), fault });
                Err(ERROR_INVALID_PARAMETER)
            }
        }
    })
}

impl Buffer {
    fn release(&mut self, family: Family) -> Result<Memory, Fault> {
        if !self.live {
            return Err(Fault::DoubleFree);
        }
        if self.family != family {
            return Err(Fault::WrongFree);
        }
        self.live = false;
        Ok(self.memory)
    }
}

impl Ledger {
    fn enter(&mut self, address: usize, memory: Memory, family: Family, owner: Weak<Machine>) {
        self.count += 1;
        let buffer = Buffer { memory, family, owner, live: true, number: self.count };
        self.buffers.insert(address, buffer);
    }

    /// Remembers a buffer that was freed, for a while.
    fn remember(&mut self, address: usize) {
        self.freed.extend(self.buffers.get(&address).map(|buffer| (address, buffer.number)));
        if self.freed.len() > MOST_FREED
            && let Some((oldest, number)) = self.freed.pop_front()
            && self.buffers.get(&oldest).is_some_and(|buffer| buffer.number == number)
        {
            self.buffers.remove(&oldest);
        }
    }

    fn bury(&mut self, memory: NonNull<u8>, layout: Layout) {
        if layout.size() > MOST_GRAVE_BYTES {
            // SAFETY: allocated in `allocate` with this layout, live until now and never buried.
            unsafe { dealloc(memory.as_ptr(), layout) };
            return;
        }
        // SAFETY: the buffer was live until now and is this long.
        unsafe { memory.write_bytes(0xDD, layout.size()) };
        self.graves.push_back(Grave(memory, layout));
        self.grave_bytes += layout.size();
        while self.graves.len() > MOST_GRAVES || self.grave_bytes > MOST_GRAVE_BYTES {
            let Some(Grave(memory, layout)) = self.graves.pop_front() else { break };
            self.grave_bytes -= layout.size();
            // SAFETY: allocated in `allocate` with this layout; it was in the graves once, so this is the only free.
            unsafe { dealloc(memory.as_ptr(), layout) };
        }
    }
}

/// Opens a handle to a router.
pub(crate) fn open(kind: Kind, machine: &Arc<Machine>) -> Handle {
    let handle = Handle::next();
    let age = machine.lock().binding_age;
    let opened = Opened { kind, machine: Arc::downgrade(machine), open: true, age };
    Part::of(handle).lock().known.insert(handle, opened);
    handle
}

/// The reason why a handle leads to no router.
pub(crate) enum Refusal {
    Fault,
    /// The simulation it belonged to is over.
    Gone,
    /// The service was started again since, which has ended the binding.
    Dead,
}

/// Finds the router behind an open handle of this kind.
pub(crate) fn resolve(raw: sys::HANDLE, kind: Kind, function: &'static str) -> Result<Arc<Machine>, Refusal> {
    let found = look_up(raw, kind, function, |opened| (opened.machine.upgrade(), opened.age));
    let (machine, age) = found.ok_or(Refusal::Fault)?;
    let machine = machine.ok_or(Refusal::Gone)?;
    // What is stored does not belong to the service.
    if kind != Kind::Config && machine.lock().binding_age != age {
        return Err(Refusal::Dead);
    }
    Ok(machine)
}

/// Closes a handle. What cannot be closed is recorded.
pub(crate) fn close(raw: sys::HANDLE, kind: Kind) {
    let closed = look_up(raw, kind, kind.close(), |opened| {
        opened.open = false;
        opened.machine.upgrade()
    });
    let Some((handle, machine)) = Handle::from_raw(raw).zip(closed) else { return };
    Part::of(handle).lock().bury(handle);
    if let Some(machine) = machine {
        machine.lock().run_down(handle);
    }
}

/// Does something with the open handle of this kind behind a value; anything else is recorded. Either way the call is
/// counted.
fn look_up<R>(
    raw: sys::HANDLE,
    kind: Kind,
    function: &'static str,
    work: impl FnOnce(&mut Opened) -> R,
) -> Option<R> {
    let handle = Handle::from_raw(raw);
    let mut handles = handle.map(|handle| Part::of(handle).lock());
    let opened = handle.zip(handles.as_mut()).and_then(|(handle, handles)| handles.known.get_mut(&handle));
    let machine = opened.as_ref().and_then(|opened| opened.machine.upgrade());
    if let Some(machine) = &machine {
        machine.count(function);
    }
    let fault = match (handle, opened) {
        (None, _) => Fault::UnknownHandle,
        (Some(_), None) => Fault::WrongHandle,
        (Some(_), Some(opened)) if opened.kind != kind => Fault::WrongHandle,
        (Some(_), Some(opened)) if !opened.open => Fault::ClosedHandle,
        (Some(_), Some(opened)) => return Some(work(opened)),
    };
    drop(handles);
    with(|ledger| ledger.record(machine.as_deref(), Violation { function, value: raw.addr(), fault }));
    None
}

impl Ledger {
    fn record(&mut self, owner: Option<&Machine>, violation: Violation) {
        if self.violations.len() < MOST_VIOLATIONS {
            self.violations.push((owner.map(Machine::id), violation));
        }
    }
}

/// Records a violation, of a router or of none.
pub(crate) fn record(owner: Option<&Machine>, violation: Violation) {
    with(|ledger| ledger.record(owner, violation));
}

/// Counts what is not given back: of one router, or in the whole process.
pub(crate) fn outstanding_of(owner: Option<u32>) -> Outstanding {
    let mine =
        |machine: &Weak<Machine>| owner.is_none() || machine.upgrade().map(|machine| machine.id()) == owner;
    let mut sum = Outstanding::default();
    with(|ledger| {
        for buffer in ledger.buffers.values().filter(|buffer| buffer.live && mine(&buffer.owner)) {
            match buffer.memory {
                Memory::Own(layout, room) => {
                    sum.buffers += 1;
                    sum.bytes += layout.size() - room;
                }
                #[cfg(windows)]
                Memory::System => {}
            }
        }
    });
    for part in &HANDLES {
        sum.handles +=
            part.lock().known.values().filter(|opened| opened.open && mine(&opened.machine)).count();
    }
    sum
}

/// Lists the violations: those of one router's buffers and handles, or of the whole process.
pub(crate) fn violations_of(owner: Option<u32>) -> Vec<Violation> {
    with(|ledger| {
        let mine = ledger.violations.iter().filter(|(of, _)| owner.is_none() || *of == owner);
        mine.map(|(_, violation)| violation.clone()).collect()
    })
}

/// Counts what was handed out in the process and not given back, whichever router it came from.
pub fn outstanding() -> Outstanding {
    outstanding_of(None)
}

/// Lists all violations in the process, whichever router they concerned, oldest first. After 65,536 violations
/// no more are kept.
pub fn violations() -> Vec<Violation> {
    violations_of(None)
}
