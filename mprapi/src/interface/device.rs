//! The devices of a demand-dial interface: one for each link of a multilink connection.

use std::fmt;

use mprapi_sys::{self as sys, MPR_DEVICE_1};

use super::InterfaceHandle;
use crate::error::check;
use crate::input::{Limit, limit};
use crate::library::Library;
use crate::{DeviceRecord, Error, Result, Single, Text, WideStr};

/// The number of devices that an interface can have here. A link is a port, and a server has a few of those for one interface.
const MOST: u32 = 1024;

impl<'s> InterfaceHandle<'s> {
    /// Reads the devices of a demand-dial interface, one for each link, with the numbers that they dial. The first is
    /// [number](InterfaceHandle::device) 1.
    /// The C functions are `MprAdminInterfaceGetInfo` and `MprAdminInterfaceDeviceGetInfo`.
    ///
    /// ```
    /// # use mprapi_sim::{Interface, InterfaceKind};
    /// # let simulation = mprapi_sim::Server::new("doc-devices")
    /// #     .interface(Interface::new("branch-2", InterfaceKind::FullRouter)).start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// # let server = mpr.connect(Some("doc-devices"))?;
    /// for device in server.find_interface("branch-2")?.devices()? {
    ///     println!("{} dials {}", device.get().name(), device.get().phone_number());
    /// }
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`demand_dial_info`](InterfaceHandle::demand_dial_info) and [`device`](InterfaceHandle::device);
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) where the server tells of more than 1,024 devices:
    /// each takes a call.
    #[inline]
    pub fn devices(&self) -> Result<Vec<Single<'s, MPR_DEVICE_1>>> {
        let count = self.demand_dial_info()?.get().sub_entries();
        if count > MOST {
            return Err(Error::answer(
                "MprAdminInterfaceGetInfo",
                "the interface has more than 1,024 devices",
            ));
        }
        (1..=count).map(|index| self.device(index)).collect()
    }

    /// Reads one of the interface's devices, counted from 1, with the numbers that it dials. How many there are is told by
    /// [`Interface::sub_entries`](crate::Interface::sub_entries).
    /// The C function is `MprAdminInterfaceDeviceGetInfo`, level 1.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for the index 0; what a server answers
    /// beyond the last device is not documented.
    #[inline]
    pub fn device(&self, index: u32) -> Result<Single<'s, MPR_DEVICE_1>> {
        self.device_at(index)
    }

    /// Reads one of the interface's devices at the level of information named by its record:
    /// [`MPR_DEVICE_0`](sys::MPR_DEVICE_0) for name and type, [`MPR_DEVICE_1`] for numbers too.
    /// The C function is `MprAdminInterfaceDeviceGetInfo`.
    ///
    /// # Errors
    /// As [`device`](InterfaceHandle::device).
    #[doc(alias = "MprAdminInterfaceDeviceGetInfo")]
    #[inline]
    pub fn device_at<R: DeviceRecord>(&self, index: u32) -> Result<Single<'s, R>> {
        const FUNCTION: &str = "MprAdminInterfaceDeviceGetInfo";
        let index = counted(FUNCTION, index)?;
        let call = |table: &Library, buffer: &mut sys::LPBYTE| {
            // SAFETY: the server's handle is open while it is borrowed; an interface's handle is a number the server
            // checks. `buffer` takes what is written.
            unsafe {
                table.MprAdminInterfaceDeviceGetInfo(
                    self.owner.as_raw(),
                    self.handle,
                    index,
                    R::LEVEL,
                    buffer,
                )
            }
        };
        // SAFETY: `call` makes that one call, and `R` is the record of its level.
        unsafe { Single::fetch(self.owner, FUNCTION, call) }
    }

    /// Makes or changes one of the interface's devices, counted from 1.
    /// The C function is `MprAdminInterfaceDeviceSetInfo`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for the index 0 or for settings that cannot
    /// be.
    #[doc(alias = "MprAdminInterfaceDeviceSetInfo")]
    #[inline]
    pub fn set_device(&self, index: u32, settings: &DeviceSettings) -> Result<()> {
        const FUNCTION: &str = "MprAdminInterfaceDeviceSetInfo";
        let index = counted(FUNCTION, index)?;
        let answer = settings.pass(FUNCTION, |level, record| {
            // SAFETY: as in `device_at`; `record` is the one of `level` and only read.
            unsafe {
                self.owner.table().MprAdminInterfaceDeviceSetInfo(
                    self.owner.as_raw(),
                    self.handle,
                    index,
                    level,
                    record,
                )
            }
        })?;
        check(FUNCTION, answer, || self.owner.name())
    }
}

