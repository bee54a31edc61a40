//! Rules for what is not compared, and why: the only place where something is left out.
//!
//! Every rule must leave something out, and none may match what mprapi-sys has.

/// A part of windows-sys's `Rras` that is another header's, and so not ours.
pub(super) struct Rule {
    pub(super) reason: &'static str,
    /// By the name, and for a constant its value.
    pub(super) matches: fn(&str, Option<u32>) -> bool,
}

/// The functions of other libraries.
pub(super) const OTHER_LIBRARIES: [(&str, &str); 3] = [
    ("rasapi32.dll", "ras.h: the client side of remote access"),
    ("rasdlg.dll", "rasdlg.h: the dialogs of the client side"),
    ("rtm.dll", "rtmv2.h and mgm.h: the routing table and multicast groups"),
];

/// Types and constants of other headers.
pub(super) const OTHER_HEADERS: [Rule; 9] = [
    Rule {
        reason: "raserror.h: the codes 600 to 899 (mprerror.h has those from 900)",
        matches: |name, value| {
            ["ERROR_", "WARNING_", "PENDING"].iter().any(|start| name.starts_with(start))
                && value.is_some_and(|value| (600..900).contains(&value))
        },
    },
    Rule {
        reason: "ras.h and rasdlg.h: RAS followed by a word, without an underscore",
        matches: |name, _| {
            let rest = name.strip_prefix("RAS").or_else(|| name.strip_prefix("ORAS"));
            rest.is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_uppercase()))
                // Of mprapi.h, but for the first, which both have.
                && !["RASCCPCA_", "RASPRIV"].iter().any(|start| name.starts_with(start))
        },
    },
    Rule {
        reason: "ras.h: limits, statistics and projections of the client side",
        matches: |name, _| {
            name.starts_with("RAS_Max")
                || name.starts_with("RAS_PROJECTION_INFO")
                || name.starts_with("PROJECTION_INFO_TYPE_")
                || name == "RAS_STATS"
        },
    },
    Rule {
        reason: "ras.h: options of dialling and of phone-book entries",
        matches: |name, _| {
            let starts = ["RDEOPT_", "REN_", "RCD_", "ET_", "VS_", "IKEV2_ID_PAYLOAD_TYPE", "RasCustom"];
            starts.iter().any(|start| name.starts_with(start))
                || ["HRASCONN", "WM_RASDIALEVENT", "IPV6_ADDRESS_LEN_IN_BYTES"].contains(&name)
        },
    },
    Rule { reason: "rasshost.h: security dialogues", matches: |name, _| name.starts_with("SECURITY") },
    Rule {
        reason: "rasshost.h: security dialogues, with the prefix of ras.h",
        matches: |name, _| name.starts_with("PFNRAS") || name == "RAS_SECURITY_INFO",
    },
    Rule {
        reason: "rtmv2.h and routprot.h: the routing table",
        matches: |name, _| name.starts_with("RTM_") || name.starts_with("METHOD_"),
    },
    Rule {
        reason: "mgm.h: multicast groups",
        matches: |name, _| {
            name.starts_with("MGM_")
                || name.starts_with("PMGM_")
                || ["ALL_SOURCES", "ANY_SOURCE", "SOURCE_GROUP_ENTRY", "ROUTING_PROTOCOL_CONFIG"]
                    .contains(&name)
        },
    },
    Rule {
        reason: "no header: the metadata's own names for groups of constants, which the header has as DWORD",
        matches: |name, _| {
            ["MPR_ET", "MPR_INTERFACE_DIAL_MODE", "MPR_VS", "PPP_LCP", "PPP_LCP_INFO_AUTH_DATA", "RAS_FLAGS"]
                .contains(&name)
        },
    },
];

/// Items that mprapi-sys has and windows-sys lacks.
pub(super) const OURS_ALONE: [Rule; 5] = [
    Rule {
        reason: "declared and exported, but absent from the metadata",
        matches: |name, _| {
            ["MprAdminMIBGetTrapInfo", "MprAdminMIBSetTrapInfo"].contains(&name)
                || name.starts_with("MprSetupIpInIpInterfaceFriendlyName")
        },
    },
    Rule {
        reason: "the header's limits, whose arrays are compared where a struct has them",
        matches: |name, _| {
            [
                "TRANSPORT_NAME_LEN",
                "MEDIA_NAME",
                "PORT_NAME",
                "DEVICE_NAME",
                "PHONE_NUMBER_LEN",
                "DEVICETYPE_NAME",
            ]
            .iter()
            .any(|limit| name.strip_prefix("MAX_") == Some(limit))
        },
    },
    Rule {
        reason: "the mask of the three callback privileges, which are compared",
        matches: |name, _| name == "RASPRIV_CallbackType",
    },
    Rule {
        reason: "entry points of an administration DLL whose type has no name in the header, and so none in the metadata",
        matches: |name, _| ["MprAdminInitializeDll", "MprAdminInitializeDllEx"].contains(&name),
    },
    Rule {
        reason: "the form that Windows Server 2008 R2 has; the metadata begins with the next",
        matches: |name, _| name == "IKEV2_TUNNEL_CONFIG_PARAMS1",
    },
];

/// Entry points whose callback type the metadata spells otherwise.
pub(super) const RESPELLED: [(&str, &str); 1] = [("MprAdminReleaseIpAddress", "PMPRADMINRELEASEIPADRESS")];
