//! Failures of a connection over the network: the layer that failed, and what to do about it.

use mprapi::Error;
use mprapi::sys::ERROR_ACCESS_DENIED;
use mprapi_rpc::{Failure as Broken, Layer};

use super::{Failure, Kind};

impl Failure {
    /// Makes the failure of a function that the connection stopped.
    pub(crate) fn of_connection(function: &'static str, broken: &Broken) -> Failure {
        Failure::of_call(&Error::new(function, broken.code)).at_layer(broken)
    }

    /// Explains the failure of a call by that of its connection. What a call means for the exit code, its code says; the
    /// layers before it say it better than their codes.
    pub(super) fn at_layer(self, broken: &Broken) -> Failure {
        let Broken { layer, text, .. } = broken;
        let place = match layer {
            Layer::Smb => "SMB".to_owned(),
            layer => format!("the {layer}"),
        };
        let kind = kind(*layer).unwrap_or(self.kind);
        // What the protocol cannot do is no failure of the connection.
        let advice = match (layer, kind) {
            (Layer::Call, Kind::Unsupported) => self.advice,
            _ => Some(advice(*layer).to_owned()),
        };
        Failure {
            kind,
            message: format!("failed at {place}: {text}"),
            advice,
            layer: Some(layer.name()),
            ..self
        }
    }
}

/// Returns the failure of a call that the server refuses to the account.
pub(super) fn no_right() -> Broken {
    Broken::new(Layer::Right, ERROR_ACCESS_DENIED, "the server refuses it to this account")
}

/// Returns the kind of a layer's failures. `None` is that of the code.
fn kind(layer: Layer) -> Option<Kind> {
    match layer {
        Layer::Name | Layer::Route | Layer::Port => Some(Kind::Unreachable),
        Layer::Logon | Layer::Right => Some(Kind::AccessDenied),
        Layer::Service => Some(Kind::NoService),
        _ => None,
    }
}

/// Returns the advice for a layer, in lines. Lines that begin with spaces are commands; `PS>` is for the server.
fn advice(layer: Layer) -> &'static str {
    match layer {
        Layer::Name => {
            "Give the full DNS name of the server, such as vpn01.corp.example. To see what\n\
             it resolves to:\n  \
             nslookup SERVER"
        }
        Layer::Route => {
            "Check that the server is up, and that no firewall on the way stops TCP port\n\
             445:\n  \
             nc -vz -w 5 SERVER 445"
        }
        Layer::Port => {
            "The machine answers, but not at this port. SMB is TCP port 445; another one is\n\
             named as NAME:PORT. To open it, run on the server:\n  \
             Enable-NetFirewallRule -DisplayName 'File and Printer Sharing (SMB-In)'"
        }
        Layer::Smb => {
            "mprctl needs SMB 3.0 or later with signing and encryption, as Windows Server\n\
             2012 and later have it. To see the settings, run on the server:\n  \
             Get-SmbServerConfiguration | Format-List Enable*, *Encrypt*, *Sign*"
        }
        Layer::Logon if cfg!(windows) => {
            "Kerberos takes the full DNS name of the server, and an account of the domain:\n\
             the one that is logged on to Windows, or a name and a password:\n  \
             mprctl --over network --server SERVER --user user@CORP.EXAMPLE status\n\
             Where there is no Kerberos, log on by NTLM:\n  \
             mprctl --over network --server SERVER --user 'CORP\\user' --ntlm status"
        }
        Layer::Logon => {
            "Kerberos takes a ticket, and the full DNS name of the server:\n  \
             kinit user@CORP.EXAMPLE\n  \
             klist\n\
             Where there is no Kerberos, log on by NTLM; on Linux it is in the package\n\
             gss-ntlmssp:\n  \
             mprctl --server SERVER --user 'CORP\\user' --ntlm status"
        }
        Layer::Right => {
            "The account must be in the group Administrators of the server. Use an account\n\
             of the domain: Windows refuses local accounts over the network, except for the\n\
             built-in Administrator. To see the members, run on the server:\n  \
             Get-LocalGroupMember Administrators"
        }
        Layer::Service => {
            "The Routing and Remote Access service is stopped, or not installed. Run on the\n\
             server:\n  \
             Start-Service RemoteAccess\n\
             If there is no such service:\n  \
             Install-WindowsFeature DirectAccess-VPN, Routing -IncludeManagementTools\n  \
             Install-RemoteAccess -VpnType Vpn"
        }
        Layer::Interface => {
            "The service may still be starting. To wait for it:\n  \
             mprctl --server SERVER status --wait 5min"
        }
        _ => {
            "To see whether the connection works step by step:\n  \
             mprctl check SERVER"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::visible;

    const ALL: [(Layer, u32, Kind); 11] = [
        (Layer::Name, 1722, Kind::Unreachable),
        (Layer::Route, 1722, Kind::Unreachable),
        (Layer::Port, 1722, Kind::Unreachable),
        (Layer::Smb, 1722, Kind::Unreachable),
        (Layer::Logon, 1326, Kind::AccessDenied),
        (Layer::Right, 5, Kind::AccessDenied),
        (Layer::Service, 1722, Kind::NoService),
        (Layer::Interface, 1717, Kind::NoService),
        (Layer::Call, 1726, Kind::Failed),
        (Layer::Call, 50, Kind::Unsupported),
        (Layer::Call, 13, Kind::Failed),
    ];

    #[test]
    fn each_layer_has_the_exit_code_of_its_kind_a_place_and_an_advice_that_fits_a_terminal() {
        for (layer, code, kind) in ALL {
            let failure =
                Failure::of_connection("MprAdminServerConnect", &Broken::new(layer, code, "no\u{1b}[2J"));
            assert_eq!((failure.kind, failure.layer, failure.code), (kind, Some(layer.name()), Some(code)));
            assert!(failure.message.starts_with("failed at ") && failure.message.contains(layer.name()));
            assert!(!visible(&failure.sentence()).contains('\u{1b}'));
            let advice = failure.advice.expect("advice");
            assert!(advice.lines().all(|line| line.chars().count() <= 78), "{advice}");
        }
    }

    #[test]
    fn what_the_network_cannot_do_is_said_in_words() {
        for (function, words) in [
            ("MprConfigServerConnect", "the stored configuration cannot be had over the network"),
            ("MprAdminUserGetInfo", "the dial-in settings of users cannot"),
            ("MprAdminRegisterConnectionNotification", "a notification of connections cannot"),
            ("MprAdminInterfaceSetCustomInfoEx", "one of its values, cannot"),
        ] {
            let failure = super::super::not_over_network(&Error::new(function, 50));
            assert!(failure.message.contains(words), "{}", failure.message);
            assert!(
                failure.kind == Kind::Unsupported
                    && failure.advice.is_some_and(|advice| advice.contains("not-over-the-wire.md"))
            );
        }
    }
}
