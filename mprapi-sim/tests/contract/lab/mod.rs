//! One right call of each function, and the means to make it wrong in one respect.

use std::ptr::null_mut;

use mprapi_sim::{Router, Scenario, Server, Simulation};
use mprapi_sys as sys;

mod other;

use crate::call;
use crate::event::Event;
use crate::harness::{EVERYTHING, connect, wide};

/// A server with something of everything, open handles to it, and the parameters that calls are made with.
pub(crate) struct Lab {
    pub(crate) simulation: Simulation,
    handles: [sys::HANDLE; 3],
    pub(crate) server: sys::HANDLE,
    pub(crate) config: sys::HANDLE,
    pub(crate) mib: sys::HANDLE,
    pub(crate) machine: Vec<u16>,
    pub(crate) domain: Vec<u16>,
    pub(crate) user: Vec<u16>,
    pub(crate) connection: sys::HANDLE,
    pub(crate) port: sys::HANDLE,
    /// Demand-dial, not connected.
    pub(crate) branch: sys::HANDLE,
    /// Demand-dial, connected.
    pub(crate) uplink: sys::HANDLE,
    pub(crate) stored_interface: sys::HANDLE,
    pub(crate) stored_if_transport: sys::HANDLE,
    pub(crate) stored_transport: sys::HANDLE,
    pub(crate) interface_name: Vec<u16>,
    pub(crate) friendly_name: Vec<u16>,
    pub(crate) guid_name: Vec<u16>,
    pub(crate) level: Option<u32>,
    pub(crate) longest: u32,
    pub(crate) resume: u32,
    pub(crate) transport: u32,
    pub(crate) routing: u32,
    pub(crate) event: Event,
    pub(crate) event_is_null: bool,
    /// Passes null where the page names a null pointer as an error.
    pub(crate) null: bool,
    pub(crate) room: u32,
    pub(crate) header_is_wrong: bool,
    pub(crate) ports: u32,
}

/// A value that is no handle.
pub(crate) fn bogus() -> sys::HANDLE {
    std::ptr::without_provenance_mut(0x1230)
}

pub(crate) fn lab() -> Lab {
    Lab::new(|server| server)
}

/// Something of everything, under a name of its own.
fn server() -> Server {
    let scenario = Scenario::from_toml(include_str!("../../../scenarios/everything.toml")).expect("valid");
    let server = scenario.into_servers().pop().expect("one server");
    server.renamed(Server::unique().name())
}

impl Lab {
    pub(crate) fn new(change: impl FnOnce(Server) -> Server) -> Lab {
        let server = change(server());
        let name = server.name().to_owned();
        let simulation = server.start();
        let admin = connect(&name).expect("answers");
        let (mut config, mut mib) = (null_mut(), null_mut());
        assert_eq!(call!(MprConfigServerConnect(wide(&name).as_mut_ptr(), &raw mut config)), 0);
        assert_eq!(call!(MprAdminMIBServerConnect(wide(&name).as_mut_ptr(), &raw mut mib)), 0);
        let mut lab = Lab {
            simulation,
            handles: [admin, config, mib],
            server: admin,
            config,
            mib,
            machine: wide(&name),
            domain: wide("CORP"),
            user: wide("anna"),
            connection: null_mut(),
            port: null_mut(),
            branch: null_mut(),
            uplink: null_mut(),
            stored_interface: null_mut(),
            stored_if_transport: null_mut(),
            stored_transport: null_mut(),
            interface_name: wide("Branch"),
            friendly_name: wide("Ethernet"),
            guid_name: vec![0; 64],
            level: None,
            longest: EVERYTHING,
            resume: 0,
            transport: sys::PID_IP,
            routing: 10_000,
            event: Event::new(),
            event_is_null: false,
            null: false,
            room: 128,
            header_is_wrong: false,
            ports: 4,
        };
        lab.look_around();
        lab
    }

