//! The server's own settings, as they are stored.

use mprapi_sys as sys;

use super::Configuration;
use crate::server::{Keeper, WITHOUT_GRE, read_tunnels};
use crate::{
    OlderServerRecord, Result, ServerRecord, ServerRevision1, ServerRevision2, ServerRevision3,
    TunnelConfiguration, TunnelLevel, TunnelPorts, Tunnels,
};

impl Configuration {
    /// Reads the server's own settings at the level of information named by its record, as in
    /// [`Server::info_at`](crate::Server::info_at):
    /// [`MPR_SERVER_1`](sys::MPR_SERVER_1) or [`MPR_SERVER_2`](sys::MPR_SERVER_2) for ports,
    /// [`MPR_SERVER_EX0`](sys::MPR_SERVER_EX0) or [`MPR_SERVER_EX1`](sys::MPR_SERVER_EX1) for all of the tunnels',
    /// [`ServerRevision1`] to [`ServerRevision3`] for those of older servers.
    /// ([`MPR_SERVER_0`](sys::MPR_SERVER_0) describes a running server; little of it is stored.)
    /// The C functions are `MprConfigServerGetInfo` and `MprConfigServerGetInfoEx`.
    ///
    /// # Errors
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied);
    /// [`ErrorKind::NotRunning`](crate::ErrorKind::NotRunning) with the code `ERROR_DDM_NOT_RUNNING` for an `Ex` record of a
    /// server without remote access and demand dialling, or one that is stopped;
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) or
    /// [`ErrorKind::MissingFunction`](crate::ErrorKind::MissingFunction) for what an older system lacks;
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) for an `Ex` record of another revision.
    #[doc(alias = "MprConfigServerGetInfoEx")]
    #[doc(alias = "MprConfigServerGetInfo")]
    #[inline]
    pub fn server_info_at<R: ServerRecord>(&self) -> Result<R::Info> {
        R::fetch(self)
    }

    /// Reads the settings of the server's tunnels as they are stored, from the newest record that the server answers: as
    /// [`Server::tunnels`](crate::Server::tunnels).
    ///
    /// While the service is stopped, no more than the ports of PPTP, L2TP and SSTP can be read.
    /// The C functions are `MprConfigServerGetInfoEx` and `MprConfigServerGetInfo`.
    ///
    /// # Errors
    /// As [`server_info_at`](Configuration::server_info_at).
    #[inline]
    pub fn tunnels(&self) -> Result<Tunnels> {
        read_tunnels(self)
    }

    /// Stores what is `Some` in `tunnels` by the record of `level`, which is that of the [`Tunnels`] that were read: as
    /// [`Server::set_tunnels_as`](crate::Server::set_tunnels_as).
    /// The C functions are `MprConfigServerSetInfoEx` and `MprConfigServerSetInfo`.
    ///
    /// # Errors
    /// As [`Server::set_tunnels_as`](crate::Server::set_tunnels_as).
    #[inline]
    pub fn set_tunnels_as(&self, level: TunnelLevel, tunnels: &TunnelConfiguration) -> Result<()> {
        match level {
            TunnelLevel::Level1 | TunnelLevel::Level2 => {
                self.set_ports(&tunnels.only_ports("MprConfigServerSetInfo", level)?)
            }
            TunnelLevel::Revision1 => self.set_tunnels_at::<ServerRevision1>(tunnels),
            TunnelLevel::Revision2 => self.set_tunnels_at::<ServerRevision2>(tunnels),
            TunnelLevel::Revision3 => self.set_tunnels_at::<ServerRevision3>(tunnels),
            TunnelLevel::Revision4 | TunnelLevel::Revision5 => self.set_tunnels(tunnels),
        }
    }

    /// Stores how many ports PPTP, L2TP and SSTP have, and what they are for; the service takes it up when it starts.
    /// A setting that is `None` stays as it is.
    /// The C function is `MprConfigServerSetInfo`, level 1 where [`TunnelPorts::sstp`] is
    /// `None`, else level 2. Its record has PPTP and L2TP together, so if one is `None` it is read by
    /// `MprConfigServerGetInfo` first and stored again.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for more ports than the system allows and for
    /// no PPTP ports at all; [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied). More ports than
    /// the service was started for are stored, and wait for a restart of the computer; see
    /// [`take_restart_required`](Configuration::take_restart_required).
    #[doc(alias = "MprConfigServerSetInfo")]
    #[inline]
    pub fn set_ports(&self, ports: &TunnelPorts) -> Result<()> {
        const FUNCTION: &str = "MprConfigServerSetInfo";
        let Some(ports) = ports.completed(self)? else { return Ok(()) };
        ports.with_raw(FUNCTION, |level, record| {
            // SAFETY: the handle is open while `self` lives, and the record is the one of its level. (The header calls
            // the parameter a server's handle, by a slip.)
            self.stored(FUNCTION, unsafe {
                self.table().MprConfigServerSetInfo(self.as_raw(), level, record)
            })
        })
    }

    /// Stores what is `Some` in `tunnels`, and leaves the rest as it is; the service takes it up when it starts. What is
    /// `None` of a tunnel that is set is read by `MprConfigServerGetInfoEx` first and stored again.
    /// The C function is `MprConfigServerSetInfoEx`.
    ///
    /// # Errors
    /// As [`Server::set_tunnels`](crate::Server::set_tunnels).
    #[doc(alias = "MprConfigServerSetInfoEx")]
    #[inline]
    pub fn set_tunnels(&self, tunnels: &TunnelConfiguration) -> Result<()> {
        const FUNCTION: &str = "MprConfigServerSetInfoEx";
        tunnels.check(FUNCTION)?;
        tunnels.completed::<sys::MPR_SERVER_EX0, _>(self, WITHOUT_GRE)?.with_raw(FUNCTION, |record| {
            // SAFETY: the handle is open while `self` lives; the record and all it points to live during the call, and
            // its header says how large it is.
            self.stored(FUNCTION, unsafe { self.table().MprConfigServerSetInfoEx(self.as_raw(), record) })
        })
    }

    /// Stores what is `Some` in `tunnels` by the record of an older revision, as
    /// [`Server::set_tunnels_at`](crate::Server::set_tunnels_at) sets it.
    /// The C function is `MprConfigServerSetInfoEx`.
    /// It was never tried against a real server.
    ///
    /// # Errors
    /// As [`Server::set_tunnels_at`](crate::Server::set_tunnels_at).
    #[inline]
    pub fn set_tunnels_at<R: OlderServerRecord>(&self, tunnels: &TunnelConfiguration) -> Result<()> {
        const FUNCTION: &str = "MprConfigServerSetInfoEx";
        tunnels.check_at(FUNCTION, R::REVISION)?;
        tunnels.completed::<R, _>(self, R::REVISION)?.with_older::<R>(FUNCTION, |record| {
            // SAFETY: as in `set_tunnels`.
            self.stored(FUNCTION, unsafe { self.table().MprConfigServerSetInfoEx(self.as_raw(), record) })
        })
    }
}

impl Keeper for Configuration {
    const IS_STORED: bool = true;
    const GET: &'static str = "MprConfigServerGetInfo";
    const GET_EX: &'static str = "MprConfigServerGetInfoEx";

    #[inline]
    fn get(&self, level: u32, buffer: &mut sys::LPBYTE) -> std::result::Result<u32, sys::MissingFunction> {
        // SAFETY: the handle is open while `self` lives, and `buffer` takes what is written.
        unsafe { self.table().MprConfigServerGetInfo(self.as_raw(), level, buffer) }
    }

    #[inline]
    unsafe fn get_ex<R>(&self, record: *mut R) -> std::result::Result<u32, sys::MissingFunction> {
        // SAFETY: the handle is open while `self` lives; the record is the caller's promise.
        unsafe { self.table().MprConfigServerGetInfoEx(self.as_raw(), record.cast()) }
    }
}
