//! A library whose answers to enumerations are the fuzzer's: codes, counts, resume handles, records of any bits. The
//! reader gives all that it was given, or an error, and every buffer goes back once.
//!
//! What no caller of the C API can see stays as the API promises: a buffer has as many records as its count says, and
//! a pointer in a record is null, misaligned, or leads into the same buffer to what its type wants.

use std::cell::RefCell;
use std::collections::HashMap;
use std::mem::offset_of;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};

use mprapi::sys::{self, Functions, HANDLE, LPBYTE, LPDWORD, LPVOID, LPWSTR, MPRAPI_OBJECT_HEADER, Mprapi};
use mprapi::sys::{
    MPR_DEVICE_0, MPR_DEVICE_1, MPR_IFTRANSPORT_0, MPR_INTERFACE_0, MPR_INTERFACE_1, MPR_INTERFACE_2,
    MPR_INTERFACE_3, MPR_TRANSPORT_0, RAS_CONNECTION_0, RAS_CONNECTION_1, RAS_CONNECTION_2, RAS_CONNECTION_3,
    RAS_CONNECTION_4, RAS_CONNECTION_EX, RAS_PORT_0,
};
use mprapi::{ErrorKind, Mpr, WideStrings};

#[derive(Default)]
struct Library {
    input: std::vec::IntoIter<u8>,
    /// The buffers that were given out and not given back.
    buffers: HashMap<usize, Box<[u64]>>,
    /// Where the last page said that the next one begins.
    resume: u32,
    /// The result that the reader should come to: this many records, unless something was wrong.
    records: usize,
    wrong: bool,
    /// How many records were made.
    made: u32,
}

thread_local! {
    static LIBRARY: RefCell<Library> = RefCell::default();
    static MPR: Mpr = mpr();
}

impl Library {
    fn byte(&mut self) -> u8 {
        self.input.next().unwrap_or(0)
    }

    fn word(&mut self) -> u32 {
        u32::from_le_bytes([self.byte(), self.byte(), self.byte(), self.byte()])
    }

    /// Bytes of the input, filled up to this length with zeros, or sometimes with one of them or with all of them again
    /// and again.
    fn bytes(&mut self, length: usize) -> Vec<u8> {
        let own = usize::from(self.byte()) * 8;
        let filling = self.byte() % 16;
        let rest = if filling == 1 { self.byte() } else { 0 };
        let mut bytes: Vec<u8> = self.input.by_ref().take(own.min(length)).collect();
        while filling == 2 && !bytes.is_empty() && bytes.len() < length {
            bytes.extend_from_within(..bytes.len().min(length - bytes.len()));
        }
        bytes.resize(length, rest);
        bytes
    }

    /// How many records a page has: a few, or a number of its own as long as that takes no more memory than an answer of
    /// a busy server.
    fn count(&mut self, shape: u8) -> u32 {
        let count = if shape == 31 { self.word() % (MOST + 1) } else { u32::from(shape % 5) };
        let count = count.min(MOST.saturating_sub(self.made).max(4));
        self.made += count;
        count
    }
}

/// The layout of the records of one level.
#[derive(Clone, Copy)]
struct Layout {
    size: usize,
    /// Where a record leads to a list of texts.
    texts: Option<usize>,
    /// Where a record leads to bytes, and where it says how many.
    data: Option<(usize, usize)>,
    /// The header that a record should have.
    header: Option<MPRAPI_OBJECT_HEADER>,
}

impl Layout {
    const fn of<R>(texts: Option<usize>) -> Layout {
        Layout { size: size_of::<R>(), texts, data: None, header: None }
    }
}

macro_rules! dialling {
    ($record:ident) => {
        Layout {
            data: Some((offset_of!($record, lpbCustomAuthData), offset_of!($record, dwCustomAuthDataSize))),
            ..Layout::of::<$record>(Some(offset_of!($record, szAlternates)))
        }
    };
}

