//! The file of a backup: the fields of the stored configuration one after the other. Numbers have their lowest byte
//! first; texts and lists have their length before them.
//!
//! Each record names its fields once, for writing and reading. serde's derive and postcard were tried in place of
//! [`Field`]: 210 lines fewer here, 35 more in the files of the records, and eleven more packages in a build without
//! scenario files, which now has two besides the crates of this repository. So the lines stay.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;
use std::sync::Arc;

use super::handle::Handle;
use super::handle_map::HandleMap;
use super::interface::Settings;
use super::interface::custom::{Custom, Selector};
use super::interface::entry::{Device, Entry};
use super::interface::settings::IfTransport;
use super::stored::{Stored, StoredTransport};
use super::transport::Transport;
use super::tunnel::{Ikev2, L2tp, Line, Sstp, TunnelSettings};
use crate::guid::Guid;

const MAGIC: &[u8] = b"mprapi-sim backup 3\n";

/// Returns the bytes of a backup.
pub(crate) fn to_bytes(stored: &Stored) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    stored.write(&mut file);
    file
}

/// Reads a backup; `None` if the bytes are not one.
pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Stored> {
    let mut file = bytes.strip_prefix(MAGIC)?;
    let stored = Stored::read(&mut file)?;
    let has_prefix = |settings: &Settings| settings.address.is_none_or(|(_, prefix)| prefix <= 32);
    let is_right = file.is_empty() && stored.interfaces.iter().all(|(_, settings)| has_prefix(settings));
    is_right.then_some(stored)
}

/// A part of the file.
trait Field: Sized {
    fn write(&self, file: &mut Vec<u8>);

    /// Takes the part off the beginning of the file; `None` if something else is there.
    fn read(file: &mut &[u8]) -> Option<Self>;
}

/// Implements [`Field`] for numbers: their bytes, the lowest first.
macro_rules! numbers {
    ($($number:ty)+) => {
        $(
            impl Field for $number {
                fn write(&self, file: &mut Vec<u8>) {
                    file.extend(self.to_le_bytes());
                }

                fn read(file: &mut &[u8]) -> Option<$number> {
                    let (bytes, rest) = file.split_first_chunk()?;
                    *file = rest;
                    Some(<$number>::from_le_bytes(*bytes))
                }
            }
        )+
    };
}

numbers!(u8 u16 u32 i32 u128);

impl Field for bool {
    fn write(&self, file: &mut Vec<u8>) {
        u8::from(*self).write(file);
    }

    fn read(file: &mut &[u8]) -> Option<bool> {
        Some(u8::read(file)? != 0)
    }
}

/// The values, without their number.
impl<T: Field, const N: usize> Field for [T; N] {
    fn write(&self, file: &mut Vec<u8>) {
        self.iter().for_each(|value| value.write(file));
    }

    fn read(file: &mut &[u8]) -> Option<[T; N]> {
        let values: Option<Vec<T>> = (0..N).map(|_| T::read(file)).collect();
        values?.try_into().ok()
    }
}

impl<T: Field> Field for Vec<T> {
    fn write(&self, file: &mut Vec<u8>) {
        (self.len() as u32).write(file);
        self.iter().for_each(|value| value.write(file));
    }

    fn read(file: &mut &[u8]) -> Option<Vec<T>> {
        // A list longer than the file is found out by its first missing value, before memory is taken for it.
        let mut list = Vec::new();
        for _ in 0..u32::read(file)? {
            list.push(T::read(file)?);
        }
        Some(list)
    }
}

/// A list of at most one value.
impl<T: Field> Field for Option<T> {
    fn write(&self, file: &mut Vec<u8>) {
        self.is_some().write(file);
        self.iter().for_each(|value| value.write(file));
    }

    fn read(file: &mut &[u8]) -> Option<Option<T>> {
        if bool::read(file)? { Some(Some(T::read(file)?)) } else { Some(None) }
    }
}

impl Field for String {
    fn write(&self, file: &mut Vec<u8>) {
        (self.len() as u32).write(file);
        file.extend(self.as_bytes());
    }

    fn read(file: &mut &[u8]) -> Option<String> {
        String::from_utf8(Vec::read(file)?).ok()
    }
}

