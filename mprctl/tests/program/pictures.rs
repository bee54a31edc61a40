//! The picture of tables in the README is what mprctl prints. (That of top is compared beside the code that draws.)

#[path = "../../src/picture.rs"]
mod picture;

use assert_cmd::Command;

use crate::common::{came_of, file};

/// The commands of the picture.
const TYPED: [&str; 3] = [
    "mprctl --demo status",
    "mprctl --demo session list --where longer-than=3h --sort=-bytes_out",
    "mprctl --demo session disconnect anna.lindqvist till.01 --dry-run",
];

#[test]
fn the_picture_of_tables_is_what_mprctl_prints() {
    // The servers of the demo, with clocks that stand still.
    let company = include_str!("../../scenarios/company.toml").replace("\"real\"", "\"stepped\"");
    let scenario = file("company-stepped.toml");
    std::fs::write(&scenario, company).expect("the file is written");
    let mut shown = Vec::new();
    for line in TYPED {
        let mut program = Command::new(env!("CARGO_BIN_EXE_mprctl"));
        program.args(line.split_whitespace().skip(1)).args(["--color", "always"]);
        program.args(["--server", "vpn01,vpn02,branch-gw"]).env("MPRAPI_SIM_SCENARIO", &scenario);
        program.env("COLUMNS", "100").env("MPRCTL_CONFIG", "");
        let came = came_of(&mut program);
        assert_eq!((came.code, came.stderr.as_str()), (Some(0), ""), "{line}");
        shown.push(format!("$ {line}\n{}", came.stdout));
    }
    picture::check("tables.svg", shown.join("\n").trim_end());
}