const CONNECTIONS: [Layout; 5] = [
    Layout::of::<RAS_CONNECTION_0>(None),
    Layout::of::<RAS_CONNECTION_1>(None),
    Layout::of::<RAS_CONNECTION_2>(None),
    Layout::of::<RAS_CONNECTION_3>(None),
    Layout::of::<RAS_CONNECTION_4>(None),
];
const INTERFACES: [Layout; 4] = [
    Layout::of::<MPR_INTERFACE_0>(None),
    Layout::of::<MPR_INTERFACE_1>(Some(offset_of!(MPR_INTERFACE_1, lpwsDialoutHoursRestriction))),
    dialling!(MPR_INTERFACE_2),
    dialling!(MPR_INTERFACE_3),
];
const DEVICES: [Layout; 2] = [
    Layout::of::<MPR_DEVICE_0>(None),
    Layout::of::<MPR_DEVICE_1>(Some(offset_of!(MPR_DEVICE_1, szAlternates))),
];
const PORTS: [Layout; 1] = [Layout::of::<RAS_PORT_0>(None)];
const TRANSPORTS: [Layout; 1] = [Layout::of::<MPR_TRANSPORT_0>(None)];
const INTERFACE_TRANSPORTS: [Layout; 1] = [Layout::of::<MPR_IFTRANSPORT_0>(None)];

/// More records in all would only take longer.
const MOST: u32 = 1_024;

/// Addresses that no allocator gives: an odd one, and one that must not be touched.
const ODD: usize = 0x1001;
const UNTOUCHED: usize = 0x1000;

/// Where a page goes. A function without pages has no place for `total` and `resume`.
struct Page {
    buffer: *mut LPBYTE,
    read: LPDWORD,
    total: LPDWORD,
    resume: LPDWORD,
}

impl Page {
    fn answer(self, layout: Layout) -> u32 {
        LIBRARY.with_borrow_mut(|library| {
            let shape = library.byte();
            let code = match shape % 4 {
                0 => sys::NO_ERROR,
                1 => sys::ERROR_MORE_DATA,
                2 => sys::ERROR_NO_MORE_ITEMS,
                _ => library.word(),
            };
            let more = code == sys::ERROR_MORE_DATA;
            let (buffer, count): (LPBYTE, u32) = match shape / 8 {
                0 => (ptr::null_mut(), library.word()),
                1 => (ptr::null_mut(), 0),
                2 => (ptr::without_provenance_mut(ODD), library.word()),
                _ if code != sys::NO_ERROR && !more => {
                    (ptr::without_provenance_mut(UNTOUCHED), library.word())
                }
                other => {
                    let count = library.count(other);
                    (library.records(layout, count), count)
                }
            };
            let resume = if shape & 4 == 0 { library.resume.wrapping_add(1) } else { library.word() };
            put(self.buffer, buffer);
            put(self.read, count);
            put(self.total, library.word());
            put(self.resume, resume);

            let sound = if buffer.is_null() { count == 0 } else { buffer.addr() != ODD };
            let goes_on = count > 0 && !self.resume.is_null() && resume != library.resume;
            match code {
                sys::NO_ERROR if sound => library.records += count as usize,
                sys::ERROR_MORE_DATA if sound && goes_on => library.records += count as usize,
                sys::ERROR_NO_MORE_ITEMS => {}
                _ => library.wrong = true,
            }
            library.resume = resume;
            code
        })
    }
}

/// Answers one record, which no page is about.
fn one(buffer: *mut LPBYTE, layout: Layout) -> u32 {
    LIBRARY.with_borrow_mut(|library| {
        let shape = library.byte();
        let code = if shape & 1 == 0 { sys::NO_ERROR } else { library.word() };
        let given: LPBYTE = match shape / 2 % 8 {
            0 => ptr::null_mut(),
            1 => ptr::without_provenance_mut(ODD),
            _ if code != sys::NO_ERROR => ptr::without_provenance_mut(UNTOUCHED),
            _ => library.records(layout, 1),
        };
        put(buffer, given);
        if code == sys::NO_ERROR && !given.is_null() && given.addr() != ODD {
            library.records += 1;
        } else {
            library.wrong = true;
        }
        code
    })
}

/// Writes what a caller has given a place for.
fn put<T>(place: *mut T, value: T) {
    if !place.is_null() {
        // SAFETY: the reader's own, as the function's page asks.
        unsafe { place.write(value) };
    }
}

