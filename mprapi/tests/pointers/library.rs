//! A library that counts: it notes each buffer that it hands out, the function that must free it, and the calls that do.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};

use mprapi::sys::{
    self, BOOL, CRYPTOAPI_BLOB, Functions, HANDLE, LPBYTE, LPVOID, LPWSTR, MPR_CERT_EKU, MPR_CREDENTIALSEX_0,
    MPR_DEVICE_1, MPR_IF_CUSTOMINFOEX0, MPR_IF_CUSTOMINFOEX1, MPR_IF_CUSTOMINFOEX2, MPR_INTERFACE_1,
    MPR_INTERFACE_2, MPR_INTERFACE_3, MPR_SERVER_EX0, MPR_SERVER_EX1, MPRAPI_OBJECT_HEADER, Mprapi,
    ROUTER_CUSTOM_IKEv2_POLICY0,
};
use mprapi::{Configuration, Mpr, Server};

/// The family of functions that frees a buffer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Family {
    Admin,
    Config,
}

/// The answer of the library.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Answer {
    /// Every pointer leads somewhere.
    Whole,
    /// The pointer of this number, in the order in which they are filled in, is null, and its count as in the whole.
    Null(usize),
    /// Every pointer is null, and its count as in the whole.
    Nulls,
    /// Every pointer is null, and its count is 0.
    Nothing,
}

pub(crate) struct Library {
    answer: Answer,
    /// The family that frees the buffers of the current call.
    family: Family,
    /// The buffers that are not freed yet.
    out: HashMap<usize, (Family, Box<[u64]>)>,
    /// The functions that answered.
    pub(crate) called: Vec<&'static str>,
    /// How many pointers were filled in or left null, how many buffers were given, and how many came back.
    pub(crate) pointers: usize,
    pub(crate) given: usize,
    pub(crate) back: usize,
    /// The wrong calls that free something.
    pub(crate) wrong: Vec<String>,
}

impl Library {
    fn new(answer: Answer) -> Library {
        Library {
            answer,
            family: Family::Admin,
            out: HashMap::new(),
            called: Vec::new(),
            pointers: 0,
            given: 0,
            back: 0,
            wrong: Vec::new(),
        }
    }

    /// A new buffer of so many bytes, all zero.
    fn give(&mut self, bytes: usize) -> *mut u8 {
        let mut words = vec![0_u64; bytes.div_ceil(8).max(1)].into_boxed_slice();
        let first: *mut u8 = words.as_mut_ptr().cast();
        self.out.insert(first.addr(), (self.family, words));
        self.given += 1;
        first
    }

    fn take_back(&mut self, family: Family, buffer: LPVOID) {
        match self.out.remove(&buffer.addr()) {
            Some((of, _)) if of == family => self.back += 1,
            Some((of, _)) => self.wrong.push(format!("a buffer of {of:?} came back by {family:?}")),
            None => {
                self.wrong.push(format!("{buffer:?}, which was not given or came back before, by {family:?}"))
            }
        }
    }

    /// Returns `true` if the next pointer is null.
    fn is_null(&mut self) -> bool {
        let number = self.pointers;
        self.pointers += 1;
        match self.answer {
            Answer::Whole => false,
            Answer::Null(null) => null == number,
            Answer::Nulls | Answer::Nothing => true,
        }
    }

    fn count(&self, whole: u32) -> u32 {
        if self.answer == Answer::Nothing { 0 } else { whole }
    }

    /// A pointer to items in a buffer of their own. What an item leads to is made only where the items are.
    fn list<T>(&mut self, count: usize, mut item: impl FnMut(&mut Library, usize) -> T) -> *mut T {
        if self.is_null() {
            return ptr::null_mut();
        }
        let first: *mut T = self.give(count * size_of::<T>()).cast();
        for index in 0..count {
            let item = item(self, index);
            // SAFETY: the buffer has room for all of them, and is aligned for them.
            unsafe { first.wrapping_add(index).write(item) };
        }
        first
    }

    fn items<T: Copy>(&mut self, items: &[T]) -> *mut T {
        self.list(items.len(), |_, index| items[index])
    }

    fn policy(&mut self) -> *mut ROUTER_CUSTOM_IKEv2_POLICY0 {
        self.items(&[ROUTER_CUSTOM_IKEv2_POLICY0::default()])
    }

    fn blob(&mut self, bytes: &[u8]) -> CRYPTOAPI_BLOB {
        CRYPTOAPI_BLOB { cbData: self.count(bytes.len() as u32), pbData: self.items(bytes) }
    }

