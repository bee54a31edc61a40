//! Opening, writing, reading, and the ends.

use mprapi_rpc::pipe::Pipe as _;
use mprapi_rpc::smb::{Cipher, Dialect, Signing};
use mprapi_rpc::{Failure, Layer};

use crate::server::{
    BUFFER_OVERFLOW, CLOSE, CONTROL, CREATE, LOGOFF, NEGOTIATE, PENDING, Plan, READ, SESSION_SETUP,
    TREE_CONNECT, WRITE,
};
use crate::{assert_failure, open, refused, soon};

#[test]
fn every_dialect_cipher_and_signature_opens_a_pipe_and_carries_messages() {
    let newest = (1..=4).flat_map(|cipher| [None, Some(1), Some(2)].map(|signing| (0x0311, cipher, signing)));
    let all: Vec<_> = newest.chain([(0x0300, 1, None), (0x0302, 1, None)]).collect();
    assert_eq!(all.len(), 14);
    for (dialect, cipher, signing) in all {
        let (server, pipe) = open(Plan::new(dialect, cipher, signing));
        let mut pipe = pipe.unwrap();
        let negotiated = pipe.negotiated();
        assert_eq!(Some(negotiated.dialect), Dialect::from_code(dialect));
        assert_eq!(Some(negotiated.cipher), Cipher::from_code(cipher));
        assert_eq!(Some(negotiated.signing), Signing::from_code(signing.unwrap_or(1)));
        let message: Vec<u8> = (0..60_000_u32).map(|number| number as u8).collect();
        assert_eq!(pipe.transact(&message, 65_536, soon()).unwrap(), message);
        pipe.write(b"hello", soon()).unwrap();
        assert_eq!(pipe.read(100, soon()).unwrap(), b"hello");
        pipe.close(soon()).unwrap();

        let seen = server.seen();
        let asked = if dialect == 0x0311 { None } else { Some(CONTROL) };
        let mut expected = vec![NEGOTIATE, SESSION_SETUP, SESSION_SETUP, TREE_CONNECT];
        expected.extend(asked);
        expected.extend([CREATE, CONTROL, WRITE, READ, CLOSE, LOGOFF]);
        assert_eq!(seen.iter().map(|seen| seen.command).collect::<Vec<_>>(), expected);
        assert!(seen.iter().all(|seen| seen.is_encrypted == (seen.command > SESSION_SETUP)));
    }
}

#[test]
fn a_message_longer_than_the_buffer_is_read_in_parts() {
    let (server, pipe) = open(Plan::usual());
    let mut pipe = pipe.unwrap();
    let message: Vec<u8> = (0..100_u8).collect();
    let mut read = pipe.transact(&message, 30, soon()).unwrap();
    assert_eq!(read.len(), 30);
    while read.len() < message.len() {
        read.extend(pipe.read(30, soon()).unwrap());
    }
    assert_eq!(read, message);
    drop(pipe);
    let seen = server.commands();
    assert_eq!(seen[5..], [CONTROL, READ, READ, READ, CLOSE, LOGOFF], "dropping the pipe closes it");
}

#[test]
fn an_answer_may_come_after_one_that_says_that_it_takes_long() {
    let plan = Plan::usual().changing(|answer| {
        let mut first = answer.clone();
        first.status = PENDING;
        (first.flags, first.tree) = (3, 0x1_0000_0042);
        first.body = vec![9, 0, 0, 0, 0, 0, 0, 0, 0];
        if answer.command >= CREATE {
            // The credits came with the first answer.
            (answer.flags, answer.tree, answer.credits) = (3, 0x1_0000_0042, 0);
            answer.before = vec![first];
        }
    });
    let (_server, pipe) = open(plan);
    let mut pipe = pipe.unwrap();
    for _ in 0..20 {
        assert_eq!(pipe.transact(b"hello", 100, soon()).unwrap(), b"hello");
    }
    pipe.close(soon()).unwrap();
}

#[test]
fn a_server_without_the_operation_that_writes_and_reads_is_asked_once() {
    let (server, pipe) = open(Plan { transacts: false, ..Plan::usual() });
    let mut pipe = pipe.unwrap();
    assert_eq!(pipe.transact(b"one", 100, soon()).unwrap(), b"one");
    assert_eq!(pipe.transact(b"two", 100, soon()).unwrap(), b"two");
    drop(pipe);
    assert_eq!(server.commands()[5..], [CONTROL, WRITE, READ, WRITE, READ, CLOSE, LOGOFF]);
}

