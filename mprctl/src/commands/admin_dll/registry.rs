//! The key of the registry that names the DLLs: `HKLM\SOFTWARE\Microsoft\RAS\AdminDll`.

use crate::failure::{Failure, Kind};

/// The values of the key.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    /// The name to show, one for all DLLs.
    pub(super) name: Option<String>,
    /// The paths of the DLLs, separated by semicolons.
    pub(super) paths: Option<String>,
}

#[cfg(windows)]
const KEY: &str = r"SOFTWARE\Microsoft\RAS\AdminDll";
#[cfg(windows)]
const NAME: &str = "DisplayName";
#[cfg(windows)]
const PATHS: &str = "DLLPath";

/// The codes `ERROR_FILE_NOT_FOUND` and `ERROR_ACCESS_DENIED` of Windows as HRESULTs.
#[cfg(windows)]
const NOT_FOUND: i32 = 0x8007_0002_u32.cast_signed();
#[cfg(windows)]
const DENIED: i32 = 0x8007_0005_u32.cast_signed();

/// Takes an answer of the registry: `None` for a key or a value that is not there. `verb` says what was tried.
#[cfg(windows)]
fn found<T>(answer: windows_registry::Result<T>, verb: &str) -> Result<Option<T>, Failure> {
    let error = match answer {
        Ok(found) => return Ok(Some(found)),
        Err(error) if error.code().0 == NOT_FOUND => return Ok(None),
        Err(error) => error,
    };
    let message = format!(r"cannot {verb} HKLM\{KEY}: {}", error.message());
    Err(match error.code().0 {
        DENIED => Failure::new(Kind::AccessDenied, message).advice("Run mprctl as an administrator."),
        _ => Failure::new(Kind::Failed, message),
    })
}

/// Reads the values. One that is not there is none, and so are those of a key that is not there.
#[cfg(windows)]
pub(super) fn read() -> Result<Values, Failure> {
    let Some(key) = found(windows_registry::LOCAL_MACHINE.open(KEY), "read")? else {
        return Ok(Values::default());
    };
    let text = |value: &str| found(key.get_string(value), &format!("read the value {value} of"));
    Ok(Values { name: text(NAME)?, paths: text(PATHS)? })
}

/// Writes the values. Without paths, both values are removed.
#[cfg(windows)]
pub(super) fn write(values: &Values) -> Result<(), Failure> {
    use windows_registry::{LOCAL_MACHINE, Type};

    let missing =
        || Failure::new(Kind::Failed, format!(r"cannot make HKLM\{KEY}: the registry has no place for it"));
    let key = found(LOCAL_MACHINE.create(KEY), "change")?.ok_or_else(missing)?;
    let Some(paths) = &values.paths else {
        for value in [PATHS, NAME] {
            found(key.remove_value(value), "change")?;
        }
        return Ok(());
    };
    if let Some(name) = &values.name {
        found(key.set_string(NAME, name), "change")?;
    }
    // Paths of others with variables in them stay such.
    let written = match key.get_type(PATHS) {
        Ok(Type::ExpandString) => key.set_expand_string(PATHS, paths),
        _ => key.set_string(PATHS, paths),
    };
    found(written, "change").map(drop)
}

/// Fails: the registry is Windows' own.
#[cfg(not(windows))]
pub(super) fn read() -> Result<Values, Failure> {
    let message = "administration DLLs are registered in the registry of Windows, and this is not Windows";
    Err(Failure::new(Kind::Unsupported, message)
        .advice("Run mprctl on the server. Here, `mprctl admin-dll check FILE` reads a DLL for any Windows."))
}

/// As [`read`].
#[cfg(not(windows))]
pub(super) fn write(_: &Values) -> Result<(), Failure> {
    read().map(drop)
}
