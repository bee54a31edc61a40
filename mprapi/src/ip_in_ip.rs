//! The names of IP-in-IP tunnels' interfaces.
//!
//! Microsoft has no page on these functions; what is said here follows their names and signatures.

use std::ptr;

use mprapi_sys::{self as sys, MPR_IPINIP_INTERFACE_0};

use crate::buffer::{Buffer, Family};
use crate::error::check;
use crate::input::{ServerName, limit};
use crate::{Error, Guid, Mpr, Result, Text, WideStr, WideString};

/// The two names of an IP-in-IP tunnel's interface (`MPR_IPINIP_INTERFACE_0`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
#[doc(alias("MPR_IPINIP_INTERFACE_0"))]
pub struct IpInIpName {
    /// The name that a person sees.
    pub friendly_name: WideString,
    /// The GUID by which the system knows the tunnel.
    pub guid: Guid,
}

impl Mpr {
    /// Lists the names of the IP-in-IP tunnels' interfaces of `server` (`None`: this machine).
    /// The C function is `MprSetupIpInIpInterfaceFriendlyNameEnum`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a server's name with a NUL in it or one
    /// that is too long; no code is documented.
    #[doc(alias = "MprSetupIpInIpInterfaceFriendlyNameFree")]
    #[doc(alias = "MprSetupIpInIpInterfaceFriendlyNameEnum")]
    #[inline]
    pub fn ip_in_ip_names(&self, server: Option<&str>) -> Result<Vec<IpInIpName>> {
        const FUNCTION: &str = "MprSetupIpInIpInterfaceFriendlyNameEnum";
        let library = self.table.named(server);
        let server_name = ServerName::new(FUNCTION, server)?;
        let (mut first, mut count): (sys::LPBYTE, _) = (ptr::null_mut(), 0);
        check(
            FUNCTION,
            // SAFETY: the name is null or a terminated string, only read; the other two take what is written.
            unsafe {
                library.MprSetupIpInIpInterfaceFriendlyNameEnum(server_name.as_ptr(), &mut first, &mut count)
            },
            || server,
        )?;
        let first: *mut MPR_IPINIP_INTERFACE_0 = first.cast();
        // SAFETY: a successful call leaves null or a buffer of this family with so many records, which any bits make.
        let records = unsafe { Buffer::new(&library, FUNCTION, Family::IP_IN_IP, first, count as usize) }?;
        let name = |record: &MPR_IPINIP_INTERFACE_0| IpInIpName {
            friendly_name: WideStr::from_array(&record.wszFriendlyName).to_owned(),
            guid: record.Guid.into(),
        };
        Ok(records.records().iter().map(name).collect())
    }

    /// Names the interface of an IP-in-IP tunnel on `server`; the name has at most 256 UTF-16 units.
    /// The C function is `MprSetupIpInIpInterfaceFriendlyNameCreate`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a name with a NUL in it or one that is
    /// too long; no code is documented.
    #[doc(alias = "MprSetupIpInIpInterfaceFriendlyNameCreate")]
    #[inline]
    pub fn add_ip_in_ip_name<N: Text + ?Sized>(
        &self,
        server: Option<&str>,
        friendly_name: &N,
        guid: Guid,
    ) -> Result<()> {
        const FUNCTION: &str = "MprSetupIpInIpInterfaceFriendlyNameCreate";
        let library = self.table.named(server);
        let server_name = ServerName::new(FUNCTION, server)?;
        let mut record = MPR_IPINIP_INTERFACE_0 { Guid: guid.into(), ..MPR_IPINIP_INTERFACE_0::default() };
        limit!("the friendly name", 256)
            .write(friendly_name, &mut record.wszFriendlyName)
            .map_err(|problem| Error::argument(FUNCTION, problem))?;
        check(
            FUNCTION,
            // SAFETY: the name is null or a terminated string, and the record is whole; both are only read.
            unsafe { library.MprSetupIpInIpInterfaceFriendlyNameCreate(server_name.as_ptr(), &mut record) },
            || server,
        )
    }

    /// Takes the name of an IP-in-IP tunnel's interface away.
    /// The C function is `MprSetupIpInIpInterfaceFriendlyNameDelete`.
    ///
    /// # Errors
    /// As [`ip_in_ip_names`](Mpr::ip_in_ip_names).
    #[doc(alias = "MprSetupIpInIpInterfaceFriendlyNameDelete")]
    #[inline]
    pub fn remove_ip_in_ip_name(&self, server: Option<&str>, guid: Guid) -> Result<()> {
        const FUNCTION: &str = "MprSetupIpInIpInterfaceFriendlyNameDelete";
        let library = self.table.named(server);
        let server_name = ServerName::new(FUNCTION, server)?;
        let mut guid = guid.into();
        check(
            FUNCTION,
            // SAFETY: the name is null or a terminated string, and the GUID is one; both are only read.
            unsafe { library.MprSetupIpInIpInterfaceFriendlyNameDelete(server_name.as_ptr(), &mut guid) },
            || server,
        )
    }
}
