//! Debian's packages, installed when they are missing.

use anyhow::{Result, bail};
use xshell::{Shell, cmd};

use crate::sh;

/// clang's library, which bindgen loads, and the header it reads.
pub(crate) const BINDGEN: &[&str] = &["clang", "libclang-dev", "mingw-w64"];

/// A Rust of one version.
#[cfg(feature = "api")]
pub(crate) const RUST: &[&str] = &["rustc-web", "cargo-web"];

/// A Rust with the sources of its standard library (rustup may be unable to fetch targets), a linker, and Wine.
pub(crate) const WINDOWS: &[&str] =
    &["rustc-web", "cargo-web", "rust-web-src", "mingw-w64", "wine", "wine64"];

/// Prometheus and promtool; the verifier of systemd's units.
pub(crate) const PROMETHEUS: &[&str] = &["prometheus", "systemd"];

/// The packages that count instructions.
pub(crate) const BENCH: &[&str] = &["valgrind"];

/// Samba as a server, a domain controller and a client; Kerberos; NTLM for GSSAPI; a reader of packets.
pub(crate) const REMOTE: &[&str] = &[
    "samba",
    "samba-ad-provision",
    "samba-dsdb-modules",
    "samba-vfs-modules",
    "winbind",
    "python3-samba",
    "python3-venv",
    "krb5-user",
    "gss-ntlmssp",
    "libnss-wrapper",
    "tshark",
    "iproute2",
];

/// The database that the guide exports to.
pub(crate) const GUIDE: &[&str] = &["sqlite3"];

/// A checker of man pages, shells, and a terminal that can be asked what it shows.
pub(crate) const SHELLS: &[&str] = &["mandoc", "bash", "zsh", "fish", "tmux"];

/// Installs those of the `packages` that are missing.
pub(crate) fn install(sh: &Shell, packages: &[&str]) -> Result<()> {
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !is_installed(sh, package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if cmd!(sh, "apt-get --version").quiet().ignore_stdout().ignore_stderr().run().is_err() {
        bail!("needs what Debian calls {}, and can install it by apt-get only", missing.join(", "));
    }
    let _env = sh.push_env("DEBIAN_FRONTEND", "noninteractive");
    sh::run(cmd!(sh, "apt-get update --quiet --quiet"))?;
    let install = cmd!(sh, "apt-get install --quiet --quiet --yes --no-install-recommends {missing...}");
    // A line for each file of each package.
    sh::run(install.ignore_stdout())
}

fn is_installed(sh: &Shell, package: &str) -> bool {
    let status = "--showformat=${db:Status-Status}";
    cmd!(sh, "dpkg-query --show {status} {package}")
        .quiet()
        .ignore_stderr()
        .read()
        .is_ok_and(|status| status == "installed")
}