#[inline]
fn counted(function: &'static str, index: u32) -> Result<u32> {
    if index == 0 { Err(Error::argument(function, "devices are counted from 1")) } else { Ok(index) }
}

const DEVICE_TYPE: Limit = limit!("the device's type", 16);
const DEVICE_NAME: Limit = limit!("the device's name", 128);
const NUMBER: Limit = limit!("the telephone number", 128);

/// The settings to make or change a device of a demand-dial interface (`MPR_DEVICE_0` or, with numbers,
/// `MPR_DEVICE_1`).
#[derive(Clone)]
#[must_use = "settings do nothing before they are written to a server"]
#[doc(alias("MPR_DEVICE_0", "MPR_DEVICE_1"))]
pub struct DeviceSettings {
    /// The C record. Its pointer is null here; the field below has its data.
    record: MPR_DEVICE_1,
    /// As a multi-string, if there are any.
    alternates: Option<Vec<u16>>,
    problem: Option<&'static str>,
}

// SAFETY: the pointer in the record is null.
unsafe impl Send for DeviceSettings {}
// SAFETY: as above.
unsafe impl Sync for DeviceSettings {}

impl DeviceSettings {
    /// Creates a device of a type, such as `modem` (at most 16 UTF-16 units), with a name (at most 128).
    #[inline]
    pub fn new<T: Text + ?Sized, N: Text + ?Sized>(device_type: &T, name: &N) -> DeviceSettings {
        let mut record = MPR_DEVICE_1::default();
        let written = DEVICE_TYPE
            .write(device_type, &mut record.szDeviceType)
            .and_then(|()| DEVICE_NAME.write(name, &mut record.szDeviceName));
        DeviceSettings { record, alternates: None, problem: written.err() }
    }

    /// Sets the telephone number that the device dials, of at most 128 UTF-16 units.
    #[inline]
    pub fn phone_number<N: Text + ?Sized>(mut self, number: &N) -> DeviceSettings {
        let written = NUMBER.write(number, &mut self.record.szLocalPhoneNumber);
        self.problem = self.problem.or(written.err());
        self
    }

    /// Sets the numbers that it dials, in this order, when that fails; each at most 128 UTF-16 units.
    #[inline]
    pub fn alternates<N: Text>(mut self, numbers: impl IntoIterator<Item = N>) -> DeviceSettings {
        match NUMBER.encode_all(numbers, "an alternate number is empty") {
            Ok(alternates) => self.alternates = Some(alternates),
            Err(problem) => self.problem = self.problem.or(Some(problem)),
        }
        self
    }

    #[inline]
    fn pass<T>(&self, function: &'static str, call: impl FnOnce(u32, sys::LPBYTE) -> T) -> Result<T> {
        if let Some(problem) = self.problem {
            return Err(Error::argument(function, problem));
        }
        // The record of level 0 is how this one begins.
        let mut record = self.record;
        // A copy: the header lets the library write to what it is given.
        let mut alternates = self.alternates.clone();
        if let Some(alternates) = &mut alternates {
            record.szAlternates = alternates.as_mut_ptr();
        }
        let numbers = record.szLocalPhoneNumber[0] != 0 || self.alternates.is_some();
        Ok(call(numbers.into(), (&raw mut record).cast()))
    }
}

impl fmt::Debug for DeviceSettings {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceSettings")
            .field("device_type", &WideStr::from_array(&self.record.szDeviceType))
            .field("name", &WideStr::from_array(&self.record.szDeviceName))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_with_numbers_is_passed_at_level_1_and_one_without_at_level_0() {
        let level = |settings: &DeviceSettings| settings.pass("F", |level, _| level).unwrap();
        let device = DeviceSettings::new("modem", "Modem 1");
        assert_eq!(level(&device), 0);
        assert_eq!(level(&device.clone().phone_number("030 1")), 1);
        assert_eq!(level(&device.alternates(["030 2"])), 1);
    }

    #[test]
    fn what_cannot_be_is_an_error() {
        for settings in [
            DeviceSettings::new("a type of seventeen", "n"),
            DeviceSettings::new("modem", &"x".repeat(129)),
            DeviceSettings::new("modem", "n").phone_number(&"1".repeat(129)),
            DeviceSettings::new("modem", "n").alternates([""]),
        ] {
            let error = settings.pass("F", |_, _| ()).unwrap_err();
            assert_eq!(error.kind(), crate::ErrorKind::InvalidArgument);
        }
    }
}
