//! The first message on the socket, in which smbd says who has opened the pipe, and the answer to it.
//!
//! The form was observed from Debian's Samba 4.17 (level 7). The fields, and those of level 8 (Samba 4.20), are named in
//! Samba's interface descriptions `named_pipe_auth.idl`, `auth.idl` and `security.idl`. It is NDR with two changes: the first
//! length is big-endian, and an identifier (SID) is as long as it has parts.

use super::sid::Sid;
use crate::pdu::{Problem, Reader, Result};

/// The largest hand-over that is read, in bytes.
pub const LARGEST: usize = 1 << 20;

/// The smallest identifier: one without parts, in bytes.
const SMALLEST_SID: usize = 8;

/// The client of a pipe, as smbd has authenticated it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The form of the hand-over: 7 or 8.
    pub level: u32,
    /// The address of the client's machine.
    pub address: String,
    /// The client's account, if it could be read.
    pub account: Option<String>,
    /// The domain of the account.
    pub domain: Option<String>,
    /// The identifiers of the account and of its groups.
    pub sids: Vec<Sid>,
}

impl Caller {
    /// Returns `true` if the account is a member of the local group Administrators.
    pub fn is_administrator(&self) -> bool {
        self.sids.contains(&Sid::administrators())
    }

    /// Reads a hand-over, with the length that it begins with.
    ///
    /// # Errors
    /// If the message is not a hand-over of level 7 or 8, or ends too early.
    pub fn decode(bytes: &[u8]) -> Result<Caller> {
        let mut reader = Reader::new(bytes, 0);
        let length = u32::from_be_bytes(reader.array("length")?);
        if length as usize != reader.left() {
            return Err(reader.error("length", 4, Problem::Value { found: length.into() }));
        }
        let magic = reader.array("magic")?;
        if magic != MAGIC {
            let found = u32::from_le_bytes(magic).into();
            return Err(reader.error("magic", 4, Problem::Value { found }));
        }
        let level = reader.u32("level")?;
        let switch = reader.u32("info switch")?;
        if !matches!(level, 7 | 8) || switch != level {
            return Err(reader.error("level", 8, Problem::Value { found: level.into() }));
        }
        reader.u8("transport")?;
        let client_name = pointer(&mut reader, "remote_client_name")?;
        let client_address = pointer(&mut reader, "remote_client_addr")?;
        reader.u16("remote_client_port")?;
        let server_name = pointer(&mut reader, "local_server_name")?;
        let server_address = pointer(&mut reader, "local_server_addr")?;
        reader.u16("local_server_port")?;
        let transported = pointer(&mut reader, "session_info_transport")?;
        text_if(client_name, &mut reader, "remote_client_name")?;
        let address = text_if(client_address, &mut reader, "remote_client_addr")?.unwrap_or_default();
        text_if(server_name, &mut reader, "local_server_name")?;
        text_if(server_address, &mut reader, "local_server_addr")?;
        let mut caller = Caller { level, address, account: None, domain: None, sids: Vec::new() };
        if !transported {
            return Ok(caller);
        }
        let session = pointer(&mut reader, "session_info")?;
        blob(&mut reader, "exported_gssapi_credentials")?;
        if session {
            caller.session(&mut reader)?;
        }
        Ok(caller)
    }

    /// Reads the fields of `auth_session_info`, as far as they matter.
    fn session(&mut self, reader: &mut Reader<'_>) -> Result<()> {
        let token = pointer(reader, "security_token")?;
        let unix_token = pointer(reader, "unix_token")?;
        let info = pointer(reader, "info")?;
        pointer(reader, "unix_info")?;
        pointer(reader, "torture")?;
        blob(reader, "session_key")?;
        pointer(reader, "credentials")?;
        reader.align("unique_session_token", 4)?;
        reader.bytes("unique_session_token", 16)?;
        reader.u32("ticket_type")?;
        let has_claims = if token { self.token(reader)? } else { false };
        // Claims have a form that is not read here; the account comes after them.
        if has_claims {
            return Ok(());
        }
        if unix_token {
            let count = reader.u32("unix groups")?;
            reader.align("uid", 8)?;
            reader.bytes("uid and gid", 16)?;
            reader.u32("ngroups")?;
            reader.align("groups", 8)?;
            let room = reader.left() / 8;
            if count as usize > room {
                return Err(reader.error("groups", 0, Problem::Large { found: count as usize, limit: room }));
            }
            reader.bytes("groups", 8 * count as usize)?;
        }
        if info { self.account(reader) } else { Ok(()) }
    }

