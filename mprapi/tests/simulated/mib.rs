//! The management information base, against a simulated router.

use std::net::Ipv4Addr;
use std::time::Duration;

use crate::common::{assert_clean, mpr};
use mprapi::mib::{AdminStatus, MibModule, OperationalStatus, RouteType};
use mprapi::{ErrorKind, HandleProblem, MibServer, RawHandle, TransportId, disconnect};
use mprapi_sim::{Interface, InterfaceKind, Route, Server, Simulation};

const MANAGER: MibModule = MibModule::IP_ROUTER_MANAGER;

fn office() -> Simulation {
    Server::unique()
        .interface(
            Interface::new("lan", InterfaceKind::Dedicated)
                .address((Ipv4Addr::new(10, 1, 0, 1), 16))
                .receive_rate(100_u64),
        )
        .route(Route {
            destination: Ipv4Addr::new(192, 168, 7, 0),
            prefix: 24,
            next_hop: Ipv4Addr::new(10, 1, 0, 254),
            metric: 5,
        })
        .start()
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_ne_bytes()).collect()
}

fn network_order(address: [u8; 4]) -> u32 {
    u32::from_ne_bytes(address)
}

#[test]
fn a_mib_server_is_disconnected_exactly_once_by_its_own_function() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let mib = mpr().mib(Some(router.name())).unwrap();
    // SAFETY: the value is fresh, and the value that owns it is only dropped afterwards.
    let raw = unsafe { RawHandle::mib_server(&mpr(), mib.as_raw()) };
    // SAFETY: as above; it is refused.
    let as_configuration = unsafe { RawHandle::configuration(&mpr(), mib.as_raw()) };
    assert!(disconnect(as_configuration).is_err());
    disconnect(raw).unwrap();
    assert_eq!(disconnect(mib).unwrap_err().problem(), HandleProblem::AlreadyDisconnected);
    drop(mpr().mib(Some(router.name())).unwrap());
    assert_eq!(router.calls("MprAdminMIBServerDisconnect"), 2);
    assert_clean(router);
}

#[test]
fn the_interface_table_tells_of_each_interface() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let mib = mpr().mib(Some(router.name())).unwrap();
    let index = interface_of(&mib, Ipv4Addr::new(10, 1, 0, 1));
    let before = mib.interface(index).unwrap().iter().next().expect("one row").bytes_received();
    router.advance(Duration::from_secs(10));
    let table = mib.interfaces().unwrap();
    assert!(!table.is_empty());
    let lan = table.iter().find(|row| row.index() == index).expect("the one with the address");
    assert_eq!(
        (lan.admin_status(), lan.operational_status()),
        (AdminStatus::Up, OperationalStatus::Operational)
    );
    assert_eq!(lan.bytes_received().wrapping_sub(before), 1000);
    assert!(!lan.name().is_empty());

    let alone = mib.interface(index).unwrap();
    assert_eq!(alone.len(), 1);
    let row = alone.iter().next().expect("one row");
    assert_eq!((row.index(), row.name()), (index, lan.name()));
    assert!(mib.interface(u32::MAX).is_err());
    drop((table, alone));
    drop(mib);
    assert_clean(router);
}

fn interface_of(mib: &MibServer, address: Ipv4Addr) -> u32 {
    let addresses = mib.addresses().unwrap();
    let row = addresses.iter().find(|row| row.address() == address).expect("the address");
    row.interface_index()
}

#[test]
fn addresses_and_routes_are_in_the_right_byte_order() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let mib = mpr().mib(Some(router.name())).unwrap();
    let addresses = mib.addresses().unwrap();
    let lan = addresses.iter().find(|row| row.address() == Ipv4Addr::new(10, 1, 0, 1)).expect("the address");
    assert_eq!(lan.mask(), Ipv4Addr::new(255, 255, 0, 0));

    let routes = mib.routes().unwrap();
    let to_branch = |row: &mprapi::mib::ForwardRow<'_>| row.destination() == Ipv4Addr::new(192, 168, 7, 0);
    let route = routes.iter().find(to_branch).expect("the static route");
    assert_eq!(route.mask(), Ipv4Addr::new(255, 255, 255, 0));
    assert_eq!(route.next_hop(), Ipv4Addr::new(10, 1, 0, 254));
    assert_eq!((route.route_type(), route.metric1()), (RouteType::Indirect, 5));
    drop((addresses, routes));
    drop(mib);
    assert_clean(router);
}

#[test]
fn a_route_is_made_changed_and_taken_away() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let mib = mpr().mib(Some(router.name())).unwrap();
    let before = mib.routes().unwrap().len();
    let (destination, mask, hop) =
        (network_order([172, 16, 0, 0]), network_order([255, 240, 0, 0]), network_order([10, 1, 0, 253]));
    let interface = interface_of(&mib, Ipv4Addr::new(10, 1, 0, 1));
    // `MIB_OPAQUE_INFO` of an `IP_FORWARDROW`.
    let entry = |metric| {
        words(&[
            8,
            0,
            destination,
            mask,
            0,
            hop,
            interface,
            4,
            3,
            0,
            0,
            metric,
            u32::MAX,
            u32::MAX,
            u32::MAX,
            u32::MAX,
        ])
    };
    let metric = || {
        let routes = mib.routes().unwrap();
        routes.iter().find(|row| row.destination() == Ipv4Addr::new(172, 16, 0, 0)).map(|row| row.metric1())
    };
    mib.create(MANAGER, &entry(7)).unwrap();
    assert_eq!(metric(), Some(7));
    mib.set(MANAGER, &entry(9)).unwrap();
    assert_eq!(metric(), Some(9));
    // `IP_FORWARDROW` is found by destination, protocol, policy and next hop.
    mib.delete(MANAGER, &words(&[8, destination, 3, 0, hop])).unwrap();
    assert_eq!(mib.routes().unwrap().len(), before);
    drop(mib);
    assert_clean(router);
}

