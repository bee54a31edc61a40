//! The enumerations and flags of interfaces.

use std::time::Duration;

use mprapi_sys as sys;

use crate::enumeration::{enumeration, flags};

enumeration! {
    /// The kind of peer behind an interface (`ROUTER_INTERFACE_TYPE`).
    #[doc(alias("ROUTER_INTERFACE_TYPE"))]
    InterfaceType: sys::ROUTER_INTERFACE_TYPE {
        /// A remote access client.
        Client = sys::ROUTER_IF_TYPE_CLIENT, "client";
        /// A router in someone's home.
        HomeRouter = sys::ROUTER_IF_TYPE_HOME_ROUTER, "home router";
        /// Another router, dialled on demand.
        FullRouter = sys::ROUTER_IF_TYPE_FULL_ROUTER, "full router";
        /// A local network; always connected.
        Dedicated = sys::ROUTER_IF_TYPE_DEDICATED, "dedicated";
        /// This computer itself, seen from its remote access clients.
        Internal = sys::ROUTER_IF_TYPE_INTERNAL, "internal";
        /// The loopback interface.
        Loopback = sys::ROUTER_IF_TYPE_LOOPBACK, "loopback";
        /// An IP-in-IP tunnel.
        Tunnel = sys::ROUTER_IF_TYPE_TUNNEL1, "tunnel";
        /// Dial-out only.
        DialOut = sys::ROUTER_IF_TYPE_DIALOUT, "dial-out";
    }
}

impl InterfaceType {
    /// Returns `true` for another router: the connection is site-to-site, and a network lives behind it.
    ///
    /// A remote access client is [`Client`](InterfaceType::Client), a device tunnel's account included.
    #[inline]
    pub fn is_router(self) -> bool {
        matches!(self, InterfaceType::HomeRouter | InterfaceType::FullRouter)
    }
}

enumeration! {
    /// The connection state of an interface (`ROUTER_CONNECTION_STATE`).
    #[doc(alias("ROUTER_CONNECTION_STATE"))]
    ConnectionState: sys::ROUTER_CONNECTION_STATE {
        /// The interface cannot be connected now; [`UnreachabilityReasons`] say why.
        Unreachable = sys::ROUTER_IF_STATE_UNREACHABLE, "unreachable";
        /// The interface is not connected, but can be.
        Disconnected = sys::ROUTER_IF_STATE_DISCONNECTED, "disconnected";
        /// The interface is connecting.
        Connecting = sys::ROUTER_IF_STATE_CONNECTING, "connecting";
        /// The interface is connected.
        Connected = sys::ROUTER_IF_STATE_CONNECTED, "connected";
    }
}

flags! {
    /// The reasons why an interface cannot be connected (`MPR_INTERFACE_…`). Bits that this version does not know are kept.
    UnreachabilityReasons {
        /// No port or device is free for it.
        OUT_OF_RESOURCES = sys::MPR_INTERFACE_OUT_OF_RESOURCES, "no port or device is free";
        /// An administrator disabled the interface.
        ADMIN_DISABLED = sys::MPR_INTERFACE_ADMIN_DISABLED, "disabled";
        /// The last attempt to connect it failed; the interface's last error says why.
        CONNECTION_FAILURE = sys::MPR_INTERFACE_CONNECTION_FAILURE, "the last attempt failed";
        /// The service is paused.
        SERVICE_PAUSED = sys::MPR_INTERFACE_SERVICE_PAUSED, "the service is paused";
        /// The interface may not dial out at this hour.
        DIALOUT_HOURS_RESTRICTION = sys::MPR_INTERFACE_DIALOUT_HOURS_RESTRICTION, "not at this hour";
        /// The network adapter has no link.
        NO_MEDIA_SENSE = sys::MPR_INTERFACE_NO_MEDIA_SENSE, "no link";
        /// The network adapter is not in the computer any more.
        NO_DEVICE = sys::MPR_INTERFACE_NO_DEVICE, "no such adapter";
    }
}

