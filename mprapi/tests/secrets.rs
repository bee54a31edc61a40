//! Passwords and keys: no memory that is given back has one in it, and no text that is made of them.
//!
//! The allocator of this program looks through every block that is freed. So a copy that was not overwritten is seen, wherever it was
//! made. What the library is handed, it keeps in memory that is not the allocator's.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::{Cell, RefCell};
use std::fmt::Debug;
use std::ptr;

use mprapi::sys::{Functions, HANDLE, LPBYTE, LPDWORD, LPVOID, LPWSTR, Mprapi};
use mprapi::sys::{MPR_CREDENTIALSEX_1, MPR_INTERFACE_2, MPR_INTERFACE_3};
use mprapi::{
    DemandDial, EapMethod, ErrorKind, InterfaceCredentials, InterfaceHandle, Mpr, PreSharedKey, Server,
};

/// Nobody else has this in memory.
const SECRET: &str = "Kv7#qZ-needle";

/// As text of the API.
const WIDE: [u8; 2 * SECRET.len()] = wide();

const fn wide() -> [u8; 2 * SECRET.len()] {
    let mut units = [0; 2 * SECRET.len()];
    let mut index = 0;
    while index < SECRET.len() {
        units[2 * index] = SECRET.as_bytes()[index];
        index += 1;
    }
    units
}

/// Looks through what is freed.
struct Looking;

thread_local! {
    /// How many blocks were freed with a secret in them.
    static FOUND: Cell<usize> = const { Cell::new(0) };
    /// How many were looked through.
    static FREED: Cell<usize> = const { Cell::new(0) };
}

fn holds(block: &[u8], needle: &[u8]) -> bool {
    block.windows(needle.len()).any(|window| window == needle)
}

// SAFETY: everything is passed on to the system's allocator.
unsafe impl GlobalAlloc for Looking {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // Zeroed, so that every byte of a block that comes back was written.
        // SAFETY: passed on to the caller.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the block is the caller's to give back, is as long as that and was written when it was allocated.
        let block = unsafe { std::slice::from_raw_parts(memory, layout.size()) };
        FREED.set(FREED.get() + 1);
        if holds(block, SECRET.as_bytes()) || holds(block, &WIDE) {
            FOUND.set(FOUND.get() + 1);
        }
        // SAFETY: passed on to the caller.
        unsafe { System.dealloc(memory, layout) }
    }
    // Growing a block is the trait's own: a new one, and the old one through `dealloc`.
}

#[global_allocator]
static ALLOCATOR: Looking = Looking;

/// Does the work, and asserts that no block with a secret was freed meanwhile.
fn leaves_nothing<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let (found, freed) = (FOUND.get(), FREED.get());
    let result = work();
    assert_eq!(FOUND.get() - found, 0, "{what}: freed with the secret in it");
    assert!(FREED.get() > freed, "{what}: nothing was freed at all");
    result
}

/// The size of the memory that the library keeps, and gives back.
const ROOM: usize = 256;

thread_local! {
    static KEPT: RefCell<([u8; ROOM], usize)> = const { RefCell::new(([0; ROOM], 0)) };
    /// The number of the library's buffers that came back. Each was found to have no secret in it.
    static RETURNED: Cell<usize> = const { Cell::new(0) };
    /// `true` if the library answers an error.
    static FAILS: Cell<bool> = const { Cell::new(false) };
}

fn keep(bytes: &[u8]) {
    KEPT.with_borrow_mut(|(room, length)| {
        room[..bytes.len()].copy_from_slice(bytes);
        *length = bytes.len();
    });
}

fn answer() -> u32 {
    if FAILS.get() { 5 } else { 0 }
}

unsafe extern "system" fn connect(_: LPWSTR, handle: *mut HANDLE) -> u32 {
    // Each test has a thread of its own, and the registry is the whole process's.
    static LAST: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(8);
    let value = LAST.fetch_add(8, std::sync::atomic::Ordering::Relaxed);
    // SAFETY: the caller's.
    unsafe { handle.write(ptr::without_provenance_mut(value)) };
    0
}

unsafe extern "system" fn close(_: HANDLE) {}

unsafe extern "system" fn interface(_: HANDLE, _: LPWSTR, handle: *mut HANDLE, _: i32) -> u32 {
    // SAFETY: the caller's.
    unsafe { handle.write(ptr::without_provenance_mut(8)) };
    0
}

