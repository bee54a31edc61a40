//! DIMSVC, the interface of MS-RRASM: 53 operations, each a typed request and a typed answer.
//!
//! The interface is 8f09f000-b7ed-11ce-bbd2-00001a181cad, version 0.0, on the pipe `\PIPE\ROUTER`. The server handle of the
//! interface definition is a binding handle: nothing of it is transmitted.
//!
//! # A server
//! A server decodes the stub of a request by the operation's number, acts, and encodes the answer. A stub that cannot be
//! decoded is an [`Error`](crate::ndr::Error) with the field and the place, and becomes a fault.
//!
//! ```
//! use mprapi_rpc::dimsvc::{Answer, Message, PortDisconnectAnswer, PortDisconnectRequest, Request};
//!
//! fn serve(opnum: u16, stub: &[u8]) -> Result<Vec<u8>, mprapi_rpc::ndr::Error> {
//!     let answer: Answer = match Request::decode(opnum, stub)? {
//!         Request::PortDisconnect(PortDisconnectRequest { port: 7 }) => PortDisconnectAnswer { code: 0 }.into(),
//!         // ERROR_NOT_SUPPORTED, with empty parameters
//!         other => other.failed(50),
//!     };
//!     Ok(answer.encode())
//! }
//!
//! assert_eq!(serve(8, &PortDisconnectRequest { port: 7 }.encode())?, [0, 0, 0, 0]);
//! assert!(serve(8, &[7, 0]).is_err(), "half a handle");
//! assert!(serve(53, &[]).is_err(), "no operation of this number");
//! # Ok::<(), mprapi_rpc::ndr::Error>(())
//! ```
//!
//! # A client
//! A request knows the number of its operation and the type of its answer, so one function makes every call:
//!
//! ```
//! use mprapi_rpc::dimsvc::{Call, Message, PortDisconnectRequest};
//!
//! fn call<R: Call>(
//!     request: &R,
//!     transact: impl FnOnce(u16, Vec<u8>) -> Vec<u8>,
//! ) -> Result<R::Answer, mprapi_rpc::ndr::Error> {
//!     R::Answer::decode(&transact(R::OPNUM, request.encode()))
//! }
//!
//! let answer = call(&PortDisconnectRequest { port: 7 }, |_, _| vec![0, 0, 0, 0])?;
//! assert_eq!(answer.code, 0);
//! # Ok::<(), mprapi_rpc::ndr::Error>(())
//! ```
//!
//! # Levels and revisions
//! Records of the levels travel as bytes in an [`InformationContainer`], in the 32-bit C layout. The operations 44 to 48, 51
//! and 52 have unions of revisions instead ([`ServerEx`], [`ConnectionEx`], [`CustomInfoEx`] and others): a revision that is
//! not in the specification is an error.
//!
//! An answer has no information about the request, and needs none to be decoded.
//!
//! # Where this comes from
//! The interface definition in appendix A of MS-RRASM. One description of each operation makes its request, its answer and
//! its entry of [`OPERATIONS`]. `tests/judge/scapy_messages.py` compares messages of all operations with those of another
//! implementation.

#![forbid(unsafe_code)]

mod call;
mod certificate;
mod connection;
mod connection_ex;
mod container;
mod credentials;
mod device;
mod header;
mod interface;
mod mib;
mod policy;
mod port;
mod server;
mod server_ex;
mod table;
mod transport;
mod tunnel;

pub(crate) use call::Coded;
pub use call::{Call, Message};
pub use certificate::{CertificateBlob, CertificateEku};
pub use connection::*;
pub use connection_ex::{
    ConnectionEx, ConnectionEx1, ConnectionPage, Ikev2Projection1, PppProjection1, Projection1,
    UpdateConnection, UpdateConnection1,
};
pub use container::{InformationContainer, InterfaceContainer, MibEntryContainer};
pub use credentials::*;
pub use device::*;
pub use header::{FileTime, Guid, ObjectHeader};
pub use interface::*;
pub use mib::*;
pub use policy::{CustomInfoEx, CustomInfoEx0, CustomInfoEx1, CustomPolicy, Ikev2Custom0, Ikev2Custom1};
pub use port::*;
pub use server::*;
pub use server_ex::{
    ServerEx, ServerEx1, ServerEx2, ServerEx3, ServerSetConfigEx, ServerSetConfigEx1, ServerSetConfigEx2,
    ServerSetConfigEx3,
};
pub use table::{Answer, Effect, OPERATIONS, Operation, Request};
pub use transport::*;
pub use tunnel::*;
