//! `cargo xtask remote`: programs that nobody here wrote judge the simulated router behind Samba, and our client of servers on
//! the network (`tests/remote`).

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use xshell::{Shell, cmd};

use crate::steps::Steps;
use crate::{apt, sh};

/// Python's packages, from PyPI: an SMB and RPC client, and the specification's structures.
const PYTHON: &[&str] = &["impacket==0.13.1", "scapy==2.8.0", "scapy-rpc==0.0.8"];

/// `is_built` says that the tests of the workspace, and so its examples, have just been built.
pub(crate) fn run(is_built: bool) -> Result<()> {
    let sh = sh::shell()?;
    let mut steps = Steps::start();
    let venv = steps.run("packages", || prepare(&sh))?;
    if !is_built {
        steps.run("build", || {
            build(&sh, "dev", &["--package=mprctl", "--package=mprapi-rpc-dll", "--bin=mprctl", "--lib"])
        })?;
    }
    steps.run("the lane", || lane(&sh, "debug", &venv, &[]))
}

/// Compares the times of many sessions, with programs that are built as a user's are.
pub(crate) fn speed() -> Result<()> {
    let sh = sh::shell()?;
    let mut steps = Steps::start();
    let venv = steps.run("packages", || prepare(&sh))?;
    steps.run("build", || build(&sh, "user", &[]))?;
    steps.run("the lane", || lane(&sh, "user", &venv, &["--only", "speed"]))
}

/// Installs what the lane needs, and returns the environment with Python's packages.
fn prepare(sh: &Shell) -> Result<PathBuf> {
    let folder = sh::target_dir().join("remote");
    sh.create_dir(&folder)?;
    let venv = folder.join("venv");
    install(sh)?;
    make_venv(sh, &venv)?;
    Ok(venv)
}

/// Builds the programs of the lane (the simulated router behind smbd, the client, and the messages for Scapy) and more.
fn build(sh: &Shell, profile: &str, more: &[&str]) -> Result<()> {
    let cargo = sh::cargo();
    let build = cmd!(sh, "{cargo} build --locked --profile {profile} --package mprapi-rpc --package tests");
    let examples = ["router_pipe", "dump_messages", "administer"].map(|name| format!("--example={name}"));
    sh::run(build.args(examples).args(more))
}

/// Installs Debian's packages. Services that they bring are not started.
pub(crate) fn install(sh: &Shell) -> Result<()> {
    let policy = Path::new("/usr/sbin/policy-rc.d");
    let is_ours = !policy.exists() && fs::write(policy, "#!/bin/sh\nexit 101\n").is_ok();
    if is_ours {
        fs::set_permissions(policy, fs::Permissions::from_mode(0o755))?;
    }
    let installed = apt::install(sh, apt::REMOTE);
    if is_ours {
        fs::remove_file(policy)?;
    }
    installed
}

/// Makes the environment with Python's packages, if it is not there.
fn make_venv(sh: &Shell, venv: &Path) -> Result<()> {
    let mark = venv.join("packages");
    let wanted = PYTHON.join("\n");
    if fs::read_to_string(&mark).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    sh.remove_path(venv)?;
    sh::run(cmd!(sh, "/usr/bin/python3 -m venv {venv}"))?;
    let (pip, packages) = (venv.join("bin/pip"), PYTHON);
    sh::run(cmd!(sh, "{pip} install --quiet --disable-pip-version-check {packages...}"))?;
    fs::write(mark, wanted).context("writing what is installed")
}

/// Runs the lane in namespaces of its own: what it starts and mounts ends with it. Without the right to make them, the part
/// that needs none runs on a port of this machine's loopback interface.
fn lane(sh: &Shell, profile: &str, venv: &Path, parts: &[&str]) -> Result<()> {
    let programs = sh::target_dir().join(profile);
    let example = |name: &str| -> Result<PathBuf> {
        let path = programs.join("examples").join(name);
        ensure!(path.is_file(), "{} is not built", path.display());
        Ok(path)
    };
    let (pipe, messages, client) =
        (example("router_pipe")?, example("dump_messages")?, example("administer")?);
    let root = sh::root();
    let (script, scenario) =
        (root.join("tests/remote/lane.py"), root.join("mprapi-sim/scenarios/everything.toml"));
    let judge = root.join("mprapi-rpc/tests/judge/scapy_messages.py");
    let work = sh::target_dir().join("remote/work");
    sh.remove_path(&work)?;
    sh.create_dir(&work)?;
    let namespaces = ["--net", "--mount", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc"];
    let may = cmd!(sh, "unshare {namespaces...} true").quiet().ignore_stderr().run().is_ok();
    let lane = if may {
        cmd!(sh, "unshare {namespaces...} /usr/bin/python3 {script}")
    } else {
        println!("no right to make namespaces: only what runs on the loopback interface is run");
        cmd!(sh, "/usr/bin/python3 {script} --loopback")
    };
    let arguments = [
        ("--work", &work),
        ("--venv", &venv.to_owned()),
        ("--pipe", &pipe),
        ("--messages", &messages),
        ("--judge", &judge),
        ("--scenario", &scenario),
        ("--administer", &client),
        ("--real", &programs.join("real")),
        ("--mprctl", &programs.join("mprctl")),
        ("--library", &programs.join("libmprapi_network.so")),
    ];
    let arguments = arguments.into_iter().fold(lane, |lane, (name, value)| lane.arg(name).arg(value));
    sh::run(arguments.args(parts))
}
