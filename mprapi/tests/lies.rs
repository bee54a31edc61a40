//! A library that answers nonsense: whatever it says, there is an answer or an error, and every buffer goes back once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ffi::c_void;
use std::ptr;

use mprapi::TransportId;
use mprapi::mib::MibModule;
use mprapi::sys::{Functions, HANDLE, LPBYTE, LPVOID, LPWSTR, Mprapi, WCHAR};
use mprapi::{ErrorKind, Info, InfoBlockBuf, InfoType, Mpr};
use proptest::prelude::*;

thread_local! {
    /// The answer of the next call, and the buffers that were given out.
    static ANSWERS: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
    static BUFFERS: RefCell<HashMap<usize, Box<[u64]>>> = RefCell::new(HashMap::new());
    /// The answer of `MprInfoBlockFind`: size, count, and place, from the block's start.
    static FOUND: RefCell<(u32, u32, isize)> = const { RefCell::new((0, 0, 0)) };
}

fn give(bytes: &[u8]) -> *mut c_void {
    let mut words = vec![0_u64; bytes.len().div_ceil(8) + 1];
    for (word, chunk) in words.iter_mut().zip(bytes.chunks(8)) {
        let mut raw = [0; 8];
        raw[..chunk.len()].copy_from_slice(chunk);
        *word = u64::from_ne_bytes(raw);
    }
    let mut words = words.into_boxed_slice();
    let first: *mut c_void = words.as_mut_ptr().cast();
    BUFFERS.with_borrow_mut(|buffers| buffers.insert(first.addr(), words));
    first
}

/// Gives the next answer, and says how long it is.
fn answer() -> (*mut c_void, u32) {
    let bytes =
        ANSWERS.with_borrow_mut(|answers| if answers.is_empty() { Vec::new() } else { answers.remove(0) });
    (give(&bytes), bytes.len() as u32)
}

unsafe extern "system" fn free(buffer: LPVOID) -> u32 {
    let known = BUFFERS.with_borrow_mut(|buffers| buffers.remove(&buffer.addr()).is_some());
    assert!(known, "freed twice, or never given");
    0
}

unsafe extern "system" fn connect(_: LPWSTR, handle: *mut HANDLE) -> u32 {
    // A new one each time: the registry knows those of the whole process.
    static LAST: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(1 << 40);
    let value = LAST.fetch_add(8, std::sync::atomic::Ordering::Relaxed);
    // SAFETY: the caller's.
    unsafe { handle.write(ptr::without_provenance_mut(value)) };
    0
}

unsafe extern "system" fn disconnect(_: HANDLE) {}

unsafe extern "system" fn mib_get(
    _: HANDLE,
    _: u32,
    _: u32,
    _: LPVOID,
    _: u32,
    out: *mut LPVOID,
    size: *mut u32,
) -> u32 {
    let (buffer, length) = answer();
    // SAFETY: the caller's.
    unsafe { out.write(buffer) };
    // SAFETY: the caller's.
    unsafe { size.write(length) };
    0
}

unsafe extern "system" fn transport_handle(_: HANDLE, id: u32, handle: *mut HANDLE) -> u32 {
    // SAFETY: the caller's.
    unsafe { handle.write(ptr::without_provenance_mut(id as usize)) };
    0
}

unsafe extern "system" fn transport_info(
    _: HANDLE,
    _: HANDLE,
    global: *mut LPBYTE,
    global_size: *mut u32,
    client: *mut LPBYTE,
    client_size: *mut u32,
    path: *mut LPWSTR,
) -> u32 {
    for (place, size) in [(global, global_size), (client, client_size)] {
        let (buffer, length) = answer();
        // SAFETY: the caller's.
        unsafe { place.write(buffer.cast()) };
        // SAFETY: the caller's.
        unsafe { size.write(length) };
    }
    let (text, _) = answer();
    // SAFETY: the caller's.
    unsafe { path.write(text.cast()) };
    0
}

unsafe extern "system" fn friendly_name(_: HANDLE, _: *mut WCHAR, buffer: *mut WCHAR, bytes: u32) -> u32 {
    let (_, wanted) = answer();
    if wanted > bytes {
        return 111;
    }
    for index in 0..wanted as usize / 2 {
        // SAFETY: below the size that the caller gave.
        let place = unsafe { buffer.add(index) };
        // SAFETY: as above.
        unsafe { place.write(b'x'.into()) };
    }
    0
}

unsafe extern "system" fn info_create(_: u32, new: *mut LPVOID) -> u32 {
    let (buffer, _) = answer();
    // SAFETY: the caller's.
    unsafe { new.write(buffer) };
    0
}

unsafe extern "system" fn info_same(old: LPVOID, new: *mut LPVOID) -> u32 {
    // SAFETY: the caller's.
    unsafe { new.write(old) };
    0
}

