//! Names: of adapters, in the forms that programs have them in; and texts, as long as their fields are.

use std::ptr::null_mut;

use mprapi_sim::{Interface, InterfaceKind};
use mprapi_sys as sys;

use crate::call;
use crate::harness::{narrow, wide};
use crate::lab::{Lab, bogus, lab};

const OTHER: &str = "Lokal anslutning åäö 🦊";

fn other_lab() -> Lab {
    Lab::new(|server| {
        server.interface(
            Interface::new(OTHER, InterfaceKind::Dedicated).address(([198, 51, 100, 9].into(), 24u8)),
        )
    })
}

/// The answer, and what was written; `None` where nothing was.
fn ask(
    function: unsafe extern "system" fn(sys::HANDLE, sys::PWCHAR, sys::PWCHAR, u32) -> u32,
    lab: &Lab,
    name: &str,
    bytes: u32,
) -> (u32, Option<String>) {
    let mut buffer = [u16::from(b'#'); 300];
    // SAFETY: a terminated name, and a buffer of at least so many bytes.
    let code = unsafe { function(lab.config, wide(name).as_mut_ptr(), buffer.as_mut_ptr(), bytes) };
    let is_written = buffer[0] != u16::from(b'#');
    (code, is_written.then(|| narrow(&buffer)))
}

fn friendly(lab: &Lab, name: &str, bytes: u32) -> (u32, Option<String>) {
    ask(mprapi_sim::functions().MprConfigGetFriendlyName.expect("full"), lab, name, bytes)
}

fn guid(lab: &Lab, name: &str, bytes: u32) -> (u32, Option<String>) {
    ask(mprapi_sim::functions().MprConfigGetGuidName.expect("full"), lab, name, bytes)
}

#[test]
fn an_adapter_is_found_by_every_form_of_its_guid() {
    let lab = lab();
    let braced = narrow(&lab.guid_name);
    let bare = braced.trim_matches(['{', '}']);
    let found = (0, Some("Ethernet".to_owned()));
    for name in [
        braced.clone(),
        braced.to_lowercase(),
        braced.to_uppercase(),
        bare.to_owned(),
        bare.to_lowercase(),
        format!(r"\DEVICE\TCPIP_{braced}"),
        format!(r"\Device\Tcpip_{}", braced.to_lowercase()),
        format!(r"\DEVICE\TCPIP6_{braced}"),
        format!(r"\Device\{braced}"),
        format!(r"\Device\NPF_{braced}"),
        format!(r"\device\npf_{bare}"),
        format!(r"\Device\NetBT_Tcpip_{braced}"),
        format!(r"\\.\{braced}"),
        format!(r"\\?\{braced}"),
        format!(r"\??\{braced}"),
        format!("TCPIP_{braced}"),
        format!("NPF_{braced}"),
    ] {
        assert_eq!(friendly(&lab, &name, 600), found, "{name}");
    }
}

#[test]
fn what_is_no_adapters_name_is_not_found() {
    let lab = lab();
    let braced = narrow(&lab.guid_name);
    let bare = braced.trim_matches(['{', '}']);
    for name in [
        String::new(),
        "Branch".to_owned(),
        "Ethernet".to_owned(),
        "{00000000-0000-0000-0000-000000000000}".to_owned(),
        format!("{{{bare}"),
        format!("{bare}}}"),
        format!("{braced}}}"),
        format!("x{braced}"),
        format!("{braced}x"),
        format!(r"\Device\a b_{braced}"),
        bare.replace('-', ""),
        bare.replacen(|digit: char| digit.is_ascii_hexdigit(), "é", 1),
        format!("é{}", &bare[1..]),
    ] {
        assert_eq!(friendly(&lab, &name, 600), (sys::ERROR_NOT_FOUND, None), "{name}");
    }
}

#[test]
fn the_size_of_the_buffer_is_in_bytes() {
    let lab = lab();
    let braced = narrow(&lab.guid_name);
    let (overflow, exact) = (111, 2 * wide("Ethernet").len() as u32);
    assert_eq!(friendly(&lab, &braced, exact), (0, Some("Ethernet".to_owned())));
    for bytes in [exact - 1, exact / 2, 1, 0] {
        assert_eq!(friendly(&lab, &braced, bytes), (overflow, None), "{bytes}");
    }
    let exact = 2 * wide(&braced).len() as u32;
    assert_eq!(guid(&lab, "Ethernet", exact), (0, Some(braced)));
    for bytes in [exact - 1, exact / 2, 0] {
        assert_eq!(guid(&lab, "Ethernet", bytes), (overflow, None), "{bytes}");
    }
}

