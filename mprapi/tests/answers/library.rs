//! The library: its answers are what a test puts into it, and it keeps what it is given.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ptr;
use std::sync::Mutex;

use mprapi::sys::{self, Functions, HANDLE, LPBYTE, LPVOID, LPWSTR, Mprapi};
use mprapi::sys::{
    MPR_CREDENTIALSEX_1, MPR_SERVER_EX0, MPR_SERVER_EX1, MPR_SERVER_SET_CONFIG_EX0,
    MPR_SERVER_SET_CONFIG_EX1, MPRAPI_OBJECT_HEADER, RAS_CONNECTION_EX, RAS_UPDATE_CONNECTION,
};
use mprapi::{Mpr, Server};
use widestring::U16CStr;

#[derive(Default)]
pub(crate) struct Library {
    /// The buffers that were given out and not given back.
    pub(crate) buffers: HashMap<usize, Box<[u64]>>,
    /// The answer of the calls: the bytes of the buffer, and the number of records in it.
    pub(crate) answer: Vec<u8>,
    pub(crate) count: u32,
    /// The record that `MprAdminServerGetInfoEx` and `MprAdminConnectionGetInfoEx` write, but for its header.
    pub(crate) server: Option<MPR_SERVER_EX1>,
    pub(crate) connection: Option<RAS_CONNECTION_EX>,
    /// The header to answer in place of the requested one.
    pub(crate) header: Option<MPRAPI_OBJECT_HEADER>,
    /// The arguments that were given, as text.
    pub(crate) given: Vec<String>,
    pub(crate) key: Vec<u8>,
    /// Every buffer as it was when it came back.
    pub(crate) returned: Vec<Vec<u64>>,
}

thread_local! {
    static LIBRARY: RefCell<Library> = RefCell::default();
}

pub(crate) fn library<T>(work: impl FnOnce(&mut Library) -> T) -> T {
    LIBRARY.with_borrow_mut(work)
}

/// A buffer with these bytes at its beginning.
pub(crate) fn give(bytes: &[u8]) -> LPBYTE {
    let mut words = vec![0_u64; bytes.len().div_ceil(8) + 1].into_boxed_slice();
    for (word, chunk) in words.iter_mut().zip(bytes.chunks(8)) {
        let mut raw = [0; 8];
        raw[..chunk.len()].copy_from_slice(chunk);
        *word = u64::from_ne_bytes(raw);
    }
    let first: LPBYTE = words.as_mut_ptr().cast();
    library(|library| library.buffers.insert(first.addr(), words));
    first
}

/// The bytes of a record, which has no padding that matters here.
pub(crate) fn bytes_of<R: Copy>(record: &R) -> Vec<u8> {
    let mut words = vec![0_u64; size_of::<R>().div_ceil(8)];
    // SAFETY: there is room for the record, and it is aligned to no more than 8 bytes.
    unsafe { words.as_mut_ptr().cast::<R>().write(*record) };
    words.into_iter().flat_map(u64::to_ne_bytes).take(size_of::<R>()).collect()
}

pub(crate) unsafe extern "system" fn free(buffer: LPVOID) -> u32 {
    let words = library(|library| library.buffers.remove(&buffer.addr()));
    let words = words.expect("a buffer that was given out and not given back before");
    library(|library| library.returned.push(words.into_vec()));
    0
}

pub(crate) unsafe extern "system" fn connect(_: LPWSTR, handle: *mut HANDLE) -> u32 {
    // A new one each time: the registry knows those of the whole process.
    static LAST: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(8);
    let value = LAST.fetch_add(8, std::sync::atomic::Ordering::Relaxed);
    // SAFETY: the caller's.
    unsafe { handle.write(ptr::without_provenance_mut(value)) };
    0
}

pub(crate) unsafe extern "system" fn disconnect(_: HANDLE) {}

unsafe fn answer(buffer: *mut LPBYTE) {
    let bytes = library(|library| library.answer.clone());
    // SAFETY: the caller's.
    unsafe { buffer.write(give(&bytes)) };
}

unsafe extern "system" fn info(_: HANDLE, level: u32, _: HANDLE, buffer: *mut LPBYTE) -> u32 {
    library(|library| library.given.push(format!("level {level}")));
    // SAFETY: the caller's.
    unsafe { answer(buffer) };
    0
}

