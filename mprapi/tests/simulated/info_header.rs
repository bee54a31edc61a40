//! Information blocks that the library keeps, against the ones that are built here.

use crate::common::mpr;
use mprapi::{ErrorKind, Info, InfoBlock, InfoBlockBuf, InfoType};
use proptest::prelude::*;

/// One change of a block.
#[derive(Clone, Debug)]
enum Change {
    Add(u32, usize, Vec<u8>),
    Set(u32, usize, Vec<u8>),
    Remove(u32),
    Clear,
}

fn change() -> impl Strategy<Value = Change> {
    // Few types, so that changes meet.
    let items = (0..4_u32, 1..9_usize, 1..4_usize).prop_flat_map(|(info_type, item_size, count)| {
        (Just(info_type), Just(item_size), proptest::collection::vec(any::<u8>(), item_size * count))
    });
    prop_oneof![
        4 => items.clone().prop_map(|(info_type, size, data)| Change::Add(info_type, size, data)),
        3 => items.prop_map(|(info_type, size, data)| Change::Set(info_type, size, data)),
        2 => (0..4_u32).prop_map(Change::Remove),
        1 => Just(Change::Clear),
    ]
}

proptest! {
    #[test]
    fn the_library_and_the_builder_do_the_same(changes in proptest::collection::vec(change(), 0..20)) {
        let mut header = mpr().info_header().unwrap();
        let mut built = InfoBlockBuf::new();
        for change in &changes {
            let (theirs, ours) = match change {
                Change::Add(info_type, size, data) => {
                    let info = Info::items(InfoType(*info_type), *size, data).unwrap();
                    (header.add(info).is_ok(), built.add(info).is_ok())
                }
                Change::Set(info_type, size, data) => {
                    let info = Info::items(InfoType(*info_type), *size, data).unwrap();
                    (header.set(info).is_ok(), built.set(info).is_ok())
                }
                Change::Remove(info_type) => {
                    (header.remove(InfoType(*info_type)).is_ok(), built.remove(InfoType(*info_type)))
                }
                Change::Clear => {
                    built.clear();
                    (header.clear().is_ok(), true)
                }
            };
            prop_assert_eq!(theirs, ours);
            prop_assert_eq!(&header.block().unwrap().to_buf(), &built);
            for info_type in (0..4).map(InfoType) {
                prop_assert_eq!(header.find(info_type).unwrap(), built.find(info_type));
            }
        }
        let copy = header.try_clone().unwrap();
        header.clear().unwrap();
        prop_assert_eq!(&copy.block().unwrap().to_buf(), &built);
    }
}

#[test]
fn a_refused_change_leaves_the_block_as_it_was_and_every_block_is_deleted_once() {
    let item = |data: &'static [u8]| Info::item(InfoType(7), data).unwrap();
    let violations = mprapi_sim::violations().len();
    for _ in 0..100 {
        let mut header = mpr().info_header().unwrap();
        header.add(item(&[1, 2])).unwrap();
        assert_eq!(header.add(item(&[3])).unwrap_err().kind(), ErrorKind::InvalidArgument);
        assert_eq!(header.remove(InfoType(8)).unwrap_err().kind(), ErrorKind::InvalidArgument);
        assert_eq!(header.find(InfoType(7)).unwrap().unwrap().data(), [1, 2]);
        assert_eq!(header.find(InfoType(8)).unwrap(), None);
        assert!(InfoBlock::parse(header.as_bytes().unwrap()).is_ok());
    }
    // Blocks belong to no router; the other test of this file holds a few at the same time.
    assert!(mprapi_sim::outstanding().buffers < 50);
    assert_eq!(mprapi_sim::violations().len(), violations);
}