unsafe extern "system" fn set_credentials(
    _: LPWSTR,
    _: LPWSTR,
    _: LPWSTR,
    _: LPWSTR,
    password: LPWSTR,
) -> u32 {
    if !password.is_null() {
        // SAFETY: the caller gave a terminated text that is longer than this, or as long.
        let units = unsafe { std::slice::from_raw_parts(password.cast::<u8>(), WIDE.len()) };
        keep(units);
    }
    answer()
}

unsafe extern "system" fn get_credentials(
    _: LPWSTR,
    _: LPWSTR,
    user: LPWSTR,
    password: LPWSTR,
    domain: LPWSTR,
) -> u32 {
    for text in [user, password, domain] {
        // SAFETY: the caller's, with room for as many units as the header says.
        unsafe { text.cast::<u8>().copy_from_nonoverlapping(WIDE.as_ptr(), WIDE.len()) };
    }
    answer()
}

unsafe fn set_key(record: LPBYTE) -> u32 {
    // SAFETY: the caller's; a record may lie anywhere.
    let record = unsafe { record.cast::<MPR_CREDENTIALSEX_1>().read() };
    // SAFETY: the caller's.
    keep(unsafe { std::slice::from_raw_parts(record.lpbCredentialsInfo, record.dwSize as usize) });
    answer()
}

unsafe extern "system" fn set_server_key(_: HANDLE, _: u32, record: LPBYTE) -> u32 {
    // SAFETY: passed on to the caller.
    unsafe { set_key(record) }
}

unsafe extern "system" fn set_interface_key(_: HANDLE, _: HANDLE, _: u32, record: LPBYTE) -> u32 {
    // SAFETY: passed on to the caller.
    unsafe { set_key(record) }
}

/// A record, and what it points to behind it.
#[repr(C)]
struct Answer {
    record: MPR_CREDENTIALSEX_1,
    key: [u8; ROOM],
}

unsafe fn get_key(out: *mut LPBYTE) -> u32 {
    let (key, length) = KEPT.with_borrow(|kept| *kept);
    let record = MPR_CREDENTIALSEX_1 { dwSize: length as u32, lpbCredentialsInfo: ptr::null_mut() };
    let answer = Box::into_raw(Box::new(Answer { record, key }));
    let behind = answer.cast::<u8>().wrapping_add(std::mem::offset_of!(Answer, key));
    let record = MPR_CREDENTIALSEX_1 { lpbCredentialsInfo: behind, ..record };
    // SAFETY: it was allocated just now, and the record is what it begins with.
    unsafe { answer.cast::<MPR_CREDENTIALSEX_1>().write(record) };
    // SAFETY: the caller's.
    unsafe { out.write(answer.cast()) };
    0
}

unsafe extern "system" fn get_server_key(_: HANDLE, _: u32, out: *mut LPBYTE) -> u32 {
    // SAFETY: passed on to the caller.
    unsafe { get_key(out) }
}

unsafe extern "system" fn get_interface_key(_: HANDLE, _: HANDLE, _: u32, out: *mut LPBYTE) -> u32 {
    // SAFETY: passed on to the caller.
    unsafe { get_key(out) }
}

unsafe extern "system" fn create(_: HANDLE, _: u32, record: LPBYTE, handle: *mut HANDLE) -> u32 {
    // SAFETY: the caller's, of level 2 or more.
    let record = unsafe { record.cast::<MPR_INTERFACE_2>().read() };
    let size = record.dwCustomAuthDataSize as usize;
    // SAFETY: the caller's.
    keep(unsafe { std::slice::from_raw_parts(record.lpbCustomAuthData, size) });
    // SAFETY: the caller's.
    unsafe { handle.write(ptr::without_provenance_mut(8)) };
    answer()
}

/// A demand-dial interface, with its EAP settings behind it.
#[repr(C)]
struct Dialled<R> {
    record: R,
    data: [u8; SECRET.len()],
}

thread_local! {
    /// How many interfaces are out, by the address of each: whose size the allocator needs to know.
    static DIALLED: RefCell<Vec<(usize, u32)>> = const { RefCell::new(Vec::new()) };
}

