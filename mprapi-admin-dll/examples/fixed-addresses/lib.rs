//! A DLL that gives users the addresses of a file, and the others one of a pool.
#![forbid(unsafe_code)]

mod plan;

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use mprapi_admin_dll::mprapi::{Account, WideString};
use mprapi_admin_dll::{AddressRequest, AdminDll, Assignment, Code, Context, Ipv4Addresses, ReleasedAddress};
use plan::{Place, Plan};

/// Accepts every connection: the addresses are all that this DLL decides.
struct FixedAddresses;

impl AdminDll for FixedAddresses {
    fn start(_: &Context) -> Result<FixedAddresses, Code> {
        Ok(FixedAddresses)
    }
}

struct Addresses {
    plan: Plan,
    /// The addresses that are given, and the ports of their users.
    taken: Mutex<BTreeMap<Ipv4Addr, WideString>>,
}

impl Addresses {
    fn taken(&self) -> MutexGuard<'_, BTreeMap<Ipv4Addr, WideString>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ipv4Addresses for Addresses {
    fn start(context: &Context) -> Result<Addresses, Code> {
        Ok(Addresses { plan: Plan::read(context)?, taken: Mutex::default() })
    }

    fn assign(&self, request: &AddressRequest<'_, Ipv4Addr>) -> Result<Assignment<Ipv4Addr>, Code> {
        let account = Account::from(&*request.user().to_string_lossy());
        let mut taken = self.taken();
        // A port carries one connection: the one that had an address there is gone, told or not.
        taken.retain(|_, port| **port != *request.port());
        let address = match self.plan.place(&account)? {
            Place::Fixed(address) => Some(address).filter(|address| !taken.contains_key(address)),
            Place::Pool(mut pool) => pool.find(|address| !taken.contains_key(address)),
            // Its user would be refused when they come.
            Place::Anywhere if request.offered().is_some_and(|offered| self.plan.is_fixed(offered)) => None,
            Place::Anywhere => return Ok(Assignment::keep()),
        };
        let address = address.ok_or(Code::NO_ADDRESSES)?;
        taken.insert(address, request.port().to_owned());
        Ok(Assignment::of(address).tell_release())
    }

    fn release(&self, released: &ReleasedAddress<'_, Ipv4Addr>) {
        let mut taken = self.taken();
        if taken.get(&released.address()).is_some_and(|port| **port == *released.port()) {
            taken.remove(&released.address());
        }
    }
}

mprapi_admin_dll::export_admin_dll!(FixedAddresses; ipv4 = Addresses);
