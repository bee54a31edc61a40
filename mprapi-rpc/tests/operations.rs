//! The operations of DIMSVC: the list, and what encoding and decoding promise for each request and each answer.

use mprapi_rpc::dimsvc::{Answer, Effect, OPERATIONS, Operation, Request};
use mprapi_rpc::ndr::{Error, ErrorKind, Source};
use mprapi_sys::Function;
use proptest::collection::vec;
use proptest::prelude::*;

/// The methods of the interface in the order of their numbers, from section 3.1.4 of MS-RRASM.
const METHODS: &str = "
    RMprAdminServerGetInfo RRasAdminConnectionEnum RRasAdminConnectionGetInfo RRasAdminConnectionClearStats
    RRasAdminPortEnum RRasAdminPortGetInfo RRasAdminPortClearStats RRasAdminPortReset RRasAdminPortDisconnect
    RRouterInterfaceTransportSetGlobalInfo RRouterInterfaceTransportGetGlobalInfo RRouterInterfaceGetHandle
    RRouterInterfaceCreate RRouterInterfaceGetInfo RRouterInterfaceSetInfo RRouterInterfaceDelete
    RRouterInterfaceTransportRemove RRouterInterfaceTransportAdd RRouterInterfaceTransportGetInfo
    RRouterInterfaceTransportSetInfo RRouterInterfaceEnum RRouterInterfaceConnect RRouterInterfaceDisconnect
    RRouterInterfaceUpdateRoutes RRouterInterfaceQueryUpdateResult RRouterInterfaceUpdatePhonebookInfo
    RMIBEntryCreate RMIBEntryDelete RMIBEntrySet RMIBEntryGet RMIBEntryGetFirst RMIBEntryGetNext RMIBGetTrapInfo
    RMIBSetTrapInfo RRasAdminConnectionNotification RRasAdminSendUserMessage RRouterDeviceEnum
    RRouterInterfaceTransportCreate RRouterInterfaceDeviceGetInfo RRouterInterfaceDeviceSetInfo
    RRouterInterfaceSetCredentialsEx RRouterInterfaceGetCredentialsEx RRasAdminConnectionRemoveQuarantine
    RMprAdminServerSetInfo RMprAdminServerGetInfoEx RRasAdminConnectionEnumEx RRasAdminConnectionGetInfoEx
    RMprAdminServerSetInfoEx RRasAdminUpdateConnection RRouterInterfaceSetCredentialsLocal
    RRouterInterfaceGetCredentialsLocal RRouterInterfaceGetCustomInfoEx RRouterInterfaceSetCustomInfoEx
";

#[test]
fn the_list_has_the_53_methods_of_the_specification_each_at_its_number() {
    let methods: Vec<&str> = METHODS.split_whitespace().collect();
    assert_eq!(methods.len(), 53);
    let names: Vec<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
    assert_eq!(names, methods);
    for (number, operation) in (0..).zip(&OPERATIONS) {
        assert_eq!(operation.opnum, number);
        assert_eq!(Operation::find(number), Some(operation));
        assert_eq!(Request::fill(number, &mut Source::default()).unwrap().opnum(), number);
        assert_eq!(Answer::fill(number, &mut Source::default()).unwrap().opnum(), number);
    }
    assert_eq!(Operation::find(53), None);
}

/// Every operation that only reads has a name of one of these kinds. The outcome of an update of routes
/// (`…QueryUpdateResult`) is no such: section 3.1.4.25 has it asked for only once.
#[test]
fn each_of_the_53_operations_either_reads_or_changes_as_its_name_says() {
    let reads =
        |name: &str| ["Enum", "GetInfo", "Get", "Next", "First"].iter().any(|word| name.contains(word));
    for operation in &OPERATIONS {
        let expected = if reads(operation.name) { Effect::Reads } else { Effect::Changes };
        assert_eq!(operation.effect, expected, "{}", operation.name);
        assert_eq!(Operation::effect_of(operation.opnum), expected);
    }
    let changes = OPERATIONS.iter().filter(|operation| operation.effect == Effect::Changes).count();
    assert_eq!((OPERATIONS.len(), changes), (53, 31));
    assert_eq!(Operation::effect_of(53), Effect::Changes);
}

/// Functions for a running server that no operation of the interface carries out: they are local, or use other protocols.
const OTHERS: &str = "
    MprAdminBufferFree MprAdminMIBBufferFree MprAdminGetErrorString
    MprAdminServerConnect MprAdminServerDisconnect MprAdminMIBServerConnect MprAdminMIBServerDisconnect
    MprAdminIsServiceRunning MprAdminIsServiceInitialized MprAdminUserGetInfo MprAdminUserSetInfo
    MprAdminGetPDCServer MprAdminIsDomainRasServer MprAdminEstablishDomainRasServer
";

#[test]
fn each_function_for_a_running_server_has_one_operation_or_is_known_to_have_none() {
    let called = OPERATIONS.iter().flat_map(|operation| operation.functions).map(|function| function.name());
    let mut known: Vec<&str> = called.chain(OTHERS.split_whitespace()).collect();
    let all = Function::ALL.iter().map(|function| function.name());
    let mut running: Vec<&str> = all.filter(|name| name.starts_with("MprAdmin")).collect();
    known.sort_unstable();
    running.sort_unstable();
    assert_eq!(known, running);
    assert!(OPERATIONS.iter().all(|operation| !operation.functions.is_empty()));
}

