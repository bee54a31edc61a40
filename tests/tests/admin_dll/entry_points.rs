//! The ledger of `mprapi-admin-dll`: each function that a DLL may export, or that the service's table has, and the method that
//! answers it, or why there is none. `mprapi-admin-dll/docs/entry-points.md` shows it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use mprapi_admin_dll::{AdminDll, EndpointChanges, Ipv4Addresses, Ipv6Addresses, PreAuthentication};
use tests::sources::root;

struct Row {
    function: &'static str,
    /// The method, or the reason why there is none.
    home: Result<&'static str, &'static str>,
    form: &'static str,
}

/// Naming a method is the check that it is there.
macro_rules! row {
    ($function:ident, $trait:ident::$method:ident, $form:literal) => {{
        fn _is_there<T: $trait>() {
            let _ = T::$method;
        }
        Row {
            function: stringify!($function),
            home: Ok(concat!(stringify!($trait), "::", stringify!($method))),
            form: $form,
        }
    }};
    ($function:ident, $reason:literal) => {
        Row { function: stringify!($function), home: Err($reason), form: "none" }
    };
}

fn ledger() -> Vec<Row> {
    vec![
        row!(MprAdminInitializeDll, AdminDll::start, "family3"),
        row!(MprAdminInitializeDllEx, AdminDll::start, "ex"),
        row!(MprAdminTerminateDll, AdminDll::stop, "both"),
        row!(
            MprAdminAcceptNewConnection,
            "family 3 has its records and two more; only systems before Windows Server 2008 have nothing but this"
        ),
        row!(
            MprAdminAcceptNewConnection2,
            "family 3 has its records and one more; only systems before Windows Server 2008 have nothing but this"
        ),
        row!(MprAdminAcceptNewConnection3, AdminDll::accept, "family3"),
        row!(MprAdminAcceptNewConnectionEx, AdminDll::accept, "ex"),
        row!(MprAdminAcceptNewLink, AdminDll::accept_link, "both"),
        row!(MprAdminAcceptReauthentication, AdminDll::accept_again, "family3"),
        row!(MprAdminAcceptReauthenticationEx, AdminDll::accept_again, "ex"),
        row!(
            MprAdminConnectionHangupNotification,
            "as for `MprAdminAcceptNewConnection`, with which it makes a pair"
        ),
        row!(
            MprAdminConnectionHangupNotification2,
            "as for `MprAdminAcceptNewConnection2`, with which it makes a pair"
        ),
        row!(MprAdminConnectionHangupNotification3, AdminDll::ended, "family3"),
        row!(MprAdminConnectionHangupNotificationEx, AdminDll::ended, "ex"),
        row!(MprAdminLinkHangupNotification, AdminDll::link_ended, "both"),
        row!(MprAdminGetIpAddressForUser, Ipv4Addresses::assign, "both, with `ipv4`"),
        row!(MprAdminReleaseIpAddress, Ipv4Addresses::release, "both, with `ipv4`"),
        row!(MprAdminGetIpv6AddressForUser, Ipv6Addresses::assign, "both, with `ipv6`"),
        row!(MprAdminReleaseIpv6AddressForUser, Ipv6Addresses::release, "both, with `ipv6`"),
        row!(
            lpfnRasAdminAcceptEndpointChangeEx,
            EndpointChanges::accept_endpoint_change,
            "ex, with `endpoint_change`; in the table alone, since the header has no name to export"
        ),
        row!(
            lpfnRASValidatePreAuthenticatedConnectionEx,
            PreAuthentication::validate,
            "ex, with `pre_authentication`; in the table alone, since the header has no name to export"
        ),
    ]
}

/// The functions of the bindings: the types named as functions, and the fields of the table that no such function fills.
fn of_the_bindings() -> (BTreeSet<String>, Vec<String>) {
    let bindings = fs::read_to_string(root().join("mprapi-sys/src/bindings.rs")).expect("the bindings");
    let types = bindings.lines().filter_map(|line| line.strip_prefix("pub type MprAdmin"));
    let types =
        types.map(|rest| format!("MprAdmin{}", rest.split([' ', '=']).next().expect("a name"))).collect();
    let table = bindings.split("pub struct MPRAPI_ADMIN_DLL_CALLBACKS {").nth(1).expect("the table");
    let table = table.split('}').next().expect("its end");
    let fields = table.lines().filter_map(|line| line.trim().strip_prefix("pub lpfn"));
    let fields = fields.map(|rest| format!("lpfn{}", rest.split(':').next().expect("a name"))).collect();
    (types, fields)
}

#[test]
fn each_function_of_the_header_has_a_method_or_a_reason() {
    let (types, fields) = of_the_bindings();
    assert_eq!((types.len(), fields.len()), (19, 12), "the bindings were not understood");
    let ledger = ledger();
    let rows: BTreeSet<&str> = ledger.iter().map(|row| row.function).collect();
    assert_eq!(rows.len(), ledger.len(), "a function stands there twice");
    for function in &types {
        assert!(rows.contains(&**function), "{function} has no row");
    }
    // `lpfnMprAdminX` and `lpfnRasAdminX` are MprAdminX, which the page on the table spells with another V once.
    let export = |field: &str| {
        field.replace("lpfnMprAdmin", "MprAdmin").replace("lpfnRasAdmin", "MprAdmin").replace("IpV6", "Ipv6")
    };
    for field in &fields {
        let is_there = rows.contains(&**field) || types.contains(&export(field));
        assert!(is_there, "{field} of the table has no row");
    }
    for row in rows {
        let is_known = types.contains(row) || fields.iter().any(|field| field == row);
        assert!(is_known, "{row} is not in the bindings");
    }
}

#[test]
fn the_page_shows_the_ledger() {
    const BEGIN: &str = "<!-- table -->\n";
    const END: &str = "<!-- end of table -->\n";
    const RUST: &str = "https://docs.rs/mprapi-admin-dll/latest/mprapi_admin_dll";
    let mut table =
        "| function | method, or the reason why there is none | form |\n|---|---|---|\n".to_owned();
    for Row { function, home, form } in ledger() {
        let home = match home {
            Ok(home) => {
                let (of, method) = home.split_once("::").expect("a method");
                let kind = if ["start", "assign", "release", "accept_endpoint_change", "validate"]
                    .contains(&method)
                {
                    "tymethod"
                } else {
                    "method"
                };
                format!("[`{home}`]({RUST}/trait.{of}.html#{kind}.{method})")
            }
            Err(reason) => reason.to_owned(),
        };
        let _ = writeln!(table, "| `{function}` | {home} | {form} |");
    }
    let path = root().join("mprapi-admin-dll/docs/entry-points.md");
    let page = fs::read_to_string(&path).expect("the page").replace("\r\n", "\n");
    let (before, rest) = page.split_once(BEGIN).expect("a place for the table");
    let (_, after) = rest.split_once(END).expect("its end");
    let now = format!("{before}{BEGIN}\n{table}\n{END}{after}");
    if std::env::var_os("UPDATE_LEDGER").is_some() {
        fs::write(&path, now).expect("the page can be written");
    } else {
        assert!(page == now, "the page shows another ledger; UPDATE_LEDGER=1 writes it again");
    }
}
