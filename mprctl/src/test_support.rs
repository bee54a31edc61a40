//! Support for tests that start programs: tries again if Wine fails to start one.

use std::io;
use std::process::Output;

/// The error that Wine returns if a new process ends before it could report its own.
const ERROR_INTERNAL_ERROR: i32 = 1359;
/// The exit code of a process in Wine whose libraries fail to start before its `main`.
const STATUS_DLL_INIT_FAILED: i32 = 0xC000_0142_u32 as i32;

/// Returns the program that `start` starts. Wine, on a busy machine, now and then makes no process or ends it before its `main`,
/// which nothing of ours answers.
///
/// # Panics
/// The program does not start.
pub fn started<T>(mut start: impl FnMut() -> io::Result<T>) -> T {
    let is_wines = |error: &io::Error| cfg!(windows) && error.raw_os_error() == Some(ERROR_INTERNAL_ERROR);
    let mut more = 0..4;
    loop {
        match start() {
            Err(error) if is_wines(&error) && more.next().is_some() => {}
            started => return started.expect("the program starts"),
        }
    }
}

/// Returns the output of a program that `run` runs to its end.
///
/// # Panics
/// The program does not start.
pub fn output(mut run: impl FnMut() -> io::Result<Output>) -> Output {
    started(|| {
        let output = run()?;
        match output.status.code() {
            Some(STATUS_DLL_INIT_FAILED) => Err(io::Error::from_raw_os_error(ERROR_INTERNAL_ERROR)),
            _ => Ok(output),
        }
    })
}