flags! {
    /// The options with which a demand-dial interface connects (`MPRIO_…`). Bits that this version does not know are kept.
    DialOptions {
        /// Ask for an address of one's own choice.
        SPECIFIC_ADDRESS = sys::MPRIO_SpecificIpAddr, "specific address";
        /// Use DNS and WINS servers of one's own choice.
        SPECIFIC_NAME_SERVERS = sys::MPRIO_SpecificNameServers, "specific name servers";
        /// Negotiate IP header compression.
        IP_HEADER_COMPRESSION = sys::MPRIO_IpHeaderCompression, "IP header compression";
        /// While connected, send the default route through this interface.
        REMOTE_DEFAULT_GATEWAY = sys::MPRIO_RemoteDefaultGateway, "remote default gateway";
        /// Do without the LCP extensions of RFC 1570.
        DISABLE_LCP_EXTENSIONS = sys::MPRIO_DisableLcpExtensions, "no LCP extensions";
        /// Negotiate software compression.
        SOFTWARE_COMPRESSION = sys::MPRIO_SwCompression, "software compression";
        /// Never authenticate by PAP, which sends the password in clear.
        REQUIRE_ENCRYPTED_PASSWORD = sys::MPRIO_RequireEncryptedPw, "encrypted password required";
        /// Authenticate by Microsoft's schemes only.
        REQUIRE_MS_ENCRYPTED_PASSWORD = sys::MPRIO_RequireMsEncryptedPw, "Microsoft encrypted password required";
        /// Drop the connection unless encryption is negotiated. Servers ignore this without
        /// [`REQUIRE_MS_ENCRYPTED_PASSWORD`](DialOptions::REQUIRE_MS_ENCRYPTED_PASSWORD).
        REQUIRE_DATA_ENCRYPTION = sys::MPRIO_RequireDataEncryption, "data encryption required";
        /// Reserved.
        NETWORK_LOGON = sys::MPRIO_NetworkLogon, "network logon";
        /// When an alternate number connects, exchange it with the primary one.
        PROMOTE_ALTERNATES = sys::MPRIO_PromoteAlternates, "alternates promoted";
        /// Before connecting, look for bindings of remote file systems and printers.
        SECURE_LOCAL_FILES = sys::MPRIO_SecureLocalFiles, "local files secured";
        /// The peer must support EAP.
        REQUIRE_EAP = sys::MPRIO_RequireEAP, "EAP required";
        /// The peer must support PAP.
        REQUIRE_PAP = sys::MPRIO_RequirePAP, "PAP required";
        /// The peer must support SPAP.
        REQUIRE_SPAP = sys::MPRIO_RequireSPAP, "SPAP required";
        /// All devices of the interface share its telephone numbers.
        SHARED_PHONE_NUMBERS = sys::MPRIO_SharedPhoneNumbers, "shared phone numbers";
        /// Authenticate IKEv2 by the computers' certificates. Windows 8 and later.
        REQUIRE_MACHINE_CERTIFICATES = sys::MPRIO_RequireMachineCertificates, "machine certificates required";
        /// The initiator of an IKEv2 connection authenticates by a pre-shared key. Windows 8 and later.
        PRE_SHARED_KEY_FOR_IKEV2_INITIATOR = sys::MPRIO_UsePreSharedKeyForIkev2Initiator, "pre-shared key of the IKEv2 initiator";
        /// The responder of an IKEv2 connection authenticates by a pre-shared key. Windows 8 and later.
        PRE_SHARED_KEY_FOR_IKEV2_RESPONDER = sys::MPRIO_UsePreSharedKeyForIkev2Responder, "pre-shared key of the IKEv2 responder";
        /// The peer must support CHAP.
        REQUIRE_CHAP = sys::MPRIO_RequireCHAP, "CHAP required";
        /// The peer must support MS-CHAP.
        REQUIRE_MS_CHAP = sys::MPRIO_RequireMsCHAP, "MS-CHAP required";
        /// The peer must support MS-CHAP version 2.
        REQUIRE_MS_CHAP2 = sys::MPRIO_RequireMsCHAP2, "MS-CHAPv2 required";
        /// Authenticate IPsec by the interface's pre-shared key.
        IPSEC_PRE_SHARED_KEY = sys::MPRIO_IpSecPreSharedKey, "IPsec pre-shared key";
    }
}

flags! {
    /// The network protocols to negotiate (`MPRNP_…`). Bits that this version does not know are kept.
    NetworkProtocols {
        /// IPX, which 64-bit Windows does not have.
        IPX = sys::MPRNP_Ipx, "IPX";
        /// IPv4.
        IPV4 = sys::MPRNP_Ip, "IPv4";
        /// IPv6.
        IPV6 = sys::MPRNP_Ipv6, "IPv6";
    }
}

enumeration! {
    /// The type of a demand-dial interface's phone-book entry (`MPRET_…`).
    EntryType: u32 {
        /// A telephone line: modem, ISDN, X.25.
        Phone = sys::MPRET_Phone, "phone";
        /// A VPN tunnel.
        Vpn = sys::MPRET_Vpn, "VPN";
        /// A serial or parallel port.
        Direct = sys::MPRET_Direct, "direct";
    }
}

enumeration! {
    /// The encryption of a demand-dial interface (`MPR_ET_…`).
    DialEncryption: u32 {
        /// No.
        None = sys::MPR_ET_None, "none";
        /// Yes, or it does not connect.
        Require = sys::MPR_ET_Require, "required";
        /// Yes and with the strongest keys, or it does not connect.
        RequireMax = sys::MPR_ET_RequireMax, "strongest required";
        /// If the peer can.
        Optional = sys::MPR_ET_Optional, "optional";
    }
}

