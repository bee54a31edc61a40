//! The methods that a record has, by its level of information, and the versions of Windows that answer it. `docs/levels.md`
//! shows them; `UPDATE_LEVELS=1 cargo test -p mprapi --test levels` writes the page anew.
//!
//! A method that a record does not have is found by the compiler: then the name is that of a trait's method here.

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use common::{EVERY_WINDOWS, mpr};
use mprapi::sys::{
    MPR_INTERFACE_0, MPR_INTERFACE_1, MPR_INTERFACE_2, MPR_INTERFACE_3, RAS_CONNECTION_0, RAS_CONNECTION_1,
    RAS_CONNECTION_2, RAS_CONNECTION_3, RAS_CONNECTION_4, RAS_CONNECTION_EX, RAS_PORT_0, RAS_PORT_1,
};
use mprapi::{ConnectionRecord, InterfaceRecord, List, PortRecord, Server, Single};
use mprapi_sim::{Interface, InterfaceKind, Session, Simulation, Tunnel, Windows};

/// The answer of a method that a record does not have.
struct Absent;

/// Returns `true` unless the value is of the type [`Absent`].
fn is_there<T>(_: T) -> bool {
    std::any::type_name::<T>() != std::any::type_name::<Absent>()
}

/// A table of a page: its columns are records, its rows methods.
struct Table {
    view: &'static str,
    records: Vec<&'static str>,
    since: Vec<&'static str>,
    methods: Vec<(&'static str, Vec<bool>)>,
}

/// The view that a list or a buffer of one record holds.
macro_rules! first {
    (list $held:ident) => {
        $held.iter().next().unwrap()
    };
    (single $held:ident) => {
        $held.get()
    };
}

/// Makes the table of a view: asks the server for each record, and the compiler for each method of it. For `Port`, with one
/// record and one method:
///
/// ```ignore
/// trait OfPort { fn name(&self) -> Absent { Absent } }
/// impl<R, O> OfPort for mprapi::Port<'_, R, O> {}
/// let held = port::<RAS_PORT_0>(&server)?;
/// let found = [is_there(held.get().name())]; // the record's own method, or else the trait's
/// ```
macro_rules! table {
    ($view:ident by $read:ident in $holder:ident; $($record:ident)+; $trait:ident $methods:tt) => {{
        fallback!($view $trait $methods);
        let simulation = office(Windows::default());
        let server = server(&simulation);
        let mut methods: Vec<(&'static str, Vec<bool>)> = names!($methods);
        $({
            let held = $read::<$record>(&server).unwrap();
            let view = first!($holder held);
            methods.iter_mut().zip(found!(view $methods)).for_each(|((_, row), found)| row.push(found));
        })+
        let since = vec![$(since(|server| $read::<$record>(server).is_ok())),+];
        Table { view: stringify!($view), records: vec![$(stringify!($record)),+], since, methods }
    }};
}

/// The trait that has the methods which a record may not have.
macro_rules! fallback {
    ($view:ident $trait:ident { $($method:ident)+ }) => {
        trait $trait {
            $(fn $method(&self) -> Absent { Absent })+
        }
        impl<R, O> $trait for mprapi::$view<'_, R, O> {}
        impl $trait for Absent {}
        assert!([$(is_there(Absent.$method())),+].iter().all(|is_there| !is_there), "a method that is missing is seen");
    };
}

macro_rules! names {
    ({ $($method:ident)+ }) => { vec![$((stringify!($method), Vec::new())),+] };
}

macro_rules! found {
    ($of:ident { $($method:ident)+ }) => { [$(is_there($of.$method())),+] };
}

fn connections<R: ConnectionRecord>(server: &Server) -> mprapi::Result<List<'_, R>> {
    server.connections_at()
}

fn port<R: PortRecord>(server: &Server) -> mprapi::Result<Single<'_, R>> {
    let id = server.ports()?.iter().next().expect("a port").id();
    server.port(id)?.info_at()
}

fn interface<R: InterfaceRecord>(server: &Server) -> mprapi::Result<Single<'_, R>> {
    server.find_interface("branch")?.info_at()
}

fn office(windows: Windows) -> Simulation {
    mprapi_sim::Server::unique()
        .windows(windows)
        .ports(Tunnel::Sstp, 1)
        .session(Session::new("anna", Tunnel::Sstp))
        .interface(Interface::new("branch", InterfaceKind::FullRouter))
        .start()
}

fn server(simulation: &Simulation) -> Server {
    mpr().connect(Some(simulation.routers()[0].name())).unwrap()
}

