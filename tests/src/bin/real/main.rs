//! Asks a server everything that reads, and checks what must hold of any server.
//!
//! Written for the first real Windows Server; here it runs against the simulator, in process, as a library and over the
//! network, which must all tell the same. It prints counts and codes: no name, no address.
//!
//! - `REAL_OVER`: `simulator`, `protocol` (the simulator behind MS-RRASM, in this process), `system` (Windows' own
//!   `Mprapi.dll`), `network` (`KRB5CCNAME` is honoured; `REAL_USER` with
//!   `REAL_PASSWORD_FILE` is another account, and `REAL_NTLM` has it use NTLM), or the path of a library.
//! - `REAL_SERVER`: the server's name; without it, this machine.
//! - `REAL_RECORDS`: a file for what the server told, a line a record, to be compared with that of another way to the same
//!   server. It has names and addresses. What changes by itself (durations, counters) is left out.
//! - `REAL_WRITES`: tries changes too, each on an interface of its own, which it deletes.

mod over;
mod reads;
mod report;
mod writes;

use std::process::ExitCode;

use report::Report;

fn main() -> ExitCode {
    let server = std::env::var("REAL_SERVER").ok();
    let server = server.as_deref();
    let mut report = Report::default();
    let mpr = match over::open(server) {
        Ok(mpr) => mpr,
        Err(problem) => {
            eprintln!("cannot begin: {problem}");
            return ExitCode::from(2);
        }
    };
    match mpr.connect(server) {
        Ok(connected) => {
            reads::server(&connected, &mut report);
            reads::connections(&connected, &mut report);
            reads::ports(&connected, &mut report);
            reads::interfaces(&connected, &mut report);
            reads::transports(&connected, &mut report);
            if std::env::var_os("REAL_WRITES").is_some() {
                writes::all(&connected, &mut report);
            }
            report.check("the handle is one to disconnect", mprapi::disconnect(connected).is_ok());
        }
        Err(error) => {
            report.code("connect", &error);
            report.check("the server can be connected to", false);
        }
    }
    reads::variables(&mpr, server, &mut report);
    reads::configuration(&mpr, server, &mut report);
    match report.end(std::env::var_os("REAL_RECORDS")) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cannot write the records: {error}");
            ExitCode::from(2)
        }
    }
}
