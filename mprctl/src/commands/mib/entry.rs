//! Variables of the management information base, as bytes. The module that has a variable defines its meaning.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use mprapi::mib::MibModule;
use mprapi::{Bytes, MibServer, Mpr};

use super::read;
use crate::action::{self, Action, Consent, done};
use crate::commands::transport::{Chosen, label};
use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::output::{Listing, ServerName, bytes, row};
use crate::quantity;

/// The options that name a variable.
#[derive(Args, Clone)]
#[group(id = "entry", required = true, args = ["entry_hex", "file"])]
pub(crate) struct Entry {
    /// The entry of the variable in hexadecimal: its number and indices, for create and set also its value
    #[arg(id = "entry_hex", value_name = "HEX", value_parser = quantity::parse_hex, conflicts_with = "file")]
    hex: Option<Arc<[u8]>>,
    /// A file with the entry's bytes
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// The router manager that has it: IP, IPv6, IPX, a number, or the name of one that is stored
    #[arg(long, value_parser = Chosen::parse, default_value = "IP")]
    transport: Chosen,
    /// The routing protocol that has it; 10000 is the router manager itself
    #[arg(long, value_name = "NUMBER", value_parser = parse_protocol, default_value = "10000")]
    protocol: u32,
}

#[derive(Args)]
pub(crate) struct Query {
    #[command(flatten)]
    entry: Entry,
    #[command(flatten)]
    listing: Listing<EntryRow>,
}

#[derive(Args)]
pub(crate) struct Change {
    #[command(flatten)]
    entry: Entry,
    #[command(flatten)]
    consent: Consent,
}

fn parse_protocol(text: &str) -> Result<u32, String> {
    quantity::parse_number(text).ok_or_else(|| {
        format!("`{text}` is not the number of a protocol; use a number such as 10000 or 0x2710")
    })
}

/// The variable that a query reads: the given one, the first, or the one after it.
#[derive(Clone, Copy)]
pub(super) enum Which {
    This,
    First,
    Next,
}

#[derive(Clone, Copy)]
pub(super) enum Verb {
    Create,
    Set,
    Delete,
}

impl Verb {
    fn name(self) -> &'static str {
        match self {
            Verb::Create => "create",
            Verb::Set => "set",
            Verb::Delete => "delete",
        }
    }

    fn apply(self, mib: &MibServer, module: MibModule, entry: &[u8]) -> mprapi::Result<()> {
        match self {
            Verb::Create => mib.create(module, entry),
            Verb::Set => mib.set(module, entry),
            Verb::Delete => mib.delete(module, entry),
        }
    }
}

impl Entry {
    /// The entry's bytes, before a server is asked.
    fn bytes(&self) -> Result<Arc<[u8]>, Failure> {
        let bytes = match (&self.hex, &self.file) {
            (Some(bytes), _) => Arc::clone(bytes),
            (None, Some(file)) => fs::read(file).map_err(|error| Failure::unreadable(file, &error))?.into(),
            (None, None) => {
                return Err(Failure::usage("the entry is missing; give it in hexadecimal or with --file"));
            }
        };
        if bytes.is_empty() { Err(Failure::usage("the entry is empty")) } else { Ok(bytes) }
    }

    fn module(&self, context: &Context) -> Result<MibModule, Failure> {
        Ok(MibModule { transport: self.transport.id(context)?, protocol: self.protocol })
    }
}

pub(super) fn query(context: &Context, which: Which, query: Query) -> Result<(), Failure> {
    let Query { entry, listing } = query;
    let (bytes, module) = (entry.bytes()?, entry.module(context)?);
    context.list_of(&listing, move |mpr, target| ask(mpr, target, which, module, &bytes).map(|row| vec![row]))
}

pub(super) fn change(context: &Context, verb: Verb, change: Change) -> Result<(), Failure> {
    let Change { entry, consent } = change;
    let (bytes, module) = (entry.bytes()?, entry.module(context)?);
    let object =
        format!("{} of {}, protocol {}", quantity::hex(&bytes), label(module.transport), module.protocol);
    action::confirm(consent, &format!("{} the variable {object}?", verb.name()))?;
    let answers = context.ask(move |mpr, target| {
        read(mpr, target, |mib| {
            let outcome = done(consent.dry_run, || verb.apply(mib, module, &bytes));
            Ok(vec![Action::new(verb.name(), &object, outcome)])
        })
    });
    action::report(context, answers)
}

/// `ERROR_NO_MORE_ITEMS` of `winerror.h`
const NO_MORE_ITEMS: u32 = 259;

fn ask(
    mpr: &Mpr,
    target: Option<&str>,
    which: Which,
    module: MibModule,
    entry: &[u8],
) -> Result<EntryRow, Failure> {
    read(mpr, target, |mib| {
        let answer: mprapi::Result<Bytes<'_>> = match which {
            Which::This => mib.get(module, entry),
            Which::First => mib.get_first(module, entry),
            Which::Next => mib.get_next(module, entry),
        };
        match answer {
            Ok(bytes) => Ok(EntryRow {
                server: ServerName::default(),
                transport: label(module.transport),
                protocol: module.protocol,
                bytes: bytes.len() as u64,
                data: quantity::hex(&bytes),
            }),
            Err(error) if error.code() == Some(NO_MORE_ITEMS) => {
                let message = "this was the last variable".to_owned();
                Err(Failure { kind: Kind::NotFound, message, ..error.into() })
            }
            Err(error) => Err(error.into()),
        }
    })
}

row! {
    /// A variable, as the module that has it answers.
    pub(crate) struct EntryRow: "mib_entry" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// The router manager that has the variable.
        transport: String => IfRoom "Transport",
        /// The routing protocol that has the variable; 10000 is the router manager itself.
        protocol: u32 => IfRoom "Protocol",
        /// The size in bytes.
        bytes: u64 => Always "Length" as bytes,
        /// The bytes, in hexadecimal.
        data: String => Always "Data",
    }
}