#[test]
fn a_name_leads_to_its_guid_whatever_its_case() {
    let lab = other_lab();
    for name in ["Ethernet", "ethernet", "ETHERNET"] {
        assert_eq!(guid(&lab, name, 600), (0, Some(narrow(&lab.guid_name))), "{name}");
    }
    let (code, other) = guid(&lab, OTHER, 600);
    let other = other.expect("its name");
    assert_eq!((code, guid(&lab, &OTHER.to_uppercase(), 600).1.as_ref()), (0, Some(&other)));
    assert_eq!(friendly(&lab, &other, 600), (0, Some(OTHER.to_owned())));
    for name in ["Branch", "", "Ether"] {
        assert_eq!(guid(&lab, name, 600), (sys::ERROR_NOT_FOUND, None), "{name}");
    }
}

#[test]
fn a_missing_name_buffer_or_handle_is_told() {
    let lab = lab();
    let mut buffer = [0_u16; 300];
    let mut name = wide("Ethernet");
    let (name, out, config) = (name.as_mut_ptr(), buffer.as_mut_ptr(), lab.config);
    let wrong = sys::ERROR_INVALID_PARAMETER;
    assert_eq!(call!(MprConfigGetFriendlyName(config, null_mut(), out, 600)), wrong);
    assert_eq!(call!(MprConfigGetFriendlyName(config, name, null_mut(), 600)), wrong);
    assert_eq!(call!(MprConfigGetFriendlyName(null_mut(), name, out, 600)), wrong);
    assert_eq!(call!(MprConfigGetFriendlyName(bogus(), name, out, 600)), sys::ERROR_INVALID_HANDLE);
    assert_eq!(call!(MprConfigGetGuidName(config, null_mut(), out, 600)), wrong);
    assert_eq!(call!(MprConfigGetGuidName(config, name, null_mut(), 600)), wrong);
    assert_eq!(call!(MprConfigGetGuidName(null_mut(), name, out, 600)), wrong);
    assert_eq!(call!(MprConfigGetGuidName(bogus(), name, out, 600)), sys::ERROR_INVALID_HANDLE);
}

#[test]
fn a_renamed_link_is_called_so_everywhere() {
    let lab = lab();
    let mut record = Lab::interface_record("Renamed", sys::ROUTER_IF_TYPE_FULL_ROUTER);
    let record = (&raw mut record).cast();
    assert_eq!(call!(MprAdminInterfaceSetInfo(lab.server, lab.branch, 0, record)), 0);
    lab.router().set_dial_error("renamed", 5);
}

/// Every text of fixed length that a caller gives: as long as it can be it is taken, of whatever units (Windows' names need
/// not be UTF-16); without its end it is refused.
#[test]
fn a_text_that_does_not_end_in_its_field_is_refused() {
    fn each(what: &str, text: &mut [u16], mut set: impl FnMut(&mut [u16]) -> u32) {
        let last = text.len() - 1;
        text.fill(u16::from(b'1'));
        assert_eq!(set(text), sys::ERROR_INVALID_PARAMETER, "{what} without its end");
        text[last] = 0;
        text[0] = 0xD800;
        assert_eq!(set(text), 0, "{what} as long as it can be");
    }
    let lab = lab();
    let (server, branch) = (lab.server, lab.branch);
    macro_rules! fields {
        ($record:ident: $($field:ident)+; |$given:ident| $set:expr) => {$(
            let mut text = sys::$record::default().$field;
            each(stringify!($record.$field), &mut text, |text| {
                let mut $given = sys::$record::default();
                $given.$field.copy_from_slice(text);
                let $given = (&raw mut $given).cast();
                $set
            });
        )+};
    }
    macro_rules! named {
        ($record:ident, $level:literal: $($field:ident)+) => {$(
            let mut text = sys::$record::default().$field;
            each(stringify!($record.$field), &mut text, |text| {
                let mut given = sys::$record { fEnabled: 1, dwIfType: sys::ROUTER_IF_TYPE_FULL_ROUTER, ..Default::default() };
                given.wszInterfaceName[..6].copy_from_slice(&wide("Branch")[..6]);
                given.$field.copy_from_slice(text);
                call!(MprAdminInterfaceSetInfo(server, branch, $level, (&raw mut given).cast()))
            });
        )+};
    }
    named!(MPR_INTERFACE_2, 2: szLocalPhoneNumber szDeviceType szDeviceName szX25PadType szX25Address szX25Facilities szX25UserData);
    named!(MPR_INTERFACE_3, 3: szLocalPhoneNumber szDeviceType szDeviceName szX25PadType szX25Address szX25Facilities szX25UserData);
    fields!(MPR_DEVICE_0: szDeviceType szDeviceName; |given| call!(MprAdminInterfaceDeviceSetInfo(server, branch, 1, 0, given)));
    fields!(MPR_DEVICE_1: szDeviceType szDeviceName szLocalPhoneNumber;
        |given| call!(MprAdminInterfaceDeviceSetInfo(server, branch, 1, 1, given)));
    let (mut machine, mut user) = (lab.machine.clone(), wide("anna"));
    let (machine, user) = (machine.as_mut_ptr(), user.as_mut_ptr());
    fields!(RAS_USER_0: wszPhoneNumber; |given| call!(MprAdminUserSetInfo(machine, user, 0, given)));
    fields!(RAS_USER_1: wszPhoneNumber; |given| call!(MprAdminUserSetInfo(machine, user, 1, given)));
    fields!(MPR_IPINIP_INTERFACE_0: wszFriendlyName;
        |given| call!(MprSetupIpInIpInterfaceFriendlyNameCreate(machine, given)));
    // Last, since it renames the interface.
    named!(MPR_INTERFACE_0, 0: wszInterfaceName);
}

