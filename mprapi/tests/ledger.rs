//! The ledger: each function of `mprapi.h`, and where it lives in this crate, or why it has no safe home.
//!
//! A function that the bindings gain and the ledger does not have fails the test; one that the ledger has and the
//! bindings do not, and a home that does not exist, do not compile. `docs/ledger.md` shows the ledger to readers:
//! `UPDATE_LEDGER=1 cargo test -p mprapi --test ledger` writes it anew.

mod common;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use mprapi::sys::Function;

enum Row {
    /// Paths of methods.
    Home(&'static [&'static str]),
    /// Types whose values make the call when they are dropped.
    Dropped(&'static [&'static str]),
}

/// The two owners of an interface have methods of the same names.
type RunningInterface = mprapi::InterfaceHandle<'static, mprapi::Server>;
type StoredInterface = mprapi::InterfaceHandle<'static, mprapi::Configuration>;

macro_rules! row {
    ([$($home:expr),+]) => {{
        // Naming it is the check that it is there.
        $(let _ = $home;)+
        Row::Home(&[$(stringify!($home)),+])
    }};
    ({$($dropped:ty),+}) => {{
        $(assert!(std::mem::needs_drop::<$dropped>(), "dropping it does nothing");)+
        Row::Dropped(&[$(stringify!($dropped)),+])
    }};
}

macro_rules! ledger {
    ($($function:ident => $row:tt;)+) => {
        fn ledger() -> Vec<(Function, Row)> {
            vec![$((Function::$function, row!($row))),+]
        }
    };
}

