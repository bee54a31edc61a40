//! `cargo xtask bench`: mprapi against its peers, in one table. The work itself is in `benches`.

mod build;
mod here;
mod scenario;
mod table;
mod tool;
mod windows;

use anyhow::{Result, bail, ensure};
use xshell::Shell;

use self::here::Here;
use self::table::{Row, table};
use crate::sh;

/// The groups, by the names that `cargo xtask bench NAME` knows, and what each is about.
const GROUPS: [(&str, &str); 9] = [
    ("call", "A call"),
    ("read", "Reading sessions"),
    ("own", "Owned"),
    ("start", "Start"),
    ("growth", "Growth"),
    ("threads", "Many servers"),
    ("build", "Size and build"),
    ("mprctl", "mprctl"),
    ("windows", "On Windows (Wine): medians of ratios of times, measured by turns"),
];

/// Measures a group, or all of them; all of them make `BENCHMARKS.md`.
pub(crate) fn run(only: Option<&str>) -> Result<()> {
    let sh = sh::shell()?;
    let groups: Vec<_> =
        GROUPS.into_iter().filter(|(name, _)| only.is_none_or(|only| only == *name)).collect();
    if groups.is_empty() {
        bail!("there is no benchmark of that name; there are {}", GROUPS.map(|(name, _)| name).join(", "));
    }
    let mut text = String::new();
    for (name, title) in groups {
        let table = table(&measure(&sh, name)?);
        println!("\n{title}\n\n{table}");
        text.push_str(&format!("## {title}\n\n`cargo xtask bench {name}`\n\n{table}\n"));
    }
    if only.is_none() {
        let [head, notes] = [include_str!("head.md"), include_str!("notes.md")];
        sh.write_file("BENCHMARKS.md", format!("{head}\n{text}{notes}"))?;
    }
    Ok(())
}

/// For the gate: what is counted in instructions and takes less than a minute. Fails where something has become worse.
pub(crate) fn quick() -> Result<()> {
    let sh = sh::shell()?;
    let mut rows = Vec::new();
    // What a session costs is the same among fewer.
    let here = Here::build(&sh, 1_000)?;
    rows.extend(here.call()?);
    rows.extend(here.read()?);
    rows.extend(here.own()?);
    println!("{}", table(&rows));
    let missed: Vec<String> = rows.iter().filter(|row| !row.is_met()).map(Row::name).collect();
    ensure!(missed.is_empty(), "missed: {}", missed.join("; "));
    Ok(())
}

fn measure(sh: &Shell, group: &str) -> Result<Vec<Row>> {
    match group {
        "build" => return build::measure(sh),
        "windows" => return windows::measure(sh),
        _ => {}
    }
    let here = Here::build(sh, 10_000)?;
    match group {
        "call" => here.call(),
        "read" => here.read(),
        "own" => here.own(),
        "start" => here.start(),
        "growth" => here.growth(),
        "threads" => here.threads(),
        "mprctl" => here.mprctl(),
        _ => bail!("there is no benchmark {group}"),
    }
}
