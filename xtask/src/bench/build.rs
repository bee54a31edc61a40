//! The cost of building, and the bytes that a program gains: a program that lists sessions and disconnects one.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use xshell::{Cmd, Shell, cmd};

use super::table::Row;
use super::verdict::Goal;
use super::{repeat, tool};
use crate::windows::Lane;
use crate::{apt, sh};

/// A run is five builds.
const LIMIT: Duration = Duration::from_secs(120);

/// The features of the metadata's crates that this API needs: its module, and those that its types pull in.
const FEATURES: &str = r#"["Win32_Foundation", "Win32_NetworkManagement_IpHelper", "Win32_NetworkManagement_Rras", "Win32_Networking_WinSock", "Win32_Security_Cryptography"]"#;

/// The programs: a name for the package, what it depends on, its source.
const PROGRAMS: [(&str, &str, &str); 4] = [
    ("nothing", "", include_str!("programs/nothing.rs")),
    ("mprapi", "mprapi", include_str!("programs/mprapi.rs")),
    ("windows-sys", "windows-sys", include_str!("programs/windows_sys.rs")),
    ("windows", "windows", include_str!("programs/windows.rs")),
];

/// The program without the texts of errors.
const BARE: (&str, &str, &str) =
    ("mprapi-bare", "mprapi without messages", include_str!("programs/mprapi.rs"));

/// The same on a library that is loaded by its path: elsewhere than on Windows there is no other, and a program that loads
/// Windows' own becomes one that says so.
const BY_PATH: (&str, &str, &str) =
    ("mprapi-by-path", "mprapi without messages", include_str!("programs/mprapi_by_path.rs"));

/// The crates that mprapi depends on.
const BENEATH: [&str; 3] = ["mprapi-sys", "bitflags", "zeroize"];

pub(crate) fn measure(sh: &Shell) -> Result<Vec<Row>> {
    apt::install(sh, apt::WINDOWS)?;
    let lane = Lane::open(sh)?;
    let mut rows = Vec::new();
    for (lto, how) in [("false", "list sessions, disconnect one"), ("true", "the same with lto = true")] {
        let [nothing, mprapi, windows_sys, windows] = sizes(sh, &lane, lto)?;
        let gain = |size: f64| (size - nothing, "bytes");
        let work = format!("{how}: bytes gained");
        let gains = [
            Row::ratio(&work, "windows-sys", gain(windows_sys), gain(mprapi)).goal(Goal::AtMost(1.15)),
            Row::ratio(&work, "windows", gain(windows), gain(mprapi)).goal(Goal::AtMost(1.0)),
        ];
        rows.extend(gains);
        let whole = |size: f64| (size, "bytes");
        rows.push(Row::ratio(
            &format!("{how}: whole program"),
            "windows-sys",
            whole(windows_sys),
            whole(mprapi),
        ));
        let bare = size(sh, Some(&lane), BARE, lto)?;
        rows.extend(with_and_without(&format!("{how}, on Windows"), nothing, bare, mprapi, lto));
        let [nothing, bare, mprapi, by_path] =
            [PROGRAMS[0], BARE, PROGRAMS[1], BY_PATH].map(|program| size(sh, None, program, lto));
        let (nothing, by_path) = (nothing?, by_path?);
        let how = format!("{how}, on Linux");
        rows.extend(with_and_without(&how, nothing, bare?, mprapi?, lto));
        let work = format!("{how}, library by its path, without `messages`: bytes gained");
        rows.push(Row::difference(&work, "nothing", (nothing, "bytes"), (by_path, "bytes")));
    }

    // The standard library, which a toolchain that has the target need not build.
    let seed = tool::folder().join("seed");
    sh::run(as_published(build_for_windows(&lane, "nothing")).env("CARGO_TARGET_DIR", &seed))?;
    let cold = |name: &str, dependencies: &[&str]| {
        cold(sh, as_published(build_for_windows(&lane, name)), &seed, dependencies)
    };
    let run = || {
        let (ours, our_crates) = cold("mprapi", &["mprapi"])?;
        let (windows_sys, their_crates) = cold("windows-sys", &["windows-sys"])?;
        let (windows, windows_crates) = cold("windows", &["windows"])?;
        let figures = [
            ("our crates", our_crates as f64),
            ("windows-sys: crates", their_crates as f64),
            ("windows: crates", windows_crates as f64),
            ("windows-sys", ours / windows_sys),
            ("windows", ours / windows),
            ("mprapi-sys alone", cold("mprapi", &["mprapi-sys"])?.0 / windows_sys),
            ("what mprapi stands on", cold("mprapi", &BENEATH)?.0 / windows_sys),
        ];
        Ok(figures.map(|(name, figure)| (name.to_owned(), figure)).into())
    };
    rows.extend(repeat::repeat(LIMIT, run, |samples| {
        let work = |peer: &str| {
            let (ours, theirs) = (samples.of("our crates")?, samples.of(&format!("{peer}: crates"))?);
            anyhow::Ok(format!("cold build, {} crates to {}: time", ours.median(), theirs.median()))
        };
        let (raw, floor) = (samples.of("mprapi-sys alone")?, samples.of("what mprapi stands on")?);
        Ok(vec![
            Row::paired("cold build, mprapi-sys alone: time", "windows-sys", raw)
                .goal(Goal::AtMost(1.0 / 3.0)),
            Row::paired("cold build, what mprapi stands on, without itself: time", "windows-sys", floor),
            Row::paired(&work("windows-sys")?, "windows-sys", samples.of("windows-sys")?)
                .goal(Goal::AtMost(0.5)),
            Row::paired(&work("windows")?, "windows", samples.of("windows")?),
        ])
    })?);
    Ok(rows)
}

