//! Lines 1 to 4 as Windows programs under Wine, with the `windows` crate as a further peer. There is no valgrind there, so
//! these are times, measured by turns.

use anyhow::Result;
use xshell::Shell;

use super::scenario;
use super::table::{Goal, Row};
use super::tool::{self, median};
use crate::windows::{Lane, TARGET};
use crate::{apt, wine};

/// How often a program that measures one start is run in each way.
const STARTS: usize = 31;

pub(crate) fn measure(sh: &Shell) -> Result<Vec<Row>> {
    apt::install(sh, apt::WINDOWS)?;
    let lane = Lane::open(sh)?;
    let build = lane.cargo("build").args(["--profile", "user", "--target", TARGET]);
    let build = build.args(["--package", "benches", "--features", "benches/windows"]);
    crate::sh::run(build.args(["--package", "mprapi-sim-dll"]))?;
    let built = lane.folder().join("build").join(TARGET).join("user");
    sh.copy_file(built.join("mprapi_sim.dll"), lane.wine().system32().join("mprapi.dll"))?;
    let crowd = tool::write(sh, "crowd-10000.toml", &scenario::server("crowd", 10_000, 0.0))?;
    let one = tool::write(sh, "crowd-1.toml", &scenario::server("crowd", 1, 0.0))?;
    let program = |name: &str, scenario| {
        let path = built.join(format!("{name}.exe"));
        lane.wine()
            .command(&path)
            .env("WINEDLLOVERRIDES", "mprapi=n")
            .env("MPRAPI_SIM_SCENARIO", wine::windows_path(scenario))
            .quiet()
            .ignore_stderr()
    };

    let mut rows = Vec::new();
    for (work, name, rounds, times) in [
        ("call", "a call: clear a port's statistics", "301", "2000"),
        ("connect", "connect to this machine, disconnect", "301", "500"),
        ("read", "10,000 connections, every field, borrowed", "101", "3"),
        ("own-struct", "the same, owned: `connection.snapshot()`", "51", "1"),
        ("own", "the same, owned: a `String` for each text", "51", "1"),
    ] {
        let command = program("work", &crowd).args(["times", work, rounds, times]);
        for (peer, figures) in tool::figures(&command.read()?)? {
            let row = Row::paired(name, &peer, figures[0]);
            rows.push(match (work, &*peer) {
                ("call", _) => row.goal(Goal::AtMost(1.05)),
                ("read", "unsafe loop by hand") => row.goal(Goal::AtMost(1.05)),
                ("own" | "own-struct", "windows-sys" | "windows") => row.goal(Goal::AtMost(1.0 / 3.0)),
                _ => row,
            });
        }
    }

    let ways = ["mprapi", "by hand", "windows"];
    let mut times = [const { Vec::new() }; 3];
    for round in 0..STARTS {
        for turn in 0..ways.len() {
            let index = (turn + round) % ways.len();
            let time = program("start", &one).arg(ways[index]).read()?;
            times[index].push(time.trim().parse::<f64>()?);
        }
    }
    for (index, peer) in [(1, "LoadLibraryExW, one GetProcAddress"), (2, "the same through windows")] {
        let ratio = median(times[0].iter().zip(&times[index]).map(|(ours, theirs)| ours / theirs));
        rows.push(Row::paired("load the library, first call", peer, ratio).goal(Goal::AtMost(1.2)));
    }
    Ok(rows)
}
