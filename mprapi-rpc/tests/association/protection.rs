//! Authentication and protection, with a provider of the tests.

use std::sync::Arc;

use mprapi_rpc::association::{Association, Closed, Limits, Output, Rules};
use mprapi_rpc::pdu::{
    BindNak, Fault, Flags, Fragment, Kind, Request, Response, Secured, Syntax, TRAILER_SIZE, Verification,
    VerifiedHeader, encode,
};
use mprapi_rpc::security::{Context, Level, Message};

use crate::words::{Spoken, Words};
use crate::{Reverser, client};

/// A client that authenticates itself.
struct Speaker {
    association: Association,
    auth_level: u8,
    signs_header: bool,
    words: Spoken,
}

impl Speaker {
    fn new(auth_level: u8, signs_header: bool, rules: Rules) -> Speaker {
        let association = Association::new(Arc::new(Reverser), Limits::default(), rules);
        let association = association.with_provider(Arc::new(Words));
        Speaker { association, auth_level, signs_header, words: Spoken::new(b"") }
    }

    /// Sends a PDU with a token.
    fn say(&mut self, kind: Kind, word: &[u8]) -> Output {
        let body = if kind == Kind::Auth3 { vec![0; 4] } else { client::bind().encode().unwrap() };
        let flags =
            if self.signs_header { Flags::WHOLE.with(Flags::SUPPORT_HEADER_SIGN) } else { Flags::WHOLE };
        let secured = Secured {
            auth_type: 9,
            auth_level: self.auth_level,
            context_id: 5,
            token: word,
            align: 4,
            from: 0,
        };
        self.association.receive(&encode(kind, flags, 1, &body, Some(&secured)).unwrap())
    }

    /// Binds and authenticates itself in three steps.
    fn bound(auth_level: u8, signs_header: bool, rules: Rules) -> Speaker {
        let mut speaker = Speaker::new(auth_level, signs_header, rules);
        let output = speaker.say(Kind::Bind, b"hello");
        let ack = Fragment::decode(&output.fragments[0]).unwrap();
        assert_eq!(ack.header.kind, Kind::BindAck);
        assert_eq!(ack.security.unwrap().token, b"who");
        assert_eq!(ack.header.flags.contains(Flags::SUPPORT_HEADER_SIGN), signs_header);
        let output = speaker.say(Kind::Auth3, b"anna");
        assert_eq!((output.fragments.len(), output.closed), (0, None));
        speaker
    }

    /// Makes the PDU of a call, protected.
    fn request(&mut self, stub: &[u8]) -> Vec<u8> {
        let body =
            Request { alloc_hint: 0, context_id: 0, opnum: client::REVERSED, object: None, stub }.encode();
        let Some(level) = Level::from_code(self.auth_level).filter(|level| level.protects()) else {
            return encode(Kind::Request, Flags::WHOLE, 2, &body, None).unwrap();
        };
        let (auth_level, token) = (self.auth_level, &[0; 12]);
        let secured = Secured { auth_type: 9, auth_level, context_id: 5, token, align: 16, from: 24 };
        let mut bytes = encode(Kind::Request, Flags::WHOLE, 2, &body, Some(&secured)).unwrap();
        let end = bytes.len() - 12;
        let (before, token) = bytes.split_at_mut(end);
        let message =
            Message { bytes: before, stub: 24..end - TRAILER_SIZE, signs_header: self.signs_header };
        token.copy_from_slice(&self.words.protect(level, message).unwrap());
        bytes
    }

    /// Reads the stub of protected responses.
    fn read(&mut self, output: &Output) -> Vec<u8> {
        let mut stub = Vec::new();
        for bytes in &output.fragments {
            let mut bytes = bytes.clone();
            let end = bytes.len() - 12;
            let (before, token) = bytes.split_at_mut(end);
            let level = Level::from_code(self.auth_level).unwrap();
            let message =
                Message { bytes: before, stub: 24..end - TRAILER_SIZE, signs_header: self.signs_header };
            self.words.unprotect(level, message, token).unwrap();
            let fragment = Fragment::decode(&bytes).unwrap();
            assert!(bytes.len() <= 4280);
            stub.extend(Response::decode(fragment.body).unwrap().stub);
        }
        stub
    }
}

fn rules() -> Rules {
    Rules { is_administrator: true, account: Some("ANNA".to_owned()), ..Rules::default() }
}

#[test]
fn calls_and_answers_are_protected_at_both_levels_with_and_without_headers() {
    for (auth_level, signs_header) in [(5, false), (5, true), (6, false), (6, true)] {
        let minimum = Level::from_code(auth_level).unwrap();
        let mut speaker = Speaker::bound(auth_level, signs_header, Rules { minimum, ..rules() });
        for size in [0, 1, 4000] {
            let stub: Vec<u8> = (0..size).map(|at: usize| (at % 250) as u8).collect();
            let bytes = speaker.request(&stub);
            if size > 1 {
                let is_readable = bytes.windows(stub.len()).any(|part| part == stub);
                assert_eq!(is_readable, auth_level == 5);
            }
            let output = speaker.association.receive(&bytes);
            assert_eq!(output.closed, None);
            let expected: Vec<u8> = stub.iter().rev().copied().collect();
            assert_eq!(speaker.read(&output), expected);
        }
    }
}

