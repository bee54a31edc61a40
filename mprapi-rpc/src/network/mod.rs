//! Servers that are reached over the network: SMB carries the pipe of RPC.
//!
//! [`table`] is a back end like any other, whose handles are connections. **Experimental: not yet tried against Windows
//! Server.**
//!
//! # Connections
//! `MprAdminServerConnect` connects at once: it finds the server's address, logs on, opens the pipe and binds the interface, so
//! that a tool knows at the beginning if the server answers and the account is right. (The function of Windows makes no
//! traffic, and the first call has the error; its codes are the same.) The server's name may have a port (`vpn01:4450`).
//! [`set_options`] sets the account, the port and the limits, [`failure`] tells which layer failed and why, and [`check`] walks
//! the steps of a connection one by one.
//!
//! A handle has one connection, and a few if several threads call at once. One that has ended is opened again by the next
//! call. A call that only reads is then sent a second time, once. One that changes something never is: if its connection
//! fails when it may have been sent, the code is `RPC_S_CALL_FAILED` (1726), and nobody knows if it was carried out.
//! Records whose size depends on the server's version are written in the layout that the server has shown over the same
//! connection, and after a reconnect it is read again.
//!
//! Every call ends by its [limit](Options::call_limit), and with it its connection. A disconnect from another thread ends
//! the calls that wait.
//!
//! # Notifications
//! The protocol's own stay on the server's machine. `MprAdminRegisterConnectionNotification` reads the list of connections
//! at an [interval](Options::poll), over a connection of its own, and signals the event when two readings differ. Connections
//! that come and go between two readings are not seen.

mod address;
mod check;
mod last;
mod line;
mod look;
mod options;
mod session;
mod smb;
mod step;
mod tries;

use std::sync::Arc;

use mprapi_sys::Mprapi;

use self::address::Address;
pub use self::check::{check, check_over};
pub use self::last::failure;
pub use self::line::{Control, Dial, Dialing};
pub use self::options::{Options, options, set_options};
pub use self::session::Session;
use self::smb::Smb;
pub use self::step::{Fact, Outcome, Report, Revision, Size, Step};
use crate::client::{self, Network, Purpose, Transport};
use crate::failure::Failure;

/// The servers that are reached by SMB.
#[derive(Debug)]
pub struct OverSmb(());

impl Network for OverSmb {
    fn connect(server: Option<&[u16]>, _: Purpose) -> Result<Arc<dyn Transport>, u32> {
        let name = server.map(String::from_utf16_lossy);
        connect(name.as_deref()).map(|session| session as Arc<dyn Transport>).map_err(|failure| failure.code)
    }
}

/// Returns the functions of `mprapi.h` for servers on the network. Those that the protocol does not have answer
/// `ERROR_NOT_SUPPORTED`; `docs/not-over-the-wire.md` lists them.
pub const fn table() -> Mprapi {
    client::table::<OverSmb>()
}

/// Opens a way to a server.
fn connect(name: Option<&str>) -> Result<Arc<Session>, Failure> {
    let options = options(name);
    let smb = match smb_to(name, options.clone()) {
        Ok(smb) => smb,
        Err(failure) => {
            last::Place::new(name).set(failure.clone());
            return Err(failure);
        }
    };
    let session = Session::new(Arc::new(smb), name, options);
    session.open()?;
    Ok(Arc::new(session))
}

/// Makes the way to a server.
fn smb_to(name: Option<&str>, options: Options) -> Result<Smb, Failure> {
    Ok(Smb { address: Address::parse(name)?, options })
}