    fn look_around(&mut self) {
        // A router that routes local networks only says so instead of telling its connections.
        if let Some(connection) = self.first_connection() {
            self.connection = connection;
            self.port = crate::harness::ports_of(self.server, connection).expect("its port")[0].hPort;
        }
        let server = self.server;
        let interface = |name: &str| {
            let mut handle = null_mut();
            let code = call!(MprAdminInterfaceGetHandle(server, wide(name).as_mut_ptr(), &raw mut handle, 0));
            assert_eq!(code, 0, "{name}");
            handle
        };
        (self.branch, self.uplink) = (interface("Branch"), interface("Uplink"));
        let config = self.config;
        let handle = &raw mut self.stored_interface;
        assert_eq!(call!(MprConfigInterfaceGetHandle(config, self.interface_name.as_mut_ptr(), handle)), 0);
        let handle = &raw mut self.stored_transport;
        assert_eq!(call!(MprConfigTransportGetHandle(config, sys::PID_IP, handle)), 0);
        let (interface, handle) = (self.stored_interface, &raw mut self.stored_if_transport);
        assert_eq!(call!(MprConfigInterfaceTransportGetHandle(config, interface, sys::PID_IP, handle)), 0);
        let (name, guid) = (self.friendly_name.as_mut_ptr(), self.guid_name.as_mut_ptr());
        assert_eq!(call!(MprConfigGetGuidName(config, name, guid, 128)), 0);
    }

    fn first_connection(&self) -> Option<sys::HANDLE> {
        let (mut buffer, mut read, mut total) = (null_mut(), 0, 0);
        let (read, total) = (&raw mut read, &raw mut total);
        let code = call!(MprAdminConnectionEnum(
            self.server,
            0,
            &raw mut buffer,
            EVERYTHING,
            read,
            total,
            null_mut()
        ));
        if code != 0 {
            return None;
        }
        // SAFETY: the server has connections, so there is a first record.
        let first = unsafe { buffer.cast::<sys::RAS_CONNECTION_0>().read() };
        assert_eq!(call!(MprAdminBufferFree(buffer.cast())), 0);
        Some(first.hConnection)
    }

    pub(crate) fn router(&self) -> &Router {
        &self.simulation.routers()[0]
    }

    pub(crate) fn level_or(&self, usual: u32) -> u32 {
        self.level.unwrap_or(usual)
    }

    /// The pointer, or the null that is tested.
    pub(crate) fn p<T>(&self, pointer: *mut T) -> *mut T {
        if self.null { null_mut() } else { pointer }
    }

    pub(crate) fn event_handle(&self) -> sys::HANDLE {
        if self.event_is_null { null_mut() } else { self.event.raw() }
    }

    pub(crate) fn header(
        &self,
        kind: sys::MPRAPI_OBJECT_TYPE,
        revision: u32,
        size: usize,
    ) -> sys::MPRAPI_OBJECT_HEADER {
        let size = if self.header_is_wrong { 3 } else { size as u16 };
        sys::MPRAPI_OBJECT_HEADER { revision: revision as u8, type_: kind as u8, size }
    }

    /// The name of an interface as a record of level 0 has it.
    pub(crate) fn interface_record(name: &str, kind: sys::ROUTER_INTERFACE_TYPE) -> sys::MPR_INTERFACE_0 {
        let mut record = sys::MPR_INTERFACE_0 { fEnabled: 1, dwIfType: kind, ..Default::default() };
        record.wszInterfaceName[..name.len()].copy_from_slice(&wide(name)[..name.len()]);
        record
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        let [admin, config, mib] = self.handles;
        call!(MprAdminServerDisconnect(admin));
        call!(MprConfigServerDisconnect(config));
        call!(MprAdminMIBServerDisconnect(mib));
        if !std::thread::panicking() {
            let outstanding = self.router().outstanding();
            assert!(outstanding.is_nothing(), "not given back: {outstanding:?}");
        }
    }
}

/// A buffer of a family, freed when dropped.
struct Buffer(*mut u8, fn(*mut u8) -> u32);

fn admin() -> Buffer {
    Buffer(null_mut(), |buffer| call!(MprAdminBufferFree(buffer.cast())))
}

fn config() -> Buffer {
    Buffer(null_mut(), |buffer| call!(MprConfigBufferFree(buffer.cast())))
}

