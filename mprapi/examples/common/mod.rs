//! Shared by the examples: the API and the server that the command line names.

use std::fmt;
use std::thread;
use std::time::Duration;

use mprapi::Mpr;
use mprapi_sim::{Router, Session, Tunnel};

/// Reads `[--server NAME] [--simulated] ARGUMENTS`: the API, the server's name (`None`: this machine) and the other
/// arguments. The API is Windows' own; with `--simulated`, and where there is no Windows, the simulator's.
pub(crate) fn start() -> Result<(Mpr, Option<String>, Vec<String>), Failure> {
    let (mut server, mut simulated, mut arguments) = (None, cfg!(not(windows)), Vec::new());
    let mut given = std::env::args().skip(1);
    while let Some(argument) = given.next() {
        match argument.as_str() {
            "--server" => server = Some(given.next().ok_or("--server needs a name")?),
            "--simulated" => simulated = true,
            option if option.starts_with("--") => {
                return Err(format!("there is no {option}; there are --server NAME and --simulated").into());
            }
            _ => arguments.push(argument),
        }
    }
    let mpr = if simulated { simulator() } else { Mpr::load()? };
    Ok((mpr, server, arguments))
}

/// A small company's router in memory. Its time passes, and somebody comes and goes where somebody watches.
fn simulator() -> Mpr {
    const TICK: Duration = Duration::from_millis(200);
    thread::spawn(|| {
        let (router, visitor) = (Router::local(), Session::new("visitor", Tunnel::Sstp).bytes_sent(4_096u64));
        loop {
            thread::sleep(TICK);
            router.advance(TICK);
            let is_watched = router.calls("MprAdminRegisterConnectionNotification") > 0;
            if is_watched && !router.drop_user("visitor") {
                router.connect(&visitor).expect("the company has SSTP ports to spare");
            }
        }
    });
    // SAFETY: the simulator keeps the contract of `mprapi.h`.
    unsafe { Mpr::from_table(mprapi_sim::table()) }
}

/// An error that ends an example, as a sentence. `main` shows an error by its `Debug`.
pub(crate) struct Failure(String);

impl<E: fmt::Display> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure(error.to_string())
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
