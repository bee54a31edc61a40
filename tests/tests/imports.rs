//! What built programs import, and where they find `mprapi.dll` when someone has planted one.
#![cfg(all(windows, target_env = "gnu"))]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use object::LittleEndian as LE;
use object::read::pe::{Import, PeFile64};

const TABLE: &str = env!("CARGO_BIN_EXE_table");
const LINKED: &str = env!("CARGO_BIN_EXE_linked");
const WINDOWS_SYS: &str = env!("CARGO_BIN_EXE_script_windows_sys");

/// The functions a program imports, by library, in small letters.
fn imports(program: &str) -> BTreeMap<String, BTreeSet<String>> {
    let file = fs::read(program).expect("the program was built");
    let file = PeFile64::parse(&*file).expect("a program for 64-bit Windows");
    let table = file.import_table().expect("sound").expect("every program imports something");
    let mut imports = BTreeMap::new();
    let mut descriptors = table.descriptors().expect("sound");
    while let Some(library) = descriptors.next().expect("sound") {
        let name = String::from_utf8_lossy(table.name(library.name.get(LE)).expect("sound")).to_lowercase();
        let mut thunks = table.thunks(library.original_first_thunk.get(LE)).expect("sound");
        let functions: &mut BTreeSet<_> = imports.entry(name).or_default();
        while let Some(thunk) = thunks.next::<object::pe::ImageNtHeaders64>().expect("sound") {
            if let Import::Name(_, name) = table.import::<object::pe::ImageNtHeaders64>(thunk).expect("sound")
            {
                functions.insert(String::from_utf8_lossy(name).into_owned());
            }
        }
    }
    imports
}

#[test]
fn a_program_that_uses_the_table_does_not_import_the_library() {
    let imports = imports(TABLE);
    assert!(imports.contains_key("kernel32.dll"), "not understood: {imports:?}");
    assert!(!imports.contains_key("mprapi.dll"), "{imports:?}");
}

#[test]
fn a_linked_program_imports_what_it_calls_and_nothing_else() {
    let expected = [
        "MprAdminConnectionEnumEx",
        "MprAdminConnectionGetInfoEx",
        "MprAdminInterfaceGetCustomInfoEx",
        "MprAdminInterfaceSetCustomInfoEx",
        "MprAdminIsServiceInitialized",
        "MprAdminIsServiceRunning",
        "MprAdminServerGetInfoEx",
        "MprAdminServerSetInfoEx",
        "MprAdminUpdateConnection",
        "MprConfigInterfaceGetCustomInfoEx",
        "MprConfigInterfaceSetCustomInfoEx",
        "MprConfigServerGetInfoEx",
        "MprConfigServerSetInfoEx",
    ];
    let imports = imports(LINKED);
    assert_eq!(imports["mprapi.dll"], expected.map(str::to_owned).into(), "{imports:?}");
}

/// The programs that play `scenarios/office.txt` and know nothing of the table.
#[test]
fn a_c_program_and_one_on_windows_sys_import_what_they_call() {
    let (c, windows_sys) = (imports(env!("C_CLIENT")), imports(WINDOWS_SYS));
    assert_eq!(c["mprapi.dll"], windows_sys["mprapi.dll"]);
    assert_eq!(c["mprapi.dll"].len(), 16, "{c:?}");
}

/// A folder with a program in it, and a folder that it is started from.
struct Place {
    root: PathBuf,
    program: PathBuf,
}

impl Place {
    fn new(test: &str, program: &str) -> Place {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("program")).expect("a folder of the tests");
        fs::create_dir_all(root.join("current")).expect("a folder of the tests");
        let place = Place { program: root.join("program/it.exe"), root };
        fs::copy(program, &place.program).expect("the program was built");
        place
    }

    fn plant(self, folder: &str) -> Place {
        fs::copy(env!("PLANTED"), self.root.join(folder).join("mprapi.dll")).expect("the library was built");
        self
    }

    /// What the program prints, a line each, and its exit code.
    fn run(&self, arguments: &[&str]) -> (Vec<String>, Option<i32>) {
        let mut command = Command::new(&self.program);
        let output = command.args(arguments).current_dir(self.root.join("current")).output();
        let output = output.expect("a process is made");
        let text = String::from_utf8_lossy(&output.stdout);
        (text.lines().map(str::to_lowercase).collect(), output.status.code())
    }

    /// As [`Place::run`], for a program that succeeds.
    fn lines(&self, arguments: &[&str]) -> Vec<String> {
        let (lines, code) = self.run(arguments);
        assert_eq!(code, Some(0), "{lines:?}");
        lines
    }

    fn planted_in(&self, folder: &str) -> String {
        let path = self.root.join(folder).join("mprapi.dll").display().to_string().replace('/', r"\");
        // The drive that Wine has the whole machine on, and that the tests are started from.
        format!("z:{path}").to_lowercase()
    }
}

const SYSTEM: &str = r"c:\windows\system32\mprapi.dll";

#[test]
fn a_library_planted_beside_the_program_is_not_loaded() {
    let place = Place::new("beside", TABLE).plant("program");
    assert_eq!(place.lines(&[]), [format!("table: {SYSTEM}")]);
}

#[test]
fn a_library_planted_in_the_current_folder_is_not_loaded() {
    let place = Place::new("current", TABLE).plant("current");
    assert_eq!(place.lines(&[]), [format!("table: {SYSTEM}")]);
}

/// And so the planted library of the test above can be loaded at all.
#[test]
fn a_relative_path_is_one_in_the_current_folder() {
    let place = Place::new("from", TABLE).plant("current");
    assert_eq!(place.lines(&["from"]), [format!("table: {}", place.planted_in("current"))]);
    let place = Place::new("from-beside", TABLE).plant("program");
    assert!(
        place.lines(&["from"])[0].starts_with("error: "),
        "beside the program is not in the current folder"
    );
}

#[test]
fn a_planted_library_that_is_loaded_already_is_not_taken() {
    let place = Place::new("by-name", TABLE).plant("program");
    let by_name = format!("by name: {}", place.planted_in("program"));
    assert_eq!(place.lines(&["by-name"]), [by_name, format!("table: {SYSTEM}")]);
}

/// The price of linking, which is why the safe layer does not.
#[test]
fn a_linked_program_takes_the_library_beside_it_and_the_table_still_does_not() {
    let place = Place::new("linked", LINKED);
    assert_eq!(place.lines(&[]), ["linked: 0".to_owned(), format!("table: {SYSTEM}")]);
    let place = place.plant("program");
    assert_eq!(place.lines(&[]), ["linked: 4711".to_owned(), format!("table: {SYSTEM}")]);
}

#[test]
#[ignore = "needs a Windows without mprapi.dll: `cargo xtask windows` has one"]
fn where_the_system_has_no_library_the_table_has_none_and_a_linked_program_does_not_start() {
    let missing = format!("error: {SYSTEM} could not be loaded");
    let place = Place::new("absent", TABLE).plant("program").plant("current");
    let by_name = format!("by name: {}", place.planted_in("program"));
    assert_eq!(place.lines(&["by-name"]), [by_name, missing]);

    let place = Place::new("absent-linked", LINKED);
    let (lines, code) = place.run(&[]);
    assert!(lines.is_empty() && code != Some(0), "{lines:?}, {code:?}");
}
