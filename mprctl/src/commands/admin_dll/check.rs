//! The check of a file: its format, its exports, its path, and who may change it. The file is not loaded.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use mprapi_sim::AdminDllExports;
use object::read::pe::ExportTable;
use object::{Architecture, BinaryFormat, LittleEndian, Object as _, ObjectKind, ObjectSymbol as _};

use super::access;

/// The size of the largest file that is read. A library has a few megabytes.
const LARGEST: u64 = 256 << 20;

/// The outcome of a check.
#[derive(Debug, Default)]
pub(super) struct Checked {
    pub(super) path: PathBuf,
    /// The format and the processor, such as `PE x86-64`.
    pub(super) format: Option<String>,
    pub(super) exports: AdminDllExports,
    /// The required entry points that are missing.
    pub(super) missing: Vec<String>,
    /// Everything that is wrong, one sentence each.
    pub(super) problems: Vec<String>,
}

impl Checked {
    /// Checks a file.
    pub(super) fn of(path: &Path) -> Checked {
        let mut checked =
            Checked { path: path.to_owned(), problems: path_problems(path), ..Checked::default() };
        match read(path) {
            Ok(bytes) => {
                checked.read_exports(&bytes);
                checked.problems.extend(access::problems(path));
            }
            Err(problem) => checked.problems.push(problem),
        }
        checked
    }

    /// Reads the exports from the bytes of a file.
    fn read_exports(&mut self, bytes: &[u8]) {
        let file = match object::File::parse(bytes) {
            Ok(file) => file,
            Err(_) => {
                self.problems
                    .push("the file is not a library: it is neither PE nor ELF nor Mach-O".to_owned());
                return;
            }
        };
        let format = match file.format() {
            BinaryFormat::Pe => "PE",
            BinaryFormat::Elf => "ELF",
            BinaryFormat::MachO => "Mach-O",
            _ => "another format",
        };
        let processor = match file.architecture() {
            Architecture::X86_64 => "x86-64",
            Architecture::I386 => "x86",
            Architecture::Aarch64 => "ARM64",
            _ => "another processor",
        };
        self.format = Some(format!("{format} {processor}"));
        if file.kind() != ObjectKind::Dynamic {
            self.problems.push("the file is a program or an object file, and not a library".to_owned());
        }
        if let Some(problem) = processor_problem(format, file.architecture(), processor) {
            self.problems.push(problem);
        }
        let exports = if has_reasonable_names(&file, bytes.len()) { file.exports().ok() } else { None };
        let Some(exports) = exports else {
            self.problems.push("the exports of the file cannot be read, because it is damaged".to_owned());
            return;
        };
        let names = exports.iter().filter_map(|export| str::from_utf8(export.name()).ok());
        // Mach-O puts an underscore before the names of C.
        self.exports = AdminDllExports::of(names.map(|name| match file.format() {
            BinaryFormat::MachO => name.strip_prefix('_').unwrap_or(name),
            _ => name,
        }));
        self.missing = self.exports.missing();
        self.problems
            .extend(self.missing.iter().map(|missing| format!("the file does not export {missing}")));
    }
}

/// Reads a file of a reasonable size.
fn read(path: &Path) -> Result<Vec<u8>, String> {
    let unreadable = |error: std::io::Error| format!("the file cannot be read: {error}");
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err("the path is not that of a file".to_owned());
    }
    if metadata.len() > LARGEST {
        return Err(format!("the file has {} bytes, which no library has", metadata.len()));
    }
    read_all(File::open(path).map_err(unreadable)?)
}

/// Reads to the end, or to the limit: a file may grow, and files of the system itself have no size.
fn read_all(file: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = file.take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| format!("the file cannot be read: {error}"))?;
    match bytes.len() as u64 > LARGEST {
        true => Err(format!("the file has more than {LARGEST} bytes, which no library has")),
        false => Ok(bytes),
    }
}