fn mib() -> Buffer {
    Buffer(null_mut(), |buffer| call!(MprAdminMIBBufferFree(buffer.cast())))
}

fn info() -> Buffer {
    Buffer(null_mut(), |buffer| call!(MprInfoDelete(buffer.cast())))
}

fn names() -> Buffer {
    Buffer(null_mut(), |buffer| call!(MprSetupIpInIpInterfaceFriendlyNameFree(buffer.cast())))
}

impl Drop for Buffer {
    fn drop(&mut self) {
        if !self.0.is_null() {
            assert_eq!((self.1)(self.0), 0, "the buffer is freed");
        }
    }
}

/// A header with one block, of type 7: two items of four bytes.
fn info_header() -> Vec<u32> {
    vec![1, 40, 1, 7, 4, 2, 32, 0, 11, 12]
}

impl Lab {
    /// Calls a function with the parameters of the lab; 0 is success, also of those that answer otherwise.
    pub(crate) fn call(&mut self, function: &str) -> u32 {
        let family = function.trim_start_matches("Mpr");
        if family.starts_with("Config") {
            self.call_config(function)
        } else if family.starts_with("Info") || family.starts_with("Setup") {
            self.call_other(function)
        } else if family.starts_with("AdminInterface") || family.starts_with("AdminTransport") {
            self.call_interface(function)
        } else if family.starts_with("AdminMIB") {
            self.call_mib(function)
        } else {
            self.call_server(function)
        }
    }

