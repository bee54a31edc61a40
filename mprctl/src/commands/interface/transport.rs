//! The transports on an interface, and their settings on it.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use mprapi::{Configuration, Error, ErrorKind, InfoBlockBuf, Mpr, Server, TransportId};

use super::find::{check_storable, find, find_stored, find_to_read, stored_name};
use crate::action::{self, Action, Consent, Outcome, done};
use crate::commands::transport::{Chosen, label};
use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::fleet;
use crate::info_block::{self, InfoRow};
use crate::output::{Listing, ServerName, bytes, each_several, row};
use crate::scope::Scope;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// List the transports on interfaces, running and stored
    #[command(after_help = "Example:\n  mprctl interface transport list branch-2")]
    List(List),
    /// Show a transport's settings on an interface
    #[command(after_help = "\
Examples:
  mprctl interface transport show branch-2 IP
  mprctl interface transport show branch-2 IP --store --output json

Routes, filters and other known settings are shown in words. The bytes of each info are in the column `data` and in the
JSON output.")]
    Show(Show),
    /// Export a transport's settings on an interface to a file
    #[command(after_help = "Example:\n  mprctl interface transport export branch-2 IP branch-2.info")]
    Export(Export),
    /// Import a transport's settings on an interface from a file of `export` (asks first)
    #[command(after_help = "\
Examples:
  mprctl interface transport import branch-2 IP branch-2.info --dry-run
  mprctl interface transport import branch-2 IP branch-2.info --store")]
    Import(Import),
    /// Add a transport to an interface
    #[command(
        after_help = "Example:\n  mprctl interface transport add branch-2 IPv6 --info ipv6.info --store"
    )]
    Add(Add),
    /// Remove a transport from an interface (asks first)
    #[command(after_help = "Example:\n  mprctl interface transport remove branch-2 IPv6 --store")]
    Remove(Remove),
}

/// A transport on an interface, as a person names it.
#[derive(Args, Clone)]
pub(crate) struct Named {
    /// The interface, by name or handle; a network adapter also by the name that Windows shows
    #[arg(value_name = "NAME")]
    interface: String,
    /// IP, IPv6, IPX, NBF, AppleTalk, a number, or the name of one that is stored
    #[arg(value_parser = Chosen::parse)]
    transport: Chosen,
}

impl Named {
    fn which(self, context: &Context) -> Result<Which, Failure> {
        Ok(Which { transport: self.transport.id(context)?, interface: self.interface })
    }
}

/// A transport on an interface.
struct Which {
    interface: String,
    transport: TransportId,
}

#[derive(Args)]
pub(crate) struct List {
    /// The interfaces, by name or handle; a network adapter also by the name that Windows shows
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    listing: Listing<InterfaceTransportRow>,
}

#[derive(Args)]
pub(crate) struct Show {
    #[command(flatten)]
    named: Named,
    /// Show the stored settings; works while the service is stopped
    #[arg(long)]
    store: bool,
    #[command(flatten)]
    listing: Listing<InfoRow>,
}

#[derive(Args)]
pub(crate) struct Export {
    #[command(flatten)]
    named: Named,
    #[command(flatten)]
    destination: info_block::Destination,
}

#[derive(Args)]
pub(crate) struct Import {
    #[command(flatten)]
    named: Named,
    /// A file of `export`
    file: PathBuf,
    #[command(flatten)]
    scope: Scope,
    #[command(flatten)]
    consent: Consent,
}

