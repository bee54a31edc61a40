//! A message never takes more memory than sixteen times its size, whatever its counts say.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use mprapi_rpc::dimsvc::{Answer, Request};
use mprapi_rpc::ndr::{MOST_MEMORY, Source};

/// The system's allocator, with a count of the bytes that the current thread has in use.
struct Counting;

thread_local! {
    static IN_USE: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

fn note(change: isize) {
    let now = IN_USE.get() + change;
    IN_USE.set(now);
    PEAK.set(PEAK.get().max(now));
}

// SAFETY: everything is the system's allocator's, and the counters allocate nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        note(layout.size() as isize);
        // SAFETY: passed on to the caller.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        note(-(layout.size() as isize));
        // SAFETY: passed on to the caller.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Returns the most bytes that were in use at once while `run` ran, beyond those in use before.
fn peak<T>(run: impl FnOnce() -> T) -> usize {
    // It may be negative, by what another thread took and this one gave back.
    let before = IN_USE.get();
    PEAK.set(before);
    drop(run());
    (PEAK.get() - before) as usize
}

/// Bytes that look random, the same in each run.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    (0..length).map(|_| next()).collect()
}

#[test]
fn a_message_takes_at_most_sixteen_times_its_size() {
    assert!(peak(|| vec![0_u8; 1000]) >= 1000, "the count counts");
    let mut decoded = 0;
    let mut check = |opnum: u16, stub: &[u8]| {
        let request = peak(|| decoded += usize::from(Request::decode(opnum, stub).is_ok()));
        let answer = peak(|| decoded += usize::from(Answer::decode(opnum, stub).is_ok()));
        let most = request.max(answer);
        assert!(most <= MOST_MEMORY * stub.len(), "{most} bytes for {} of operation {opnum}", stub.len());
    };
    for seed in 0..16 {
        for opnum in 0..53 {
            let bytes = noise(seed * 53 + u64::from(opnum), 64 << (seed % 8));
            check(opnum, &bytes);
            let request = Request::fill(opnum, &mut Source::new(&bytes)).unwrap().encode();
            let answer = Answer::fill(opnum, &mut Source::new(&bytes)).unwrap().encode();
            for mut stub in [request, answer] {
                check(opnum, &stub);
                // Each number in turn is a large count, or one more.
                let step = (stub.len() / 128).max(1) * 4;
                for place in (0..stub.len().saturating_sub(3)).step_by(step) {
                    let number: [u8; 4] = stub[place..][..4].try_into().unwrap();
                    for count in [u32::MAX, 0x4000_0000, 0x1000, u32::from_le_bytes(number).wrapping_add(1)] {
                        stub[place..][..4].copy_from_slice(&count.to_le_bytes());
                        check(opnum, &stub);
                    }
                    stub[place..][..4].copy_from_slice(&number);
                }
            }
        }
    }
    assert!(decoded > 1_000, "only {decoded} messages were right");
}

#[test]
fn a_long_message_of_many_small_elements_takes_at_most_sixteen_times_its_size() {
    // Names of certificates that are null take 8 bytes in a message, and are the smallest elements with a pointer.
    let certificates = vec![mprapi_rpc::dimsvc::CertificateBlob::Null(0); 100_000];
    let mut config = match Request::fill(47, &mut Source::default()).unwrap() {
        Request::ServerSetInfoEx(request) => request.config,
        other => panic!("{other:?}"),
    };
    let mprapi_rpc::dimsvc::ServerSetConfigEx::Revision1(first) = &mut config else { panic!("{config:?}") };
    first.config.ikev2.tunnel.certificates = certificates.into();
    let request = Request::from(mprapi_rpc::dimsvc::ServerSetInfoExRequest { config });
    let stub = request.encode();
    assert!(stub.len() > 800_000);
    let most = peak(|| assert_eq!(Request::decode(47, &stub), Ok(request.clone())));
    let clone = peak(|| request.clone());
    assert!(most - clone <= MOST_MEMORY * stub.len(), "{most} bytes for {}", stub.len());
}
