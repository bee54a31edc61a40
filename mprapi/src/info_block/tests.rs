//! Information blocks: written and read again, and whatever else the bytes may be.

use proptest::prelude::*;

use super::*;
use crate::ErrorKind;

/// Infos of different types, as many as their order has room for.
#[inline]
fn infos() -> impl Strategy<Value = Vec<(u32, usize, Vec<u8>)>> {
    let info = (any::<u32>(), 1..20_usize, 0..9_usize).prop_flat_map(|(info_type, item_size, count)| {
        (Just(info_type), Just(item_size), proptest::collection::vec(any::<u8>(), item_size * count))
    });
    proptest::collection::vec(info, 0..9)
}

#[inline]
fn build(infos: &[(u32, usize, Vec<u8>)]) -> InfoBlockBuf {
    let mut block = InfoBlockBuf::new();
    for (info_type, item_size, data) in infos {
        let info = Info::items(InfoType(*info_type), *item_size, data).expect("whole items");
        let known = block.find(info.info_type()).is_some();
        assert_eq!(block.add(info).is_err(), known);
    }
    block
}

proptest! {
    #[test]
    #[inline]
    fn what_was_built_is_read_back_and_built_again_alike(infos in infos(), behind in 0..9_usize) {
        let block = build(&infos);
        let bytes = block.to_bytes();
        let mut longer = bytes.clone();
        longer.resize(bytes.len() + behind, 0xAA);
        let parsed = InfoBlock::parse(&longer).expect("a sound block");
        prop_assert_eq!(parsed.as_bytes(), &bytes[..]);
        prop_assert_eq!(&parsed.to_buf(), &block);
        prop_assert_eq!(parsed.to_buf().to_bytes(), &bytes[..]);
        for info in block.iter() {
            prop_assert_eq!(parsed.find(info.info_type()), Some(info));
            prop_assert_eq!(info.iter().count() as u32, info.count());
        }
    }

    #[test]
    #[inline]
    fn items_begin_at_multiples_of_eight(infos in infos()) {
        let block = build(&infos);
        let bytes = block.to_bytes();
        for info in InfoBlock::parse(&bytes).expect("a sound block").iter().filter(|info| info.count() > 0) {
            let offset = info.data().as_ptr().addr() - bytes.as_ptr().addr();
            prop_assert_eq!(offset % 8, 0);
        }
    }

    #[test]
    #[inline]
    fn no_bytes_make_reading_fail_other_than_by_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        read_all(&bytes);
    }

    #[test]
    #[inline]
    fn no_damage_to_a_block_makes_reading_fail_other_than_by_an_error(
        infos in infos(),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..9),
    ) {
        let mut bytes = build(&infos).to_bytes();
        for (index, byte) in damage {
            let index = index.index(bytes.len());
            bytes[index] = byte;
        }
        read_all(&bytes);
    }
}

/// Reads parsed bytes to the end, and copies them into bytes that parse again.
#[inline]
fn read_all(bytes: &[u8]) {
    if let Ok(block) = InfoBlock::parse(bytes) {
        let data: usize = block.iter().map(|info| info.data().len()).sum();
        assert!(data <= block.as_bytes().len());
        let copy = block.to_buf();
        let again = copy.to_bytes();
        assert_eq!(InfoBlock::parse(&again).expect("a sound block").to_buf(), copy);
    }
}

#[inline]
fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

#[test]
#[inline]
fn the_layout_is_the_one_of_rtinfo_h() {
    let mut block = InfoBlockBuf::new();
    block.add(Info::item(InfoType::IP_GLOBAL, &[1, 2, 3, 4, 5]).expect("one item")).expect("new");
    block.add(Info::items(InfoType(8), 2, &[6, 7, 8, 9]).expect("two items")).expect("new");
    let mut expected = words(&[1, 60, 2, 0xFFFF_0003, 5, 1, 48, 8, 2, 2, 56, 0]);
    expected.extend([1, 2, 3, 4, 5, 0, 0, 0, 6, 7, 8, 9]);
    assert_eq!(block.to_bytes(), expected);
}

#[test]
#[inline]
fn a_block_without_infos_is_as_long_as_the_c_struct() {
    assert_eq!(InfoBlockBuf::new().to_bytes(), words(&[1, 28, 0, 0, 0, 0, 0]));
    let shorter = words(&[1, 12, 0]);
    assert_eq!(InfoBlock::parse(&shorter).expect("no table, no entry").iter().len(), 0);
}

#[test]
#[inline]
fn malformed_blocks_are_errors() {
    let reason = |bytes: &[u8]| InfoBlock::parse(bytes).expect_err("malformed").to_string();
    assert!(reason(&[1, 0, 0, 0]).contains("within its header"));
    assert!(reason(&words(&[1, 8, 0])).contains("within its table"));
    assert!(reason(&words(&[2, 12, 0])).contains("version"));
    assert!(reason(&words(&[1, 13, 0])).contains("shorter than its size"));
    assert!(reason(&words(&[1, 28, 2, 0, 0, 0, 0])).contains("within its table"));
    assert!(reason(&words(&[1, 28, u32::MAX, 0, 0, 0, 0])).contains("within its table"));
    // An item in the table, behind the end, of a length that overflows 32 bits, and at an offset without end.
    for (size, count, offset) in [(4, 1, 24), (4, 2, 28), (1 << 16, 1 << 16, 28), (4, 1, u32::MAX)] {
        assert!(reason(&words(&[1, 32, 1, 7, size, count, offset, 0])).contains("out of bounds"));
    }
    let twice = words(&[1, 48, 2, 7, 4, 1, 44, 8, 4, 1, 44, 0]);
    assert!(reason(&twice).contains("overlap"));
}

#[test]
#[inline]
fn an_info_is_added_once_replaced_in_place_and_removed() {
    let info = |byte: &'static [u8]| Info::item(InfoType(7), byte).expect("one item");
    let mut block = InfoBlockBuf::new();
    assert_eq!(block.set(info(&[1])).expect_err("not there").kind(), ErrorKind::InvalidArgument);
    block.add(info(&[1])).expect("new");
    block.add(Info::item(InfoType(8), &[9]).expect("one item")).expect("new");
    assert_eq!(block.add(info(&[2])).expect_err("there").kind(), ErrorKind::InvalidArgument);
    block.set(info(&[2, 3])).expect("there");
    assert_eq!(block.iter().map(|info| info.data().to_vec()).collect::<Vec<_>>(), [vec![2, 3], vec![9]]);
    assert!(block.remove(InfoType(7)));
    assert!(!block.remove(InfoType(7)));
    block.clear();
    assert!(block.is_empty());
}

#[test]
#[inline]
fn data_that_end_within_an_item_are_refused() {
    assert_eq!(
        Info::items(InfoType(7), 4, &[0; 6]).expect_err("half an item").kind(),
        ErrorKind::InvalidArgument
    );
    assert_eq!(Info::items(InfoType(7), 0, &[0; 6]).expect_err("no item").kind(), ErrorKind::InvalidArgument);
    assert_eq!(Info::items(InfoType(7), 4, &[]).expect("no items").count(), 0);
}
