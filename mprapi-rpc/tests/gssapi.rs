//! The system's GSSAPI library, if it is there. `cargo xtask remote` has clients use it.
#![cfg(unix)]

mod initiator;

use std::path::Path;
use std::process::Command;

use initiator::Peer;
use mprapi_rpc::security::{Account, Context, Error, Gssapi, Initiator, Level, Message, Provider, Service};

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

/// Runs an ignored test of this program in a process of its own, with an environment.
fn run(test: &str, environment: &[(&str, &Path)]) {
    let done = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture"])
        .envs(environment.iter().copied())
        // The mechanism of NTLM forgets what it has loaded of OpenSSL, once a context.
        .env("ASAN_OPTIONS", "detect_leaks=0")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && said.contains("1 passed"), "{said}");
}

/// Returns the error of a logon before its second token.
fn refused(account: Account, service: Service, host: &str) -> Error {
    let begun = Gssapi::client(account).unwrap().initiate(service, host);
    begun.and_then(|mut context| context.step(&[])).expect_err("nobody can log on here")
}

#[test]
fn a_logon_that_cannot_begin_says_what_to_do() {
    if let Err(error) = Gssapi::load() {
        println!("skipped: {error}");
        return;
    }
    // Nothing of this machine's is used.
    let nothing = Path::new("/nonexistent/mprapi-rpc");
    run("without_a_ticket", &[("KRB5CCNAME", nothing), ("KRB5_CONFIG", nothing)]);
}

#[test]
#[ignore = "a_logon_that_cannot_begin_says_what_to_do runs it"]
fn without_a_ticket() {
    for service in [Service::Host, Service::Cifs] {
        let error = refused(Account::Ticket, service, "vpn01.example.com").to_string();
        assert!(error.starts_with("taking the credentials failed: "), "{error}");
        assert!(error.contains("`kinit user@REALM`"), "{error}");
    }
    let password = "Simul4ted".to_owned();
    let account =
        Account::Password { user: "anna@EXAMPLE.COM".into(), password: password.into(), ntlm: false };
    assert!(!format!("{account:?}").contains("Simul4ted"), "{account:?}");
    let error = refused(account, Service::Host, "vpn01.example.com").to_string();
    assert!(!error.contains("Simul4ted"), "{error}");
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
    run("with_an_account", &[(ACCOUNTS, &accounts)]);
    let nothing = Path::new("/nonexistent/mprapi-rpc");
    run("a_client_with_an_account", &[(ACCOUNTS, &accounts), ("KRB5CCNAME", nothing)]);
    std::fs::remove_file(&accounts).unwrap();
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
        // One byte is encrypted as itself in one of 256 sessions.
        assert!(stub != call || call.len() == 1);
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

#[test]
#[ignore = "privacy_with_ntlm_is_that_of_its_mechanism runs it"]
fn a_client_with_an_account() {
    assert!(std::env::var_os(ACCOUNTS).is_some());
    for host in ["", "two words", "user@host", "host/other", "nul\0", "back\\slash"] {
        let error = refused(anna("Simul4ted"), Service::Host, host).to_string();
        assert!(error.starts_with("naming the server failed: "), "{error}");
    }
    // The library's own server, without any code of the crate.
    let (mut client, mut server) = (initiated(Service::Host), Peer::accepting());
    let token = client.step(&[]).unwrap().token;
    assert_eq!(client.session_key().unwrap_err().text, "the authentication is not complete");
    assert!(client.step(&[]).is_err(), "a server has a token");
    let token = server.accept(&token);
    let token = server.accept(&client.step(&token).unwrap().token);
    assert!(client.step(&token).unwrap().is_complete);
    assert!(client.step(&token).is_err(), "it is complete");
    for call in [&b"a"[..], &[7; 64], &[0xa5; 5000]] {
        let mut stub = call.to_vec();
        let token = client.protect(Level::Privacy, whole(&mut stub)).unwrap();
        // One byte is encrypted as itself in one of 256 sessions.
        assert!(stub != call || call.len() == 1);
        assert_eq!(server.unwrap(&[&token, &*stub].concat()).as_deref(), Some(call));
        let mut sealed = server.wrap(call);
        let (signature, stub) = sealed.split_at_mut(16);
        client.unprotect(Level::Privacy, whole(stub), signature).unwrap();
        assert_eq!(stub, call);
    }

    // The crate's own server.
    let (mut client, mut server) = pair(&anna("Simul4ted"), Service::Cifs);
    let token = server.step(&client.step(&[]).unwrap().token).unwrap().token;
    let step = server.step(&client.step(&token).unwrap().token).unwrap();
    assert!(step.is_complete && client.step(&step.token).unwrap().is_complete);
    assert_eq!(
        (client.peer().unwrap(), server.peer().unwrap()),
        ("cifs/localhost".into(), r"TEST\anna".into())
    );
    assert_eq!(client.session_key().unwrap(), server.session_key().unwrap());
    assert_eq!(client.session_key().unwrap().len(), 16);
    let mut bytes = [7; 48];
    let token = client.protect(Level::Privacy, message(&mut bytes)).unwrap();
    assert_ne!(bytes[24..40], [7; 16]);
    server.unprotect(Level::Privacy, message(&mut bytes), &token).unwrap();
    assert_eq!(bytes, [7; 48]);
    let token = server.protect(Level::Privacy, message(&mut bytes)).unwrap();
    let error = server.unprotect(Level::Privacy, message(&mut [7; 48]), &token).unwrap_err();
    assert!(error.to_string().contains("the signature is not the peer's"), "it is its own: {error}");
    bytes[3] ^= 1;
    let error = client.unprotect(Level::Privacy, message(&mut bytes), &token).unwrap_err();
    assert!(error.to_string().contains("the signature is not the peer's"), "{error}");

    // A wrong password is the server's to find.
    let (mut client, mut server) = pair(&anna("Wr0ng"), Service::Host);
    let token = server.step(&client.step(&[]).unwrap().token).unwrap().token;
    server.step(&client.step(&token).unwrap().token).unwrap_err();

    // A server that knows NTLM alone gets nothing of a user of Kerberos, and what it says instead is refused.
    let kerberos = refused(Account::Ticket, Service::Host, "localhost");
    assert!(kerberos.to_string().contains("kinit"), "{kerberos}");
}

/// Returns a PDU with a stub between a header and a trailer.
fn message(bytes: &mut [u8]) -> Message<'_> {
    Message { bytes, stub: 24..40, signs_header: true }
}

/// Returns an account of NTLM.
fn anna(password: &str) -> Account {
    Account::Password { user: r"TEST\anna".to_owned(), password: password.to_owned().into(), ntlm: true }
}

/// Returns a client's context.
fn initiated(service: Service) -> Box<dyn Context> {
    Gssapi::client(anna("Simul4ted")).unwrap().initiate(service, "localhost").unwrap()
}

/// Returns a client's context and a server's.
fn pair(account: &Account, service: Service) -> (Box<dyn Context>, Box<dyn Context>) {
    let client = Gssapi::client(account.clone()).unwrap().initiate(service, "localhost").unwrap();
    (client, Gssapi::load().unwrap().accept(9).unwrap().unwrap())
}

/// Returns both sides of an authentication that is complete.
fn authenticated() -> (Peer, Box<dyn Context>) {
    let mut client = Peer::initiating();
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
