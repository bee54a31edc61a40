//! The server's pre-shared key. It is never an argument, since every user of the machine can see arguments.

use std::io::{self, IsTerminal as _};

use clap::Args;
use mprapi::{PreSharedKey, Server};

use crate::action::{self, Action, Consent, done};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Listing, ServerName, row};
use crate::{quantity, secret};

#[derive(Args)]
pub(crate) struct Key {
    /// Print the key too; everybody who sees the output can read it
    #[arg(long)]
    reveal: bool,
    #[command(flatten)]
    listing: Listing<KeyRow>,
}

row! {
    /// The pre-shared key of a server.
    pub(crate) struct KeyRow: "pre_shared_key" {
        /// The server.
        server: ServerName => Always "Server",
        /// `true` if a key is set.
        is_set: bool => Always "Pre-shared key",
        /// With `--reveal`, the key, if its bytes are text.
        key: Option<String> => Always "Key",
        /// With `--reveal`, the bytes of the key in hexadecimal.
        hex: Option<String> => IfRoom "Bytes",
    }
}

pub(super) fn show(context: &Context, key: &Key) -> Result<(), Failure> {
    let reveal = key.reveal;
    context.list(&key.listing, move |server| Ok(vec![read(server, reveal)?]))
}

fn read(server: &Server, reveal: bool) -> Result<KeyRow, Failure> {
    let key = server.pre_shared_key()?;
    let shown = key.as_ref().filter(|_| reveal).map(PreSharedKey::as_bytes);
    Ok(KeyRow {
        server: ServerName::default(),
        is_set: key.is_some(),
        key: shown.and_then(text),
        hex: shown.map(quantity::hex),
    })
}

/// Returns the text of a key that `set-key` set, or `None` if the bytes are not such text.
fn text(bytes: &[u8]) -> Option<String> {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
    let text = String::from_utf16(&units).ok()?;
    (bytes.len().is_multiple_of(2) && !text.contains(char::is_control)).then_some(text)
}

pub(super) fn set(context: &Context, consent: Consent) -> Result<(), Failure> {
    action::confirm(consent, &format!("Set the pre-shared key of {}?", context.servers()))?;
    // What would be done needs no key.
    let key = if consent.dry_run { None } else { Some(ask()?) };
    change(context, consent, "set-key", move |server| {
        key.as_ref().map_or(Ok(()), |key| server.set_pre_shared_key(key))
    })
}

pub(super) fn remove(context: &Context, consent: Consent) -> Result<(), Failure> {
    action::confirm(consent, &format!("Remove the pre-shared key of {}?", context.servers()))?;
    change(context, consent, "remove-key", Server::remove_pre_shared_key)
}

fn change(
    context: &Context,
    consent: Consent,
    name: &'static str,
    work: impl Fn(&Server) -> mprapi::Result<()> + Send + Sync + 'static,
) -> Result<(), Failure> {
    let answers = context.ask_servers(move |server| {
        let outcome = done(consent.dry_run, || work(server));
        Ok(vec![Action::new(name, "pre-shared key", outcome)])
    });
    action::report(context, answers)
}

/// Asks for the key on the terminal, or reads it from the standard input if that is not one.
fn ask() -> Result<PreSharedKey, Failure> {
    let is_piped = !io::stdin().is_terminal();
    Ok(PreSharedKey::from_text(&secret::read("pre-shared key", is_piped, "")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_told_of_and_shown_only_when_that_is_asked_for() {
        let simulation = mprapi_sim::Server::new("server-key").start();
        // SAFETY: the simulator keeps the contract of `mprapi.h`.
        let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
        let server = mpr.connect(Some("server-key")).unwrap();
        server.set_pre_shared_key(&PreSharedKey::from_text("sesam öffne dich")).unwrap();
        let hidden = read(&server, false).unwrap();
        assert_eq!((hidden.is_set, hidden.key, hidden.hex), (true, None, None));
        assert_eq!(read(&server, true).unwrap().key.as_deref(), Some("sesam öffne dich"));
        // What another program set may be no text.
        server.set_pre_shared_key(&PreSharedKey::new(vec![1, 0, 2])).unwrap();
        let shown = read(&server, true).unwrap();
        assert_eq!((shown.key, shown.hex.as_deref()), (None, Some("010002")));
        drop(simulation);
    }
}
