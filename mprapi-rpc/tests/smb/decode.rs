//! The decoders, with bytes of any kind.

use mprapi_rpc::smb::message::{
    ControlAnswer, ControlCode, ControlRequest, CreateAnswer, CreateRequest, FileId, Flags, Header,
    NegotiateAnswer, NegotiateContext, ReadAnswer, ReadRequest, SessionSetupAnswer, SessionSetupRequest,
    Transform, TreeConnectAnswer, TreeConnectRequest, ValidateAnswer, WriteAnswer, WriteRequest,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// Returns `true` if a part lies within the whole.
fn is_part(whole: &[u8], part: &[u8]) -> bool {
    part.is_empty() || whole.as_ptr_range().contains(&part.as_ptr()) && part.len() <= whole.len()
}

fn control(input: &[u8], most: u32) -> ControlRequest<'_> {
    ControlRequest { code: ControlCode::PipeTransceive, file: FileId([0; 16]), input, most }
}

fn decode_all(bytes: &[u8]) {
    if let Ok(header) = Header::decode(bytes) {
        let mut again = Vec::new();
        header.encode(&mut again);
        assert_eq!(Header::decode(&again), Ok(header));
        assert_eq!(again.len(), Header::SIZE);
        assert_eq!(header.tree().is_some(), !header.flags.contains(Flags::ASYNC));
    }
    if let Ok(answer) = NegotiateAnswer::decode(bytes) {
        assert!(is_part(bytes, answer.token));
        assert!(answer.contexts.iter().all(|context| is_part(bytes, context.data)));
        assert!(answer.contexts.len() <= usize::from(NegotiateAnswer::MOST_CONTEXTS));
        for kind in [NegotiateContext::HASHES, NegotiateContext::CIPHERS, NegotiateContext::SIGNINGS] {
            let _ = answer.chosen(kind);
        }
    }
    if let Ok(answer) = SessionSetupAnswer::decode(bytes) {
        assert!(is_part(bytes, answer.token));
    }
    if let Ok(answer) = ControlAnswer::decode(bytes, &control(&[], 1_000)) {
        assert!(is_part(bytes, answer.output) && answer.output.len() <= 1_000);
    }
    if let Ok(answer) = ReadAnswer::decode(bytes, 1_000) {
        assert!(is_part(bytes, answer.data) && answer.data.len() <= 1_000);
    }
    if let Ok(transform) = Transform::decode(bytes) {
        assert_eq!(transform.size as usize + Transform::SIZE, bytes.len());
        let mut again = Vec::new();
        transform.encode(&mut again);
        again.extend(&bytes[Transform::SIZE..]);
        assert_eq!(Transform::decode(&again), Ok(transform));
    }
    let _ = TreeConnectAnswer::decode(bytes);
    let _ = CreateAnswer::decode(bytes);
    let _ = WriteAnswer::decode(bytes);
    let _ = ValidateAnswer::decode(bytes);
}

/// A message whose body has a size that a decoder knows.
fn message() -> impl Strategy<Value = Vec<u8>> {
    let size = prop::sample::select(vec![65_u16, 9, 16, 89, 49, 17]);
    (size, vec(any::<u8>(), 0..300), vec(0_u8..3, 0..300), any::<bool>()).prop_map(
        |(size, any, small, is_small)| {
            let body = if is_small { small } else { any };
            [b"\xfeSMB\x40\0", &[0; 58][..], &size.to_le_bytes(), &body].concat()
        },
    )
}

proptest! {
    #[test]
    fn any_bytes_are_an_answer_or_an_error(bytes in vec(any::<u8>(), 0..400)) {
        decode_all(&bytes);
    }

    #[test]
    fn any_body_is_an_answer_or_an_error(bytes in message()) {
        decode_all(&bytes);
    }

    #[test]
    fn offsets_and_lengths_stay_within_the_message(offset in any::<u32>(), length in any::<u32>(), extra in 0_usize..200) {
        let mut body = vec![49, 0, 0, 0];
        body.extend((ControlCode::PipeTransceive as u32).to_le_bytes());
        body.extend([0; 24]);
        body.extend(offset.to_le_bytes());
        body.extend(length.to_le_bytes());
        body.extend(vec![7; 8 + extra]);
        let message = [&[0; 64][..], &body].concat();
        let (from, to) = (u64::from(offset), u64::from(offset) + u64::from(length));
        let is_within = length <= 1_000 && (length == 0 || from >= 112 && to <= message.len() as u64);
        let decoded = ControlAnswer::decode(&message, &control(&[], 1_000));
        prop_assert_eq!(decoded.is_ok(), is_within);
        prop_assert!(decoded.is_err() || decoded.unwrap().output.len() == length as usize);
    }

    #[test]
    fn requests_say_where_their_parts_are(data in vec(any::<u8>(), 0..200), name in "[a-zé語\u{1F98A}]{0,20}") {
        let at = |body: &[u8], at: usize| usize::from(u16::from_le_bytes([body[at], body[at + 1]]));
        let utf16: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let body = SessionSetupRequest { token: &data }.encode();
        prop_assert_eq!((&body[at(&body, 12) - 64..], at(&body, 14)), (&data[..], data.len()));
        let body = TreeConnectRequest { path: &name }.encode();
        prop_assert_eq!((&body[at(&body, 4) - 64..], at(&body, 6)), (&utf16[..], utf16.len()));
        let body = CreateRequest { name: &name }.encode();
        prop_assert_eq!((&body[at(&body, 44) - 64..], at(&body, 46)), (&utf16[..], utf16.len()));
        let body = WriteRequest { file: FileId::NONE, data: &data }.encode();
        prop_assert_eq!((&body[at(&body, 2) - 64..], at(&body, 4)), (&data[..], data.len()));
        let body = control(&data, 5).encode();
        prop_assert_eq!((&body[at(&body, 24) - 64..], at(&body, 28)), (&data[..], data.len()));
        prop_assert_eq!(ReadRequest { file: FileId::NONE, most: 5 }.encode().len(), 49);
    }
}
