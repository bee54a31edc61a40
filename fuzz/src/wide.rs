//! UTF-16 in and out, held against the standard library's.

use std::cell::RefCell;

use mprapi::sys::{self, Functions, HANDLE, LPWSTR, Mprapi};
use mprapi::{ErrorKind, Mpr, WideStr, WideString};

pub fn run(bytes: &[u8]) {
    let units: Vec<u16> = bytes.as_chunks().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
    let text = WideStr::new(&units);
    let expected = String::from_utf16_lossy(&units);
    assert_eq!(text.to_string_lossy(), expected);
    assert_eq!(text.to_string(), expected);
    if units.len() <= LONG {
        padded(text, &expected);
    }
    assert_eq!((text.len(), text.is_empty(), text.units()), (units.len(), units.is_empty(), &units[..]));

    // Text that has no unpaired surrogate is what it is shown as; text that has one equals no `str`.
    let exact = String::from_utf16(&units).ok();
    assert_eq!(*text == *expected, exact.is_some());
    let shown = WideString::from(&*expected);
    assert_eq!(*shown, *expected);
    assert_eq!(format!("{shown}"), expected);
    assert_eq!(shown.units() == units, exact.is_some());
    assert_eq!(text.to_owned().units(), units);
    assert_eq!(text.cmp(&shown), units[..].cmp(shown.units()));

    server_name(&expected);
}

/// The longest text that is padded: padding takes long, and is no different in a longer text.
const LONG: usize = 512;

fn padded(text: &WideStr, expected: &str) {
    assert_eq!(format!("{text:?}"), format!("{expected:?}"));
    let (width, precision) = (text.units().first().map_or(0, |unit| usize::from(unit % 41)), text.len() / 2);
    assert_eq!(format!("{text:*^width$.precision$}"), format!("{expected:*^width$.precision$}"));
}

thread_local! {
    static RECEIVED: RefCell<Vec<u16>> = const { RefCell::new(Vec::new()) };
    static MPR: Mpr = mpr();
}

/// Notes the name, and refuses.
unsafe extern "system" fn connect(name: LPWSTR, _: *mut HANDLE) -> u32 {
    RECEIVED.with_borrow_mut(|received| {
        received.clear();
        for index in 0.. {
            // SAFETY: a name is terminated, and no unit before this one was the terminator.
            let unit = unsafe { name.add(index) };
            // SAFETY: as above.
            let unit = unsafe { unit.read() };
            if unit == 0 {
                return;
            }
            received.push(unit);
        }
    });
    sys::ERROR_ACCESS_DENIED
}

unsafe extern "system" fn disconnect(_: HANDLE) {
    unreachable!("nothing was connected");
}

fn mpr() -> Mpr {
    let functions = Functions {
        MprAdminServerConnect: Some(connect),
        MprAdminServerDisconnect: Some(disconnect),
        ..Functions::NONE
    };
    // SAFETY: the functions take what the header says.
    unsafe { Mpr::from_table(Mprapi::from_functions(functions)) }
}

/// A name reaches the library unit by unit, with `\\` for `//` before it, or is refused before the call.
fn server_name(name: &str) {
    let mut units: Vec<u16> = name.encode_utf16().collect();
    let good = !units.is_empty() && !units.contains(&0) && units.len() <= 257;
    if name.starts_with("//") {
        units[..2].fill(u16::from(b'\\'));
    }
    match MPR.with(|mpr| mpr.connect(Some(name))).unwrap_err().kind() {
        ErrorKind::AccessDenied => {
            assert!(good);
            assert_eq!(RECEIVED.take(), units);
        }
        ErrorKind::InvalidArgument => assert!(!good),
        other => panic!("{other:?}"),
    }
}
