//! The IKEv2 settings of a demand-dial interface: its own algorithms, certificate and traffic selectors.

use std::ptr;
use std::time::Duration;

use mprapi_sys::{
    self as sys, MPR_IF_CUSTOMINFOEX0, MPR_IF_CUSTOMINFOEX1, MPR_IF_CUSTOMINFOEX2, MPR_VPN_TRAFFIC_SELECTOR,
    ROUTER_CUSTOM_IKEv2_POLICY0,
};

use super::handle::InterfaceHandle;
use super::kinds::seconds;
use super::traffic_selector::TrafficSelector;
use super::view::{CustomInfo, InterfaceOwner};
use crate::buffer::Family;
use crate::library::Library;
use crate::owner::Owner;
use crate::pointed::Pointed;
use crate::{Error, Ikev2Policy, Result, Server, error, header};

/// The IKEv2 settings of a demand-dial interface, in place of Windows' own
/// (`ROUTER_IKEv2_IF_CUSTOM_CONFIG0` to `…2`).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
#[doc(alias(
    "MPR_IF_CUSTOMINFOEX0",
    "MPR_IF_CUSTOMINFOEX1",
    "MPR_IF_CUSTOMINFOEX2",
    "ROUTER_IKEv2_IF_CUSTOM_CONFIG0",
    "ROUTER_IKEv2_IF_CUSTOM_CONFIG1",
    "ROUTER_IKEv2_IF_CUSTOM_CONFIG2"
))]
pub struct Ikev2Settings {
    /// How long a security association lives: 300 seconds to 17,279,999, in whole seconds.
    #[cfg_attr(
        feature = "serde",
        serde(
            serialize_with = "crate::serialize::seconds",
            deserialize_with = "crate::deserialize::seconds"
        )
    )]
    pub lifetime: Duration,
    /// After how many kilobytes a security association is negotiated anew: at least 1024.
    pub renew_after_kilobytes: u32,
    /// The X.509 name of the certificate that this end shows, encoded; empty if there is none.
    #[cfg_attr(
        feature = "serde",
        serde(serialize_with = "crate::serialize::hex", deserialize_with = "crate::deserialize::hex")
    )]
    pub certificate_name: Vec<u8>,
    /// The algorithms, if they are not to be Windows' own choice.
    pub policy: Option<Ikev2Policy>,
    /// The hash of the certificate that this end shows; empty if there is none. Windows Server 2012 R2 and later.
    #[cfg_attr(
        feature = "serde",
        serde(serialize_with = "crate::serialize::hex", deserialize_with = "crate::deserialize::hex")
    )]
    pub certificate_hash: Vec<u8>,
    /// How long a main mode security association lives, in whole seconds; zero where the record does not tell.
    /// Windows Server 2016 and later.
    #[cfg_attr(
        feature = "serde",
        serde(
            serialize_with = "crate::serialize::seconds",
            deserialize_with = "crate::deserialize::seconds"
        )
    )]
    pub main_mode_lifetime: Duration,
    /// The traffic of the initiator's side that goes through the tunnel. Windows Server 2016 and later.
    pub initiator_selectors: Vec<TrafficSelector>,
    /// The traffic of the responder's side that goes through the tunnel. Windows Server 2016 and later.
    pub responder_selectors: Vec<TrafficSelector>,
}

impl Default for Ikev2Settings {
    /// Eight hours, 100 MiB, and everything else as Windows has it.
    #[inline]
    fn default() -> Ikev2Settings {
        Ikev2Settings {
            lifetime: Duration::from_secs(8 * 3600),
            renew_after_kilobytes: 100 * 1024,
            certificate_name: Vec::new(),
            policy: None,
            certificate_hash: Vec::new(),
            main_mode_lifetime: Duration::from_secs(8 * 3600),
            initiator_selectors: Vec::new(),
            responder_selectors: Vec::new(),
        }
    }
}

/// A record of IKEv2 settings. Its type selects the version of Windows that the settings are for.
#[expect(
    private_bounds,
    reason = "what only this crate may call, and implement, stands in a trait of its own"
)]
pub trait Ikev2Record: Revision {}

pub(crate) trait Revision: Sized {
    const REVISION: u32;
    /// The header that asks for this record.
    const HEADER: sys::MPRAPI_OBJECT_HEADER =
        header::asking_for::<Self>(sys::MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT, Self::REVISION);
}