impl Library {
    /// A buffer of so many records, with what they lead to behind them.
    fn records(&mut self, layout: Layout, count: u32) -> LPBYTE {
        let length = layout.size * count as usize;
        let leads = layout.texts.is_some() || layout.data.is_some();
        let units = if leads { usize::from(self.byte()) } else { 0 };
        let mut bytes = self.bytes(length + 2 * units);
        // The end of a list of texts.
        bytes.extend([0; 4]);
        let mut words = vec![0_u64; bytes.len().div_ceil(8)].into_boxed_slice();
        let first: LPBYTE = words.as_mut_ptr().cast();
        let behind = first.expose_provenance() + length;

        for record in bytes[..length].chunks_exact_mut(layout.size) {
            if let Some(header) = layout.header {
                let sound = [header.revision, header.type_].into_iter().chain(header.size.to_ne_bytes());
                let sound: Vec<u8> = sound.collect();
                if !self.byte().is_multiple_of(8) {
                    record[..4].copy_from_slice(&sound);
                }
                self.wrong |= record[..4] != *sound && record[..4] != [0; 4];
            }
            if let Some(place) = layout.texts {
                let lead = [behind, 0, behind + 1][usize::from(self.byte() % 3)];
                record[place..][..size_of::<usize>()].copy_from_slice(&lead.to_ne_bytes());
            }
            if let Some((place, size)) = layout.data {
                let at_most = self.byte();
                let lead = if at_most == 0 { 0 } else { behind };
                record[place..][..size_of::<usize>()].copy_from_slice(&lead.to_ne_bytes());
                if lead != 0 {
                    let there = u32::from(at_most).min(2 * units as u32);
                    record[size..][..4].copy_from_slice(&there.to_ne_bytes());
                }
            }
        }
        for (word, chunk) in words.iter_mut().zip(bytes.chunks(8)) {
            let mut raw = [0; 8];
            raw[..chunk.len()].copy_from_slice(chunk);
            *word = u64::from_ne_bytes(raw);
        }
        self.buffers.insert(first.addr(), words);
        first
    }
}

unsafe extern "system" fn free(buffer: LPVOID) -> u32 {
    let known = LIBRARY.with_borrow_mut(|library| library.buffers.remove(&buffer.addr()).is_some());
    assert!(known, "freed twice, or never given");
    0
}

unsafe extern "system" fn connect(_: LPWSTR, handle: *mut HANDLE) -> u32 {
    // A new one each time: the registry knows those of the whole process.
    static LAST: AtomicUsize = AtomicUsize::new(1 << 40);
    put(handle, ptr::without_provenance_mut(LAST.fetch_add(8, Ordering::Relaxed)));
    0
}

unsafe extern "system" fn disconnect(_: HANDLE) {}

unsafe extern "system" fn interface(_: HANDLE, _: LPWSTR, handle: *mut HANDLE) -> u32 {
    put(handle, ptr::without_provenance_mut(8));
    0
}

macro_rules! by_level {
    ($($name:ident: $layouts:ident[$level:ident] ($($before:tt: $type:ty),+);)+) => {
        $(
            unsafe extern "system" fn $name(
                _: HANDLE,
                $($before: $type,)+
                buffer: *mut LPBYTE,
                _: u32,
                read: LPDWORD,
                total: LPDWORD,
                resume: LPDWORD,
            ) -> u32 {
                Page { buffer, read, total, resume }.answer($layouts[$level as usize])
            }
        )+
    };
}

by_level! {
    connections: CONNECTIONS[level] (level: u32);
    ports: PORTS[level] (level: u32, _: HANDLE);
    interfaces: INTERFACES[level] (level: u32);
    transports: TRANSPORTS[level] (level: u32);
    interface_transports: INTERFACE_TRANSPORTS[level] (_: HANDLE, level: u32);
}

unsafe extern "system" fn devices(_: HANDLE, level: u32, buffer: *mut LPBYTE, read: LPDWORD) -> u32 {
    let none = ptr::null_mut();
    Page { buffer, read, total: none, resume: none }.answer(DEVICES[level as usize])
}

