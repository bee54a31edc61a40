//! A router's client on `windows-sys`: of this project's crates it has nothing. On Windows it links `mprapi.dll`;
//! elsewhere it takes the functions from the simulator's library, at the types that `windows-sys` gives them.
//!
//! It plays the script on its standard input; what the commands do is written in `tests/script.rs`.

#![expect(non_snake_case, reason = "the names are the header's")]

use std::ptr;
use std::sync::LazyLock;

use tests::drop_in::{self, Report};
use tests::script;
use windows_sys::Win32::Foundation::{ERROR_MORE_DATA, HANDLE, INVALID_HANDLE_VALUE, NO_ERROR};
use windows_sys::Win32::NetworkManagement::Rras::{
    self, MPR_INTERFACE_0, MPR_SERVER_0, RAS_CONNECTION_0, RAS_CONNECTION_1, RAS_PORT_0, RAS_PORT_1,
};
use windows_sys::core::{BOOL, PCWSTR, PWSTR};

macro_rules! api {
    ($(fn $name:ident($($type:ty),*) $(-> $result:ty)?;)+) => {
        struct Api {
            $($name: unsafe extern "system" fn($($type),*) $(-> $result)?,)+
        }

        // Not one type here is other than that of windows-sys.
        $(const _: unsafe extern "system" fn($($type),*) $(-> $result)? = Rras::$name;)+

        #[cfg(windows)]
        static API: LazyLock<Api> = LazyLock::new(|| Api { $($name: Rras::$name),+ });

        #[cfg(not(windows))]
        static API: LazyLock<Api> = LazyLock::new(|| {
            // The functions are there as long as the library, so for good.
            let library = std::mem::ManuallyDrop::new(drop_in::library());
            Api {
                $(
                    // SAFETY: it has the type that the API's function has.
                    $name: *unsafe { library.get(stringify!($name)) }.expect("the library has it"),
                )+
            }
        });
    };
}

api! {
    fn MprAdminIsServiceRunning(PCWSTR) -> BOOL;
    fn MprAdminServerConnect(PCWSTR, *mut isize) -> u32;
    fn MprAdminServerDisconnect(isize);
    fn MprAdminServerGetInfo(isize, u32, *mut *mut u8) -> u32;
    fn MprAdminBufferFree(*const core::ffi::c_void) -> u32;
    fn MprAdminGetErrorString(u32, *mut PWSTR) -> u32;
    fn MprAdminPortEnum(isize, u32, HANDLE, *mut *mut u8, u32, *mut u32, *mut u32, *const u32) -> u32;
    fn MprAdminPortGetInfo(isize, u32, HANDLE, *mut *mut u8) -> u32;
    fn MprAdminPortClearStats(isize, HANDLE) -> u32;
    fn MprAdminPortDisconnect(isize, HANDLE) -> u32;
    fn MprAdminConnectionEnum(isize, u32, *mut *mut u8, u32, *mut u32, *mut u32, *const u32) -> u32;
    fn MprAdminConnectionGetInfo(isize, u32, HANDLE, *mut *mut u8) -> u32;
    fn MprAdminConnectionClearStats(isize, HANDLE) -> u32;
    fn MprAdminInterfaceEnum(isize, u32, *mut *mut u8, u32, *mut u32, *mut u32, *const u32) -> u32;
    fn MprAdminInterfaceGetHandle(isize, PCWSTR, *mut HANDLE, BOOL) -> u32;
    fn MprAdminInterfaceConnect(isize, HANDLE, HANDLE, BOOL) -> u32;
}