/// One whose EAP settings are the secret.
fn dialled<R: Default>(out: *mut LPBYTE, level: u32, lead: impl FnOnce(&mut R, u32, LPBYTE)) -> u32 {
    let mut data = [0; SECRET.len()];
    data.copy_from_slice(SECRET.as_bytes());
    let dialled = Box::into_raw(Box::new(Dialled { record: R::default(), data }));
    let behind = dialled.cast::<u8>().wrapping_add(std::mem::offset_of!(Dialled<R>, data));
    let mut record = R::default();
    lead(&mut record, SECRET.len() as u32, behind);
    // SAFETY: it was allocated just now, and the record is what it begins with.
    unsafe { dialled.cast::<R>().write(record) };
    DIALLED.with_borrow_mut(|known| known.push((dialled.addr(), level)));
    // SAFETY: the caller's.
    unsafe { out.write(dialled.cast()) };
    0
}

unsafe extern "system" fn interface_info(_: HANDLE, _: HANDLE, level: u32, out: *mut LPBYTE) -> u32 {
    match level {
        2 => dialled(out, level, |record: &mut MPR_INTERFACE_2, size, data| {
            (record.dwCustomAuthDataSize, record.lpbCustomAuthData) = (size, data);
        }),
        _ => dialled(out, level, |record: &mut MPR_INTERFACE_3, size, data| {
            (record.dwCustomAuthDataSize, record.lpbCustomAuthData) = (size, data);
        }),
    }
}

unsafe extern "system" fn stored_info(
    configuration: HANDLE,
    interface: HANDLE,
    level: u32,
    out: *mut LPBYTE,
    size: LPDWORD,
) -> u32 {
    // SAFETY: the caller's.
    unsafe { size.write(size_of::<MPR_INTERFACE_3>() as u32) };
    // SAFETY: passed on to the caller.
    unsafe { interface_info(configuration, interface, level, out) }
}

unsafe extern "system" fn stored_interface(_: HANDLE, _: LPWSTR, handle: *mut HANDLE) -> u32 {
    // SAFETY: the caller's.
    unsafe { handle.write(ptr::without_provenance_mut(8)) };
    0
}

unsafe extern "system" fn free(buffer: LPVOID) -> u32 {
    let known = DIALLED.with_borrow_mut(|known| {
        let place = known.iter().position(|(address, _)| *address == buffer.addr())?;
        Some(known.swap_remove(place).1)
    });
    RETURNED.set(RETURNED.get() + 1);
    // Were the settings still in it, the allocator would see it.
    match known {
        // SAFETY: one of `dialled`, of this level.
        Some(2) => return drop_box(unsafe { Box::from_raw(buffer.cast::<Dialled<MPR_INTERFACE_2>>()) }),
        // SAFETY: as above.
        Some(_) => return drop_box(unsafe { Box::from_raw(buffer.cast::<Dialled<MPR_INTERFACE_3>>()) }),
        None => {}
    }
    // SAFETY: it is one of `get_key`'s. Were the key still in it, the allocator would see it.
    drop_box(unsafe { Box::from_raw(buffer.cast::<Answer>()) })
}

fn drop_box<T>(buffer: Box<T>) -> u32 {
    drop(buffer);
    0
}

fn mpr() -> Mpr {
    let functions = Functions {
        MprAdminServerConnect: Some(connect),
        MprAdminServerDisconnect: Some(close),
        MprAdminBufferFree: Some(free),
        MprAdminInterfaceGetHandle: Some(interface),
        MprAdminInterfaceCreate: Some(create),
        MprAdminInterfaceGetInfo: Some(interface_info),
        MprAdminInterfaceSetCredentials: Some(set_credentials),
        MprAdminInterfaceGetCredentials: Some(get_credentials),
        MprAdminServerSetCredentials: Some(set_server_key),
        MprAdminServerGetCredentials: Some(get_server_key),
        MprAdminInterfaceSetCredentialsEx: Some(set_interface_key),
        MprAdminInterfaceGetCredentialsEx: Some(get_interface_key),
        MprConfigServerConnect: Some(connect),
        MprConfigServerDisconnect: Some(close),
        MprConfigInterfaceGetHandle: Some(stored_interface),
        MprConfigInterfaceGetInfo: Some(stored_info),
        MprConfigBufferFree: Some(free),
        ..Functions::NONE
    };
    // SAFETY: the functions keep the contract of their namesakes as far as this crate relies on it.
    unsafe { Mpr::from_table(Mprapi::from_functions(functions)) }
}

fn branch(server: &Server) -> InterfaceHandle<'_> {
    server.find_interface("branch").unwrap()
}

