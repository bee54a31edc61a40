//! Error codes of Windows that the library does not have: those of certificates, SSPI, EAP, sockets and IPsec. Also the
//! advice for codes that users of remote access often see.

use mprapi::Error;

/// A line for each code, in order: the code in hexadecimal, its symbolic name, a sentence.
static CODES: &str = include_str!("codes.txt");

/// The upper bits of an HRESULT that contains a Windows code.
const WIN32: u32 = 0x8007_0000;

/// Returns the Windows code inside an HRESULT, or the code itself.
pub(crate) fn plain(code: u32) -> u32 {
    if code & 0xFFFF_0000 == WIN32 { code & 0xFFFF } else { code }
}

/// Returns the HRESULT for a code.
pub(crate) fn hresult(code: u32) -> Option<u32> {
    match code {
        1..=0xFFFF => Some(WIN32 | code),
        0x8000_0000.. => Some(code),
        _ => None,
    }
}

/// Returns the symbolic name of a code.
pub(crate) fn name(code: u32) -> Option<&'static str> {
    Error::new("", code).name().or_else(|| find(code).map(|(name, _)| name))
}

/// Returns the meaning of a code that the library does not know.
pub(crate) fn meaning(code: u32) -> Option<&'static str> {
    find(code).map(|(_, meaning)| meaning)
}

/// Finds the code of a symbolic name, in any spelling: `ERROR_ACCESS_DENIED`, `access denied`, `crypt e revoked`.
pub(crate) fn named(name: &str) -> Option<u32> {
    let name: String =
        name.trim().chars().map(|letter| if matches!(letter, ' ' | '-') { '_' } else { letter }).collect();
    let own =
        |name: &str| lines().find(|(_, known, _)| known.eq_ignore_ascii_case(name)).map(|(code, _, _)| code);
    ["", "ERROR_", "ERROR_IPSEC_", "ERROR_IPSEC_IKE_"].into_iter().find_map(|prefix| {
        let name = format!("{prefix}{name}");
        Error::code_named(&name).or_else(|| own(&name))
    })
}

fn find(code: u32) -> Option<(&'static str, &'static str)> {
    lines().find(|(known, ..)| *known == code).map(|(_, name, meaning)| (name, meaning))
}

fn lines() -> impl Iterator<Item = (u32, &'static str, &'static str)> {
    CODES.lines().filter_map(|line| {
        let (code, rest) = line.split_once(' ')?;
        let (name, meaning) = rest.split_once(' ')?;
        Some((u32::from_str_radix(code.strip_prefix("0x")?, 16).ok()?, name, meaning))
    })
}

const TUNNEL_PORTS: &str = "Check that firewalls and NAT between the two let the tunnel through:\n\
     IKEv2 and L2TP need UDP 500 and 4500, SSTP needs TCP 443, PPTP needs\n\
     TCP 1723 and GRE (IP protocol 47).";
const CERTIFICATES: &str = "Each side needs a certificate with a private key in the computer's store, for\n\
     Server or Client Authentication and with its DNS name, from an authority that\n\
     the other side trusts. See what is there:\n  \
     Get-ChildItem Cert:\\LocalMachine\\My";
const TRUST: &str = "Install the root certificate of the authority, and those between, on the side\n\
     that refuses:\n  \
     certutil -addstore Root root.cer";
const REVOCATION: &str = "The side that checks must reach the address of the revocation list (CDP) that\n\
     the certificate names, from outside too. See what it reaches:\n  \
     certutil -url certificate.cer";
const POLICIES: &str = "Compare encryption, integrity and Diffie-Hellman group of both sides:\n  \
     Get-VpnServerIPsecConfiguration\n  \
     mprctl server show --columns tunnel,encryption,cipher,dh_group,pfs_group\n  \
     mprctl interface ikev2 show NAME";
const KEYS: &str = "The pre-shared keys of both sides must be the same. Set it anew:\n  \
     mprctl interface credentials set-key NAME";
const CREDENTIALS: &str = "Check user name, domain and password, that the account may dial in, and that\n\
     both sides share an authentication method:\n  \
     mprctl interface credentials set NAME --user USER\n  \
     mprctl user show USER";
const NETWORK_POLICY: &str = "See the event log of the server that decides (NPS), events 6272 to 6274: they\n\
     say which policy and why. Then compare its conditions and authentication\n\
     methods.";