/// A function's answer that is an error.
struct Failed(&'static str, u32);

/// Calls a function that answers a code.
macro_rules! call {
    ($name:ident($($argument:expr),* $(,)?)) => {
        // SAFETY: pointers lead to what the function reads or writes; the simulator refuses handles that are none.
        match unsafe { (API.$name)($($argument),*) } {
            NO_ERROR => Ok(()),
            code => Err(Failed(stringify!($name), code)),
        }
    };
}

/// Calls a function that answers one record.
macro_rules! record {
    ($name:ident($($argument:expr),*) as $record:ty) => {{
        let mut buffer = ptr::null_mut();
        call!($name($($argument,)* &mut buffer)).map(|()| Records::<$record> { buffer: buffer.cast(), read: 1 })
    }};
}

/// Calls a function that answers many records, for all of them.
macro_rules! records {
    ($name:ident($($argument:expr),*) as $record:ty) => {{
        let (mut buffer, mut read, mut total) = (ptr::null_mut(), 0, 0);
        call!($name($($argument,)* &mut buffer, u32::MAX, &mut read, &mut total, ptr::null()))
            .map(|()| Records::<$record> { buffer: buffer.cast(), read })
    }};
}

/// The records have no common type, but fields of the same names.
macro_rules! show_statistics {
    ($record:expr) => {
        println!(
            "sent {} bytes in {} frames, received {} in {}, errors {}",
            $record.dwBytesXmited,
            $record.dwFramesXmited,
            $record.dwBytesRcved,
            $record.dwFramesRcved,
            $record.dwCrcErr
                + $record.dwTimeoutErr
                + $record.dwAlignmentErr
                + $record.dwHardwareOverrunErr
                + $record.dwFramingErr
                + $record.dwBufferOverrunErr
        )
    };
}

/// Records in a buffer of the API, given back when this is dropped.
struct Records<T> {
    buffer: *mut T,
    read: u32,
}

impl<T> Records<T> {
    fn list(&self) -> &[T] {
        if self.buffer.is_null() {
            return &[];
        }
        // SAFETY: the library said that so many records are there.
        unsafe { std::slice::from_raw_parts(self.buffer, self.read as usize) }
    }
}

impl<T> Drop for Records<T> {
    fn drop(&mut self) {
        if !self.buffer.is_null() {
            give_back(self.buffer.cast());
        }
    }
}

fn give_back(buffer: *mut u8) {
    say(call!(MprAdminBufferFree(buffer.cast())));
}

/// Returns `true` if a call succeeded; if not, says so.
fn say(answer: Result<(), Failed>) -> bool {
    if let Err(Failed(function, code)) = &answer {
        println!("{function}: {code}");
    }
    answer.is_ok()
}

fn main() {
    let mut client = Client { server: 0, held: ptr::null_mut() };
    script::play(|name, argument| {
        say(client.run(name, argument));
    });
}

struct Client {
    server: isize,
    held: HANDLE,
}

/// A name for the API, null where a dash stands for none.
struct Name(Vec<u16>);

impl Name {
    fn new(argument: &str) -> Name {
        Name(argument.encode_utf16().chain([0]).collect())
    }

    fn as_ptr(&self) -> PCWSTR {
        if self.0 == [u16::from(b'-'), 0] { ptr::null() } else { self.0.as_ptr() }
    }
}

fn text(units: &[u16]) -> String {
    let end = units.iter().position(|unit| *unit == 0).expect("a terminator");
    String::from_utf16(&units[..end]).expect("UTF-16")
}

impl Client {
    fn run(&mut self, command: &str, argument: &str) -> Result<(), Failed> {
        let server = self.server;
        match command {
            "running" => {
                // SAFETY: the name is null or terminated, and only read.
                let runs = unsafe { (API.MprAdminIsServiceRunning)(Name::new(argument).as_ptr()) };
                println!("{}", if runs != 0 { "yes" } else { "no" });
            }
            "connect" => {
                call!(MprAdminServerConnect(Name::new(argument).as_ptr(), &mut self.server))?;
                println!("connected");
            }
            "disconnect" => {
                // SAFETY: the handle is open; nobody uses it any more, but to see it refused.
                unsafe { (API.MprAdminServerDisconnect)(server) };
                println!("disconnected");
            }
            "info" | "stale-handle" => show_info(server)?,
            "bad-handle" => show_info(INVALID_HANDLE_VALUE.addr().cast_signed())?,
            "ports" => self.show_ports(INVALID_HANDLE_VALUE)?,
            "ports-of" => self.show_ports(self.find_connection(argument)?)?,
            "ports-of-held" => self.show_ports(self.held)?,
            "pages" => self.pages(argument.parse().expect("a number"))?,
            "port" => {
                let port = record!(MprAdminPortGetInfo(server, 1, self.find_port(argument)?) as RAS_PORT_1)?;
                let port = &port.list()[0];
                print!("{}, {} bit/s, ", port.dwHardwareCondition, port.dwLineSpeed);
                show_statistics!(port);
            }
            "clear-port" => {
                call!(MprAdminPortClearStats(server, self.find_port(argument)?))?;
                println!("cleared");
            }
            "disconnect-port" => {
                call!(MprAdminPortDisconnect(server, self.find_port(argument)?))?;
                println!("disconnected");
            }
            "connections" => self.connections()?.list().iter().for_each(show_connection),
            "statistics" => {
                for connection in records!(MprAdminConnectionEnum(server, 1) as RAS_CONNECTION_1)?.list() {
                    print!("{}: ", text(&connection.PppInfo.ip.wszRemoteAddress));
                    show_statistics!(connection);
                }
            }
            "clear-connection" => {
                call!(MprAdminConnectionClearStats(server, self.find_connection(argument)?))?;
                println!("cleared");
            }
            "hold" => self.held = self.find_connection(argument)?,
            "held" => {
                let connection =
                    record!(MprAdminConnectionGetInfo(server, 0, self.held) as RAS_CONNECTION_0)?;
                show_connection(&connection.list()[0]);
            }
            "interfaces" => {
                for interface in records!(MprAdminInterfaceEnum(server, 0) as MPR_INTERFACE_0)?.list() {
                    println!(
                        "{}: enabled {}, type {}, state {}, unreachable {}, last error {}",
                        text(&interface.wszInterfaceName),
                        u8::from(interface.fEnabled != 0),
                        interface.dwIfType,
                        interface.dwConnectionState,
                        interface.fUnReachabilityReasons,
                        interface.dwLastError
                    );
                }
            }
            "dial" => {
                let (name, mut interface) = (Name::new(argument), ptr::null_mut());
                call!(MprAdminInterfaceGetHandle(server, name.as_ptr(), &mut interface, 0))?;
                call!(MprAdminInterfaceConnect(server, interface, ptr::null_mut(), 1))?;
                println!("connected");
            }
            "error-text" => show_error_text(argument.parse().expect("a number"))?,
            "wrong-level" => {
                let level = argument.parse().expect("a number");
                say(record!(MprAdminServerGetInfo(server, level) as MPR_SERVER_0).map(drop));
                say(records!(MprAdminConnectionEnum(server, level) as RAS_CONNECTION_0).map(drop));
                let all = INVALID_HANDLE_VALUE;
                say(records!(MprAdminPortEnum(server, level, all) as RAS_PORT_0).map(drop));
                say(records!(MprAdminInterfaceEnum(server, level) as MPR_INTERFACE_0).map(drop));
            }
            "free-twice" => {
                let info = record!(MprAdminServerGetInfo(server, 0) as MPR_SERVER_0)?;
                give_back(info.buffer.cast());
            }
            "report" => println!("{}", Report::ask(&drop_in::library())),
            _ => println!("no such command"),
        }
        Ok(())
    }

    fn ports_of(&self, connection: HANDLE) -> Result<Records<RAS_PORT_0>, Failed> {
        records!(MprAdminPortEnum(self.server, 0, connection) as RAS_PORT_0)
    }

    fn find_port(&self, name: &str) -> Result<HANDLE, Failed> {
        let ports = self.ports_of(INVALID_HANDLE_VALUE)?;
        Ok(ports.list().iter().find(|port| text(&port.wszPortName) == name).expect("a port").hPort)
    }

    fn show_ports(&self, connection: HANDLE) -> Result<(), Failed> {
        self.ports_of(connection)?.list().iter().for_each(show_port);
        Ok(())
    }

    fn connections(&self) -> Result<Records<RAS_CONNECTION_0>, Failed> {
        records!(MprAdminConnectionEnum(self.server, 0) as RAS_CONNECTION_0)
    }

    fn find_connection(&self, user: &str) -> Result<HANDLE, Failed> {
        let connections = self.connections()?;
        let mut connections = connections.list().iter();
        Ok(connections.find(|connection| text(&connection.wszUserName) == user).expect("a user").hConnection)
    }

    fn pages(&self, records: u32) -> Result<(), Failed> {
        let longest = records * size_of::<RAS_PORT_0>() as u32;
        // The metadata has this parameter as one that is only read.
        let mut resume = 0;
        loop {
            let (mut buffer, mut read, mut total) = (ptr::null_mut(), 0, 0);
            let answer = call!(MprAdminPortEnum(
                self.server,
                0,
                INVALID_HANDLE_VALUE,
                &mut buffer,
                longest,
                &mut read,
                &mut total,
                &raw mut resume,
            ));
            let more = matches!(answer, Err(Failed(_, ERROR_MORE_DATA)));
            if !more {
                answer?;
            }
            let ports = Records::<RAS_PORT_0> { buffer: buffer.cast(), read };
            let names: Vec<String> = ports.list().iter().map(|port| text(&port.wszPortName)).collect();
            println!("{read} of {total}: {}{}", names.join(" "), if more { ", and more" } else { "" });
            if !more {
                return Ok(());
            }
        }
    }
}

fn show_info(server: isize) -> Result<(), Failed> {
    let info = record!(MprAdminServerGetInfo(server, 0) as MPR_SERVER_0)?;
    let info = info.list()[0];
    println!(
        "lan-only {}, up {} s, ports {} of {}",
        u8::from(info.fLanOnlyMode != 0),
        info.dwUpTime,
        info.dwPortsInUse,
        info.dwTotalPorts
    );
    Ok(())
}

fn show_error_text(code: u32) -> Result<(), Failed> {
    let mut first: PWSTR = ptr::null_mut();
    call!(MprAdminGetErrorString(code, &mut first))?;
    let mut units = Vec::new();
    while units.last() != Some(&0) {
        // SAFETY: the text goes on until its terminator.
        let unit = unsafe { first.add(units.len()) };
        // SAFETY: as above.
        units.push(unsafe { unit.read() });
    }
    println!("{}", text(&units));
    #[cfg(windows)]
    // SAFETY: the text is the caller's to free, by this function.
    let _ = unsafe { windows_sys::Win32::Foundation::LocalFree(first.cast()) };
    #[cfg(not(windows))]
    give_back(first.cast());
    Ok(())
}

fn show_port(port: &RAS_PORT_0) {
    let state = if port.hConnection.is_null() || port.hConnection == INVALID_HANDLE_VALUE {
        "free".to_owned()
    } else {
        format!("busy for {} s", port.dwConnectDuration)
    };
    println!(
        "{}: condition {}, calls {}, {state}, {}, {}, {}",
        text(&port.wszPortName),
        port.dwPortCondition,
        port.dwTotalNumberOfCalls,
        text(&port.wszMediaName),
        text(&port.wszDeviceName),
        text(&port.wszDeviceType)
    );
}

fn show_connection(connection: &RAS_CONNECTION_0) {
    println!(
        "{} of {} at '{}', interface {} of type {}, flags {}, {} s",
        text(&connection.wszUserName),
        text(&connection.wszLogonDomain),
        text(&connection.wszRemoteComputer),
        text(&connection.wszInterfaceName),
        connection.dwInterfaceType,
        connection.dwConnectionFlags,
        connection.dwConnectDuration
    );
}
