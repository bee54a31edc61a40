//! A DLL for `tests/admin_dll.rs`, with the functions of family 3, that accepts where it cannot decide.

mod dll;

use dll::{Dll, Pool};

mprapi_admin_dll::export_admin_dll!(
    Dll; ipv4 = Pool, on_panic = accept, on_failed_start = accept_all, form = family3, api = dll::api
);
