//! The library that lies: `c/hostile`, and how it is told to.

use std::ffi::{CString, c_char};

use mprapi::Mpr;

use crate::ways::Subject;
use crate::{Case, Liar, all_of, codes};

/// The lies that the library knows, in the order of `enum lie` in `hostile.h`, and how many forms each has at most.
const LIES: [(&str, u32); 13] = [
    ("honest", 1),
    ("null with success", 6),
    ("garbage", 6),
    ("count too large", 4),
    ("count 2^32-1", 6),
    ("unaligned", 5),
    ("unterminated", 1),
    ("surrogates", 1),
    ("unknown value", 4),
    ("wrong header", 6),
    ("endless", 4),
    ("overlap", 3),
    ("vanished", 4),
];

pub(crate) fn cases() -> Vec<Case> {
    all_of(&LIES, &codes())
}

pub(crate) struct Library {
    mpr: Mpr,
    tell: unsafe extern "C" fn(*const c_char, u32, u32),
    lied: unsafe extern "C" fn() -> u32,
    outstanding: unsafe extern "C" fn() -> u32,
    path: String,
}

impl Library {
    pub(crate) fn load(path: &str) -> Library {
        // SAFETY: the library does nothing when it is loaded, and what its functions do is what is tried here: their
        // types are those of `mprapi.h`, what they hand out can be read as far as they say, and never is anything else of
        // their caller's written than they were given.
        let mpr = unsafe { Mpr::load_from(path) }.expect("the hostile library");
        // SAFETY: as above.
        let library = unsafe { libloading::Library::new(path) }.expect("it was loaded just now");
        // It stays loaded, as the other handle of it does.
        let library = std::mem::ManuallyDrop::new(library);
        // SAFETY: the export has this type.
        let tell = unsafe { library.get(b"hostile_tell") }.expect("it is the hostile library");
        // SAFETY: as above.
        let lied = unsafe { library.get(b"hostile_lied") }.expect("it is the hostile library");
        // SAFETY: as above.
        let outstanding = unsafe { library.get(b"hostile_outstanding") }.expect("it is the hostile library");
        Library { mpr, tell: *tell, lied: *lied, outstanding: *outstanding, path: path.to_owned() }
    }

    /// Shows that wrong use of the library's memory does not go unnoticed: each of these ends the process.
    pub(crate) fn do_wrong(&self, way: &str) {
        // SAFETY: as in `load`.
        let library = unsafe { libloading::Library::new(&self.path) }.expect("it was loaded");
        if way == "twice" {
            // SAFETY: the export has this type, and aborts.
            let twice = unsafe { library.get::<unsafe extern "C" fn() -> u32>(b"hostile_free_twice") };
            // SAFETY: as above.
            unsafe { twice.expect("it is the hostile library")() };
        } else {
            // SAFETY: the export has this type, and reads what cannot be read: the process ends there.
            let overrun = unsafe { library.get::<unsafe extern "C" fn(i32) -> u8>(b"hostile_overrun") };
            // SAFETY: as above.
            unsafe { overrun.expect("it is the hostile library")((way == "returned").into()) };
        }
    }
}

impl Liar for Library {
    fn arm(&mut self, case: &Case) -> Subject {
        let function = CString::new(case.exercise.function).expect("a name");
        // What is no form of a lie is an error code, the last of the library's lies.
        let lie = LIES.iter().position(|(lie, _)| *lie == case.lie).unwrap_or(LIES.len());
        // SAFETY: the name is terminated, and nothing that the library gave is held any more.
        unsafe { (self.tell)(function.as_ptr(), lie as u32, case.variant) };
        Subject::new(self.mpr.clone(), "honest")
    }

    fn end(&mut self, case: &Case) -> (bool, u32) {
        // SAFETY: it takes nothing.
        let told = unsafe { (self.lied)() } > 0;
        // SAFETY: as above.
        let out = unsafe { (self.outstanding)() };
        (told || case.lie == "honest", out)
    }
}
