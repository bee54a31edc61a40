//! Mistakes that do not compile, so that no caller can make them. This module exists for its tests only.
//!
//! Each case is two of them: what leads up to the mistake compiles, and with the mistake behind it, it does not. So a
//! mistake cannot be refused for anything but itself.

/// Makes two examples of each mistake, one that compiles and one that does not, on a function that is there for them. So
///
/// ```text
/// mistakes! {
///     /// And cannot be disconnected again.
///     disconnecting_twice, E0382: "disconnect(server)?;", "disconnect(server)?;";
/// }
/// ```
///
/// becomes, with `BEGIN` and `END` for the lines around each example,
///
/// ````text
/// /// And cannot be disconnected again.
/// ///
/// /// ```no_run
/// /// BEGIN
/// /// disconnect(server)?;
/// /// END
/// /// ```
/// ///
/// /// ```compile_fail,E0382
/// /// BEGIN
/// /// disconnect(server)?;
/// /// disconnect(server)?;
/// /// END
/// /// ```
/// #[inline]
/// fn disconnecting_twice() {}
/// ````
macro_rules! mistakes {
    ($($(#[doc = $what:literal])+ $name:ident$(, $code:ident)?: $before:literal, $mistake:literal;)+) => {
        $(
            $(#[doc = $what])+
            ///
            #[doc = "```no_run"]
            #[doc = mistakes!(@begin)]
            #[doc = $before]
            #[doc = mistakes!(@end)]
            #[doc = "```"]
            ///
            #[doc = concat!("```compile_fail" $(, ",", stringify!($code))?)]
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

    /// A server cannot be disconnected while its answers are borrowed.
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
    /// A change of a library's block ends the borrow of the infos found in it.
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

    /// A bound gives no access to this crate's own functions on its types. A handle is claimed by `disconnect`;
    claiming_through_a_bound, E0624:
        "fn any<H: Disconnect>(_: &H) {} any(&server);", "fn claim<H: Disconnect>(handle: &H) { handle.claim(); }";
    /// nor by the name of the bound;
    claiming_by_the_bound_s_name, E0624:
        "fn any<H: Disconnect>(_: &H) {} any(&server);", "fn claim<H: Disconnect>(handle: &H) { H::claim(handle); }";
    /// and nothing else is made one to disconnect.
    implementing_disconnect, E0277: "struct Mine;", "impl Disconnect for Mine {}";
    /// A row is made of a table's bytes, and not of others,
    making_a_row, E0061:
        "fn any<R: mib::Row>() {} any::<mib::ForwardRow<'_>>();", "fn make<R: mib::Row>() { R::of(&[]); }";
    /// and how many a row has is nobody's affair.
    measuring_a_row, E0624:
        "fn any<R: mib::Row>() {} any::<mib::ForwardRow<'_>>();", "fn size<R: mib::Row>() -> usize { R::SIZE }";
    /// The library behind an owner of records is for this crate's calls (E0624 to some compilers, E0599 to others),
    calling_by_an_owner:
        "fn any<R: Record>(_: &R::Owner) {} any::<sys::RAS_PORT_0>(&server);",
        "fn call<R: Record>(owner: &R::Owner) { owner.table(); }";
    /// like what takes its buffers back,
    freeing_by_an_owner:
        "fn any<R: Record>(_: &R::Owner) {} any::<sys::RAS_PORT_0>(&server);",
        "fn free<R: Record>(_: &R::Owner) { let _ = <R::Owner>::FAMILY; }";
    /// and which function it asks.
    naming_an_owner_s_function, E0624:
        "fn any<O: InterfaceOwner>(_: &O) {} any(&server);",
        "fn name<O: InterfaceOwner>(_: &O) { let _ = O::GET_INFO; }";
    /// The record of settings is seen by the library,
    taking_settings_apart, E0624:
        "fn any<S: InterfaceInput>(_: &S) {} any(&DemandDial::vpn(\"a\", \"b\"));",
        "fn pass<S: InterfaceInput>(settings: &S) { let _ = settings.pass(\"\", |_, record| record); }";
    /// a record is looked at through its list,
    looking_at_a_record, E0061:
        "fn any<R: Record>(_: &R::Owner, _: &R) {}",
        "fn look<R: Record>(owner: &R::Owner, record: &R) { unsafe { R::view(owner, record); } }";
    /// which wipes it when it goes,
    wiping_a_record, E0061:
        "fn any<R: Record>(_: R) {}", "fn wipe<R: Record>(record: R) { unsafe { R::wipe(record); } }";
    /// and each is asked for by a method of its server:
    fetching_a_server_s_record, E0624:
        "fn any<R: ServerRecord>(_: &Server) {} any::<sys::MPR_SERVER_0>(&server);",
        "fn fetch<R: ServerRecord>(server: &Server) { let _ = R::fetch(server); }";
    /// one of a connection,
    fetching_a_connection_s_record, E0624:
        "fn any<R: ConnectionInfoRecord>() {} any::<sys::RAS_CONNECTION_0>();",
        "fn fetch<R: ConnectionInfoRecord>(connection: ConnectionHandle<'_>) { let _ = R::fetch(connection); }";
    /// all of them,
    enumerating_by_a_record, E0624:
        "fn any<R: ConnectionRecord>() {} any::<sys::RAS_CONNECTION_0>();",
        "fn all<R: ConnectionRecord>(server: &Server) { let _ = R::enumerate(server); }";
    /// of a port,
    naming_a_port_s_level, E0624:
        "fn any<R: PortRecord>() {} any::<sys::RAS_PORT_0>();", "fn level<R: PortRecord>() -> u32 { R::LEVEL }";
    /// a device,
    naming_a_device_s_level, E0624:
        "fn any<R: DeviceRecord>() {} any::<sys::MPR_DEVICE_0>();",
        "fn level<R: DeviceRecord>() -> u32 { R::LEVEL }";
    /// an interface,
    naming_an_interface_s_level, E0624:
        "fn any<R: InterfaceRecord>() {} any::<sys::MPR_INTERFACE_0>();",
        "fn level<R: InterfaceRecord>() -> u32 { R::LEVEL }";
    /// a user,
    naming_a_user_s_level, E0624:
        "fn any<R: UserRecord>() {} any::<sys::RAS_USER_0>();", "fn level<R: UserRecord>() -> u32 { R::LEVEL }";
    /// or of IKEv2 settings.
    naming_a_revision, E0624:
        "fn any<R: Ikev2Record>() {} any::<sys::MPR_IF_CUSTOMINFOEX0>();",
        "fn revision<R: Ikev2Record>() -> u32 { R::REVISION }";
}