impl Ikev2Record for MPR_IF_CUSTOMINFOEX0 {}
impl Ikev2Record for MPR_IF_CUSTOMINFOEX1 {}
impl Ikev2Record for MPR_IF_CUSTOMINFOEX2 {}

impl Revision for MPR_IF_CUSTOMINFOEX0 {
    const REVISION: u32 = sys::MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_1;
}

impl Revision for MPR_IF_CUSTOMINFOEX1 {
    const REVISION: u32 = sys::MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_2;
}

impl Revision for MPR_IF_CUSTOMINFOEX2 {
    const REVISION: u32 = sys::MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_3;
}

// Each record begins with the fields of the one before it, so only the longest is needed.
const _: () = {
    use std::mem::offset_of;
    const POLICY: usize = offset_of!(MPR_IF_CUSTOMINFOEX2, customIkev2Config.customPolicy);
    const HASH: usize = offset_of!(MPR_IF_CUSTOMINFOEX2, customIkev2Config.certificateHash);
    assert!(size_of::<MPR_IF_CUSTOMINFOEX0>() <= size_of::<MPR_IF_CUSTOMINFOEX2>());
    assert!(size_of::<MPR_IF_CUSTOMINFOEX1>() <= size_of::<MPR_IF_CUSTOMINFOEX2>());
    assert!(offset_of!(MPR_IF_CUSTOMINFOEX0, customIkev2Config.customPolicy) == POLICY);
    assert!(offset_of!(MPR_IF_CUSTOMINFOEX1, customIkev2Config.customPolicy) == POLICY);
    assert!(offset_of!(MPR_IF_CUSTOMINFOEX1, customIkev2Config.certificateHash) == HASH);
};

/// More than any certificate's name or hash, and more selectors than a tunnel has; what announces more is not believed.
const MOST_BYTES: u32 = 1 << 20;
const MOST_SELECTORS: u32 = 1 << 16;

impl Ikev2Settings {
    /// Reads the settings of revision `R` through `call`, one call of `function` with the record it is given; `None`
    /// where the interface has none of its own.
    ///
    /// # Safety
    /// On success `call` must leave a record of revision `R`, whose pointers each are null or a buffer of `family`
    /// of its own.
    #[inline]
    pub(crate) unsafe fn read<R: Ikev2Record>(
        table: &Library,
        function: &'static str,
        family: Family,
        call: impl FnOnce(&mut MPR_IF_CUSTOMINFOEX2) -> Result<()>,
    ) -> Result<Option<Ikev2Settings>> {
        // Whatever the revision, there is room for the longest record.
        let mut record = MPR_IF_CUSTOMINFOEX2 { Header: R::HEADER, ..MPR_IF_CUSTOMINFOEX2::default() };
        call(&mut record)?;
        header::check(function, R::HEADER, record.Header)?;
        // What lies beyond a shorter record is still zero; a library that wrote there broke the rules.
        let custom = &record.customIkev2Config;
        let selectors = &custom.vpnTrafficSelectors;
        let mut pointed = Pointed::new(table, function, family);
        // SAFETY: the caller's promise about `call`; any bytes do.
        let name = unsafe { pointed.blob(custom.certificateName, MOST_BYTES) };
        // SAFETY: as above; any bits make a policy.
        let policy = unsafe { pointed.one(custom.customPolicy) };
        // SAFETY: as above; any bytes do.
        let hash = unsafe { pointed.blob(custom.certificateHash, MOST_BYTES) };
        // SAFETY: as above; any bits make a selector.
        let initiator = unsafe { pointed.array(selectors.tsI, selectors.numTsi, MOST_SELECTORS) };
        // SAFETY: as above.
        let responder = unsafe { pointed.array(selectors.tsR, selectors.numTsr, MOST_SELECTORS) };
        // All are taken over before any is looked at, so that an error of one gives the others back.
        pointed.give_back()?;
        if record.dwFlags & sys::MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2 == 0 {
            return Ok(None);
        }
        let all = |selectors: Vec<MPR_VPN_TRAFFIC_SELECTOR>| {
            selectors.iter().map(|raw| TrafficSelector::from_raw(function, raw)).collect::<Result<_>>()
        };
        Ok(Some(Ikev2Settings {
            lifetime: Duration::from_secs(custom.dwSaLifeTime.into()),
            renew_after_kilobytes: custom.dwSaDataSize,
            certificate_name: name?,
            policy: policy?.map(Ikev2Policy::from),
            certificate_hash: hash?,
            main_mode_lifetime: Duration::from_secs(custom.dwMmSaLifeTime.into()),
            initiator_selectors: all(initiator?)?,
            responder_selectors: all(responder?)?,
        }))
    }