    fn call_server(&mut self, function: &str) -> u32 {
        let (server, connection, port) = (self.server, self.connection, self.port);
        let (mut buffer, mut read, mut total) = (admin(), 0, 0);
        let (out, read, total) = (self.p(&raw mut buffer.0), &raw mut read, &raw mut total);
        let machine = self.machine.as_mut_ptr();
        let (longest, mut resume) = (self.longest, self.resume);
        let resume = &raw mut resume;
        match function {
            "MprAdminConnectionEnum" => {
                let level = self.level_or(0);
                call!(MprAdminConnectionEnum(server, level, out, longest, read, total, resume))
            }
            "MprAdminPortEnum" => {
                let level = self.level_or(0);
                call!(MprAdminPortEnum(server, level, connection, out, longest, read, total, resume))
            }
            "MprAdminConnectionGetInfo" => {
                call!(MprAdminConnectionGetInfo(server, self.level_or(0), connection, out))
            }
            "MprAdminPortGetInfo" => call!(MprAdminPortGetInfo(server, self.level_or(1), port, out)),
            "MprAdminConnectionClearStats" => call!(MprAdminConnectionClearStats(server, connection)),
            "MprAdminPortClearStats" => call!(MprAdminPortClearStats(server, port)),
            "MprAdminPortReset" => call!(MprAdminPortReset(server, port)),
            "MprAdminPortDisconnect" => call!(MprAdminPortDisconnect(server, port)),
            "MprAdminConnectionRemoveQuarantine" => {
                call!(MprAdminConnectionRemoveQuarantine(server, connection, 0))
            }
            "MprAdminUserGetInfo" => {
                let mut record = sys::RAS_USER_1::default();
                let (user, level) = (self.user.as_mut_ptr(), self.level_or(1));
                call!(MprAdminUserGetInfo(machine, user, level, self.p((&raw mut record).cast())))
            }
            "MprAdminUserSetInfo" => {
                let mut record =
                    sys::RAS_USER_1 { bfPrivilege: sys::RASPRIV_DialinPrivilege as u8, ..Default::default() };
                let (user, level) = (self.user.as_mut_ptr(), self.level_or(1));
                call!(MprAdminUserSetInfo(machine, user, level, self.p((&raw mut record).cast())))
            }
            "MprAdminSendUserMessage" => {
                let mut message = wide("hello");
                call!(MprAdminSendUserMessage(server, connection, self.p(message.as_mut_ptr())))
            }
            "MprAdminGetPDCServer" => {
                let mut name = [0; 18];
                let domain = self.domain.as_mut_ptr();
                call!(MprAdminGetPDCServer(domain, null_mut(), self.p(name.as_mut_ptr())))
            }
            "MprAdminIsServiceRunning" => u32::from(call!(MprAdminIsServiceRunning(machine)) == 0),
            "MprAdminServerConnect" => {
                let mut handle = null_mut();
                let code = call!(MprAdminServerConnect(machine, self.p(&raw mut handle)));
                if code == 0 {
                    call!(MprAdminServerDisconnect(handle));
                }
                code
            }
            "MprAdminServerGetCredentials" => {
                call!(MprAdminServerGetCredentials(server, self.level_or(0), out))
            }
            "MprAdminServerSetCredentials" => {
                let mut record = sys::MPR_CREDENTIALSEX_1::default();
                let (level, record) = (self.level_or(0), self.p((&raw mut record).cast()));
                call!(MprAdminServerSetCredentials(server, level, record))
            }
            "MprAdminGetErrorString" => {
                call!(MprAdminGetErrorString(self.level_or(905), self.p((&raw mut buffer.0).cast())))
            }
            "MprAdminServerGetInfo" => call!(MprAdminServerGetInfo(server, self.level_or(0), out)),
            "MprAdminServerSetInfo" => {
                let mut record = self.server_record();
                let (level, record) = (self.level_or(2), self.p((&raw mut record).cast()));
                call!(MprAdminServerSetInfo(server, level, record))
            }
            "MprAdminEstablishDomainRasServer" => {
                call!(MprAdminEstablishDomainRasServer(self.domain.as_mut_ptr(), machine, 1))
            }
            "MprAdminIsDomainRasServer" => {
                let mut is = 0;
                call!(MprAdminIsDomainRasServer(self.domain.as_mut_ptr(), machine, self.p(&raw mut is)))
            }
            "MprAdminDeviceEnum" => {
                call!(MprAdminDeviceEnum(server, self.level_or(0), out, total))
            }
            "MprAdminRegisterConnectionNotification" => {
                call!(MprAdminRegisterConnectionNotification(server, self.event_handle()))
            }
            "MprAdminDeregisterConnectionNotification" => {
                let event = self.event_handle();
                call!(MprAdminRegisterConnectionNotification(server, event));
                call!(MprAdminDeregisterConnectionNotification(server, event))
            }
            "MprAdminConnectionEnumEx" => {
                let mut header = self.header(
                    sys::MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT,
                    1,
                    size_of::<sys::RAS_CONNECTION_EX>(),
                );
                let header = self.p(&raw mut header);
                call!(MprAdminConnectionEnumEx(server, header, longest, read, total, out.cast(), resume))
            }
            "MprAdminConnectionGetInfoEx" => {
                let size = size_of::<sys::RAS_CONNECTION_EX>();
                let header = self.header(sys::MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT, 1, size);
                let mut record = sys::RAS_CONNECTION_EX { Header: header, ..Default::default() };
                call!(MprAdminConnectionGetInfoEx(server, connection, self.p(&raw mut record)))
            }
            "MprAdminIsServiceInitialized" => {
                let mut initialized = 0;
                call!(MprAdminIsServiceInitialized(machine, self.p(&raw mut initialized)))
            }
            "MprAdminServerGetInfoEx" => {
                let mut record = self.server_ex();
                call!(MprAdminServerGetInfoEx(server, self.p(&raw mut record)))
            }
            "MprAdminServerSetInfoEx" => {
                let mut record = self.server_set_ex();
                call!(MprAdminServerSetInfoEx(server, self.p(&raw mut record)))
            }
            "MprAdminUpdateConnection" => {
                let size = size_of::<sys::RAS_UPDATE_CONNECTION>();
                let header = self.header(sys::MPRAPI_OBJECT_TYPE_UPDATE_CONNECTION_OBJECT, 1, size);
                let mut record = sys::RAS_UPDATE_CONNECTION { Header: header, ..Default::default() };
                for text in [&mut record.wszLocalEndpointAddress, &mut record.wszRemoteEndpointAddress] {
                    text[..9].copy_from_slice(&wide("192.0.2.9")[..9]);
                }
                call!(MprAdminUpdateConnection(server, connection, self.p(&raw mut record)))
            }
            other => panic!("the lab does not know {other}"),
        }
    }

