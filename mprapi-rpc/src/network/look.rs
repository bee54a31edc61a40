//! The sizes and revisions of a server's records.

use mprapi_sys as sys;
use mprapi_sys::{ERROR_ACCESS_DENIED, ERROR_MORE_DATA, NO_ERROR};

use super::step::{Report, Revision, Size};
use crate::caller::CallError;
use crate::dimsvc::{
    Call, Coded, ConnectionEnumExRequest, ConnectionEnumRequest, DeviceEnumRequest, InformationContainer,
    InterfaceEnumRequest, InterfaceGetInfoRequest, Message, ObjectHeader, PortEnumRequest,
    PortGetInfoRequest, ServerEx, ServerEx1, ServerEx2, ServerEx3, ServerGetInfoExRequest,
    ServerGetInfoRequest,
};
use crate::failure::{Failure, Layer};
use crate::ndr::Counted;
use crate::record::{self, Record};

/// The preferred size of a page, in bytes: the sizes of records need no more.
const PAGE: u32 = 16 << 10;

/// Makes one call.
pub(super) type Ask<'a> = &'a mut dyn FnMut(u16, &[u8]) -> Result<Vec<u8>, CallError>;

/// Reads the sizes and revisions into a report. Calls that the server answers with a code are a part of it. Returns a text
/// about the server.
///
/// # Errors
/// The error of the connection, and the code of the first call: without the right to it, every other has the same.
pub(super) fn look(ask: Ask<'_>, report: &mut Report) -> Result<String, CallError> {
    let mut looking = Looking { ask, report };
    let info = looking.send(&ServerGetInfoRequest { level: 0 })?;
    if info.code != NO_ERROR {
        return Err(refused(info.code));
    }
    looking.sized::<sys::MPR_SERVER_0>(ServerGetInfoRequest::NAME, 0, info.code, &info.info, 1);
    let answered = looking.report.sizes.last().is_some_and(|size| size.is_known);
    let info = looking.send(&ServerGetInfoRequest { level: 1 })?;
    looking.sized::<sys::MPR_SERVER_1>(ServerGetInfoRequest::NAME, 1, info.code, &info.info, 1);
    let info = looking.send(&ServerGetInfoRequest { level: 2 })?;
    looking.sized::<sys::MPR_SERVER_2>(ServerGetInfoRequest::NAME, 2, info.code, &info.info, 1);
    looking.connections()?;
    looking.ports()?;
    let devices = looking.send(&DeviceEnumRequest { level: 0, info: Counted::NULL, total_entries: 0 })?;
    let (code, count) = (devices.code, devices.total_entries);
    looking.sized::<sys::MPR_DEVICE_0>(DeviceEnumRequest::NAME, 0, code, &devices.info, count);
    looking.interfaces()?;
    looking.revisions()?;
    Ok(match answered {
        true => "the server answers calls".to_owned(),
        false => "the server answers calls, with a record of an unknown size".to_owned(),
    })
}

/// The text for an account without the right.
pub(super) const NO_RIGHT: &str =
    "the account may not administer the server; it must be a member of its Administrators";

/// Returns the failure of a first call that the server answered with a code.
fn refused(code: u32) -> CallError {
    let failure = match code {
        ERROR_ACCESS_DENIED => Failure::new(Layer::Right, code, NO_RIGHT),
        _ => Failure::new(Layer::Call, code, format!("the server answered its first call with code {code}")),
    };
    CallError::Failed { failure, was_sent: true }
}

struct Looking<'a> {
    ask: Ask<'a>,
    report: &'a mut Report,
}

