//! Messages of SMB 3: bytes that can be decoded are parts of the message, and headers are encoded to the same bytes.

use mprapi_rpc::smb::message::{
    ControlAnswer, ControlCode, ControlRequest, CreateAnswer, FileId, Header, NegotiateAnswer,
    NegotiateContext, ReadAnswer, SessionSetupAnswer, Transform, TreeConnectAnswer, ValidateAnswer,
    WriteAnswer,
};

/// The most bytes for which a request asks.
const MOST: u32 = 1_000;

/// Reads a message as each kind of answer.
pub fn run(bytes: &[u8]) {
    if let Ok(header) = Header::decode(bytes) {
        let mut again = Vec::new();
        header.encode(&mut again);
        assert_eq!(Header::decode(&again), Ok(header));
        assert_eq!(header.tree().is_none(), header.operation().is_some());
    }
    if let Ok(answer) = NegotiateAnswer::decode(bytes) {
        part(bytes, answer.token);
        assert!(answer.contexts.len() <= usize::from(NegotiateAnswer::MOST_CONTEXTS));
        answer.contexts.iter().for_each(|context| part(bytes, context.data));
        for kind in [NegotiateContext::HASHES, NegotiateContext::CIPHERS, NegotiateContext::SIGNINGS] {
            let count = answer.contexts.iter().filter(|context| context.kind == kind).count();
            match answer.chosen(kind) {
                Ok(chosen) => assert_eq!(usize::from(chosen.is_some()), count),
                Err(_) => assert_ne!(count, 0),
            }
        }
    }
    if let Ok(answer) = SessionSetupAnswer::decode(bytes) {
        part(bytes, answer.token);
    }
    if let Ok(answer) = ControlAnswer::decode(bytes, &request()) {
        part(bytes, answer.output);
        assert!(answer.output.len() <= MOST as usize);
        if let Ok(answer) = ValidateAnswer::decode(answer.output) {
            assert_eq!(answer, answer.clone());
        }
    }
    if let Ok(answer) = ReadAnswer::decode(bytes, MOST) {
        part(bytes, answer.data);
        assert!(answer.data.len() <= MOST as usize);
    }
    if let Ok(header) = Transform::decode(bytes) {
        let mut again = Vec::new();
        header.encode(&mut again);
        assert_eq!(again.len() + header.size as usize, bytes.len());
        again.extend(&bytes[Transform::SIZE..]);
        assert_eq!(Transform::decode(&again), Ok(header));
    }
    let _ = TreeConnectAnswer::decode(bytes);
    let _ = CreateAnswer::decode(bytes);
    let _ = WriteAnswer::decode(bytes);
}

fn request() -> ControlRequest<'static> {
    ControlRequest { code: ControlCode::ValidateNegotiate, file: FileId::NONE, input: &[], most: MOST }
}

/// Checks that a part lies within the message.
fn part(whole: &[u8], part: &[u8]) {
    let (whole, part) = (whole.as_ptr_range(), part.as_ptr_range());
    assert!(part.is_empty() || whole.start <= part.start && part.end <= whole.end);
}

/// An answer of each kind.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let numbers =
        |numbers: &[u32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
    let message = |command: u8, body: &[&[u8]]| {
        let head = [b"\xfeSMB\x40\0\0\0\0\0\0\0", &[command, 0, 1, 0, 1][..], &[0; 47]].concat();
        [head, body.concat()].concat()
    };
    let context = |kind: u8, data: &[u8]| [&[kind, 0, data.len() as u8, 0, 0, 0, 0, 0], data].concat();
    let contexts = [
        context(1, &[1, 0, 4, 0, 1, 0, 9, 9, 9, 9]),
        vec![0; 6],
        context(2, &[1, 0, 2, 0]),
        vec![0; 4],
        context(8, &[1, 0, 2, 0]),
    ];
    let sizes = numbers(&[0x40, 0x10_0000, 0x10_0000, 0x10_0000]);
    let negotiate: &[&[u8]] = &[
        &[65, 0, 1, 0, 0x11, 3, 3, 0],
        &[7; 16],
        &sizes,
        &[0; 16],
        &[128, 0, 8, 0, 136, 0, 0, 0],
        b"a token.",
    ];
    let validated = [&numbers(&[0x40])[..], &[7; 16], &[1, 0, 2, 3]].concat();
    let control = numbers(&[49, ControlCode::ValidateNegotiate as u32]);
    let places = numbers(&[112, 0, 112, validated.len() as u32, 0, 0]);
    let plain = message(8, &[&[17, 0, 80, 0, 5], &[0; 11], b"hello"]);
    let size = numbers(&[plain.len() as u32]);
    let sealed = [b"\xfdSMB", &[3; 32][..], &size, &[0, 0, 1, 0], &[5; 8], &plain].concat();
    vec![
        message(0, &[&negotiate.concat(), &contexts.concat()]),
        message(1, &[&[9, 0, 0, 0, 72, 0, 8, 0], b"a token."]),
        message(3, &[&[16, 0, 2, 0], &[0; 12]]),
        message(5, &[&[89, 0], &[0; 62], &[7; 16], &[0; 8]]),
        message(9, &[&[17, 0, 0, 0, 5], &[0; 11]]),
        message(11, &[&control, &[0xff; 16], &places, &validated]),
        sealed,
        plain,
    ]
}
