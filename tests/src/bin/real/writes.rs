//! Changes that are safe on a server of tests: each is made to an interface of this program's own.

use mprapi::{DemandDial, InterfaceHandle, PreSharedKey, Result, Server};

use crate::report::Report;

/// An address of documentation, where no server is.
const HOST: &str = "192.0.2.77";

/// Creates an interface, changes it, and deletes it, whatever came of the changes.
pub(crate) fn all(server: &Server, report: &mut Report) {
    let name = format!("mprapi-test-{}", std::process::id());
    report.check("the name is free", server.find_interface(&name[..]).is_err());
    let created = server.create_interface(&DemandDial::vpn(&name[..], HOST));
    let Some(interface) = report.value("an interface is created", created) else {
        report.check("an interface can be created", false);
        return;
    };
    report.fact("an interface is created", "yes");
    let changed = change(&interface, report);
    if let Some(()) = report.value("an interface is changed", changed) {
        report.fact("an interface is changed", "yes");
    }
    let deleted = interface.delete();
    report.check("an interface can be deleted", deleted.is_ok());
    report.check("a deleted interface is gone", server.find_interface(&name[..]).is_err());
    clear(server, report);
}

fn change(interface: &InterfaceHandle<'_>, report: &mut Report) -> Result<()> {
    report.check("a new interface calls where it was told", {
        let info = interface.demand_dial_info()?;
        *info.get().destination() == *HOST
    });
    interface.set_info(&interface.demand_dial_settings()?.destination("192.0.2.78"))?;
    report.check("a changed interface calls the new place", {
        let info = interface.demand_dial_info()?;
        *info.get().destination() == *"192.0.2.78"
    });
    let key = PreSharedKey::from_text("of a test");
    interface.set_pre_shared_key(&key)?;
    // Servers give it out in a form of their own.
    report.check("a key that was set is there", interface.pre_shared_key()?.is_some());
    interface.remove_pre_shared_key()
}

/// Clears the counters of a port on which nobody is.
fn clear(server: &Server, report: &mut Report) {
    let Some(ports) = report.value("ports level 0", server.ports()) else { return };
    let Some(port) = ports.iter().find(|port| port.connection().is_none()) else { return };
    match port.handle().clear_statistics() {
        Ok(()) => report.fact("counters of a free port are cleared", "yes"),
        Err(error) => report.code("counters of a free port are cleared", &error),
    }
}
