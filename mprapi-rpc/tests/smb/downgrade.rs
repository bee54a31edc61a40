//! Servers, or those between, that want less protection.

use mprapi_rpc::Layer;
use mprapi_rpc::pipe::Pipe as _;

use crate::server::{Answer, CONTROL, Delivery, NEGOTIATE, Plan, SESSION_SETUP, TREE_CONNECT, Wire};
use crate::{assert_failure, lengths, open, refused, soon};

/// Changes the body of the negotiation's answer. Nothing may follow it.
#[track_caller]
fn negotiating(change: impl Fn(&mut Answer) + Send + 'static, part: &str) {
    let (failure, seen) = refused(Plan::usual().changing(move |answer| {
        if answer.command == NEGOTIATE {
            change(answer);
        }
    }));
    assert_failure(&failure, Layer::Smb, 1722, part);
    assert_eq!(seen, [NEGOTIATE], "{failure}");
}

fn set(answer: &mut Answer, at: usize, bytes: &[u8]) {
    answer.body[at..at + bytes.len()].copy_from_slice(bytes);
}

#[test]
fn an_older_or_an_unknown_dialect_is_refused() {
    for dialect in [0x0202_u16, 0x0210, 0x02ff, 0x0301, 0x0310, 0x0312, 0xffff, 0] {
        negotiating(move |answer| set(answer, 4, &dialect.to_le_bytes()), "has no SMB 3");
    }
    negotiating(|answer| answer.refuse(0xC000_00BB), "has no SMB 3");
    negotiating(|answer| answer.refuse(0xC000_0001), "0xc0000001");
}

#[test]
fn an_answer_of_smb_1_is_refused() {
    let (failure, seen) = refused(Plan::usual().rewriting(|wire| {
        wire.bytes[4] = 0xff;
        Delivery::Whole
    }));
    assert_failure(&failure, Layer::Smb, 1722, "SMB 1");
    assert_eq!(seen, [NEGOTIATE]);
}

#[test]
fn a_server_that_does_not_encrypt_hears_of_no_account() {
    let none = "does not encrypt";
    // The contexts of hash, cipher and signature are at 72, 96 and 112 of the body, their codes 10, 10 and 10 further.
    negotiating(|answer| set(answer, 96 + 10, &[0, 0]), none);
    negotiating(|answer| set(answer, 96, &[9, 0]), none);
    negotiating(|answer| set(answer, 96 + 10, &[5, 0]), "the cipher 0x0005");
    negotiating(|answer| set(answer, 96 + 8, &[2, 0]), "AlgorithmCount");
    negotiating(|answer| set(answer, 112, &[2, 0]), "ContextType");
    for dialect in [0x0300, 0x0302] {
        let (failure, seen) = refused(Plan::new(dialect, 1, None).changing(|answer| {
            if answer.command == NEGOTIATE {
                answer.body[24] = 0;
            }
        }));
        assert_failure(&failure, Layer::Smb, 1722, none);
        assert_eq!(seen, [NEGOTIATE]);
    }
}

#[test]
fn a_server_that_does_not_sign_or_hash_as_it_must_is_refused() {
    negotiating(|answer| set(answer, 2, &[0, 0]), "does not sign");
    negotiating(|answer| set(answer, 72, &[9, 0]), "SHA-512");
    negotiating(|answer| set(answer, 72 + 12, &[2, 0]), "SHA-512");
    negotiating(|answer| set(answer, 112 + 10, &[0, 0]), "sign with 0x0000");
    negotiating(|answer| set(answer, 112 + 10, &[3, 0]), "sign with 0x0003");
}

#[test]
fn a_negotiation_with_sizes_that_cannot_be_is_refused() {
    for at in [28, 32, 36] {
        negotiating(move |answer| set(answer, at, &0xffff_u32.to_le_bytes()), "demands");
    }
    negotiating(|answer| set(answer, 6, &[17, 0]), "NegotiateContextCount");
    negotiating(|answer| set(answer, 6, &[4, 0]), "NegotiateContext");
    negotiating(|answer| set(answer, 60, &[137, 0]), "NegotiateContextOffset");
    negotiating(|answer| set(answer, 60, &[64, 0]), "NegotiateContextOffset");
    negotiating(|answer| set(answer, 60, &[0xff; 4]), "NegotiateContextOffset");
    negotiating(|answer| set(answer, 72 + 2, &[0xff, 0xff]), "Data");
    negotiating(|answer| set(answer, 58, &[0xff, 0xff]), "SecurityBuffer");
    negotiating(|answer| set(answer, 56, &[64, 0]), "SecurityBuffer");
}