#[test]
fn variables_are_gone_through_one_after_the_other() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let mib = mpr().mib(Some(router.name())).unwrap();
    // `IF_ROW`, whose index is the interface's.
    let mut row = mib.get_first(MANAGER, &words(&[2, 0])).unwrap();
    let mut indices = Vec::new();
    loop {
        let index = u32::from_ne_bytes(row[8 + 512..][..4].try_into().unwrap());
        indices.push(index);
        match mib.get_next(MANAGER, &words(&[2, index])) {
            Ok(next) => row = next,
            Err(error) => {
                assert_eq!(error.code(), Some(259));
                break;
            }
        }
    }
    let table: Vec<u32> = mib.interfaces().unwrap().iter().map(|row| row.index()).collect();
    assert_eq!(indices, table);
    drop(row);
    drop(mib);
    assert_clean(router);
}

#[test]
fn a_module_that_is_not_there_is_an_error() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let mib = mpr().mib(Some(router.name())).unwrap();
    let nowhere = MibModule { transport: TransportId::Ipx, ..MANAGER };
    assert_eq!(mib.get(nowhere, &words(&[1, 0])).unwrap_err().kind(), ErrorKind::NotFound);
    let nobody = MibModule { protocol: 1, ..MANAGER };
    assert_eq!(mib.get(nobody, &words(&[1, 0])).unwrap_err().code(), Some(1003));
    drop(mib);
    assert_clean(router);
}

#[cfg(unix)]
mod traps {
    use std::io::Write as _;
    use std::os::fd::BorrowedFd;
    use std::ptr;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use mprapi::sys::{self, DWORD, Functions, HANDLE, LPDWORD, LPVOID, Mprapi};
    use mprapi::{ErrorKind, Mpr};

    use super::{MANAGER, mpr, office};

    static EVENT: AtomicUsize = AtomicUsize::new(0);
    static FREED: AtomicUsize = AtomicUsize::new(0);

    unsafe extern "system" fn set(
        _: DWORD,
        _: DWORD,
        event: HANDLE,
        input: LPVOID,
        size: DWORD,
        out: *mut LPVOID,
        out_size: LPDWORD,
    ) -> DWORD {
        EVENT.store(event.addr(), Ordering::SeqCst);
        // SAFETY: the caller's promise: the input is as long as it says.
        let answer = unsafe { std::slice::from_raw_parts(input.cast::<u8>(), size as usize) }.to_vec();
        // SAFETY: the caller's, which take what is written.
        unsafe { out_size.write(size) };
        // SAFETY: as above.
        unsafe { out.write(Box::into_raw(answer.into_boxed_slice()).cast()) };
        sys::NO_ERROR
    }

    unsafe extern "system" fn free(buffer: LPVOID) -> DWORD {
        FREED.fetch_add(1, Ordering::SeqCst);
        // SAFETY: it is the four bytes of `set`.
        drop(unsafe { Box::from_raw(ptr::slice_from_raw_parts_mut(buffer.cast::<u8>(), 4)) });
        sys::NO_ERROR
    }

    #[test]
    fn a_module_that_is_asked_for_traps_answers_once_and_signals_when_it_likes() {
        let functions = Functions {
            MprAdminMIBSetTrapInfo: Some(set),
            MprAdminMIBBufferFree: Some(free),
            ..Functions::NONE
        };
        // SAFETY: the functions keep the contract of `mprapi.h`.
        let library = unsafe { Mpr::from_table(Mprapi::from_functions(functions)) };
        let mut traps = library.watch_traps(MANAGER, &[1, 2, 3, 4]).unwrap();
        assert_eq!(traps.answer(), [1, 2, 3, 4]);
        assert_eq!(FREED.load(Ordering::SeqCst), 1);
        assert!(!traps.wait(Some(Duration::ZERO)).unwrap(), "nothing has happened yet");
        let signal = || {
            // SAFETY: the event is open for ever.
            let event = unsafe { BorrowedFd::borrow_raw(EVENT.load(Ordering::SeqCst) as i32) };
            let mut file = std::fs::File::from(event.try_clone_to_owned().expect("it is open"));
            file.write_all(&1_u64.to_ne_bytes()).expect("it takes a signal");
        };
        signal();
        assert!(traps.wait(Some(Duration::from_secs(60))).unwrap());
        assert!(!traps.wait(Some(Duration::ZERO)).unwrap(), "it was one signal");
        drop(traps);
        // The library was never told to stop.
        signal();
    }

    #[test]
    fn a_library_without_traps_says_so() {
        // SAFETY: a table without functions keeps every contract.
        let library = unsafe { Mpr::from_table(Mprapi::from_functions(Functions::NONE)) };
        let error = library.watch_traps(MANAGER, &[1]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MissingFunction);
        let simulation = office();
        let mib = mpr().mib(Some(simulation.routers()[0].name())).unwrap();
        assert!(mib.trap_info(MANAGER, &[1]).is_err(), "the simulator has no traps");
        assert_eq!(mib.trap_info(MANAGER, &[]).unwrap_err().kind(), ErrorKind::InvalidArgument);
    }
}
