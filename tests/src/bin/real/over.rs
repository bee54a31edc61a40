//! The way to the server.

use mprapi::Mpr;
use mprapi_rpc::client::{InMemory, Library};

struct Simulator;

impl Library for Simulator {
    fn table() -> mprapi::sys::Mprapi {
        mprapi_sim::table()
    }
}

/// Opens the back end that `REAL_OVER` names.
pub(crate) fn open(server: Option<&str>) -> Result<Mpr, Box<dyn std::error::Error>> {
    let over = std::env::var("REAL_OVER").map_err(|_| "REAL_OVER names no way to a server")?;
    Ok(match &over[..] {
        "system" => Mpr::load()?,
        "simulator" => {
            mprapi_sim::fail_at_exit_if_outstanding();
            // SAFETY: the simulator keeps the contract of `mprapi.h`.
            unsafe { Mpr::from_table(mprapi_sim::table()) }
        }
        // The protocol with no network below it.
        "protocol" => {
            // SAFETY: the client keeps the contract of `mprapi.h`.
            unsafe { Mpr::from_table(mprapi_rpc::client::table::<InMemory<Simulator>>()) }
        }
        "network" => {
            account(server)?;
            // SAFETY: the client keeps the contract of `mprapi.h`.
            unsafe { Mpr::from_table(mprapi_rpc::network::table()) }
        }
        // SAFETY: the caller names a library with the functions of `mprapi.h`.
        path => unsafe { Mpr::load_from(path) }?,
    })
}

/// Sets the account that the variables name.
fn account(server: Option<&str>) -> Result<(), Box<dyn std::error::Error>> {
    use mprapi_rpc::network::{Options, set_options};
    use mprapi_rpc::security::Account;
    let Ok(user) = std::env::var("REAL_USER") else { return Ok(()) };
    let file = std::env::var("REAL_PASSWORD_FILE").map_err(|_| "REAL_USER needs REAL_PASSWORD_FILE")?;
    let mut password = zeroize::Zeroizing::new(std::fs::read_to_string(file)?);
    let length = password.trim_end_matches(['\r', '\n']).len();
    password.truncate(length);
    let ntlm = std::env::var_os("REAL_NTLM").is_some();
    let mut options = Options::default();
    options.account = Account::Password { user, password, ntlm };
    set_options(server, options);
    Ok(())
}