unsafe extern "system" fn interface_info(
    _: HANDLE,
    _: HANDLE,
    level: u32,
    buffer: *mut LPBYTE,
    size: LPDWORD,
) -> u32 {
    let layout = INTERFACES[level as usize];
    put(size, layout.size as u32);
    one(buffer, layout)
}

unsafe extern "system" fn server_interface(_: HANDLE, _: LPWSTR, handle: *mut HANDLE, _: i32) -> u32 {
    put(handle, ptr::without_provenance_mut(8));
    0
}

unsafe extern "system" fn device(_: HANDLE, _: HANDLE, _: u32, level: u32, buffer: *mut LPBYTE) -> u32 {
    one(buffer, DEVICES[level as usize])
}

unsafe extern "system" fn connections_ex(
    _: HANDLE,
    header: *mut MPRAPI_OBJECT_HEADER,
    _: u32,
    read: LPDWORD,
    total: LPDWORD,
    buffer: *mut *mut RAS_CONNECTION_EX,
    resume: LPDWORD,
) -> u32 {
    // SAFETY: the reader's own, as the function's page asks.
    let header = Some(unsafe { header.read() });
    let layout = Layout { header, ..Layout::of::<RAS_CONNECTION_EX>(None) };
    Page { buffer: buffer.cast(), read, total, resume }.answer(layout)
}

fn mpr() -> Mpr {
    let functions = Functions {
        MprAdminServerConnect: Some(connect),
        MprAdminServerDisconnect: Some(disconnect),
        MprAdminConnectionEnum: Some(connections),
        MprAdminConnectionEnumEx: Some(connections_ex),
        MprAdminPortEnum: Some(ports),
        MprAdminInterfaceEnum: Some(interfaces),
        MprAdminInterfaceGetHandle: Some(server_interface),
        MprAdminInterfaceDeviceGetInfo: Some(device),
        MprAdminDeviceEnum: Some(devices),
        MprAdminBufferFree: Some(free),
        MprConfigServerConnect: Some(connect),
        MprConfigServerDisconnect: Some(disconnect),
        MprConfigInterfaceEnum: Some(interfaces),
        MprConfigInterfaceGetHandle: Some(interface),
        MprConfigInterfaceGetInfo: Some(interface_info),
        MprConfigInterfaceTransportEnum: Some(interface_transports),
        MprConfigTransportEnum: Some(transports),
        MprConfigBufferFree: Some(free),
        ..Functions::NONE
    };
    // SAFETY: the functions take what the header says; what they give is as it promises, as far as a caller must
    // believe it.
    unsafe { Mpr::from_table(Mprapi::from_functions(functions)) }
}

/// The longest list that is shown: showing takes most of the time, and a record is shown alike in a longer list.
const SHOWN: usize = 64;

/// Reads a list to its end.
macro_rules! read {
    ($list:expr, |$view:ident| $look:expr) => {
        match $list {
            Ok(list) => {
                let mut seen = 0;
                for $view in &list {
                    seen += 1;
                    $look;
                }
                assert_eq!(list.len(), seen);
                assert_eq!(list.is_empty(), seen == 0);
                if seen <= SHOWN {
                    assert!(format!("{list:?}").len() >= 2);
                }
                Ok(seen)
            }
            Err(error) => Err(error),
        }
    };
}

/// Reads the one record of an answer.
macro_rules! read_one {
    ($single:expr, |$view:ident| $look:expr) => {
        match $single {
            Ok(single) => {
                let $view = single.get();
                $look;
                assert!(format!("{single:?}").len() >= 2);
                Ok(1)
            }
            Err(error) => Err(error),
        }
    };
}

/// Copies a record, which asks it everything. (It is shown with its list.)
macro_rules! look {
    ($view:ident) => {
        drop(std::hint::black_box($view.snapshot()))
    };
}

