//! The devices of a demand-dial interface: one for each link of a multilink connection.

use clap::{Args, Subcommand};
use mprapi::{Device, DeviceSettings, InterfaceHandle, InterfaceType, Server};

use super::find::{Names, find};
use crate::action::{self, Action, done};
use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::fleet;
use crate::output::{Listing, ServerName, each_several, row};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// List the devices that demand-dial interfaces dial with
    #[command(after_help = "Example:\n  mprctl interface device list branch-3")]
    List(List),
    /// Change a device of an interface, or add one
    #[command(after_help = "\
Examples:
  mprctl interface device set branch-3 1 --phone 5550100 --alternate 5550101 --alternate 5550102
  mprctl interface device set branch-3 2 --type modem --device 'Standard Modem #2' --phone 5550100

Values that are not given stay as they are. `mprctl device list` lists the devices of a server.")]
    Set(Set),
}

#[derive(Args)]
pub(crate) struct List {
    #[command(flatten)]
    names: Names,
    #[command(flatten)]
    listing: Listing<InterfaceDeviceRow>,
}

#[derive(Args)]
#[command(group(clap::ArgGroup::new("change").required(true).multiple(true)))]
pub(crate) struct Set {
    /// The interface
    #[arg(value_name = "NAME")]
    interface: String,
    /// The number of the device, from 1
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    index: u32,
    /// The type of the device, such as modem
    #[arg(long = "type", value_name = "TYPE", group = "change")]
    kind: Option<String>,
    /// The name of the device
    #[arg(long, value_name = "NAME", group = "change")]
    device: Option<String>,
    /// The telephone number to dial
    #[arg(long, value_name = "NUMBER", group = "change")]
    phone: Option<String>,
    /// A number to dial if the first fails; may be given several times
    #[arg(long = "alternate", value_name = "NUMBER", group = "change")]
    alternates: Vec<String>,
    /// Print what would be done, but change nothing
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    match command {
        Command::List(List { names, listing }) => context.list_each(&listing, move |mpr, target| {
            fleet::with_server(mpr, target, |server| {
                each_several(&names.names, |name| devices(find(server, name)?, name))
            })
        }),
        Command::Set(set) => action::report(
            context,
            context.ask_servers(move |server| {
                let settings = set.settings(server)?;
                let label = format!("device {} of {}", set.index, set.interface);
                let outcome = done(set.dry_run, || {
                    Ok::<_, Failure>(find(server, &set.interface)?.set_device(set.index, &settings)?)
                });
                Ok(vec![Action::new("set", label, outcome)])
            }),
        ),
    }
}

impl Set {
    /// Returns the current settings of the device, with the changes.
    fn settings(&self, server: &Server) -> Result<DeviceSettings, Failure> {
        let rows = devices(find(server, &self.interface)?, &self.interface)?;
        let count = rows.len() as u32;
        if self.index > count + 1 {
            let message =
                format!("`{}` has no device {}; the next would be {}", self.interface, self.index, count + 1);
            return Err(Failure::not_found(message));
        }
        let before = rows.into_iter().find(|row| row.index == self.index);
        let (kind, device) = match (&self.kind, &self.device, &before) {
            (Some(kind), Some(device), _) => (kind, device),
            (kind, device, Some(row)) => {
                (kind.as_ref().unwrap_or(&row.r#type), device.as_ref().unwrap_or(&row.device))
            }
            _ => return Err(Failure::usage("a new device needs both --type and --device")),
        };
        let phone = self.phone.as_ref().or(before.as_ref().map(|row| &row.phone));
        let alternates = match &self.alternates[..] {
            [] => before.as_ref().map(|row| &row.alternates[..]).unwrap_or_default(),
            alternates => alternates,
        };
        let mut settings = DeviceSettings::new(kind, device);
        if let Some(phone) = phone {
            settings = settings.phone_number(phone);
        }
        if !alternates.is_empty() {
            settings = settings.alternates(alternates.iter().map(String::as_str));
        }
        Ok(settings)
    }
}

row! {
    /// A device that a demand-dial interface dials with.
    pub(crate) struct InterfaceDeviceRow: "interface_device" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// The interface.
        interface: String => Always "Interface",
        /// The number of the device on the interface, from 1.
        index: u32 => Always "Number",
        /// `modem`, `vpn`, …
        r#type: String => Always "Type",
        /// The name of the device.
        device: String => Always "Device",
        /// The destination to dial.
        phone: String => Always "Dials",
        /// The destinations to dial if the first fails.
        alternates: Vec<String> => IfRoom "Or",
    }
}

fn devices(interface: InterfaceHandle<'_>, name: &str) -> Result<Vec<InterfaceDeviceRow>, Failure> {
    let kind = interface.info()?.get().interface_type();
    if kind != InterfaceType::FullRouter {
        let message = format!("`{name}` is not a demand-dial interface; its type is {kind}");
        return Err(Failure::new(Kind::Failed, message));
    }
    let devices = interface.devices()?;
    let row = |(device, index): (Device<'_, _>, u32)| {
        Ok(InterfaceDeviceRow {
            server: ServerName::default(),
            interface: name.to_owned(),
            index,
            r#type: device.device_type().to_string_lossy(),
            device: device.name().to_string_lossy(),
            phone: device.phone_number().to_string_lossy(),
            alternates: device.alternates()?.iter().map(|number| number.to_string_lossy()).collect(),
        })
    };
    devices.iter().map(|device| device.get()).zip(1..).map(row).collect()
}

#[cfg(test)]
mod tests {
    use mprapi::Mpr;
    use mprapi_sim::{Interface, InterfaceKind};

    use super::*;

    #[test]
    fn a_change_leaves_the_rest_of_a_device_as_it_was() {
        let hub = Interface::new("hub", InterfaceKind::FullRouter).phone_number("1");
        let _simulation = mprapi_sim::Server::new("mprctl-device").interface(hub).start();
        // SAFETY: the simulator keeps the contract of `mprapi.h`.
        let mpr = unsafe { Mpr::from_table(mprapi_sim::table()) };
        let server = mpr.connect(Some("mprctl-device")).unwrap();
        let set = |phone: Option<&str>, alternates: &[String]| Set {
            interface: "hub".to_owned(),
            index: 1,
            kind: None,
            device: None,
            phone: phone.map(str::to_owned),
            alternates: alternates.to_vec(),
            dry_run: false,
        };
        let first = |set: &Set| {
            let hub = find(&server, "hub").unwrap();
            hub.set_device(1, &set.settings(&server).unwrap()).unwrap();
            devices(hub, "hub").unwrap().remove(0)
        };
        let before = first(&set(None, &[]));
        assert_eq!((before.phone.as_str(), before.alternates.len()), ("1", 0));
        let numbers = ["2".to_owned(), "3".to_owned()];
        let after = first(&set(None, &numbers));
        assert_eq!(
            (&after.r#type, &after.device, after.phone.as_str()),
            (&before.r#type, &before.device, "1")
        );
        assert_eq!(after.alternates, numbers);
        let last = first(&set(Some("4"), &[]));
        assert_eq!((last.phone.as_str(), &last.alternates[..]), ("4", &numbers[..]));
    }
}