#[test]
fn a_pipe_that_does_not_exist_and_one_that_is_denied_say_so() {
    let creates = |status| {
        Plan::usual().changing(move |answer| {
            if answer.command == CREATE {
                answer.refuse(status);
            }
        })
    };
    for status in [0xC000_0034, 0xC000_00AC, 0xC000_00AB, 0xC000_0236] {
        let (failure, seen) = refused(creates(status));
        assert_failure(&failure, Layer::Service, 1722, "server has no pipe ROUTER");
        assert_eq!(seen.last(), Some(&CREATE));
    }
    let (failure, _) = refused(creates(0xC000_0022));
    assert_failure(&failure, Layer::Right, 5, "Administrators");
    let (failure, _) = refused(creates(0xC000_0001));
    assert_failure(&failure, Layer::Service, 1722, "0xc0000001");

    let share = |status| {
        Plan::usual().changing(move |answer| {
            if answer.command == TREE_CONNECT {
                answer.refuse(status);
            }
        })
    };
    let (failure, seen) = refused(share(0xC000_0022));
    assert_failure(&failure, Layer::Right, 5, "IPC$");
    assert_eq!(seen.last(), Some(&TREE_CONNECT));
    let (failure, _) = refused(share(0xC000_00CC));
    assert_failure(&failure, Layer::Smb, 1722, "0xc00000cc");
    let disk = Plan::usual().changing(|answer| {
        if answer.command == TREE_CONNECT {
            answer.body[2] = 1;
        }
    });
    assert_failure(&refused(disk).0, Layer::Smb, 1722, "no named pipes");
}

/// Makes the first answer after the pipe is open another, and returns the failure of the call and of the next one.
fn call(change: impl Fn(&mut crate::server::Answer) + Send + 'static) -> (Failure, Failure) {
    let (server, pipe) = open(Plan::usual().changing(move |answer| {
        if answer.command == CONTROL {
            change(answer);
        }
    }));
    let mut pipe = pipe.unwrap();
    let failure = pipe.transact(b"hello", 100, soon()).unwrap_err();
    let next = pipe.write(b"hello", soon()).unwrap_err();
    drop(pipe);
    assert_eq!(server.commands().last(), Some(&CONTROL), "nothing is sent on a pipe that failed");
    (failure, next)
}

#[test]
fn a_call_that_the_server_refuses_fails_once_and_for_all() {
    for status in [0xC000_00B0, 0xC000_00B1, 0xC000_014B, 0xC000_0128, 0xC000_0011] {
        let (failure, next) = call(move |answer| answer.refuse(status));
        assert_failure(&failure, Layer::Call, 1726, "has closed it");
        assert_failure(&next, Layer::Call, 1726, "was closed");
    }
    for status in [0xC000_0203, 0xC000_035C, 0xC000_00C9] {
        assert_failure(&call(move |answer| answer.refuse(status)).0, Layer::Smb, 1726, "connect again");
    }
    assert_failure(&call(|answer| answer.refuse(0xC000_009A)).0, Layer::Call, 1726, "0xc000009a");
}

#[test]
fn an_answer_that_is_not_the_requests_own_is_refused() {
    let other = "another request";
    assert_failure(&call(|answer| answer.message_id += 1).0, Layer::Smb, 1726, other);
    assert_failure(&call(|answer| answer.message_id = u64::MAX).0, Layer::Smb, 1726, other);
    assert_failure(&call(|answer| answer.command = READ).0, Layer::Smb, 1726, other);
    assert_failure(&call(|answer| answer.tree += 1 << 32).0, Layer::Smb, 1726, other);
    assert_failure(&call(|answer| answer.command = 18).0, Layer::Smb, 1726, "Command");
    assert_failure(&call(|answer| answer.session += 1).0, Layer::Smb, 1726, "SessionId");
    assert_failure(&call(|answer| answer.flags = 0).0, Layer::Smb, 1726, "no answer");
    assert_failure(&call(|answer| answer.next = 64).0, Layer::Smb, 1726, "no answer");
    assert_failure(&call(|answer| answer.flags = 3).0, Layer::Smb, 1726, "another operation");
    assert_failure(&call(|answer| answer.status = PENDING).0, Layer::Smb, 1726, "another operation");
    let twice = |answer: &mut crate::server::Answer| {
        (answer.status, answer.flags, answer.tree) = (PENDING, 3, 5);
        answer.before = vec![answer.clone()];
    };
    assert_failure(&call(twice).0, Layer::Smb, 1726, "another operation");
    let changed = |answer: &mut crate::server::Answer| {
        let mut first = answer.clone();
        (first.status, first.flags, first.tree) = (PENDING, 3, 5);
        (answer.flags, answer.tree) = (3, 6);
        answer.before = vec![first];
    };
    assert_failure(&call(changed).0, Layer::Smb, 1726, "another operation");
}