    /// A buffer with a record and, behind it, bytes. `point` has the record lead to the bytes.
    fn record<R: Copy>(
        &mut self,
        mut record: R,
        bytes: &[u8],
        point: impl FnOnce(&mut Library, &mut R, LPBYTE),
    ) -> LPBYTE {
        let at = size_of::<R>().next_multiple_of(8);
        let first = self.give(at + bytes.len());
        let behind = first.wrapping_add(at);
        for (index, byte) in bytes.iter().enumerate() {
            // SAFETY: the buffer has room for them behind the record.
            unsafe { behind.wrapping_add(index).write(*byte) };
        }
        point(self, &mut record, behind);
        // SAFETY: the buffer begins with room for the record, and is aligned for it.
        unsafe { first.cast::<R>().write(record) };
        first
    }

    /// A place in the record's own buffer, or null.
    fn inner<T>(&mut self, place: *mut T) -> *mut T {
        if self.is_null() { ptr::null_mut() } else { place }
    }
}

thread_local! {
    static LIBRARY: RefCell<Library> = RefCell::new(Library::new(Answer::Nothing));
}

pub(crate) fn library<T>(work: impl FnOnce(&mut Library) -> T) -> T {
    LIBRARY.with_borrow_mut(work)
}

/// Has the library answer so, with nothing counted yet; gives what was counted before.
pub(crate) fn begin(answer: Answer) -> Library {
    library(|library| std::mem::replace(library, Library::new(answer)))
}

impl Library {
    /// How many buffers have not come back.
    pub(crate) fn out(&self) -> usize {
        self.out.len()
    }
}

const HOURS: &str = "1 09:00-12:00\0\0";

fn text(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_ne_bytes).collect()
}

/// The record of an interface of this level.
fn interface(library: &mut Library, level: u32) -> LPBYTE {
    let bytes = [text("5551\0\0"), vec![7; 12]].concat();
    let eap = bytes.len() - 12;
    match level {
        1 => library.record(MPR_INTERFACE_1::default(), &text(HOURS), |library, record, behind| {
            record.lpwsDialoutHoursRestriction = library.inner(behind.cast());
        }),
        2 => library.record(MPR_INTERFACE_2::default(), &bytes, |library, record, behind| {
            record.szAlternates = library.inner(behind.cast());
            record.lpbCustomAuthData = library.inner(behind.wrapping_add(eap));
            record.dwCustomAuthDataSize = library.count(12);
        }),
        3 => library.record(MPR_INTERFACE_3::default(), &bytes, |library, record, behind| {
            record.szAlternates = library.inner(behind.cast());
            record.lpbCustomAuthData = library.inner(behind.wrapping_add(eap));
            record.dwCustomAuthDataSize = library.count(12);
        }),
        _ => unreachable!("no test asks for level {level}"),
    }
}

unsafe extern "system" fn interface_info(_: HANDLE, _: HANDLE, level: u32, buffer: *mut LPBYTE) -> u32 {
    let record = library(|library| {
        library.called.push("MprAdminInterfaceGetInfo");
        interface(library, level)
    });
    // SAFETY: the caller's.
    unsafe { buffer.write(record) };
    0
}

unsafe extern "system" fn stored_interface_info(
    _: HANDLE,
    _: HANDLE,
    level: u32,
    buffer: *mut LPBYTE,
    size: *mut u32,
) -> u32 {
    let record = library(|library| {
        library.called.push("MprConfigInterfaceGetInfo");
        library.family = Family::Config;
        interface(library, level)
    });
    // SAFETY: the caller's.
    unsafe { buffer.write(record) };
    // SAFETY: the caller's.
    unsafe { size.write(size_of::<MPR_INTERFACE_3>() as u32) };
    0
}

unsafe extern "system" fn device(_: HANDLE, _: HANDLE, _: u32, level: u32, buffer: *mut LPBYTE) -> u32 {
    assert_eq!(level, 1);
    let record = library(|library| {
        library.called.push("MprAdminInterfaceDeviceGetInfo");
        library.record(MPR_DEVICE_1::default(), &text("5551\0\0"), |library, record, behind| {
            record.szAlternates = library.inner(behind.cast());
        })
    });
    // SAFETY: the caller's.
    unsafe { buffer.write(record) };
    0
}

/// Both records of credentials are made alike.
fn key(library: &mut Library) -> LPBYTE {
    library.record(MPR_CREDENTIALSEX_0::default(), b"a key", |library, record, behind| {
        record.lpbCredentialsInfo = library.inner(behind);
        record.dwSize = library.count(5);
    })
}

