//! A DLL for `tests/admin_dll.rs`, with every function of the service's table.

mod dll;

use dll::{Dll, Pool};

mprapi_admin_dll::export_admin_dll!(
    Dll;
    ipv4 = Pool,
    ipv6 = Pool,
    on_panic = reject,
    form = ex,
    endpoint_change = asked,
    pre_authentication = asked,
    api = dll::api,
);
