//! A router's client on the safe layer. It plays the script on its standard input; what the commands do is written in
//! `tests/script.rs`.

use std::ptr;

use mprapi::sys::{self, RAS_CONNECTION_1, RAS_PORT_0, RAS_PORT_1};
use mprapi::{Connection, ConnectionId, Error, List, Mpr, Port, PortHandle, Result, Server, Statistics};
use tests::drop_in::{self, Report};
use tests::script;

fn main() {
    let mut client = Client { mpr: load(), server: None, last: ptr::null_mut(), held: None };
    script::play(|name, argument| {
        if let Err(error) = client.run(name, argument) {
            match error.code() {
                Some(code) => println!("{}: {code}", error.function()),
                None => println!("{error}"),
            }
        }
    });
}

#[cfg(windows)]
fn load() -> Mpr {
    Mpr::load().expect("System32 has the library")
}

#[cfg(not(windows))]
fn load() -> Mpr {
    // SAFETY: the simulator keeps the contract of `mprapi.h`.
    unsafe { Mpr::load_from(drop_in::path()) }.expect("the library is there")
}

struct Client {
    mpr: Mpr,
    server: Option<Server>,
    /// The handle of the last server, also when it is closed.
    last: sys::HANDLE,
    held: Option<ConnectionId>,
}

/// A dash is no name.
fn name(argument: &str) -> Option<&str> {
    (argument != "-").then_some(argument)
}

impl Client {
    fn run(&mut self, command: &str, argument: &str) -> Result<()> {
        match command {
            "running" => {
                println!("{}", if self.mpr.is_service_running(name(argument))? { "yes" } else { "no" });
            }
            "connect" => {
                let server = self.mpr.connect(name(argument))?;
                self.last = server.as_raw();
                self.server = Some(server);
                println!("connected");
            }
            "disconnect" => {
                let server = self.server.take().expect("a server");
                mprapi::disconnect(server).expect("a handle to disconnect");
                println!("disconnected");
            }
            "info" => {
                let info = self.server().info()?;
                println!(
                    "lan-only {}, up {} s, ports {} of {}",
                    u8::from(info.is_lan_only()),
                    info.up_time().as_secs(),
                    info.ports_in_use(),
                    info.total_ports()
                );
            }
            "ports" => self.server().ports()?.iter().for_each(show_port),
            "ports-of" => {
                let user = self.find_connection(argument)?;
                self.server().ports_of(user)?.iter().for_each(show_port);
            }
            "pages" => self.pages(argument.parse().expect("a number"))?,
            "port" => {
                let info = self.find_port(argument)?.info_at::<RAS_PORT_1>()?;
                let port = info.get();
                print!("{}, {} bit/s, ", port.as_raw().dwHardwareCondition, port.line_speed());
                show_statistics(port.statistics());
            }
            "clear-port" => {
                self.find_port(argument)?.clear_statistics()?;
                println!("cleared");
            }
            "disconnect-port" => {
                self.find_port(argument)?.disconnect()?;
                println!("disconnected");
            }
            "connections" => self.server().connections()?.iter().for_each(show_connection),
            "statistics" => {
                for connection in &self.server().connections_at::<RAS_CONNECTION_1>()? {
                    print!("{}: ", connection.client_address().expect("a client has an address"));
                    show_statistics(connection.statistics());
                }
            }
            "clear-connection" => {
                let connection = self.find_connection(argument)?;
                self.server().connection(connection)?.clear_statistics()?;
                println!("cleared");
            }
            "hold" => self.held = Some(self.find_connection(argument)?),
            "held" => show_connection(self.server().connection(self.held())?.info()?.get()),
            "ports-of-held" => self.server().ports_of(self.held())?.iter().for_each(show_port),
            "interfaces" => {
                for interface in &self.server().interfaces()? {
                    println!(
                        "{}: enabled {}, type {}, state {}, unreachable {}, last error {}",
                        interface.name(),
                        u8::from(interface.is_enabled()),
                        interface.as_raw().dwIfType,
                        interface.as_raw().dwConnectionState,
                        interface.unreachability_reasons().bits(),
                        interface.last_error().and_then(|error| error.code()).unwrap_or(0)
                    );
                }
            }
            "dial" => {
                self.server().find_interface(argument)?.connect()?;
                println!("connected");
            }
            "error-text" => println!("{}", self.mpr.error_text(argument.parse().expect("a number"))?),
            // What the safe layer does not let through is done with its raw table.
            "wrong-level" => self.wrong_level(argument.parse().expect("a number")),
            "free-twice" => {
                let buffer = self.raw_info(self.last);
                self.give_back(buffer);
                self.give_back(buffer);
            }
            "bad-handle" => drop(self.raw_info(sys::INVALID_HANDLE_VALUE)),
            "stale-handle" => drop(self.raw_info(self.last)),
            "report" => println!("{}", Report::ask(&drop_in::library())),
            _ => println!("no such command"),
        }
        Ok(())
    }

    fn server(&self) -> &Server {
        self.server.as_ref().expect("a server")
    }

    fn held(&self) -> ConnectionId {
        self.held.expect("a connection")
    }