    fn server_record(&self) -> sys::MPR_SERVER_2 {
        let ports = self.ports;
        sys::MPR_SERVER_2 {
            dwNumPptpPorts: ports,
            dwPptpPortFlags: 3,
            dwNumL2tpPorts: ports,
            dwL2tpPortFlags: 3,
            dwNumSstpPorts: ports,
            dwSstpPortFlags: 1,
        }
    }

    fn server_ex(&self) -> sys::MPR_SERVER_EX1 {
        let size = size_of::<sys::MPR_SERVER_EX1>();
        let header = self.header(sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT, 5, size);
        sys::MPR_SERVER_EX1 { Header: header, ..Default::default() }
    }

    fn server_set_ex(&self) -> sys::MPR_SERVER_SET_CONFIG_EX1 {
        let size = size_of::<sys::MPR_SERVER_SET_CONFIG_EX1>();
        let header = self.header(sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT, 5, size);
        let mut record = sys::MPR_SERVER_SET_CONFIG_EX1 {
            Header: header,
            setConfigForProtocols: sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP,
            ..Default::default()
        };
        record.ConfigParams.SstpConfigParams.dwNumPorts = 6;
        record.ConfigParams.SstpConfigParams.dwPortFlags = 1;
        record
    }

    /// Custom IKEv2 settings that an interface can have.
    pub(crate) fn custom_ikev2(&self) -> sys::MPR_IF_CUSTOMINFOEX2 {
        let mut info = self.custom();
        info.dwFlags = sys::MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2;
        (info.customIkev2Config.dwSaLifeTime, info.customIkev2Config.dwSaDataSize) = (600, 1_024);
        info
    }

    fn custom(&self) -> sys::MPR_IF_CUSTOMINFOEX2 {
        let size = size_of::<sys::MPR_IF_CUSTOMINFOEX2>();
        let header = self.header(sys::MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT, 3, size);
        sys::MPR_IF_CUSTOMINFOEX2 { Header: header, ..Default::default() }
    }

