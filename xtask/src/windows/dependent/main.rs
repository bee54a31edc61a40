use std::ptr::null_mut;

use mprapi_sys::{MprAdminIsServiceRunning, MprAdminServerConnect, MprAdminServerDisconnect, Mprapi};

fn main() {
    let mut handle = null_mut();
    let running = unsafe { MprAdminIsServiceRunning(null_mut()) };
    let connect = unsafe { MprAdminServerConnect(null_mut(), &mut handle) };
    println!("linked: running {running}, connect {connect}, a handle {}", !handle.is_null());
    unsafe { MprAdminServerDisconnect(handle) };

    let table = Mprapi::load().unwrap();
    let mut handle = null_mut();
    let running = unsafe { table.MprAdminIsServiceRunning(null_mut()) }.unwrap();
    let connect = unsafe { table.MprAdminServerConnect(null_mut(), &mut handle) }.unwrap();
    println!("table: running {running}, connect {connect}, a handle {}", !handle.is_null());
    unsafe { table.MprAdminServerDisconnect(handle) }.unwrap();
}
