//! What does not compile, so what a caller cannot do wrong. This module is there for its tests only.
//!
//! Each case is two of them: what leads up to the mistake compiles, and with the mistake behind it, it does not. So a
//! mistake cannot be refused for anything but itself.

macro_rules! mistakes {
    ($($(#[doc = $what:literal])+ $name:ident, $code:ident: $before:literal, $mistake:literal;)+) => {
        $(
            $(#[doc = $what])+
            ///
            #[doc = "```no_run"]
            #[doc = mistakes!(@begin)]
            #[doc = $before]
            #[doc = mistakes!(@end)]
            #[doc = "```"]
            ///
            #[doc = concat!("```compile_fail,", stringify!($code))]
            #[doc = mistakes!(@begin)]
            #[doc = $before]
            #[doc = $mistake]
            #[doc = mistakes!(@end)]
            #[doc = "```"]
            #[inline]
            fn $name() {}
        )+
    };
    (@begin) => {
        "use mprapi::*;\n\
         #[inline]
         fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {\n\
         let mpr = Mpr::load()?;\n\
         let server = mpr.connect(None)?;\n\
         let mut configuration = mpr.configuration(None)?;"
    };
    (@end) => {
        "Ok(()) }"
    };
}

mistakes! {
    /// A server is gone once it is disconnected.
    asking_after_the_disconnect, E0382: "disconnect(server)?;", "server.info()?;";
    /// And cannot be disconnected again.
    disconnecting_twice, E0382: "disconnect(server)?;", "disconnect(server)?;";
    /// Nor after it was dropped.
    disconnecting_what_was_dropped, E0382: "drop(server);", "disconnect(server)?;";
    /// The same holds for a configuration.
    reading_a_configuration_after_the_disconnect, E0382:
        "disconnect(configuration)?;", "configuration.refresh()?;";
    /// And for the management information base.
    asking_the_mib_after_the_disconnect, E0382:
        "let mib = mpr.mib(None)?; disconnect(mib)?;", "mib.interfaces()?;";

    /// What a server answered keeps it from being disconnected.
    disconnecting_under_a_list, E0505:
        "let ports = server.ports()?;", "disconnect(server)?; ports.len();";
    /// So does what acts on a thing of it.
    disconnecting_under_a_handle, E0505:
        "let interface = server.find_interface(\"branch\")?;", "disconnect(server)?; interface.connect()?;";
    /// And what waits for it to tell something.
    disconnecting_under_a_watcher, E0505:
        "let mut notification = server.watch()?;", "disconnect(server)?; notification.next();";
    /// And what waits for the end of something.
    disconnecting_under_an_attempt, E0505:
        "let mut attempt = server.find_interface(\"branch\")?.connect_with_event()?;",
        "disconnect(server)?; attempt.wait(None)?;";
    /// And a table of the management information base.
    disconnecting_under_a_table, E0505:
        "let mib = mpr.mib(None)?; let table = mib.routes()?;", "disconnect(mib)?; table.len();";
    /// To drop a server under them is the same.
    dropping_under_a_list, E0505: "let ports = server.ports()?;", "drop(server); ports.len();";

    /// A record lives no longer than the list that it is in,
    keeping_a_record, E0505:
        "let ports = server.ports()?; let port = ports.iter().next();", "drop(ports); port.unwrap().name();";
    /// and a text no longer than the record.
    keeping_a_text, E0505:
        "let ports = server.ports()?; let name = ports.iter().next().unwrap().name();",
        "drop(ports); name.to_string();";
    /// Bytes go back when they are dropped, and with them what was read of them.
    keeping_a_row, E0505:
        "let mib = mpr.mib(None)?; let table = mib.routes()?; let route = table.iter().next();",
        "drop(table); route.unwrap().age();";

    /// A configuration's handles are gone when something is taken out of it.
    keeping_a_handle_of_a_configuration, E0502:
        "let interface = configuration.interface(\"branch\")?;",
        "configuration.delete_interface(\"other\")?; interface.transports()?;";
    /// And when it is read anew.
    keeping_a_handle_over_a_refresh, E0502:
        "let interface = configuration.interface(\"branch\")?;",
        "configuration.refresh()?; interface.transports()?;";
    /// What was found in a block of the library's is gone when the block is changed.
    keeping_an_info, E0502:
        "let mut header = mpr.info_header()?; let info = header.find(InfoType::IP_ROUTE)?;",
        "header.clear()?; info.unwrap().data();";

    /// A server does not go to a thread that may live longer, as long as something of it is held.
    sending_a_borrowed_server, E0505:
        "let ports = server.ports()?;", "std::thread::spawn(move || disconnect(server)); ports.len();";
    /// One thread at a time has a configuration,
    sharing_a_configuration, E0277:
        "let shared = &configuration;",
        "std::thread::scope(|scope| { scope.spawn(|| shared.interface(\"branch\").is_ok()); });";
    /// and what borrows one stays there.
    sending_a_handle_of_a_configuration, E0277:
        "let interface = configuration.interface(\"branch\")?;",
        "std::thread::scope(|scope| { scope.spawn(move || interface.transports().is_ok()); });";

    /// To claim that a value is a handle to disconnect is the caller's word.
    claiming_a_handle, E0133:
        "let handle = server.as_raw();", "disconnect(RawHandle::server(&mpr, handle))?;";
    /// So is that a library keeps the contract.
    believing_a_library, E0133: "let path = \"mprapi.dll\";", "Mpr::load_from(path)?;";
    /// Nothing else can be disconnected.
    disconnecting_something_else, E0277: "let handle = server.as_raw();", "disconnect(handle).ok();";
    /// A server cannot be copied.
    copying_a_server, E0599: "server.info()?;", "let second: Server = server.clone();";
}
