//! Shared by the tests of this crate.

#![allow(dead_code, reason = "not every test file needs all of it")]

use std::fs;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use mprapi::sys::{Functions, Mprapi};
use mprapi::{
    AuthenticationTransform, CipherTransform, DhGroup, EncryptionMethod, Ikev2Policy, Ikev2Settings,
    IntegrityMethod, Mpr, PfsGroup, TrafficSelector,
};
use mprapi_sim::{Router, Windows};

/// Every Windows that the simulator can be, the oldest first.
pub(crate) const EVERY_WINDOWS: [Windows; 5] = [
    Windows::Server2003,
    Windows::Server2008,
    Windows::Server2008R2,
    Windows::Server2012,
    Windows::Server2022,
];

/// The words of an error with the feature `messages`, or those without.
pub(crate) fn said<'t>(with: &'t str, without: &'t str) -> &'t str {
    if cfg!(feature = "messages") { with } else { without }
}

/// The API on the simulator, to which everything must have gone back when the program of tests ends.
pub(crate) fn mpr() -> Mpr {
    mprapi_sim::fail_at_exit_if_outstanding();
    // SAFETY: the simulator keeps the contract of `mprapi.h`, and so does the protocol's client over it.
    unsafe { Mpr::from_table(table()) }
}

/// The table of [`functions`].
pub(crate) fn table() -> Mprapi {
    Mprapi::from_functions(functions())
}

/// The functions that the tests call: the simulator's, or those of [`wire`] if its variable is set.
pub(crate) fn functions() -> Functions {
    if wire::is_asked_for() { wire::functions() } else { mprapi_sim::functions() }
}

/// Everything that the router gave out came back, and nothing wrong was done to it.
pub(crate) fn assert_clean(router: &Router) {
    assert!(router.outstanding().is_nothing(), "outstanding: {:?}", router.outstanding());
    assert_eq!(router.violations(), [], "violations");
}

/// Lists the Rust files of the crate.
pub(crate) fn sources() -> Vec<PathBuf> {
    fn below(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
        let (folders, mut files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
        files.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
        files.extend(folders.iter().flat_map(|folder| below(folder)));
        files
    }
    below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

/// The number of files that this process has open; 0 where there is no `/proc`.
pub(crate) fn open_files() -> usize {
    fs::read_dir("/proc/self/fd").map_or(0, Iterator::count)
}

/// Returns the number of open files as soon as it is no more than `most`, or after ten seconds. Threads that are about to
/// end keep theirs for a moment, and so does Wine.
pub(crate) fn open_files_soon(most: usize) -> usize {
    let mut open = open_files();
    for _ in 0..100 {
        if open <= most {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
        open = open_files();
    }
    open
}

/// IKEv2 settings with everything that there is.
pub(crate) fn ikev2_settings() -> Ikev2Settings {
    let mut settings = Ikev2Settings::default();
    settings.lifetime = Duration::from_secs(3600);
    settings.renew_after_kilobytes = 2048;
    settings.certificate_name = b"CN=branch".to_vec();
    settings.policy = Some(Ikev2Policy::new(
        IntegrityMethod::Sha384,
        EncryptionMethod::Aes256,
        CipherTransform::AesGcm256,
        AuthenticationTransform::AesGcm256,
        PfsGroup::Ecp384,
        DhGroup::Ecp384,
    ));
    settings.certificate_hash = vec![7; 20];
    settings.main_mode_lifetime = Duration::from_secs(7200);
    let mut https = TrafficSelector::new(Ipv6Addr::LOCALHOST.into()..=Ipv6Addr::LOCALHOST.into());
    (https.protocol, https.ports, https.payload_id) = (6, 443..=443, 3);
    settings.initiator_selectors = vec![
        TrafficSelector::new(Ipv4Addr::new(10, 1, 0, 0).into()..=Ipv4Addr::new(10, 1, 255, 255).into()),
        https,
    ];
    settings.responder_selectors =
        vec![TrafficSelector::new(Ipv4Addr::UNSPECIFIED.into()..=Ipv4Addr::BROADCAST.into())];
    settings
}

/// The simulator behind the protocol: a call is encoded, decoded and made by the server's half, and its answer comes back
/// the same way.
pub(crate) mod wire {
    use mprapi::sys::{Function, Functions, Mprapi};
    use mprapi_rpc::client::{self, InMemory, Library};

    /// The environment variable that puts the protocol between the tests and the simulator.
    pub(crate) const VARIABLE: &str = "MPRAPI_TESTS_OVER_THE_WIRE";

    pub(crate) fn is_asked_for() -> bool {
        std::env::var_os(VARIABLE).is_some()
    }

    struct Simulator;

    impl Library for Simulator {
        fn table() -> Mprapi {
            mprapi_sim::table()
        }
    }

    type Network = InMemory<Simulator>;

    /// Functions whose handle or memory is the client's, although the protocol does not have them. Every other one that it
    /// does not have goes to the simulator, so that tests may use both.
    const REFUSED: [Function; 1] = [Function::MprAdminGetErrorString];

    macro_rules! overlay {
        ($($since:literal fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty;)+) => {{
            let (own, simulated) = (client::functions::<Network>(), mprapi_sim::functions());
            let is_local = |function| client::refuses::<Network>(function) && !REFUSED.contains(&function);
            Functions {
                $($name: if is_local(Function::$name) { simulated.$name } else { own.$name },)+
            }
        }};
    }

    pub(crate) fn functions() -> Functions {
        mprapi::sys::for_each_function!(overlay)
    }
}

/// A second library, which shares nothing with the simulator.
pub(crate) mod library {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use mprapi::Mpr;
    use mprapi::sys::{Functions, HANDLE, Mprapi};

    static DISCONNECTS: AtomicUsize = AtomicUsize::new(0);

    unsafe extern "system" fn disconnect(_: HANDLE) {
        DISCONNECTS.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn other() -> Mpr {
        let functions = Functions { MprAdminServerDisconnect: Some(disconnect), ..Functions::NONE };
        // SAFETY: its one function takes whatever it is given.
        unsafe { Mpr::from_table(Mprapi::from_functions(functions)) }
    }

    pub(crate) fn disconnects() -> usize {
        DISCONNECTS.load(Ordering::Relaxed)
    }
}
