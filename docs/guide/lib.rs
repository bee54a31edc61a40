//! The chapters of the guide, so that their code is tested as that of any documentation is.

/// The API that a chapter's hidden lines work on: the simulator's.
pub fn mpr() -> mprapi::Mpr {
    // SAFETY: the simulator keeps the contract of `mprapi.h`.
    unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) }
}

macro_rules! chapters {
    ($($name:ident $file:literal)+) => {
        $(#[doc = include_str!($file)] pub mod $name {})+
    };
}

chapters! {
    start_windows "src/start-windows.md"
    start_linux "src/start-linux.md"
    command "src/command.md"
    tasks "src/tasks.md"
    handles "src/handles.md"
    errors "src/errors.md"
    testing "src/testing.md"
    fleet "src/fleet.md"
    raw "src/raw.md"
    inside "src/inside.md"
}