    fn find_port(&self, name: &str) -> Result<PortHandle<'_>> {
        let id = self.server().ports()?.iter().find(|port| *port.name() == *name).expect("a port").id();
        self.server().port(id)
    }

    fn find_connection(&self, user: &str) -> Result<ConnectionId> {
        let connections: List<'_, _> = self.server().connections()?;
        Ok(connections.iter().find(|connection| *connection.user_name() == *user).expect("a user").id())
    }

    /// The safe layer asks for everything at once, so this is done with its raw table too.
    fn pages(&self, records: u32) -> Result<()> {
        let longest = records * size_of::<RAS_PORT_0>() as u32;
        let mut resume = 0;
        loop {
            let (mut buffer, mut read, mut total) = (ptr::null_mut(), 0, 0);
            let all = sys::INVALID_HANDLE_VALUE;
            // SAFETY: the server's handle is open, and the pointers take what is written.
            let code = unsafe {
                self.mpr.table().MprAdminPortEnum(
                    self.server().as_raw(),
                    0,
                    all,
                    &mut buffer,
                    longest,
                    &mut read,
                    &mut total,
                    &mut resume,
                )
            }?;
            if code != sys::ERROR_MORE_DATA && !succeeded("MprAdminPortEnum", Ok(code)) {
                return Ok(());
            }
            print!("{read} of {total}:");
            // SAFETY: the library said that so many records are there.
            let ports = unsafe { std::slice::from_raw_parts(buffer.cast::<RAS_PORT_0>(), read as usize) };
            for port in ports {
                let end = port.wszPortName.iter().position(|unit| *unit == 0).expect("a terminator");
                print!(" {}", mprapi::WideStr::new(&port.wszPortName[..end]));
            }
            println!("{}", if code == sys::ERROR_MORE_DATA { ", and more" } else { "" });
            self.give_back(buffer);
            if code == sys::NO_ERROR {
                return Ok(());
            }
        }
    }

    fn wrong_level(&self, level: u32) {
        let (table, server, all) = (self.mpr.table(), self.last, sys::INVALID_HANDLE_VALUE);
        let (mut buffer, mut read, mut total, resume) = (ptr::null_mut(), 0, 0, ptr::null_mut());
        // SAFETY: the pointers take what is written, were it anything; here and below.
        let code = unsafe { table.MprAdminServerGetInfo(server, level, &mut buffer) };
        succeeded("MprAdminServerGetInfo", code);
        // SAFETY: as above.
        let code = unsafe {
            table.MprAdminConnectionEnum(server, level, &mut buffer, u32::MAX, &mut read, &mut total, resume)
        };
        succeeded("MprAdminConnectionEnum", code);
        // SAFETY: as above.
        let code = unsafe {
            table.MprAdminPortEnum(server, level, all, &mut buffer, u32::MAX, &mut read, &mut total, resume)
        };
        succeeded("MprAdminPortEnum", code);
        // SAFETY: as above.
        let code = unsafe {
            table.MprAdminInterfaceEnum(server, level, &mut buffer, u32::MAX, &mut read, &mut total, resume)
        };
        succeeded("MprAdminInterfaceEnum", code);
    }

    /// A buffer, or null.
    fn raw_info(&self, server: sys::HANDLE) -> *mut u8 {
        let mut buffer = ptr::null_mut();
        // SAFETY: the simulator refuses a handle that is none; `buffer` takes what is written.
        let code = unsafe { self.mpr.table().MprAdminServerGetInfo(server, 0, &mut buffer) };
        succeeded("MprAdminServerGetInfo", code);
        buffer
    }

    fn give_back(&self, buffer: *mut u8) {
        // SAFETY: the simulator refuses what is no buffer, or no longer one.
        succeeded("MprAdminBufferFree", unsafe { self.mpr.table().MprAdminBufferFree(buffer.cast()) });
    }
}

fn succeeded(function: &str, answer: std::result::Result<u32, sys::MissingFunction>) -> bool {
    let code = answer.map_err(Error::from).expect("the library has every function");
    if code != sys::NO_ERROR {
        println!("{function}: {code}");
    }
    code == sys::NO_ERROR
}

fn show_port(port: Port<'_>) {
    let state = match port.connection() {
        Some(_) => format!("busy for {} s", port.duration().as_secs()),
        None => "free".to_owned(),
    };
    println!(
        "{}: condition {}, calls {}, {state}, {}, {}, {}",
        port.name(),
        port.as_raw().dwPortCondition,
        port.total_calls(),
        port.media_name(),
        port.device_name(),
        port.device_type()
    );
}

fn show_connection(connection: Connection<'_>) {
    println!(
        "{} of {} at '{}', interface {} of type {}, flags {}, {} s",
        connection.user_name(),
        connection.domain(),
        connection.remote_computer(),
        connection.interface_name(),
        connection.as_raw().dwInterfaceType,
        connection.flags().bits(),
        connection.duration().as_secs()
    );
}

fn show_statistics(statistics: Statistics) {
    println!(
        "sent {} bytes in {} frames, received {} in {}, errors {}",
        statistics.bytes_sent,
        statistics.frames_sent,
        statistics.bytes_received,
        statistics.frames_received,
        statistics.crc_errors
            + statistics.timeout_errors
            + statistics.alignment_errors
            + statistics.hardware_overrun_errors
            + statistics.framing_errors
            + statistics.buffer_overrun_errors
    );
}