    /// Reads the fields of `security_token`. Returns `true` if there are claims.
    fn token(&mut self, reader: &mut Reader<'_>) -> Result<bool> {
        let count = reader.u32("num_sids")?;
        let size = reader.u32("sids")?;
        let room = reader.left() / SMALLEST_SID;
        if count != size || count as usize > room {
            return Err(reader.error("sids", 4, Problem::Large { found: count as usize, limit: room }));
        }
        self.sids = (0..count).map(|_| Sid::decode(reader)).collect::<Result<_>>()?;
        reader.align("privilege_mask", 8)?;
        reader.bytes("privilege_mask", 8)?;
        reader.u32("rights_mask")?;
        if self.level < 8 {
            return Ok(false);
        }
        let counts: [u8; 16] = reader.array("claims")?;
        if counts != [0; 16] {
            return Ok(true);
        }
        // The sizes of the four empty arrays, and `evaluate_claims`.
        reader.bytes("claims", 4 * 5)?;
        Ok(false)
    }

    /// Reads the account and the domain of `auth_user_info`.
    fn account(&mut self, reader: &mut Reader<'_>) -> Result<()> {
        let account = pointer(reader, "account_name")?;
        let principal = pointer(reader, "user_principal_name")?;
        reader.u8("user_principal_constructed")?;
        let domain = pointer(reader, "domain_name")?;
        for _ in 0..7 {
            pointer(reader, "auth_user_info")?;
        }
        // Six times, two counts of 16 bits, and two numbers of 32 bits.
        reader.bytes("auth_user_info", 6 * 8 + 2 * 2 + 2 * 4)?;
        self.account = text_if(account, reader, "account_name")?;
        text_if(principal, reader, "user_principal_name")?;
        self.domain = text_if(domain, reader, "domain_name")?;
        Ok(())
    }
}

/// The word of a hand-over and of its answer.
const MAGIC: [u8; 4] = *b"NPAM";

/// Takes a pointer. Returns `true` if it points to something, which follows later.
fn pointer(reader: &mut Reader<'_>, field: &'static str) -> Result<bool> {
    reader.align(field, 4)?;
    Ok(reader.u32(field)? != 0)
}

/// Takes a text, if a pointer to it was not null.
fn text_if(is_there: bool, reader: &mut Reader<'_>, field: &'static str) -> Result<Option<String>> {
    if !is_there {
        return Ok(None);
    }
    reader.align(field, 4)?;
    reader.u32(field)?;
    reader.u32(field)?;
    let length = reader.u32(field)?;
    let bytes = reader.bytes(field, length as usize)?;
    let bytes = bytes.strip_suffix(&[0]).unwrap_or(bytes);
    Ok(Some(String::from_utf8_lossy(bytes).into_owned()))
}

/// Skips a `DATA_BLOB`.
fn blob(reader: &mut Reader<'_>, field: &'static str) -> Result<()> {
    reader.align(field, 4)?;
    let length = reader.u32(field)?;
    reader.bytes(field, length as usize)?;
    Ok(())
}

/// Makes the answer to a hand-over of this level: the pipe is open, and each message has a length of its own.
pub fn reply(level: u32) -> Vec<u8> {
    const MESSAGE_MODE: u16 = 2;
    /// Messages, read as messages, with no limit of instances (FSCC section 2.4.34 and SMB's pipe state).
    const STATE: u16 = 0x05ff;
    const ALLOCATION: u64 = 4096;
    const SUCCESS: u32 = 0;
    let mut body = MAGIC.to_vec();
    body.extend(level.to_le_bytes());
    body.extend(level.to_le_bytes());
    body.extend(MESSAGE_MODE.to_le_bytes());
    body.extend(STATE.to_le_bytes());
    // The next field begins at a multiple of 8, counted from the length.
    body.extend([0; 4]);
    body.extend(ALLOCATION.to_le_bytes());
    body.extend(SUCCESS.to_le_bytes());
    let mut bytes = (body.len() as u32).to_be_bytes().to_vec();
    bytes.extend(body);
    bytes
}
