//! Bytes of messages, written out by hand from the rules of C706, chapter 14, and errors with their places.

use mprapi_rpc::dimsvc::{
    Answer, CertificateEku, ConnectionEnumAnswer, ConnectionEnumRequest, ConnectionEx,
    ConnectionGetInfoExAnswer, ConnectionPage, CustomPolicy, InterfaceGetCredentialsLocalAnswer,
    InterfaceSetCredentialsLocalRequest, Message, PortDisconnectRequest, Projection1, Request,
    SendUserMessageRequest, ServerSetConfigEx, ServerSetInfoExRequest, TransportSetGlobalInfoRequest,
};
use mprapi_rpc::ndr::{Counted, Error, ErrorKind, Source};

/// Reads bytes in hexadecimal, with spaces and lines.
fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.chars().filter_map(|c| c.to_digit(16)).map(|digit| digit as u8).collect();
    digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect()
}

fn empty<M: Message>() -> M {
    M::fill(&mut Source::default())
}

#[test]
fn a_list_is_asked_for_with_a_null_buffer_and_a_pointer_to_the_place() {
    let request = ConnectionEnumRequest {
        level: 2,
        info: Counted::NULL,
        preferred_length: u32::MAX,
        resume: Some(0x1234_5678),
    };
    let stub = hex("02000000  00000000 00000000  ffffffff  00000200 78563412");
    assert_eq!(request.encode(), stub);
    assert_eq!(ConnectionEnumRequest::decode(&stub), Ok(request));
}

#[test]
fn records_lie_behind_their_container_and_what_follows_is_aligned() {
    let answer = ConnectionEnumAnswer {
        info: vec![1, 2, 3, 4, 5].into(),
        entries_read: 6,
        total_entries: 7,
        resume: None,
        code: 234,
    };
    let stub = hex("05000000 00000200  05000000 01020304 05 000000  06000000 07000000  00000000  ea000000");
    assert_eq!(answer.encode(), stub);
    assert_eq!(Answer::decode(1, &stub), Ok(answer.into()));
    // Padding may be anything.
    let mut padded = stub.clone();
    padded[17..20].fill(0xAA);
    assert_eq!(Answer::decode(1, &padded), Answer::decode(1, &stub));
}

