//! The calls of the stored configuration, of management variables, of information headers and of
//! IP-in-IP names.

use std::ptr::null_mut;

use mprapi_sys as sys;

use super::{Lab, config, info, info_header, mib, names};
use crate::call;
use crate::harness::wide;

impl Lab {
    pub(super) fn call_config(&mut self, function: &str) -> u32 {
        let (server, transport) = (self.config, self.transport);
        let (interface, if_transport) = (self.stored_interface, self.stored_if_transport);
        let router_transport = self.stored_transport;
        let (mut buffer, mut second, mut third) = (config(), config(), config());
        let (mut read, mut total, mut resume) = (0, 0, self.resume);
        let out = self.p(&raw mut buffer.0);
        let (read, total, resume) = (&raw mut read, &raw mut total, &raw mut resume);
        let mut info = info_header();
        let block = info.as_mut_ptr().cast::<u8>();
        let mut handle = null_mut();
        let handle = self.p(&raw mut handle);
        let longest = self.longest;
        let mut folder = wide(&format!("{}\\", std::env::temp_dir().join(self.router().name()).display()));
        match function {
            "MprConfigServerInstall" => {
                let mut something = 0u32;
                let buffer = if self.null { (&raw mut something).cast() } else { null_mut() };
                call!(MprConfigServerInstall(self.level_or(0), buffer))
            }
            "MprConfigServerConnect" => {
                let machine = self.machine.as_mut_ptr();
                let code = call!(MprConfigServerConnect(machine, handle));
                if code == 0 {
                    // SAFETY: the call wrote the handle.
                    let opened = unsafe { *handle };
                    call!(MprConfigServerDisconnect(opened));
                }
                code
            }
            "MprConfigServerRefresh" => call!(MprConfigServerRefresh(server)),
            "MprConfigServerGetInfo" => call!(MprConfigServerGetInfo(server, self.level_or(2), out)),
            "MprConfigServerSetInfo" => {
                let mut record = self.server_record();
                let (level, record) = (self.level_or(2), self.p((&raw mut record).cast()));
                call!(MprConfigServerSetInfo(server, level, record))
            }
            "MprConfigServerBackup" | "MprConfigServerRestore" => {
                let path = std::env::temp_dir().join(self.router().name());
                std::fs::create_dir_all(&path).expect("a folder");
                let folder = self.p(folder.as_mut_ptr());
                let mut code = call!(MprConfigServerBackup(server, folder));
                if function == "MprConfigServerRestore" {
                    code = call!(MprConfigServerRestore(server, folder));
                }
                std::fs::remove_dir_all(path).expect("it was there");
                code
            }
            "MprConfigTransportCreate" => {
                let (none, name, dll) = (null_mut(), null_mut(), null_mut());
                call!(MprConfigTransportCreate(server, transport, name, block, 40, none, 0, dll, handle))
            }
            "MprConfigTransportDelete" => call!(MprConfigTransportDelete(server, router_transport)),
            "MprConfigTransportGetHandle" => call!(MprConfigTransportGetHandle(server, transport, handle)),
            "MprConfigTransportSetInfo" => {
                let (none, dll) = (null_mut(), null_mut());
                call!(MprConfigTransportSetInfo(server, router_transport, block, 40, none, 0, dll))
            }
            "MprConfigTransportGetInfo" => {
                let (global, client) = (&raw mut buffer.0, &raw mut second.0);
                let (first, dll) = (self.p(read), (&raw mut third.0).cast());
                call!(MprConfigTransportGetInfo(server, router_transport, global, first, client, total, dll))
            }
            "MprConfigTransportEnum" => {
                let level = self.level_or(0);
                call!(MprConfigTransportEnum(server, level, out, longest, read, total, resume))
            }
            "MprConfigInterfaceCreate" => {
                let mut record = Lab::interface_record("New", sys::ROUTER_IF_TYPE_FULL_ROUTER);
                let (level, record) = (self.level_or(0), (&raw mut record).cast());
                call!(MprConfigInterfaceCreate(server, level, record, handle))
            }
            "MprConfigInterfaceDelete" => call!(MprConfigInterfaceDelete(server, interface)),
            "MprConfigInterfaceGetHandle" => {
                let name = self.interface_name.as_mut_ptr();
                let name = self.p(name);
                let mut handle = null_mut();
                call!(MprConfigInterfaceGetHandle(server, name, &raw mut handle))
            }
            "MprConfigInterfaceGetInfo" => {
                let level = self.level_or(2);
                call!(MprConfigInterfaceGetInfo(server, interface, level, out, total))
            }
            "MprConfigInterfaceSetInfo" => {
                let mut record = Lab::interface_record("Branch", sys::ROUTER_IF_TYPE_FULL_ROUTER);
                let (level, record) = (self.level_or(0), self.p((&raw mut record).cast()));
                call!(MprConfigInterfaceSetInfo(server, interface, level, record))
            }
            "MprConfigInterfaceEnum" => {
                let level = self.level_or(0);
                call!(MprConfigInterfaceEnum(server, level, out, longest, read, total, resume))
            }
            "MprConfigInterfaceTransportAdd" => {
                let name = null_mut();
                call!(MprConfigInterfaceTransportAdd(server, interface, transport, name, block, 40, handle))
            }
            "MprConfigInterfaceTransportRemove" => {
                call!(MprConfigInterfaceTransportRemove(server, interface, if_transport))
            }
            "MprConfigInterfaceTransportGetHandle" => {
                call!(MprConfigInterfaceTransportGetHandle(server, interface, transport, handle))
            }
            "MprConfigInterfaceTransportGetInfo" => {
                let (out, size) = (&raw mut buffer.0, self.p(total));
                call!(MprConfigInterfaceTransportGetInfo(server, interface, if_transport, out, size))
            }
            "MprConfigInterfaceTransportSetInfo" => {
                call!(MprConfigInterfaceTransportSetInfo(server, interface, if_transport, block, 40))
            }
            "MprConfigInterfaceTransportEnum" => {
                let level = self.level_or(0);
                call!(MprConfigInterfaceTransportEnum(
                    server, interface, level, out, longest, read, total, resume
                ))
            }
            "MprConfigGetFriendlyName" => {
                let (mut name, guid) = ([0; 64], self.guid_name.as_mut_ptr());
                call!(MprConfigGetFriendlyName(server, guid, self.p(name.as_mut_ptr()), self.room))
            }
            "MprConfigGetGuidName" => {
                let (mut name, friendly) = ([0; 64], self.friendly_name.as_mut_ptr());
                call!(MprConfigGetGuidName(server, friendly, self.p(name.as_mut_ptr()), self.room))
            }
            "MprConfigFilterGetInfo" | "MprConfigFilterSetInfo" => {
                let mut record = sys::MPR_FILTER_0::default();
                let (level, record) = (self.level_or(0), self.p((&raw mut record).cast()));
                if function == "MprConfigFilterGetInfo" {
                    call!(MprConfigFilterGetInfo(server, level, transport, record))
                } else {
                    call!(MprConfigFilterSetInfo(server, level, transport, record))
                }
            }
            "MprConfigServerGetInfoEx" => {
                let mut record = self.server_ex();
                call!(MprConfigServerGetInfoEx(server, self.p(&raw mut record)))
            }
            "MprConfigServerSetInfoEx" => {
                let mut record = self.server_set_ex();
                call!(MprConfigServerSetInfoEx(server, self.p(&raw mut record)))
            }
            "MprConfigInterfaceGetCustomInfoEx" => {
                let mut record = self.custom();
                call!(MprConfigInterfaceGetCustomInfoEx(server, interface, self.p(&raw mut record)))
            }
            "MprConfigInterfaceSetCustomInfoEx" => {
                let mut record = self.custom();
                call!(MprConfigInterfaceSetCustomInfoEx(server, interface, self.p(&raw mut record)))
            }
            other => panic!("the lab does not know {other}"),
        }
    }