ledger! {
    MprAdminConnectionEnum => [mprapi::Server::connections_at::<mprapi::sys::RAS_CONNECTION_0>];
    MprAdminPortEnum => [mprapi::Server::ports, mprapi::Server::ports_of];
    MprAdminConnectionGetInfo => [mprapi::ConnectionHandle::info_at::<mprapi::sys::RAS_CONNECTION_0>];
    MprAdminPortGetInfo => [mprapi::PortHandle::info_at::<mprapi::sys::RAS_PORT_0>];
    MprAdminConnectionClearStats => [mprapi::ConnectionHandle::clear_statistics];
    MprAdminPortClearStats => [mprapi::PortHandle::clear_statistics];
    MprAdminPortReset => [mprapi::PortHandle::reset];
    MprAdminPortDisconnect => [mprapi::PortHandle::disconnect];
    MprAdminConnectionRemoveQuarantine => [mprapi::ConnectionHandle::remove_quarantine, mprapi::Server::remove_quarantine];
    MprAdminUserGetInfo => [mprapi::Mpr::user::<str>];
    MprAdminUserSetInfo => [mprapi::Mpr::set_user::<mprapi::sys::RAS_USER_0, str>];
    MprAdminSendUserMessage => [mprapi::ConnectionHandle::send_message::<str>];
    MprAdminGetPDCServer => [mprapi::Mpr::pdc_server::<str>];
    MprAdminIsServiceRunning => [mprapi::Mpr::is_service_running];
    MprAdminServerConnect => [mprapi::Mpr::connect];
    MprAdminServerDisconnect => [mprapi::disconnect::<mprapi::Server>];
    MprAdminServerGetCredentials => [mprapi::Server::pre_shared_key];
    MprAdminServerSetCredentials => [mprapi::Server::set_pre_shared_key, mprapi::Server::remove_pre_shared_key];
    MprAdminBufferFree => {mprapi::List<'static, mprapi::sys::RAS_PORT_0>, mprapi::Single<'static, mprapi::sys::RAS_PORT_0>, mprapi::Bytes<'static>};
    MprAdminGetErrorString => [mprapi::Mpr::error_text];
    MprAdminServerGetInfo => [mprapi::Server::info_at::<mprapi::sys::MPR_SERVER_0>];
    MprAdminServerSetInfo => [mprapi::Server::set_ports];
    MprAdminEstablishDomainRasServer => [mprapi::Mpr::establish_domain_ras_server::<str, str>];
    MprAdminIsDomainRasServer => [mprapi::Mpr::is_domain_ras_server::<str, str>];
    MprAdminTransportCreate => [mprapi::Server::create_transport::<str>];
    MprAdminTransportSetInfo => [mprapi::Server::set_transport_info];
    MprAdminTransportGetInfo => [mprapi::Server::transport_info];
    MprAdminDeviceEnum => [mprapi::Server::devices];
    MprAdminInterfaceGetHandle => [mprapi::Server::find_interface::<str>];
    MprAdminInterfaceCreate => [mprapi::Server::create_interface::<mprapi::InterfaceSettings>];
    MprAdminInterfaceGetInfo => [RunningInterface::info_at::<mprapi::sys::MPR_INTERFACE_0>];
    MprAdminInterfaceSetInfo => [RunningInterface::set_info::<mprapi::InterfaceSettings>];
    MprAdminInterfaceDelete => [RunningInterface::delete];
    MprAdminInterfaceDeviceGetInfo => [RunningInterface::device_at::<mprapi::sys::MPR_DEVICE_0>];
    MprAdminInterfaceDeviceSetInfo => [RunningInterface::set_device];
    MprAdminInterfaceTransportRemove => [RunningInterface::remove_transport];
    MprAdminInterfaceTransportAdd => [RunningInterface::add_transport];
    MprAdminInterfaceTransportGetInfo => [RunningInterface::transport_info];
    MprAdminInterfaceTransportSetInfo => [RunningInterface::set_transport_info];
    MprAdminInterfaceEnum => [mprapi::Server::interfaces];
    MprSetupIpInIpInterfaceFriendlyNameEnum => [mprapi::Mpr::ip_in_ip_names];
    MprSetupIpInIpInterfaceFriendlyNameFree => [mprapi::Mpr::ip_in_ip_names];
    MprSetupIpInIpInterfaceFriendlyNameCreate => [mprapi::Mpr::add_ip_in_ip_name::<str>];
    MprSetupIpInIpInterfaceFriendlyNameDelete => [mprapi::Mpr::remove_ip_in_ip_name];
    MprAdminInterfaceSetCredentials => [mprapi::Mpr::set_interface_credentials::<str>];
    MprAdminInterfaceGetCredentials => [mprapi::Mpr::interface_credentials::<str>, mprapi::Mpr::interface_credentials_with_password::<str>];
    MprAdminInterfaceSetCredentialsEx => [RunningInterface::set_pre_shared_key];
    MprAdminInterfaceGetCredentialsEx => [RunningInterface::pre_shared_key];
    MprAdminInterfaceConnect => [RunningInterface::connect];
    MprAdminInterfaceDisconnect => [RunningInterface::disconnect];
    MprAdminInterfaceUpdateRoutes => [RunningInterface::update_routes];
    MprAdminInterfaceQueryUpdateResult => [RunningInterface::route_update_result];
    MprAdminInterfaceUpdatePhonebookInfo => [RunningInterface::update_phonebook];
    MprAdminRegisterConnectionNotification => [mprapi::Server::watch];
    MprAdminDeregisterConnectionNotification => {mprapi::Notification<'static>};
    MprAdminMIBServerConnect => [mprapi::Mpr::mib];
    MprAdminMIBServerDisconnect => [mprapi::disconnect::<mprapi::MibServer>];
    MprAdminMIBEntryCreate => [mprapi::MibServer::create];
    MprAdminMIBEntryDelete => [mprapi::MibServer::delete];
    MprAdminMIBEntrySet => [mprapi::MibServer::set];
    MprAdminMIBEntryGet => [mprapi::MibServer::get];
    MprAdminMIBEntryGetFirst => [mprapi::MibServer::get_first];
    MprAdminMIBEntryGetNext => [mprapi::MibServer::get_next];
    MprAdminMIBGetTrapInfo => [mprapi::MibServer::trap_info];
    MprAdminMIBSetTrapInfo => [mprapi::Mpr::watch_traps];
    MprAdminMIBBufferFree => {mprapi::Bytes<'static>, mprapi::mib::MibTable<'static, mprapi::mib::AddressRow<'static>>};
    MprConfigServerInstall => [mprapi::Mpr::install_configuration];
    MprConfigServerConnect => [mprapi::Mpr::configuration];
    MprConfigServerDisconnect => [mprapi::disconnect::<mprapi::Configuration>];
    MprConfigServerRefresh => [mprapi::Configuration::refresh];
    MprConfigBufferFree => {mprapi::List<'static, mprapi::sys::MPR_TRANSPORT_0>, mprapi::Single<'static, mprapi::config::Stored<mprapi::sys::MPR_INTERFACE_0>>};
    MprConfigServerGetInfo => [mprapi::Configuration::server_info_at::<mprapi::sys::MPR_SERVER_1>];
    MprConfigServerSetInfo => [mprapi::Configuration::set_ports];
    MprConfigServerBackup => [mprapi::Configuration::backup::<&str>];
    MprConfigServerRestore => [mprapi::Configuration::restore::<&str>];
    MprConfigTransportCreate => [mprapi::Configuration::create_transport::<str>];
    MprConfigTransportDelete => [mprapi::Configuration::delete_transport];
    MprConfigTransportGetHandle => [mprapi::Configuration::transport];
    MprConfigTransportSetInfo => [mprapi::config::TransportHandle::set_info];
    MprConfigTransportGetInfo => [mprapi::config::TransportHandle::info];
    MprConfigTransportEnum => [mprapi::Configuration::transports];
    MprConfigInterfaceCreate => [mprapi::Configuration::create_interface::<mprapi::InterfaceSettings>];
    MprConfigInterfaceDelete => [mprapi::Configuration::delete_interface::<str>];
    MprConfigInterfaceGetHandle => [mprapi::Configuration::interface::<str>];
    MprConfigInterfaceGetInfo => [StoredInterface::info_at::<mprapi::sys::MPR_INTERFACE_0>];
    MprConfigInterfaceSetInfo => [StoredInterface::set_info::<mprapi::InterfaceSettings>];
    MprConfigInterfaceEnum => [mprapi::Configuration::interfaces];
    MprConfigInterfaceTransportAdd => [StoredInterface::add_transport::<str>];
    MprConfigInterfaceTransportRemove => [mprapi::Configuration::remove_interface_transport::<str>];
    MprConfigInterfaceTransportGetHandle => [StoredInterface::transport];
    MprConfigInterfaceTransportGetInfo => [mprapi::config::InterfaceTransportHandle::info];
    MprConfigInterfaceTransportSetInfo => [mprapi::config::InterfaceTransportHandle::set_info];
    MprConfigInterfaceTransportEnum => [StoredInterface::transports];
    MprConfigGetFriendlyName => [mprapi::Configuration::friendly_name::<str>];
    MprConfigGetGuidName => [mprapi::Configuration::guid_name::<str>];
    MprInfoCreate => [mprapi::Mpr::info_header];
    MprInfoDelete => {mprapi::InfoHeader};
    MprInfoRemoveAll => [mprapi::InfoHeader::clear];
    MprInfoDuplicate => [mprapi::InfoHeader::try_clone];
    MprInfoBlockAdd => [mprapi::InfoHeader::add];
    MprInfoBlockRemove => [mprapi::InfoHeader::remove];
    MprInfoBlockSet => [mprapi::InfoHeader::set];
    MprInfoBlockFind => [mprapi::InfoHeader::find];
    MprInfoBlockQuerySize => [mprapi::InfoHeader::as_bytes];
    MprConfigFilterGetInfo => [mprapi::Configuration::filters_enabled];
    MprConfigFilterSetInfo => [mprapi::Configuration::set_filters_enabled];
    MprAdminConnectionEnumEx => [mprapi::Server::connections_at::<mprapi::sys::RAS_CONNECTION_EX>];
    MprAdminConnectionGetInfoEx => [mprapi::ConnectionHandle::info_at::<mprapi::sys::RAS_CONNECTION_EX>];
    MprAdminIsServiceInitialized => [mprapi::Mpr::is_service_initialized];
    MprConfigServerGetInfoEx => [mprapi::Configuration::server_info_at::<mprapi::sys::MPR_SERVER_EX0>];
    MprConfigServerSetInfoEx => [mprapi::Configuration::set_tunnels];
    MprAdminServerGetInfoEx => [mprapi::Server::info_at::<mprapi::sys::MPR_SERVER_EX0>];
    MprAdminServerSetInfoEx => [mprapi::Server::set_tunnels];
    MprAdminUpdateConnection => [mprapi::ConnectionHandle::update];
    MprAdminInterfaceGetCustomInfoEx => [RunningInterface::ikev2_settings];
    MprAdminInterfaceSetCustomInfoEx => [RunningInterface::set_ikev2_settings];
    MprConfigInterfaceGetCustomInfoEx => [StoredInterface::ikev2_settings_at::<mprapi::sys::MPR_IF_CUSTOMINFOEX2>];
    MprConfigInterfaceSetCustomInfoEx => [StoredInterface::set_ikev2_settings_at::<mprapi::sys::MPR_IF_CUSTOMINFOEX2>];
}

#[test]
fn every_function_of_the_bindings_has_one_row() {
    let mut rows: HashMap<Function, usize> = HashMap::new();
    for (function, _) in ledger() {
        *rows.entry(function).or_default() += 1;
    }
    let without: Vec<_> = Function::ALL.iter().filter(|function| !rows.contains_key(function)).collect();
    assert!(without.is_empty(), "not in the ledger: {without:?}");
    let twice: Vec<_> = rows.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "more than once in the ledger: {twice:?}");
}

#[test]
fn a_search_of_the_documentation_for_a_c_function_finds_its_home() {
    let sources = sources();
    for (function, row) in ledger() {
        let alias = format!("#[doc(alias = \"{}\")]", function.name());
        if let Row::Home(homes) = row {
            assert!(sources.contains(&alias), "{homes:?} should have {alias}");
        }
    }
}

#[test]
fn every_function_with_a_home_is_called_in_the_sources() {
    let sources = sources();
    for (function, row) in ledger() {
        let called = sources.contains(&format!(".{}(", function.name()));
        let (Row::Home(homes) | Row::Dropped(homes)) = row;
        assert!(called, "{} is said to live in {homes:?}, but nothing calls it", function.name());
    }
}

fn sources() -> String {
    common::sources().iter().map(|path| fs::read_to_string(path).expect("a source file")).collect()
}

#[test]
fn the_page_that_readers_see_is_the_ledger() {
    let mut page = String::from(
        "# Where each function of mprapi.h lives\n\n\
         This page is written by `tests/ledger.rs`, which also holds it against the bindings.\n\n\
         | C function | safe home |\n|---|---|\n",
    );
    for (function, row) in ledger() {
        let home = match row {
            Row::Home(homes) => list(homes),
            Row::Dropped(types) => format!("dropping {}", list(types)),
        };
        let name = function.name();
        writeln!(page, "| [`{name}`]({DOCS}/mprapi-sys/latest/mprapi_sys/fn.{name}.html) | {home} |")
            .expect("to a string");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ledger.md");
    if std::env::var_os("UPDATE_LEDGER").is_some() {
        fs::write(&path, &page).expect("the page");
    }
    let written = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == page, "docs/ledger.md is not the ledger; UPDATE_LEDGER=1 writes it anew");
}

const DOCS: &str = "https://docs.rs";

/// The paths, without their generic parameters, each a link to its documentation. `cargo xtask ci` follows them.
fn list(paths: &[&str]) -> String {
    let link = |path: &&str| {
        let bare = path.split(['<', ' ']).next().unwrap_or(path).trim_end_matches("::");
        let bare = bare.replace("RunningInterface", "mprapi::InterfaceHandle");
        let bare = bare.replace("StoredInterface", "mprapi::InterfaceHandle");
        format!("[`{bare}`]({DOCS}/mprapi/latest/{})", page_of(&bare))
    };
    paths.iter().map(link).collect::<Vec<_>>().join(", ")
}

/// Where rustdoc has the method, function or type: what a public module exports, too, is shown there alone.
fn page_of(path: &str) -> String {
    let path = path.replace("mprapi::Configuration", "mprapi::config::Configuration");
    let path = path.replace("mprapi::MibServer", "mprapi::mib::MibServer");
    let names: Vec<&str> = path.split("::").collect();
    let is_type = |name: &str| name.starts_with(|first: char| first.is_ascii_uppercase());
    match names[..] {
        [ref modules @ .., owner, method] if is_type(owner) => {
            format!("{}/struct.{owner}.html#method.{method}", modules.join("/"))
        }
        [ref modules @ .., name] => {
            let kind = if is_type(name) { "struct" } else { "fn" };
            format!("{}/{kind}.{name}.html", modules.join("/"))
        }
        [] => unreachable!("a path has names"),
    }
}
