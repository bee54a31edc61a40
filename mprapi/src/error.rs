//! The errors: the function that failed, the code, its name and a sentence.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use mprapi_sys as sys;

use crate::enumeration::words;
use crate::{callout, codes};

mod predicates;

pub(crate) use predicates::raw;

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// A call that failed: which function of `mprapi.h`, and why.
///
/// Its text is for a person: `MprAdminServerConnect: access is denied; … (ERROR_ACCESS_DENIED, 5)`. So is its `Debug`, which
/// is what a `main` that returns an error prints.
#[derive(Clone, PartialEq, Eq)]
// A pointer, because every result of this crate has room for it, and every caller code that hands it on.
pub struct Error(Arc<Failure>);

#[derive(PartialEq, Eq)]
struct Failure {
    function: &'static str,
    cause: Cause,
}

enum Cause {
    /// The code, and the server that answered it.
    Code(u32, Option<Box<str>>),
    Missing(sys::MissingFunction),
    Load(sys::LoadError),
    Argument(&'static str),
    Answer(&'static str),
    Busy(&'static str),
    InCallout,
    /// An [`std::io::Error`]. Not by its type, which would bring the 3 kB of its `Debug` into every program.
    System(Box<dyn std::error::Error + Send + Sync>),
}

/// Compares messages of a library or the system by their text, and codes without their server, so that an error of
/// [`Error::new`] is equal to the one that a server answers.
impl PartialEq for Cause {
    #[inline]
    fn eq(&self, other: &Cause) -> bool {
        match (self, other) {
            (Cause::Code(one, _), Cause::Code(other, _)) => one == other,
            (Cause::Missing(one), Cause::Missing(other)) => one == other,
            (Cause::Load(one), Cause::Load(other)) => one.to_string() == other.to_string(),
            (Cause::Argument(one), Cause::Argument(other))
            | (Cause::Answer(one), Cause::Answer(other))
            | (Cause::Busy(one), Cause::Busy(other)) => one == other,
            (Cause::InCallout, Cause::InCallout) => true,
            (Cause::System(one), Cause::System(other)) => one.to_string() == other.to_string(),
            _ => false,
        }
    }
}

impl Eq for Cause {}

/// The kinds of failure that a program may want to distinguish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The library could not be loaded.
    NoLibrary,
    /// The library is too old: it lacks the function.
    MissingFunction,
    /// The caller gave an invalid argument. Either this crate found it before any call, and then there is no
    /// [`code`](Error::code), or the function answered `ERROR_INVALID_PARAMETER` (87).
    InvalidArgument,
    /// The library answered something that the API's rules exclude (null with success, a wrong count, …). Its buffers were
    /// freed where that was safe.
    MalformedAnswer,
    /// The caller is not an administrator of the server.
    AccessDenied,
    /// The service is stopped, or still starting.
    NotRunning,
    /// The server cannot be reached.
    Unreachable,
    /// The server does not know (or no longer knows) this handle or id.
    InvalidHandle,
    /// The interface does not exist.
    NoSuchInterface,
    /// The port, user, domain, transport, file, … does not exist.
    NotFound,
    /// Something of this name exists already.
    AlreadyExists,
    /// The port or interface is not connected.
    NotConnected,
    /// The server or this Windows does not do that, or not at this level of information.
    Unsupported,
    /// The server or this machine is out of memory.
    OutOfMemory,
    /// The method was called in a callout of an administration DLL, where a call of the API would never return; see
    /// [`callout`](crate::callout). Nothing was called.
    InCallout,
    /// Any other code; see [`Error::code`].
    Other,
}

words! {
    ErrorKind {
        NoLibrary = "no library";
        MissingFunction = "missing function";
        InvalidArgument = "invalid argument";
        MalformedAnswer = "malformed answer";
        AccessDenied = "access denied";
        NotRunning = "not running";
        Unreachable = "unreachable";
        InvalidHandle = "invalid handle";
        NoSuchInterface = "no such interface";
        NotFound = "not found";
        AlreadyExists = "already exists";
        NotConnected = "not connected";
        Unsupported = "unsupported";
        OutOfMemory = "out of memory";
        InCallout = "in a callout";
        Other = "other";
    }
}

impl Error {
    /// Creates the error that a function reports with a code: for calls made through [`Mpr::table`](crate::Mpr::table), and
    /// to look a code up.
    ///
    /// ```
    /// let error = mprapi::Error::new("MprAdminServerConnect", 5);
    /// # #[cfg(feature = "messages")]
    /// assert_eq!(error.name(), Some("ERROR_ACCESS_DENIED"));
    /// assert_eq!(error.kind(), mprapi::ErrorKind::AccessDenied);
    /// ```
    #[inline]
    pub fn new(function: &'static str, code: u32) -> Error {
        Error::of(function, Cause::Code(code, None))
    }

    /// Creates any error. Out of line, as each place that makes one would else have its own code for the memory.
    #[cold]
    #[inline(never)]
    fn of(function: &'static str, cause: Cause) -> Error {
        Error(Arc::new(Failure { function, cause }))
    }

    /// Adds the name of the server that answered the code, where it has a name and the error has a code.
    #[inline]
    pub(crate) fn at(self, server: Option<&str>) -> Error {
        match self.0.cause {
            Cause::Code(code, _) => failed(self.0.function, code, server),
            _ => self,
        }
    }

    #[inline]
    pub(crate) fn load(error: sys::LoadError) -> Error {
        const LOADER: &str = if cfg!(windows) { "LoadLibraryExW" } else { "dlopen" };
        Error::of(LOADER, Cause::Load(error))
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn argument(function: &'static str, problem: &'static str) -> Error {
        Error::of(function, Cause::Argument(problem))
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn answer(function: &'static str, problem: &'static str) -> Error {
        Error::of(function, Cause::Answer(problem))
    }

    /// Something that is not begun as long as too much goes on.
    #[inline]
    pub(crate) fn busy(function: &'static str, problem: &'static str) -> Error {
        Error::of(function, Cause::Busy(problem))
    }

    /// Something that this machine's system refused: `function` is the system's.
    #[inline]
    pub(crate) fn system(function: &'static str, error: std::io::Error) -> Error {
        Error::of(function, Cause::System(Box::new(error)))
    }

    /// Returns the C function that failed, or was about to be called: one of `mprapi.h`, or the system's where it is the
    /// system that refused (`LoadLibraryExW`, elsewhere `dlopen`, for a library that could not be loaded).
    #[inline]
    pub fn function(&self) -> &'static str {
        self.0.function
    }

    /// Returns the C function of `mprapi.h` that [`function`](Error::function) names, to match on. `None` where the system
    /// refused, and for a name that [`new`](Error::new) was given and the header does not have.
    ///
    /// ```
    /// use mprapi::sys::Function;
    /// let error = mprapi::Error::new("MprAdminPortReset", 5);
    /// assert_eq!(error.called(), Some(Function::MprAdminPortReset));
    /// ```
    #[inline]
    pub fn called(&self) -> Option<sys::Function> {
        sys::Function::ALL.iter().copied().find(|function| function.name() == self.function())
    }

    /// Returns the code that the function answered, if it was called and answered one.
    #[inline]
    pub fn code(&self) -> Option<u32> {
        if let Cause::Code(code, _) = self.0.cause { Some(code) } else { None }
    }

    /// Returns the name of the server that answered the [`code`](Error::code), as the program gave it to
    /// [`Mpr::connect`](crate::Mpr::connect), [`Mpr::configuration`](crate::Mpr::configuration), [`Mpr::mib`](crate::Mpr::mib)
    /// or the method that failed. The error's text does not have it, and `==` does not compare it.
    ///
    /// It is `None` for this machine, for a function that takes no server, for an error without a code and for one that
    /// [`new`](Error::new) made.
    ///
    /// ```
    /// # let simulation = mprapi_sim::Server::new("doc-error-server").start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// let server = mpr.connect(Some("doc-error-server"))?;
    /// let error = server.find_interface("branch").unwrap_err();
    /// assert_eq!(error.server(), Some("doc-error-server"));
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    #[inline]
    pub fn server(&self) -> Option<&str> {
        if let Cause::Code(_, server) = &self.0.cause { server.as_deref() } else { None }
    }

    /// Returns the code's symbolic name in the Windows headers, such as `ERROR_ACCESS_DENIED`; `None` without the feature
    /// `messages`.
    #[inline]
    pub fn name(&self) -> Option<&'static str> {
        self.code().and_then(codes::find).map(|(name, _)| name)
    }

    /// Returns the code that has this symbolic name, in capitals or not: the opposite of [`name`](Error::name). Returns `None`
    /// without the feature `messages`.
    ///
    /// ```
    /// # #[cfg(feature = "messages")]
    /// assert_eq!(mprapi::Error::code_named("error_access_denied"), Some(5));
    /// assert_eq!(mprapi::Error::code_named("ERROR_NO_SUCH_THING"), None);
    /// ```
    #[inline]
    pub fn code_named(name: &str) -> Option<u32> {
        codes::named(name)
    }

    /// Returns the sentence of the error's text, without the function, the code and its name: `access is denied; …`. Without
    /// the feature `messages`, that of a code says only which one it is.
    ///
    /// ```
    /// # #[cfg(feature = "messages")] {
    /// let error = mprapi::Error::new("MprAdminPortDisconnect", 606);
    /// assert_eq!(error.message(), "nobody is connected on the port");
    /// assert_eq!(
    ///     error.to_string(),
    ///     "MprAdminPortDisconnect: nobody is connected on the port (ERROR_PORT_NOT_CONNECTED, 606)"
    /// );
    /// # }
    /// ```
    #[inline]
    pub fn message(&self) -> Cow<'_, str> {
        match self.0.cause {
            Cause::Argument(problem) | Cause::Busy(problem) => problem.into(),
            ref cause => cause.to_string().into(),
        }
    }

    /// Returns the kind of failure.
    #[inline]
    pub fn kind(&self) -> ErrorKind {
        match self.0.cause {
            Cause::Load(_) => ErrorKind::NoLibrary,
            Cause::Missing(_) => ErrorKind::MissingFunction,
            Cause::Argument(_) => ErrorKind::InvalidArgument,
            Cause::Answer(_) => ErrorKind::MalformedAnswer,
            Cause::System(_) | Cause::Busy(_) => ErrorKind::Other,
            Cause::InCallout => ErrorKind::InCallout,
            Cause::Code(code, _) => kind_of(code),
        }
    }
}

#[inline]
fn kind_of(code: u32) -> ErrorKind {
    const NO_SUCH_USER: u32 = 1317;
    const PATH_NOT_FOUND: u32 = 3;
    const OUTOFMEMORY: u32 = 14;
    match code {
        sys::ERROR_ACCESS_DENIED => ErrorKind::AccessDenied,
        sys::RPC_S_UNKNOWN_IF
        | sys::ERROR_SERVICE_NOT_ACTIVE
        | sys::ERROR_DDM_NOT_RUNNING
        | sys::ERROR_ROUTER_STOPPED
        | raw::EPT_NOT_REGISTERED => ErrorKind::NotRunning,
        sys::RPC_S_SERVER_UNAVAILABLE | raw::BAD_NETPATH => ErrorKind::Unreachable,
        sys::ERROR_INVALID_HANDLE | sys::RPC_S_INVALID_BINDING | raw::INVALID_PORT_HANDLE => {
            ErrorKind::InvalidHandle
        }
        sys::ERROR_NO_SUCH_INTERFACE => ErrorKind::NoSuchInterface,
        sys::ERROR_NOT_FOUND
        | sys::ERROR_FILE_NOT_FOUND
        | sys::NERR_UserNotFound
        | NO_SUCH_USER
        | sys::ERROR_NO_SUCH_DOMAIN
        | sys::ERROR_UNKNOWN_PROTOCOL_ID
        | PATH_NOT_FOUND
        | raw::PORT_NOT_FOUND => ErrorKind::NotFound,
        sys::ERROR_ALREADY_EXISTS
        | sys::ERROR_INTERFACE_ALREADY_EXISTS
        | sys::ERROR_CLIENT_INTERFACE_ALREADY_EXISTS => ErrorKind::AlreadyExists,
        sys::ERROR_INTERFACE_NOT_CONNECTED | raw::PORT_NOT_CONNECTED | raw::NO_CONNECTION => {
            ErrorKind::NotConnected
        }
        sys::ERROR_NOT_SUPPORTED
        | sys::ERROR_CALL_NOT_IMPLEMENTED
        | sys::ERROR_INVALID_LEVEL
        | raw::PROC_NOT_FOUND
        | raw::PROCNUM_OUT_OF_RANGE
        | sys::ERROR_REVISION_MISMATCH => ErrorKind::Unsupported,
        sys::ERROR_NOT_ENOUGH_MEMORY | OUTOFMEMORY => ErrorKind::OutOfMemory,
        sys::ERROR_INVALID_PARAMETER => ErrorKind::InvalidArgument,
        _ => ErrorKind::Other,
    }
}

impl fmt::Display for Cause {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            &Cause::Code(code, _) => match codes::find(code) {
                Some((_, sentence)) => sentence.fmt(f),
                None => write!(f, "the library answered code {code} ({code:#x})"),
            },
            Cause::Missing(missing) => missing.fmt(f),
            Cause::Load(error) => error.fmt(f),
            Cause::Argument(problem) | Cause::Busy(problem) => f.write_str(problem),
            Cause::Answer(problem) => write!(f, "the library broke the API's rules: {problem}"),
            Cause::InCallout => f.write_str(callout::REFUSAL),
            Cause::System(_) => f.write_str("this machine's system refused it"),
        }
    }
}

