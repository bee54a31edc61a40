use std::ptr::{null, null_mut};

use windows_sys::Win32::NetworkManagement::Rras::*;

fn main() {
    let user = std::env::args().nth(1).unwrap_or_default();
    let mut server = 0;
    check("MprAdminServerConnect", unsafe { MprAdminServerConnect(null(), &mut server) });
    let (mut buffer, mut read, mut total) = (null_mut(), 0, 0);
    check("MprAdminConnectionEnum", unsafe {
        MprAdminConnectionEnum(server, 0, &mut buffer, u32::MAX, &mut read, &mut total, null())
    });
    let connections = unsafe { std::slice::from_raw_parts(buffer.cast::<RAS_CONNECTION_0>(), read as usize) };
    for connection in connections {
        let length = connection.wszUserName.iter().position(|unit| *unit == 0).unwrap_or(0);
        let name = String::from_utf16_lossy(&connection.wszUserName[..length]);
        println!("{name} {} s", connection.dwConnectDuration);
        if name == user {
            let (mut buffer, mut read, mut total) = (null_mut(), 0, 0);
            check("MprAdminPortEnum", unsafe {
                MprAdminPortEnum(
                    server, 0, connection.hConnection, &mut buffer, u32::MAX, &mut read, &mut total, null(),
                )
            });
            for port in unsafe { std::slice::from_raw_parts(buffer.cast::<RAS_PORT_0>(), read as usize) } {
                check("MprAdminPortDisconnect", unsafe { MprAdminPortDisconnect(server, port.hPort) });
            }
            unsafe { MprAdminBufferFree(buffer.cast()) };
        }
    }
    unsafe { MprAdminBufferFree(buffer.cast()) };
    unsafe { MprAdminServerDisconnect(server) };
}

fn check(function: &str, code: u32) {
    if code != 0 {
        eprintln!("{function}: {code}");
        std::process::exit(1);
    }
}
