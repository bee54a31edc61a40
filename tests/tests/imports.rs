//! The imports of built programs.
#![cfg(all(windows, target_env = "gnu"))]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

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

/// The programs that are given to users: the command, and the examples of the safe layer.
#[test]
fn no_program_on_the_safe_layer_imports_the_library() {
    let built = std::env::current_exe().expect("a test is a program");
    let built = built.ancestors().nth(2).expect("a test is in `deps`");
    let mut programs = vec![built.join("mprctl.exe")];
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../mprapi/examples");
    for source in fs::read_dir(sources).expect("the examples") {
        let source = source.expect("the examples").path();
        if source.extension().is_some_and(|extension| extension == "rs") {
            let name = source.file_stem().expect("it has a name");
            programs.push(built.join("examples").join(name).with_extension("exe"));
        }
    }
    assert!(programs.len() > 10, "{programs:?}");
    for program in programs {
        assert!(program.exists(), "{}: not built; `cargo build --workspace --examples`", program.display());
        let imports = imports(program.to_str().expect("a path of Cargo's"));
        assert!(imports.contains_key("kernel32.dll"), "{}: not understood: {imports:?}", program.display());
        assert!(!imports.contains_key("mprapi.dll"), "{}: {imports:?}", program.display());
    }
}
