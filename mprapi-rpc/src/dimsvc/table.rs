//! The list of operations, with a request and an answer each.

use mprapi_sys::Function;

use super::call::{Call, Message};
use super::connection::*;
use super::credentials::*;
use super::device::*;
use super::interface::*;
use super::mib::*;
use super::port::*;
use super::server::*;
use super::transport::*;
use crate::ndr::{Error, ErrorKind, Source};

/// An entry of the list of operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The number of the operation.
    pub opnum: u16,
    /// The name of the operation in the interface definition.
    pub name: &'static str,
    /// The functions of `mprapi.h` that call the operation.
    pub functions: &'static [Function],
    /// The effect on the server, which says if the operation may be sent again when its answer is lost.
    pub effect: Effect,
}

/// The effect of an operation on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// The operation only reads: done twice, it is as if done once.
    Reads,
    /// The operation changes something. It is never sent a second time.
    Changes,
}

impl Operation {
    /// Returns the entry of an operation, if the interface has one of that number.
    pub fn find(opnum: u16) -> Option<&'static Operation> {
        OPERATIONS.get(usize::from(opnum))
    }

    /// Returns the effect of an operation by its number. One that the interface does not have counts as a change.
    pub fn effect_of(opnum: u16) -> Effect {
        Operation::find(opnum).map_or(Effect::Changes, |operation| operation.effect)
    }
}

fn unknown(opnum: u16) -> Error {
    Error { field: "opnum", offset: 0, kind: ErrorKind::UnknownOperation(opnum) }
}

