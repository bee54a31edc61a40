//! Records of MS-RRASM: bytes that can be read are written to bytes that are read as the same, in the same layout.
//!
//! The first byte is the record, the second the count, the rest are the bytes.

use mprapi::sys;
use mprapi_rpc::record::{Held, Layout, Reason, Record, credentials, read, write};

pub fn run(bytes: &[u8]) {
    let [record, count, bytes @ ..] = bytes else { return };
    let count = usize::from(*count);
    match record {
        0 => one::<sys::MPR_SERVER_0>(bytes, count),
        1 => one::<sys::MPR_SERVER_1>(bytes, count),
        2 => one::<sys::MPR_SERVER_2>(bytes, count),
        3 => one::<sys::RAS_PORT_0>(bytes, count),
        4 => one::<sys::RAS_PORT_1>(bytes, count),
        5 => one::<sys::RAS_CONNECTION_0>(bytes, count),
        6 => one::<sys::RAS_CONNECTION_1>(bytes, count),
        7 => one::<sys::RAS_CONNECTION_2>(bytes, count),
        8 => one::<sys::RAS_CONNECTION_3>(bytes, count),
        9 => one::<sys::RAS_CONNECTION_4>(bytes, count),
        10 => one::<sys::MPR_DEVICE_0>(bytes, count),
        11 => one::<sys::MPR_DEVICE_1>(bytes, count),
        12 => one::<sys::MPR_INTERFACE_0>(bytes, count),
        13 => one::<sys::MPR_INTERFACE_1>(bytes, count),
        14 => one::<sys::MPR_INTERFACE_2>(bytes, count),
        15 => one::<sys::MPR_INTERFACE_3>(bytes, count),
        level => {
            if let Ok(data) = credentials::read(bytes, u32::from(*level)) {
                let written = credentials::write(&data).expect("it is short");
                assert_eq!(credentials::read(&written, u32::from(*level)), Ok(data));
            }
        }
    }
}

fn one<R: Record>(bytes: &[u8], count: usize) {
    let found = match read::<R>(bytes, count) {
        Ok(found) => found,
        Err(error) => {
            assert!(error.to_string().contains(R::NAME));
            if let Reason::Size { size, count: counted, known } = error.reason {
                assert_eq!((size, counted), (bytes.len(), count));
                assert_eq!(known.len(), R::SHAPES.len());
            }
            return;
        }
    };
    assert_eq!(found.records.len(), count);
    let written = write(&found.records, found.layout).expect("its handles have 32 bits");
    // Padding, a union's unused rest and gaps behind a record are zero now, so the bytes may differ. The records do not.
    assert!(R::HAS_TAIL || written.len() == bytes.len());
    let again = read::<R>(&written, count).expect("what was written is right");
    assert_eq!(again.layout, found.layout);
    assert_eq!(write(&again.records, again.layout), Ok(written));
}

/// Makes two records of each kind and size, or one if something may follow it, and one that something does follow.
pub fn seeds() -> Vec<Vec<u8>> {
    fn each<R: Record>(record: u8, seeds: &mut Vec<Vec<u8>>) {
        // Each text has a zero.
        let (count, bytes) = if R::HAS_TAIL { (1, [0; 8]) } else { (2, [0x41, 0, 0x41, 0, 0x41, 0, 0, 0]) };
        seeds.extend(R::SHAPES.iter().map(|shape| {
            let bytes = bytes.into_iter().cycle().take(usize::from(count) * shape.size);
            [record, count].into_iter().chain(bytes).collect()
        }));
    }
    let mut seeds = vec![vec![16, 0, 3, 0, 0, 0, 8, 0, 0, 0, 1, 2, 3, 0]];
    each::<sys::MPR_SERVER_2>(2, &mut seeds);
    each::<sys::RAS_PORT_0>(3, &mut seeds);
    each::<sys::RAS_CONNECTION_0>(5, &mut seeds);
    each::<sys::RAS_CONNECTION_1>(6, &mut seeds);
    each::<sys::RAS_CONNECTION_2>(7, &mut seeds);
    each::<sys::RAS_CONNECTION_3>(8, &mut seeds);
    each::<sys::RAS_CONNECTION_4>(9, &mut seeds);
    each::<sys::MPR_DEVICE_0>(10, &mut seeds);
    each::<sys::MPR_DEVICE_1>(11, &mut seeds);
    each::<sys::MPR_INTERFACE_0>(12, &mut seeds);
    each::<sys::MPR_INTERFACE_1>(13, &mut seeds);
    each::<sys::MPR_INTERFACE_2>(14, &mut seeds);
    each::<sys::MPR_INTERFACE_3>(15, &mut seeds);
    for layout in [Layout::IDL, Layout::WIDE] {
        let mut entry = Held::<sys::MPR_INTERFACE_3>::default();
        entry.record.dwCustomAuthDataSize = 3;
        entry.behind.custom_auth = Some(vec![1, 2, 3]);
        entry.behind.alternates = Some(vec![0x37, 0, 0x38, 0, 0]);
        let written = write(&[entry], layout).expect("it is right");
        seeds.push([vec![15, 1], written].concat());
    }
    seeds
}