    fn call_interface(&mut self, function: &str) -> u32 {
        let (server, branch, uplink, transport) = (self.server, self.branch, self.uplink, self.transport);
        let (mut buffer, mut second) = (admin(), admin());
        let (mut read, mut total, mut resume) = (0, 0, self.resume);
        let out = self.p(&raw mut buffer.0);
        let (read, total, resume) = (&raw mut read, &raw mut total, &raw mut resume);
        let mut info = info_header();
        let block = self.p(info.as_mut_ptr().cast::<u8>());
        let mut handle = null_mut();
        let mut new = Lab::interface_record("New", sys::ROUTER_IF_TYPE_FULL_ROUTER);
        let mut own = Lab::interface_record("Branch", sys::ROUTER_IF_TYPE_FULL_ROUTER);
        match function {
            "MprAdminInterfaceGetHandle" => {
                let name = self.interface_name.as_mut_ptr();
                let name = self.p(name);
                call!(MprAdminInterfaceGetHandle(server, name, &raw mut handle, 0))
            }
            "MprAdminInterfaceCreate" => {
                let (level, record) = (self.level_or(0), self.p((&raw mut new).cast()));
                call!(MprAdminInterfaceCreate(server, level, record, &raw mut handle))
            }
            "MprAdminInterfaceGetInfo" => {
                call!(MprAdminInterfaceGetInfo(server, branch, self.level_or(0), out))
            }
            "MprAdminInterfaceSetInfo" => {
                let (level, record) = (self.level_or(0), self.p((&raw mut own).cast()));
                call!(MprAdminInterfaceSetInfo(server, branch, level, record))
            }
            "MprAdminInterfaceDelete" => call!(MprAdminInterfaceDelete(server, branch)),
            "MprAdminInterfaceDeviceGetInfo" => {
                call!(MprAdminInterfaceDeviceGetInfo(server, branch, 1, self.level_or(1), out))
            }
            "MprAdminInterfaceDeviceSetInfo" => {
                let mut record = sys::MPR_DEVICE_1::default();
                let (level, record) = (self.level_or(1), self.p((&raw mut record).cast()));
                call!(MprAdminInterfaceDeviceSetInfo(server, branch, 2, level, record))
            }
            "MprAdminInterfaceTransportRemove" => {
                call!(MprAdminInterfaceTransportRemove(server, branch, transport))
            }
            "MprAdminInterfaceTransportAdd" => {
                call!(MprAdminInterfaceTransportAdd(server, branch, transport, block, 40))
            }
            "MprAdminInterfaceTransportGetInfo" => {
                call!(MprAdminInterfaceTransportGetInfo(server, branch, transport, out, total))
            }
            "MprAdminInterfaceTransportSetInfo" => {
                call!(MprAdminInterfaceTransportSetInfo(server, branch, transport, block, 40))
            }
            "MprAdminInterfaceEnum" => {
                let level = self.level_or(0);
                call!(MprAdminInterfaceEnum(server, level, out, self.longest, read, total, resume))
            }
            "MprAdminInterfaceSetCredentials" => {
                let (machine, name) = (self.machine.as_mut_ptr(), self.interface_name.as_mut_ptr());
                let name = self.p(name);
                let (user, none) = (self.user.as_mut_ptr(), null_mut());
                call!(MprAdminInterfaceSetCredentials(machine, name, user, none, none))
            }
            "MprAdminInterfaceGetCredentials" => {
                let (machine, name) = (self.machine.as_mut_ptr(), self.interface_name.as_mut_ptr());
                let name = self.p(name);
                let mut texts = [[0; 257]; 3];
                let [user, password, domain] = texts.each_mut().map(|text| text.as_mut_ptr());
                call!(MprAdminInterfaceGetCredentials(machine, name, user, password, domain))
            }
            "MprAdminInterfaceSetCredentialsEx" => {
                let mut record = sys::MPR_CREDENTIALSEX_1::default();
                let (level, record) = (self.level_or(1), self.p((&raw mut record).cast()));
                call!(MprAdminInterfaceSetCredentialsEx(server, branch, level, record))
            }
            "MprAdminInterfaceGetCredentialsEx" => {
                call!(MprAdminInterfaceGetCredentialsEx(server, branch, self.level_or(1), out))
            }
            "MprAdminInterfaceConnect" => call!(MprAdminInterfaceConnect(server, branch, null_mut(), 1)),
            "MprAdminInterfaceDisconnect" => call!(MprAdminInterfaceDisconnect(server, uplink)),
            "MprAdminInterfaceUpdateRoutes" => {
                call!(MprAdminInterfaceUpdateRoutes(server, uplink, transport, null_mut()))
            }
            "MprAdminInterfaceQueryUpdateResult" => {
                let result = self.p(total);
                call!(MprAdminInterfaceQueryUpdateResult(server, uplink, transport, result))
            }
            "MprAdminInterfaceUpdatePhonebookInfo" => {
                call!(MprAdminInterfaceUpdatePhonebookInfo(server, branch))
            }
            "MprAdminInterfaceGetCustomInfoEx" => {
                let mut record = self.custom();
                call!(MprAdminInterfaceGetCustomInfoEx(server, branch, self.p(&raw mut record)))
            }
            "MprAdminInterfaceSetCustomInfoEx" => {
                let mut record = self.custom();
                call!(MprAdminInterfaceSetCustomInfoEx(server, branch, self.p(&raw mut record)))
            }
            "MprAdminTransportCreate" => {
                // A transport that is there already is what one of the errors is about.
                let transport = if transport == sys::PID_IP { sys::PID_IPV6 } else { transport };
                let (name, none) = (null_mut(), null_mut());
                call!(MprAdminTransportCreate(server, transport, name, block, 40, none, 0, null_mut()))
            }
            "MprAdminTransportSetInfo" => {
                call!(MprAdminTransportSetInfo(server, transport, block, 40, null_mut(), 0))
            }
            "MprAdminTransportGetInfo" => {
                let client = self.p(&raw mut second.0);
                call!(MprAdminTransportGetInfo(server, transport, out, read, client, total))
            }
            other => panic!("the lab does not know {other}"),
        }
    }
}
