//! The devices of a server that remote access can use: modems, and the miniports that end tunnels.

use std::fmt;

use mprapi_sys::{MPR_DEVICE_0, MPR_DEVICE_1};

use crate::fields::{fields, records};
use crate::library::Library;
use crate::list::{Level, Record};
use crate::walk::Request;
use crate::wide::WideStrings;
use crate::{List, Result, Server, WideStr};

impl Server {
    /// Lists the devices that remote access can use: names and types.
    /// The C function is `MprAdminDeviceEnum`, whose only level
    /// is 0.
    ///
    /// ```
    /// # let simulation = mprapi_sim::Server::new("doc-devices").start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// let server = mpr.connect(Some("doc-devices"))?;
    /// for device in &server.devices()? {
    ///     println!("{} ({})", device.name(), device.device_type());
    /// }
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of any call to a server: [`ErrorKind::NotRunning`](crate::ErrorKind::NotRunning),
    /// [`ErrorKind::Unreachable`](crate::ErrorKind::Unreachable), …
    #[doc(alias = "MprAdminDeviceEnum")]
    #[inline]
    pub fn devices(&self) -> Result<List<'_, MPR_DEVICE_0>> {
        // There are no pages: one call answers everything.
        let page = |table: &Library, request: &mut Request| {
            // SAFETY: the handle is open while `self` lives; `request` takes what is written. No buffer goes in.
            unsafe {
                table.MprAdminDeviceEnum(
                    self.as_raw(),
                    MPR_DEVICE_0::LEVEL,
                    &mut request.buffer,
                    &mut request.read,
                )
            }
        };
        // SAFETY: `page` makes that one call, and the record is the one of its level.
        unsafe { List::collect(self, "MprAdminDeviceEnum", page) }
    }
}

/// A record of a device. Its type selects the level of information.
#[expect(
    private_bounds,
    reason = "what only this crate may call, and implement, stands in a trait of its own"
)]
pub trait DeviceRecord: Record<Owner = Server> + Level + HasDevice {}

/// A device, at one level of information. It has the methods that its level supports.
///
/// It borrows the API's own record; nothing is copied.
#[doc(alias("MPR_DEVICE_0", "MPR_DEVICE_1"))]
pub struct Device<'l, R = MPR_DEVICE_0> {
    record: &'l R,
}

impl<R> Clone for Device<'_, R> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Device<'_, R> {}

impl<'l, R> Device<'l, R> {
    #[inline]
    fn new(_: &'l Server, record: &'l R) -> Device<'l, R> {
        Device { record }
    }

    /// Returns the raw record.
    #[inline]
    pub fn as_raw(&self) -> &'l R {
        self.record
    }
}

records! {
    Device, DeviceRecord:
    MPR_DEVICE_0 = 0;
    MPR_DEVICE_1 = 1;
}

fields! {
    /// Every record of a device.
    HasDevice {; szDeviceType: [u16; 17], szDeviceName: [u16; 129] } of MPR_DEVICE_0 MPR_DEVICE_1
}

impl<'l, R: DeviceRecord> Device<'l, R> {
    /// Returns the device's name, such as `WAN Miniport (IKEv2)`.
    #[inline]
    pub fn name(&self) -> &'l WideStr {
        WideStr::from_array(self.record.szDeviceName())
    }

    /// Returns the device's type, such as `vpn` or `modem`.
    #[inline]
    pub fn device_type(&self) -> &'l WideStr {
        WideStr::from_array(self.record.szDeviceType())
    }
}

impl<R: DeviceRecord> fmt::Debug for Device<'_, R> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Device")
            .field("name", &self.name())
            .field("device_type", &self.device_type())
            .finish_non_exhaustive()
    }
}

impl<'l> Device<'l, MPR_DEVICE_1> {
    /// Returns the telephone number that the device dials.
    #[inline]
    pub fn phone_number(&self) -> &'l WideStr {
        WideStr::from_array(&self.record.szLocalPhoneNumber)
    }

    /// Lists the numbers that it dials, in this order, when that fails.
    ///
    /// # Errors
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) for a list that is misaligned or does not
    /// end.
    #[inline]
    pub fn alternates(&self) -> Result<WideStrings<'l>> {
        // SAFETY: views are made of the API's own records, whose pointers are null or lead into the same buffer,
        // which is borrowed for `'l`.
        unsafe { WideStrings::from_ptr("MprAdminInterfaceDeviceGetInfo", self.record.szAlternates) }
    }
}