#[test]
fn a_changed_byte_is_refused_where_it_is_signed() {
    let whole = Speaker::bound(6, true, rules()).request(b"some stub").len();
    for place in (0..whole).filter(|place| ![8, 9, 10, 11].contains(place)) {
        let mut speaker = Speaker::bound(6, true, rules());
        let mut bytes = speaker.request(b"some stub");
        bytes[place] ^= 0x40;
        let output = speaker.association.receive(&bytes);
        assert!(output.closed.is_some(), "byte {place}");
    }
    let mut speaker = Speaker::bound(6, true, rules());
    let bytes = speaker.request(b"some stub");
    assert_eq!(speaker.association.receive(&bytes).closed, None);
    let output = speaker.association.receive(&bytes);
    assert_eq!(client::fault(&output), Fault::SECURITY, "the same once more");
    assert!(matches!(output.closed, Some(Closed::Security(_))));
}

#[test]
fn an_unprotected_call_is_refused_once_protection_was_agreed() {
    let mut speaker = Speaker::bound(6, true, rules());
    let body = Request { alloc_hint: 0, context_id: 0, opnum: client::REVERSED, object: None, stub: b"ab" };
    let output =
        speaker.association.receive(&encode(Kind::Request, Flags::WHOLE, 2, &body.encode(), None).unwrap());
    assert_eq!(client::fault(&output), Fault::ACCESS_DENIED);
    assert_eq!(output.closed, Some(Closed::Unprotected));
    // And a call before the authentication is complete.
    let mut speaker = Speaker::new(6, true, rules());
    speaker.say(Kind::Bind, b"hello");
    let bytes = speaker.request(b"ab");
    assert_eq!(speaker.association.receive(&bytes).closed, Some(Closed::Unprotected));
}

#[test]
fn a_level_below_the_minimum_may_bind_and_not_call() {
    let mut speaker = Speaker::bound(5, true, rules());
    let bytes = speaker.request(b"ab");
    let output = speaker.association.receive(&bytes);
    assert_eq!((client::fault(&output), output.closed), (Fault::ACCESS_DENIED, None));
    let mut speaker = Speaker::bound(2, false, Rules { minimum: Level::Connect, ..rules() });
    let bytes = speaker.request(b"ab");
    let output = speaker.association.receive(&bytes);
    assert_eq!(client::stub(&output), b"ba");
}

#[test]
fn an_authentication_can_go_on_in_alter_contexts() {
    let mut speaker = Speaker::new(6, true, rules());
    speaker.say(Kind::Bind, b"hello");
    let output = speaker.say(Kind::AlterContext, b"anna?");
    let response = Fragment::decode(&output.fragments[0]).unwrap();
    assert_eq!(response.header.kind, Kind::AlterContextResponse);
    assert_eq!(response.security.unwrap().token, b"yes");
    let bytes = speaker.request(b"ab");
    let output = speaker.association.receive(&bytes);
    assert_eq!(speaker.read(&output), b"ba");
    let output = speaker.say(Kind::AlterContext, b"anna");
    assert_eq!(output.closed, Some(Closed::Unprotected), "it is complete");
}

#[test]
fn wrong_tokens_accounts_and_providers_are_refused() {
    let nak = |output: &Output| {
        let fragment = Fragment::decode(&output.fragments[0]).unwrap();
        assert_eq!(fragment.header.kind, Kind::BindNak);
        BindNak::decode(fragment.body).unwrap().reason
    };
    let output = Speaker::new(6, true, rules()).say(Kind::Bind, b"hi");
    assert_eq!(nak(&output), BindNak::INVALID_CHECKSUM);
    let output = Speaker::new(4, true, rules()).say(Kind::Bind, b"hello");
    assert_eq!(nak(&output), BindNak::AUTHENTICATION_TYPE_NOT_RECOGNIZED);
    assert_eq!(output.closed, Some(Closed::Provider { auth_type: 9, auth_level: 4 }));
    let other = Rules { account: Some("bob".to_owned()), ..rules() };
    let output = Speaker::new(6, true, other).say(Kind::Bind, b"anna?");
    assert_eq!(output.closed, Some(Closed::Account("TEST\\Anna".to_owned())));
    let mut speaker = Speaker::new(6, true, rules());
    speaker.say(Kind::Bind, b"hello");
    let output = speaker.say(Kind::Auth3, b"bob");
    assert!(output.fragments.is_empty(), "there is no answer to this kind");
    assert!(matches!(output.closed, Some(Closed::Security(_))));
    // Tokens without end.
    let mut speaker = Speaker::new(6, true, rules());
    speaker.say(Kind::Bind, b"hello");
    let closed = (0..16).find_map(|_| speaker.say(Kind::AlterContext, b"hello").closed);
    assert_eq!(closed, Some(Closed::Unprotected));
}

#[test]
fn a_bind_whose_bit_for_header_signing_was_taken_out_is_noticed() {
    let trailed = |signs_header| {
        let mut speaker = Speaker::bound(6, signs_header, rules());
        let header = VerifiedHeader::of_request(2, 0, client::REVERSED);
        let mut stub = b"abcd".to_vec();
        Verification::new(Verification::SUPPORTS_HEADER_SIGN, Syntax::DIMSVC, header).append(&mut stub);
        let bytes = speaker.request(&stub);
        let output = speaker.association.receive(&bytes);
        (output, speaker)
    };
    let (output, mut speaker) = trailed(true);
    assert_eq!(speaker.read(&output), b"dcba");
    let (output, _) = trailed(false);
    assert_eq!(client::fault(&output), Fault::ACCESS_DENIED);
}