unsafe extern "system" fn credentials(_: HANDLE, _: HANDLE, _: u32, buffer: *mut LPBYTE) -> u32 {
    let record = library(|library| {
        library.called.push("MprAdminInterfaceGetCredentialsEx");
        key(library)
    });
    // SAFETY: the caller's.
    unsafe { buffer.write(record) };
    0
}

unsafe extern "system" fn server_credentials(_: HANDLE, _: u32, buffer: *mut LPBYTE) -> u32 {
    let record = library(|library| {
        library.called.push("MprAdminServerGetCredentials");
        key(library)
    });
    // SAFETY: the caller's.
    unsafe { buffer.write(record) };
    0
}

fn fill_tunnels(library: &mut Library, all: &mut sys::MPRAPI_TUNNEL_CONFIG_PARAMS0) {
    all.IkeConfigParams.dwTunnelConfigParamFlags = sys::MPRAPI_IKEV2_SET_TUNNEL_CONFIG_PARAMS;
    let ikev2 = &mut all.IkeConfigParams.TunnelConfigParams;
    ikev2.dwTotalCertificates = library.count(2);
    ikev2.certificateNames = library.list(2, |library, index| library.blob([b"one", b"two"][index]));
    ikev2.machineCertificateName = library.blob(b"server");
    ikev2.customPolicy = library.policy();
    ikev2.dwTotalEkus = library.count(2);
    ikev2.certificateEKUs = library.list(2, |library, _| MPR_CERT_EKU {
        dwSize: library.count(8),
        IsEKUOID: 1,
        pwszEKU: library.items(&[0x31, 0x2E, 0x32, 0]),
    });
    ikev2.machineCertificateHash = library.blob(&[7; 20]);
    all.L2tpConfigParams.dwTunnelConfigParamFlags = sys::MPRAPI_L2TP_SET_TUNNEL_CONFIG_PARAMS;
    all.L2tpConfigParams.TunnelConfigParams.customPolicy = library.policy();
    all.SstpConfigParams.sstpCertDetails.certBlob = library.blob(&[9; 32]);
}

/// # Safety
/// The record must begin with its header, and be as large as that says.
unsafe fn answer_server(function: &'static str, record: *mut MPR_SERVER_EX1) -> u32 {
    // SAFETY: the caller's.
    let header = unsafe { record.cast::<MPRAPI_OBJECT_HEADER>().read() };
    let mut answer = MPR_SERVER_EX0 { Header: header, ..Default::default() };
    library(|library| {
        library.called.push(function);
        fill_tunnels(library, &mut answer.ConfigParams);
    });
    if usize::from(header.size) == size_of::<MPR_SERVER_EX0>() {
        // SAFETY: the caller's, whose header says that it is so large.
        unsafe { record.cast::<MPR_SERVER_EX0>().write(answer) };
        return 0;
    }
    assert_eq!(usize::from(header.size), size_of::<MPR_SERVER_EX1>());
    let tunnels = answer.ConfigParams;
    let mut longer = MPR_SERVER_EX1 { Header: header, ..Default::default() };
    longer.ConfigParams.IkeConfigParams = tunnels.IkeConfigParams;
    longer.ConfigParams.L2tpConfigParams = tunnels.L2tpConfigParams;
    longer.ConfigParams.SstpConfigParams = tunnels.SstpConfigParams;
    // SAFETY: as above.
    unsafe { record.write(longer) };
    0
}

unsafe extern "system" fn server_info(_: HANDLE, record: *mut MPR_SERVER_EX1) -> u32 {
    // SAFETY: the caller's.
    unsafe { answer_server("MprAdminServerGetInfoEx", record) }
}

unsafe extern "system" fn stored_server_info(_: HANDLE, record: *mut MPR_SERVER_EX1) -> u32 {
    // SAFETY: the caller's.
    unsafe { answer_server("MprConfigServerGetInfoEx", record) }
}

