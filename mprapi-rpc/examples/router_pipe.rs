//! Serves the simulated router as the named pipe `router` behind Samba's smbd.
//!
//! ```text
//! router_pipe --socket PATH [--scenario FILE] [--minimum none|connect|integrity|privacy]
//! ```
//!
//! `PATH` is `np/router` in smbd's `ncalrpc dir`, a folder that only root can enter. Without a scenario, the router is a small
//! company's; with one, its first server. Calls need packet privacy, unless `--minimum` says less: clients whose SMB
//! connection is encrypted may do without. `KRB5_KTNAME` names the keytab for clients with Kerberos.

#[cfg(unix)]
fn main() -> std::process::ExitCode {
    match unix::run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("router_pipe: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(not(unix))]
fn main() {
    eprintln!("router_pipe: Samba's sockets are those of Unix");
}

#[cfg(unix)]
mod unix {
    use std::error::Error;
    use std::path::PathBuf;
    use std::sync::Arc;

    use mprapi_rpc::association::Interface;
    use mprapi_rpc::samba::{Listener, Settings};
    use mprapi_rpc::security::{Gssapi, Level};
    use mprapi_rpc::server::Server;
    use mprapi_sim::{Router, Scenario};

    /// The options of the command line.
    struct Options {
        socket: PathBuf,
        scenario: Option<PathBuf>,
        minimum: Level,
    }

    impl Options {
        fn read(mut arguments: impl Iterator<Item = String>) -> Result<Options, Box<dyn Error>> {
            let (mut socket, mut scenario, mut minimum) = (None, None, Level::Privacy);
            while let Some(option) = arguments.next() {
                let value = arguments.next().ok_or_else(|| format!("{option} needs a value"))?;
                match option.as_str() {
                    "--socket" => socket = Some(value.into()),
                    "--scenario" => scenario = Some(value.into()),
                    "--minimum" => minimum = level(&value)?,
                    _ => return Err(format!("{option} is not an option").into()),
                }
            }
            let socket = socket.ok_or("--socket PATH is missing: np/router in smbd's ncalrpc dir")?;
            Ok(Options { socket, scenario, minimum })
        }
    }

    fn level(name: &str) -> Result<Level, Box<dyn Error>> {
        Ok(match name {
            "none" => Level::None,
            "connect" => Level::Connect,
            "integrity" => Level::Integrity,
            "privacy" => Level::Privacy,
            _ => return Err(format!("{name} is not a level; use none, connect, integrity or privacy").into()),
        })
    }

    pub(crate) fn run() -> Result<(), Box<dyn Error>> {
        let options = Options::read(std::env::args().skip(1))?;
        // The routers are there as long as their simulation.
        let simulation = match &options.scenario {
            Some(path) => Some(Scenario::from_file(path)?.try_start()?),
            None => None,
        };
        let router = match &simulation {
            Some(simulation) => simulation.routers()[0].clone(),
            None => Router::local(),
        };
        let name: Vec<u16> = router.name().encode_utf16().collect();
        let server = Server::new(mprapi_sim::table(), Some(&name));
        let interface: Arc<dyn Interface> = Arc::new(server);
        let settings = Settings {
            minimum: options.minimum,
            provider: provider(options.minimum)?,
            ..Settings::default()
        };
        let listener = Listener::bind(&options.socket)?;
        println!("{} is served on {}", router.name(), options.socket.display());
        listener.run(&interface, &settings, |line| println!("{line}"))?;
        Ok(())
    }

    /// Loads the security provider. A server without one serves clients that need none.
    fn provider(minimum: Level) -> Result<Option<Arc<dyn mprapi_rpc::security::Provider>>, Box<dyn Error>> {
        match Gssapi::load() {
            Ok(provider) => Ok(Some(Arc::new(provider))),
            Err(error) if minimum == Level::None => {
                eprintln!("router_pipe: {error}; clients cannot authenticate themselves at the level of RPC");
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }
}