    /// Has `call` take the settings as a record of revision `R`, which is good until it returns and only to be read.
    #[inline]
    pub(crate) fn pass<R: Ikev2Record, T>(
        &self,
        function: &'static str,
        call: impl FnOnce(&mut MPR_IF_CUSTOMINFOEX2) -> T,
    ) -> Result<T> {
        let argument = |problem| Error::argument(function, problem);
        let Some(lifetime) = seconds(self.lifetime).filter(|seconds| (300..=17_279_999).contains(seconds))
        else {
            return Err(argument("the lifetime is not between 300 and 17279999 seconds"));
        };
        if self.renew_after_kilobytes < 1024 {
            return Err(argument("the data size is less than 1024 kilobytes"));
        }
        if self.certificate_name.len() > MOST_BYTES as usize
            || self.certificate_hash.len() > MOST_BYTES as usize
        {
            return Err(argument("the certificate's name or hash is longer than a mebibyte"));
        }
        if R::REVISION < MPR_IF_CUSTOMINFOEX1::REVISION && !self.certificate_hash.is_empty() {
            return Err(argument("this record has no room for the certificate's hash"));
        }
        let selectors = |selectors: &[TrafficSelector]| {
            selectors.iter().map(TrafficSelector::to_raw).collect::<std::result::Result<Vec<_>, _>>()
        };
        let mut initiator = selectors(&self.initiator_selectors).map_err(argument)?;
        let mut responder = selectors(&self.responder_selectors).map_err(argument)?;
        if initiator.len().max(responder.len()) > MOST_SELECTORS as usize {
            return Err(argument("there are more than 65536 traffic selectors"));
        }
        if R::REVISION < MPR_IF_CUSTOMINFOEX2::REVISION && !(initiator.is_empty() && responder.is_empty()) {
            return Err(argument("this record has no room for traffic selectors"));
        }
        let Some(main_mode_lifetime) = seconds(self.main_mode_lifetime) else {
            return Err(argument("the main mode lifetime is longer than 136 years"));
        };
        // Copies: the header lets the library write to what it is given.
        let (mut name, mut hash) = (self.certificate_name.clone(), self.certificate_hash.clone());
        let blob = |bytes: &mut Vec<u8>| sys::CRYPTOAPI_BLOB {
            cbData: bytes.len() as u32,
            pbData: if bytes.is_empty() { ptr::null_mut() } else { bytes.as_mut_ptr() },
        };
        let mut policy = self.policy.map(ROUTER_CUSTOM_IKEv2_POLICY0::from);
        let mut record = MPR_IF_CUSTOMINFOEX2 {
            Header: R::HEADER,
            dwFlags: sys::MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2,
            ..MPR_IF_CUSTOMINFOEX2::default()
        };
        let custom = &mut record.customIkev2Config;
        custom.dwSaLifeTime = lifetime;
        custom.dwSaDataSize = self.renew_after_kilobytes;
        custom.certificateName = blob(&mut name);
        custom.customPolicy = policy.as_mut().map_or(ptr::null_mut(), |policy| policy);
        custom.certificateHash = blob(&mut hash);
        custom.dwMmSaLifeTime = main_mode_lifetime;
        let first = |selectors: &mut Vec<MPR_VPN_TRAFFIC_SELECTOR>| {
            if selectors.is_empty() { ptr::null_mut() } else { selectors.as_mut_ptr() }
        };
        custom.vpnTrafficSelectors = sys::MPR_VPN_TRAFFIC_SELECTORS {
            numTsi: initiator.len() as u32,
            numTsr: responder.len() as u32,
            tsI: first(&mut initiator),
            tsR: first(&mut responder),
        };
        Ok(call(&mut record))
    }
}

impl CustomInfo for Server {
    const GET_CUSTOM: &'static str = "MprAdminInterfaceGetCustomInfoEx";
    const SET_CUSTOM: &'static str = "MprAdminInterfaceSetCustomInfoEx";

