//! The names that [`export_admin_dll!`](crate::export_admin_dll) uses. They may change with any version.

use std::net::Ipv4Addr;

pub use mprapi_sys as sys;

use crate::address::{AddressRequest, Assignment, Ipv4Addresses, Ipv6Addresses, ReleasedAddress};
pub use crate::callouts::*;
use crate::code::Code;
use crate::context::Context;
pub use crate::state::{Exports, State};

/// A function that gives the API.
pub type Api = fn() -> mprapi::Result<mprapi::Mpr>;

/// The state of a DLL.
pub type StateOf<E> = State<<E as Exports>::Dll, <E as Exports>::Ipv4, <E as Exports>::Ipv6>;

/// The words of `on_panic`.
#[expect(non_upper_case_globals, reason = "they are words of the macro")]
pub mod on_panic {
    use crate::verdict::Verdict;

    pub const accept: Verdict = Verdict::Accept;
    pub const reject: Verdict = Verdict::Reject;
}

/// The words of `on_failed_start`.
#[expect(non_upper_case_globals, reason = "they are words of the macro")]
pub mod on_failed_start {
    use crate::verdict::FailedStart;

    pub const accept_all: FailedStart = FailedStart::AcceptAll;
    pub const stop_service: FailedStart = FailedStart::StopService;
}

/// A type that the macro may be given, in a tuple of one or none.
pub trait Given {
    type Type;
    const IS_GIVEN: bool;
}

impl Given for () {
    type Type = NotExported;
    const IS_GIVEN: bool = false;
}

impl<T> Given for (T,) {
    type Type = T;
    const IS_GIVEN: bool = true;
}

/// The addresses of a DLL that exports none. Nothing starts them.
pub struct NotExported(());

impl Ipv4Addresses for NotExported {
    fn start(_: &Context) -> Result<NotExported, Code> {
        Err(Code::NOT_ACTIVE)
    }

    fn assign(&self, _: &AddressRequest<'_, Ipv4Addr>) -> Result<Assignment<Ipv4Addr>, Code> {
        Err(Code::NOT_ACTIVE)
    }

    fn release(&self, _: &ReleasedAddress<'_, Ipv4Addr>) {}
}

impl Ipv6Addresses for NotExported {
    fn start(_: &Context) -> Result<NotExported, Code> {
        Err(Code::NOT_ACTIVE)
    }

    fn assign(&self, _: &AddressRequest<'_, u64>) -> Result<Assignment<u64>, Code> {
        Err(Code::NOT_ACTIVE)
    }

    fn release(&self, _: &ReleasedAddress<'_, u64>) {}
}
