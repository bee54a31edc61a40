//! Actions on ports, with the built program. On the simulated servers of `session.toml`, on every system.

use crate::common::{Came, came_of, demo, rows_of_document as rows};

fn run(arguments: &[&str]) -> Came {
    came_of(demo("session.toml").args(["-s", "east"]).args(arguments))
}

/// The names of the ports that `user` is on, or of those that nobody is on.
fn ports_of(user: Option<&str>) -> Vec<String> {
    let ports = rows(&run(&["-o", "json", "port", "list"]));
    let those = ports.iter().filter(|port| port["user"].as_str() == user);
    those.map(|port| port["name"].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn a_port_is_disconnected_by_its_name_and_told_of_with_its_user() {
    let port = &ports_of(Some("ben"))[0];
    let came = run(&["-o", "json", "port", "disconnect", &port.to_lowercase(), "--yes"]);
    assert_eq!((came.code, came.stderr.as_str()), (Some(0), ""));
    let rows = rows(&came);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["object"], format!("{port} (ben)"));
    assert_eq!((rows[0]["action"].as_str(), rows[0]["outcome"].as_str()), (Some("disconnect"), Some("done")));
}

#[test]
fn a_port_that_nobody_is_on_can_be_reset_and_not_be_disconnected() {
    let port = &ports_of(None)[0];
    let come = |verb| run(&["-o", "json", "port", verb, port, "--yes"]);
    assert_eq!(come("reset").code, Some(0));
    assert_eq!(come("clear-stats").code, Some(0));
    let came = come("disconnect");
    assert_eq!(came.code, Some(1));
    assert_eq!(rows(&came)[0]["error"]["code_name"], "ERROR_PORT_NOT_CONNECTED");
}

#[test]
fn a_port_that_is_not_there_is_exit_code_6_and_none_is_reset() {
    let port = &ports_of(None)[0];
    let came = run(&["port", "reset", port, "VPN9-999", "--yes"]);
    assert_eq!((came.code, came.stdout.as_str()), (Some(6), ""));
    assert!(came.stderr.contains("no port matches `VPN9-999`; nothing was done"), "{}", came.stderr);
}

#[test]
fn show_has_a_sheet_for_each_port_of_the_pattern() {
    let came = run(&["port", "show", "--glob", "*"]);
    assert_eq!(came.code, Some(0));
    assert_eq!(came.stdout.lines().filter(|line| line.starts_with("Port ")).count(), 4, "{}", came.stdout);
}

#[test]
fn show_has_what_the_list_does_not() {
    let port = &ports_of(Some("ben"))[0];
    let row = &rows(&run(&["-o", "json", "port", "show", port]))[0];
    assert_eq!(
        (&row["name"], &row["works"], &row["errors"]),
        (&port.as_str().into(), &true.into(), &0.into())
    );
    assert!(row["line_speed"].as_u64().is_some() && row["bytes_in"].as_u64().is_some(), "{row}");
    let sheet = run(&["port", "show", port]).stdout;
    assert!(sheet.contains("Hardware works") && sheet.contains("Line speed"), "{sheet}");
}