/// Changes a byte of the negotiation's answer on its way: the server does not know of it.
fn between(plan: Plan, at: usize, byte: u8) -> (mprapi_rpc::Failure, Vec<u16>) {
    refused(plan.rewriting(move |wire: &mut Wire| {
        if wire.command == NEGOTIATE {
            wire.bytes[4 + 64 + at] = byte;
        }
        Delivery::Whole
    }))
}

#[test]
fn who_changes_the_negotiation_of_smb_3_1_1_cannot_sign() {
    // Each byte that the client can do with: the server's number, times, buffers, token.
    for at in [8, 23, 30, 40, 64, 71] {
        let (failure, seen) = between(Plan::usual(), at, 0x20);
        assert_failure(&failure, Layer::Smb, 1722, "the signature of the logon's last answer is wrong");
        assert_eq!(seen, [NEGOTIATE, SESSION_SETUP, SESSION_SETUP]);
    }
    // A cipher that is worse, and an algorithm that signs worse.
    for at in [96 + 10, 112 + 10] {
        let (failure, _) = between(Plan::usual(), at, 1);
        assert_failure(&failure, Layer::Smb, 1722, "somebody between tampers");
    }
}

#[test]
fn no_byte_of_any_answer_of_smb_3_1_1_can_be_changed() {
    let mut flipped = 0;
    for (index, length) in lengths().into_iter().enumerate() {
        // The length before a message is not protected: a wrong one cuts it.
        for at in 4..length {
            let plan = Plan::usual().rewriting(move |wire| {
                if wire.index == index {
                    wire.bytes[at] ^= 0x10;
                }
                Delivery::Whole
            });
            let (_server, pipe) = open(plan);
            let call = pipe.and_then(|mut pipe| pipe.transact(b"hello", 100, soon()));
            let failure = call.expect_err("the answer is another");
            assert!(matches!(failure.layer, Layer::Smb | Layer::Logon), "byte {at} of {index}: {failure}");
            flipped += 1;
        }
    }
    assert!(flipped > 700, "{flipped}");
}

#[test]
fn who_changes_the_negotiation_of_smb_3_0_is_found_out_by_the_question() {
    for dialect in [0x0300, 0x0302] {
        for (at, byte) in [(2, 3), (8, 0), (23, 0), (24, 0x60), (27, 1)] {
            let (failure, seen) = between(Plan::new(dialect, 1, None), at, byte);
            assert_failure(&failure, Layer::Smb, 1722, "negotiated something else");
            assert_eq!(seen[3..], [TREE_CONNECT, CONTROL], "the pipe is not opened");
        }
    }
    // 3.0.2 became 3.0.
    let (failure, _) = between(Plan::new(0x0302, 1, None), 4, 0);
    assert_failure(&failure, Layer::Smb, 1722, "negotiated something else");
}

#[test]
fn a_server_that_does_not_confirm_the_negotiation_of_smb_3_0_is_refused() {
    for status in [0xC000_0022, 0xC000_00BB, 0xC000_0010] {
        let (failure, seen) = refused(Plan::new(0x0302, 1, None).changing(move |answer| {
            if answer.command == CONTROL {
                answer.refuse(status);
            }
        }));
        assert_failure(&failure, Layer::Smb, 1722, "does not confirm");
        assert_eq!(seen.last(), Some(&CONTROL));
    }
    let short = Plan::new(0x0302, 1, None).changing(|answer| {
        if answer.command == CONTROL {
            answer.body[36] = 23;
        }
    });
    assert_failure(&refused(short).0, Layer::Smb, 1722, "needs 2 bytes");
}