unsafe extern "system" fn enumerate(
    _: HANDLE,
    level: u32,
    buffer: *mut LPBYTE,
    _: u32,
    read: *mut u32,
    _: *mut u32,
    _: *mut u32,
) -> u32 {
    library(|library| library.given.push(format!("level {level}")));
    // SAFETY: the caller's.
    unsafe { answer(buffer) };
    // SAFETY: the caller's.
    unsafe { read.write(library(|library| library.count)) };
    0
}

unsafe extern "system" fn enumerate_ports(
    server: HANDLE,
    level: u32,
    _: HANDLE,
    buffer: *mut LPBYTE,
    length: u32,
    read: *mut u32,
    total: *mut u32,
    resume: *mut u32,
) -> u32 {
    // SAFETY: the caller's.
    unsafe { enumerate(server, level, buffer, length, read, total, resume) }
}

unsafe extern "system" fn enumerate_ex(
    _: HANDLE,
    header: sys::PMPRAPI_OBJECT_HEADER,
    _: u32,
    read: *mut u32,
    _: *mut u32,
    buffer: *mut sys::PRAS_CONNECTION_EX,
    _: *mut u32,
) -> u32 {
    // SAFETY: the caller's.
    let header = unsafe { header.read() };
    library(|library| {
        library.given.push(format!("{} {} {}", header.revision, header.type_, header.size));
    });
    // SAFETY: the caller's.
    unsafe { answer(buffer.cast()) };
    // SAFETY: the caller's.
    unsafe { read.write(library(|library| library.count)) };
    0
}

unsafe extern "system" fn connection_ex(_: HANDLE, _: HANDLE, record: sys::PRAS_CONNECTION_EX) -> u32 {
    // SAFETY: the caller's.
    let asked = unsafe { (*record).Header };
    let answered = library(|library| RAS_CONNECTION_EX {
        Header: library.header.unwrap_or(asked),
        ..library.connection.unwrap_or_default()
    });
    // SAFETY: the caller's, whose header says that it is so large.
    unsafe { record.write(answered) };
    0
}

unsafe extern "system" fn server_ex(_: HANDLE, record: *mut MPR_SERVER_EX1) -> u32 {
    // SAFETY: the caller's.
    let asked = unsafe { record.cast::<MPRAPI_OBJECT_HEADER>().read() };
    let mut answer = library(|library| MPR_SERVER_EX1 {
        Header: library.header.unwrap_or(asked),
        ..library.server.unwrap_or_default()
    });
    hand_out(&mut answer.ConfigParams);
    library(|library| library.given.push(format!("{} {} {}", asked.revision, asked.type_, asked.size)));
    if usize::from(asked.size) == size_of::<MPR_SERVER_EX1>() {
        // SAFETY: the caller's, whose header says that it is so large.
        unsafe { record.write(answer) };
    } else {
        let shorter = MPR_SERVER_EX0 {
            Header: answer.Header,
            fLanOnlyMode: answer.fLanOnlyMode,
            dwUpTime: answer.dwUpTime,
            dwTotalPorts: answer.dwTotalPorts,
            dwPortsInUse: answer.dwPortsInUse,
            Reserved: 0,
            ConfigParams: without_gre(&answer.ConfigParams),
        };
        // SAFETY: as above.
        unsafe { record.cast::<MPR_SERVER_EX0>().write(shorter) };
    }
    0
}

fn without_gre(all: &sys::MPRAPI_TUNNEL_CONFIG_PARAMS1) -> sys::MPRAPI_TUNNEL_CONFIG_PARAMS0 {
    sys::MPRAPI_TUNNEL_CONFIG_PARAMS0 {
        IkeConfigParams: all.IkeConfigParams,
        PptpConfigParams: all.PptpConfigParams,
        L2tpConfigParams: all.L2tpConfigParams,
        SstpConfigParams: all.SstpConfigParams,
    }
}