#[derive(Args)]
pub(crate) struct Add {
    #[command(flatten)]
    named: Named,
    /// A file of `export` with the settings [default: empty settings]
    #[arg(long, value_name = "FILE")]
    info: Option<PathBuf>,
    #[command(flatten)]
    scope: Scope,
    /// Print what would be done, but change nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Args)]
pub(crate) struct Remove {
    #[command(flatten)]
    named: Named,
    #[command(flatten)]
    scope: Scope,
    #[command(flatten)]
    consent: Consent,
}

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    match command {
        Command::List(List { names, listing }) => context
            .list_each(&listing, move |mpr, target| each_several(&names, |name| list(mpr, target, name))),
        Command::Show(Show { named, store, listing }) => {
            let which = named.which(context)?;
            context.list_of(&listing, move |mpr, target| {
                Ok(which.rows(which.info(mpr, target, store)?.as_ref()))
            })
        }
        Command::Export(Export { named, destination }) => {
            let which = named.which(context)?;
            let store = destination.store;
            let label = which.label();
            let answers = info_block::ask_one(context, move |mpr, target| {
                which
                    .info(mpr, target, store)?
                    .ok_or_else(|| Failure::not_found("the transport has no settings on the interface"))
            })?;
            destination.write(context, answers, &label)
        }
        Command::Import(Import { named, file, scope, consent }) => {
            let which = named.which(context)?;
            let block = info_block::read(&file)?;
            action::confirm(consent, &format!("Replace the settings of {}?", which.label()))?;
            let answers = context.ask(move |mpr, target| {
                check_storable(mpr, target, scope, std::slice::from_ref(&which.interface))?;
                scope.change(
                    mpr,
                    target,
                    |server| which.replace(server, &block, consent.dry_run),
                    |stored| which.replace_stored(stored, &block, consent.dry_run),
                )
            });
            action::report(context, answers)
        }
        Command::Add(Add { named, info, scope, dry_run }) => {
            let which = named.which(context)?;
            let block = info.as_deref().map(info_block::read).transpose()?.unwrap_or_default();
            let answers = context.ask(move |mpr, target| {
                check_storable(mpr, target, scope, std::slice::from_ref(&which.interface))?;
                scope.change(
                    mpr,
                    target,
                    |server| which.add(server, &block, dry_run),
                    |stored| which.add_stored(stored, &block, dry_run),
                )
            });
            action::report(context, answers)
        }
        Command::Remove(Remove { named, scope, consent }) => {
            let which = named.which(context)?;
            action::confirm(consent, &format!("Remove {}?", which.label()))?;
            let answers = context.ask(move |mpr, target| {
                check_storable(mpr, target, scope, std::slice::from_ref(&which.interface))?;
                scope.change(
                    mpr,
                    target,
                    |server| which.remove(server, consent.dry_run),
                    |stored| which.remove_stored(stored, consent.dry_run),
                )
            });
            action::report(context, answers)
        }
    }
}

impl Which {
    fn label(&self) -> String {
        format!("{} on {}", label(self.transport), self.interface)
    }

    fn label_stored(&self) -> String {
        format!("{} (stored)", self.label())
    }

    /// Makes the failure for the transport on an interface that exists.
    fn failure(&self, error: Error) -> Failure {
        let is_missing =
            error.is_no_such_transport() || error.kind() == ErrorKind::NotFound && error.code().is_some();
        let is_disabled = error.kind() == ErrorKind::InvalidHandle;
        let failure = Failure::from(error);
        if is_disabled {
            let message = format!("`{}` is disabled, or was deleted just now", self.interface);
            return Failure { message, ..failure }.advice(
                "A running router has no transports on a disabled interface. To see or\n\
                 change the stored ones, use --store or --store-only. To enable it:\n  \
                 mprctl interface set NAME --enable",
            );
        }
        if !is_missing {
            return failure;
        }
        let message = format!("{} does not run on `{}`", label(self.transport), self.interface);
        Failure { kind: Kind::NotFound, message, ..failure }
            .advice("To see which do: mprctl interface transport list NAME")
    }

    fn info(&self, mpr: &Mpr, target: Option<&str>, store: bool) -> Result<Option<InfoBlockBuf>, Failure> {
        let failure = |error| self.failure(error);
        if store {
            return fleet::with_configuration(mpr, target, |stored| {
                let interface = find_stored(stored, &self.interface)?;
                interface.transport(self.transport).and_then(|transport| transport.info()).map_err(failure)
            });
        }
        fleet::with_server(mpr, target, |server| {
            find(server, &self.interface)?.transport_info(self.transport).map_err(failure)
        })
    }

    fn rows(&self, info: Option<&InfoBlockBuf>) -> Vec<InfoRow> {
        info_block::rows(Some(&self.interface), &label(self.transport), "interface", info)
    }

    fn replace(&self, server: &Server, block: &InfoBlockBuf, dry_run: bool) -> Result<Vec<Action>, Failure> {
        let interface = find(server, &self.interface)?;
        let before = interface.transport_info(self.transport).map_err(|error| self.failure(error))?;
        let write = || interface.set_transport_info(self.transport, block);
        Ok(info_block::replace(&self.label(), before.as_ref(), block, dry_run, write))
    }