    #[inline]
    unsafe fn custom_info(
        &self,
        interface: sys::HANDLE,
        record: &mut MPR_IF_CUSTOMINFOEX2,
    ) -> std::result::Result<u32, sys::MissingFunction> {
        // SAFETY: the server's handle is open; an interface's handle is a number the server checks. The record is the
        // caller's promise, and takes what is written.
        unsafe { self.table().MprAdminInterfaceGetCustomInfoEx(self.as_raw(), interface, record) }
    }

    #[inline]
    unsafe fn set_custom_info(
        &self,
        interface: sys::HANDLE,
        record: &mut MPR_IF_CUSTOMINFOEX2,
    ) -> Result<()> {
        error::check(
            Self::SET_CUSTOM,
            // SAFETY: as above; the record is only read.
            unsafe { self.table().MprAdminInterfaceSetCustomInfoEx(self.as_raw(), interface, record) },
            || self.name(),
        )
    }
}

impl<O: InterfaceOwner> InterfaceHandle<'_, O> {
    /// Returns the interface's IKEv2 settings, if it has its own. Windows Server 2016 and later.
    /// The C function is `MprAdminInterfaceGetCustomInfoEx`, of a stored configuration
    /// `MprConfigInterfaceGetCustomInfoEx`, revision 3.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for an interface that is not a demand-dial
    /// one, [`ErrorKind::MissingFunction`](crate::ErrorKind::MissingFunction) on a Windows older than Server 2012; of a
    /// stored configuration [`ErrorKind::NoSuchInterface`](crate::ErrorKind::NoSuchInterface) when someone else took the
    /// interface out.
    #[doc(alias = "MprConfigInterfaceGetCustomInfoEx")]
    #[doc(alias = "MprAdminInterfaceGetCustomInfoEx")]
    #[inline]
    pub fn ikev2_settings(&self) -> Result<Option<Ikev2Settings>> {
        self.ikev2_settings_at::<MPR_IF_CUSTOMINFOEX2>()
    }

    /// Returns the interface's IKEv2 settings, if it has its own, by the record for an older Windows:
    ///
    /// | record | Windows Server | what it lacks |
    /// |---|---|---|
    /// | [`MPR_IF_CUSTOMINFOEX0`] | 2012 | the certificate's hash, and what the next one lacks |
    /// | [`MPR_IF_CUSTOMINFOEX1`] | 2012 R2 | main mode lifetime, traffic selectors |
    /// | [`MPR_IF_CUSTOMINFOEX2`] | 2016 | |
    ///
    /// The C function is that of [`ikev2_settings`](InterfaceHandle::ikev2_settings).
    ///
    /// # Errors
    /// As [`ikev2_settings`](InterfaceHandle::ikev2_settings).
    #[inline]
    pub fn ikev2_settings_at<R: Ikev2Record>(&self) -> Result<Option<Ikev2Settings>> {
        let call = |record: &mut MPR_IF_CUSTOMINFOEX2| {
            // SAFETY: the interface is one of the owner's, which is borrowed; there is room for every revision.
            let answer = unsafe { self.owner.custom_info(self.handle, record) };
            error::check(O::GET_CUSTOM, answer, || self.owner.server())
        };
        // SAFETY: `call` makes that one call. Each buffer that the record then points to is freed by itself.
        unsafe { Ikev2Settings::read::<R>(Owner::table(self.owner), O::GET_CUSTOM, O::FAMILY, call) }
    }

    /// Gives the interface IKEv2 settings of its own. Windows Server 2016 and later.
    /// The C function is `MprAdminInterfaceSetCustomInfoEx`, of a stored configuration
    /// `MprConfigInterfaceSetCustomInfoEx`, revision 3.
    ///
    /// # Errors
    /// As [`ikev2_settings`](InterfaceHandle::ikev2_settings), and
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for invalid settings.
    #[doc(alias = "MprConfigInterfaceSetCustomInfoEx")]
    #[doc(alias = "MprAdminInterfaceSetCustomInfoEx")]
    #[inline]
    pub fn set_ikev2_settings(&self, settings: &Ikev2Settings) -> Result<()> {
        self.set_ikev2_settings_at::<MPR_IF_CUSTOMINFOEX2>(settings)
    }

    /// Gives the interface IKEv2 settings of its own by the record for an older Windows; see
    /// [`ikev2_settings_at`](InterfaceHandle::ikev2_settings_at).
    /// The C function is that of [`set_ikev2_settings`](InterfaceHandle::set_ikev2_settings).
    ///
    /// # Errors
    /// As [`set_ikev2_settings`](InterfaceHandle::set_ikev2_settings); settings that the record has no room for
    /// are [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument).
    #[inline]
    pub fn set_ikev2_settings_at<R: Ikev2Record>(&self, settings: &Ikev2Settings) -> Result<()> {
        // SAFETY: the interface is one of the owner's, which is borrowed; `pass` makes a sound record.
        let set = |record: &mut _| unsafe { self.owner.set_custom_info(self.handle, record) };
        settings.pass::<R, _>(O::SET_CUSTOM, set)?
    }

    /// Takes the interface's own IKEv2 settings away, so that Windows' apply.
    /// The C function is that of [`set_ikev2_settings`](InterfaceHandle::set_ikev2_settings), revision 1, with no flags.
    ///
    /// # Errors
    /// As [`set_ikev2_settings`](InterfaceHandle::set_ikev2_settings).
    #[inline]
    pub fn remove_ikev2_settings(&self) -> Result<()> {
        let mut record =
            MPR_IF_CUSTOMINFOEX2 { Header: MPR_IF_CUSTOMINFOEX0::HEADER, ..MPR_IF_CUSTOMINFOEX2::default() };
        // SAFETY: the interface is one of the owner's, which is borrowed; the record points to nothing.
        unsafe { self.owner.set_custom_info(self.handle, &mut record) }
    }
}

