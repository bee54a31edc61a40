//! Operations on devices.

use super::call::operation;
use super::container::InformationContainer;

operation! {
    /// Lists the devices of the server.
    36 RRouterDeviceEnum(MprAdminDeviceEnum) => DeviceEnumRequest, DeviceEnumAnswer {
        /// The level of the records: 0 for `MPR_DEVICE_0`.
        [in] dwLevel => level: u32,
        /// The records. In a request, null.
        [in, out] pInfoStruct => info: InformationContainer,
        /// The number of records. In a request, not used.
        [in, out] lpdwTotalEntries => total_entries: u32,
    }
}

operation! {
    /// Reads a device of a demand-dial interface.
    38 RRouterInterfaceDeviceGetInfo(MprAdminInterfaceDeviceGetInfo)
        => InterfaceDeviceGetInfoRequest, InterfaceDeviceGetInfoAnswer
    {
        /// The level of the record: 0 for `MPR_DEVICE_0`, 1 for `MPR_DEVICE_1`.
        [in] dwLevel => level: u32,
        /// The record. In a request, null.
        [in, out] pInfoStruct => info: InformationContainer,
        /// The place of the device in the interface's list, from 1 on.
        [in] dwIndex => index: u32,
        /// The handle of the interface.
        [in] hInterface => interface: u32,
    }
}

operation! {
    /// Changes a device of a demand-dial interface.
    39 RRouterInterfaceDeviceSetInfo(MprAdminInterfaceDeviceSetInfo)
        => InterfaceDeviceSetInfoRequest, InterfaceDeviceSetInfoAnswer
    {
        /// The level of the record: 0 for `MPR_DEVICE_0`, 1 for `MPR_DEVICE_1`.
        [in] dwLevel => level: u32,
        /// The record.
        [in] pInfoStruct => info: InformationContainer,
        /// The place of the device in the interface's list, from 1 on.
        [in] dwIndex => index: u32,
        /// The handle of the interface.
        [in] hInterface => interface: u32,
    }
}
