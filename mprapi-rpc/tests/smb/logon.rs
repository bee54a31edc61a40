//! The logon, and its last answer.

use std::time::{Duration, Instant};

use mprapi_rpc::Layer;

use crate::account::Fake;
use crate::server::{Answer, MORE_PROCESSING_REQUIRED, NEGOTIATE, Plan, SESSION_SETUP};
use crate::{assert_failure, open_as, refused, soon};

/// Changes the answers of the logon. Nothing may follow them.
#[track_caller]
fn logging_on(change: impl Fn(&mut Answer) + Send + 'static, layer: Layer, code: u32, part: &str) {
    let (failure, seen) = refused(Plan::usual().changing(move |answer| {
        if answer.command == SESSION_SETUP {
            change(answer);
        }
    }));
    assert_failure(&failure, layer, code, part);
    assert!(seen[0] == NEGOTIATE && seen[1..].iter().all(|command| *command == SESSION_SETUP), "{seen:?}");
}

/// Changes the last answer of the logon before it is signed.
#[track_caller]
fn ending(change: impl Fn(&mut Answer) + Send + 'static, layer: Layer, code: u32, part: &str) {
    let last = move |answer: &mut Answer| {
        if answer.index == 2 {
            change(answer);
        }
    };
    logging_on(last, layer, code, part);
}

#[test]
fn a_logon_that_is_refused_says_why() {
    for (status, part) in [
        (0xC000_006D, "the name or the password is wrong"),
        (0xC000_0234, "locked out"),
        (0xC000_0193, "has expired"),
        (0xC000_0071, "the password has expired"),
        (0xC000_0072, "disabled"),
        (0xC000_0133, "the clocks differ"),
        (0xC000_0022, "denied access"),
        (0xC000_015B, "over the network"),
        (0xC000_0418, "NTLM is blocked"),
        (0xC000_1234, "0xc0001234"),
    ] {
        logging_on(move |answer| answer.refuse(status), Layer::Logon, 1326, part);
        ending(move |answer| answer.refuse(status), Layer::Logon, 1326, part);
    }
}

#[test]
fn a_server_that_cannot_log_anybody_on_now_does_not_say_that_the_account_is_wrong() {
    for status in [0xC000_009A, 0xC000_00D0, 0xC000_00E5, 0xC000_0205] {
        logging_on(move |answer| answer.refuse(status), Layer::Logon, 1722, "try again");
    }
}

#[test]
fn a_session_as_a_guest_or_as_nobody_is_refused() {
    for flags in [1, 2, 3, 5, 6] {
        ending(move |answer| answer.body[2] = flags, Layer::Logon, 1326, "guest");
    }
}

#[test]
fn the_last_answer_of_the_logon_must_be_signed() {
    let unsigned = |answer: &mut Answer| {
        answer.is_signed = false;
        answer.flags = 1;
    };
    ending(unsigned, Layer::Smb, 1722, "not signed");
    // The flag alone signs nothing.
    ending(|answer| answer.is_signed = false, Layer::Smb, 1722, "signature");
    // A signature alone counts for nothing without the flag.
    ending(|answer| answer.flags = 1, Layer::Smb, 1722, "not signed");
}

#[test]
fn the_session_has_one_number_from_the_first_answer_on() {
    logging_on(|answer| answer.session = 0, Layer::Smb, 1722, "no number");
    ending(|answer| answer.session += 1, Layer::Smb, 1722, "another request");
}

#[test]
fn an_authentication_ends_for_both_sides_at_once() {
    let early = |answer: &mut Answer| {
        answer.status = 0;
        answer.is_signed = true;
        answer.flags = 9;
    };
    logging_on(early, Layer::Smb, 1722, "before it was complete");
    let late = |answer: &mut Answer| {
        answer.status = MORE_PROCESSING_REQUIRED;
        answer.is_signed = false;
        answer.flags = 1;
    };
    // The account's own side is complete then, and has no token for the server.
    ending(late, Layer::Smb, 1722, "goes on with");
}

#[test]
fn a_token_that_the_account_does_not_believe_ends_the_logon() {
    logging_on(|answer| answer.body[8] ^= 1, Layer::Logon, 1326, "the token is another");
}

#[test]
fn an_authentication_without_end_is_ended() {
    let endless = Plan::usual().changing(|answer| {
        if answer.command == SESSION_SETUP {
            answer.status = MORE_PROCESSING_REQUIRED;
            answer.is_signed = false;
            answer.flags = 1;
        }
    });
    let (server, opened) = open_as(endless, Fake { tokens: 1_000, ..Fake::USUAL }, soon());
    assert_failure(&opened.map(drop).unwrap_err(), Layer::Smb, 1722, "no end");
    let rounds = server.commands().len() - 1;
    assert_eq!(rounds, 8);
}

#[test]
fn a_token_that_no_server_takes_is_not_sent() {
    let (server, opened) = open_as(Plan::usual(), Fake { length: 65_536, ..Fake::USUAL }, soon());
    assert_failure(&opened.map(drop).unwrap_err(), Layer::Logon, 1326, "65536 bytes");
    assert_eq!(server.commands(), [NEGOTIATE]);
}

#[test]
fn an_account_that_takes_longer_than_the_limit_is_not_sent() {
    let limit = Duration::from_millis(150);
    let account = Fake { pause: 2 * limit, ..Fake::USUAL };
    let (server, opened) = open_as(Plan::usual(), account, Instant::now() + limit);
    assert_failure(&opened.map(drop).unwrap_err(), Layer::Logon, 1722, "domain controllers");
    assert_eq!(server.commands(), [NEGOTIATE]);
}