const ACCOUNT: &str = "Let an administrator of the domain look at the account:\n  \
     Get-ADUser USER -Properties LockedOut,Enabled,PasswordExpired,LogonHours";
const ADDRESSES: &str = "The server has no address to give: enlarge its address pool, or see why DHCP\n\
     gives none.\n  \
     Get-VpnServerConfiguration\n\
     On a client, the WAN Miniport adapters may be broken; remove them in the\n\
     device manager.";
const NAMES: &str = "Check the name and the DNS server:\n  Resolve-DnsName SERVER-NAME";
const CLOCK: &str = "Compare the clocks of both sides:\n  w32tm /query /status";

/// Returns the advice for a code, in lines. Lines that begin with spaces are commands.
pub(crate) fn advice(code: u32) -> Option<&'static str> {
    Some(match plain(code) {
        5 => {
            "Run it as an administrator of the server; on the server itself, open the\n\
             terminal as administrator."
        }
        // A peer that ends the connection or does not answer.
        64 | 121 | 609 | 619 | 628 | 629 | 651 | 678 | 718 | 721 | 800 | 806 | 807 | 808 | 809 | 829
        | 13805 | 13813 | 10053 | 10054 | 10060 | 10061 | 10065 | 12002 | 12029 | 12030 | 12031 | 12152 => {
            TUNNEL_PORTS
        }
        691 | 1326 | 13827 | 12014 | 12015 | 0x8009_030C | 0x8009_030D | 0x8009_030E | 0x8042_0015
        | 0x8042_0111 | 0x8042_0112 | 0xC000_0064 | 0xC000_006A | 0xC000_006D => CREDENTIALS,
        646
        | 647
        | 648
        | 649
        | 709
        | 1327..=1331
        | 1793
        | 1907
        | 1909
        | 0xC000_006E..=0xC000_0072
        | 0xC000_0193
        | 0xC000_0224
        | 0xC000_0234 => ACCOUNT,
        720 | 733 | 736 | 738 | 13899 => ADDRESSES,
        766
        | 781
        | 786
        | 787
        | 798
        | 13806
        | 13818..=13820
        | 13828
        | 13847
        | 13881
        | 12044
        | 0x800B_0106
        | 0x800B_0110
        | 0x8009_0349
        | 0x8042_0100
        | 0x8042_0200
        | 0x8009_2004
        | 0x8009_200B => CERTIFICATES,
        13801 | 13889 => {
            "With certificates: the server's must have the name that is dialled and the\n\
             usage Server Authentication, and its authority must be trusted on the other\n\
             side. With a pre-shared key: both must be the same. See the certificates:\n  \
             Get-ChildItem Cert:\\LocalMachine\\My\n\
             Set the key anew:\n  \
             mprctl interface credentials set-key NAME"
        }
        788 | 13802 | 13868 | 13822 | 13825 | 13850 | 13861 | 13864 | 13865 | 13871 | 13873 | 13874
        | 0x8009_0331 => POLICIES,
        789 | 792 | 13804 | 13816 | 13824 | 13829 | 13843 => {
            "Both sides must use certificates that the other trusts, or the same pre-shared\n\
             key, and the services IKEEXT and PolicyAgent must run on both. Behind\n\
             NAT, L2TP needs NAT traversal.\n  \
             Get-Service IKEEXT, PolicyAgent"
        }
        784 | 785 | 791 | 13826 | 13866 | 13867 | 13870 | 13875 | 13915 => KEYS,
        812 | 13905..=13908 | 0x8042_0105 => NETWORK_POLICY,
        868 | 11001..=11004 | 12007 => NAMES,
        13817 | 13848 | 12056 | 12057 | 0x8009_2011..=0x8009_2014 | 0x800B_010E | 0x8009_0353 => REVOCATION,
        13885 | 13807 | 13877 | 13878 => {
            "Connect again. If it comes back after a fixed time, compare the lifetimes of\n\
             both sides."
        }
        853 | 12038 | 0x800B_010F | 0x8009_0322 => {
            "Dial the name that stands in the certificate of the server, or issue a\n\
             certificate that has the name that is dialled."
        }
        835 | 12045 | 12169 | 13887 | 0x800B_0109 | 0x800B_010A | 0x800B_0112 | 0x800B_010D | 0x8009_0325
        | 0x8009_0352 | 0x8042_0300 | 0x8042_0400 | 0x8042_0401 => TRUST,
        12037 | 0x800B_0101 | 0x800B_0102 | 0x8009_0328 | 0x8042_0102 | 0x8042_0202 => {
            "Renew the certificate, or set the clock right. See until when it is valid:\n  \
             Get-ChildItem Cert:\\LocalMachine\\My | Format-List Subject, NotAfter"
        }
        12170 | 0x800B_010C | 0x8009_2010 | 0x8042_0103 | 0x8042_0203 => {
            "Issue a new certificate in place of the revoked one."
        }
        1398 | 0x8009_0324 | 0x8009_0363 | 0xC000_0133 => CLOCK,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_none_is_the_librarys_and_each_is_found_by_its_name() {
        let codes: Vec<u32> = lines().map(|line| line.0).collect();
        assert_eq!(codes.len(), CODES.lines().count(), "every line is one");
        assert!(codes.is_sorted_by(|code, next| code < next));
        for (code, known, sentence) in lines() {
            assert_eq!(Error::new("", code).name(), None, "{code:#x}");
            assert_eq!((name(code), named(&known.to_lowercase())), (Some(known), Some(code)));
            assert!(!sentence.ends_with('.') && !sentence.is_empty(), "{code:#x}");
        }
    }

    #[test]
    fn codes_of_disks_files_keys_and_of_success_are_known() {
        // 29 is what the simulator answers for a backup that is damaged.
        for code in
            [0, 19, 29, 30, 33, 80, 82, 110, 112, 161, 206, 267, 487, 1117, 1300, 1312, 1450, 0x8009_0016]
        {
            assert!(name(code).is_some(), "{code}");
        }
    }

    #[test]
    fn every_code_of_ike_is_known() {
        // The ends of the range and of its first half are no errors.
        for code in (13801..=13908).filter(|code| !matches!(code, 13880 | 13897)) {
            assert!(name(code).is_some(), "{code}");
        }
    }

    #[test]
    fn what_is_met_daily_has_advice_and_a_name() {
        let daily = [
            5,
            64,
            619,
            629,
            651,
            691,
            720,
            718,
            766,
            781,
            786,
            788,
            789,
            800,
            806,
            809,
            812,
            853,
            868,
            13801,
            13802,
            13804,
            13805,
            13806,
            13816,
            13817,
            13819,
            13820,
            13822,
            13868,
            13870,
            13889,
            13899,
            0x8009_2013,
            0x8009_2012,
            0x800B_0101,
            0x800B_0109,
            0x800B_010A,
            0x800B_010C,
            0x800B_010F,
            0x800B_0110,
            0x8007_2746,
            0x8007_274C,
            0x8007_274D,
            0x8007_0040,
            0x8007_0005,
            0x8009_030C,
            0x8009_030E,
            0x8042_0015,
            0x8042_0112,
            0xC000_006D,
        ];
        for code in daily {
            assert!(advice(code).is_some(), "{code:#x}");
            assert!(name(plain(code)).is_some(), "{code:#x}");
        }
    }

    #[test]
    fn advice_fits_a_terminal() {
        let codes = lines().map(|line| line.0).chain(0..15_000);
        for line in codes.filter_map(advice).flat_map(str::lines) {
            assert!(line.chars().count() <= 78, "{line}");
        }
    }

    #[test]
    fn every_code_of_ike_and_of_remote_access_has_a_name() {
        let unused = [13821, 13823, 13880, 13897, 13909];
        for code in (13801..=13918).filter(|code| !unused.contains(code)).chain(600..=877).chain(1700..=1730)
        {
            assert!(name(code).is_some(), "{code}");
        }
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        for text in
            ["ERROR_IPSEC_IKE_POLICY_MATCH", "policy match", "ike policy_match", "Ipsec-IKE-Policy-Match"]
        {
            assert_eq!(named(text), Some(13868), "{text}");
        }
        assert_eq!(named("access denied"), Some(5));
        assert_eq!(named("CERT_E_UNTRUSTEDROOT"), Some(0x800B_0109));
        assert_eq!(named("no such thing"), None);
    }
}