unsafe extern "system" fn info_size(_: LPVOID) -> u32 {
    16
}

unsafe extern "system" fn info_find(
    old: LPVOID,
    _: u32,
    size: *mut u32,
    count: *mut u32,
    data: *mut LPBYTE,
) -> u32 {
    let (found_size, found_count, offset) = FOUND.with_borrow(|found| *found);
    // SAFETY: the caller's.
    unsafe { size.write(found_size) };
    // SAFETY: the caller's.
    unsafe { count.write(found_count) };
    // SAFETY: the caller's.
    unsafe { data.write(old.cast::<u8>().wrapping_offset(offset)) };
    0
}

fn liar() -> Mpr {
    let functions = Functions {
        MprAdminMIBServerConnect: Some(connect),
        MprAdminMIBServerDisconnect: Some(disconnect),
        MprAdminMIBEntryGet: Some(mib_get),
        MprAdminMIBBufferFree: Some(free),
        MprConfigServerConnect: Some(connect),
        MprConfigServerDisconnect: Some(disconnect),
        MprConfigTransportGetHandle: Some(transport_handle),
        MprConfigTransportGetInfo: Some(transport_info),
        MprConfigBufferFree: Some(free),
        MprConfigGetFriendlyName: Some(friendly_name),
        MprInfoCreate: Some(info_create),
        MprInfoRemoveAll: Some(info_same),
        MprInfoDuplicate: Some(info_same),
        MprInfoBlockQuerySize: Some(info_size),
        MprInfoBlockFind: Some(info_find),
        MprInfoDelete: Some(free),
        ..Functions::NONE
    };
    // SAFETY: the functions take what the header says; what they give is readable and freed as they ask.
    unsafe { Mpr::from_table(Mprapi::from_functions(functions)) }
}