#[test]
fn both_buffers_of_a_container_lie_behind_it() {
    let mut request: TransportSetGlobalInfoRequest = empty();
    request.transport = 0x21;
    request.info.interface = vec![0xAA].into();
    request.info.global = vec![0xBB, 0xCC].into();
    let stub = hex("21000000
         00000000 01000000 00000200  00000000 02000000 04000200
         01000000 aa 000000  02000000 bbcc");
    assert_eq!(request.encode(), stub);
    assert_eq!(TransportSetGlobalInfoRequest::decode(&stub), Ok(request));
}

#[test]
fn a_string_has_its_size_twice_and_ends_with_a_null_character() {
    let request = SendUserMessageRequest { connection: 9, message: "Hé".into() };
    let stub = hex("09000000  03000000 00000000 03000000  4800 e900 0000");
    assert_eq!(request.encode(), stub);
    assert_eq!(SendUserMessageRequest::decode(&stub), Ok(request));
    // An array may be larger than its string.
    let larger = hex("09000000  ff000000 00000000 03000000  4800 e900 0000");
    assert_eq!(SendUserMessageRequest::decode(&larger), SendUserMessageRequest::decode(&stub));
}

#[test]
fn strings_of_an_answer_are_pointers_each_with_its_string() {
    let answer = InterfaceGetCredentialsLocalAnswer {
        user_name: Some("a".into()),
        domain: None,
        password: Some(empty_password()),
        code: 0,
    };
    let stub = hex("00000200 02000000 00000000 02000000 6100 0000
         00000000
         04000200 01000000 00000000 01000000 0000 0000
         00000000");
    assert_eq!(answer.encode(), stub);
    assert_eq!(InterfaceGetCredentialsLocalAnswer::decode(&stub), Ok(answer));
}

fn empty_password() -> mprapi_rpc::ndr::Password {
    mprapi_rpc::ndr::Password::default()
}

#[test]
fn pointees_of_nested_structures_follow_in_the_order_of_their_pointers() {
    let ServerSetConfigEx::Revision1(_) = empty::<ServerSetInfoExRequest>().config else {
        panic!("the first")
    };
    // The second byte chooses the revision.
    let mut request = ServerSetInfoExRequest::fill(&mut Source::new(&[2]));
    let ServerSetConfigEx::Revision3(config) = &mut request.config else { panic!("{request:?}") };
    let tunnel = &mut config.config.ikev2.tunnel;
    tunnel.certificates = vec![vec![1].into(), Counted::Null(7), vec![2, 3].into()].into();
    tunnel.policy = Some(CustomPolicy { dh_group: 6, ..CustomPolicy::default() });
    tunnel.ekus = vec![CertificateEku { is_oid: 1, text: vec![0x31, 0x2e].into() }].into();
    let stub = hex("03 000000
         00 00 0000  00000000
         00000000 00000000 00000000
         00000000 00000000 00000000 00000000 00000000  03000000 00000200
         00000000 00000000  00000000  04000200  01000000 08000200  00000000 00000000
         00000000 00000000
         00000000 00000000 00000000  00000000 00000000 00000000 00000000 00000000
         00000000 00000000 00000000 00000000  00000000 00000000 00000000
         03000000  01000000 0c000200  07000000 00000000  02000000 10000200
         01000000 01 000000  02000000 0203 0000
         00000000 00000000 00000000 00000000 00000000 06000000
         01000000  02000000 01000000 14000200  02000000 3100 2e00");
    assert_eq!(request.encode(), stub);
    assert_eq!(ServerSetInfoExRequest::decode(&stub), Ok(request));
}

#[test]
fn a_connection_has_enumerations_of_two_bytes_and_a_member_aligned_to_eight_behind_its_tag() {
    let mut answer: ConnectionGetInfoExAnswer = empty();
    let ConnectionEx::Revision1(connection) = &mut answer.info;
    connection.duration = 0x11;
    connection.interface_type = 0x22;
    connection.flags = 0x33;
    connection.quarantine_state = 0x44;
    connection.interface = 0x55;
    assert!(matches!(connection.projection, Projection1::Ppp(_)), "the first member");
    answer.code = 0x66;
    let stub = answer.encode();
    assert_eq!(stub[..24], hex("01 00000000000000  00000000 11000000 2200 0000 33000000"));
    // The names take 2 × 547 bytes from 24 on; the identifier of 16 bytes, which is aligned to 4, ends at 1136.
    assert_eq!(stub[1136..1148], hex("4400 0000 00000000 00000000"));
    // The end points end at 1460, and the tag of the union follows.
    assert_eq!(stub[1448..1472], hex("00000000 00000000 00000000  01 000000 00000000 00000000"));
    assert_eq!(stub[stub.len() - 12..], hex("00000000 55000000 66000000"));
    assert_eq!(ConnectionGetInfoExAnswer::decode(&stub), Ok(answer.clone()));
    // Wine aligns the tag as well.
    let aligned = [&stub[..1460], &hex("00000000 01 00000000000000"), &stub[1464..]].concat();
    assert_eq!(aligned.len(), stub.len() + 8);
    assert_eq!(ConnectionGetInfoExAnswer::decode(&aligned), Ok(answer));
}

#[test]
fn a_page_has_its_count_before_the_total_and_its_elements_aligned() {
    let page = ConnectionPage { total: 2, connections: Vec::new().into() };
    let answer = mprapi_rpc::dimsvc::ConnectionEnumExAnswer { page, resume: None, code: 0 };
    let stub = hex("00000000 02000000 00000200  00000000  00000000 00000000");
    assert_eq!(answer.encode(), stub);
    assert_eq!(Answer::decode(45, &stub), Ok(answer.into()));
}

#[test]
fn an_error_names_the_field_and_the_place() {
    let fails = |opnum, stub: &str| Request::decode(opnum, &hex(stub)).unwrap_err();
    let error = fails(8, "0700");
    assert_eq!(error, Error { field: "hPort", offset: 0, kind: ErrorKind::Truncated { needed: 4, left: 2 } });
    assert_eq!(
        error.to_string(),
        "cannot decode hPort at byte 0: the message ends too early (4 bytes needed, 2 left)"
    );
    let error = fails(1, "00000000 04000000 00000200 05000000 00000000");
    let kind = ErrorKind::CountMismatch { stated: 4, found: 5 };
    assert_eq!(error, Error { field: "pInfoStruct", offset: 16, kind });
    let error = fails(9, "21000000 00000000 ffffffff 00000200 00000000 00000000 00000000 ffffffff 00");
    let kind = ErrorKind::TooMany { count: u32::MAX, left: 1 };
    assert_eq!(error, Error { field: "pInterfaceInfo", offset: 32, kind });
    let error = fails(44, "04000000");
    assert_eq!(error, Error { field: "revision", offset: 1, kind: ErrorKind::UnknownTag(4) });
    let error = fails(35, "09000000 02000000 01000000 01000000 0000");
    let kind = ErrorKind::StringBounds { most: 2, first: 1, count: 1 };
    assert_eq!(error, Error { field: "lpwszMessage", offset: 16, kind });
    let error = fails(35, "09000000 02000000 00000000 03000000 000000000000");
    assert!(matches!(error.kind, ErrorKind::StringBounds { most: 2, first: 0, count: 3 }), "{error:?}");
    let error = fails(35, "09000000 01000000 00000000 01000000 4100");
    assert_eq!(error, Error { field: "lpwszMessage", offset: 18, kind: ErrorKind::NotTerminated });
    assert_eq!(fails(35, "09000000 00000000 00000000 00000000").kind, ErrorKind::NotTerminated);
}

#[test]
fn a_password_and_the_bytes_of_a_record_are_not_shown() {
    let mut request: InterfaceSetCredentialsLocalRequest = empty();
    request.user_name = "anna".into();
    request.password.text = "sesame".into();
    let shown = format!("{request:?}");
    assert!(shown.contains("anna") && !shown.contains("sesame"), "{shown}");
    let record = Counted::from(vec![0xAB_u8; 3]);
    assert_eq!(format!("{record:?}"), "Elements(3)");
}

#[test]
fn a_message_with_another_behind_it_is_read_to_its_own_end() {
    let request = PortDisconnectRequest { port: 7 };
    assert_eq!(PortDisconnectRequest::decode(&hex("07000000 08000000")), Ok(request));
}
