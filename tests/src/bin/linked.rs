//! A program that links `mprapi.dll`, the twelve functions included that mingw-w64's import library lacks.
//! It prints where the library was found, and where the table then finds it.

#[cfg(windows)]
fn main() {
    use std::ffi::c_void;
    use std::hint::black_box;

    use mprapi_sys::{Function, Mprapi};

    let lacking = [
        mprapi_sys::MprAdminConnectionEnumEx as *const c_void,
        mprapi_sys::MprAdminConnectionGetInfoEx as *const c_void,
        mprapi_sys::MprAdminInterfaceGetCustomInfoEx as *const c_void,
        mprapi_sys::MprAdminInterfaceSetCustomInfoEx as *const c_void,
        mprapi_sys::MprAdminIsServiceInitialized as *const c_void,
        mprapi_sys::MprAdminServerGetInfoEx as *const c_void,
        mprapi_sys::MprAdminServerSetInfoEx as *const c_void,
        mprapi_sys::MprAdminUpdateConnection as *const c_void,
        mprapi_sys::MprConfigInterfaceGetCustomInfoEx as *const c_void,
        mprapi_sys::MprConfigInterfaceSetCustomInfoEx as *const c_void,
        mprapi_sys::MprConfigServerGetInfoEx as *const c_void,
        mprapi_sys::MprConfigServerSetInfoEx as *const c_void,
    ];
    black_box(lacking);
    // SAFETY: null is this machine.
    let running = unsafe { mprapi_sys::MprAdminIsServiceRunning(std::ptr::null_mut()) };
    println!("linked: {running}");
    match Mprapi::load() {
        Err(error) => println!("error: {error}"),
        Ok(table) => {
            let address = table.address(Function::MprAdminIsServiceRunning).expect("every mprapi.dll has it");
            println!("table: {}", tests::module::path(address).expect("it is in a library").display());
        }
    }
}

#[cfg(not(windows))]
fn main() {}