/// A block of the library's own: of a version that there is none of, but as long as `info_size` says.
const KEPT: [u8; 16] = [0, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

fn say(answers: &[&[u8]]) {
    ANSWERS.with_borrow_mut(|next| *next = answers.iter().map(|answer| answer.to_vec()).collect());
}

fn assert_all_freed() {
    BUFFERS.with_borrow(|buffers| assert!(buffers.is_empty(), "{} buffers not freed", buffers.len()));
}

/// Bytes of an answer that begins like a true one: the variable, padding, a count.
fn table(variable: u32) -> impl Strategy<Value = Vec<u8>> {
    let count = prop_oneof![0..4_u32, any::<u32>()];
    (count, proptest::collection::vec(any::<u8>(), 0..2000)).prop_map(move |(count, rest)| {
        let mut bytes: Vec<u8> = [variable, 0, count].iter().flat_map(|word| word.to_ne_bytes()).collect();
        bytes.extend(rest);
        bytes
    })
}

proptest! {
    #[test]
    fn a_table_of_any_bytes_is_read_or_refused(
        interfaces in table(1),
        addresses in table(4),
        routes in table(7),
        cut in any::<prop::sample::Index>(),
    ) {
        let mpr = liar();
        let mib = mpr.mib(None).unwrap();
        for answer in [&interfaces[..], &interfaces[..cut.index(interfaces.len())]] {
            say(&[answer]);
            if let Ok(table) = mib.interfaces() {
                let read = format!("{table:?}");
                prop_assert!(!read.is_empty());
                for row in &table {
                    prop_assert!(row.name().len() <= 256);
                    prop_assert!(row.physical_address().len() <= 8);
                    prop_assert!(row.description().len() <= 256);
                }
            }
        }
        say(&[&addresses]);
        if let Ok(table) = mib.addresses() {
            prop_assert!(table.len() * 24 <= addresses.len());
            prop_assert_eq!(format!("{table:?}").is_empty(), false);
        }
        say(&[&routes]);
        if let Ok(table) = mib.routes() {
            prop_assert!(table.len() * 56 <= routes.len());
            prop_assert_eq!(table.iter().count(), table.len());
        }
        assert_all_freed();
    }

    #[test]
    fn transport_settings_of_any_bytes_are_read_or_refused(
        global in proptest::collection::vec(any::<u8>(), 0..100),
        client in proptest::collection::vec(any::<u8>(), 0..100),
        path in proptest::collection::vec(any::<u8>(), 0..20),
    ) {
        let mpr = liar();
        let configuration = mpr.configuration(None).unwrap();
        let transport = configuration.transport(TransportId::Ip).unwrap();
        say(&[&global, &client, &path]);
        if let Err(error) = transport.info() {
            prop_assert_eq!(error.kind(), ErrorKind::MalformedAnswer);
        }
        assert_all_freed();
    }
}

#[test]
fn a_sound_block_is_kept_though_the_other_is_malformed_and_nothing_leaks() {
    let mpr = liar();
    let configuration = mpr.configuration(None).unwrap();
    let transport = configuration.transport(TransportId::Ip).unwrap();
    let mut block = InfoBlockBuf::new();
    block.add(Info::item(InfoType::IP_GLOBAL, &[1, 2, 3]).unwrap()).unwrap();
    let text: Vec<u8> = "iprtrmgr.dll".encode_utf16().flat_map(u16::to_ne_bytes).collect();

    say(&[&block.to_bytes(), &[], &text]);
    let info = transport.info().unwrap();
    assert_eq!(info.global.as_ref(), Some(&block));
    assert_eq!(info.client_interface, None);
    assert!(info.dll_path.unwrap() == "iprtrmgr.dll");

    say(&[&block.to_bytes(), &[9; 40], &text]);
    let error = transport.info().unwrap_err();
    assert_eq!((error.function(), error.kind()), ("MprConfigTransportGetInfo", ErrorKind::MalformedAnswer));
    assert_all_freed();
}

#[test]
fn another_variable_than_was_asked_for_and_short_answers_are_errors() {
    let mpr = liar();
    let mib = mpr.mib(None).unwrap();
    for answer in [&[][..], &[1, 0, 0, 0][..], &[1, 0, 0, 0, 0, 0, 0, 0][..], &[2; 16][..]] {
        say(&[answer]);
        assert_eq!(mib.interfaces().unwrap_err().kind(), ErrorKind::MalformedAnswer);
    }
    // One row announced, and one byte too few for it.
    let mut answer = vec![0; 12 + 23];
    answer[0] = 4;
    answer[8] = 1;
    say(&[&answer]);
    assert_eq!(mib.addresses().unwrap_err().kind(), ErrorKind::MalformedAnswer);
    answer.push(0);
    say(&[&answer]);
    assert_eq!(mib.addresses().unwrap().len(), 1);
    assert_all_freed();
}

#[test]
fn an_empty_query_is_refused_before_the_call() {
    let mpr = liar();
    let mib = mpr.mib(None).unwrap();
    for error in [
        mib.get(MibModule::IP_ROUTER_MANAGER, &[]).unwrap_err(),
        // These functions are not there at all; the argument comes first.
        mib.get_first(MibModule::IP_ROUTER_MANAGER, &[]).unwrap_err(),
        mib.get_next(MibModule::IP_ROUTER_MANAGER, &[]).unwrap_err(),
        mib.create(MibModule::IP_ROUTER_MANAGER, &[]).unwrap_err(),
        mib.set(MibModule::IP_ROUTER_MANAGER, &[]).unwrap_err(),
        mib.delete(MibModule::IP_ROUTER_MANAGER, &[]).unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    }
    assert_all_freed();
}

#[test]
fn a_name_that_needs_more_room_gets_it_and_one_without_end_is_an_error() {
    let mpr = liar();
    let configuration = mpr.configuration(None).unwrap();
    let read = |units: usize, tries: usize| {
        say(&vec![&vec![0; units * 2][..]; tries]);
        let answer = configuration.friendly_name("{}");
        BUFFERS.with_borrow_mut(HashMap::clear);
        answer
    };
    assert_eq!(read(257, 1).unwrap().len(), 257, "without a terminator, to the buffer's end");
    assert_eq!(read(1_000, 3).unwrap().len(), 1_000);
    let error = read(40_000, 20).unwrap_err();
    assert_eq!(error.code(), Some(111));
}

#[test]
fn items_that_lie_outside_the_librarys_own_block_are_an_error() {
    let mpr = liar();
    say(&[&KEPT]);
    let header = mpr.info_header().unwrap();
    let find = |size, count, offset| {
        FOUND.set((size, count, offset));
        header.find(InfoType(7)).map(|info| info.map(|info| info.data().len())).map_err(|error| error.kind())
    };
    assert_eq!(find(4, 1, 12), Ok(Some(4)));
    assert_eq!(find(0, 9, -400), Ok(Some(0)), "no bytes are nowhere");
    for (size, count, offset) in
        [(4, 2, 12), (4, 1, -4), (u32::MAX, u32::MAX, 0), (1, 1, 16), (1, 1, 1 << 40)]
    {
        assert_eq!(find(size, count, offset), Err(ErrorKind::MalformedAnswer));
    }
    drop(header);
    assert_all_freed();
}

#[test]
fn a_library_that_changes_its_block_in_place_has_it_freed_once() {
    let mpr = liar();
    say(&[&KEPT]);
    let mut header = mpr.info_header().unwrap();
    header.clear().unwrap();
    assert_eq!(header.try_clone().unwrap_err().kind(), ErrorKind::MalformedAnswer);
    assert_eq!(header.block().unwrap_err().kind(), ErrorKind::MalformedAnswer);
    drop(header);
    assert_all_freed();
}