/// Asserts that the library was given the secret, so that there was something to wipe; then forgets it.
fn assert_kept(secret: &[u8]) {
    KEPT.with_borrow_mut(|(room, length)| {
        assert!(holds(&room[..*length], secret), "the library was not given it");
        (*room, *length) = ([0; ROOM], 0);
    });
}

#[test]
fn a_copy_that_is_not_wiped_is_found() {
    let before = FOUND.get();
    drop(SECRET.to_owned());
    drop(SECRET.encode_utf16().collect::<Vec<_>>());
    // One that grows leaves its first copy behind.
    let mut text = String::with_capacity(SECRET.len());
    text.push_str(SECRET);
    text.push_str("more");
    text.clear();
    assert_eq!(FOUND.get() - before, 3);
    drop(text);
    assert_eq!(FOUND.get() - before, 4, "to clear a text is not to wipe it");
}

#[test]
fn credentials_that_are_set_leave_nothing_behind() {
    let mpr = mpr();
    for fails in [false, true] {
        FAILS.set(fails);
        leaves_nothing("to set them", || {
            let credentials = InterfaceCredentials::new().with_user_name("branch").with_password(SECRET);
            let copy = credentials.clone();
            let answer = mpr.set_interface_credentials(None, "branch", &credentials);
            assert_eq!(answer.is_err(), fails);
            drop(credentials);
            assert!(copy.password().is_some_and(|password| *password == *SECRET));
        });
        assert_kept(&WIDE);
    }
    leaves_nothing("to replace one", || {
        InterfaceCredentials::new().with_password(SECRET).with_password("other")
    });
    for password in [&[SECRET, "\0"].concat(), &SECRET.repeat(20)] {
        // These copies are the test's own.
        leaves_nothing("to refuse one", || {
            let credentials = InterfaceCredentials::new().with_password(password);
            let error = mpr.set_interface_credentials(None, "branch", &credentials).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidArgument);
            assert!(!error.to_string().contains(SECRET));
        });
    }
}

#[test]
fn credentials_that_are_read_leave_nothing_behind() {
    let mpr = mpr();
    for fails in [false, true] {
        FAILS.set(fails);
        leaves_nothing("to read them", || match mpr.interface_credentials_with_password(None, "branch") {
            Ok(credentials) => {
                assert!(credentials.password().is_some_and(|password| *password == *SECRET));
            }
            Err(_) => assert!(fails),
        });
    }
}

#[test]
fn keys_leave_nothing_behind() {
    let server = mpr().connect(None).unwrap();
    leaves_nothing("a server's, set", || {
        server.set_pre_shared_key(&PreSharedKey::from_text(SECRET)).unwrap();
    });
    leaves_nothing("a server's, read", || {
        assert_eq!(server.pre_shared_key().unwrap().unwrap().as_bytes(), WIDE);
    });
    assert_kept(&WIDE);
    leaves_nothing("an interface's, set", || {
        branch(&server).set_pre_shared_key(&PreSharedKey::new(SECRET.as_bytes().to_vec())).unwrap();
    });
    leaves_nothing("an interface's, read", || {
        assert_eq!(branch(&server).pre_shared_key().unwrap().unwrap().as_bytes(), SECRET.as_bytes());
    });
    assert_kept(SECRET.as_bytes());
    FAILS.set(true);
    leaves_nothing("one that was not taken", || {
        server.set_pre_shared_key(&PreSharedKey::from_text(SECRET)).unwrap_err();
    });
    assert_eq!(RETURNED.get(), 2, "buffers of the library that came back");
}

#[test]
fn credentials_of_eap_leave_nothing_behind() {
    let server = mpr().connect(None).unwrap();
    leaves_nothing("set", || branch(&server).set_eap_credentials(SECRET.as_bytes()).unwrap());
    leaves_nothing("read", || {
        let read = branch(&server).eap_credentials().unwrap().unwrap();
        assert_eq!(read.clone().as_bytes(), SECRET.as_bytes());
    });
    assert_kept(SECRET.as_bytes());
    leaves_nothing("of an interface that is copied", || {
        let info = branch(&server).info_at::<MPR_INTERFACE_2>().unwrap();
        drop(info.get().to_settings().unwrap());
    });
    leaves_nothing("of an interface that is made", || {
        let settings = DemandDial::vpn("branch", "vpn.example.com").eap(EapMethod(13), SECRET.as_bytes());
        server.create_interface(&settings.clone()).unwrap();
    });
    assert_kept(SECRET.as_bytes());
    assert_eq!(RETURNED.get(), 2, "buffers of the library that came back");
}

