//! Containers of records whose layout the operation's level decides. Here they are bytes.

use crate::ndr::{Counted, ndr_struct};

/// Records in the 32-bit C layout, packed one after the other (`DIM_INFORMATION_CONTAINER`).
pub type InformationContainer = Counted<u8>;

ndr_struct! {
    /// The information blocks of a transport (`DIM_INTERFACE_CONTAINER`).
    #[derive(Default)]
    struct InterfaceContainer {
        /// Not 0 to ask for the information of the interface.
        fGetInterfaceInfo => get_interface: u32,
        /// An information block about the interface, or about interfaces of clients.
        pInterfaceInfo => interface: Counted<u8>,
        /// Not 0 to ask for the global information of the transport.
        fGetGlobalInfo => get_global: u32,
        /// An information block about the transport.
        pGlobalInfo => global: Counted<u8>,
    }
}

ndr_struct! {
    /// A question to a router manager and the answer (`DIM_MIB_ENTRY_CONTAINER`).
    #[derive(Default)]
    struct MibEntryContainer {
        /// The question: which variable, or which row, and for a change its value.
        pMibInEntry => entry_in: Counted<u8>,
        /// The answer. In a request, the size that the caller has for it.
        pMibOutEntry => entry_out: Counted<u8>,
    }
}