/// # Safety
/// The record must begin with its header, and be as large as that says.
unsafe fn answer_custom(function: &'static str, family: Family, record: *mut MPR_IF_CUSTOMINFOEX2) -> u32 {
    // SAFETY: the caller's.
    let header = unsafe { record.cast::<MPRAPI_OBJECT_HEADER>().read() };
    let size = usize::from(header.size);
    let mut first = MPR_IF_CUSTOMINFOEX0 { Header: header, ..Default::default() };
    first.dwFlags = sys::MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2;
    library(|library| {
        library.called.push(function);
        library.family = family;
        first.customIkev2Config.certificateName = library.blob(b"name");
        first.customIkev2Config.customPolicy = library.policy();
    });
    // SAFETY: each revision's record begins as the first one's does.
    unsafe { record.cast::<MPR_IF_CUSTOMINFOEX0>().write(first) };
    if size == size_of::<MPR_IF_CUSTOMINFOEX0>() {
        return 0;
    }
    let hash = library(|library| library.blob(&[7; 20]));
    let second: *mut MPR_IF_CUSTOMINFOEX1 = record.cast();
    // SAFETY: the record is of this revision or a later one, which begins like it.
    unsafe { (*second).customIkev2Config.certificateHash = hash };
    if size == size_of::<MPR_IF_CUSTOMINFOEX1>() {
        return 0;
    }
    assert_eq!(size, size_of::<MPR_IF_CUSTOMINFOEX2>());
    let mut selector =
        sys::MPR_VPN_TRAFFIC_SELECTOR { type_: sys::MPR_VPN_TS_IPv4_ADDR_RANGE, ..Default::default() };
    selector.portEnd = u16::MAX;
    let selectors = library(|library| sys::MPR_VPN_TRAFFIC_SELECTORS {
        numTsi: library.count(2),
        numTsr: library.count(1),
        tsI: library.items(&[selector; 2]),
        tsR: library.items(&[selector]),
    });
    // SAFETY: the record is the longest.
    unsafe { (*record).customIkev2Config.vpnTrafficSelectors = selectors };
    0
}

unsafe extern "system" fn custom(_: HANDLE, _: HANDLE, record: *mut MPR_IF_CUSTOMINFOEX2) -> u32 {
    // SAFETY: the caller's.
    unsafe { answer_custom("MprAdminInterfaceGetCustomInfoEx", Family::Admin, record) }
}

unsafe extern "system" fn stored_custom(_: HANDLE, _: HANDLE, record: *mut MPR_IF_CUSTOMINFOEX2) -> u32 {
    // SAFETY: the caller's.
    unsafe { answer_custom("MprConfigInterfaceGetCustomInfoEx", Family::Config, record) }
}

unsafe extern "system" fn free(buffer: LPVOID) -> u32 {
    library(|library| library.take_back(Family::Admin, buffer));
    0
}

unsafe extern "system" fn free_stored(buffer: LPVOID) -> u32 {
    library(|library| library.take_back(Family::Config, buffer));
    0
}

unsafe extern "system" fn connect(_: LPWSTR, handle: *mut HANDLE) -> u32 {
    // A new one each time: the registry knows those of the whole process.
    static LAST: AtomicUsize = AtomicUsize::new(8);
    // SAFETY: the caller's.
    unsafe { handle.write(ptr::without_provenance_mut(LAST.fetch_add(8, Ordering::Relaxed))) };
    0
}

unsafe extern "system" fn disconnect(_: HANDLE) {}

unsafe extern "system" fn find(_: HANDLE, _: LPWSTR, handle: *mut HANDLE, _: BOOL) -> u32 {
    // SAFETY: the caller's.
    unsafe { handle.write(ptr::without_provenance_mut(0x51)) };
    0
}

unsafe extern "system" fn find_stored(_: HANDLE, _: LPWSTR, handle: *mut HANDLE) -> u32 {
    // SAFETY: the caller's.
    unsafe { handle.write(ptr::without_provenance_mut(0x51)) };
    0
}

pub(crate) const FUNCTIONS: Functions = Functions {
    MprAdminServerConnect: Some(connect),
    MprAdminServerDisconnect: Some(disconnect),
    MprConfigServerConnect: Some(connect),
    MprConfigServerDisconnect: Some(disconnect),
    MprAdminBufferFree: Some(free),
    MprConfigBufferFree: Some(free_stored),
    MprAdminInterfaceGetHandle: Some(find),
    MprConfigInterfaceGetHandle: Some(find_stored),
    MprAdminInterfaceGetInfo: Some(interface_info),
    MprConfigInterfaceGetInfo: Some(stored_interface_info),
    MprAdminInterfaceDeviceGetInfo: Some(device),
    MprAdminInterfaceGetCredentialsEx: Some(credentials),
    MprAdminServerGetCredentials: Some(server_credentials),
    MprAdminServerGetInfoEx: Some(server_info),
    MprConfigServerGetInfoEx: Some(stored_server_info),
    MprAdminInterfaceGetCustomInfoEx: Some(custom),
    MprConfigInterfaceGetCustomInfoEx: Some(stored_custom),
    ..Functions::NONE
};

/// A server and a configuration of a library with these functions.
pub(crate) fn connected(functions: Functions) -> (Server, Configuration) {
    // SAFETY: the functions keep the API's contract as far as this crate relies on it.
    let mpr = unsafe { Mpr::from_table(Mprapi::from_functions(functions)) };
    (mpr.connect(None).unwrap(), mpr.configuration(None).unwrap())
}