/// Returns `true` if the names of the exports, one after the other, are no longer than a file of this size can need. Each name
/// is read up to its NUL, so a file whose names all lead to one long text would take hours.
fn has_reasonable_names(file: &object::File<'_>, size: usize) -> bool {
    /// A number of an export of PE has 16 bits.
    const MOST: usize = 1 << 16;
    let mut left = size.saturating_mul(4);
    let mut fits = |name: object::Result<&[u8]>| {
        let length = name.map_or(usize::MAX, |name| name.len());
        left.checked_sub(length).map(|rest| left = rest).is_some()
    };
    let mut fits_all = |table: object::Result<Option<ExportTable<'_>>>| match table {
        Ok(Some(table)) => {
            let pointers = table.name_pointers();
            pointers.len() <= MOST
                && pointers.iter().all(|pointer| fits(table.name_from_pointer(pointer.get(LittleEndian))))
        }
        Ok(None) => true,
        Err(_) => false,
    };
    match file {
        object::File::Pe32(file) => fits_all(file.export_table()),
        object::File::Pe64(file) => fits_all(file.export_table()),
        object::File::MachO32(_) | object::File::MachO64(_) => {
            file.symbols().all(|symbol| fits(symbol.name_bytes()))
        }
        _ => file.dynamic_symbols().all(|symbol| fits(symbol.name_bytes())),
    }
}

/// Finds what is wrong with a path by itself.
fn path_problems(path: &Path) -> Vec<String> {
    let mut problems = Vec::new();
    if !path.is_absolute() {
        problems.push(
            "the path is relative; the service needs a full one, or it may load another file".to_owned(),
        );
    }
    let text = path.display().to_string();
    if text.contains(';') {
        problems.push("the path has a semicolon, which separates paths in the registry".to_owned());
    }
    if cfg!(windows) && path.is_absolute() && !is_on_a_disk(path) {
        problems.push("the path is not on a disk of this machine, as `C:\\` is".to_owned());
    }
    problems
}

/// Returns `true` for a path that begins with the letter of a drive.
fn is_on_a_disk(path: &Path) -> bool {
    use std::path::{Component, Prefix};

    let first = path.components().next();
    matches!(first, Some(Component::Prefix(prefix)) if matches!(prefix.kind(), Prefix::Disk(_)))
}

