//! An exercise for each function: it calls the function's home in the safe layer and looks at all that comes back.

use std::time::Duration;

use mprapi::mib::MibModule;
use mprapi::sys::*;
use mprapi::{
    Change, DemandDial, DeviceSettings, DialError, DialIn, Ikev2Settings, Info, InfoType,
    InterfaceCredentials, InterfaceSettings, InterfaceType, PreSharedKey, Result, TransportId,
    TransportSettings, User,
};

use crate::ways::{
    Subject, block, branch, connection, guid, header, port, read, see, settings, tunnel_ports, tunnels,
    uplink,
};

pub(crate) struct Exercise {
    pub(crate) function: &'static str,
    /// The record, or the way to call it; may be empty.
    pub(crate) record: &'static str,
    pub(crate) run: fn(&Subject) -> Result<()>,
}

macro_rules! exercises {
    ($($function:ident $record:literal $run:expr;)+) => {
        pub(crate) const EXERCISES: &[Exercise] =
            &[$(Exercise { function: Function::$function.name(), record: $record, run: $run }),+];
    };
}

const MODULE: MibModule = MibModule::IP_ROUTER_MANAGER;

/// Where it leads behind the interface table's first row.
const QUERY: &[u8] = &[1, 0, 0, 0, 0, 0, 0, 0];

