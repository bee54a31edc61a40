//! Operations on the server as a whole.

use mprapi_sys as sys;
use mprapi_sys::NO_ERROR;

use super::back_end::BackEnd;
use crate::dimsvc::{
    Call as _, ObjectHeader, ServerEx, ServerEx1, ServerEx2, ServerEx3, ServerGetInfoAnswer,
    ServerGetInfoExAnswer, ServerGetInfoExRequest, ServerGetInfoRequest, ServerSetConfigEx,
    ServerSetInfoAnswer, ServerSetInfoExAnswer, ServerSetInfoExRequest, ServerSetInfoRequest, TunnelConfig3,
};
use crate::ndr::Counted;
use crate::record::pointed::{Lent, Pieces, tunnels};
use crate::record::tunnel_ex::Revision;
use crate::record::twin::Twin;

/// The state of the server and the settings of its tunnels, the newest that a back end has.
struct State {
    /// The five numbers in front of the settings.
    head: [u32; 5],
    tunnels: TunnelConfig3,
    /// The lifetimes of main mode for IKEv2 and L2TP, which no revision of the protocol has.
    main_mode: [u32; 2],
}

impl BackEnd {
    pub(super) fn server_get_info(&self, request: &ServerGetInfoRequest) -> ServerGetInfoAnswer {
        let level = request.level;
        let call = |table: &sys::Mprapi, server, buffer| {
            // SAFETY: the handle is open, and the place takes what is written.
            unsafe { table.MprAdminServerGetInfo(server, level, buffer) }
        };
        let (code, info) = match level {
            0 => self.get::<sys::MPR_SERVER_0>(call),
            1 => self.get::<sys::MPR_SERVER_1>(call),
            2 => self.get::<sys::MPR_SERVER_2>(call),
            _ => (self.get_unknown(call), Counted::NULL),
        };
        ServerGetInfoAnswer { info, code }
    }

    pub(super) fn server_set_info(&self, request: &ServerSetInfoRequest) -> ServerSetInfoAnswer {
        let level = request.level;
        let call = |table: &sys::Mprapi, server, record| {
            // SAFETY: the handle is open, and the record is that of the level or null.
            unsafe { table.MprAdminServerSetInfo(server, level, record) }
        };
        ServerSetInfoRequest::failed(match level {
            1 => self.set::<sys::MPR_SERVER_1>(&request.info, call),
            2 => self.set::<sys::MPR_SERVER_2>(&request.info, call),
            _ => self.on_server(|table, server| call(table, server, std::ptr::null_mut())),
        })
    }

    /// Asks for the state of the server at the newest layout that the protocol can carry.
    fn state(&self, kind: u8) -> Result<State, u32> {
        let header = sys::MPRAPI_OBJECT_HEADER {
            revision: sys::MPRAPI_MPR_SERVER_OBJECT_REVISION_4 as u8,
            type_: kind,
            size: size_of::<sys::MPR_SERVER_EX0>() as u16,
        };
        // The table's type is that of the longer record.
        let mut newest = sys::MPR_SERVER_EX1 { Header: header, ..Default::default() };
        let code = self.on_server(|table, server| {
            // SAFETY: the handle is open, and the record is longer than its header says.
            unsafe { table.MprAdminServerGetInfoEx(server, &mut newest) }
        });
        let mut pieces = Pieces::default();
        // SAFETY: the record is zero but for what the back end wrote, which keeps the contract of the function's page.
        let tunnels = unsafe { pieces.tunnels(&newest.ConfigParams) };
        self.free(pieces);
        if code != NO_ERROR {
            return Err(code);
        }
        let sys::MPR_SERVER_EX1 { fLanOnlyMode, dwUpTime, dwTotalPorts, dwPortsInUse, Reserved, .. } = newest;
        let params = &newest.ConfigParams;
        Ok(State {
            head: [fLanOnlyMode, dwUpTime, dwTotalPorts, dwPortsInUse, Reserved],
            tunnels,
            main_mode: [
                params.IkeConfigParams.TunnelConfigParams.dwMmSaLifeTime,
                params.L2tpConfigParams.TunnelConfigParams.dwMmSaLifeTime,
            ],
        })
    }

    pub(super) fn server_get_info_ex(&self, request: &ServerGetInfoExRequest) -> ServerGetInfoExAnswer {
        let header: ObjectHeader = match &request.config {
            ServerEx::Revision1(config) => config.header,
            ServerEx::Revision2(config) => config.header,
            ServerEx::Revision3(config) => config.header,
        };
        let state = match self.state(header.kind) {
            Ok(state) => state,
            Err(code) => return ServerGetInfoExAnswer { config: request.config.clone(), code },
        };
        macro_rules! revision {
            ($revision:ident, $record:ident) => {{
                let [is_lan_only, up_time, total_ports, ports_in_use, reserved] = state.head;
                let config = Revision::of(state.tunnels);
                ServerEx::$revision(Box::new($record {
                    header,
                    is_lan_only,
                    up_time,
                    total_ports,
                    ports_in_use,
                    reserved,
                    config,
                }))
            }};
        }
        let config = match &request.config {
            ServerEx::Revision1(_) => revision!(Revision1, ServerEx1),
            ServerEx::Revision2(_) => revision!(Revision2, ServerEx2),
            ServerEx::Revision3(_) => revision!(Revision3, ServerEx3),
        };
        ServerGetInfoExAnswer { config, code: NO_ERROR }
    }

    /// Changes the settings. What a message lacks stays as it is: the back end is asked for it first.
    pub(super) fn server_set_info_ex(&self, request: &ServerSetInfoExRequest) -> ServerSetInfoExAnswer {
        let before = match self.state(sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT as u8) {
            Ok(before) => before,
            Err(code) => return ServerSetInfoExRequest::failed(code),
        };
        let (header, protocols, config) = match &request.config {
            ServerSetConfigEx::Revision1(set) => {
                (set.header, set.protocols, set.config.clone().onto(before.tunnels))
            }
            ServerSetConfigEx::Revision2(set) => {
                (set.header, set.protocols, set.config.clone().onto(before.tunnels))
            }
            ServerSetConfigEx::Revision3(set) => {
                (set.header, set.protocols, set.config.clone().onto(before.tunnels))
            }
        };
        let mut lent = Lent::default();
        let all = tunnels(&config, &mut lent);
        let mut set = sys::MPR_SERVER_SET_CONFIG_EX0 {
            Header: sys::MPRAPI_OBJECT_HEADER {
                revision: sys::MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_4 as u8,
                size: size_of::<sys::MPR_SERVER_SET_CONFIG_EX0>() as u16,
                ..header.twin()
            },
            setConfigForProtocols: protocols,
            ConfigParams: sys::MPRAPI_TUNNEL_CONFIG_PARAMS0 {
                IkeConfigParams: all.IkeConfigParams,
                PptpConfigParams: all.PptpConfigParams,
                L2tpConfigParams: all.L2tpConfigParams,
                SstpConfigParams: all.SstpConfigParams,
            },
        };
        let [ikev2, l2tp] = before.main_mode;
        set.ConfigParams.IkeConfigParams.TunnelConfigParams.dwMmSaLifeTime = ikev2;
        set.ConfigParams.L2tpConfigParams.TunnelConfigParams.dwMmSaLifeTime = l2tp;
        ServerSetInfoExRequest::failed(self.on_server(|table, server| {
            // SAFETY: the handle is open, the record has the size that its header says, and `lent` has what it points to.
            unsafe { table.MprAdminServerSetInfoEx(server, (&raw mut set).cast()) }
        }))
    }
}
