//! The system's GSSAPI library, if it is there. `cargo xtask remote` has clients use it.
#![cfg(unix)]

use mprapi_rpc::security::{Gssapi, Level, Message, Provider};

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