/// Returns what is wrong with a library for another system or processor than this one. Elsewhere than on Windows, a DLL
/// may be meant for any.
fn processor_problem(format: &str, is_for: Architecture, processor: &str) -> Option<String> {
    if !cfg!(windows) {
        return None;
    }
    let own = match std::env::consts::ARCH {
        "x86_64" => Architecture::X86_64,
        "aarch64" => Architecture::Aarch64,
        _ => Architecture::I386,
    };
    match (format, is_for == own) {
        ("PE", true) => None,
        ("PE", false) => {
            Some(format!("the file is for {processor}, and not for the processor of this machine"))
        }
        _ => Some(format!("the file is {format}, and not a library of Windows")),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{LazyLock, Mutex, PoisonError};

    use proptest::prelude::*;

    use super::*;

    fn checked(bytes: &[u8]) -> Checked {
        let mut checked = Checked::default();
        checked.read_exports(bytes);
        checked
    }

    proptest! {
        #[test]
        fn no_bytes_are_a_reason_to_panic(
            mut bytes in proptest::collection::vec(any::<u8>(), 0..400),
            begin in prop::sample::select(vec![&b"MZ"[..], b"\x7fELF\x02\x01\x01", b"\xcf\xfa\xed\xfe", b""]),
        ) {
            bytes.splice(0..0, begin.iter().copied());
            prop_assert!(!checked(&bytes).problems.is_empty());
        }

        #[test]
        fn a_program_with_broken_bytes_is_no_reason_to_panic(
            at in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        ) {
            // This test is a library or a program of this system. It is large, so that it is read once and not copied.
            static PROGRAM: LazyLock<Mutex<(Vec<u8>, Vec<u8>)>> = LazyLock::new(|| {
                let bytes = own_program();
                Mutex::new((bytes[..bytes.len().min(1 << 14)].to_vec(), bytes))
            });
            let (begin, bytes) = &mut *PROGRAM.lock().unwrap_or_else(PoisonError::into_inner);
            bytes[..begin.len()].copy_from_slice(begin);
            for (index, byte) in at {
                bytes[index.index(begin.len())] = byte;
            }
            let _ = checked(bytes);
        }
    }

    fn own_program() -> Vec<u8> {
        let path = std::env::current_exe().expect("a test is a program");
        fs::read(path).expect("it can be read")
    }

    /// A library of macOS that has nothing but these symbols.
    fn mach_o(names: &[&str]) -> Vec<u8> {
        let texts: Vec<String> = names.iter().map(|name| format!("_{name}\0")).collect();
        let strings = format!("\0{}", texts.concat());
        let (count, symbols, size) = (names.len() as u32, 32 + 24 + 80, 16 * names.len() as u32);
        let numbers = |numbers: &[u32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        // The header: 64 bits, ARM64, a dynamic library, two commands of 24 and 80 bytes. The commands: the table of
        // symbols, and which of them are defined and visible from outside.
        let mut bytes: Vec<u8> = numbers(&[0xFEED_FACF, 0x0100_000C, 0, 6, 2, 24 + 80, 0, 0]);
        let table = [2, 24, symbols, count, symbols + size, strings.len() as u32];
        bytes.extend::<Vec<u8>>(numbers(&table));
        let mut visible = [0; 20];
        visible[..6].copy_from_slice(&[11, 80, 0, 0, 0, count]);
        bytes.extend::<Vec<u8>>(numbers(&visible));
        let mut at = 1_u32;
        for text in &texts {
            bytes.extend(at.to_le_bytes());
            // Of a section, and visible from outside.
            bytes.extend([0x0F, 1, 0, 0]);
            bytes.extend(0x1000_u64.to_le_bytes());
            at += text.len() as u32;
        }
        bytes.extend(strings.as_bytes());
        bytes
    }

    #[test]
    fn the_exports_of_a_library_of_macos_are_read_without_their_underscore() {
        let checked = checked(&mach_o(&["MprAdminInitializeDll", "MprAdminTerminateDll", "other"]));
        assert_eq!(checked.format.as_deref(), Some("Mach-O ARM64"));
        let names: Vec<&str> = checked.exports.names().collect();
        assert_eq!(names, ["MprAdminInitializeDll", "MprAdminTerminateDll"]);
        assert!(checked.missing[0].starts_with("MprAdminAcceptNewLink"), "{checked:?}");
    }

    #[test]
    fn many_exports_that_share_one_long_name_are_not_read_one_by_one() {
        // So long that the table of symbols, which moves behind the names, has a place that eight divides.
        let name = "a".repeat((1 << 20) - 3);
        let mut bytes = mach_o(&[&name]);
        let symbol: Vec<u8> = bytes[136..152].to_vec();
        let (at, count) = (bytes.len() as u32, 20_000_u32);
        for (place, number) in [(40, at), (44, count), (76, count)] {
            bytes[place..place + 4].copy_from_slice(&number.to_le_bytes());
        }
        bytes.extend(symbol.repeat(count as usize));
        let checked = checked(&bytes);
        assert!(
            checked.problems.iter().any(|problem| problem.contains("is damaged")),
            "{:?}",
            checked.problems
        );
    }

    #[test]
    fn a_file_that_does_not_end_is_read_to_the_limit() {
        let problem = read_all(std::io::repeat(0)).expect_err("it does not end");
        assert!(problem.contains("which no library has"), "{problem}");
        assert_eq!(read_all(&b"MZ"[..]).as_deref(), Ok(&b"MZ"[..]));
    }

    #[test]
    fn a_program_exports_none_of_it() {
        let checked = checked(&own_program());
        assert!(checked.format.is_some(), "{checked:?}");
        assert!(checked.missing.len() >= 6, "{checked:?}");
    }
}