exercises! {
    MprAdminServerConnect "" |s| {
        let (first, second) = (s.server()?, s.server()?);
        see((first, second));
        Ok(())
    };
    MprAdminConnectionEnum "RAS_CONNECTION_0" connections!(RAS_CONNECTION_0 id handle interface user_name domain
        remote_computer interface_name interface_type duration flags);
    MprAdminConnectionEnum "RAS_CONNECTION_1" connections!(RAS_CONNECTION_1 statistics ipv4 client_address netbeui_name
        ipx_address appletalk_address);
    MprAdminConnectionEnum "RAS_CONNECTION_2" connections!(RAS_CONNECTION_2 user_name guid ipv4 link compression
        header_compression ipx_address);
    MprAdminConnectionEnum "RAS_CONNECTION_3" connections!(RAS_CONNECTION_3 user_name guid ipv4 ipv6 link compression
        quarantine_state probation_ends);
    MprAdminConnectionEnum "RAS_CONNECTION_4" connections!(RAS_CONNECTION_4 user_name guid statistics started_at tunnel
        projection client_address remote_endpoint local_endpoint switch_overs quarantine_state probation_ends);
    MprAdminConnectionEnumEx "RAS_CONNECTION_EX" connections!(RAS_CONNECTION_EX user_name guid statistics projection
        client_address remote_endpoint local_endpoint switch_overs quarantine_state probation_ends flags duration);
    MprAdminConnectionGetInfo "RAS_CONNECTION_0" info!(connection: RAS_CONNECTION_0 id user_name domain flags);
    MprAdminConnectionGetInfo "RAS_CONNECTION_1" info!(connection: RAS_CONNECTION_1 statistics ipv4 netbeui_name);
    MprAdminConnectionGetInfo "RAS_CONNECTION_2" info!(connection: RAS_CONNECTION_2 user_name guid ipv4 link);
    MprAdminConnectionGetInfo "RAS_CONNECTION_3" info!(connection: RAS_CONNECTION_3 user_name ipv6 quarantine_state);
    MprAdminConnectionGetInfoEx "RAS_CONNECTION_EX" info!(connection: RAS_CONNECTION_EX user_name guid statistics
        projection client_address remote_endpoint local_endpoint switch_overs quarantine_state probation_ends);
    MprAdminConnectionClearStats "" act!(connection.clear_statistics());
    MprAdminConnectionRemoveQuarantine "" act!(connection.remove_quarantine());
    MprAdminSendUserMessage "" act!(connection.send_message("Good day"));
    MprAdminUpdateConnection "" act!(connection.update(1, [192, 0, 2, 1].into(), [192, 0, 2, 2].into()));
    MprAdminPortEnum "RAS_PORT_0" |s| {
        let server = s.server()?;
        for port in &server.ports()? {
            ask!(port; id connection name media_name device_name device_type condition total_calls duration);
        }
        Ok(())
    };
    MprAdminPortGetInfo "RAS_PORT_0" info!(port: RAS_PORT_0 name media_name device_name device_type condition);
    MprAdminPortGetInfo "RAS_PORT_1" info!(port: RAS_PORT_1 id connection hardware_condition line_speed statistics);
    MprAdminPortClearStats "" act!(port.clear_statistics());
    MprAdminPortReset "" act!(port.reset());
    MprAdminPortDisconnect "" act!(port.disconnect());
    MprAdminRegisterConnectionNotification "" |s| {
        let server = s.server()?;
        let mut notification = server.watch()?;
        see(notification.wait(Some(Duration::from_millis(1)))?);
        for change in notification.changes()? {
            match change {
                Change::Came(connection) | Change::Went(connection) => see(connection),
            }
        }
        Ok(())
    };
    MprAdminRegisterConnectionNotification "sessions" |s| {
        // Without notifications it reads at an interval, so no answer is an error.
        let mut watch = s.watch_sessions()?.with_interval(Duration::from_millis(10));
        see(watch.next_within(Duration::from_millis(30))?);
        watch.sessions().iter().for_each(see);
        Ok(())
    };
    MprAdminDeregisterConnectionNotification "sessions" |s| {
        drop(s.watch_sessions()?);
        Ok(())
    };
    MprAdminDeregisterConnectionNotification "" |s| {
        let server = s.server()?;
        drop(server.watch()?);
        Ok(())
    };
    MprAdminUserGetInfo "RAS_USER_0" user!(RAS_USER_0);
    MprAdminUserGetInfo "RAS_USER_1" user!(RAS_USER_1);
    MprAdminUserSetInfo "" |s| {
        let mut user = User::<RAS_USER_1>::denied();
        user.set_dial_in(DialIn::Denied);
        s.mpr.set_user(s.name(), "anna", &user)
    };
    MprAdminGetPDCServer "" |s| {
        see(s.mpr.pdc_server(None::<&str>, s.name())?);
        Ok(())
    };
    MprAdminIsServiceRunning "" |s| {
        see(s.mpr.is_service_running(s.name())?);
        Ok(())
    };
    MprAdminIsServiceInitialized "" |s| {
        see(s.mpr.is_service_initialized(s.name())?);
        Ok(())
    };
    MprAdminIsDomainRasServer "" |s| {
        see(s.mpr.is_domain_ras_server("CORP", &s.name)?);
        Ok(())
    };
    MprAdminEstablishDomainRasServer "" |s| s.mpr.establish_domain_ras_server("CORP", &s.name, true);
    MprAdminGetErrorString "" |s| {
        see(s.mpr.error_text(901)?);
        Ok(())
    };
    MprAdminBufferFree "" |s| {
        see(s.server()?.info()?);
        Ok(())
    };
    MprAdminServerGetInfo "MPR_SERVER_0" server_info!(MPR_SERVER_0);
    MprAdminServerGetInfo "MPR_SERVER_1" server_info!(MPR_SERVER_1);
    MprAdminServerGetInfo "MPR_SERVER_2" server_info!(MPR_SERVER_2);
    MprAdminServerGetInfoEx "MPR_SERVER_EX0" server_info!(MPR_SERVER_EX0);
    MprAdminServerGetInfoEx "MPR_SERVER_EX1" server_info!(MPR_SERVER_EX1);
    MprAdminServerSetInfo "" |s| s.server()?.set_ports(&tunnel_ports());
    MprAdminServerSetInfoEx "" |s| s.server()?.set_tunnels(&tunnels());
    MprAdminServerGetCredentials "" |s| {
        see(s.server()?.pre_shared_key()?);
        Ok(())
    };
    MprAdminServerSetCredentials "" |s| s.server()?.set_pre_shared_key(&PreSharedKey::from_text("key"));
    MprAdminTransportCreate "" |s| {
        let settings = TransportSettings { dll_path: Some("ip6.dll".into()), ..settings() };
        s.server()?.create_transport(TransportId::Ipv6, None::<&str>, &settings)
    };
    MprAdminTransportSetInfo "" |s| s.server()?.set_transport_info(TransportId::Ip, &settings());
    MprAdminTransportGetInfo "" |s| {
        see(s.server()?.transport_info(TransportId::Ip)?);
        Ok(())
    };
    MprAdminDeviceEnum "MPR_DEVICE_0" |s| {
        for device in &s.server()?.devices()? {
            ask!(device; name device_type);
        }
        Ok(())
    };
    MprAdminInterfaceEnum "MPR_INTERFACE_0" |s| {
        for interface in &s.server()?.interfaces()? {
            each_level!(look, 0, interface);
        }
        Ok(())
    };
    MprAdminInterfaceGetHandle "" |s| {
        see(s.server()?.find_interface("Branch")?);
        Ok(())
    };
    MprAdminInterfaceCreate "" |s| {
        see(s.server()?.create_interface(&DemandDial::vpn("new", "vpn.example.com"))?);
        Ok(())
    };
    MprAdminInterfaceGetInfo "MPR_INTERFACE_0" interface_info!(MPR_INTERFACE_0 0);
    MprAdminInterfaceGetInfo "MPR_INTERFACE_1" interface_info!(MPR_INTERFACE_1 1);
    MprAdminInterfaceGetInfo "MPR_INTERFACE_2" interface_info!(MPR_INTERFACE_2 2);
    MprAdminInterfaceGetInfo "MPR_INTERFACE_3" interface_info!(MPR_INTERFACE_3 2);
    MprAdminInterfaceSetInfo "" act!(branch.set_info(&InterfaceSettings::new("Branch", InterfaceType::FullRouter)));
    MprAdminInterfaceDelete "" act!(branch.delete());
    MprAdminInterfaceDeviceGetInfo "MPR_DEVICE_0" device_info!(MPR_DEVICE_0);
    MprAdminInterfaceDeviceGetInfo "MPR_DEVICE_1" device_info!(MPR_DEVICE_1 alternates);
    MprAdminInterfaceDeviceSetInfo "" act!(branch.set_device(1, &DeviceSettings::new("vpn", "WAN Miniport (IKEv2)")));
    MprAdminInterfaceTransportAdd "" act!(branch.add_transport(TransportId::Ipv6, &block()));
    MprAdminInterfaceTransportGetInfo "" |s| {
        let server = s.server()?;
        see(branch(&server)?.transport_info(TransportId::Ip)?);
        Ok(())
    };
    MprAdminInterfaceTransportSetInfo "" act!(branch.set_transport_info(TransportId::Ip, &block()));
    MprAdminInterfaceTransportRemove "" act!(branch.remove_transport(TransportId::Ip));
    MprAdminInterfaceGetCredentials "" |s| {
        let credentials = s.mpr.interface_credentials(s.name(), "Branch")?;
        ask!(&credentials; user_name domain password);
        Ok(())
    };
    MprAdminInterfaceGetCredentials "with the password" |s| {
        let credentials = s.mpr.interface_credentials_with_password(s.name(), "Branch")?;
        ask!(&credentials; user_name domain password);
        Ok(())
    };
    MprAdminInterfaceSetCredentials "" |s| {
        s.mpr.set_interface_credentials(s.name(), "Branch", &InterfaceCredentials::new().with_user_name("me"))
    };
    MprAdminInterfaceGetCredentialsEx "level 0" |s| {
        let server = s.server()?;
        see(branch(&server)?.eap_credentials()?);
        Ok(())
    };
    MprAdminInterfaceGetCredentialsEx "level 1" |s| {
        let server = s.server()?;
        see(branch(&server)?.pre_shared_key()?);
        Ok(())
    };
    MprAdminInterfaceSetCredentialsEx "" act!(branch.set_pre_shared_key(&PreSharedKey::from_text("key")));
    MprAdminInterfaceConnect "waiting" act!(branch.connect());
    MprAdminInterfaceConnect "not waiting" act!(branch.begin_connect());
    MprAdminInterfaceConnect "with an event" |s| {
        let server = s.server()?;
        let mut connecting = branch(&server)?.connect_with_event()?;
        // What comes of it is another function's answer.
        let _ = connecting.wait(Some(Duration::from_millis(1)));
        Ok(())
    };
    MprAdminInterfaceConnect "within a limit" |s| {
        let server = s.server()?;
        let limit = Duration::from_millis(1);
        match branch(&server)?.connect_within(limit) {
            Err(DialError::Call(error)) => Err(error),
            // What comes of it is another function's answer.
            Ok(()) | Err(_) => Ok(()),
        }
    };
    MprAdminInterfaceDisconnect "" act!(uplink.disconnect());
    MprAdminInterfaceUpdateRoutes "waiting" act!(uplink.update_routes(TransportId::Ip));
    MprAdminInterfaceUpdateRoutes "with an event" |s| {
        let server = s.server()?;
        let mut update = uplink(&server)?.update_routes_with_event(TransportId::Ip)?;
        update.wait(Some(Duration::from_millis(1)))?;
        Ok(())
    };
    MprAdminInterfaceQueryUpdateResult "" |s| {
        let server = s.server()?;
        let interface = uplink(&server)?;
        interface.update_routes(TransportId::Ip)?;
        see(interface.route_update_result(TransportId::Ip)?);
        Ok(())
    };
    MprAdminInterfaceUpdatePhonebookInfo "" act!(branch.update_phonebook());
    MprAdminInterfaceGetCustomInfoEx "MPR_IF_CUSTOMINFOEX0" settings!(MPR_IF_CUSTOMINFOEX0);
    MprAdminInterfaceGetCustomInfoEx "MPR_IF_CUSTOMINFOEX1" settings!(MPR_IF_CUSTOMINFOEX1);
    MprAdminInterfaceGetCustomInfoEx "MPR_IF_CUSTOMINFOEX2" settings!(MPR_IF_CUSTOMINFOEX2);
    MprAdminInterfaceSetCustomInfoEx "" act!(branch.set_ikev2_settings(&Ikev2Settings::default()));
    MprSetupIpInIpInterfaceFriendlyNameEnum "" |s| {
        see(s.mpr.ip_in_ip_names(s.name())?);
        Ok(())
    };
    MprSetupIpInIpInterfaceFriendlyNameFree "" |s| {
        see(s.mpr.ip_in_ip_names(s.name())?);
        Ok(())
    };
    MprSetupIpInIpInterfaceFriendlyNameCreate "" |s| s.mpr.add_ip_in_ip_name(s.name(), "tunnel", guid());
    MprSetupIpInIpInterfaceFriendlyNameDelete "" |s| {
        s.mpr.add_ip_in_ip_name(s.name(), "tunnel", guid())?;
        s.mpr.remove_ip_in_ip_name(s.name(), guid())
    };
    MprAdminMIBServerConnect "" |s| {
        let (first, second) = (s.mib()?, s.mib()?);
        see((first, second));
        Ok(())
    };
    MprAdminMIBEntryGet "MIB_IFTABLE" |s| {
        let mib = s.mib()?;
        for row in &mib.interfaces()? {
            ask!(row; name physical_address description admin_status operational_status bytes_received);
        }
        Ok(())
    };
    MprAdminMIBEntryGet "MIB_IFROW" |s| {
        let mib = s.mib()?;
        for row in &mib.interface(1)? {
            ask!(row; name physical_address description);
        }
        Ok(())
    };
    MprAdminMIBEntryGet "MIB_IPADDRTABLE" |s| {
        let mib = s.mib()?;
        for row in &mib.addresses()? {
            ask!(row; address mask broadcast);
        }
        Ok(())
    };
    MprAdminMIBEntryGet "MIB_IPFORWARDTABLE" |s| {
        let mib = s.mib()?;
        for row in &mib.routes()? {
            ask!(row; destination next_hop route_type metric5);
        }
        Ok(())
    };
    MprAdminMIBEntryGetFirst "" |s| {
        see(s.mib()?.get_first(MODULE, QUERY)?);
        Ok(())
    };
    MprAdminMIBEntryGetNext "" |s| {
        see(s.mib()?.get_next(MODULE, QUERY)?);
        Ok(())
    };
    MprAdminMIBGetTrapInfo "" |s| {
        see(s.mib()?.trap_info(MODULE, QUERY)?);
        Ok(())
    };
    MprAdminMIBSetTrapInfo "" |s| {
        see(s.mpr.watch_traps(MODULE, QUERY)?.answer());
        Ok(())
    };
    MprAdminMIBEntryCreate "" |s| s.mib()?.create(MODULE, QUERY);
    MprAdminMIBEntrySet "" |s| s.mib()?.set(MODULE, QUERY);
    MprAdminMIBEntryDelete "" |s| s.mib()?.delete(MODULE, QUERY);
    MprAdminMIBBufferFree "" |s| {
        see(s.mib()?.routes()?);
        Ok(())
    };
    MprConfigServerConnect "" |s| {
        let (first, second) = (s.configuration()?, s.configuration()?);
        see((first, second));
        Ok(())
    };
    MprConfigServerInstall "" |s| s.mpr.install_configuration();
    MprConfigServerRefresh "" |s| s.configuration()?.refresh();
    MprConfigServerBackup "" |s| s.configuration()?.backup(r"\backup");
    MprConfigServerRestore "" |s| s.configuration()?.restore(r"\backup");
    MprConfigServerGetInfo "MPR_SERVER_0" stored_server!(MPR_SERVER_0);
    MprConfigServerGetInfo "MPR_SERVER_1" stored_server!(MPR_SERVER_1);
    MprConfigServerGetInfo "MPR_SERVER_2" stored_server!(MPR_SERVER_2);
    MprConfigServerGetInfoEx "MPR_SERVER_EX0" stored_server!(MPR_SERVER_EX0);
    MprConfigServerGetInfoEx "MPR_SERVER_EX1" stored_server!(MPR_SERVER_EX1);
    MprConfigServerSetInfo "" |s| s.configuration()?.set_ports(&tunnel_ports());
    MprConfigServerSetInfoEx "" |s| s.configuration()?.set_tunnels(&tunnels());
    MprConfigBufferFree "" |s| {
        see(s.configuration()?.interfaces()?);
        Ok(())
    };
    MprConfigTransportEnum "MPR_TRANSPORT_0" |s| {
        let configuration = s.configuration()?;
        for transport in &configuration.transports()? {
            ask!(transport; id name);
        }
        Ok(())
    };
    MprConfigTransportGetHandle "" |s| {
        see(s.configuration()?.transport(TransportId::Ip)?);
        Ok(())
    };
    MprConfigTransportCreate "" |s| {
        see(s.configuration()?.create_transport(TransportId::Ipv6, None::<&str>, &TransportSettings::default())?);
        Ok(())
    };
    MprConfigTransportDelete "" |s| s.configuration()?.delete_transport(TransportId::Ip);
    MprConfigTransportGetInfo "" |s| {
        see(s.configuration()?.transport(TransportId::Ip)?.info()?);
        Ok(())
    };
    MprConfigTransportSetInfo "" |s| {
        let info = TransportSettings { global: Some(block()), ..TransportSettings::default() };
        s.configuration()?.transport(TransportId::Ip)?.set_info(&info)
    };
    MprConfigInterfaceEnum "MPR_INTERFACE_0" |s| {
        let configuration = s.configuration()?;
        for interface in &configuration.interfaces()? {
            each_level!(look, 0, interface);
        }
        Ok(())
    };
    MprConfigInterfaceGetHandle "" |s| {
        see(s.configuration()?.interface("Branch")?);
        Ok(())
    };
    MprConfigInterfaceCreate "" |s| {
        let settings = InterfaceSettings::new("new", InterfaceType::Dedicated);
        see(s.configuration()?.create_interface(&settings)?);
        Ok(())
    };
    MprConfigInterfaceDelete "" |s| s.configuration()?.delete_interface("Branch");
    MprConfigInterfaceGetInfo "MPR_INTERFACE_0" stored_interface!(MPR_INTERFACE_0 0);
    MprConfigInterfaceGetInfo "MPR_INTERFACE_1" stored_interface!(MPR_INTERFACE_1 1);
    MprConfigInterfaceGetInfo "MPR_INTERFACE_2" stored_interface!(MPR_INTERFACE_2 2);
    MprConfigInterfaceGetInfo "MPR_INTERFACE_3" stored_interface!(MPR_INTERFACE_3 2);
    MprConfigInterfaceSetInfo "" |s| {
        let settings = InterfaceSettings::new("Branch", InterfaceType::FullRouter);
        s.configuration()?.interface("Branch")?.set_info(&settings)
    };
    MprConfigInterfaceGetCustomInfoEx "MPR_IF_CUSTOMINFOEX0" stored_settings!(MPR_IF_CUSTOMINFOEX0);
    MprConfigInterfaceGetCustomInfoEx "MPR_IF_CUSTOMINFOEX1" stored_settings!(MPR_IF_CUSTOMINFOEX1);
    MprConfigInterfaceGetCustomInfoEx "MPR_IF_CUSTOMINFOEX2" stored_settings!(MPR_IF_CUSTOMINFOEX2);
    MprConfigInterfaceSetCustomInfoEx "" |s| {
        let settings = Ikev2Settings::default();
        s.configuration()?.interface("Branch")?.set_ikev2_settings_at::<MPR_IF_CUSTOMINFOEX2>(&settings)
    };
    MprConfigInterfaceTransportEnum "MPR_IFTRANSPORT_0" |s| {
        let configuration = s.configuration()?;
        for transport in &configuration.interface("Branch")?.transports()? {
            ask!(transport; id name);
        }
        Ok(())
    };
    MprConfigInterfaceTransportGetHandle "" |s| {
        see(s.configuration()?.interface("Branch")?.transport(TransportId::Ip)?);
        Ok(())
    };
    MprConfigInterfaceTransportAdd "" |s| {
        see(s.configuration()?.interface("Branch")?.add_transport(TransportId::Ipv6, None::<&str>, &block())?);
        Ok(())
    };
    MprConfigInterfaceTransportRemove "" |s| {
        s.configuration()?.remove_interface_transport("Branch", TransportId::Ip)
    };
    MprConfigInterfaceTransportGetInfo "" |s| {
        see(s.configuration()?.interface("Branch")?.transport(TransportId::Ip)?.info()?);
        Ok(())
    };
    MprConfigInterfaceTransportSetInfo "" |s| {
        s.configuration()?.interface("Branch")?.transport(TransportId::Ip)?.set_info(&block())
    };
    MprConfigGetFriendlyName "" |s| {
        let configuration = s.configuration()?;
        let guid = configuration.guid_name("Ethernet")?;
        see(configuration.friendly_name(&guid.to_string())?);
        Ok(())
    };
    MprConfigGetGuidName "" |s| {
        see(s.configuration()?.guid_name("Ethernet")?);
        Ok(())
    };
    MprConfigFilterGetInfo "MPR_FILTER_0" |s| {
        see(s.configuration()?.filters_enabled(TransportId::Ip)?);
        Ok(())
    };
    MprConfigFilterSetInfo "" |s| s.configuration()?.set_filters_enabled(TransportId::Ip, true);
    MprInfoCreate "" |s| read(&header(s)?);
    MprInfoDelete "" |s| {
        drop(header(s)?);
        Ok(())
    };
    MprInfoDuplicate "" |s| {
        let first = header(s)?;
        let second = first.try_clone()?;
        read(&first)?;
        read(&second)
    };
    MprInfoRemoveAll "" |s| {
        let mut header = header(s)?;
        header.clear()?;
        read(&header)
    };
    MprInfoBlockAdd "" |s| {
        let mut header = header(s)?;
        header.add(Info::item(InfoType(8), &[1, 2]).expect("an info"))?;
        read(&header)
    };
    MprInfoBlockSet "" |s| {
        let mut header = header(s)?;
        header.add(Info::item(InfoType(7), &[1, 2]).expect("an info"))?;
        header.set(Info::item(InfoType(7), &[3, 4]).expect("an info"))?;
        read(&header)
    };
    MprInfoBlockRemove "" |s| {
        let mut header = header(s)?;
        header.add(Info::item(InfoType(7), &[1, 2]).expect("an info"))?;
        header.remove(InfoType(7))?;
        read(&header)
    };
    MprInfoBlockFind "" |s| {
        let mut header = header(s)?;
        header.add(Info::item(InfoType(7), &[1, 2]).expect("an info"))?;
        if let Some(info) = header.find(InfoType(7))? {
            see(info.data());
            see(info.iter().collect::<Vec<_>>());
        }
        Ok(())
    };
    MprInfoBlockQuerySize "" |s| read(&header(s)?);
}
