//! Servers that Windows asks over the network, up to the first answer.

use std::net::TcpListener;

use assert_cmd::Command;
use serde_json::Value;

use crate::common::came_of;

#[test]
fn windows_asks_a_server_over_the_network_where_it_is_told_to() {
    // Nobody listens at the port any more.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_mprctl"));
    command.env("MPRCTL_CONFIG", "NUL").env_remove("MPRCTL_SERVER").env_remove("MPRCTL_FLEET");
    let options = ["--over", "network", "-s", &port.to_string(), "status", "-o", "json"];
    let came = came_of(command.env_remove("MPRAPI_SIM_SCENARIO").args(options));
    let answer: Value = serde_json::from_str(&came.stdout).unwrap_or_else(|_| panic!("{}", came.stderr));
    assert_eq!((came.code, &answer["servers"][0]["error"]["layer"]), (Some(5), &"port".into()), "{answer}");
}
