//! An information block that parses can be read to its end, and built again; what was built parses as the same. So do the
//! settings whose layout is known.

use std::fmt::Debug;

use mprapi::info_block::Setting;
use mprapi::{Info, InfoBlock, InfoBlockBuf};

pub fn run(bytes: &[u8]) {
    let Ok(block) = InfoBlock::parse(bytes) else { return };
    assert!(block.as_bytes().len() <= bytes.len());
    let all: usize = block.iter().map(|info| info.data().len()).sum();
    assert!(all <= block.as_bytes().len(), "a copy of a block is never much larger than the block");
    for info in block.iter() {
        assert_eq!(info.data().len() as u64, u64::from(info.item_size()) * u64::from(info.count()));
        assert_eq!(info.iter().map(<[u8]>::len).sum::<usize>(), info.data().len());
        let first = block.find(info.info_type()).expect("there is one");
        assert_eq!(first.info_type(), info.info_type());
    }
    assert!(!format!("{block:?}").is_empty());

    let copy = block.to_buf();
    assert!(copy.iter().eq(block.iter()));
    let built = copy.to_bytes();
    let again = InfoBlock::parse(&built).expect("what was built is sound");
    assert!(again.iter().eq(block.iter()));
    assert_eq!(again.as_bytes(), built);
    assert_eq!(again.to_buf().to_bytes(), built);
    change(&copy);
    settings(&block);
}

/// Settings that can be read and written again are read as the same.
fn settings(block: &InfoBlock<'_>) {
    reread(block, Setting::ROUTES);
    reread(block, Setting::INPUT_FILTERS);
    reread(block, Setting::OUTPUT_FILTERS);
    reread(block, Setting::DEMAND_DIAL_FILTERS);
    reread(block, Setting::INPUT_FILTERS_V6);
    reread(block, Setting::OUTPUT_FILTERS_V6);
    reread(block, Setting::DEMAND_DIAL_FILTERS_V6);
    reread(block, Setting::GLOBAL);
    reread(block, Setting::GLOBAL_V6);
    reread(block, Setting::INTERFACE_STATUS);
    reread(block, Setting::PROTOCOL_PREFERENCES);
    reread(block, Setting::SUB_PROTOCOL_PREFERENCES);
    reread(block, Setting::ROUTER_DISCOVERY);
    reread(block, Setting::FRAGMENT_CHECK);
    reread(block, Setting::FRAGMENT_CHECK_V6);
    reread(block, Setting::FILTERING);
    reread(block, Setting::FILTERING_V6);
}

fn reread<T: PartialEq + Debug>(block: &InfoBlock<'_>, setting: Setting<T>) {
    let Ok(Some(value)) = block.get(setting) else { return };
    let mut other = InfoBlockBuf::new();
    // A list of filters may be empty in bytes, but is not written so.
    if other.put(setting, &value).is_ok() {
        assert_eq!(other.get(setting).expect("written by us"), Some(value));
    }
}

/// A block that is put together, changed and taken apart holds what a list of its infos would.
fn change(block: &InfoBlockBuf) {
    let mut other = InfoBlockBuf::new();
    for info in block.iter() {
        let there = other.find(info.info_type()).is_some();
        assert_eq!(other.add(info).is_err(), there);
        let whole = Info::item(info.info_type(), info.data()).expect("small enough");
        other.set(whole).expect("it is there now");
        assert_eq!(other.find(info.info_type()), Some(whole));
    }
    let types: Vec<_> = other.iter().map(|info| info.info_type()).collect();
    for info_type in types {
        assert!(other.remove(info_type));
        assert!(!other.remove(info_type), "each type is there once");
    }
    assert!(other.is_empty());
}
