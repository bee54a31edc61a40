//! Management variables.

use std::net::Ipv4Addr;
use std::ptr::null_mut;

use mprapi_sim::{Session, Tunnel};
use mprapi_sys as sys;

use crate::call;
use crate::harness::wide;
use crate::lab::{Lab, lab};

type Get = unsafe extern "system" fn(
    sys::MIB_SERVER_HANDLE,
    u32,
    u32,
    sys::LPVOID,
    u32,
    *mut sys::LPVOID,
    *mut u32,
) -> u32;

fn ask(lab: &Lab, function: Get, query: &[u32]) -> Result<Vec<u32>, u32> {
    let (mut answer, mut size, mut query) = (null_mut(), 0, query.to_vec());
    let (pointer, length) = (query.as_mut_ptr().cast(), 4 * query.len() as u32);
    // SAFETY: what the function's page asks for.
    match unsafe { function(lab.mib, sys::PID_IP, 10_000, pointer, length, &raw mut answer, &raw mut size) } {
        0 => {
            // SAFETY: the call handed out so many bytes.
            let numbers = unsafe { std::slice::from_raw_parts(answer.cast::<u32>(), size as usize / 4) };
            assert_eq!(numbers[0], query[0], "the answer names the variable");
            let value = numbers[2..].to_vec();
            assert_eq!(call!(MprAdminMIBBufferFree(answer)), 0);
            Ok(value)
        }
        code => Err(code),
    }
}

fn get(lab: &Lab, query: &[u32]) -> Vec<u32> {
    ask(lab, mprapi_sim::functions().MprAdminMIBEntryGet.expect("full"), query).expect("the variable")
}

/// All rows of a variable by first and next; the index of a row is what `index` makes of it.
fn walk(lab: &Lab, variable: u32, index: impl Fn(&[u32]) -> Vec<u32>) -> Vec<Vec<u32>> {
    let functions = mprapi_sim::functions();
    let mut rows = Vec::new();
    let mut next = ask(lab, functions.MprAdminMIBEntryGetFirst.expect("full"), &[variable]);
    while let Ok(row) = next {
        let query: Vec<u32> = [variable].into_iter().chain(index(&row)).collect();
        rows.push(row);
        next = ask(lab, functions.MprAdminMIBEntryGetNext.expect("full"), &query);
    }
    assert_eq!(next, Err(sys::ERROR_NO_MORE_ITEMS));
    rows
}

const ROUTE: usize = 14;

fn route_key(row: &[u32]) -> Vec<u32> {
    vec![row[0], row[6], row[2], row[3]]
}

#[test]
fn number_table_and_rows_of_interfaces_agree() {
    let lab = lab();
    let number = get(&lab, &[0])[0] as usize;
    let table = get(&lab, &[1]);
    let row = size_of::<[u16; 256]>() / 4 + 23 + 64;
    assert_eq!(row * 4, 860, "MIB_IFROW");
    assert_eq!((table[0] as usize, table.len()), (number, 1 + number * row));
    let rows = walk(&lab, 2, |row| vec![row[128]]);
    assert_eq!(rows.concat(), table[1..]);
    assert_eq!(number, 4);
}

#[test]
fn a_client_is_a_route_as_long_as_it_is_connected() {
    let lab = lab();
    let before = get(&lab, &[7]);
    let address = Ipv4Addr::new(10, 20, 7, 7);
    lab.router().connect(&Session::new("new", Tunnel::Sstp).address(address)).expect("a free port");
    let after = get(&lab, &[7]);
    assert_eq!(after[0], before[0] + 1);
    assert!(after[1..].chunks(ROUTE).any(|row| row[0] == u32::from_ne_bytes(address.octets())));
    assert_eq!(walk(&lab, 8, route_key).concat(), after[1..]);
    assert_eq!(get(&lab, &[6])[0], after[0]);
    assert!(lab.router().drop_user("new"));
    assert_eq!(get(&lab, &[7]), before);
}

#[test]
fn a_route_created_is_read_changed_and_deleted() {
    let mut lab = lab();
    assert_eq!(lab.call("MprAdminMIBEntryCreate"), 0);
    assert_eq!(lab.call("MprAdminMIBEntryCreate"), 183);
    let destination = u32::from_ne_bytes([203, 0, 113, 0]);
    let rows = walk(&lab, 8, route_key);
    let row = rows.iter().find(|row| row[0] == destination).expect("the route");
    let query: Vec<u32> = [8].into_iter().chain(route_key(row)).collect();
    assert_eq!(get(&lab, &query), *row);
    let mut key = query.clone();
    let delete = || call!(MprAdminMIBEntryDelete(lab.mib, sys::PID_IP, 10_000, key.as_mut_ptr().cast(), 20));
    let mut delete = delete;
    assert_eq!(delete(), 0);
    assert_eq!(delete(), sys::ERROR_NOT_FOUND);
}

#[test]
fn the_addresses_are_those_of_the_interfaces() {
    let lab = lab();
    let table = get(&lab, &[4]);
    let addresses: Vec<_> = table[1..].chunks(6).map(|row| Ipv4Addr::from(row[0].to_ne_bytes())).collect();
    assert_eq!(addresses, [Ipv4Addr::new(10, 20, 0, 1), Ipv4Addr::new(192, 0, 2, 10)]);
    assert_eq!(walk(&lab, 5, |row| vec![row[0]]).concat(), table[1..]);
}

#[test]
fn the_statistics_count_what_the_tables_have() {
    let lab = lab();
    let statistics = get(&lab, &[3]);
    assert_eq!(statistics.len(), 23, "MIB_IPSTATS");
    assert_eq!(statistics[0], 1, "it forwards");
    // The interfaces, their addresses, the routes.
    let counted = [0, 4, 7].map(|variable| get(&lab, &[variable])[0]);
    assert_eq!(statistics[20..], counted);
}

#[test]
fn the_internal_interface_carries_what_the_clients_do() {
    let lab = lab();
    let internal = |lab: &Lab| walk(lab, 2, |row| vec![row[128]]).swap_remove(0);
    let octets = |row: &[u32]| (row[138], row[144]);
    assert_eq!(octets(&internal(&lab)), (0, 0));
    let session = Session::new("new", Tunnel::Sstp).bytes_received(500u64).send_rate(7u64);
    lab.router().connect(&session).expect("a free port");
    lab.router().advance(std::time::Duration::from_secs(3));
    assert_eq!(octets(&internal(&lab)), (500, 21));
}

#[test]
fn an_interface_set_down_is_disabled() {
    let lab = lab();
    let rows = walk(&lab, 2, |row| vec![row[128]]);
    let name: Vec<u16> = rows[3][..128].iter().flat_map(|two| [*two as u16, (*two >> 16) as u16]).collect();
    assert_eq!(name[..6], wide("Uplink")[..6]);
    let mut entry: Vec<u32> = [2, 0].into_iter().chain(rows[3].iter().copied()).collect();
    entry[2 + 135] = 2;
    let size = 4 * entry.len() as u32;
    let code = call!(MprAdminMIBEntrySet(lab.mib, sys::PID_IP, 10_000, entry.as_mut_ptr().cast(), size));
    assert_eq!(code, 0);
    assert_eq!(lab.router().users(), ["anna"]);
    let status = get(&lab, &[25, rows[3][128]]);
    assert_eq!(status[..3], [rows[3][128], 2, 1]);
}
