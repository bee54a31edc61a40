//! The settings of a transport: an information block as rows, as a file, and the changes from one block to another.

mod protocols;
mod words;

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use mprapi::{Info, InfoBlock, InfoBlockBuf, InfoType, Mpr};

use crate::action::{self, Action, Outcome, done};
use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::fleet::Answer;
use crate::output::{ServerName, bytes, row};
use crate::quantity;

row! {
    /// An info of a transport's settings: items of one size, whose meaning only the transport knows.
    pub(crate) struct InfoRow: "info" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// The interface, if the settings are those of a transport on one.
        interface: Option<String> => IfRoom "Interface",
        /// The transport.
        transport: String => Always "Transport",
        /// `global` for the whole transport, `client_interface` for the interfaces of dialled-in client routers,
        /// `interface` for the interface.
        part: &'static str => Always "Part",
        /// The name of the info's type, or of the routing protocol (`IGMP`, `OSPF`, `NAT`, `DHCP relay` …), if known.
        info: Option<String> => Always "Info",
        /// The number of the info's type, as `0xffff0005`; for a routing protocol, the number of the protocol.
        info_type: String => Always "Type",
        /// The number of items.
        count: u32 => Always "Items",
        /// The size of an item in bytes.
        item_size: u32 => Always "Of" as bytes,
        /// The settings in words, for types of infos that this program can read: a text for each route, each filter and so on.
        settings: Vec<String> => Always "Settings",
        /// The bytes of all items, in hexadecimal.
        data: String => Asked "Data",
    }
}

/// Returns the name of a type of infos, or of the routing protocol that has its settings in it.
fn name(info_type: InfoType) -> Option<String> {
    if InfoType::ALL.contains(&info_type) {
        return Some(info_type.to_string());
    }
    protocols::name(info_type.0).map(str::to_owned)
}

/// Lists the infos of a block.
pub(crate) fn rows(
    interface: Option<&str>,
    transport: &str,
    part: &'static str,
    block: Option<&InfoBlockBuf>,
) -> Vec<InfoRow> {
    let infos = block.into_iter().flat_map(InfoBlockBuf::iter);
    let row = |info: Info<'_>| InfoRow {
        server: ServerName::default(),
        interface: interface.map(str::to_owned),
        transport: transport.to_owned(),
        part,
        info: name(info.info_type()),
        info_type: format!("{:#x}", info.info_type().0),
        count: info.count(),
        item_size: info.item_size(),
        settings: words::of(info),
        data: quantity::hex(info.data()),
    };
    infos.map(row).collect()
}

/// Returns the size of a block in bytes.
pub(crate) fn size(block: Option<&InfoBlockBuf>) -> Option<u64> {
    block.map(|block| block.to_bytes().len() as u64)
}

/// Reads a whole file that `write` wrote.
pub(crate) fn read(path: &Path) -> Result<InfoBlockBuf, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::unreadable(path, &error))?;
    let is_none = |why: &str| {
        Failure::usage(format!("{} is not an information block: {why}", path.display()))
            .advice("`mprctl transport export` and `mprctl interface transport export` write such files.")
    };
    let block = InfoBlock::parse(&bytes).map_err(|malformed| is_none(&malformed.to_string()))?;
    if block.as_bytes().len() != bytes.len() {
        return Err(is_none("there are more bytes after its end"));
    }
    Ok(block.to_buf())
}

/// Writes a block to a file. With `force`, overwrites a file that exists.
pub(crate) fn write(path: &Path, block: &InfoBlockBuf, force: bool) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true);
    if force {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    let written = options.open(path).and_then(|mut file| file.write_all(&block.to_bytes()));
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Failure::new(Kind::Failed, format!("{} exists already", path.display()))
                .advice("To overwrite it, use --force.")
        }
        _ => Failure::new(Kind::Failed, format!("cannot write {}: {error}", path.display())),
    })
}

/// Asks the selected server; several are an error, since a file has the settings of one.
pub(crate) fn ask_one<T: Send + 'static>(
    context: &Context,
    work: impl Fn(&Mpr, Option<&str>) -> Result<T, Failure> + Send + Sync + 'static,
) -> Result<Vec<Answer<T>>, Failure> {
    if context.is_fleet() {
        return Err(Failure::usage(
            "a file has the settings of one server, but several servers are selected; select one",
        ));
    }
    Ok(context.ask(work))
}

/// The options of commands that export settings.
#[derive(Args)]
pub(crate) struct Destination {
    /// The file to write
    file: PathBuf,
    /// Export the stored settings; works while the service is stopped
    #[arg(long)]
    pub(crate) store: bool,
    /// Overwrite the file if it exists
    #[arg(long)]
    force: bool,
}

impl Destination {
    /// Writes the file once the server has answered.
    pub(crate) fn write(
        &self,
        context: &Context,
        answers: Vec<Answer<InfoBlockBuf>>,
        label: &str,
    ) -> Result<(), Failure> {
        let Destination { file, force, .. } = self;
        let answers = answers.into_iter().map(|Answer { target, result }| {
            let result = result.map(|block| {
                let outcome = write(file, &block, *force).map(|()| Outcome::Done);
                vec![Action::new("export", format!("{label} to {}", file.display()), outcome)]
            });
            Answer { target, result }
        });
        action::report(context, answers.collect())
    }
}

