//! The records on the wire: what is written is read again, and nothing else is.

use std::fmt::Debug;

use mprapi_rpc::record::{
    Fields, Held, Layout, Number, Projection, Reason, Record, Visit, credentials, offsets, read, size, write,
};
use mprapi_sys as sys;
use proptest::prelude::*;

/// Does something for every record that travels.
macro_rules! for_each_record {
    ($work:ident) => {
        $work! {
            MPR_SERVER_0 MPR_SERVER_1 MPR_SERVER_2 RAS_PORT_0 RAS_PORT_1 RAS_CONNECTION_0 RAS_CONNECTION_1
            RAS_CONNECTION_2 RAS_CONNECTION_3 RAS_CONNECTION_4 MPR_DEVICE_0 MPR_DEVICE_1 MPR_INTERFACE_0
            MPR_INTERFACE_1 MPR_INTERFACE_2 MPR_INTERFACE_3
        }
    };
}

/// A visitor that fills every field from a supply of bytes.
struct Fill<'a>(&'a [u8]);

impl Fill<'_> {
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    fn bits(&mut self, size: usize) -> u64 {
        (0..size).fold(0, |bits, _| bits << 8 | u64::from(self.byte()))
    }

    /// Texts one after the other: one unit that is a zero, or each with its zero and one more.
    fn multi_text(&mut self) -> Option<Vec<u16>> {
        let texts = self.byte() % 4;
        let mut units: Vec<u16> = Vec::new();
        for _ in 1..texts {
            let length = 1 + self.byte() % 5;
            units.extend((0..length).map(|_| 1 + u16::from(self.byte())));
            units.push(0);
        }
        units.push(0);
        (texts != 0).then_some(units)
    }
}

impl Fields for Fill<'_> {
    fn number<N: Number>(&mut self, field: &'static str, value: &mut N) -> Visit {
        let bits = self.bits(N::SIZE);
        *value = N::from_wire(match field {
            "dwCustomAuthDataSize" => bits % 16,
            // The specification calls the array unused, so nobody sends one.
            "AddressCount" => 0,
            _ => bits,
        });
        Ok(())
    }

    fn counter(&mut self, _: &'static str, value: &mut u64) -> Visit {
        *value = self.bits(4);
        Ok(())
    }

    fn handle(&mut self, _: &'static str, value: &mut sys::HANDLE) -> Visit {
        *value = std::ptr::without_provenance_mut(self.bits(4) as usize);
        Ok(())
    }

    fn text(&mut self, _: &'static str, units: &mut [u16]) -> Visit {
        units.fill_with(|| self.bits(2) as u16);
        // A text without a zero is not read.
        if let Some(last) = units.last_mut() {
            *last = 0;
        }
        Ok(())
    }

    fn ipx_text(&mut self, field: &'static str, units: &mut [u16]) -> Visit {
        self.text(field, &mut units[..15])
    }

    fn bytes(&mut self, _: &'static str, bytes: &mut [u8]) -> Visit {
        bytes.fill_with(|| self.byte());
        Ok(())
    }

    fn address(&mut self, _: &'static str, address: &mut sys::IN6_ADDR) -> Visit {
        address.u.Byte = std::array::from_fn(|_| self.byte());
        Ok(())
    }

    fn texts(&mut self, _: &'static str, _: &mut *mut u16, behind: &mut Option<Vec<u16>>) -> Visit {
        *behind = self.multi_text();
        Ok(())
    }

    fn data(&mut self, _: &'static str, _: &mut *mut u8, length: u32, behind: &mut Option<Vec<u8>>) -> Visit {
        *behind = (length != 0).then(|| (0..length).map(|_| self.byte()).collect());
        Ok(())
    }

    fn projection(
        &mut self,
        _: &'static str,
        _: &mut sys::PROJECTION_INFO2,
        behind: &mut Projection,
    ) -> Visit {
        *behind = match self.byte() {
            kind @ 3.. if kind < 128 => Projection::Other(kind),
            kind if kind % 2 == 0 => {
                let mut ppp = sys::PPP_PROJECTION_INFO2::default();
                ppp.fields(&mut (), self)?;
                Projection::Ppp(ppp)
            }
            _ => {
                let mut ikev2 = sys::IKEV2_PROJECTION_INFO2::default();
                ikev2.fields(&mut (), self)?;
                Projection::Ikev2(ikev2)
            }
        };
        Ok(())
    }
}

