//! The file with the addresses.

use std::collections::BTreeMap;
use std::fs;
use std::net::Ipv4Addr;

use mprapi_admin_dll::mprapi::Account;
use mprapi_admin_dll::{Code, Context, LogOptions};
use serde::Deserialize;

/// The users with an address of their own, and the pool for the others.
#[derive(Debug)]
pub(crate) struct Plan {
    fixed: Vec<(Account, Ipv4Addr)>,
    pool: Option<Range>,
}

/// A user's place in the plan.
pub(crate) enum Place {
    Fixed(Ipv4Addr),
    /// The addresses of the pool, in their order.
    Pool(Box<dyn Iterator<Item = Ipv4Addr>>),
    /// The service's own choice.
    Anywhere,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    pool: Option<Range>,
    #[serde(default)]
    addresses: BTreeMap<String, Ipv4Addr>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Range {
    first: Ipv4Addr,
    last: Ipv4Addr,
}

impl Range {
    fn contains(self, address: Ipv4Addr) -> bool {
        (self.first..=self.last).contains(&address)
    }
}

impl Plan {
    /// Reads `fixed-addresses.toml` beside the DLL. A file that cannot be read or has a conflict keeps the service from starting;
    /// `fixed-addresses.log` says why.
    pub(crate) fn read(context: &Context) -> Result<Plan, Code> {
        let path = context.folder().join("fixed-addresses.toml");
        let read = fs::read_to_string(&path).map_err(|error| (error.to_string(), Code::from(error)));
        let plan = read.and_then(|text| Plan::parse(&text).map_err(|error| (error, Code::INVALID_DATA)));
        plan.map_err(|(error, code)| {
            if let Ok(log) = context.log("fixed-addresses.log", LogOptions::default()) {
                log.line(format!("{}: {error}", path.display()));
            }
            code
        })
    }

    fn parse(text: &str) -> Result<Plan, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut fixed: Vec<(Account, Ipv4Addr)> = Vec::new();
        for (name, address) in file.addresses {
            let account = Account::from(name.as_str());
            if let Some((other, _)) = fixed.iter().find(|(_, taken)| *taken == address) {
                return Err(format!("{other} and {name} have the same address, {address}"));
            }
            if fixed.iter().any(|(other, _)| *other == account) {
                return Err(format!("{name} has two addresses"));
            }
            if file.pool.is_some_and(|pool| pool.contains(address)) {
                return Err(format!("the address of {name}, {address}, is in the pool"));
            }
            fixed.push((account, address));
        }
        match file.pool {
            Some(pool) if pool.first > pool.last => {
                Err(format!("the pool ends before it begins: {} to {}", pool.first, pool.last))
            }
            pool => Ok(Plan { fixed, pool }),
        }
    }

    /// Returns `true` if the address belongs to a user of the file.
    pub(crate) fn is_fixed(&self, address: Ipv4Addr) -> bool {
        self.fixed.iter().any(|(_, fixed)| *fixed == address)
    }

    /// Finds a user. The service may give the name with a domain or without one.
    ///
    /// A name without a domain that means users of two domains is an error: one would get the other's address.
    pub(crate) fn place(&self, account: &Account) -> Result<Place, Code> {
        if let Some((_, address)) = self.fixed.iter().find(|(name, _)| name == account) {
            return Ok(Place::Fixed(*address));
        }
        let mut found =
            self.fixed.iter().filter(|(name, _)| account.is_meant_by(name) || name.is_meant_by(account));
        match (found.next(), found.next(), self.pool) {
            (Some((_, address)), None, _) => Ok(Place::Fixed(*address)),
            (Some(_), Some(_), _) => Err(Code::NO_ADDRESS_ASSIGNED),
            (None, _, Some(Range { first, last })) => {
                Ok(Place::Pool(Box::new((first.to_bits()..=last.to_bits()).map(Ipv4Addr::from_bits))))
            }
            (None, _, None) => Ok(Place::Anywhere),
        }
    }
}
