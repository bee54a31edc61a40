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

#[test]
fn a_connection_takes_at_most_sixteen_times_what_it_was_sent() {
    use std::sync::Arc;

    use mprapi_rpc::association::{Association, Interface, Limits, Rules};
    use mprapi_rpc::pdu::{Bind, Fault, Flags, Kind, Offer, Request as Part, Syntax, encode};
    use mprapi_rpc::security::Level;

    struct Echo;
    impl Interface for Echo {
        fn answer(&self, _opnum: u16, stub: &[u8]) -> Result<Vec<u8>, Fault> {
            Ok(stub.to_vec())
        }
    }

    let offer =
        |context_id| Offer { context_id, interface: Syntax::DIMSVC, transfer_syntaxes: vec![Syntax::NDR32] };
    let bind = Bind {
        max_xmit_frag: 4280,
        max_recv_frag: 4280,
        assoc_group_id: 0,
        offers: (0..255).map(offer).collect(),
    };
    let mut sent = encode(Kind::Bind, Flags::WHOLE, 1, &bind.encode().unwrap(), None).unwrap();
    let stub = noise(7, 400_000);
    let parts: Vec<&[u8]> = stub.chunks(4000).collect();
    for (index, stub) in parts.iter().enumerate() {
        let first = if index == 0 { Flags::FIRST } else { Flags::default() };
        let flags = if index + 1 == parts.len() { first.with(Flags::LAST) } else { first };
        // The hint promises four gigabytes.
        let body = Part { alloc_hint: u32::MAX, context_id: 3, opnum: 0, object: None, stub }.encode();
        sent.extend(encode(Kind::Request, flags, 2, &body, None).unwrap());
    }
    let take = |bytes: &[u8]| {
        let rules = Rules { minimum: Level::None, is_administrator: true, ..Rules::default() };
        let mut association = Association::new(Arc::new(Echo), Limits::default(), rules);
        association.receive(bytes)
    };
    let output = take(&sent);
    assert_eq!(output.closed, None);
    assert!(output.fragments.iter().map(Vec::len).sum::<usize>() > 400_000, "it has answered");
    for bytes in [&sent[..], &sent[..sent.len() - 1], &sent[..10_000]] {
        let most = peak(|| take(bytes));
        assert!(most <= MOST_MEMORY * bytes.len(), "{most} bytes for {}", bytes.len());
    }
    // A header that promises a long PDU takes no memory for it.
    let header = [5, 0, 11, 3, 0x10, 0, 0, 0, 0xff, 0xff, 0, 0, 1, 0, 0, 0];
    let most = peak(|| take(&header));
    assert!(most <= 1024, "{most} bytes for a header");
}