#[test]
fn an_operation_that_the_interface_lacks_is_an_error() {
    let error = Request::decode(53, &[0; 64]).unwrap_err();
    assert_eq!(error, Error { field: "opnum", offset: 0, kind: ErrorKind::UnknownOperation(53) });
    assert_eq!(Answer::decode(u16::MAX, &[]).unwrap_err().kind, ErrorKind::UnknownOperation(u16::MAX));
    assert_eq!(error.to_string(), "the interface has no operation 53");
}

#[test]
fn a_failed_call_has_its_code_and_an_answer_that_the_client_can_decode() {
    for opnum in 0..53 {
        let request = Request::fill(opnum, &mut Source::default()).unwrap();
        let answer = request.failed(5);
        assert_eq!((answer.opnum(), answer.code()), (opnum, 5));
        assert_eq!(Answer::decode(opnum, &answer.encode()), Ok(answer));
    }
}

/// Bytes from which a message of any shape is made: few for messages that are mostly null, many for full ones.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![vec(any::<u8>(), 0..64), vec(any::<u8>(), 0..1024), vec(any::<u8>(), 2048..8192)]
}

/// A request or an answer with its encoding.
#[derive(Debug)]
struct Encoded {
    opnum: u16,
    stub: Vec<u8>,
    /// Decodes a stub and returns the encoding of the value, or the error.
    again: fn(u16, &[u8]) -> Result<Vec<u8>, Error>,
}

fn request(opnum: u16, bytes: &[u8]) -> (Request, Encoded) {
    let request = Request::fill(opnum, &mut Source::new(bytes)).unwrap();
    let stub = request.encode();
    (request, Encoded { opnum, stub, again: |opnum, stub| Ok(Request::decode(opnum, stub)?.encode()) })
}

fn answer(opnum: u16, bytes: &[u8]) -> (Answer, Encoded) {
    let answer = Answer::fill(opnum, &mut Source::new(bytes)).unwrap();
    let stub = answer.encode();
    (answer, Encoded { opnum, stub, again: |opnum, stub| Ok(Answer::decode(opnum, stub)?.encode()) })
}

impl Encoded {
    /// Each prefix is an error that says where the message ends.
    fn check_prefixes(&self) -> Result<(), TestCaseError> {
        // All prefixes of a long message would take too long: those at its ends, and some between.
        let step = (self.stub.len() / 128).max(1);
        for length in (0..self.stub.len()).filter(|at| at % step == 0 || at + 64 > self.stub.len()) {
            let error = (self.again)(self.opnum, &self.stub[..length]);
            let error = error.expect_err("a part of a message");
            prop_assert!(error.offset <= length, "{error:?} of {length} bytes");
            prop_assert!(
                matches!(error.kind, ErrorKind::Truncated { .. } | ErrorKind::TooMany { .. }),
                "{error:?}"
            );
        }
        Ok(())
    }

    /// A message with other bytes in it is decoded to what it is encoded from, or is an error.
    fn check_changed(&self, changes: &[(usize, u8)]) -> Result<(), TestCaseError> {
        let mut stub = self.stub.clone();
        for (place, byte) in changes {
            let place = place % stub.len();
            stub[place] = *byte;
        }
        if let Ok(encoded) = (self.again)(self.opnum, &stub) {
            prop_assert_eq!((self.again)(self.opnum, &encoded), Ok(encoded));
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_request_is_decoded_to_what_was_encoded(opnum in 0..53_u16, bytes in bytes()) {
        let (request, encoded) = request(opnum, &bytes);
        prop_assert_eq!(Request::decode(opnum, &encoded.stub), Ok(request.clone()));
        let padded = [&encoded.stub[..], &[0xbb; 7]].concat();
        prop_assert_eq!(Request::decode(opnum, &padded), Ok(request), "bytes behind the message");
    }

    #[test]
    fn an_answer_is_decoded_to_what_was_encoded(opnum in 0..53_u16, bytes in bytes()) {
        let (answer, encoded) = answer(opnum, &bytes);
        prop_assert_eq!(Answer::decode(opnum, &encoded.stub), Ok(answer.clone()));
        let code = encoded.stub.last_chunk().copied().map(u32::from_le_bytes);
        prop_assert_eq!(code, Some(answer.code()), "an answer ends with its code");
    }

    #[test]
    fn a_part_of_a_message_is_an_error(opnum in 0..53_u16, bytes in bytes()) {
        request(opnum, &bytes).1.check_prefixes()?;
        answer(opnum, &bytes).1.check_prefixes()?;
    }

    #[test]
    fn a_message_with_wrong_bytes_is_an_error_or_another_message(
        opnum in 0..53_u16,
        bytes in bytes(),
        changes in vec((any::<usize>(), any::<u8>()), 1..8),
    ) {
        request(opnum, &bytes).1.check_changed(&changes)?;
        answer(opnum, &bytes).1.check_changed(&changes)?;
    }

    #[test]
    fn any_bytes_are_an_error_or_a_message(opnum in 0..64_u16, bytes in vec(any::<u8>(), 0..512)) {
        let _ = Request::decode(opnum, &bytes);
        let _ = Answer::decode(opnum, &bytes);
    }
}
