//! The file of a backup. Numbers are 32 bits, the lowest byte first; texts and bytes have their length before them.

use std::sync::Arc;

use mprapi_sys as sys;

use super::{Stored, StoredTransport};
use crate::handle::Handle;
use crate::interface::Settings;
use crate::interface::custom::Custom;
use crate::interface::selector::Selector;
use crate::interface::settings::{Device, Entry, IfTransport};
use crate::shelf::Shelf;
use crate::transport::Transport;
use crate::tunnel::{CONFIGURED, Line, TunnelSettings};

const MAGIC: &[u8] = b"mprapi-sim backup 2\n";

#[derive(Default)]
struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, number: u32) {
        self.0.extend(number.to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u32);
        self.0.extend(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn units(&mut self, units: &[u16]) {
        self.bytes(&units.iter().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<_>>());
    }

    fn list<T>(&mut self, list: impl ExactSizeIterator<Item = T>, mut write: impl FnMut(&mut Writer, T)) {
        self.number(list.len() as u32);
        for thing in list {
            write(self, thing);
        }
    }
}

/// Reads what [`Writer`] wrote; `None` as soon as something is wrong.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.number()? as usize;
        self.take(length)
    }

    fn text(&mut self) -> Option<String> {
        String::from_utf8(self.bytes()?.to_vec()).ok()
    }

    fn units(&mut self) -> Option<Vec<u16>> {
        let bytes = self.bytes()?;
        let pairs = bytes.chunks_exact(2);
        if !pairs.remainder().is_empty() {
            return None;
        }
        Some(pairs.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect())
    }

    fn list<T>(&mut self, mut read: impl FnMut(&mut Reader<'a>) -> Option<T>) -> Option<Vec<T>> {
        // A list longer than the file is found out by its first missing element, before memory is taken for it.
        let mut list = Vec::new();
        for _ in 0..self.number()? {
            list.push(read(self)?);
        }
        Some(list)
    }

    fn numbers<const N: usize>(&mut self) -> Option<[u32; N]> {
        let mut numbers = [0; N];
        for number in &mut numbers {
            *number = self.number()?;
        }
        Some(numbers)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }
}

impl Stored {
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut file = Writer(MAGIC.to_vec());
        self.tunnels.write(&mut file);
        file.list(self.transports.iter().collect::<Vec<_>>().into_iter(), |file, (_, stored)| {
            file.number(stored.transport.id);
            file.text(&stored.name);
            file.text(&stored.dll);
            file.bytes(&stored.transport.global);
            file.bytes(&stored.transport.client);
        });
        file.list(self.interfaces.iter().collect::<Vec<_>>().into_iter(), |file, (_, settings)| {
            settings.write(file);
        });
        file.list(self.without_filters.iter(), |file, id| file.number(*id));
        file.0
    }

    /// `None` when the bytes are no backup.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Stored> {
        let mut file = Reader(bytes.strip_prefix(MAGIC)?);
        let tunnels = TunnelSettings::read(&mut file)?;
        let mut transports = Shelf::default();
        for transport in file.list(|file| {
            let (id, name, dll) = (file.number()?, file.text()?, file.text()?);
            let (global, client) = (file.bytes()?.to_vec(), file.bytes()?.to_vec());
            Some(StoredTransport { transport: Transport { id, global, client }, name, dll })
        })? {
            transports.add(transport);
        }
        let mut interfaces = Shelf::default();
        for settings in file.list(Settings::read)? {
            interfaces.add(Arc::new(settings));
        }
        let without_filters = file.list(Reader::number)?.into_iter().collect();
        file.0.is_empty().then_some(Stored { tunnels, transports, interfaces, without_filters })
    }
}

impl TunnelSettings {
    fn write(&self, file: &mut Writer) {
        for tunnel in CONFIGURED {
            let line = self.line(tunnel);
            file.number(line.ports);
            file.number(line.flags);
        }
        let parameters = &self.parameters;
        for number in parameters.ike.into_iter().chain(parameters.l2tp) {
            file.number(number);
        }
        file.number(parameters.ike_encryption);
        file.number(parameters.ike_main_mode);
        file.number(parameters.l2tp_main_mode);
        file.number(parameters.sstp_https.cast_unsigned());
        file.number(parameters.sstp_algorithm);
        file.number(parameters.sstp_is_default.cast_unsigned());
    }

    fn read(file: &mut Reader<'_>) -> Option<TunnelSettings> {
        let mut lines = [Line::default(); CONFIGURED.len()];
        for line in &mut lines {
            *line = Line { ports: file.number()?, flags: file.number()? };
        }
        let mut settings = TunnelSettings::new();
        for (tunnel, line) in CONFIGURED.into_iter().zip(lines) {
            settings.set_line(tunnel, line);
        }
        let parameters = &mut settings.parameters;
        parameters.ike = file.numbers()?;
        parameters.l2tp = file.numbers()?;
        parameters.ike_encryption = file.number()?;
        parameters.ike_main_mode = file.number()?;
        parameters.l2tp_main_mode = file.number()?;
        parameters.sstp_https = file.number()?.cast_signed();
        parameters.sstp_algorithm = file.number()?;
        parameters.sstp_is_default = file.number()?.cast_signed();
        Some(settings)
    }
}