/// For the gate: what the program gains on this system.
pub(crate) fn quick(sh: &Shell) -> Result<Row> {
    let [nothing, by_path] = [PROGRAMS[0], BY_PATH].map(|program| size(sh, None, program, "true"));
    let work =
        "list sessions, disconnect one, library by its path, without `messages`, lto = true: bytes gained";
    let row = Row::difference(work, "nothing", (nothing?, "bytes"), (by_path?, "bytes"));
    // What there was when this was written, and a twentieth for another version of the standard library.
    Ok(row.goal(Goal::AtMost(34_000.0)))
}

/// Makes the rows of what the program gains without the texts of errors, and what they add.
fn with_and_without(how: &str, nothing: f64, bare: f64, whole: f64, lto: &str) -> [Row; 2] {
    let work = format!("{how}, without `messages`: bytes gained");
    let gained = Row::difference(&work, "nothing", (nothing, "bytes"), (bare, "bytes"));
    // The names and the sentences. The codes before them, and what parts them, are no texts.
    let texts = |line: &'static str| line.splitn(3, ' ').skip(1).map(str::len).sum::<usize>();
    let texts = include_str!("../../../mprapi/src/codes.txt").lines().map(texts).sum::<usize>() as f64;
    let added = Row::ratio(
        &format!("{how}: bytes that `messages` adds"),
        "the texts of `codes.txt`",
        (texts, "bytes"),
        (whole - bare, "bytes"),
    );
    // The goals are for programs that are optimised as a whole.
    if lto == "true" {
        [gained.goal(Goal::AtMost(24_000.0)), added.goal(Goal::AtMost(1.0))]
    } else {
        [gained, added]
    }
}

