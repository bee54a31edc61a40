//! The list of a router's transports: what runs, and what is stored.

use mprapi::{Configuration, Mpr};

use super::label;
use crate::failure::Failure;
use crate::output::{ServerName, bytes, row};
use crate::{fleet, info_block};

row! {
    /// A transport of a router.
    #[derive(Default)]
    pub(crate) struct TransportRow: "transport" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// `IP`, `IPv6`, …, or a number for a transport without a name.
        transport: String => Always "Transport",
        /// The number of the transport.
        id: u32 => Asked "Number",
        /// The name of the transport in the stored configuration.
        name: Option<String> => Asked "Name",
        /// `true` if the transport is in the running router.
        running: bool => Always "Running",
        /// `true` if the transport is in the stored configuration; `null` if that cannot be had, as over the network.
        stored: Option<bool> => Always "Stored",
        /// The size of the global settings in the running router, in bytes.
        global_bytes: Option<u64> => Always "Settings" as bytes,
        /// The size of the initial settings of client interfaces in the running router, in bytes.
        client_bytes: Option<u64> => Always "For clients" as bytes,
        /// The size of the stored global settings, in bytes.
        stored_global_bytes: Option<u64> => IfRoom "Stored settings" as bytes,
        /// The size of the stored initial settings of client interfaces, in bytes.
        stored_client_bytes: Option<u64> => IfRoom "Stored for clients" as bytes,
        /// `true` if the static filters are on in the stored configuration.
        filters: Option<bool> => IfRoom "Filters",
        /// The library of the router manager.
        dll: Option<String> => Asked "Router manager",
    }
}

/// Lists the stored transports, and whether each is running. (The API cannot list running transports, so besides the
/// stored ones this asks only for IP and IPv6.)
pub(super) fn read(mpr: &Mpr, target: Option<&str>) -> Result<Vec<TransportRow>, Failure> {
    let stored = fleet::with_configuration_if_any(mpr, target, stored)?;
    let is_stored = stored.as_ref().map(|_| false);
    let mut rows = stored.unwrap_or_default();
    // With nothing stored to show, the server says why it cannot be asked.
    if is_stored.is_none() || fleet::is_running(mpr, target)? {
        fleet::with_server(mpr, target, |server| {
            let running = server.running_transports(rows.iter().map(|row| row.id.into()))?;
            for (transport, settings) in running {
                let id = transport.into();
                if rows.iter().all(|row| row.id != id) {
                    let transport = label(transport);
                    rows.push(TransportRow { transport, id, stored: is_stored, ..TransportRow::default() });
                }
                for row in rows.iter_mut().filter(|row| row.id == id) {
                    row.running = true;
                    row.global_bytes = info_block::size(settings.global.as_ref());
                    row.client_bytes = info_block::size(settings.client_interface.as_ref());
                }
            }
            Ok(())
        })?;
    }
    Ok(rows)
}

fn stored(stored: &mut Configuration) -> Result<Vec<TransportRow>, Failure> {
    let transports = stored.transports()?;
    let row = |transport: mprapi::config::Transport<'_>| {
        let settings = transport.handle().info()?;
        let filters = match stored.filters_enabled(transport.id()) {
            Ok(are_on) => Some(are_on),
            // Windows has had this function since Server 2008.
            Err(error) if error.is_unsupported() => None,
            Err(error) => return Err(error.into()),
        };
        Ok(TransportRow {
            transport: label(transport.id()),
            id: transport.id().into(),
            name: Some(transport.name().to_string_lossy()),
            stored: Some(true),
            stored_global_bytes: info_block::size(settings.global.as_ref()),
            stored_client_bytes: info_block::size(settings.client_interface.as_ref()),
            filters,
            dll: settings.dll_path.map(|path| path.to_string_lossy()),
            ..TransportRow::default()
        })
    };
    transports.iter().map(row).collect()
}