#[test]
fn the_eap_settings_of_an_interface_are_wiped_before_its_record_goes_back() {
    let server = mpr().connect(None).unwrap();
    let configuration = mpr().configuration(None).unwrap();
    leaves_nothing("a server's", || {
        drop(branch(&server).info_at::<MPR_INTERFACE_2>().unwrap());
        let info = branch(&server).info_at::<MPR_INTERFACE_3>().unwrap();
        assert_eq!(info.get().eap_data().unwrap(), SECRET.as_bytes());
        let other = info;
        assert_eq!(other.get().eap_data().unwrap(), SECRET.as_bytes(), "there until it goes back");
    });
    let stored = configuration.interface("branch").unwrap();
    leaves_nothing("a stored one's", || {
        drop(stored.info_at::<MPR_INTERFACE_2>().unwrap());
        drop(stored.info_at::<MPR_INTERFACE_3>().unwrap());
    });
    assert_eq!(RETURNED.get(), 4, "buffers of the library that came back");
}

#[test]
fn no_text_shows_a_secret() {
    fn assert_silent(value: &(impl Debug + ?Sized)) {
        for text in [format!("{value:?}"), format!("{value:#?}")] {
            let numbers = SECRET.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>();
            assert!(!text.contains(SECRET), "{text}");
            assert!(!text.contains(&numbers.join(", ")) && !text.contains(&numbers.join(",\n")), "{text}");
        }
    }
    let server = mpr().connect(None).unwrap();
    let credentials = InterfaceCredentials::new().with_user_name("branch").with_password(SECRET);
    assert_silent(&credentials);
    assert_silent(&PreSharedKey::from_text(SECRET));
    assert_silent(&DemandDial::vpn("branch", "vpn.example.com").eap(EapMethod(13), SECRET.as_bytes()));
    branch(&server).set_eap_credentials(SECRET.as_bytes()).unwrap();
    assert_silent(&branch(&server).eap_credentials().unwrap());
    assert_silent(&branch(&server).pre_shared_key().unwrap());
    assert_silent(&server);
    let info = branch(&server).info_at::<MPR_INTERFACE_2>().unwrap();
    assert_eq!(info.get().eap_data().unwrap(), SECRET.as_bytes());
    assert_silent(&info);
    assert_silent(&info.get());
    assert_silent(&info.get().to_owned());
    assert_silent(&info.get().to_settings().unwrap());
    FAILS.set(true);
    let error = server.set_pre_shared_key(&PreSharedKey::from_text(SECRET)).unwrap_err();
    assert_silent(&error);
    assert!(!error.to_string().contains(SECRET));
}

#[cfg(feature = "serde")]
#[test]
fn no_json_has_a_secret_in_it_and_what_is_one_cannot_be_made_json() {
    /// Evaluates to `true` if a type can be serialised. The inherent constant hides the trait's where its bound holds.
    macro_rules! is_serialize {
        ($type:ty) => {{
            #[allow(dead_code, reason = "one of each pair hides the other")]
            trait No {
                const SERIALIZE: bool = false;
            }
            struct Of<T: ?Sized>(std::marker::PhantomData<T>);
            impl<T: ?Sized> No for Of<T> {}
            #[allow(dead_code, reason = "as above")]
            impl<T: serde::Serialize + ?Sized> Of<T> {
                const SERIALIZE: bool = true;
            }
            <Of<$type>>::SERIALIZE
        }};
    }
    assert!(is_serialize!(mprapi::Guid), "the assertions here can fail");
    assert!(!is_serialize!(InterfaceCredentials));
    assert!(!is_serialize!(PreSharedKey));
    assert!(!is_serialize!(mprapi::Secret));
    assert!(!is_serialize!(DemandDial));

    let server = mpr().connect(None).unwrap();
    let info = branch(&server).info_at::<MPR_INTERFACE_2>().unwrap();
    let numbers = SECRET.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>().join(",");
    let hex = SECRET.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    for text in
        [serde_json::to_string(&info.get()).unwrap(), serde_json::to_string(&info.get().to_owned()).unwrap()]
    {
        assert!(text.contains("destination"), "{text}");
        assert!(!text.contains(SECRET) && !text.contains(&numbers) && !text.contains(&hex), "{text}");
    }
}
