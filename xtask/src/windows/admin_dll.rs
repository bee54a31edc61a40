//! `mprctl admin-dll` with DLLs written in C and the registry, as Wine has them.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use anyhow::Result;
use xshell::{Cmd, cmd};

use super::{Lane, ended};
use crate::report::{Report, same};
use crate::sh::{self, Output};

/// The folder of the DLLs, as a Windows program has it.
const FOLDER: &str = r"C:\admin dlls";
const KEY: &str = r"HKLM\SOFTWARE\Microsoft\RAS\AdminDll";

impl Lane<'_> {
    pub(super) fn check_admin_dll(&self, report: &mut Report) -> Result<()> {
        let folder = self.wine.system32().join("../../admin dlls");
        self.sh.remove_path(&folder)?;
        self.sh.create_dir(&folder)?;
        for (name, flags) in [("first", "-DFORMS=8"), ("second", "-DFORMS=5"), ("no-links", "-DLINKS=0")] {
            let (source, dll) =
                (sh::root().join("tests/c/adminhost/dll.c"), folder.join(format!("{name}.dll")));
            let gcc = cmd!(self.sh, "x86_64-w64-mingw32-gcc -std=c11 -Wno-unused-function {flags} -shared");
            gcc.args(["-static-libgcc", "-o"]).arg(dll).arg(source).quiet().run()?;
        }
        let _ = self.reg(&["delete", KEY, "/f"])?;
        let dll = |name: &str| format!(r"{FOLDER}\{name}.dll");
        let (first, second) = (dll("first"), dll("second"));

        let came = self.admin_dll(&["check", &first, &second])?;
        let forms = ["PE x86-64", "none, 3"];
        report.check("admin-dll check reads the exports of DLLs", printed(&came, 0, &forms));
        let came = self.admin_dll(&["check", &dll("no-links")])?;
        report.check(
            "admin-dll check names a missing export",
            printed(&came, 1, &["the file does not export MprAdminAcceptNewLink"]),
        );
        let came = self.admin_dll(&["check", "first.dll"])?;
        report.check("admin-dll check refuses a relative path", printed(&came, 1, &["the path is relative"]));

        let came = self.admin_dll(&["register", &dll("no-links"), "--yes"])?;
        let result = ended(&came, 1, &["does not export MprAdminAcceptNewLink"]);
        report.check("admin-dll registers no DLL that the service cannot start with", result);
        let came = self.admin_dll(&["register", &first, "--dry-run"])?;
        let result = ended(&came, 0, &["restart it"]).and_then(|()| self.value("DLLPath", None));
        report.check("a dry run registers nothing", result);
        let came = self.admin_dll(&["register", &first, &second, "--name", "Tests", "--yes"])?;
        let both = format!("{first};{second}");
        let result = ended(&came, 0, &["restart it"])
            .and_then(|()| self.value("DLLPath", Some(&both)))
            .and_then(|()| self.value("DisplayName", Some("Tests")));
        report.check("admin-dll register writes both values, and says that a restart is needed", result);
        let came = self.admin_dll(&["register", &second.to_uppercase(), "--first", "--yes"])?;
        let turned = format!("{};{first}", second.to_uppercase());
        let result = ended(&came, 0, &[]).and_then(|()| self.value("DLLPath", Some(&turned)));
        report.check("admin-dll register --first moves a DLL to the front", result);
        let came = self.admin_dll(&["list", "--output", "csv", "--columns", "order,path,status,name"])?;
        let rows =
            format!("order,path,status,name\n1,{},ok,Tests\n2,{first},ok,Tests\n", second.to_uppercase());
        let result = ended(&came, 0, &[]).and_then(|()| same("standard output", &rows, &came.stdout));
        report.check("admin-dll list has them in their order", result);

        let came = self.admin_dll(&["unregister", &dll("third"), "--yes"])?;
        report
            .check("admin-dll unregister knows what is registered", ended(&came, 6, &["is not registered"]));
        let came = self.admin_dll(&["unregister", &second, "--yes"])?;
        let result = ended(&came, 0, &["restart it"]).and_then(|()| self.value("DLLPath", Some(&first)));
        report.check("admin-dll unregister removes its own and no other", result);
        let came = self.admin_dll(&["unregister", &first, "--yes"])?;
        let result = ended(&came, 0, &[])
            .and_then(|()| self.value("DLLPath", None))
            .and_then(|()| self.value("DisplayName", None));
        report.check("the last one takes the values with it", result);
        self.check_folder_of_others(&folder, &first, report)
    }

    /// The access control list that Wine shows is that of the folder here.
    fn check_folder_of_others(&self, folder: &Path, dll: &str, report: &mut Report) -> Result<()> {
        fs::set_permissions(folder, Permissions::from_mode(0o777))?;
        let came = self.admin_dll(&["register", dll, "--yes"])?;
        let refused = ended(&came, 1, &["others than administrators may change the folder", "S-1-1-0"]);
        let result = refused.and_then(|()| self.value("DLLPath", None));
        report.check("admin-dll registers nothing in a folder that others may write to", result);
        self.sh.remove_path(folder)?;
        Ok(())
    }

    fn admin_dll(&self, arguments: &[&str]) -> Result<Output> {
        let command = || self.mprctl().env("COLUMNS", "200").arg("admin-dll").args(arguments);
        let Output { code, stdout, stderr } = started(command)?;
        Ok(Output { code, stdout: stdout.replace("\r\n", "\n"), stderr })
    }

    fn reg(&self, arguments: &[&str]) -> Result<Output> {
        started(|| self.wine.command(Path::new("reg.exe")).args(arguments))
    }

    /// Compares the text of a value of the key, as Windows' own tool reads it. `None` is a value that does not exist.
    fn value(&self, name: &str, text: Option<&str>) -> Result<(), String> {
        let came = self.reg(&["query", KEY, "/v", name]).map_err(|error| error.to_string())?;
        let line = came.stdout.lines().find(|line| line.trim_start().starts_with(name));
        let found = line.and_then(|line| line.split_once("REG_SZ")).map(|(_, text)| text.trim());
        match found == text {
            true => Ok(()),
            false => Err(format!("expected {text:?} as the {name}, came {found:?}\n{}", came.stdout)),
        }
    }
}

/// Runs a program. Wine loses the start of a process now and then, and says so: that is tried again.
fn started<'a>(command: impl Fn() -> Cmd<'a>) -> Result<Output> {
    for _ in 0..3 {
        let output = sh::output(command())?;
        if !output.stderr.starts_with("wine client error") {
            return Ok(output);
        }
    }
    sh::output(command())
}

/// Checks that a program ended as it should, with all of `said` on its standard output.
fn printed(came: &Output, code: i32, said: &[&str]) -> Result<(), String> {
    match said.iter().find(|text| !came.stdout.contains(*text)) {
        None => ended(came, code, &[]),
        Some(text) => Err(format!("expected `{text}`, came\n{}{}", came.stdout, came.stderr)),
    }
}
