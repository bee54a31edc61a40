//! The file that this code is in, and threads that keep it loaded.

use std::io;
use std::path::PathBuf;

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
use unix as os;
#[cfg(windows)]
use windows as os;

/// Returns the path of the DLL that this code is in (or of the program, if it is in none).
pub(crate) fn path() -> io::Result<PathBuf> {
    os::path()
}

/// Starts a thread. The module stays loaded until the thread has ended, even if the service unloads it earlier.
///
/// `work` must not panic.
pub(crate) fn spawn(name: &'static str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    os::spawn(name, Box::new(work))
}

/// An address in this module.
fn address() -> *const std::ffi::c_void {
    static HERE: u8 = 0;
    (&raw const HERE).cast()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn the_module_of_a_test_is_the_program_itself() {
        let found = path().expect("a program has a path").canonicalize().expect("it is there");
        let program = std::env::current_exe().expect("a program").canonicalize().expect("it is there");
        assert_eq!(found, program);
    }

    #[test]
    fn a_thread_runs_its_work() {
        let (sender, receiver) = mpsc::channel();
        spawn("test", move || sender.send(std::thread::current().id()).expect("the test waits"))
            .expect("a thread");
        assert_ne!(receiver.recv().expect("it runs"), std::thread::current().id());
    }
}
