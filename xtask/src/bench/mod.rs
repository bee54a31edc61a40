//! `cargo xtask bench`: mprapi against its peers, in one table. The work itself is in `benches`.

mod build;
mod here;
mod repeat;
mod scenario;
mod serve;
mod table;
mod tool;
mod top;
mod verdict;
mod windows;

use anyhow::{Result, bail, ensure};
use xshell::Shell;

use self::here::Here;
use self::table::{Row, table};
use self::verdict::Verdict;
use crate::sh;
use crate::steps::Steps;

/// The groups, by the names that `cargo xtask bench NAME` knows, and what each is about.
const GROUPS: [(&str, &str); 12] = [
    ("call", "A call"),
    ("read", "Reading sessions"),
    ("own", "Owned"),
    ("start", "Start"),
    ("growth", "Growth"),
    ("threads", "Many servers"),
    ("build", "Size and build"),
    ("mprctl", "mprctl"),
    ("top", "mprctl top"),
    ("simulator", "The simulator in a test"),
    ("serve", "mprctl serve"),
    ("windows", "On Windows (Wine)"),
];

/// Measures a group, or all of them, and writes their sections of `BENCHMARKS.md`. A group that fails leaves its section
/// as it was, and is named at the end.
pub(crate) fn run(only: Option<&str>) -> Result<()> {
    let (sh, mut steps) = (sh::shell()?, Steps::start());
    let names = GROUPS.map(|(name, _)| name);
    if let Some(name) = only.filter(|only| !names.contains(only)) {
        bail!("there is no benchmark {name}; there are {}", names.join(", "));
    }
    let page = sh.read_file("BENCHMARKS.md")?;
    let mut text = include_str!("head.md").to_owned();
    let mut failed = Vec::new();
    for (name, title) in GROUPS {
        let command = format!("`cargo xtask bench {name}`");
        let measured = match only.is_none_or(|only| only == name) {
            true => Some(steps.run(name, || measure(&sh, name))),
            false => None,
        };
        match measured {
            Some(Ok(rows)) => {
                let table = table(&rows);
                println!("\n{title}\n\n{table}");
                text.push_str(&format!("\n## {title}\n\n{command}\n\n{table}"));
            }
            Some(Err(error)) => {
                eprintln!("the group {name} has failed: {error:#}");
                failed.push(name);
                text.push_str(section(&page, &command));
            }
            None => text.push_str(section(&page, &command)),
        }
    }
    sh.write_file("BENCHMARKS.md", format!("{text}\n{}", include_str!("notes.md")))?;
    ensure!(failed.is_empty(), "failed: {}", failed.join(", "));
    Ok(())
}

/// The section of the page that names this command, from the line before its heading to its last row; nothing if there
/// is none.
fn section<'p>(page: &'p str, command: &str) -> &'p str {
    let Some(place) = page.find(&format!("\n\n{command}\n")) else { return "" };
    let start = page[..place].rfind("\n## ").unwrap_or(place);
    let end = page[place..].find("\n\n## ").map_or(page.len(), |length| place + length + 1);
    &page[start..end]
}

/// For the gate: what is counted in instructions or bytes and takes less than a minute. Fails where something has become worse.
pub(crate) fn quick() -> Result<()> {
    let sh = sh::shell()?;
    let mut rows = Vec::new();
    // What a session costs is the same among fewer.
    let here = Here::build(&sh, 1_000)?;
    rows.extend(here.call()?);
    rows.extend(here.read()?);
    rows.extend(here.own()?);
    rows.extend(here.simulator_counts(1_000)?);
    rows.push(build::quick(&sh)?);
    rows.extend(top::quick(&sh)?);
    println!("{}", table(&rows));
    let missed = |row: &&Row| row.verdict().is_some_and(|verdict| verdict != Verdict::Met);
    let missed: Vec<String> = rows.iter().filter(missed).map(Row::name).collect();
    ensure!(missed.is_empty(), "missed: {}", missed.join("; "));
    Ok(())
}

fn measure(sh: &Shell, group: &str) -> Result<Vec<Row>> {
    match group {
        "build" => return build::measure(sh),
        "serve" => return serve::measure(sh),
        "top" => return top::measure(sh),
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
        "simulator" => here.simulator(),
        _ => bail!("there is no benchmark {group}"),
    }
}

#[cfg(test)]
mod tests {
    use super::section;

    #[test]
    fn a_section_of_the_page_is_found_by_its_command() {
        let page = "# Page\n\n## One\n\n`bench one`\n\n| 1 |\n\n## Two\n\n`bench two`\n\n| 2 |\n\n## Notes\n\nText.\n";
        assert_eq!(section(page, "`bench one`"), "\n## One\n\n`bench one`\n\n| 1 |\n");
        assert_eq!(section(page, "`bench two`"), "\n## Two\n\n`bench two`\n\n| 2 |\n");
        assert_eq!(section(page, "`bench three`"), "");
    }
}
