//! The system's GSSAPI on both sides of a connection, if it has a mechanism for NTLM. `cargo xtask remote` has Kerberos.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use mprapi_rpc::Layer;
use mprapi_rpc::association::{Association, Limits};
use mprapi_rpc::caller::Caller;
use mprapi_rpc::security::{Account, Gssapi};

use crate::pipe::{LONG, REVERSED, Reverser, Served, reversed, rules, soon};

/// Names the file with accounts, which the library reads, to a run of this program that has one.
const ACCOUNTS: &str = "NTLM_USER_FILE";

#[test]
fn calls_are_sealed_with_ntlm() {
    if !Path::new("/etc/gss/mech.d/mech.ntlmssp.conf").exists() {
        println!("skipped: the system's GSSAPI has no mechanism for NTLM (Debian's gss-ntlmssp)");
        return;
    }
    let accounts = std::env::temp_dir().join(format!("mprapi-rpc-caller-{}", std::process::id()));
    std::fs::write(&accounts, "TEST:anna:Simul4ted\n").unwrap();
    let done = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "ntlm::with_an_account", "--ignored", "--nocapture"])
        .env(ACCOUNTS, &accounts)
        // The mechanism forgets what it has loaded of OpenSSL, once a context.
        .env("ASAN_OPTIONS", "detect_leaks=0")
        .output()
        .unwrap();
    std::fs::remove_file(&accounts).unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
#[ignore = "calls_are_sealed_with_ntlm runs it"]
fn with_an_account() {
    assert!(std::env::var_os(ACCOUNTS).is_some());
    let bind = |password: &str| {
        let association = Association::new(Arc::new(Reverser), Limits::default(), rules());
        let served = Served::by(association.with_provider(Arc::new(Gssapi::load().unwrap())));
        let (user, password) = (r"TEST\anna".to_owned(), password.to_owned().into());
        let client = Gssapi::client(Account::Password { user, password, ntlm: true }).unwrap();
        Caller::bind(Box::new(served), &client, "localhost", soon())
    };
    let mut caller = bind("Simul4ted").unwrap();
    assert_eq!(caller.peer(), "host/localhost");
    for size in [0, 1, 4000, 100_000] {
        let stub = vec![7; size];
        assert_eq!(caller.call(REVERSED, &stub, soon()), Ok(reversed(&stub)), "{size} bytes");
    }
    assert_eq!(caller.call(LONG, &100_000u32.to_le_bytes(), soon()), Ok(vec![7; 100_000]));
    let failure = bind("Wr0ng").unwrap_err();
    assert_eq!((failure.layer, failure.code), (Layer::Logon, 5), "{failure}");
}
