//! The wish of a client: a server, and the services of the context with it.

use zeroize::Zeroizing;

use super::identity::wide;
use crate::security::flags::{CONFIDENTIALITY, DCE_STYLE, INTEGRITY, MUTUAL, REPLAY, SEQUENCE};
use crate::security::{Error, Service};

/// The services of SSPI beside ours.
const BITS: [(u32, u32); 6] = [
    (MUTUAL, 0x2),
    (REPLAY, 0x4),
    (SEQUENCE, 0x8),
    (CONFIDENTIALITY, 0x10),
    (DCE_STYLE, 0x200),
    (INTEGRITY, 0x1_0000),
];

/// Has the token's memory made by SSPI.
const ALLOCATE_MEMORY: u32 = 0x100;

/// The wish of a client.
#[derive(Clone)]
pub(super) struct Request {
    pub(super) is_ntlm: bool,
    /// The principal of the server, `host/HOST`.
    pub(super) principal: String,
    /// The same, with a terminating zero.
    pub(super) target: Zeroizing<Vec<u16>>,
    flags: u32,
}

impl Request {
    /// Prepares an authentication to a service of a host.
    ///
    /// # Errors
    /// If the host's name is none.
    pub(super) fn new(is_ntlm: bool, service: Service, host: &str) -> Result<Request, Error> {
        let principal = service.principal(host, '/')?;
        let in_parts = if service == Service::Host { DCE_STYLE } else { 0 };
        let flags = MUTUAL | REPLAY | SEQUENCE | CONFIDENTIALITY | INTEGRITY | in_parts;
        Ok(Request { is_ntlm, target: wide(&principal)?, principal, flags })
    }

    /// Returns the services to ask for, in SSPI's bits. No credential is delegated.
    pub(super) fn asked(&self) -> u32 {
        let wanted = BITS.iter().filter(|(ours, _)| self.flags & ours != 0);
        wanted.fold(ALLOCATE_MEMORY, |bits, (_, theirs)| bits | theirs)
    }

    /// Returns the services that a complete context must have, whatever it is used for.
    pub(super) fn needed(&self) -> u32 {
        // NTLM does not authenticate the server, which proves only that it can ask its domain. Nor does it know of parts.
        if self.is_ntlm { CONFIDENTIALITY | INTEGRITY } else { self.flags }
    }
}

/// Translates SSPI's bits.
pub(super) fn ours(bits: u32) -> u32 {
    BITS.iter().filter(|(_, theirs)| bits & theirs != 0).fold(0, |flags, (ours, _)| flags | ours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_services_but_delegation_are_asked_for() {
        let rpc = Request::new(false, Service::Host, "vpn01.corp.example").unwrap();
        assert_eq!(rpc.asked(), 0x1_031e);
        assert_eq!(ours(rpc.asked()), rpc.needed());
        let smb = Request::new(false, Service::Cifs, "vpn01.corp.example").unwrap();
        assert_eq!(smb.asked(), 0x1_011e);
        assert_eq!(smb.principal, "cifs/vpn01.corp.example");
        assert!(Request::new(false, Service::Cifs, "a/b").is_err());
    }
}