/// Takes over what is set, with all that it points to.
unsafe extern "system" fn set_server_ex(_: HANDLE, record: *mut MPR_SERVER_SET_CONFIG_EX1) -> u32 {
    // SAFETY: the caller's.
    let header = unsafe { record.cast::<MPRAPI_OBJECT_HEADER>().read() };
    let mut server = MPR_SERVER_EX1::default();
    let tunnels = &mut server.ConfigParams;
    let protocols;
    if usize::from(header.size) == size_of::<MPR_SERVER_SET_CONFIG_EX1>() {
        // SAFETY: the caller's, whose header says that it is so large.
        let record = unsafe { record.read() };
        (protocols, *tunnels) = (record.setConfigForProtocols, record.ConfigParams);
    } else {
        // SAFETY: as above.
        let record = unsafe { record.cast::<MPR_SERVER_SET_CONFIG_EX0>().read() };
        protocols = record.setConfigForProtocols;
        tunnels.IkeConfigParams = record.ConfigParams.IkeConfigParams;
        tunnels.PptpConfigParams = record.ConfigParams.PptpConfigParams;
        tunnels.L2tpConfigParams = record.ConfigParams.L2tpConfigParams;
        tunnels.SstpConfigParams = record.ConfigParams.SstpConfigParams;
    }
    library(|library| {
        library.given.push(format!("{} {} {} {protocols:#x}", header.revision, header.type_, header.size));
    });
    let ikev2 = &mut tunnels.IkeConfigParams.TunnelConfigParams;
    let names = kept(&mut ikev2.certificateNames, ikev2.dwTotalCertificates);
    let hashes = [&mut ikev2.machineCertificateName, &mut ikev2.machineCertificateHash];
    for blob in names.iter_mut().chain(hashes) {
        kept(&mut blob.pbData, blob.cbData);
    }
    for usage in kept(&mut ikev2.certificateEKUs, ikev2.dwTotalEkus) {
        // As many units as the size says, as one reading of it wants.
        kept(&mut usage.pwszEKU, usage.dwSize);
    }
    let policies = (!ikev2.customPolicy.is_null()).into();
    kept(&mut ikev2.customPolicy, policies);
    let l2tp = &mut tunnels.L2tpConfigParams.TunnelConfigParams;
    let policies = (!l2tp.customPolicy.is_null()).into();
    kept(&mut l2tp.customPolicy, policies);
    let sstp = &mut tunnels.SstpConfigParams.sstpCertDetails.certBlob;
    kept(&mut sstp.pbData, sstp.cbData);
    library(|library| library.server = Some(server));
    0
}

/// Puts a copy, which stays for the life of the process, in the place of what the caller gave.
fn kept<T: Copy + 'static>(first: &mut *mut T, count: u32) -> &'static mut [T] {
    if count == 0 {
        *first = ptr::null_mut();
        return &mut [];
    }
    // SAFETY: the caller of the library gave so many.
    let items = unsafe { std::slice::from_raw_parts(*first, count as usize) };
    let copy = items.to_vec().leak();
    *first = copy.as_mut_ptr();
    // Known somewhere, so that a tool that looks for leaks finds what is none.
    KEPT.lock().unwrap().insert(first.expose_provenance(), count as usize);
    copy
}

/// The kept buffers by address, each with its number of items.
static KEPT: Mutex<std::collections::BTreeMap<usize, usize>> = Mutex::new(std::collections::BTreeMap::new());

/// Puts a buffer of its own, which is to come back, in the place of what was kept. What was not is left as it is.
fn handed_out<T: Copy>(first: &mut *mut T, mut inside: impl FnMut(&mut T)) {
    let kept = KEPT.lock().unwrap().get(&first.addr()).copied();
    let Some(count) = kept else { return };
    let buffer: *mut T = give(&vec![0; count * size_of::<T>()]).cast();
    for index in 0..count {
        // SAFETY: so many were kept.
        let mut item = unsafe { first.wrapping_add(index).read() };
        inside(&mut item);
        // SAFETY: the buffer has room for as many, and is aligned for all of them.
        unsafe { buffer.wrapping_add(index).write(item) };
    }
    *first = buffer;
}

/// Each pointer of the record becomes a buffer of its own.
fn hand_out(all: &mut sys::MPRAPI_TUNNEL_CONFIG_PARAMS1) {
    let ikev2 = &mut all.IkeConfigParams.TunnelConfigParams;
    handed_out(&mut ikev2.certificateNames, |name| handed_out(&mut name.pbData, |_| ()));
    handed_out(&mut ikev2.machineCertificateName.pbData, |_| ());
    handed_out(&mut ikev2.machineCertificateHash.pbData, |_| ());
    handed_out(&mut ikev2.certificateEKUs, |usage| handed_out(&mut usage.pwszEKU, |_| ()));
    handed_out(&mut ikev2.customPolicy, |_| ());
    handed_out(&mut all.L2tpConfigParams.TunnelConfigParams.customPolicy, |_| ());
    handed_out(&mut all.SstpConfigParams.sstpCertDetails.certBlob.pbData, |_| ());
}