/// A visitor that lists every value, for a comparison.
#[derive(Debug, PartialEq)]
struct Listed(Vec<(&'static str, Vec<u64>)>);

impl Fields for Listed {
    fn number<N: Number>(&mut self, field: &'static str, value: &mut N) -> Visit {
        self.0.push((field, vec![value.to_wire()]));
        Ok(())
    }

    fn counter(&mut self, field: &'static str, value: &mut u64) -> Visit {
        self.0.push((field, vec![*value]));
        Ok(())
    }

    fn handle(&mut self, field: &'static str, value: &mut sys::HANDLE) -> Visit {
        self.0.push((field, vec![value.addr() as u64]));
        Ok(())
    }

    fn text(&mut self, field: &'static str, units: &mut [u16]) -> Visit {
        self.0.push((field, units.iter().map(|unit| u64::from(*unit)).collect()));
        Ok(())
    }

    fn bytes(&mut self, field: &'static str, bytes: &mut [u8]) -> Visit {
        self.0.push((field, bytes.iter().map(|byte| u64::from(*byte)).collect()));
        Ok(())
    }
}

/// Makes a record of arbitrary bytes.
fn filled<R: Record>(bytes: &[u8]) -> Held<R> {
    let mut held = Held::<R>::default();
    held.record.fields(&mut held.behind, &mut Fill(bytes)).unwrap();
    held
}

fn listed<R: Record>(held: &Held<R>) -> (Listed, R::Behind) {
    let mut held = held.clone();
    let mut listed = Listed(Vec::new());
    held.record.fields(&mut held.behind, &mut listed).unwrap();
    (listed, held.behind)
}

fn assert_comes_back<R: Record>(bytes: &[u8])
where
    R::Behind: Debug,
{
    let count = if R::HAS_TAIL { 1 } else { 1 + bytes.len() % 3 };
    let records: Vec<Held<R>> = (0..count).map(|skip| filled(&bytes[skip.min(bytes.len())..])).collect();
    for shape in R::SHAPES {
        let written = write(&records, shape.layout).unwrap();
        if !R::HAS_TAIL {
            assert_eq!(written.len(), count * shape.size);
        }
        let back = read::<R>(&written, count).unwrap();
        assert_eq!(back.layout, shape.layout, "{}", R::NAME);
        assert_eq!(back.records.len(), count);
        for (before, after) in records.iter().zip(&back.records) {
            assert_eq!(listed(before), listed(after), "{}", R::NAME);
        }
    }
}

/// A prefix is not what was written. One of a record that something follows may be another record, but never the same.
fn assert_no_prefix_is_the_same<R: Record>(bytes: &[u8]) {
    let record = filled::<R>(bytes);
    for shape in R::SHAPES {
        let written = write(std::slice::from_ref(&record), shape.layout).unwrap();
        for length in 0..written.len() {
            match read::<R>(&written[..length], 1) {
                Err(error) => assert!(error.to_string().contains(R::NAME), "{error}"),
                Ok(other) => {
                    let other = write(&other.records, other.layout).unwrap();
                    assert_ne!(other, written, "{} of {length} bytes", R::NAME);
                }
            }
        }
    }
}

/// Checks that bytes are an error or as many records as their size says.
fn assert_is_an_error_or_as_many_records<R: Record>(bytes: &[u8], count: u32) {
    let _ = read::<R>(bytes, count as usize);
    let _ = read::<R>(bytes, 1);
    for shape in R::SHAPES {
        let mut bytes = bytes.to_vec();
        bytes.resize(shape.size + usize::from(count as u8), 0);
        if let Ok(read) = read::<R>(&bytes, 1) {
            assert_eq!(read.records.len(), 1);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_again(bytes in proptest::collection::vec(any::<u8>(), 0..4000)) {
        macro_rules! check {
            ($($record:ident)+) => { $(assert_comes_back::<sys::$record>(&bytes);)+ };
        }
        for_each_record!(check);
    }

    #[test]
    fn a_prefix_of_a_record_is_not_the_record(bytes in proptest::collection::vec(any::<u8>(), 0..4000)) {
        macro_rules! check {
            ($($record:ident)+) => { $(assert_no_prefix_is_the_same::<sys::$record>(&bytes);)+ };
        }
        for_each_record!(check);
    }

    #[test]
    fn arbitrary_bytes_never_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..6000), count in any::<u32>(),
    ) {
        macro_rules! check {
            ($($record:ident)+) => { $(assert_is_an_error_or_as_many_records::<sys::$record>(&bytes, count);)+ };
        }
        for_each_record!(check);
    }

    #[test]
    fn credentials_are_read_again(data in proptest::collection::vec(any::<u8>(), 0..300), level in 0..4_u32) {
        let written = credentials::write(&data).unwrap();
        prop_assert_eq!(credentials::read(&written, level).unwrap(), data.clone());
        for length in 0..written.len().min(8 + data.len()) {
            let read = credentials::read(&written[..length], level);
            prop_assert!(read.is_err() || data.is_empty() && length >= 8);
        }
    }
}

#[test]
fn a_record_has_the_size_that_its_shape_says() {
    macro_rules! check {
        ($($record:ident)+) => {
            $(
                assert!(!sys::$record::SHAPES.is_empty());
                for shape in sys::$record::SHAPES {
                    assert_eq!(size::<sys::$record>(shape.layout), shape.size, "{}", sys::$record::NAME);
                    assert!(!shape.source.is_empty());
                }
            )+
        };
    }
    for_each_record!(check);
}

/// The sizes of the specification's records, as they are known from elsewhere than this crate's descriptions.
#[test]
fn the_sizes_are_those_of_the_specification() {
    fn sizes<R: Record>() -> (&'static str, Vec<usize>) {
        (R::NAME, R::SHAPES.iter().map(|shape| shape.size).collect())
    }
    macro_rules! all {
        ($($record:ident)+) => { [$(sizes::<sys::$record>()),+] };
    }
    let expected: [(&str, &[usize]); 16] = [
        ("MPR_SERVER_0", &[16]),
        ("MPR_SERVER_1", &[16]),
        ("MPR_SERVER_2", &[24]),
        ("RASI_PORT_0", &[380]),
        ("RASI_PORT_1", &[64]),
        ("RASI_CONNECTION_0", &[1116]),
        ("RASI_CONNECTION_1", &[272, 288]),
        ("RASI_CONNECTION_2", &[828, 844]),
        ("RASI_CONNECTION_3", &[788]),
        ("RAS_CONNECTION_4_IDL", &[1680]),
        ("MPR_DEVICE_0", &[292]),
        ("MPR_DEVICE_1", &[556, 560]),
        ("MPRI_INTERFACE_0", &[540]),
        ("MPRI_INTERFACE_1", &[544, 552]),
        ("MPRI_INTERFACE_2", &[2468, 2488]),
        ("MPRI_INTERFACE_3", &[2508, 2528]),
    ];
    let found = for_each_record!(all);
    for ((name, expected), (found_name, found)) in expected.into_iter().zip(found) {
        assert_eq!((name, expected), (found_name, &found[..]));
    }
}

/// Each field lies where a C compiler for 32-bit Windows puts it: `offsets.tsv` was written by one, from the structures of
/// the specification's IDL (`offsetof`).
#[test]
fn fields_lie_where_a_c_compiler_puts_them() {
    let mut checked = 0;
    macro_rules! check {
        ($($record:ident)+) => {
            $(
                let places = offsets::<sys::$record>(Layout::IDL);
                for line in include_str!("offsets.tsv").lines() {
                    let mut columns = line.split('\t');
                    let (record, field) = (columns.next().unwrap(), columns.next().unwrap());
                    let (offset, size) = (columns.next().unwrap(), columns.next().unwrap());
                    if record != sys::$record::NAME {
                        continue;
                    }
                    let place = places.iter().find(|place| place.field == field && place.offset.to_string() == offset);
                    let place = place.unwrap_or_else(|| panic!("{record}.{field}: {offset}, {places:?}"));
                    assert_eq!(place.size.to_string(), size, "{record}.{field}");
                    checked += 1;
                }
            )+
        };
    }
    for_each_record!(check);
    assert_eq!(checked, include_str!("offsets.tsv").lines().count());
}

#[test]
fn an_unknown_size_is_an_error_that_gives_size_count_and_level() {
    let error = read::<sys::RAS_CONNECTION_1>(&[0; 2 * 280], 2).err().unwrap();
    assert_eq!(
        error.to_string(),
        "560 bytes cannot be 2 of RASI_CONNECTION_1 (level 1), which has 272 or 288 bytes"
    );
    let mut refused = 0;
    macro_rules! check {
        ($($record:ident)+) => {
            $(
                for size in 0..3000 {
                    let known = sys::$record::SHAPES.iter().any(|shape| shape.size == size);
                    let read = read::<sys::$record>(&vec![0; size], 1);
                    assert_eq!(read.is_ok(), known, "{} of {size} bytes", sys::$record::NAME);
                    if let Err(error) = read {
                        let is_size = matches!(error.reason, Reason::Size { size: is, count: 1, .. } if is == size);
                        assert!(is_size, "{error}");
                        refused += 1;
                    }
                }
            )+
        };
    }
    for_each_record!(check);
    assert_eq!(refused, 16 * 3000 - 22);
}

#[test]
fn nothing_at_all_is_no_records() {
    assert!(read::<sys::RAS_PORT_0>(&[], 0).unwrap().records.is_empty());
    assert!(read::<sys::RAS_PORT_0>(&[0; 380], 0).is_err());
    assert!(read::<sys::RAS_PORT_0>(&[], 1).is_err());
    assert!(read::<sys::RAS_PORT_0>(&[], usize::MAX).is_err());
}

#[test]
fn an_offset_into_the_record_or_past_the_end_is_an_error_that_names_the_field() {
    let mut entry = Held::<sys::MPR_INTERFACE_2>::default();
    entry.behind.alternates = Some(vec![7, 0, 0]);
    let written = write(&[entry], Layout::IDL).unwrap();
    let alternates = 804;
    assert_eq!(written[alternates..][..4], 2468_u32.to_le_bytes());
    for wrong in [1_u32, 540, 2467, 2475, 3000, u32::MAX] {
        let mut written = written.clone();
        written[alternates..][..4].copy_from_slice(&wrong.to_le_bytes());
        let error = read::<sys::MPR_INTERFACE_2>(&written, 1).err().unwrap();
        assert!(error.to_string().starts_with("szAlternates at offset 804 of MPRI_INTERFACE_2"), "{error}");
    }
    let mut unending = written;
    *unending.last_mut().unwrap() = 1;
    let error = read::<sys::MPR_INTERFACE_2>(&unending, 1).err().unwrap();
    assert!(error.to_string().ends_with("points to texts that do not end"), "{error}");
}

#[test]
fn data_follow_the_record_before_the_texts() {
    let mut entry = Held::<sys::MPR_INTERFACE_3>::default();
    entry.record.dwCustomAuthDataSize = 3;
    entry.behind.custom_auth = Some(vec![1, 2, 3]);
    entry.behind.alternates = Some(vec![u16::from(b'7'), 0, 0]);
    let written = write(&[entry], Layout::IDL).unwrap();
    assert_eq!(written[2508..], [1, 2, 3, 0, b'7', 0, 0, 0, 0, 0]);
}

#[test]
fn a_handle_that_does_not_fit_is_an_error_that_names_the_field() {
    if usize::BITS == 32 {
        return;
    }
    let mut port = Held::<sys::RAS_PORT_0>::default();
    port.record.hConnection = std::ptr::without_provenance_mut(usize::MAX);
    let error = write(&[port], Layout::IDL).unwrap_err();
    assert_eq!(
        error.to_string(),
        "hConnection at offset 4 of RASI_PORT_0 (level 0) is a handle that does not fit into 32 bits"
    );
}

#[test]
fn several_records_that_something_may_follow_do_not_travel_together() {
    assert!(write(&[Held::<sys::MPR_DEVICE_1>::default(), Held::default()], Layout::IDL).is_err());
    assert!(read::<sys::MPR_DEVICE_1>(&[0; 1112], 2).is_err());
}
