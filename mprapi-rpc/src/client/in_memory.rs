//! A network within this process: requests go straight to the server's half.

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use mprapi_sys::Mprapi;

use super::wire::{Network, Purpose, Transport, TransportError};
use crate::record::Layout;
use crate::server::Server;

/// A back end that [`InMemory`] serves.
pub trait Library: 'static {
    /// Returns the back end's table.
    fn table() -> Mprapi;
}

/// A network whose servers are those of a back end in this process.
///
/// The requests and answers are encoded and decoded as on any other network, so that tests of a program can run through
/// the protocol.
///
/// ```
/// use mprapi_rpc::client::{self, InMemory, Library};
/// use mprapi_sys::Mprapi;
///
/// struct Simulator;
///
/// impl Library for Simulator {
///     fn table() -> Mprapi {
///         mprapi_sim::table()
///     }
/// }
///
/// let table = client::table::<InMemory<Simulator>>();
/// let (mut server, mut info) = (std::ptr::null_mut(), std::ptr::null_mut());
/// // SAFETY: a null name is the local machine; the places take what is written.
/// unsafe {
///     assert_eq!(table.MprAdminServerConnect(std::ptr::null_mut(), &mut server), Ok(0));
///     assert_eq!(table.MprAdminServerGetInfo(server, 0, &mut info), Ok(0));
///     let ports = (*info.cast::<mprapi_sys::MPR_SERVER_0>()).dwTotalPorts;
///     println!("{ports} ports");
///     assert_eq!(table.MprAdminBufferFree(info.cast()), Ok(0));
///     table.MprAdminServerDisconnect(server)?;
/// }
/// # Ok::<(), mprapi_sys::MissingFunction>(())
/// ```
#[derive(Debug)]
pub struct InMemory<L>(PhantomData<L>);

impl<L: Library> Network for InMemory<L> {
    fn connect(server: Option<&[u16]>, purpose: Purpose) -> Result<Arc<dyn Transport>, u32> {
        let served = Server::new(L::table(), server);
        match purpose {
            Purpose::Administration => served.connect()?,
            Purpose::Variables => served.connect_mib()?,
            Purpose::OneCall => {}
        }
        Ok(Arc::new(served))
    }

    fn is_service_running(server: Option<&[u16]>) -> bool {
        Server::new(L::table(), server).is_service_running()
    }
}

/// The time between two looks at the connections: none are far away here.
const POLL: Duration = Duration::from_millis(10);

impl Transport for Server {
    fn call(&self, opnum: u16, stub: &[u8]) -> Result<Vec<u8>, TransportError> {
        self.answer(opnum, stub).map_err(TransportError::Fault)
    }

    fn layout(&self) -> Option<Layout> {
        Some(Server::layout(self))
    }

    fn poll(&self) -> Option<Duration> {
        Some(POLL)
    }
}
