//! Lines 1 to 4 as Windows programs under Wine, with the `windows` crate as a further peer. There is no valgrind there, so
//! these are times.

use anyhow::Result;
use xshell::Shell;

use super::table::Row;
use super::verdict::{Goal, Spread};
use super::{repeat, scenario, tool};
use crate::windows::{Lane, TARGET};
use crate::{apt, wine};

pub(crate) fn measure(sh: &Shell) -> Result<Vec<Row>> {
    apt::install(sh, apt::WINDOWS)?;
    let lane = Lane::open(sh)?;
    let build = lane.cargo("build").args(["--profile", "user", "--target", TARGET]);
    let build = build.args(["--package", "benches", "--features", "benches/windows"]);
    crate::sh::run(build.args(["--package", "mprapi-sim-dll"]))?;
    let built = lane.folder().join("build").join(TARGET).join("user");
    sh.copy_file(built.join("mprapi_sim.dll"), lane.wine().system32().join("mprapi.dll"))?;
    // So few that a processor's own cache holds them: of more, the time is that of the memory, which other programs use too.
    let crowd = tool::write(sh, "crowd-100.toml", &scenario::server("crowd", 100, 0.0))?;
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
        ("call", "a call: clear a port's statistics", "101", "500"),
        ("connect", "connect to this machine, disconnect", "101", "500"),
        ("read", "100 connections, every field, borrowed", "101", "100"),
        ("own-struct", "the same, owned: `connection.snapshot()`", "101", "20"),
        ("own", "the same, owned: a `String` for each text", "101", "20"),
    ] {
        let run = || tool::figures(&program("work", &crowd).args(["times", work, rounds, times]).read()?);
        let row = |(peer, ratios): (&str, Spread)| match (work, peer) {
            ("call", _) | ("read", "unsafe loop by hand") => {
                Row::paired(name, peer, ratios).goal(Goal::AtMost(1.05))
            }
            ("own", "memory alone") => {
                Row::paired(name, "their memory alone, filled", ratios).goal(Goal::AtMost(1.1))
            }
            ("own" | "own-struct", "windows-sys" | "windows") => {
                Row::paired(name, peer, ratios).goal(Goal::AtMost(1.0 / 3.0))
            }
            _ => Row::paired(name, peer, ratios),
        };
        rows.extend(repeat::repeat(repeat::LIMIT, run, |samples| Ok(samples.all().map(row).collect()))?);
    }

    let run = || {
        let mut times = [f64::INFINITY; 3];
        // Each turn begins with another one, so that none always has what the same one left.
        for turn in 0..9 {
            let index = (turn + turn / 3) % 3;
            let way = ["mprapi", "by hand", "windows"][index];
            let time: f64 = program("start", &one).arg(way).read()?.trim().parse()?;
            times[index] = times[index].min(time);
        }
        let [ours, by_hand, windows] = times;
        Ok(vec![
            ("LoadLibraryExW, one GetProcAddress".to_owned(), ours / by_hand),
            ("the same through windows".to_owned(), ours / windows),
        ])
    };
    let row = |(peer, ratios): (&str, Spread)| {
        Row::paired("load the library, first call", peer, ratios).goal(Goal::AtMost(1.2))
    };
    rows.extend(repeat::repeat(repeat::LIMIT, run, |samples| Ok(samples.all().map(row).collect()))?);
    Ok(rows)
}