/// Makes the enumeration of all requests, or that of all answers, from the variants, each with its type and with the
/// request of its operation.
///
/// `messages! { Request, "request"; ServerGetInfo(ServerGetInfoRequest) of ServerGetInfoRequest, }` becomes
///
/// ```text
/// pub enum Request {
///     ServerGetInfo(ServerGetInfoRequest),
/// }
///
/// impl Request {
///     pub fn decode(opnum: u16, stub: &[u8]) -> Result<Self, Error> {
///         match opnum {
///             ServerGetInfoRequest::OPNUM => Message::decode(stub).map(Self::ServerGetInfo),
///             _ => Err(unknown(opnum)),
///         }
///     }
///
///     pub fn fill(opnum: u16, source: &mut Source<'_>) -> Result<Self, Error> {
///         match opnum {
///             ServerGetInfoRequest::OPNUM => Ok(Self::ServerGetInfo(Message::fill(source))),
///             _ => Err(unknown(opnum)),
///         }
///     }
///
///     pub fn encode(&self) -> Vec<u8> {
///         match self {
///             Self::ServerGetInfo(message) => message.encode(),
///         }
///     }
///
///     pub fn opnum(&self) -> u16 {
///         match self {
///             Self::ServerGetInfo(_) => ServerGetInfoRequest::OPNUM,
///         }
///     }
/// }
///
/// impl From<ServerGetInfoRequest> for Request { … }
/// ```
macro_rules! messages {
    ($any:ident, $noun:literal; $($name:ident($message:ident) of $request:ident,)+) => {
        #[doc = concat!("The ", $noun, " of any operation.")]
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $any {
            $(#[doc = concat!("See [`", stringify!($message), "`].")] $name($message),)+
        }

        impl $any {
            #[doc = concat!("Decodes the stub of the ", $noun, ". Bytes behind the last parameter are ignored.")]
            ///
            /// # Errors
            /// [`ErrorKind::UnknownOperation`] if the interface has no operation of that number; another [`Error`] if the
            /// bytes are not its parameters.
            pub fn decode(opnum: u16, stub: &[u8]) -> Result<Self, Error> {
                match opnum {
                    $($request::OPNUM => Message::decode(stub).map(Self::$name),)+
                    _ => Err(unknown(opnum)),
                }
            }

            #[doc = concat!("Makes the ", $noun, " from the bytes of a source, for tests.")]
            ///
            /// # Errors
            /// [`ErrorKind::UnknownOperation`] if the interface has no operation of that number.
            pub fn fill(opnum: u16, source: &mut Source<'_>) -> Result<Self, Error> {
                match opnum {
                    $($request::OPNUM => Ok(Self::$name(Message::fill(source))),)+
                    _ => Err(unknown(opnum)),
                }
            }

            /// Encodes the stub.
            pub fn encode(&self) -> Vec<u8> {
                match self {
                    $(Self::$name(message) => message.encode(),)+
                }
            }

            /// Returns the number of the operation.
            pub fn opnum(&self) -> u16 {
                match self {
                    $(Self::$name(_) => $request::OPNUM,)+
                }
            }
        }

        $(impl From<$message> for $any {
            fn from(message: $message) -> Self {
                Self::$name(message)
            }
        })+
    };
}

/// Makes the list of operations, and the enumerations of their requests and answers, from the pairs of types in the order
/// of their numbers.
///
/// `operations! { 1; Reads ServerGetInfo: ServerGetInfoRequest, ServerGetInfoAnswer; }` becomes
///
/// ```text
/// pub static OPERATIONS: [Operation; 1] = [Operation {
///     opnum: ServerGetInfoRequest::OPNUM,
///     name: ServerGetInfoRequest::NAME,
///     functions: ServerGetInfoRequest::FUNCTIONS,
///     effect: Effect::Reads,
/// }];
///
/// messages! { Request, "request"; ServerGetInfo(ServerGetInfoRequest) of ServerGetInfoRequest, }
/// messages! { Answer, "answer"; ServerGetInfo(ServerGetInfoAnswer) of ServerGetInfoRequest, }
///
/// impl Request {
///     pub fn failed(&self, code: u32) -> Answer {
///         match self {
///             Self::ServerGetInfo(_) => Answer::ServerGetInfo(ServerGetInfoRequest::failed(code)),
///         }
///     }
/// }
///
/// impl Answer {
///     pub fn code(&self) -> u32 {
///         match self {
///             Self::ServerGetInfo(answer) => answer.code,
///         }
///     }
/// }
/// ```
macro_rules! operations {
    ($count:literal; $($effect:ident $name:ident: $request:ident, $answer:ident;)+) => {
        /// The operations, each at the place of its number.
        pub static OPERATIONS: [Operation; $count] = [
            $(Operation {
                opnum: $request::OPNUM,
                name: $request::NAME,
                functions: $request::FUNCTIONS,
                effect: Effect::$effect,
            },)+
        ];

        messages! { Request, "request"; $($name($request) of $request,)+ }
        messages! { Answer, "answer"; $($name($answer) of $request,)+ }

        impl Request {
            /// Makes the answer of a call that failed: a code, and zero, null and empty parameters.
            pub fn failed(&self, code: u32) -> Answer {
                match self {
                    $(Self::$name(_) => Answer::$name($request::failed(code)),)+
                }
            }
        }

        impl Answer {
            /// Returns the result of the operation: 0, or an error code.
            pub fn code(&self) -> u32 {
                match self {
                    $(Self::$name(answer) => answer.code,)+
                }
            }
        }
    };
}

operations! {
    53;
    Reads ServerGetInfo: ServerGetInfoRequest, ServerGetInfoAnswer;
    Reads ConnectionEnum: ConnectionEnumRequest, ConnectionEnumAnswer;
    Reads ConnectionGetInfo: ConnectionGetInfoRequest, ConnectionGetInfoAnswer;
    Changes ConnectionClearStats: ConnectionClearStatsRequest, ConnectionClearStatsAnswer;
    Reads PortEnum: PortEnumRequest, PortEnumAnswer;
    Reads PortGetInfo: PortGetInfoRequest, PortGetInfoAnswer;
    Changes PortClearStats: PortClearStatsRequest, PortClearStatsAnswer;
    Changes PortReset: PortResetRequest, PortResetAnswer;
    Changes PortDisconnect: PortDisconnectRequest, PortDisconnectAnswer;
    Changes TransportSetGlobalInfo: TransportSetGlobalInfoRequest, TransportSetGlobalInfoAnswer;
    Reads TransportGetGlobalInfo: TransportGetGlobalInfoRequest, TransportGetGlobalInfoAnswer;
    Reads InterfaceGetHandle: InterfaceGetHandleRequest, InterfaceGetHandleAnswer;
    Changes InterfaceCreate: InterfaceCreateRequest, InterfaceCreateAnswer;
    Reads InterfaceGetInfo: InterfaceGetInfoRequest, InterfaceGetInfoAnswer;
    Changes InterfaceSetInfo: InterfaceSetInfoRequest, InterfaceSetInfoAnswer;
    Changes InterfaceDelete: InterfaceDeleteRequest, InterfaceDeleteAnswer;
    Changes InterfaceTransportRemove: InterfaceTransportRemoveRequest, InterfaceTransportRemoveAnswer;
    Changes InterfaceTransportAdd: InterfaceTransportAddRequest, InterfaceTransportAddAnswer;
    Reads InterfaceTransportGetInfo: InterfaceTransportGetInfoRequest, InterfaceTransportGetInfoAnswer;
    Changes InterfaceTransportSetInfo: InterfaceTransportSetInfoRequest, InterfaceTransportSetInfoAnswer;
    Reads InterfaceEnum: InterfaceEnumRequest, InterfaceEnumAnswer;
    Changes InterfaceConnect: InterfaceConnectRequest, InterfaceConnectAnswer;
    Changes InterfaceDisconnect: InterfaceDisconnectRequest, InterfaceDisconnectAnswer;
    Changes InterfaceUpdateRoutes: InterfaceUpdateRoutesRequest, InterfaceUpdateRoutesAnswer;
    Changes InterfaceQueryUpdateResult: InterfaceQueryUpdateResultRequest, InterfaceQueryUpdateResultAnswer;
    Changes InterfaceUpdatePhonebookInfo: InterfaceUpdatePhonebookInfoRequest, InterfaceUpdatePhonebookInfoAnswer;
    Changes MibEntryCreate: MibEntryCreateRequest, MibEntryCreateAnswer;
    Changes MibEntryDelete: MibEntryDeleteRequest, MibEntryDeleteAnswer;
    Changes MibEntrySet: MibEntrySetRequest, MibEntrySetAnswer;
    Reads MibEntryGet: MibEntryGetRequest, MibEntryGetAnswer;
    Reads MibEntryGetFirst: MibEntryGetFirstRequest, MibEntryGetFirstAnswer;
    Reads MibEntryGetNext: MibEntryGetNextRequest, MibEntryGetNextAnswer;
    Reads MibGetTrapInfo: MibGetTrapInfoRequest, MibGetTrapInfoAnswer;
    Changes MibSetTrapInfo: MibSetTrapInfoRequest, MibSetTrapInfoAnswer;
    Changes ConnectionNotification: ConnectionNotificationRequest, ConnectionNotificationAnswer;
    Changes SendUserMessage: SendUserMessageRequest, SendUserMessageAnswer;
    Reads DeviceEnum: DeviceEnumRequest, DeviceEnumAnswer;
    Changes TransportCreate: TransportCreateRequest, TransportCreateAnswer;
    Reads InterfaceDeviceGetInfo: InterfaceDeviceGetInfoRequest, InterfaceDeviceGetInfoAnswer;
    Changes InterfaceDeviceSetInfo: InterfaceDeviceSetInfoRequest, InterfaceDeviceSetInfoAnswer;
    Changes InterfaceSetCredentialsEx: InterfaceSetCredentialsExRequest, InterfaceSetCredentialsExAnswer;
    Reads InterfaceGetCredentialsEx: InterfaceGetCredentialsExRequest, InterfaceGetCredentialsExAnswer;
    Changes ConnectionRemoveQuarantine: ConnectionRemoveQuarantineRequest, ConnectionRemoveQuarantineAnswer;
    Changes ServerSetInfo: ServerSetInfoRequest, ServerSetInfoAnswer;
    Reads ServerGetInfoEx: ServerGetInfoExRequest, ServerGetInfoExAnswer;
    Reads ConnectionEnumEx: ConnectionEnumExRequest, ConnectionEnumExAnswer;
    Reads ConnectionGetInfoEx: ConnectionGetInfoExRequest, ConnectionGetInfoExAnswer;
    Changes ServerSetInfoEx: ServerSetInfoExRequest, ServerSetInfoExAnswer;
    Changes UpdateConnection: UpdateConnectionRequest, UpdateConnectionAnswer;
    Changes InterfaceSetCredentialsLocal: InterfaceSetCredentialsLocalRequest, InterfaceSetCredentialsLocalAnswer;
    Reads InterfaceGetCredentialsLocal: InterfaceGetCredentialsLocalRequest, InterfaceGetCredentialsLocalAnswer;
    Reads InterfaceGetCustomInfoEx: InterfaceGetCustomInfoExRequest, InterfaceGetCustomInfoExAnswer;
    Changes InterfaceSetCustomInfoEx: InterfaceSetCustomInfoExRequest, InterfaceSetCustomInfoExAnswer;
}
