//! Information blocks of the client's table, beside those of the simulator: what one makes, the other reads.

use std::ptr::null_mut;

use mprapi_rpc::client::{self, InMemory, Library};
use mprapi_sys::Mprapi;
use proptest::collection::vec;
use proptest::prelude::*;

struct Simulator;

impl Library for Simulator {
    fn table() -> Mprapi {
        mprapi_sim::table()
    }
}

/// A change of a block.
#[derive(Clone, Debug)]
enum Change {
    Add(u32, u32, Vec<u8>),
    Set(u32, u32, Vec<u8>),
    Remove(u32),
    Clear,
    Copy,
}

fn change() -> impl Strategy<Value = Change> {
    let items = || (0..4_u32, 1..9_u32, vec(any::<u8>(), 0..40));
    prop_oneof![
        4 => items().prop_map(|(kind, size, data)| Change::Add(kind, size, data)),
        2 => items().prop_map(|(kind, size, data)| Change::Set(kind, size, data)),
        1 => (0..4_u32).prop_map(Change::Remove),
        1 => Just(Change::Clear),
        1 => Just(Change::Copy),
    ]
}

/// Makes a change by a table. Returns the code and the new block.
fn made(table: &Mprapi, block: *mut u8, change: &Change) -> (u32, *mut u8) {
    let (old, mut new) = (block.cast(), null_mut());
    let part = |size: u32, data: &Vec<u8>| (data.len() as u32 / size, data.as_ptr().cast_mut());
    let code = match change {
        Change::Add(kind, size, data) => {
            let (count, data) = part(*size, data);
            // SAFETY: the block is one of a table, and the data has as many items.
            unsafe { table.MprInfoBlockAdd(old, *kind, *size, count, data, &mut new) }
        }
        Change::Set(kind, size, data) => {
            let (count, data) = part(*size, data);
            // SAFETY: as above.
            unsafe { table.MprInfoBlockSet(old, *kind, *size, count, data, &mut new) }
        }
        // SAFETY: as above.
        Change::Remove(kind) => unsafe { table.MprInfoBlockRemove(old, *kind, &mut new) },
        // SAFETY: as above.
        Change::Clear => unsafe { table.MprInfoRemoveAll(old, &mut new) },
        // SAFETY: as above.
        Change::Copy => unsafe { table.MprInfoDuplicate(old, &mut new) },
    };
    (code.unwrap(), new.cast())
}

/// Gives a block back to a table, and returns the code.
fn delete(table: &Mprapi, block: *mut u8) -> u32 {
    // SAFETY: each table knows its own blocks.
    unsafe { table.MprInfoDelete(block.cast()) }.unwrap()
}

/// Reads the entry of a type: the size of an item, and the items.
fn found(table: &Mprapi, block: *mut u8, kind: u32) -> (u32, u32, Vec<u8>) {
    let (mut size, mut count, mut data) = (0, 0, null_mut());
    // SAFETY: the block is one of a table, and the places take what is written.
    let code =
        unsafe { table.MprInfoBlockFind(block.cast(), kind, &mut size, &mut count, &mut data) }.unwrap();
    let length = (size * count) as usize;
    // SAFETY: the items are in the block.
    let items = (0..length).map(|index| unsafe { data.wrapping_add(index).read() }).collect();
    (code, size, items)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Makes the same changes by both tables, and reads each result with both.
    #[test]
    fn the_client_and_the_simulator_make_the_same_blocks_of_the_same_changes(changes in vec(change(), 0..12)) {
        let (ours, theirs) = (client::table::<InMemory<Simulator>>(), mprapi_sim::table());
        let mut blocks = [&ours, &theirs].map(|table| {
            let mut block = null_mut();
            // SAFETY: the place takes what is written.
            assert_eq!(unsafe { table.MprInfoCreate(1, &mut block) }, Ok(0));
            block.cast::<u8>()
        });
        for change in &changes {
            let [(code, new), (expected, other)] = [made(&ours, blocks[0], change), made(&theirs, blocks[1], change)];
            prop_assert_eq!(code, expected, "{:?}", change);
            if code == 0 {
                prop_assert_eq!([delete(&ours, blocks[0]), delete(&theirs, blocks[1])], [0, 0]);
                blocks = [new, other];
            }
            for kind in 0..4 {
                let expected = found(&theirs, blocks[1], kind);
                prop_assert_eq!(&found(&ours, blocks[0], kind), &expected);
                prop_assert_eq!(&found(&theirs, blocks[0], kind), &expected);
                prop_assert_eq!(&found(&ours, blocks[1], kind), &expected);
            }
        }
        prop_assert_eq!([delete(&ours, blocks[0]), delete(&theirs, blocks[1])], [0, 0]);
        prop_assert_eq!(delete(&ours, blocks[0]), 87);
    }

    /// Reads bytes that say what they like within the size that they say.
    #[test]
    fn no_bytes_are_a_reason_to_crash_or_to_take_more_memory_than_they_have(mut bytes in vec(any::<u32>(), 3..200)) {
        bytes[1] = size_of_val(&bytes[..]) as u32;
        bytes[2] %= 16;
        let (table, mut new) = (client::table::<InMemory<Simulator>>(), null_mut());
        // SAFETY: the bytes have the size that they say, and the place takes what is written.
        let code = unsafe { table.MprInfoDuplicate(bytes.as_mut_ptr().cast(), &mut new) };
        prop_assert!(code == Ok(0) || code == Ok(87));
        if code == Ok(0) {
            prop_assert_eq!(delete(&table, new.cast()), 0);
        }
    }
}