/// Replaces the block `before`, and lists the change of each info. Writes nothing if nothing would change.
pub(crate) fn replace<W: Into<Outcome>>(
    label: &str,
    before: Option<&InfoBlockBuf>,
    after: &InfoBlockBuf,
    dry_run: bool,
    write: impl FnOnce() -> mprapi::Result<W>,
) -> Vec<Action> {
    let changes = changes(before, after);
    if changes.is_empty() {
        return vec![Action::new("keep", format!("{label}: all is so already"), Ok(Outcome::Unchanged))];
    }
    let outcome = done(dry_run, write);
    let action =
        |(verb, info): (&'static str, String)| Action::new(verb, format!("{label}: {info}"), outcome.clone());
    changes.into_iter().map(action).collect()
}

/// Lists the differences of `after`: `add`, `replace`, or `omit` for an info that it does not have. (Microsoft's pages
/// do not say whether a router manager keeps an omitted info.)
fn changes(before: Option<&InfoBlockBuf>, after: &InfoBlockBuf) -> Vec<(&'static str, String)> {
    let find = |info_type| before.and_then(|before| before.find(info_type));
    let there = after.iter().filter_map(|info| match find(info.info_type()) {
        None => Some(("add", describe(info))),
        Some(old) if old == info => None,
        Some(old) => Some(("replace", format!("{} for {}", describe(info), amount(old)))),
    });
    let gone = before.into_iter().flat_map(InfoBlockBuf::iter);
    let gone =
        gone.filter(|info| after.find(info.info_type()).is_none()).map(|info| ("omit", describe(info)));
    let mut changes: Vec<_> = there.chain(gone).collect();
    // A block without infos is more than none.
    if changes.is_empty() && before.is_none() {
        changes.push(("add", "an empty block".to_owned()));
    }
    changes
}

fn describe(info: Info<'_>) -> String {
    format!("{}, {}", info.info_type(), amount(info))
}

fn amount(info: Info<'_>) -> String {
    let (count, size) = (info.count() as usize, info.item_size() as usize);
    format!("{} of {}", quantity::count(count, "item"), quantity::count(size, "byte"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{Column, Columns as _};

    fn block(infos: &[(InfoType, &[u8])]) -> InfoBlockBuf {
        let mut block = InfoBlockBuf::new();
        for (info_type, data) in infos {
            block.add(Info::item(*info_type, data).unwrap()).unwrap();
        }
        block
    }

    #[test]
    fn what_is_the_same_is_no_change_and_what_is_missing_is_one() {
        let before = block(&[
            (InfoType::IP_ROUTE, &[1; 8]),
            (InfoType::IP_GLOBAL, &[2; 4]),
            (InfoType::IP_IN_FILTER, &[3; 4]),
        ]);
        let after =
            block(&[(InfoType::IP_ROUTE, &[1; 8]), (InfoType::IP_GLOBAL, &[2; 8]), (InfoType(9), &[4])]);
        let changes = changes(Some(&before), &after);
        assert_eq!(
            changes,
            [
                ("replace", "global settings, 1 item of 8 bytes for 1 item of 4 bytes".to_owned()),
                ("add", "0x9, 1 item of 1 byte".to_owned()),
                ("omit", "input filters, 1 item of 4 bytes".to_owned()),
            ]
        );
    }

    #[test]
    fn a_row_says_what_an_info_is_about_and_how_long_it_is() {
        let block = block(&[(InfoType::IP_ROUTE, &[1; 8]), (InfoType(9), &[0xAB, 0]), (InfoType(0xd), &[1])]);
        let cells = |row: &InfoRow| {
            let text = |column: &Column| {
                let mut text = String::new();
                column.value(row).write_exact(&mut text);
                text
            };
            InfoRow::COLUMNS.iter().map(text).collect::<Vec<_>>().join("|")
        };
        let rows = rows(Some("branch"), "IP", "interface", Some(&block));
        let came: Vec<String> = rows.iter().map(cells).collect();
        let expected = [
            "|branch|IP|interface|static routes|0xffff0005|1|8|cannot read: a static route is not 72 bytes long, \
             the size of INTERFACE_ROUTE_INFO|0101010101010101",
            "|branch|IP|interface||0x9|1|2||ab00",
            "|branch|IP|interface|OSPF|0xd|1|1||01",
        ];
        assert_eq!(came, expected);
    }

    #[test]
    fn nothing_is_written_where_nothing_would_change() {
        let same = block(&[(InfoType::IP_ROUTE, &[1; 8])]);
        let actions = replace::<()>("IP", Some(&same), &same, false, || panic!("written"));
        assert_eq!((actions.len(), actions[0].action), (1, "keep"));
        let actions = replace::<()>("IP", None, &same, true, || panic!("written"));
        assert_eq!((actions[0].action, actions[0].outcome), ("add", Outcome::Would));
    }
}