    pub(super) fn call_other(&mut self, function: &str) -> u32 {
        let machine = self.machine.as_mut_ptr();
        let (mut buffer, mut list) = (info(), names());
        let new = self.p((&raw mut buffer.0).cast());
        let mut header = info_header();
        let header = header.as_mut_ptr().cast();
        let mut data = [1u32, 2, 3];
        let data = data.as_mut_ptr().cast();
        let kind = self.level_or(7);
        let (mut size, mut count, mut items) = (0, 0, null_mut());
        let (size, count, items) = (&raw mut size, &raw mut count, &raw mut items);
        let mut guid = sys::GUID { Data1: 1, ..Default::default() };
        let mut name = sys::MPR_IPINIP_INTERFACE_0 { Guid: guid, ..Default::default() };
        name.wszFriendlyName[0] = u16::from(b'T');
        match function {
            "MprInfoCreate" => call!(MprInfoCreate(1, new)),
            "MprInfoRemoveAll" => call!(MprInfoRemoveAll(header, new)),
            "MprInfoDuplicate" => call!(MprInfoDuplicate(header, new)),
            "MprInfoBlockAdd" => call!(MprInfoBlockAdd(header, self.level_or(8), 4, 3, data, new)),
            "MprInfoBlockRemove" => call!(MprInfoBlockRemove(header, kind, new)),
            "MprInfoBlockSet" => call!(MprInfoBlockSet(header, kind, 4, 3, data, new)),
            "MprInfoBlockFind" => call!(MprInfoBlockFind(self.p(header), kind, size, count, items)),
            "MprInfoBlockQuerySize" => u32::from(call!(MprInfoBlockQuerySize(header)) != 40),
            "MprSetupIpInIpInterfaceFriendlyNameEnum" => {
                call!(MprSetupIpInIpInterfaceFriendlyNameEnum(machine, self.p(&raw mut list.0), count))
            }
            "MprSetupIpInIpInterfaceFriendlyNameCreate" => {
                call!(MprSetupIpInIpInterfaceFriendlyNameCreate(machine, self.p(&raw mut name)))
            }
            "MprSetupIpInIpInterfaceFriendlyNameDelete" => {
                call!(MprSetupIpInIpInterfaceFriendlyNameCreate(machine, &raw mut name));
                call!(MprSetupIpInIpInterfaceFriendlyNameDelete(machine, self.p(&raw mut guid)))
            }
            other => panic!("the lab does not know {other}"),
        }
    }