    fn replace_stored(
        &self,
        stored: &Configuration,
        block: &InfoBlockBuf,
        dry_run: bool,
    ) -> Result<Vec<Action>, Failure> {
        let transport = find_stored(stored, &self.interface)?.transport(self.transport);
        let transport = transport.map_err(|error| self.failure(error))?;
        let before = transport.info()?;
        let write = || transport.set_info(block).map(|()| Outcome::stored(stored));
        Ok(info_block::replace(&self.label_stored(), before.as_ref(), block, dry_run, write))
    }

    /// Adds it where it is not yet. (The function would change one that is there.)
    fn add(&self, server: &Server, block: &InfoBlockBuf, dry_run: bool) -> Result<Vec<Action>, Failure> {
        let interface = find(server, &self.interface)?;
        match interface.transport_info(self.transport) {
            Err(error) if error.kind() == ErrorKind::InvalidHandle => return Err(self.failure(error)),
            asked => self.check_free(asked.is_ok())?,
        }
        let outcome = done(dry_run, || interface.add_transport(self.transport, block));
        Ok(vec![Action::new("add", self.label(), outcome)])
    }

    fn add_stored(
        &self,
        stored: &Configuration,
        block: &InfoBlockBuf,
        dry_run: bool,
    ) -> Result<Vec<Action>, Failure> {
        let interface = find_stored(stored, &self.interface)?;
        self.check_free(interface.transport(self.transport).is_ok())?;
        let outcome = done(dry_run, || {
            interface.add_transport(self.transport, None::<&str>, block).map(|_| Outcome::stored(stored))
        });
        Ok(vec![Action::new("add", self.label_stored(), outcome)])
    }

    fn check_free(&self, is_there: bool) -> Result<(), Failure> {
        if !is_there {
            return Ok(());
        }
        let message = format!("{} runs on `{}` already", label(self.transport), self.interface);
        Err(Failure::new(Kind::Failed, message)
            .advice("`mprctl interface transport import` changes its settings."))
    }

    fn remove(&self, server: &Server, dry_run: bool) -> Result<Vec<Action>, Failure> {
        let interface = find(server, &self.interface)?;
        interface.transport_info(self.transport).map_err(|error| self.failure(error))?;
        let outcome = done(dry_run, || interface.remove_transport(self.transport));
        Ok(vec![Action::new("remove", self.label(), outcome)])
    }

    fn remove_stored(&self, stored: &mut Configuration, dry_run: bool) -> Result<Vec<Action>, Failure> {
        let interface = stored_name(stored, &self.interface)?;
        let transport = find_stored(stored, &self.interface)?.transport(self.transport);
        transport.map_err(|error| self.failure(error))?;
        let outcome = done(dry_run, || {
            stored.remove_interface_transport(&interface, self.transport).map(|()| Outcome::stored(stored))
        });
        Ok(vec![Action::new("remove", self.label_stored(), outcome)])
    }
}

row! {
    /// A transport on an interface.
    #[derive(Default)]
    pub(crate) struct InterfaceTransportRow: "interface_transport" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// The interface.
        interface: String => Always "Interface",
        /// `IP`, `IPv6`, …, or a number for a transport without a name.
        transport: String => Always "Transport",
        /// The number of the transport.
        id: u32 => Asked "Number",
        /// The name of the transport in the stored configuration.
        name: Option<String> => Asked "Name",
        /// `true` if the transport is on the interface in the running router; `null` for a disabled interface.
        running: Option<bool> => Always "Running",
        /// `true` if the transport is on the interface in the stored configuration; `null` if that cannot be had, as over
        /// the network.
        stored: Option<bool> => Always "Stored",
        /// The size of the settings in the running router, in bytes.
        bytes: Option<u64> => Always "Settings" as bytes,
        /// The size of the stored settings, in bytes.
        stored_bytes: Option<u64> => IfRoom "Stored settings" as bytes,
    }
}