impl fmt::Display for Error {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure { function, cause } = &*self.0;
        // These two name the function themselves.
        if !matches!(cause, Cause::Missing(_) | Cause::Load(_)) {
            write!(f, "{function}: ")?;
        }
        cause.fmt(f)?;
        match (self.name(), self.code()) {
            (Some(name), Some(code)) => write!(f, " ({name}, {code})"),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without a `DebugStruct`, whose code is longer in every program that returns an error from `main`.
        write!(f, "Error {{ kind: {:?}, message: {}", self.kind(), *self)?;
        if let Some(source) = std::error::Error::source(self) {
            write!(f, ", source: {source}")?;
        }
        f.write_str(" }")
    }
}

impl std::error::Error for Error {
    #[inline]
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.cause {
            Cause::Load(error) => error.source(),
            Cause::System(error) => Some(&**error),
            _ => None,
        }
    }
}

/// For functions whose result is [`std::io::Result`]: the nearest kind, with the error inside.
impl From<Error> for std::io::Error {
    #[inline]
    fn from(error: Error) -> std::io::Error {
        use std::io::ErrorKind as Io;
        let kind = match error.kind() {
            ErrorKind::NoLibrary | ErrorKind::NoSuchInterface | ErrorKind::NotFound => Io::NotFound,
            ErrorKind::MissingFunction | ErrorKind::Unsupported => Io::Unsupported,
            ErrorKind::InvalidArgument | ErrorKind::InvalidHandle => Io::InvalidInput,
            ErrorKind::MalformedAnswer => Io::InvalidData,
            ErrorKind::AccessDenied => Io::PermissionDenied,
            ErrorKind::NotRunning => Io::ConnectionRefused,
            ErrorKind::Unreachable => Io::HostUnreachable,
            ErrorKind::AlreadyExists => Io::AlreadyExists,
            ErrorKind::NotConnected => Io::NotConnected,
            ErrorKind::OutOfMemory => Io::OutOfMemory,
            ErrorKind::InCallout => Io::Deadlock,
            ErrorKind::Other => Io::Other,
        };
        std::io::Error::new(kind, error)
    }
}