impl Looking<'_> {
    /// Makes a call. An answer that cannot be decoded is a failure.
    fn send<R: Call<Answer: Coded>>(&mut self, request: &R) -> Result<R::Answer, CallError> {
        let stub = (self.ask)(R::OPNUM, &request.encode())?;
        R::Answer::decode(&stub).map_err(|error| {
            let text = format!("the answer of {} cannot be decoded: {error}", R::NAME);
            CallError::Failed { failure: Failure::new(Layer::Call, 1783, text), was_sent: true }
        })
    }

    /// Notes the size of records.
    fn sized<R: Record>(
        &mut self,
        operation: &'static str,
        level: u32,
        code: u32,
        info: &InformationContainer,
        count: u32,
    ) {
        let is_there = matches!(code, NO_ERROR | ERROR_MORE_DATA) && !info.is_null();
        let count = if is_there { count } else { 0 };
        let bytes = info.elements();
        let is_known = !is_there || record::read::<R>(bytes, count as usize).is_ok();
        let known = R::SHAPES.iter().map(|shape| shape.size as u32).collect();
        let bytes = bytes.len() as u32;
        self.report.sizes.push(Size { operation, level, code, bytes, count, known, is_known });
    }

    fn connections(&mut self) -> Result<(), CallError> {
        for level in 0..=4 {
            let request =
                ConnectionEnumRequest { level, info: Counted::NULL, preferred_length: PAGE, resume: Some(0) };
            let answer = self.send(&request)?;
            let (code, info, count) = (answer.code, &answer.info, answer.entries_read);
            let name = ConnectionEnumRequest::NAME;
            match level {
                0 => self.sized::<sys::RAS_CONNECTION_0>(name, level, code, info, count),
                1 => self.sized::<sys::RAS_CONNECTION_1>(name, level, code, info, count),
                2 => self.sized::<sys::RAS_CONNECTION_2>(name, level, code, info, count),
                3 => self.sized::<sys::RAS_CONNECTION_3>(name, level, code, info, count),
                _ => self.sized::<sys::RAS_CONNECTION_4>(name, level, code, info, count),
            }
        }
        Ok(())
    }

    fn ports(&mut self) -> Result<(), CallError> {
        let request = PortEnumRequest {
            level: 0,
            connection: u32::MAX,
            info: Counted::NULL,
            preferred_length: PAGE,
            resume: Some(0),
        };
        let all = self.send(&request)?;
        self.sized::<sys::RAS_PORT_0>(PortEnumRequest::NAME, 0, all.code, &all.info, all.entries_read);
        let read = record::read::<sys::RAS_PORT_0>(all.info.elements(), all.entries_read as usize);
        let Some(first) = read.ok().and_then(|read| read.records.into_iter().next()) else { return Ok(()) };
        let port = first.record.hPort.addr() as u32;
        let one = self.send(&PortGetInfoRequest { level: 1, port })?;
        self.sized::<sys::RAS_PORT_1>(PortGetInfoRequest::NAME, 1, one.code, &one.info, 1);
        Ok(())
    }

    fn interfaces(&mut self) -> Result<(), CallError> {
        let request =
            InterfaceEnumRequest { level: 0, info: Counted::NULL, preferred_length: PAGE, resume: Some(0) };
        let all = self.send(&request)?;
        let (code, count) = (all.code, all.entries_read);
        self.sized::<sys::MPR_INTERFACE_0>(InterfaceEnumRequest::NAME, 0, code, &all.info, count);
        let read = record::read::<sys::MPR_INTERFACE_0>(all.info.elements(), count as usize);
        let records = read.map(|read| read.records).unwrap_or_default();
        // Only a demand-dial interface has the further levels.
        let has_levels = |kind| kind == sys::ROUTER_IF_TYPE_FULL_ROUTER;
        let dials = records.iter().find(|held| has_levels(held.record.dwIfType));
        let Some(interface) = dials.or(records.first()).map(|held| held.record.hInterface.addr() as u32)
        else {
            return Ok(());
        };
        for level in 0..=3 {
            let one = self.send(&InterfaceGetInfoRequest { level, info: Counted::NULL, interface })?;
            let (name, code, info) = (InterfaceGetInfoRequest::NAME, one.code, &one.info);
            match level {
                0 => self.sized::<sys::MPR_INTERFACE_0>(name, level, code, info, 1),
                1 => self.sized::<sys::MPR_INTERFACE_1>(name, level, code, info, 1),
                2 => self.sized::<sys::MPR_INTERFACE_2>(name, level, code, info, 1),
                _ => self.sized::<sys::MPR_INTERFACE_3>(name, level, code, info, 1),
            }
        }
        Ok(())
    }

    fn revisions(&mut self) -> Result<(), CallError> {
        for asked in 1..=3 {
            let header = header(sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT, asked);
            let config = match asked {
                1 => ServerEx::Revision1(Box::new(ServerEx1 { header, ..Default::default() })),
                2 => ServerEx::Revision2(Box::new(ServerEx2 { header, ..Default::default() })),
                _ => ServerEx::Revision3(Box::new(ServerEx3 { header, ..Default::default() })),
            };
            let answer = self.send(&ServerGetInfoExRequest { config })?;
            let header = match &answer.config {
                ServerEx::Revision1(config) => &config.header,
                ServerEx::Revision2(config) => &config.header,
                ServerEx::Revision3(config) => &config.header,
            };
            self.revised(ServerGetInfoExRequest::NAME, asked, answer.code, header.revision.into());
        }
        let header = header(sys::MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT, 1);
        let request = ConnectionEnumExRequest { header, preferred_length: PAGE, resume: Some(0) };
        let answer = self.send(&request)?;
        // The kind of the records is their revision, and this client knows one.
        self.revised(ConnectionEnumExRequest::NAME, 1, answer.code, 1);
        Ok(())
    }

    fn revised(&mut self, operation: &'static str, asked: u32, code: u32, answered: u32) {
        let answered = if matches!(code, NO_ERROR | ERROR_MORE_DATA) { answered } else { 0 };
        self.report.revisions.push(Revision { operation, asked, code, answered });
    }
}

/// Makes the header of a record that is asked for.
fn header(kind: sys::MPRAPI_OBJECT_TYPE, revision: u32) -> ObjectHeader {
    ObjectHeader { revision: revision as u8, kind: kind as u8, ..Default::default() }
}
