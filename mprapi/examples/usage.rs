//! A function for a library: the traffic of each account, on whatever version of Windows a server runs.
//!
//! `cargo run --package mprapi --example usage [-- --server NAME] [--simulated]`

mod common;

use std::collections::BTreeMap;

use mprapi::Server;

/// The traffic of one account, over all its sessions.
#[derive(Default)]
struct Usage {
    bytes: u64,
    sessions: u32,
    /// `true` if a counter of it may have wrapped: it has 32 bits before Windows Server 2012.
    is_at_least: bool,
}

/// Reads the traffic of each account. The sessions have the same fields for every version of Windows.
fn usage(server: &Server) -> mprapi::Result<BTreeMap<String, Usage>> {
    let mut all: BTreeMap<String, Usage> = BTreeMap::new();
    for session in server.sessions()?.iter().filter(|session| session.is_client()) {
        let usage = all.entry(session.account().to_string()).or_default();
        usage.bytes += session.statistics.bytes_received + session.statistics.bytes_sent;
        usage.sessions += 1;
        usage.is_at_least |= !session.has_wide_counters;
    }
    Ok(all)
}

fn main() -> Result<(), common::Failure> {
    let (mpr, name, _) = common::start()?;
    for (account, Usage { bytes, sessions, is_at_least }) in usage(&mpr.connect(name.as_deref())?)? {
        let least = if is_at_least { "at least " } else { "" };
        println!("{account}: {least}{bytes} bytes, {sessions} sessions");
    }
    Ok(())
}