unsafe extern "system" fn get_key(_: HANDLE, level: u32, buffer: *mut LPBYTE) -> u32 {
    library(|library| library.given.push(format!("level {level}")));
    let key = library(|library| library.key.clone());
    let mut bytes = vec![0; size_of::<MPR_CREDENTIALSEX_1>()];
    bytes.extend_from_slice(&key);
    let first = give(&bytes);
    // SAFETY: the buffer is as large as that.
    let place = unsafe { first.add(size_of::<MPR_CREDENTIALSEX_1>()) };
    let record = MPR_CREDENTIALSEX_1 { dwSize: key.len() as u32, lpbCredentialsInfo: place };
    // SAFETY: as above, and it is aligned.
    unsafe { first.cast::<MPR_CREDENTIALSEX_1>().write(record) };
    // SAFETY: the caller's.
    unsafe { buffer.write(first) };
    0
}

unsafe extern "system" fn set_key(_: HANDLE, level: u32, buffer: LPBYTE) -> u32 {
    library(|library| library.given.push(format!("level {level}")));
    // SAFETY: the caller's.
    let record = unsafe { buffer.cast::<MPR_CREDENTIALSEX_1>().read() };
    let key = match record.dwSize {
        0 => Vec::new(),
        // SAFETY: the caller's.
        size => unsafe { std::slice::from_raw_parts(record.lpbCredentialsInfo, size as usize) }.to_vec(),
    };
    library(|library| library.key = key);
    0
}

unsafe extern "system" fn remove_quarantine(_: HANDLE, connection: HANDLE, is_address: sys::BOOL) -> u32 {
    library(|library| library.given.push(format!("{:#x} {is_address}", connection.addr())));
    0
}

unsafe extern "system" fn update(_: HANDLE, _: HANDLE, record: *mut RAS_UPDATE_CONNECTION) -> u32 {
    // SAFETY: the caller's.
    let record = unsafe { record.read() };
    let text =
        |units: &[u16]| String::from_utf16_lossy(units.split(|unit| *unit == 0).next().unwrap_or_default());
    let header = record.Header;
    library(|library| {
        library.given.push(format!(
            "{} {} {} if {} from {} to {}",
            header.revision,
            header.type_,
            header.size,
            record.dwIfIndex,
            text(&record.wszLocalEndpointAddress),
            text(&record.wszRemoteEndpointAddress),
        ));
    });
    0
}

unsafe extern "system" fn message(_: HANDLE, _: HANDLE, text: LPWSTR) -> u32 {
    // SAFETY: the caller's.
    let text = unsafe { U16CStr::from_ptr_str(text) };
    library(|library| library.given.push(text.to_string_lossy()));
    0
}

pub(crate) fn server() -> Server {
    let functions = Functions {
        MprAdminServerConnect: Some(connect),
        MprAdminServerDisconnect: Some(disconnect),
        MprAdminBufferFree: Some(free),
        MprAdminConnectionGetInfo: Some(info),
        MprAdminPortEnum: Some(enumerate_ports),
        MprAdminPortGetInfo: Some(info),
        MprAdminConnectionEnum: Some(enumerate),
        MprAdminConnectionEnumEx: Some(enumerate_ex),
        MprAdminConnectionGetInfoEx: Some(connection_ex),
        MprAdminServerGetInfoEx: Some(server_ex),
        MprAdminServerSetInfoEx: Some(set_server_ex),
        MprAdminServerGetCredentials: Some(get_key),
        MprAdminServerSetCredentials: Some(set_key),
        MprAdminConnectionRemoveQuarantine: Some(remove_quarantine),
        MprAdminUpdateConnection: Some(update),
        MprAdminSendUserMessage: Some(message),
        ..Functions::NONE
    };
    // SAFETY: the functions above keep the API's contract as far as this crate relies on it.
    unsafe { Mpr::from_table(Mprapi::from_functions(functions)) }.connect(None).unwrap()
}
