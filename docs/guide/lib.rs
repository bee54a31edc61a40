//! The chapters of the guide, so that their code is tested as that of any documentation is.

/// The API that a chapter's code works on: the simulator's.
pub fn mpr() -> mprapi::Mpr {
    // SAFETY: the simulator keeps the contract of `mprapi.h`.
    unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) }
}

macro_rules! chapters {
    ($($name:ident $file:literal)+) => {
        $(#[doc = include_str!(concat!(env!("OUT_DIR"), $file))] pub mod $name {})+
    };
}

chapters! {
    start_windows "/start-windows.md"
    start_linux "/start-linux.md"
    from_linux "/from-linux.md"
    command "/command.md"
    tasks "/tasks.md"
    list "/list.md"
    end_everywhere "/end-everywhere.md"
    watch "/watch.md"
    dial "/dial.md"
    change_key "/change-key.md"
    backup "/backup.md"
    export "/export.md"
    maintenance "/maintenance.md"
    routes "/routes.md"
    handles "/handles.md"
    errors "/errors.md"
    testing "/testing.md"
    fleet "/fleet.md"
    servers "/servers.md"
    admin_dll "/admin-dll.md"
    admin_dll_host "/admin-dll-host.md"
    raw "/raw.md"
    inside "/inside.md"
}
