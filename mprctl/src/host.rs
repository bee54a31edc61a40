//! The names of this machine, found without asking the network.

use std::net::IpAddr;

use crate::target::LOCAL;

/// Returns `true` if the name, as [`stripped`] leaves it, is one of this machine's: `.`, `local`, `localhost`, an
/// address of the loopback interface, or its own name, alone or with its domain.
pub(crate) fn is_this(name: &str) -> bool {
    let is = |own: &str| name.eq_ignore_ascii_case(own);
    is(".")
        || is(LOCAL)
        || is("localhost")
        || name.parse().is_ok_and(|address: IpAddr| address.to_canonical().is_loopback())
        || own_names().iter().any(|own| !own.is_empty() && is(stripped(own)))
}

/// Returns a server's name without decoration: the `\\` of Windows (some shells write `//`, or complete a name with one
/// more), the last dot of DNS, the brackets of an IPv6 address.
pub(crate) fn stripped(name: &str) -> &str {
    let name = name.trim().trim_matches(['\\', '/']);
    let inner = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    match inner {
        Some(inner) if inner.parse::<std::net::Ipv6Addr>().is_ok() => inner,
        // A dot alone is this machine, and two are nobody.
        _ => name.strip_suffix('.').filter(|rest| !rest.is_empty() && !rest.ends_with('.')).unwrap_or(name),
    }
}

/// Splits a server's name, as [`stripped`] leaves it, into the host and the port behind it. The host has no brackets.
///
/// # Errors
/// The reason why the end of the name is not a port.
pub(crate) fn with_port(name: &str) -> Result<(&str, Option<u16>), &'static str> {
    if name.parse::<IpAddr>().is_ok() {
        return Ok((name, None));
    }
    let (host, port) = match name.rsplit_once(':') {
        None => return Ok((name, None)),
        Some((host, port)) => match host.strip_prefix('[') {
            Some(inner) => (inner.strip_suffix(']').unwrap_or_default(), port),
            None if host.contains(':') => return Err("an IPv6 address with a port stands in brackets"),
            None => (host, port),
        },
    };
    if host.is_empty() || name.starts_with('[') && host.parse::<std::net::Ipv6Addr>().is_err() {
        return Err("there is no name or address before the port");
    }
    // A number as std takes it may begin with a plus.
    let digits = Some(port).filter(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    match digits.and_then(|port| port.parse().ok()) {
        None | Some(0) => Err("the port is not a number from 1 to 65535"),
        port => Ok((host, port)),
    }
}

#[cfg(unix)]
fn own_names() -> Vec<String> {
    vec![rustix::system::uname().nodename().to_string_lossy().into_owned()]
}

/// The name that DNS has, alone and with its domain.
#[cfg(windows)]
fn own_names() -> Vec<String> {
    use windows_sys::Win32::System::SystemInformation::{
        ComputerNamePhysicalDnsFullyQualified, ComputerNamePhysicalDnsHostname, GetComputerNameExW,
    };
    let read = |format| {
        // No DNS name is longer, nor the end that the function writes.
        let mut units = [0; 256];
        let mut length = units.len() as u32;
        // SAFETY: the buffer is ours and has `length` units.
        let is_read = unsafe { GetComputerNameExW(format, units.as_mut_ptr(), &raw mut length) } != 0;
        let name = units.get(..length as usize).filter(|_| is_read)?;
        Some(String::from_utf16_lossy(name))
    };
    [ComputerNamePhysicalDnsHostname, ComputerNamePhysicalDnsFullyQualified]
        .into_iter()
        .filter_map(read)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_stands_behind_a_name_or_an_address_and_nothing_else_is_one() {
        for (name, host, port) in [
            ("vpn01", "vpn01", None),
            ("vpn01:4455", "vpn01", Some(4455)),
            ("10.0.0.1:445", "10.0.0.1", Some(445)),
            ("2001:db8::1", "2001:db8::1", None),
            ("2001:db8::1:445", "2001:db8::1:445", None),
            ("[2001:db8::1]:445", "2001:db8::1", Some(445)),
        ] {
            assert_eq!(with_port(name), Ok((host, port)), "{name}");
        }
        for name in
            ["vpn01:", "vpn01:0", "vpn01:65536", "vpn01:+5", "vpn01: 5", "vpn01:smb", ":445", "a:b:445"]
        {
            assert!(with_port(name).is_err(), "{name}");
        }
        for name in ["[2001:db8::1]:", "[vpn01]:445", "[]:445", "[::1:445", "[10.0.0.1]:445", "[::1]x:445"] {
            assert!(with_port(name).is_err(), "{name}");
        }
    }

    #[test]
    fn this_machine_goes_by_several_names_and_no_other_by_them() {
        for name in [".", "local", "LOCALHOST", "127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"] {
            assert!(is_this(stripped(name)), "{name}");
        }
        for name in [r"\\.", "[::1]", "localhost.", r" \\localhost "] {
            assert!(is_this(stripped(name)), "{name}");
        }
        for own in own_names() {
            assert!(is_this(stripped(&own.to_uppercase())), "{own}");
            assert!(!is_this(stripped(&format!("{own}.other.example"))), "{own}");
        }
        for name in ["", "..", "vpn01", "localhost.example.com", "128.0.0.1", "::2", "127.0.0.1.example"] {
            assert!(!is_this(stripped(name)), "{name}");
        }
    }
}
