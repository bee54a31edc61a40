//! Mistakes that do not compile. This module exists only for its tests.
//!
//! Each case is two tests: the code before the mistake compiles, and the same code with the mistake does not. So the
//! compiler refuses the mistake itself, and nothing else.

/// Makes two examples of each mistake, one that compiles and one that does not, on a function that is there for them. So
///
/// ```text
/// mistakes! {
///     /// A server cannot be disconnected twice.
///     disconnecting_twice, E0382: "disconnect(server)?;", "disconnect(server)?;";
/// }
/// ```
///
/// becomes, with `BEGIN` and `END` for the lines around each example,
///
/// ````text
/// /// A server cannot be disconnected twice.
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
    /// A server cannot be disconnected twice.
    disconnecting_twice, E0382: "disconnect(server)?;", "disconnect(server)?;";
    /// A server cannot be disconnected after it was dropped.
    disconnecting_what_was_dropped, E0382: "drop(server);", "disconnect(server)?;";
    /// The same holds for a configuration.
    reading_a_configuration_after_the_disconnect, E0382:
        "disconnect(configuration)?;", "configuration.refresh()?;";
    /// The same holds for the management information base.
    asking_the_mib_after_the_disconnect, E0382:
        "let mib = mpr.mib(None)?; disconnect(mib)?;", "mib.interfaces()?;";

    /// A server cannot be disconnected while its answers are borrowed.
    disconnecting_under_a_list, E0505:
        "let ports = server.ports()?;", "disconnect(server)?; ports.len();";
    /// A server cannot be disconnected while one of its handles is borrowed.
    disconnecting_under_a_handle, E0505:
        "let interface = server.find_interface(\"branch\")?;", "disconnect(server)?; interface.connect()?;";
    /// A server cannot be disconnected while a notification is waiting.
    disconnecting_under_a_watcher, E0505:
        "let mut notification = server.watch()?;", "disconnect(server)?; notification.next();";
    /// A server cannot be disconnected while an attempt to connect is under way.
    disconnecting_under_an_attempt, E0505:
        "let mut attempt = server.find_interface(\"branch\")?.connect_with_event()?;",
        "disconnect(server)?; attempt.wait(None)?;";
    /// The management information base cannot be disconnected while a table is borrowed.
    disconnecting_under_a_table, E0505:
        "let mib = mpr.mib(None)?; let table = mib.routes()?;", "disconnect(mib)?; table.len();";
    /// A server cannot be dropped while its answers are borrowed.
    dropping_under_a_list, E0505: "let ports = server.ports()?;", "drop(server); ports.len();";

    /// A record cannot outlive its list.
    keeping_a_record, E0505:
        "let ports = server.ports()?; let port = ports.iter().next();", "drop(ports); port.unwrap().name();";
    /// A text cannot outlive its list.
    keeping_a_text, E0505:
        "let ports = server.ports()?; let name = ports.iter().next().unwrap().name();",
        "drop(ports); name.to_string();";
    /// A row cannot outlive its table.
    keeping_a_row, E0505:
        "let mib = mpr.mib(None)?; let table = mib.routes()?; let route = table.iter().next();",
        "drop(table); route.unwrap().age();";

    /// A handle of a configuration cannot be used after something is deleted from the configuration.
    keeping_a_handle_of_a_configuration, E0502:
        "let interface = configuration.interface(\"branch\")?;",
        "configuration.delete_interface(\"other\")?; interface.transports()?;";
    /// A handle of a configuration cannot be used after a refresh.
    keeping_a_handle_over_a_refresh, E0502:
        "let interface = configuration.interface(\"branch\")?;",
        "configuration.refresh()?; interface.transports()?;";
    /// An info cannot be used after its block has changed.
    keeping_an_info, E0502:
        "let mut header = mpr.info_header()?; let info = header.find(InfoType::IP_ROUTE)?;",
        "header.clear()?; info.unwrap().data();";

    /// A server cannot be sent to another thread while its answers are borrowed.
    sending_a_borrowed_server, E0505:
        "let ports = server.ports()?;", "std::thread::spawn(move || disconnect(server)); ports.len();";
    /// A configuration cannot be shared between threads.
    sharing_a_configuration, E0277:
        "let shared = &configuration;",
        "std::thread::scope(|scope| { scope.spawn(|| shared.interface(\"branch\").is_ok()); });";
    /// A handle of a configuration cannot be sent to another thread.
    sending_a_handle_of_a_configuration, E0277:
        "let interface = configuration.interface(\"branch\")?;",
        "std::thread::scope(|scope| { scope.spawn(move || interface.transports().is_ok()); });";

    /// Making a `RawHandle` from a pointer is unsafe.
    claiming_a_handle, E0133:
        "let handle = server.as_raw();", "disconnect(RawHandle::server(&mpr, handle))?;";
    /// Loading a library from a path is unsafe.
    believing_a_library, E0133: "let path = \"mprapi.dll\";", "Mpr::load_from(path)?;";
    /// A raw pointer cannot be disconnected.
    disconnecting_something_else, E0277: "let handle = server.as_raw();", "disconnect(handle).ok();";
    /// A server cannot be copied.
    copying_a_server, E0599: "server.info()?;", "let second: Server = server.clone();";

    /// The functions of the sealed traits cannot be called through a generic bound: `claim` of a handle as a method,
    claiming_through_a_bound, E0624:
        "fn any<H: Disconnect>(_: &H) {} any(&server);", "fn claim<H: Disconnect>(handle: &H) { handle.claim(); }";
    /// `claim` of a handle by its path.
    claiming_by_the_bound_s_name, E0624:
        "fn any<H: Disconnect>(_: &H) {} any(&server);", "fn claim<H: Disconnect>(handle: &H) { H::claim(handle); }";
    /// `Disconnect` cannot be implemented for other types.
    implementing_disconnect, E0277: "struct Mine;", "impl Disconnect for Mine {}";
    /// A row cannot be made from other bytes than those of a table.
    making_a_row, E0061:
        "fn any<R: mib::Row>() {} any::<mib::ForwardRow<'_>>();", "fn make<R: mib::Row>() { R::of(&[]); }";
    /// The size of a row is private.
    measuring_a_row, E0624:
        "fn any<R: mib::Row>() {} any::<mib::ForwardRow<'_>>();", "fn size<R: mib::Row>() -> usize { R::SIZE }";
    /// The table of functions behind an owner of records is private (E0624 for some compilers, E0599 for others).
    calling_by_an_owner:
        "fn any<R: Record>(_: &R::Owner) {} any::<sys::RAS_PORT_0>(&server);",
        "fn call<R: Record>(owner: &R::Owner) { owner.table(); }";
    /// The family of functions that frees an owner's buffers is private.
    freeing_by_an_owner:
        "fn any<R: Record>(_: &R::Owner) {} any::<sys::RAS_PORT_0>(&server);",
        "fn free<R: Record>(_: &R::Owner) { let _ = <R::Owner>::FAMILY; }";
    /// The name of an owner's function is private.
    naming_an_owner_s_function, E0624:
        "fn any<O: InterfaceOwner>(_: &O) {} any(&server);",
        "fn name<O: InterfaceOwner>(_: &O) { let _ = O::GET_INFO; }";
    /// The C record of settings is private.
    taking_settings_apart, E0624:
        "fn any<S: InterfaceInput>(_: &S) {} any(&DemandDial::vpn(\"a\", \"b\"));",
        "fn pass<S: InterfaceInput>(settings: &S) { let _ = settings.pass(\"\", |_, record| record); }";
    /// A record can only be viewed through its list.
    looking_at_a_record, E0061:
        "fn any<R: Record>(_: &R::Owner, _: &R) {}",
        "fn look<R: Record>(owner: &R::Owner, record: &R) { unsafe { R::view(owner, record); } }";
    /// Wiping a record is private.
    wiping_a_record, E0061:
        "fn any<R: Record>(_: R) {}", "fn wipe<R: Record>(record: R) { unsafe { R::wipe(record); } }";
    /// A record of a server can only be fetched by a method of the server.
    fetching_a_server_s_record, E0624:
        "fn any<R: ServerRecord>(_: &Server) {} any::<sys::MPR_SERVER_0>(&server);",
        "fn fetch<R: ServerRecord>(server: &Server) { let _ = R::fetch(server); }";
    /// A record of a connection can only be fetched by a method of the connection.
    fetching_a_connection_s_record, E0624:
        "fn any<R: ConnectionInfoRecord>() {} any::<sys::RAS_CONNECTION_0>();",
        "fn fetch<R: ConnectionInfoRecord>(connection: ConnectionHandle<'_>) { let _ = R::fetch(connection); }";
    /// Connections can only be enumerated by a method of the server.
    enumerating_by_a_record, E0624:
        "fn any<R: ConnectionRecord>() {} any::<sys::RAS_CONNECTION_0>();",
        "fn all<R: ConnectionRecord>(record: &R) { let _ = record.check(); }";
    /// The level number of a port's record is private.
    naming_a_port_s_level, E0624:
        "fn any<R: PortRecord>() {} any::<sys::RAS_PORT_0>();", "fn level<R: PortRecord>() -> u32 { R::LEVEL }";
    /// The level number of a device's record is private.
    naming_a_device_s_level, E0624:
        "fn any<R: DeviceRecord>() {} any::<sys::MPR_DEVICE_0>();",
        "fn level<R: DeviceRecord>() -> u32 { R::LEVEL }";
    /// The level number of an interface's record is private.
    naming_an_interface_s_level, E0624:
        "fn any<R: InterfaceRecord>() {} any::<sys::MPR_INTERFACE_0>();",
        "fn level<R: InterfaceRecord>() -> u32 { R::LEVEL }";
    /// The level number of a user's record is private.
    naming_a_user_s_level, E0624:
        "fn any<R: UserRecord>() {} any::<sys::RAS_USER_0>();", "fn level<R: UserRecord>() -> u32 { R::LEVEL }";
    /// The revision number of a record of IKEv2 settings is private.
    naming_a_revision, E0624:
        "fn any<R: Ikev2Record>() {} any::<sys::MPR_IF_CUSTOMINFOEX0>();",
        "fn revision<R: Ikev2Record>() -> u32 { R::REVISION }";
}
