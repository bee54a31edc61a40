//! The calls of the stored configuration, of information headers and of IP-in-IP names.

use std::ptr::null_mut;

use mprapi_sys as sys;

use super::{Lab, config, info, info_header, names};
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
}
