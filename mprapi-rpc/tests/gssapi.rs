//! The system's GSSAPI library, if it is there. `cargo xtask remote` has clients use it.
#![cfg(unix)]

mod initiator;

use std::path::Path;
use std::process::Command;

use initiator::Initiator;
use mprapi_rpc::security::{Context, Gssapi, Level, Message, Provider};

#[test]
fn a_token_that_is_none_is_an_error_and_an_incomplete_context_protects_nothing() {
    let gssapi = match Gssapi::load() {
        Ok(gssapi) => gssapi,
        Err(error) => {
            assert!(error.to_string().starts_with("loading the GSSAPI library failed: "), "{error}");
            return;
        }
    };
    assert!(gssapi.accept(1).is_none(), "DCE's private-key authentication");
    assert!(gssapi.accept(14).is_none(), "TLS");
    for auth_type in [9, 10, 16] {
        let mut context = gssapi.accept(auth_type).unwrap().unwrap();
        assert!(context.peer().is_err());
        assert!(context.token_length(Level::Privacy, 16).is_err());
        for level in [Level::Integrity, Level::Privacy] {
            let mut bytes = [0; 48];
            let message = Message { bytes: &mut bytes, stub: 24..40, signs_header: true };
            assert!(context.protect(level, message).is_err());
            let message = Message { bytes: &mut bytes, stub: 24..40, signs_header: true };
            assert!(context.unprotect(level, message, &[0; 16]).is_err());
        }
        // An empty token is a question for the mechanisms.
        for token in [&b"x"[..], b"NTLMSSP\0", &[0x60; 40], &[0x6e; 40], &[0; 70_000]] {
            let mut context = gssapi.accept(auth_type).unwrap().unwrap();
            let error = context.step(token).expect_err("it is no token");
            assert!(error.to_string().starts_with("accepting the client failed: "), "{error}");
            assert!(context.peer().is_err());
        }
    }
}

/// Names the file with accounts to a run of this program that has one.
const ACCOUNTS: &str = "NTLM_USER_FILE";

/// The account is in the environment of a second process: the library reads it there.
#[test]
fn privacy_with_ntlm_is_that_of_its_mechanism() {
    if !Path::new("/etc/gss/mech.d/mech.ntlmssp.conf").exists() {
        println!("skipped: the system's GSSAPI has no mechanism for NTLM (Debian's gss-ntlmssp)");
        return;
    }
    let accounts = std::env::temp_dir().join(format!("mprapi-rpc-accounts-{}", std::process::id()));
    std::fs::write(&accounts, "TEST:anna:Simul4ted\n").unwrap();
    let tests = std::env::current_exe().unwrap();
    let done = Command::new(tests)
        .args(["--exact", "with_an_account", "--ignored", "--nocapture"])
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
#[ignore = "privacy_with_ntlm_is_that_of_its_mechanism runs it"]
fn with_an_account() {
    assert!(std::env::var_os(ACCOUNTS).is_some());
    // The mechanism signs what it encrypts, so the PDU is a stub and nothing else.
    let (client, mut server) = authenticated();
    let calls: [&[u8]; 3] = [b"a", &[7; 64], &[0xa5; 5000]];
    for call in calls {
        let mut sealed = client.wrap(call);
        let (signature, stub) = sealed.split_at_mut(16);
        assert_ne!(stub, call);
        server.unprotect(Level::Privacy, whole(stub), signature).unwrap();
        assert_eq!(stub, call);
        let token = server.protect(Level::Privacy, whole(stub)).unwrap();
        assert_eq!(client.unwrap(&[&token, &*stub].concat()).as_deref(), Some(call));
    }

    for changed in [0, 4, 12, 15, 16, 31] {
        let (client, mut server) = authenticated();
        let mut sealed = client.wrap(&[7; 16]);
        sealed[changed] ^= 0x10;
        let (signature, stub) = sealed.split_at_mut(16);
        let error = server.unprotect(Level::Privacy, whole(stub), signature).unwrap_err();
        assert!(error.to_string().starts_with("checking a PDU failed: the signature is not"), "{error}");
    }

    // The token's bytes are in no buffer that is longer.
    for level in [Level::Integrity, Level::Privacy] {
        for length in (0..16).chain([17]) {
            let (client, mut server) = authenticated();
            let mut sealed = client.wrap(&[7; 16]);
            let (signature, stub) = sealed.split_at_mut(16);
            let mut token = signature.to_vec();
            token.resize(length, 0);
            let error = server.unprotect(level, whole(stub), &token).unwrap_err();
            assert!(error.to_string().contains("no signature of NTLM"), "{error}");
        }
    }

    // The header of a PDU is signed, and not encrypted.
    let (_, mut server) = authenticated();
    let mut bytes = [7; 48];
    let message = Message { bytes: &mut bytes, stub: 24..40, signs_header: false };
    let token = server.protect(Level::Privacy, message).unwrap();
    assert_eq!((bytes[..24].to_vec(), bytes[40..].to_vec()), (vec![7; 24], vec![7; 8]));
    assert_ne!(bytes[24..40], [7; 16]);
    assert_eq!((token.len(), server.token_length(Level::Privacy, 4).unwrap()), (16, 16));
}

/// Returns both sides of an authentication that is complete.
fn authenticated() -> (Initiator, Box<dyn Context>) {
    let mut client = Initiator::new();
    let mut server = Gssapi::load().unwrap().accept(10).unwrap().unwrap();
    let challenge = server.step(&client.step(&[])).unwrap();
    assert!(!challenge.is_complete);
    let step = server.step(&client.step(&challenge.token)).unwrap();
    assert!(step.is_complete);
    assert_eq!(server.peer().unwrap(), r"TEST\anna");
    // An association asks for it when the bind is complete.
    assert_eq!(server.token_length(Level::Privacy, 16).unwrap(), 16);
    (client, server)
}

/// Returns a PDU that is a stub and nothing else.
fn whole(stub: &mut [u8]) -> Message<'_> {
    let end = stub.len();
    Message { bytes: stub, stub: 0..end, signs_header: true }
}