    /// The index of the interface that has this address; 0 if the server has no such table.
    fn index_of(&self, address: [u8; 4]) -> u32 {
        let (mut answer, mut size) = (null_mut(), 0);
        let (mut query, out) = ([5u32, u32::from_ne_bytes(address)], &raw mut answer);
        let pointer = query.as_mut_ptr().cast();
        if call!(MprAdminMIBEntryGet(self.mib, sys::PID_IP, 10_000, pointer, 8, out, &raw mut size)) != 0 {
            return 0;
        }
        // SAFETY: the answer has two numbers, then the address and the index.
        let [_, _, _, index] = unsafe { answer.cast::<[u32; 4]>().read() };
        assert_eq!(call!(MprAdminMIBBufferFree(answer)), 0);
        index
    }

    pub(super) fn call_mib(&mut self, function: &str) -> u32 {
        let (mib_server, transport, routing) = (self.mib, self.transport, self.routing);
        let (mut buffer, mut size) = (mib(), 0);
        let (out, size) = (self.p((&raw mut buffer.0).cast()), &raw mut size);
        // The table of addresses, which has no indices.
        let mut query = [4u32, 0];
        let query = query.as_mut_ptr().cast();
        // A route, as `MIB_OPAQUE_INFO` has it: to 203.0.113.0/24 by way of 192.0.2.1.
        let address = |octets: [u8; 4]| u32::from_ne_bytes(octets);
        let mut route = [0u32; 16];
        route[0] = 8;
        route[2] = address([203, 0, 113, 0]);
        route[3] = address([255, 255, 255, 0]);
        route[5] = address([192, 0, 2, 1]);
        route[6] = self.index_of([192, 0, 2, 10]);
        route[8] = 3;
        // The one that the scenario made, to be changed and deleted.
        let known = [8, address([198, 51, 100, 0]), 10_006, 0, address([192, 0, 2, 1])];
        let mut changed = route;
        (changed[2], changed[8]) = (known[1], known[2]);
        let mut known = known;
        match function {
            "MprAdminMIBServerConnect" => {
                let mut handle = null_mut();
                let machine = self.machine.as_mut_ptr();
                let code = call!(MprAdminMIBServerConnect(machine, self.p(&raw mut handle)));
                if code == 0 {
                    call!(MprAdminMIBServerDisconnect(handle));
                }
                code
            }
            "MprAdminMIBEntryCreate" => {
                call!(MprAdminMIBEntryCreate(mib_server, transport, routing, route.as_mut_ptr().cast(), 64))
            }
            "MprAdminMIBEntrySet" => {
                call!(MprAdminMIBEntrySet(mib_server, transport, routing, changed.as_mut_ptr().cast(), 64))
            }
            "MprAdminMIBEntryDelete" => {
                call!(MprAdminMIBEntryDelete(mib_server, transport, routing, known.as_mut_ptr().cast(), 20))
            }
            "MprAdminMIBEntryGet" => {
                call!(MprAdminMIBEntryGet(mib_server, transport, routing, query, 4, out, size))
            }
            "MprAdminMIBEntryGetFirst" => {
                call!(MprAdminMIBEntryGetFirst(mib_server, transport, routing, query, 4, out, size))
            }
            "MprAdminMIBEntryGetNext" => {
                let mut row = [5u32, 0];
                let row = row.as_mut_ptr().cast();
                call!(MprAdminMIBEntryGetNext(mib_server, transport, routing, row, 8, out, size))
            }
            "MprAdminMIBGetTrapInfo" => {
                call!(MprAdminMIBGetTrapInfo(mib_server, transport, routing, query, 4, out, size))
            }
            "MprAdminMIBSetTrapInfo" => {
                call!(MprAdminMIBSetTrapInfo(transport, routing, self.event.raw(), query, 4, out, size))
            }
            other => panic!("the lab does not know {other}"),
        }
    }
}