/// Lists the stored and the running transports. (The API cannot list running transports, so this asks for each stored
/// one, and for IP and IPv6.)
fn list(mpr: &Mpr, target: Option<&str>, interface: &str) -> Result<Vec<InterfaceTransportRow>, Failure> {
    let mut rows = Vec::new();
    let in_store = fleet::with_configuration_if_any(mpr, target, |stored| {
        for transport in &find_stored(stored, interface)?.transports()? {
            let info = find_stored(stored, interface)?.transport(transport.id())?.info()?;
            rows.push(InterfaceTransportRow {
                interface: interface.to_owned(),
                transport: label(transport.id()),
                id: transport.id().into(),
                name: Some(transport.name().to_string_lossy()),
                stored: Some(true),
                stored_bytes: info_block::size(info.as_ref()),
                ..InterfaceTransportRow::default()
            });
        }
        Ok(())
    });
    let is_running = fleet::is_running(mpr, target)?;
    let is_stored = match in_store {
        // An interface that was made and not stored.
        Err(failure) if failure.kind == Kind::NotFound && is_running => Some(false),
        other => other?.map(|()| true),
    };
    // With nothing stored to show, the server says why it cannot be asked.
    if is_running || is_stored.is_none() {
        fleet::with_server(mpr, target, |server| {
            let handle = match find_to_read(server, interface) {
                // One that is stored and was taken away.
                Err(failure) if failure.kind == Kind::NotFound && is_stored == Some(true) => return Ok(()),
                handle => handle?,
            };
            let running = match handle.running_transports(rows.iter().map(|row| row.id.into())) {
                Ok(running) => running,
                // So the function answers for an interface that is disabled.
                Err(error) if error.kind() == ErrorKind::InvalidHandle => return Ok(()),
                Err(error) => return Err(error.into()),
            };
            rows.iter_mut().for_each(|row| row.running = Some(false));
            for (transport, info) in running {
                let id = transport.into();
                if rows.iter().all(|row| row.id != id) {
                    let (interface, transport) = (interface.to_owned(), label(transport));
                    let stored = is_stored.map(|_| false);
                    rows.push(InterfaceTransportRow {
                        interface,
                        transport,
                        id,
                        stored,
                        ..Default::default()
                    });
                }
                for row in rows.iter_mut().filter(|row| row.id == id) {
                    row.running = Some(true);
                    row.bytes = info_block::size(info.as_ref());
                }
            }
            Ok(())
        })?;
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use mprapi::{Info, InfoType};
    use mprapi_sim::{Interface, InterfaceKind};

    use super::*;

    #[test]
    fn a_transport_is_added_changed_and_removed_in_both_places() {
        let target = Some("mprctl-interface-transport");
        let branch = Interface::new("branch", InterfaceKind::FullRouter);
        let _simulation = mprapi_sim::Server::new("mprctl-interface-transport").interface(branch).start();
        // SAFETY: the simulator keeps the contract of `mprapi.h`.
        let mpr = unsafe { Mpr::from_table(mprapi_sim::table()) };
        let which = Which { interface: "branch".to_owned(), transport: TransportId::Ipv6 };
        let scope = Scope { store: true, store_only: false };
        let bytes = || {
            let rows = list(&mpr, target, "branch").unwrap();
            let row = rows.iter().find(|row| row.id == u32::from(TransportId::Ipv6));
            row.map(|row| (row.running, row.stored, row.bytes, row.stored_bytes))
        };
        let is_done = |actions: Vec<Action>| {
            assert_eq!(actions.len(), 2);
            assert!(actions.iter().all(|action| action.outcome == Outcome::Done), "{actions:?}");
        };
        assert_eq!(bytes(), None);

        let empty = InfoBlockBuf::new();
        let added = scope.change(
            &mpr,
            target,
            |server| which.add(server, &empty, false),
            |stored| which.add_stored(stored, &empty, false),
        );
        is_done(added.unwrap());
        assert_eq!(bytes(), Some((Some(true), Some(true), Some(28), Some(28))));

        let mut block = InfoBlockBuf::new();
        block.add(Info::item(InfoType::IP_ROUTE, &[1; 8]).unwrap()).unwrap();
        let replaced = scope.change(
            &mpr,
            target,
            |server| which.replace(server, &block, false),
            |stored| which.replace_stored(stored, &block, false),
        );
        is_done(replaced.unwrap());
        for store in [false, true] {
            assert_eq!(which.info(&mpr, target, store).unwrap(), Some(block.clone()));
        }

        let removed = scope.change(
            &mpr,
            target,
            |server| which.remove(server, false),
            |stored| which.remove_stored(stored, false),
        );
        is_done(removed.unwrap());
        assert_eq!(bytes(), None);
    }
}