#[cfg(test)]
mod tests {
    use std::alloc::Layout;
    use std::cell::RefCell;
    use std::collections::HashMap;
    use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

    use super::*;
    use crate::ErrorKind;

    #[test]
    fn settings_that_cannot_be_are_errors() {
        let sound = Ikev2Settings::default;
        let v4 = IpAddr::from(Ipv4Addr::LOCALHOST);
        let v6 = IpAddr::from(Ipv6Addr::LOCALHOST);
        let selected = |first, last| Ikev2Settings {
            initiator_selectors: vec![TrafficSelector::new(first..=last)],
            ..sound()
        };
        let newest = |settings: Ikev2Settings| settings.pass::<MPR_IF_CUSTOMINFOEX2, _>("F", |_| ());
        let oldest = |settings: Ikev2Settings| settings.pass::<MPR_IF_CUSTOMINFOEX0, _>("F", |_| ());
        newest(selected(v4, v4)).unwrap();
        oldest(sound()).unwrap();
        for result in [
            newest(Ikev2Settings { lifetime: Duration::from_secs(299), ..sound() }),
            newest(Ikev2Settings { lifetime: Duration::from_secs(17_280_000), ..sound() }),
            newest(Ikev2Settings { renew_after_kilobytes: 1023, ..sound() }),
            newest(Ikev2Settings { main_mode_lifetime: Duration::MAX, ..sound() }),
            newest(selected(v4, v6)),
            newest(selected(IpAddr::from(Ipv4Addr::BROADCAST), v4)),
            oldest(Ikev2Settings { certificate_hash: vec![1], ..sound() }),
            oldest(selected(v4, v4)),
        ] {
            assert_eq!(result.unwrap_err().kind(), ErrorKind::InvalidArgument);
        }
    }

    thread_local! {
        /// The buffers that the library below has given out and not got back.
        static GIVEN: RefCell<HashMap<usize, Layout>> = RefCell::default();
    }

    fn give<T: Copy>(items: &[T]) -> *mut T {
        let layout = Layout::array::<T>(items.len()).unwrap();
        // SAFETY: no array here is empty.
        let pointer = unsafe { std::alloc::alloc(layout) }.cast::<T>();
        // SAFETY: it has room for that many.
        unsafe { pointer.copy_from_nonoverlapping(items.as_ptr(), items.len()) };
        GIVEN.with_borrow_mut(|given| given.insert(pointer.addr(), layout));
        pointer
    }

    unsafe extern "system" fn free(buffer: sys::LPVOID) -> u32 {
        let layout = GIVEN.with_borrow_mut(|given| given.remove(&buffer.addr()));
        // SAFETY: `give` allocated it with this layout; one that it did not give, or twice, ends the test.
        unsafe { std::alloc::dealloc(buffer.cast(), layout.unwrap()) };
        0
    }