impl Settings {
    fn write(&self, file: &mut Writer) {
        file.text(&self.name);
        file.text(&self.friendly_name);
        file.number(self.guid.Data1);
        file.number(self.guid.Data2.into());
        file.number(self.guid.Data3.into());
        file.0.extend(self.guid.Data4);
        file.number(self.kind.cast_unsigned());
        file.number(self.enabled.into());
        file.units(&self.hours);
        file.list(self.entry.iter(), |file, entry| entry.clone().write(file));
        file.list(self.transports.iter(), |file, transport| {
            file.number(transport.id);
            file.text(&transport.name);
            file.bytes(&transport.info);
        });
        file.list(self.custom.iter(), |file, custom| custom.write(file));
        file.list(self.address.iter(), |file, (address, prefix)| {
            file.0.extend(address.octets());
            file.number((*prefix).into());
        });
    }

    fn read(file: &mut Reader<'_>) -> Option<Settings> {
        Some(Settings {
            name: file.text()?,
            friendly_name: file.text()?,
            guid: sys::GUID {
                Data1: file.number()?,
                Data2: file.number()?.try_into().ok()?,
                Data3: file.number()?.try_into().ok()?,
                Data4: file.array()?,
            },
            kind: file.number()?.cast_signed(),
            enabled: file.number()? != 0,
            hours: file.units()?,
            entry: file.list(Entry::read)?.pop().map(Box::new),
            transports: file.list(|file| {
                let (id, name) = (file.number()?, file.text()?);
                Some(IfTransport { handle: Handle::next(), id, name, info: file.bytes()?.to_vec() })
            })?,
            custom: file.list(Custom::read)?.pop().map(Box::new),
            address: file
                .list(|file| {
                    let address: [u8; 4] = file.array()?;
                    Some((address.into(), file.number()?.try_into().ok().filter(|prefix| *prefix <= 32)?))
                })?
                .pop(),
        })
    }
}

impl Entry {
    fn write(mut self, file: &mut Writer) {
        for number in self.numbers() {
            file.number(*number);
        }
        for text in self.texts() {
            file.text(text);
        }
        file.units(&self.alternates);
        file.bytes(&self.custom_auth);
        file.0.extend(self.ipv6_dns.concat());
        file.list(self.devices.iter(), |file, device| {
            file.text(&device.kind);
            file.text(&device.name);
            file.text(&device.number);
            file.units(&device.alternates);
        });
    }

    fn read(file: &mut Reader<'_>) -> Option<Entry> {
        let mut entry = Entry::default();
        for number in entry.numbers() {
            *number = file.number()?;
        }
        for text in entry.texts() {
            *text = file.text()?;
        }
        entry.alternates = file.units()?;
        entry.custom_auth = file.bytes()?.to_vec();
        entry.ipv6_dns = [file.array()?, file.array()?];
        entry.devices = file.list(|file| {
            Some(Device {
                kind: file.text()?,
                name: file.text()?,
                number: file.text()?,
                alternates: file.units()?,
            })
        })?;
        Some(entry)
    }
}

impl Custom {
    fn write(&self, file: &mut Writer) {
        file.number(self.lifetime);
        file.number(self.data_size);
        file.bytes(&self.certificate);
        file.list(self.policy.iter().flatten().collect::<Vec<_>>().into_iter(), |file, number| {
            file.number(*number);
        });
        file.bytes(&self.hash);
        file.number(self.main_mode_lifetime);
        for selectors in &self.selectors {
            file.list(selectors.iter(), |file, selector| selector.write(file));
        }
    }

    fn read(file: &mut Reader<'_>) -> Option<Custom> {
        Some(Custom {
            lifetime: file.number()?,
            data_size: file.number()?,
            certificate: file.bytes()?.to_vec(),
            policy: {
                let numbers = file.list(Reader::number)?;
                if numbers.is_empty() { None } else { Some(numbers.try_into().ok()?) }
            },
            hash: file.bytes()?.to_vec(),
            main_mode_lifetime: file.number()?,
            selectors: [file.list(Selector::read_back)?, file.list(Selector::read_back)?],
        })
    }
}

impl Selector {
    fn write(&self, file: &mut Writer) {
        file.number(self.is_ipv6.into());
        file.number(self.protocol.into());
        for port in self.ports {
            file.number(port.into());
        }
        file.number(self.payload_id.into());
        file.0.extend(self.addresses.as_flattened());
    }

    fn read_back(file: &mut Reader<'_>) -> Option<Selector> {
        Some(Selector {
            is_ipv6: file.number()? != 0,
            protocol: file.number()?.try_into().ok()?,
            ports: [file.number()?.try_into().ok()?, file.number()?.try_into().ok()?],
            payload_id: file.number()?.try_into().ok()?,
            addresses: [file.array()?, file.array()?],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn no_file_is_a_reason_to_panic(bytes: Vec<u8>, keep: usize, at: usize, with: u8) {
            let _ = Stored::from_bytes(&bytes);
            let mut good = Stored::default().to_bytes();
            let length = good.len();
            good.truncate(keep % (length + 1));
            if let Some(byte) = good.get_mut(at % length) {
                *byte = with;
            }
            let _ = Stored::from_bytes(&good);
        }
    }

    #[test]
    fn what_was_backed_up_is_restored() {
        let stored = Stored::default();
        let bytes = stored.to_bytes();
        let again = Stored::from_bytes(&bytes).expect("a backup");
        assert_eq!(again.to_bytes(), bytes);
    }
}