/// Returns the first Windows that answers, of those that are simulated.
fn since(answers: impl Fn(&Server) -> bool) -> &'static str {
    let first = EVERY_WINDOWS.into_iter().find(|windows| answers(&server(&office(*windows))));
    match first.expect("one that answers") {
        Windows::Server2003 => "all",
        Windows::Server2008 => "Server 2008",
        Windows::Server2008R2 => "Server 2008 R2",
        Windows::Server2012 => "Server 2012",
        _ => "Server 2022",
    }
}

fn tables() -> [Table; 3] {
    let connections = table! {
        Connection by connections in list;
        RAS_CONNECTION_0 RAS_CONNECTION_1 RAS_CONNECTION_2 RAS_CONNECTION_3 RAS_CONNECTION_EX RAS_CONNECTION_4;
        OfConnection {
            id guid user_name domain remote_computer flags duration started_at tunnel interface interface_name
            interface_type client_address client_ipv6 remote_endpoint local_endpoint switch_overs statistics projection
            ipv4 ipv6 header_compression link compression netbeui_name ipx_address appletalk_address quarantine_state
            probation_ends
        }
    };
    let ports = table! {
        Port by port in single;
        RAS_PORT_0 RAS_PORT_1;
        OfPort {
            id name connection tunnel condition hardware_condition media_name device_name device_type total_calls duration
            line_speed statistics
        }
    };
    let interfaces = table! {
        Interface by interface in single;
        MPR_INTERFACE_0 MPR_INTERFACE_1 MPR_INTERFACE_2 MPR_INTERFACE_3;
        OfInterface {
            id name guid interface_type is_enabled connection_state unreachability_reasons last_error dialout_hours
            options destination alternates address dns_servers wins_servers ipv6_dns_servers network_protocols device_type
            device_name sub_entries dial_mode bandwidth idle_disconnect entry_type encryption eap_method eap_data
            vpn_strategy x25_pad_type x25_address x25_facilities x25_user_data to_settings
        }
    };
    [connections, ports, interfaces]
}

/// Methods that every record has and that tell nothing of its contents.
const OTHERS: [&str; 6] = ["as_raw", "clone", "disconnect", "fmt", "handle", "snapshot"];

#[test]
fn the_tables_have_every_method_of_the_views() {
    let api = include_str!("../api.txt");
    for table in tables() {
        let begin = format!("pub fn mprapi::{}<", table.view);
        let methods = api
            .lines()
            .filter_map(|line| line.strip_prefix(&begin))
            .filter(|line| line.contains("(&self") && !line.contains("::serialize<"));
        let name = |line: &'static str| line.split('(').next()?.split('<').next_back()?.rsplit("::").next();
        let methods: BTreeSet<&str> =
            methods.filter_map(name).filter(|name| !OTHERS.contains(name)).collect();
        let listed: BTreeSet<&str> = table.methods.iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, methods, "{}", table.view);
        for (name, row) in &table.methods {
            assert!(row.contains(&true), "{}::{name} is of no record", table.view);
        }
    }
}

#[test]
fn the_page_of_levels_is_what_the_compiler_and_the_simulator_say() {
    let mut page = "\
# Methods by level of information and version of Windows

`Server::sessions`, `Server::ports` and `Server::interfaces` read the best record that a server has, so most programs need
no level. Those that ask for one (`connections_at`, `info_at`) get a view with these methods. A newer level is in most cases
more, but not always; a Windows that does not have a record answers an error of the kind `Unsupported` or `MissingFunction`.

This page is written by `UPDATE_LEVELS=1 cargo test -p mprapi --test levels`: the compiler says which methods a record has,
the simulated servers, which follow Microsoft's pages, say which Windows answers it.
"
    .to_owned();
    for table in tables() {
        let Table { view, records, since, methods } = table;
        let _ = write!(page, "\n## `{view}`\n\n| method | `{}` |\n|---|", records.join("` | `"));
        let _ = writeln!(page, "{}", ":-:|".repeat(records.len()));
        let _ = writeln!(page, "| *Windows* | {} |", since.join(" | "));
        for (name, row) in methods {
            let cells: Vec<&str> = row.into_iter().map(|is_there| if is_there { "✓" } else { "" }).collect();
            let _ = writeln!(page, "| `{name}` | {} |", cells.join(" | "));
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/levels.md");
    if std::env::var_os("UPDATE_LEVELS").is_some() {
        fs::write(&path, &page).expect("the page");
    }
    let written = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == page, "docs/levels.md is not what it should be; UPDATE_LEVELS=1 writes it anew");
}