/// A pointer that is null has no bytes, and what says that it has some is wrong.
#[test]
fn a_length_without_bytes_is_refused() {
    let lab = lab();
    let (server, branch, wrong) = (lab.server, lab.branch, sys::ERROR_INVALID_PARAMETER);
    let mut key = sys::MPR_CREDENTIALSEX_1 { dwSize: 5, ..Default::default() };
    let key = (&raw mut key).cast();
    assert_eq!(call!(MprAdminInterfaceSetCredentialsEx(server, branch, 1, key)), wrong);
    assert_eq!(call!(MprAdminInterfaceSetCredentialsEx(server, branch, 0, key)), wrong);
    assert_eq!(call!(MprAdminServerSetCredentials(server, 0, key)), wrong);
    for change in [
        |config: &mut sys::ROUTER_IKEv2_IF_CUSTOM_CONFIG2| config.certificateName.cbData = 5,
        |config: &mut sys::ROUTER_IKEv2_IF_CUSTOM_CONFIG2| config.certificateHash.cbData = 5,
        |config: &mut sys::ROUTER_IKEv2_IF_CUSTOM_CONFIG2| config.vpnTrafficSelectors.numTsi = 1,
        |config: &mut sys::ROUTER_IKEv2_IF_CUSTOM_CONFIG2| config.vpnTrafficSelectors.numTsr = 1,
    ] {
        let mut info = lab.custom_ikev2();
        change(&mut info.customIkev2Config);
        assert_eq!(call!(MprAdminInterfaceSetCustomInfoEx(server, branch, &raw mut info)), wrong);
        let mut info = lab.custom_ikev2();
        assert_eq!(call!(MprAdminInterfaceSetCustomInfoEx(server, branch, &raw mut info)), 0);
    }
    let mut entry = sys::MPR_INTERFACE_2 { fEnabled: 1, dwCustomAuthDataSize: 5, ..Default::default() };
    entry.dwIfType = sys::ROUTER_IF_TYPE_FULL_ROUTER;
    entry.wszInterfaceName[..6].copy_from_slice(&wide("Branch")[..6]);
    assert_eq!(call!(MprAdminInterfaceSetInfo(server, branch, 2, (&raw mut entry).cast())), wrong);
    let (ip, none) = (sys::PID_IP, null_mut());
    assert_eq!(call!(MprAdminInterfaceTransportSetInfo(server, branch, ip, none, 5)), wrong);
    let (config, stored, transport) = (lab.config, lab.stored_interface, lab.stored_if_transport);
    assert_eq!(call!(MprConfigInterfaceTransportSetInfo(config, stored, transport, none, 5)), wrong);
    assert_eq!(call!(MprAdminTransportSetInfo(server, ip, none, 5, none, 0)), wrong);
    assert_eq!(call!(MprAdminTransportSetInfo(server, ip, none, 0, none, 5)), wrong);
}
