//! mprapi-sys held against what mingw-w64's header is to a C compiler: `tests/c_header.rs` has written the comparison.
#![cfg(all(windows, target_env = "gnu"))]

// The C side is linked to the crate whose build script has made it.
use tests as _;

#[allow(
    warnings,
    clippy::undocumented_unsafe_blocks,
    clippy::multiple_unsafe_ops_per_block,
    reason = "written by ctest"
)]
mod generated {
    use mprapi_sys::*;

    include!(concat!(env!("OUT_DIR"), "/c_header.rs"));
    include!(concat!(env!("OUT_DIR"), "/c_texts.rs"));

    /// The number of comparisons, and whether one of them failed (which is printed).
    pub fn run() -> (usize, bool) {
        run_all();
        (NTESTS.load(std::sync::atomic::Ordering::Relaxed), FAILED.load(std::sync::atomic::Ordering::Relaxed))
    }
}

#[test]
fn a_c_compiler_sees_what_the_bindings_say() {
    let (comparisons, failed) = generated::run();
    println!("{comparisons} comparisons");
    assert!(!failed);
    assert!(comparisons >= 1634, "{comparisons}");
}

/// (The compiler has already compared them.)
#[test]
fn functions_were_compared_with_their_parameters() {
    let signatures = generated::SIGNATURES;
    println!("{signatures} signatures");
    assert!(signatures >= 178, "{signatures}");
}

#[test]
fn wide_texts_are_the_same() {
    let texts = generated::texts();
    assert!(texts.len() >= 14, "{}", texts.len());
    for (ours, theirs) in texts {
        for (index, unit) in ours.iter().enumerate() {
            // SAFETY: both texts end with a null, and where one ends the comparison does.
            assert_eq!(*unit, unsafe { theirs.wrapping_add(index).read() });
        }
        assert_eq!(ours.iter().position(|unit| *unit == 0), Some(ours.len() - 1));
    }
}