/// A package outside the workspace, with the workspace's versions.
fn package(sh: &Shell, name: &str, dependency: &str, source: &str) -> Result<()> {
    let folder = tool::folder().join("size").join(name);
    let dependency = match dependency {
        "mprapi" => format!("mprapi = {{ path = \"{}\" }}", sh::root().join("mprapi").display()),
        "mprapi without messages" => format!(
            "mprapi = {{ path = \"{}\", default-features = false }}",
            sh::root().join("mprapi").display()
        ),
        "windows-sys" => format!("windows-sys = {{ version = \"=0.61.2\", features = {FEATURES} }}"),
        "windows" => format!("windows = {{ version = \"=0.62.2\", features = {FEATURES} }}"),
        _ => String::new(),
    };
    let manifest = format!(
        "[package]\nname = \"size-{name}\"\nedition = \"2024\"\n\n[dependencies]\n{dependency}\n\n\
         [profile.user]\ninherits = \"release\"\n\n[workspace]\n"
    );
    let path = folder.join("Cargo.toml");
    sh.write_file(&path, manifest)?;
    sh.write_file(folder.join("src/main.rs"), source)?;
    sh.copy_file(sh::root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let cargo = sh::cargo();
    // Leaves out of the workspace's versions what is not needed here.
    cmd!(sh, "{cargo} metadata --quiet --format-version 1 --manifest-path {path}")
        .quiet()
        .ignore_stdout()
        .ignore_stderr()
        .run()?;
    Ok(())
}

/// The bytes of each of the programs as a release for Windows, without symbols.
fn sizes(sh: &Shell, lane: &Lane<'_>, lto: &str) -> Result<[f64; PROGRAMS.len()]> {
    let mut sizes = [0.0; PROGRAMS.len()];
    for (place, program) in sizes.iter_mut().zip(PROGRAMS) {
        *place = size(sh, Some(lane), program, lto)?;
    }
    Ok(sizes)
}

/// The bytes of a program as a release without symbols, for Windows by its lane or for this system.
fn size(
    sh: &Shell,
    lane: Option<&Lane<'_>>,
    (name, dependency, source): (&str, &str, &str),
    lto: &str,
) -> Result<f64> {
    package(sh, name, dependency, source)?;
    let folder = tool::folder().join("size");
    let bare = folder.join("bare");
    match lane {
        Some(lane) => {
            let build = build_for_windows(lane, name).args(["--profile", "user"]);
            sh::run(build.env("CARGO_PROFILE_USER_LTO", lto))?;
            let built = lane.folder().join("build").join(crate::windows::TARGET).join("user");
            let built = built.join(format!("size-{name}.exe"));
            cmd!(sh, "x86_64-w64-mingw32-strip -o {bare} {built}").quiet().run()?;
        }
        None => {
            let (cargo, manifest) = (sh::cargo(), folder.join(name).join("Cargo.toml"));
            let build = cmd!(sh, "{cargo} build --quiet --offline --profile user --manifest-path {manifest}");
            let target = folder.join("here");
            sh::run(build.env("CARGO_TARGET_DIR", &target).env("CARGO_PROFILE_USER_LTO", lto))?;
            let built = target.join("user").join(format!("size-{name}"));
            cmd!(sh, "strip -o {bare} {built}").quiet().run()?;
        }
    }
    Ok(std::fs::metadata(bare)?.len() as f64)
}

/// A build of one of the packages for Windows: `windows` cannot be built for anything else.
fn build_for_windows<'a>(lane: &Lane<'a>, name: &str) -> Cmd<'a> {
    let manifest = tool::folder().join("size").join(name).join("Cargo.toml");
    lane.cargo("build")
        .args(["--offline", "--target", crate::windows::TARGET, "--manifest-path"])
        .arg(manifest)
}

/// A build of all crates as cargo builds those of a registry, which mprapi is for its users and windows-sys is here.
fn as_published(build: Cmd<'_>) -> Cmd<'_> {
    build.env("CARGO_INCREMENTAL", "0").env("RUSTFLAGS", "--cap-lints=allow")
}

/// Seconds for a build of dependencies into a folder that has the standard library alone, and how many crates that built.
fn cold(sh: &Shell, build: Cmd<'_>, seed: &Path, dependencies: &[&str]) -> Result<(f64, usize)> {
    let target = tool::folder().join("cold");
    sh.remove_path(&target)?;
    cmd!(sh, "cp --archive {seed} {target}").quiet().run()?;
    let packages = dependencies.iter().flat_map(|dependency| ["--package", dependency]);
    let build = build.args(packages).env("CARGO_TARGET_DIR", target);
    let start = Instant::now();
    let output = sh::output(build)?;
    let time = start.elapsed().as_secs_f64();
    ensure!(output.code == Some(0), "{}", output.stderr);
    let built = |line: &&str| line.trim_start().starts_with("Compiling ");
    let crates: Vec<&str> = output.stderr.lines().filter(built).collect();
    ensure!(!crates.iter().any(|line| line.contains(" core ")), "the standard library was built again");
    Ok((time, crates.len()))
}