enumeration! {
    /// The tunnel protocols that a VPN tries (`MPR_VS_…`).
    VpnStrategy: u32 {
        /// PPTP, then L2TP; next time first the one that worked.
        Default = sys::MPR_VS_Default, "default";
        /// PPTP and nothing else.
        PptpOnly = sys::MPR_VS_PptpOnly, "PPTP only";
        /// PPTP, then L2TP.
        PptpFirst = sys::MPR_VS_PptpFirst, "PPTP first";
        /// L2TP and nothing else.
        L2tpOnly = sys::MPR_VS_L2tpOnly, "L2TP only";
        /// L2TP, then PPTP.
        L2tpFirst = sys::MPR_VS_L2tpFirst, "L2TP first";
        /// IKEv2 and nothing else.
        Ikev2Only = sys::MPR_VS_Ikev2Only, "IKEv2 only";
        /// IKEv2 before the others.
        Ikev2First = sys::MPR_VS_Ikev2First, "IKEv2 first";
    }
}

enumeration! {
    /// The links of a multilink interface that are dialled (`MPRDM_…`).
    DialMode: u32 {
        /// The first that is free.
        First = sys::MPRDM_DialFirst, "first";
        /// All.
        All = sys::MPRDM_DialAll, "all";
        /// As many as the traffic needs; see [`Bandwidth`].
        AsNeeded = sys::MPRDM_DialAsNeeded, "as needed";
    }
}

/// When a multilink interface in the mode [`DialMode::AsNeeded`] dials another link, and when it hangs one up.
/// Times are whole seconds; part of one is rounded up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Bandwidth {
    /// Use of more than this part of the bandwidth, in percent, …
    pub dial_extra_percent: u32,
    /// … for this long dials another link.
    #[cfg_attr(
        feature = "serde",
        serde(
            serialize_with = "crate::serialize::seconds",
            deserialize_with = "crate::deserialize::seconds"
        )
    )]
    pub dial_extra_sample: Duration,
    /// Use of less than this part of the bandwidth, in percent, …
    pub hang_up_extra_percent: u32,
    /// … for this long hangs one up.
    #[cfg_attr(
        feature = "serde",
        serde(
            serialize_with = "crate::serialize::seconds",
            deserialize_with = "crate::deserialize::seconds"
        )
    )]
    pub hang_up_extra_sample: Duration,
}

/// When an idle connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum IdleDisconnect {
    /// Never.
    Never,
    /// As the user's preferences say.
    UserPreference,
    /// After this long; whole seconds, at least one. Part of one is rounded up.
    #[cfg_attr(
        feature = "serde",
        serde(
            serialize_with = "crate::serialize::seconds",
            deserialize_with = "crate::deserialize::seconds"
        )
    )]
    After(Duration),
}

impl From<u32> for IdleDisconnect {
    #[inline]
    fn from(seconds: u32) -> IdleDisconnect {
        match seconds {
            sys::MPRIDS_Disabled => IdleDisconnect::Never,
            sys::MPRIDS_UseGlobalValue => IdleDisconnect::UserPreference,
            seconds => IdleDisconnect::After(Duration::from_secs(seconds.into())),
        }
    }
}

impl IdleDisconnect {
    /// As the record has it, if it can.
    #[inline]
    pub(super) fn to_raw(self) -> Option<u32> {
        match self {
            IdleDisconnect::Never => Some(sys::MPRIDS_Disabled),
            IdleDisconnect::UserPreference => Some(sys::MPRIDS_UseGlobalValue),
            IdleDisconnect::After(time) => seconds(time).filter(|seconds| (1..u32::MAX).contains(seconds)),
        }
    }
}

/// Whole seconds, rounded up, if they fit.
#[inline]
pub(super) fn seconds(time: Duration) -> Option<u32> {
    let part = u64::from(time.subsec_nanos() > 0);
    time.as_secs().checked_add(part)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idle_times_are_what_the_header_has_for_them() {
        for raw in [0, 1, 300, u32::MAX - 1, u32::MAX] {
            assert_eq!(IdleDisconnect::from(raw).to_raw(), Some(raw));
        }
        assert_eq!(IdleDisconnect::After(Duration::from_millis(1500)).to_raw(), Some(2));
        assert_eq!(IdleDisconnect::After(Duration::ZERO).to_raw(), None);
        assert_eq!(IdleDisconnect::After(Duration::from_secs(u32::MAX.into())).to_raw(), None);
        assert_eq!(IdleDisconnect::After(Duration::MAX).to_raw(), None);
    }

    #[test]
    fn values_of_a_newer_server_are_kept() {
        assert_eq!(VpnStrategy::from(9), VpnStrategy::Unknown(9));
        assert_eq!(u32::from(VpnStrategy::Unknown(9)), 9);
        assert_eq!(ConnectionState::from(-1), ConnectionState::Unknown(-1));
        assert_eq!(UnreachabilityReasons::from_bits_retain(0x8000_0001).bits(), 0x8000_0001);
    }
}