    /// Has the library answer a record that `fill` fills, and asserts that everything came back.
    fn answered<R: Ikev2Record>(
        fill: impl FnOnce(&mut MPR_IF_CUSTOMINFOEX2),
    ) -> Result<Option<Ikev2Settings>> {
        let functions = sys::Functions { MprAdminBufferFree: Some(free), ..sys::Functions::NONE };
        let table = Library::from(sys::Mprapi::from_functions(functions));
        let call = |record: &mut MPR_IF_CUSTOMINFOEX2| {
            fill(record);
            Ok(())
        };
        // SAFETY: each test below leaves pointers of `give`, each its own.
        let answer = unsafe { Ikev2Settings::read::<R>(&table, "F", Family::ADMIN, call) };
        GIVEN.with_borrow(|given| assert!(given.is_empty(), "not given back"));
        answer
    }

    fn fill_all(record: &mut MPR_IF_CUSTOMINFOEX2) {
        let localhost = IpAddr::from(Ipv4Addr::LOCALHOST);
        let selector = TrafficSelector::new(localhost..=localhost).to_raw().unwrap();
        record.dwFlags = sys::MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2;
        let custom = &mut record.customIkev2Config;
        custom.certificateName = sys::CRYPTOAPI_BLOB { cbData: 2, pbData: give(&[1, 2]) };
        custom.certificateHash = sys::CRYPTOAPI_BLOB { cbData: 1, pbData: give(&[3]) };
        custom.customPolicy = give(&[ROUTER_CUSTOM_IKEv2_POLICY0::default()]);
        custom.vpnTrafficSelectors = sys::MPR_VPN_TRAFFIC_SELECTORS {
            numTsi: 2,
            numTsr: 1,
            tsI: give(&[selector; 2]),
            tsR: give(&[selector]),
        };
    }

    #[test]
    fn every_part_of_a_record_goes_back_once() {
        let settings = answered::<MPR_IF_CUSTOMINFOEX2>(fill_all).unwrap().unwrap();
        assert_eq!((settings.certificate_name, settings.certificate_hash), (vec![1, 2], vec![3]));
        assert_eq!((settings.initiator_selectors.len(), settings.responder_selectors.len()), (2, 1));
        assert!(settings.policy.is_some());
    }

    #[test]
    fn parts_of_settings_that_are_not_there_go_back_as_well() {
        let none = answered::<MPR_IF_CUSTOMINFOEX2>(|record| {
            fill_all(record);
            record.dwFlags = 0;
        });
        assert_eq!(none.unwrap(), None);
    }

    #[test]
    fn a_malformed_part_is_an_error_and_the_others_go_back() {
        let kind = |spoil: fn(&mut MPR_IF_CUSTOMINFOEX2)| {
            let answer = answered::<MPR_IF_CUSTOMINFOEX2>(|record| {
                fill_all(record);
                spoil(record);
            });
            answer.unwrap_err().kind()
        };
        let name = kind(|record| record.customIkev2Config.certificateName.cbData = u32::MAX);
        assert_eq!(name, ErrorKind::MalformedAnswer);
        let count = kind(|record| record.customIkev2Config.vpnTrafficSelectors.numTsi = u32::MAX);
        assert_eq!(count, ErrorKind::MalformedAnswer);
        let family = kind(|record| {
            // SAFETY: it was given, with two selectors.
            unsafe { (*record.customIkev2Config.vpnTrafficSelectors.tsI).type_ = 4711 };
        });
        assert_eq!(family, ErrorKind::MalformedAnswer);
    }

    #[test]
    fn a_record_with_another_header_is_not_believed() {
        let error = answered::<MPR_IF_CUSTOMINFOEX2>(|record| {
            record.Header = MPR_IF_CUSTOMINFOEX0::HEADER;
            record.customIkev2Config.customPolicy = ptr::without_provenance_mut(8);
        });
        assert_eq!(error.unwrap_err().kind(), ErrorKind::MalformedAnswer);
    }

    #[test]
    fn two_parts_in_one_buffer_are_an_error_and_it_is_given_back_once() {
        for within in [0, 1] {
            let error = answered::<MPR_IF_CUSTOMINFOEX2>(|record| {
                record.dwFlags = sys::MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2;
                let bytes = give(&[1_u8, 2]);
                let part = bytes.wrapping_add(within);
                record.customIkev2Config.certificateName = sys::CRYPTOAPI_BLOB { cbData: 2, pbData: bytes };
                record.customIkev2Config.certificateHash = sys::CRYPTOAPI_BLOB { cbData: 1, pbData: part };
            });
            assert_eq!(error.unwrap_err().kind(), ErrorKind::MalformedAnswer);
        }
    }
}
