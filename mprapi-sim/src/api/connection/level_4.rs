//! Level 4 of connections. Microsoft's page ends at level 3; MS-RRASM 3.1.4.2 has this one for the enumeration alone.

use mprapi_sys as sys;

use super::view::{View, guid_of, ppp, projected, put_basics, put_details};
use crate::api::file_time::file_time;
use crate::router::interface::Interface;
use crate::router::traffic::Traffic;
use crate::scenario::Tunnel;
use crate::wide;

/// `RDT_Tunnel`, a class of `RASDEVICETYPE` in MS-RRASM.
const TUNNEL: u32 = 0x0001_0000;

impl View<'_> {
    /// Fills the record of level 4, which is new.
    pub(super) fn level_4(&self, record: &mut sys::RAS_CONNECTION_4) {
        let connection = self.connection;
        let traffic = connection.meter.read(self.now);
        put_details!(record, self, traffic);
        record.connectionStartTime = file_time(connection.began);
        record.ullBytesXmited = traffic.sent;
        record.ullBytesRcved = traffic.received;
        record.ProjectionInfo = self.projection_2();
        record.dwDeviceType = self.device_type();
    }

    /// A value of `RASDEVICETYPE`.
    fn device_type(&self) -> u32 {
        match self.connection.tunnel {
            Tunnel::Pptp => TUNNEL | 8,
            Tunnel::L2tp => TUNNEL | 9,
            Tunnel::Sstp => TUNNEL | 14,
            Tunnel::Ikev2 => TUNNEL | 15,
            Tunnel::Modem => 0,
            Tunnel::Pppoe | Tunnel::Gre => TUNNEL,
        }
    }

    fn projection_2(&self) -> sys::PROJECTION_INFO2 {
        let mut projection = sys::PROJECTION_INFO2::default();
        if self.is_ppp() {
            projection.projectionInfoType = sys::MPRAPI_PPP_PROJECTION_INFO_TYPE as u8;
            projection.__bindgen_anon_1.PppProjectionInfo = ppp!(PPP_PROJECTION_INFO2, self);
        } else {
            projection.projectionInfoType = sys::MPRAPI_IKEV2_PROJECTION_INFO_TYPE as u8;
            projection.__bindgen_anon_1.Ikev2ProjectionInfo = projected!(IKEV2_PROJECTION_INFO2, self,);
        }
        projection
    }
}