/// The value inside.
macro_rules! pointers {
    ($($pointer:ident)+) => {
        $(
            impl<T: Field> Field for $pointer<T> {
                fn write(&self, file: &mut Vec<u8>) {
                    (**self).write(file);
                }

                fn read(file: &mut &[u8]) -> Option<$pointer<T>> {
                    T::read(file).map($pointer::new)
                }
            }
        )+
    };
}

pointers!(Arc Box);

/// The things. Their handles are not kept.
impl<T: Field> Field for HandleMap<T> {
    fn write(&self, file: &mut Vec<u8>) {
        (self.len() as u32).write(file);
        self.iter().for_each(|(_, thing)| thing.write(file));
    }

    fn read(file: &mut &[u8]) -> Option<HandleMap<T>> {
        let mut map = HandleMap::default();
        for thing in Vec::read(file)? {
            map.add(thing);
        }
        Some(map)
    }
}

impl Field for BTreeSet<u32> {
    fn write(&self, file: &mut Vec<u8>) {
        self.iter().copied().collect::<Vec<u32>>().write(file);
    }

    fn read(file: &mut &[u8]) -> Option<BTreeSet<u32>> {
        Some(Vec::read(file)?.into_iter().collect())
    }
}

/// Nothing: what is read has a handle of its own.
impl Field for Handle {
    fn write(&self, _: &mut Vec<u8>) {}

    fn read(_: &mut &[u8]) -> Option<Handle> {
        Some(Handle::next())
    }
}

impl Field for Guid {
    fn write(&self, file: &mut Vec<u8>) {
        self.0.write(file);
    }

    fn read(file: &mut &[u8]) -> Option<Guid> {
        u128::read(file).map(Guid)
    }
}

/// An address and the length of its prefix.
impl Field for (Ipv4Addr, u8) {
    fn write(&self, file: &mut Vec<u8>) {
        self.0.octets().write(file);
        self.1.write(file);
    }

    fn read(file: &mut &[u8]) -> Option<(Ipv4Addr, u8)> {
        Some((<[u8; 4]>::read(file)?.into(), u8::read(file)?))
    }
}

/// Implements [`Field`] for records: one field after the other, in this order.
macro_rules! records {
    ($($record:ident { $($field:ident)+ })+) => {
        $(
            impl Field for $record {
                fn write(&self, file: &mut Vec<u8>) {
                    $(self.$field.write(file);)+
                }

                fn read(file: &mut &[u8]) -> Option<$record> {
                    Some($record { $($field: Field::read(file)?),+ })
                }
            }
        )+
    };
}

records! {
    Stored { tunnels transports interfaces without_filters }
    TunnelSettings { lines ikev2 l2tp sstp }
    Line { ports flags }
    Ikev2 { idle_timeout outage lifetime data_size options encryption main_mode_lifetime policy }
    L2tp { idle_timeout encryption lifetime data_size main_mode_lifetime policy }
    Sstp { uses_https algorithm is_default }
    StoredTransport { transport name dll }
    Transport { id global client }
    Settings { name friendly_name guid kind enabled hours entry transports custom address }
    Entry {
        dwfOptions ipaddr ipaddrDns ipaddrDnsAlt ipaddrWins ipaddrWinsAlt dwfNetProtocols dwChannels dwSubEntries
        dwDialMode dwDialExtraPercent dwDialExtraSampleSeconds dwHangUpExtraPercent dwHangUpExtraSampleSeconds
        dwIdleDisconnectSeconds dwType dwEncryptionType dwCustomAuthKey dwVpnStrategy szLocalPhoneNumber szDeviceType
        szDeviceName szX25PadType szX25Address szX25Facilities szX25UserData alternates custom_auth ipv6_dns devices
    }
    Device { kind name number alternates }
    IfTransport { handle id name info }
    Custom { lifetime data_size certificate policy hash main_mode_lifetime selectors }
    Selector { is_ipv6 protocol ports payload_id addresses }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn no_file_is_a_reason_to_panic(bytes: Vec<u8>, keep: usize, at: usize, with: u8) {
            let _ = from_bytes(&bytes);
            let mut good = to_bytes(&Stored::default());
            let length = good.len();
            good.truncate(keep % (length + 1));
            if let Some(byte) = good.get_mut(at % length) {
                *byte = with;
            }
            let _ = from_bytes(&good);
        }
    }

    #[test]
    fn what_was_backed_up_is_restored() {
        let bytes = to_bytes(&Stored::default());
        let again = from_bytes(&bytes).expect("a backup");
        assert_eq!(to_bytes(&again), bytes);
    }
}