#[test]
fn an_answer_that_is_not_encrypted_is_refused_even_if_it_says_an_error() {
    let plain = "is not encrypted";
    assert_failure(&call(|answer| answer.is_encrypted = false).0, Layer::Smb, 1726, plain);
    let deleted = |answer: &mut crate::server::Answer| {
        answer.refuse(0xC000_0203);
        answer.is_encrypted = false;
    };
    assert_failure(&call(deleted).0, Layer::Smb, 1726, plain);
    for command in [TREE_CONNECT, CREATE] {
        let (failure, seen) = refused(Plan::usual().changing(move |answer| {
            answer.is_encrypted &= answer.command != command;
        }));
        assert_failure(&failure, Layer::Smb, 1722, plain);
        assert_eq!(seen.last(), Some(&command));
    }
}

#[test]
fn lengths_that_a_message_does_not_justify_are_refused() {
    let set = |at: usize, number: u32| {
        move |answer: &mut crate::server::Answer| {
            answer.body[at..at + 4].copy_from_slice(&number.to_le_bytes());
        }
    };
    // The count and the offset of the output, whose 5 bytes are at 112.
    for count in [6, 101, 0x7fff_ffff, u32::MAX] {
        let part = if count > 100 { "limit of 100" } else { "needs 6 bytes" };
        assert_failure(&call(set(36, count)).0, Layer::Smb, 1726, part);
    }
    for offset in [0, 64, 111] {
        assert_failure(&call(set(32, offset)).0, Layer::Smb, 1726, "not allowed here");
    }
    for offset in [113, 117, 0x7fff_ffff, u32::MAX] {
        assert_failure(&call(set(32, offset)).0, Layer::Smb, 1726, "needs 5 bytes");
    }
    assert_failure(&call(set(4, 1)).0, Layer::Smb, 1726, "CtlCode");
    assert_failure(&call(set(8, 1)).0, Layer::Smb, 1726, "FileId");
    assert_failure(&call(|answer| answer.body[0] = 48).0, Layer::Smb, 1726, "StructureSize");
    let empty = |answer: &mut crate::server::Answer| {
        answer.body[36] = 0;
        answer.status = BUFFER_OVERFLOW;
    };
    assert_failure(&call(empty).0, Layer::Smb, 1726, "no bytes");
}

#[test]
fn a_read_and_a_write_are_checked_as_a_call_is() {
    let plan = |command: u16, at: usize, byte: u8| {
        Plan::usual().changing(move |answer| {
            if answer.command == command {
                answer.body[at] = byte;
            }
        })
    };
    let read = |at, byte| {
        let mut pipe = open(plan(READ, at, byte)).1.unwrap();
        pipe.write(b"hello", soon()).unwrap();
        pipe.read(100, soon()).unwrap_err()
    };
    assert_failure(&read(2, 79), Layer::Smb, 1726, "not allowed here");
    assert_failure(&read(2, 81), Layer::Smb, 1726, "needs 5 bytes");
    assert_failure(&read(4, 101), Layer::Smb, 1726, "limit of 100");
    assert_failure(&read(4, 6), Layer::Smb, 1726, "needs 6 bytes");
    assert_failure(&read(4, 0), Layer::Smb, 1726, "no bytes");
    let mut pipe = open(plan(WRITE, 4, 4)).1.unwrap();
    assert_failure(&pipe.write(b"hello", soon()).unwrap_err(), Layer::Smb, 1726, "only a part");
}

#[test]
fn a_message_that_no_server_takes_is_not_sent() {
    let (server, pipe) = open(Plan::usual());
    let mut pipe = pipe.unwrap();
    assert_failure(&pipe.write(&[0; 65_537], soon()).unwrap_err(), Layer::Smb, 1726, "65537");
    drop(pipe);
    assert_eq!(server.commands().last(), Some(&CREATE));
}

#[test]
fn a_server_that_grants_no_credit_is_refused() {
    let (failure, seen) = refused(Plan::usual().changing(|answer| {
        answer.credits = u16::from(answer.index == 0);
    }));
    assert_failure(&failure, Layer::Smb, 1722, "no credit");
    assert_eq!(seen, [NEGOTIATE, SESSION_SETUP]);
}
