//! The server of a process that asks for no other. It is code and not a file, for a build without the feature
//! `scenario` has it too, and no reader of TOML.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use super::{
    Callback, Credentials, Interface, InterfaceKind, Quarantine, Route, Scenario, Server, Session, Tunnel,
    User,
};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const KB: u64 = 1024;
const MB: u64 = 1024 * KB;

/// Documentation addresses (RFC 5737, RFC 3849), so that nobody's real one is shown.
fn from(last: u8) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(203, 0, 113, last))
}

impl Scenario {
    /// Returns a small company's VPN server, `vpn.corp.example`, up for nine days: sixteen ports (five IKEv2, four
    /// SSTP, three L2TP, three PPTP, a modem), seven users, one of them in quarantine, and two branch offices to dial;
    /// Oslo refuses the password. Its clock is stepped, so that it looks the same at every run until a test advances
    /// it.
    pub fn company() -> Scenario {
        let user = |name: &str, tunnel, computer: &str, minutes, received, sent| {
            Session::new(name, tunnel)
                .domain("CORP")
                .computer(computer)
                .connected_for(Duration::from_secs(minutes * MINUTE))
                .bytes_received(received)
                .bytes_sent(sent)
        };
        let server = Server::new("vpn.corp.example")
            .also_named("vpn")
            .up_for(Duration::from_secs(9 * DAY + 4 * HOUR + 12 * MINUTE))
            .ports(Tunnel::Ikev2, 5)
            .ports(Tunnel::Sstp, 4)
            .ports(Tunnel::L2tp, 3)
            .ports(Tunnel::Pptp, 3)
            .ports(Tunnel::Modem, 1)
            .interface(Interface::new("Loopback", InterfaceKind::Loopback))
            .interface(Interface::new("Internal", InterfaceKind::Internal))
            .domain("CORP".to_owned())
            .domain_controller("VPN".to_owned())
            .interface(
                Interface::new("Ethernet", InterfaceKind::Dedicated)
                    .address((Ipv4Addr::new(192, 0, 2, 10), 24))
                    .receive_rate(310 * KB)
                    .send_rate(290 * KB),
            )
            .interface(
                Interface::new("Branch Lyon", InterfaceKind::FullRouter)
                    .phone_number("lyon.corp.example")
                    .credentials(Credentials {
                        user: "router-hq".to_owned(),
                        password: "not a secret".to_owned(),
                        domain: "CORP".to_owned(),
                    })
                    .dial_takes(Duration::from_secs(3))
                    .receive_rate(30 * KB)
                    .send_rate(20 * KB),
            )
            .interface(
                Interface::new("Branch Oslo", InterfaceKind::FullRouter)
                    .phone_number("oslo.corp.example")
                    // ERROR_REMOTE_AUTHENTICATION_FAILURE
                    .dial_error(924u32)
                    .dial_takes(Duration::from_secs(8)),
            )
            .route(Route {
                destination: Ipv4Addr::UNSPECIFIED,
                prefix: 0,
                next_hop: Ipv4Addr::new(192, 0, 2, 1),
                metric: 10,
            })
            .session(
                user("anna.lindqvist", Tunnel::Ikev2, "LT-0412", 4 * 60 + 7, 61 * MB, 912 * MB)
                    .endpoint(from(17))
                    .receive_rate(4 * KB)
                    .send_rate(61 * KB),
            )
            .session(
                user("j.okafor", Tunnel::Ikev2, "LT-0388", 52, 9 * MB, 143 * MB)
                    .endpoint(IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0x40, 0x12, 0, 0, 0, 0x51)))
                    .receive_rate(2 * KB)
                    .send_rate(17 * KB),
            )
            .session(
                user("mika.tanaka", Tunnel::Sstp, "LT-0420", 2 * 60 + 31, 27 * MB, 388 * MB)
                    .endpoint(from(80))
                    .receive_rate(3 * KB)
                    .send_rate(40 * KB),
            )
            .session(
                user("s.haddad", Tunnel::Sstp, "TAB-0031", 6, 310 * KB, 2 * MB)
                    .endpoint(from(144))
                    .quarantine(Quarantine::Restricted)
                    .receive_rate(200u64)
                    .send_rate(KB),
            )
            .session(
                user("l.moreau", Tunnel::L2tp, "MAC-0107", 7 * 60 + 58, 204 * MB, 1_730 * MB)
                    .endpoint(from(9))
                    .receive_rate(7 * KB)
                    .send_rate(55 * KB),
            )
            .session(
                user("p.novak", Tunnel::Pptp, "WS-0009", 19, 2 * MB, 11 * MB)
                    .endpoint(from(201))
                    .receive_rate(KB)
                    .send_rate(9 * KB),
            )
            .session(
                user("tillsyn", Tunnel::Modem, "PUMP-03", 3, 21 * KB, 14 * KB)
                    .receive_rate(90u64)
                    .send_rate(60u64),
            );
        let names = ["anna.lindqvist", "j.okafor", "mika.tanaka", "s.haddad", "l.moreau", "p.novak"];
        let server = names.into_iter().fold(server, |server, name| server.user(User::new(name)));
        let calls_back = User::new("tillsyn").callback(Callback::Administrator).number("+46 8 555 0100");
        Scenario::new().server(server.user(calls_back).user(User::new("former").may_dial_in(false)))
    }
}
