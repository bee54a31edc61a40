//! The statuses with which a server refuses: NTSTATUS, as MS-ERREF has them.

/// The operation went well.
pub(super) const SUCCESS: u32 = 0;
/// The operation takes long. Its answer follows.
pub(super) const PENDING: u32 = 0x0000_0103;
/// The buffer was too small for the whole message. The rest can be read.
pub(super) const BUFFER_OVERFLOW: u32 = 0x8000_0005;
/// The authentication needs a further token.
pub(super) const MORE_PROCESSING_REQUIRED: u32 = 0xC000_0016;
/// The caller may not do this.
pub(super) const ACCESS_DENIED: u32 = 0xC000_0022;
/// The server does not know this operation.
pub(super) const NOT_SUPPORTED: u32 = 0xC000_00BB;

/// Returns `true` if the server does not have a control operation, and so has done nothing.
pub(super) const fn is_unknown_operation(status: u32) -> bool {
    const INVALID_DEVICE_REQUEST: u32 = 0xC000_0010;
    const FS_DRIVER_REQUIRED: u32 = 0xC000_019C;
    matches!(status, NOT_SUPPORTED | INVALID_DEVICE_REQUEST | FS_DRIVER_REQUIRED)
}

/// Returns the meaning of a status that ends an authentication, and what to do.
pub(super) const fn logon(status: u32) -> Option<&'static str> {
    if let Some(reason) = refusal(status) {
        return Some(reason);
    }
    Some(match status {
        ACCESS_DENIED => "the account is denied access; the server's event log has the reason",
        0xC000_006F => "the account may not log on at this hour",
        0xC000_0070 => "the account may not log on from this machine",
        0xC000_015B => {
            "the account may not log on over the network; see the right \"Access this computer from the network\""
        }
        0xC000_005E => {
            "no domain controller answers the server; try again, or use an account of the server itself"
        }
        0xC000_018B..=0xC000_018D => "the account's domain is not trusted there",
        0xC000_0133 => "the clocks differ too much; set this machine's time",
        0xC000_0418 => "NTLM is blocked there; use Kerberos",
        0xC000_0413 => "the authentication policy of the account forbids it",
        0xC000_035C => "the ticket has expired; get a new one with kinit",
        _ => return None,
    })
}

/// Returns the meaning of a status that refuses the account or its password, and what to do.
const fn refusal(status: u32) -> Option<&'static str> {
    Some(match status {
        0xC000_006D => "the name or the password is wrong, or the account does not exist",
        0xC000_0064 => "the account does not exist",
        0xC000_006A => "the password is wrong",
        0xC000_006E => {
            "the account is restricted; an account without a password cannot log on over the network"
        }
        0xC000_0071 => "the password has expired; change it",
        0xC000_0072 => "the account is disabled",
        0xC000_0193 => "the account has expired",
        0xC000_0224 => "the password must be changed before the first logon",
        0xC000_0234 => "the account is locked out; wait, or have it unlocked",
        _ => return None,
    })
}

/// Returns `true` for a status that says that the account or its password is not good.
pub(super) const fn refuses_account(status: u32) -> bool {
    refusal(status).is_some()
}

/// Returns `true` if the server could not do what it was asked to, whatever that was.
pub(super) const fn is_passing(status: u32) -> bool {
    const INSUFFICIENT_RESOURCES: u32 = 0xC000_009A;
    const REQUEST_NOT_ACCEPTED: u32 = 0xC000_00D0;
    const INTERNAL_ERROR: u32 = 0xC000_00E5;
    const INSUFF_SERVER_RESOURCES: u32 = 0xC000_0205;
    matches!(status, INSUFFICIENT_RESOURCES | REQUEST_NOT_ACCEPTED | INTERNAL_ERROR | INSUFF_SERVER_RESOURCES)
}

/// Returns `true` if the pipe does not exist.
pub(super) const fn is_missing_pipe(status: u32) -> bool {
    const OBJECT_NAME_NOT_FOUND: u32 = 0xC000_0034;
    const OBJECT_PATH_NOT_FOUND: u32 = 0xC000_003A;
    const NO_SUCH_FILE: u32 = 0xC000_000F;
    const PIPE_NOT_AVAILABLE: u32 = 0xC000_00AC;
    const INSTANCE_NOT_AVAILABLE: u32 = 0xC000_00AB;
    // Of Samba, if the program behind the pipe has ended.
    const CONNECTION_REFUSED: u32 = 0xC000_0236;
    matches!(
        status,
        OBJECT_NAME_NOT_FOUND
            | OBJECT_PATH_NOT_FOUND
            | NO_SUCH_FILE
            | PIPE_NOT_AVAILABLE
            | INSTANCE_NOT_AVAILABLE
            | CONNECTION_REFUSED
    )
}

/// Returns `true` if the status says that the other end of the pipe is gone.
pub(super) const fn is_closed_pipe(status: u32) -> bool {
    const END_OF_FILE: u32 = 0xC000_0011;
    const PIPE_DISCONNECTED: u32 = 0xC000_00B0;
    const PIPE_CLOSING: u32 = 0xC000_00B1;
    const FILE_CLOSED: u32 = 0xC000_0128;
    const PIPE_BROKEN: u32 = 0xC000_014B;
    matches!(status, END_OF_FILE | PIPE_DISCONNECTED | PIPE_CLOSING | FILE_CLOSED | PIPE_BROKEN)
}

/// Returns `true` if the status says that the session is no longer there.
pub(super) const fn is_ended_session(status: u32) -> bool {
    const USER_SESSION_DELETED: u32 = 0xC000_0203;
    const NETWORK_NAME_DELETED: u32 = 0xC000_00C9;
    const NETWORK_SESSION_EXPIRED: u32 = 0xC000_035C;
    matches!(status, USER_SESSION_DELETED | NETWORK_NAME_DELETED | NETWORK_SESSION_EXPIRED)
}
