//! Records without pointers: ports, connections, the server, devices.

use mprapi_sys as sys;

use super::field::{Fields, Visit, visit};
use super::layout::Layout;
use super::projection::Projection;
use super::shape::{Record, Shape};

/// The source of a size that the specification's IDL gives with the rules of a 32-bit C compiler.
pub(super) const IDL: &str = "MS-RRASM, section 6: the IDL, laid out by a 32-bit C compiler";

/// The source of a size with the IPX addresses of the header, which have 23 units where the IDL's have 16.
const HEADER: &str = "mprapi.h: PPP_IPXCP_INFO has room for 23 units, in the IDL of MS-RRASM for 16";

/// Returns a size that every version has.
const fn every(size: usize) -> Shape {
    Shape { size, layout: Layout::IDL, source: IDL }
}

/// Describes a record without pointers:
///
/// ```text
/// plain! { MPR_SERVER_1: "MPR_SERVER_1" level 1, [every(16)]; number dwNumPptpPorts dwPptpPortFlags }
/// ```
///
/// is
///
/// ```text
/// impl Record for sys::MPR_SERVER_1 {
///     type Behind = ();
///     const NAME: &'static str = "MPR_SERVER_1";
///     const LEVEL: u32 = 1;
///     const SHAPES: &'static [Shape] = &[every(16)];
///
///     fn fields<F: Fields>(&mut self, (): &mut (), fields: &mut F) -> Visit {
///         visit! { self, fields; number dwNumPptpPorts dwPptpPortFlags }
///         Ok(())
///     }
/// }
/// ```
macro_rules! plain {
    ($record:ident: $name:literal level $level:literal, [$($shape:expr),+]; $($description:tt)+) => {
        impl Record for sys::$record {
            type Behind = ();
            const NAME: &'static str = $name;
            const LEVEL: u32 = $level;
            const SHAPES: &'static [Shape] = &[$($shape),+];

            fn fields<F: Fields>(&mut self, (): &mut (), fields: &mut F) -> Visit {
                visit! { self, fields; $($description)+ }
                Ok(())
            }
        }
    };
}

plain! {
    MPR_SERVER_0: "MPR_SERVER_0" level 0, [every(16)];
    number fLanOnlyMode dwUpTime dwTotalPorts dwPortsInUse
}
plain! {
    MPR_SERVER_1: "MPR_SERVER_1" level 1, [every(16)];
    number dwNumPptpPorts dwPptpPortFlags dwNumL2tpPorts dwL2tpPortFlags
}
plain! {
    MPR_SERVER_2: "MPR_SERVER_2" level 2, [every(24)];
    number dwNumPptpPorts dwPptpPortFlags dwNumL2tpPorts dwL2tpPortFlags dwNumSstpPorts dwSstpPortFlags
}
plain! {
    RAS_PORT_0: "RASI_PORT_0" level 0, [every(380)];
    handle hPort hConnection; number dwPortCondition; number dwTotalNumberOfCalls dwConnectDuration;
    text wszPortName wszMediaName; text wszDeviceName; text wszDeviceType
}
plain! {
    RAS_PORT_1: "RASI_PORT_1" level 1, [every(64)];
    handle hPort hConnection; number dwHardwareCondition;
    number dwLineSpeed dwBytesXmited dwBytesRcved dwFramesXmited dwFramesRcved dwCrcErr dwTimeoutErr dwAlignmentErr
        dwHardwareOverrunErr dwFramingErr dwBufferOverrunErr dwCompressionRatioIn dwCompressionRatioOut
}
plain! {
    RAS_CONNECTION_0: "RASI_CONNECTION_0" level 0, [every(1116)];
    handle hConnection hInterface; number dwConnectDuration; number dwInterfaceType; number dwConnectionFlags;
    text wszInterfaceName wszUserName; text wszLogonDomain; text wszRemoteComputer
}
plain! {
    RAS_CONNECTION_1: "RASI_CONNECTION_1" level 1,
    [every(272), Shape { size: 288, layout: Layout::HEADER, source: HEADER }];
    handle hConnection hInterface; record PppInfo;
    number dwBytesXmited dwBytesRcved dwFramesXmited dwFramesRcved dwCrcErr dwTimeoutErr dwAlignmentErr
        dwHardwareOverrunErr dwFramingErr dwBufferOverrunErr dwCompressionRatioIn dwCompressionRatioOut
}
plain! {
    RAS_CONNECTION_2: "RASI_CONNECTION_2" level 2,
    [every(828), Shape { size: 844, layout: Layout::HEADER, source: HEADER }];
    handle hConnection; text wszUserName; number dwInterfaceType; record guid; record PppInfo2
}
plain! {
    RAS_CONNECTION_3: "RASI_CONNECTION_3" level 3, [every(788)];
    number dwVersion dwSize; handle hConnection; text wszUserName; number dwInterfaceType; record guid;
    record PppInfo3; number rasQuarState; record timer
}
plain! {
    MPR_DEVICE_0: "MPR_DEVICE_0" level 0, [every(292)];
    text szDeviceType; text szDeviceName
}
plain! {
    MPR_INTERFACE_0: "MPRI_INTERFACE_0" level 0, [every(540)];
    text wszInterfaceName; handle hInterface; number fEnabled dwIfType dwConnectionState;
    number fUnReachabilityReasons dwLastError
}

impl Record for sys::RAS_CONNECTION_4 {
    type Behind = Projection;
    const NAME: &'static str = "RAS_CONNECTION_4_IDL";
    const LEVEL: u32 = 4;
    const SHAPES: &'static [Shape] = &[every(1680)];

    fn alignment(_: Layout) -> usize {
        8
    }

    fn fields<F: Fields>(&mut self, behind: &mut Projection, fields: &mut F) -> Visit {
        visit! { self, fields;
            number dwConnectDuration; number dwInterfaceType; number dwConnectionFlags;
            text wszInterfaceName wszUserName; text wszLogonDomain; text wszRemoteComputer;
            record guid; number rasQuarState; record probationTime connectionStartTime;
            counter ullBytesXmited ullBytesRcved;
            number dwFramesXmited dwFramesRcved dwCrcErr dwTimeoutErr dwAlignmentErr dwHardwareOverrunErr
                dwFramingErr dwBufferOverrunErr dwCompressionRatioIn dwCompressionRatioOut dwNumSwitchOvers;
            text wszRemoteEndpointAddress wszLocalEndpointAddress
        }
        fields.projection("ProjectionInfo", &mut self.ProjectionInfo, behind)?;
        visit! { self, fields; handle hConnection hInterface; number dwDeviceType }
        Ok(())
    }
}