impl From<sys::MissingFunction> for Error {
    #[cold]
    #[inline(never)]
    fn from(missing: sys::MissingFunction) -> Error {
        // In a callout no table has functions, so this one may be missing for that reason alone.
        let cause = if callout::is_inside() { Cause::InCallout } else { Cause::Missing(missing) };
        Error::of(missing.0.name(), cause)
    }
}

/// Turns the code that a function of a server answered into a `Result`.
///
/// `server` tells the server's name and is asked only after a failure, so that a success costs nothing more.
#[inline]
pub(crate) fn check<'s>(
    function: &'static str,
    answer: std::result::Result<u32, sys::MissingFunction>,
    server: impl FnOnce() -> Option<&'s str>,
) -> Result<()> {
    match answer? {
        sys::NO_ERROR => Ok(()),
        code => Err(failed(function, code, server())),
    }
}

/// Creates the error of a code that `server` answered. As the other errors that a call may end with, it is made out of line:
/// a call has many places that make one, and nearly always comes to none of them.
#[cold]
#[inline(never)]
pub(crate) fn failed(function: &'static str, code: u32, server: Option<&str>) -> Error {
    Error::of(function, Cause::Code(code, server.map(Box::from)))
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    #[test]
    fn a_call_that_the_server_does_not_know_yet_is_unsupported() {
        assert_eq!(Error::new("F", 1745).kind(), ErrorKind::Unsupported);
    }

    #[test]
    fn errors_are_equal_where_function_and_cause_are() {
        let all = || {
            [
                Error::new("F", 5),
                Error::new("G", 5),
                Error::new("F", 6),
                Error::argument("F", "wrong"),
                Error::answer("F", "wrong"),
                Error::busy("F", "wrong"),
                Error::from(sys::MissingFunction(sys::Function::MprAdminPortEnum)),
                Error::system("F", std::io::ErrorKind::PermissionDenied.into()),
                Error::system("F", std::io::ErrorKind::NotFound.into()),
            ]
        };
        for (first, one) in all().iter().enumerate() {
            assert_eq!(*one, one.clone());
            for (second, other) in all().iter().enumerate() {
                assert_eq!(one == other, first == second, "{one} and {other}");
            }
        }
    }

    #[test]
    fn every_function_of_the_header_is_found_by_its_name() {
        for function in sys::Function::ALL {
            assert_eq!(Error::new(function.name(), 5).called(), Some(*function));
        }
        assert_eq!(Error::new("CreateEventW", 5).called(), None);
    }

    #[test]
    fn both_codes_for_a_lack_of_memory_are_one_kind() {
        for code in [8, 14] {
            assert_eq!(Error::new("F", code).kind(), ErrorKind::OutOfMemory);
        }
    }

    #[test]
    fn as_an_io_error_it_keeps_its_words_and_can_be_had_again() {
        let error = std::io::Error::from(Error::new("F", 5));
        assert_eq!(error.kind(), std::io::ErrorKind::PermissionDenied);
        assert_eq!(error.to_string(), Error::new("F", 5).to_string());
        assert_eq!(error.downcast::<Error>().expect("it is inside").code(), Some(5));
    }

    #[test]
    fn each_kind_has_its_nearest_io_kind() {
        use std::io::ErrorKind as Io;
        let missing = Error::from(sys::MissingFunction(sys::Function::MprAdminPortEnum));
        let cases = [
            (missing, ErrorKind::MissingFunction, Io::Unsupported),
            (Error::argument("F", "wrong"), ErrorKind::InvalidArgument, Io::InvalidInput),
            (Error::answer("F", "wrong"), ErrorKind::MalformedAnswer, Io::InvalidData),
            (Error::busy("F", "too much"), ErrorKind::Other, Io::Other),
            (Error::new("F", sys::ERROR_ACCESS_DENIED), ErrorKind::AccessDenied, Io::PermissionDenied),
            (Error::new("F", sys::RPC_S_UNKNOWN_IF), ErrorKind::NotRunning, Io::ConnectionRefused),
            (Error::new("F", 53), ErrorKind::Unreachable, Io::HostUnreachable),
            (Error::new("F", sys::ERROR_INVALID_HANDLE), ErrorKind::InvalidHandle, Io::InvalidInput),
            (Error::new("F", sys::ERROR_NO_SUCH_INTERFACE), ErrorKind::NoSuchInterface, Io::NotFound),
            (Error::new("F", 615), ErrorKind::NotFound, Io::NotFound),
            (Error::new("F", sys::ERROR_ALREADY_EXISTS), ErrorKind::AlreadyExists, Io::AlreadyExists),
            (Error::new("F", 606), ErrorKind::NotConnected, Io::NotConnected),
            (Error::new("F", sys::ERROR_NOT_SUPPORTED), ErrorKind::Unsupported, Io::Unsupported),
            (Error::new("F", 14), ErrorKind::OutOfMemory, Io::OutOfMemory),
            (Error::new("F", 4711), ErrorKind::Other, Io::Other),
        ];
        for (error, kind, io) in cases {
            let words = error.to_string();
            assert_eq!(error.kind(), kind, "{words}");
            assert_eq!(std::io::Error::from(error).kind(), io, "{words}");
        }
    }

    #[test]
    fn what_this_machine_refused_names_the_function_and_leads_to_the_cause() {
        let error = Error::system("CreateEventW", std::io::ErrorKind::PermissionDenied.into());
        assert_eq!(error.to_string(), "CreateEventW: this machine's system refused it");
        assert_eq!(error.source().expect("the cause").to_string(), "permission denied");
    }
}
