//! Error codes that a DLL answers to the service.

use std::fmt;
use std::io;

use mprapi_sys as sys;

/// An error code of Windows, which a DLL answers where it cannot do what the service asks. It is never 0, which means success.
///
/// The service does not show it to the user: a start that fails is logged by the service in the System event log, and an
/// address that is refused ends the connection.
///
/// ```
/// use mprapi_admin_dll::Code;
///
/// assert_eq!(Code::new(5).to_string(), "ERROR_ACCESS_DENIED (5)");
/// assert_eq!(Code::new(0), Code::INTERNAL_ERROR);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Code(u32);

impl Code {
    /// `ERROR_INTERNAL_ERROR` (1359), which a function answers if it has panicked.
    pub const INTERNAL_ERROR: Code = Code::new(sys::ERROR_INTERNAL_ERROR);
    /// `ERROR_INVALID_DATA` (13): a file has the wrong contents.
    pub const INVALID_DATA: Code = Code::new(sys::ERROR_INVALID_DATA);
    /// `ERROR_INVALID_PARAMETER` (87): the service gave what the header excludes, such as a null pointer.
    pub const INVALID_PARAMETER: Code = Code::new(sys::ERROR_INVALID_PARAMETER);
    /// `ERROR_NO_IP_ADDRESSES` (717): no address is left.
    pub const NO_ADDRESSES: Code = Code::new(717);
    /// `ERROR_PPP_NO_ADDRESS_ASSIGNED` (738): the user gets no address.
    pub const NO_ADDRESS_ASSIGNED: Code = Code::new(738);
    /// `ERROR_SERVICE_NOT_ACTIVE` (1062): the DLL was not initialised, or is terminated.
    pub const NOT_ACTIVE: Code = Code::new(sys::ERROR_SERVICE_NOT_ACTIVE);

    /// Makes a code. 0, which is no error, becomes [`INTERNAL_ERROR`](Code::INTERNAL_ERROR).
    pub const fn new(code: u32) -> Code {
        Code(if code == 0 { sys::ERROR_INTERNAL_ERROR } else { code })
    }

    /// Returns the number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match mprapi::Error::new("", self.get()).name() {
            Some(name) => write!(f, "{name} ({})", self.get()),
            None => write!(f, "{}", self.get()),
        }
    }
}

impl std::error::Error for Code {}

/// Takes the system's code on Windows. Elsewhere the kind of the error gives the nearest one.
impl From<io::Error> for Code {
    fn from(error: io::Error) -> Code {
        const GEN_FAILURE: u32 = 31;
        const DISK_FULL: u32 = 112;
        match error.raw_os_error() {
            Some(code) if cfg!(windows) => Code::new(code as u32),
            _ => Code::new(match error.kind() {
                io::ErrorKind::NotFound => sys::ERROR_FILE_NOT_FOUND,
                io::ErrorKind::PermissionDenied => sys::ERROR_ACCESS_DENIED,
                io::ErrorKind::AlreadyExists => sys::ERROR_ALREADY_EXISTS,
                io::ErrorKind::InvalidInput => sys::ERROR_INVALID_PARAMETER,
                io::ErrorKind::InvalidData => sys::ERROR_INVALID_DATA,
                io::ErrorKind::OutOfMemory => sys::ERROR_NOT_ENOUGH_MEMORY,
                io::ErrorKind::StorageFull => DISK_FULL,
                _ => GEN_FAILURE,
            }),
        }
    }
}

/// Takes the code that the library answered, or [`Code::INTERNAL_ERROR`] if it answered none.
impl From<mprapi::Error> for Code {
    fn from(error: mprapi::Error) -> Code {
        Code::new(error.code().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_the_system_becomes_the_nearest_code() {
        assert_eq!(Code::from(io::Error::from(io::ErrorKind::NotFound)).get(), 2);
        assert_eq!(Code::from(io::Error::from(io::ErrorKind::StorageFull)).get(), 112);
        assert_eq!(Code::from(io::Error::other("something")).get(), 31);
        let missing = std::fs::File::open("no such file, nowhere").unwrap_err();
        assert_eq!(Code::from(missing).to_string(), "ERROR_FILE_NOT_FOUND (2)");
    }

    #[test]
    fn an_error_of_the_api_keeps_its_code_and_one_without_is_internal() {
        assert_eq!(Code::from(mprapi::Error::new("MprAdminServerConnect", 5)).get(), 5);
        assert_eq!(Code::from(mprapi::Error::new("MprAdminServerConnect", 0)), Code::INTERNAL_ERROR);
        assert_eq!(Code::new(4711).to_string(), "4711");
    }
}
