//! A password that a server refuses, tried by NTLM.

#![cfg(unix)]

use std::path::Path;
use std::ptr::null_mut;

use mprapi_rpc::network::{self, Options};
use mprapi_rpc::security::Account;

use crate::server::{Plan, SESSION_SETUP, Server};

/// Connects to a server as all readings do, and returns the text of the failure.
fn connect(server: &str) -> String {
    let mut name: Vec<u16> = server.encode_utf16().chain([0]).collect();
    let mut handle = null_mut();
    // SAFETY: the name ends with a zero, and the place takes what is written.
    let code = unsafe { network::table().MprAdminServerConnect(name.as_mut_ptr(), &mut handle) };
    assert_eq!(code, Ok(1326));
    network::failure(Some(server)).expect("the connection has failed").text
}

#[test]
fn a_password_that_a_server_refused_by_ntlm_is_not_sent_to_it_again_and_again() {
    if !Path::new("/etc/gss/mech.d/mech.ntlmssp.conf").exists() {
        println!("skipped: the system's GSSAPI has no mechanism for NTLM (Debian's gss-ntlmssp)");
        return;
    }
    for status in [0xC000_006D, 0xC000_0071, 0xC000_0234] {
        let (server, commands) = Server::listen(move || Plan { refuses: Some(status), ..Plan::usual() });
        let mut options = Options::default();
        // Each status has a password of its own.
        let (user, password) = ("CORP\\anna".to_owned(), format!("wrong {status}").into());
        options.account = Account::Password { user, password, ntlm: true };
        network::set_options(Some(&server), options);
        let texts: Vec<_> = (0..3).map(|_| connect(&server)).collect();
        assert!(texts.iter().all(|text| text.contains(&format!("{status:#010x}"))), "{texts:?}");
        let rests: Vec<_> = texts.iter().map(|text| text.contains("not tried again for 5 minutes")).collect();
        assert_eq!(rests, [false, true, true], "{texts:?}");
        let logons = commands.try_iter().filter(|command| *command == SESSION_SETUP).count();
        assert_eq!(logons, 1, "the password was sent once");
    }
}