pub fn run(bytes: &[u8]) {
    LIBRARY.with_borrow_mut(|library| {
        *library = Library { input: Vec::from(bytes).into_iter(), ..Library::default() };
    });
    let mpr = MPR.with(Mpr::clone);
    let server = mpr.connect(None).expect("nothing is wrong with it");
    let configuration = mpr.configuration(None).expect("nothing is wrong with it");
    let interface = configuration.interface("any").expect("nothing is wrong with it");
    let dialled = server.find_interface("any").expect("nothing is wrong with it");
    let read = match LIBRARY.with_borrow_mut(Library::byte) % 16 {
        0 => read!(server.connections(), |view| look!(view)),
        1 => read!(server.connections_at::<RAS_CONNECTION_1>(), |view| look!(view)),
        2 => read!(server.connections_at::<RAS_CONNECTION_2>(), |view| look!(view)),
        3 => read!(server.connections_at::<RAS_CONNECTION_3>(), |view| look!(view)),
        4 => read!(server.connections_at::<RAS_CONNECTION_4>(), |view| look!(view)),
        5 => read!(server.connections_at::<RAS_CONNECTION_EX>(), |view| look!(view)),
        6 => read!(server.ports(), |view| look!(view)),
        7 => read!(server.interfaces(), |view| {
            look!(view);
            let _ = view.to_settings().expect("level 0 leads nowhere");
        }),
        8 => read_one!(interface.info_at::<MPR_INTERFACE_1>(), |view| {
            look!(view);
            same(view.dialout_hours(), view.as_raw().lpwsDialoutHoursRestriction);
            assert_eq!(view.to_settings().is_ok(), view.dialout_hours().is_ok());
        }),
        9 => read_one!(interface.info_at::<MPR_INTERFACE_2>(), |view| {
            look!(view);
            same(view.alternates(), view.as_raw().szAlternates);
            let sound =
                eap(view.eap_data(), view.as_raw().lpbCustomAuthData, view.as_raw().dwCustomAuthDataSize);
            assert_eq!(view.to_settings().is_ok(), sound && view.alternates().is_ok());
        }),
        10 => read_one!(interface.info_at::<MPR_INTERFACE_3>(), |view| {
            look!(view);
            same(view.alternates(), view.as_raw().szAlternates);
            let sound =
                eap(view.eap_data(), view.as_raw().lpbCustomAuthData, view.as_raw().dwCustomAuthDataSize);
            assert_eq!(view.to_settings().is_ok(), sound && view.alternates().is_ok());
        }),
        11 => read!(server.devices(), |view| look!(view)),
        12 => read_one!(dialled.device(1), |view| {
            look!(view);
            same(view.alternates(), view.as_raw().szAlternates);
        }),
        13 => read!(configuration.interfaces(), |view| look!(view)),
        14 => read!(configuration.transports(), |view| assert!(view.name().len() <= 41)),
        _ => read!(interface.transports(), |view| assert!(view.name().len() <= 41)),
    };
    LIBRARY.with_borrow(|library| {
        match read {
            Ok(records) => assert_eq!((records, false), (library.records, library.wrong)),
            Err(error) => {
                assert!(library.wrong, "{error}");
                assert!(error.code().is_some() || error.kind() == ErrorKind::MalformedAnswer, "{error}");
            }
        }
        assert!(library.buffers.is_empty(), "{} buffers not given back", library.buffers.len());
    });
}

/// A list of texts is what lies where the record leads.
fn same(read: mprapi::Result<WideStrings<'_>>, first: *const u16) {
    if !first.is_aligned() {
        return assert_eq!(read.unwrap_err().kind(), ErrorKind::MalformedAnswer);
    }
    let read = read.expect("a list with an end");
    let mut place = first;
    for text in read.iter() {
        for unit in text.units().iter().chain([&0]) {
            // SAFETY: the list goes on, for the reader saw this unit; or else this reads beyond, and is seen to.
            assert_eq!(unsafe { place.read() }, *unit);
            place = place.wrapping_add(1);
        }
    }
    // SAFETY: as above.
    assert!(first.is_null() || unsafe { place.read() } == 0, "it ends here");
}

/// Data are as many bytes as the record says. Whether they are there.
fn eap(read: mprapi::Result<&[u8]>, first: *const u8, size: u32) -> bool {
    assert_eq!(read.is_err(), first.is_null() && size > 0);
    read.is_ok_and(|data| {
        assert_eq!(data.len(), size as usize);
        assert!(data.iter().fold(0_usize, |sum, byte| sum + usize::from(*byte)) <= 255 * data.len());
        true
    })
}
