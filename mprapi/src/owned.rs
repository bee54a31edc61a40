//! Copies of records that own their values and outlive the API's buffer: `connection.snapshot()`.
//!
//! There is one type for each noun. A value that the level does not report, or that does not exist, is `None`. With the feature
//! `serde` they can be serialised, as can the views that they are copied from, in the same form.
//!
//! ```
//! # let simulation = mprapi_sim::Server::new("doc-owned").ports(mprapi_sim::Tunnel::Sstp, 1)
//! #     .session(mprapi_sim::Session::new("alice", mprapi_sim::Tunnel::Sstp)).start();
//! # // SAFETY: the simulator keeps the contract of `mprapi.h`.
//! # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
//! let server = mpr.connect(Some("doc-owned"))?;
//! let sessions: Vec<mprapi::owned::ConnectionSnapshot> =
//!     server.connections()?.iter().map(|connection| connection.snapshot()).collect();
//! drop(server);
//! assert!(sessions[0].user_name.as_ref().is_some_and(|name| **name == *"alice"));
//! # Ok::<(), mprapi::Error>(())
//! ```
#![cfg_attr(feature = "serde", doc = "")]
#![cfg_attr(feature = "serde", doc = include_str!("../docs/serde.md"))]

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::{Duration, SystemTime};

use mprapi_sys::{
    MPR_DEVICE_0, MPR_DEVICE_1, MPR_INTERFACE_0, MPR_INTERFACE_1, MPR_INTERFACE_2, MPR_INTERFACE_3,
    RAS_CONNECTION_0, RAS_CONNECTION_1, RAS_CONNECTION_2, RAS_CONNECTION_3, RAS_CONNECTION_4,
    RAS_CONNECTION_EX, RAS_PORT_0, RAS_PORT_1,
};

use crate::{
    Bandwidth, Compression, ConnectionFlags, ConnectionId, ConnectionState, DialEncryption, DialMode,
    DialOptions, EapMethod, EntryType, Error, Guid, HardwareCondition, IdleDisconnect, InterfaceId,
    InterfaceOwner, InterfaceType, Ipv4Ends, Ipv6Ends, NegotiationError, NetworkProtocols, PortCondition,
    PortId, PppLink, Projection, QuarantineState, Statistics, TunnelType, UnreachabilityReasons, VpnStrategy,
    WideStr, WideString,
};

/// An answer of a view's method, as a field of a copy.
trait IntoField<T> {
    fn into_field(self) -> Option<T>;
}

impl<T> IntoField<T> for T {
    #[inline]
    fn into_field(self) -> Option<T> {
        Some(self)
    }
}

impl<T> IntoField<T> for Option<T> {
    #[inline]
    fn into_field(self) -> Option<T> {
        self
    }
}

impl IntoField<WideString> for &WideStr {
    #[inline]
    fn into_field(self) -> Option<WideString> {
        Some(self.to_owned())
    }
}

/// Copies an error that a record tells of as its code.
impl IntoField<u32> for Option<Error> {
    #[inline]
    fn into_field(self) -> Option<u32> {
        self?.code()
    }
}

/// Defines a snapshot, whose fields are all optional, and how it is made of a view of each level: by the view's methods of
/// the same names, and by lists that a closure gives. (Written out, the four nouns take ten times as many lines, and a field
/// that is new has to be added in three places.) So
///
/// ```text
/// owned! {
///     /// A port, copied from a [`Port`](crate::Port) of any level.
///     PortSnapshot {
///         /// The id of the port on its server.
///         id: PortId,
///         /// The name.
///         name: WideString,
///     }
///     crate::Port<'_, RAS_PORT_0> { id name }
///     crate::Port<'_, RAS_PORT_1> { id }
/// }
/// ```
///
/// becomes
///
/// ```text
/// /// A port, copied from a [`Port`](crate::Port) of any level.
/// #[derive(Clone, Debug, Default, PartialEq)]
/// #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
/// #[non_exhaustive]
/// pub struct PortSnapshot {
///     /// The id of the port on its server.
///     #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
///     pub id: Option<PortId>,
///     /// The name.
///     #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
///     pub name: Option<WideString>,
/// }
///
/// impl crate::Port<'_, RAS_PORT_0> {
///     /// A copy that owns what it says.
///     #[inline]
///     pub fn snapshot(&self) -> PortSnapshot {
///         PortSnapshot { id: self.id().into_field(), name: self.name().into_field(), ..PortSnapshot::default() }
///     }
/// }
///
/// /// In the form of its copy.
/// #[cfg(feature = "serde")]
/// impl serde::Serialize for crate::Port<'_, RAS_PORT_0> {
///     #[inline]
///     fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
///         self.snapshot().serialize(serializer)
///     }
/// }
///
/// // … and both of them for RAS_PORT_1. Before a view of an interface, `@O` stands for the owner: `impl<O: InterfaceOwner>`.
/// ```
macro_rules! owned {
    (
        $(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])+ $field:ident: $type:ty,)+ }
        $($(@$owner:ident)? $view:ty { $($method:ident)+ $(; |$this:ident| $($list:ident = $items:expr)+)? })+
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[$field_meta])+
                #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
                pub $field: Option<$type>,
            )+
        }

        $(
            impl$(<$owner: InterfaceOwner>)? $view {
                /// Returns a copy that owns its values.
                #[inline]
                pub fn snapshot(&self) -> $name {
                    $(let $this = self;)?
                    $name {
                        $($method: self.$method().into_field(),)+
                        $($($list: Some($items.collect()),)+)?
                        ..$name::default()
                    }
                }
            }

            /// In the form of its copy.
            #[cfg(feature = "serde")]
            impl$(<$owner: InterfaceOwner>)? serde::Serialize for $view {
                #[inline]
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    self.snapshot().serialize(serializer)
                }
            }
        )+
    };
}

owned! {
    /// A connection, copied from a [`Connection`](crate::Connection) of any level.
    ConnectionSnapshot {
        /// The id of the connection on its server.
        id: ConnectionId,
        /// The GUID of the connection.
        guid: Guid,
        /// The user's name, without the domain.
        user_name: WideString,
        /// The domain the user logged on to.
        domain: WideString,
        /// The NetBIOS name of the user's computer.
        remote_computer: WideString,
        /// The id of its interface on its server.
        interface: InterfaceId,
        /// The name of its interface.
        interface_name: WideString,
        /// The type of its interface.
        interface_type: InterfaceType,
        /// How long it has been up.
        #[cfg_attr(feature = "serde", serde(serialize_with = "crate::serialize::seconds", deserialize_with = "crate::deserialize::maybe_seconds"))]
        duration: Duration,
        /// When it began.
        #[cfg_attr(feature = "serde", serde(serialize_with = "crate::serialize::seconds", deserialize_with = "crate::deserialize::time"))]
        started_at: SystemTime,
        /// The flags of the connection.
        flags: ConnectionFlags,
        /// The type of the tunnel that it uses.
        tunnel: TunnelType,
        /// The client's IPv4 address inside the tunnel.
        client_address: Ipv4Addr,
        /// Where the client calls from.
        remote_endpoint: IpAddr,
        /// The server's address that the client called.
        local_endpoint: IpAddr,
        /// How often an IKEv2 client has moved to other addresses.
        switch_overs: u32,
        /// How far Network Access Protection lets the client in.
        quarantine_state: QuarantineState,
        /// When its probation ends.
        #[cfg_attr(feature = "serde", serde(serialize_with = "crate::serialize::seconds", deserialize_with = "crate::deserialize::time"))]
        probation_ends: SystemTime,
        /// The traffic counters of the connection.
        statistics: Statistics,
        /// The IPv4 addresses that PPP negotiated, of levels 1 to 3.
        #[cfg_attr(feature = "serde", serde(serialize_with = "crate::serialize::maybe_negotiated", deserialize_with = "crate::deserialize::maybe_negotiated"))]
        ipv4: Result<Ipv4Ends, NegotiationError>,
        /// The IPv6 addresses that PPP negotiated, of level 3.
        #[cfg_attr(feature = "serde", serde(serialize_with = "crate::serialize::maybe_negotiated", deserialize_with = "crate::deserialize::maybe_negotiated"))]
        ipv6: Result<Ipv6Ends, NegotiationError>,
        /// The link that PPP negotiated, of levels 2 and 3.
        #[cfg_attr(feature = "serde", serde(serialize_with = "crate::serialize::maybe_negotiated", deserialize_with = "crate::deserialize::maybe_negotiated"))]
        link: Result<PppLink, NegotiationError>,
        /// The compression and encryption that PPP negotiated, of levels 2 and 3.
        #[cfg_attr(feature = "serde", serde(serialize_with = "crate::serialize::maybe_negotiated", deserialize_with = "crate::deserialize::maybe_negotiated"))]
        compression: Result<Compression, NegotiationError>,
        /// All that was negotiated, of level 4 and `Ex`.
        projection: Projection,
    }
    crate::Connection<'_, RAS_CONNECTION_0> {
        id user_name domain remote_computer interface interface_name interface_type duration flags
    }
    crate::Connection<'_, RAS_CONNECTION_1> { id interface client_address statistics ipv4 }
    crate::Connection<'_, RAS_CONNECTION_2> {
        id guid user_name interface_type client_address ipv4 link compression
    }
    crate::Connection<'_, RAS_CONNECTION_3> {
        id guid user_name interface_type client_address quarantine_state probation_ends ipv4 ipv6 link
        compression
    }
    crate::Connection<'_, RAS_CONNECTION_4> {
        id guid user_name domain remote_computer interface interface_name interface_type duration started_at
        flags tunnel client_address remote_endpoint local_endpoint switch_overs quarantine_state
        probation_ends statistics projection
    }
    crate::Connection<'_, RAS_CONNECTION_EX> {
        id guid user_name domain remote_computer interface interface_name interface_type duration flags
        client_address remote_endpoint local_endpoint switch_overs quarantine_state probation_ends
        statistics projection
    }
}

owned! {
    /// A port, copied from a [`Port`](crate::Port) of any level.
    PortSnapshot {
        /// The id of the port on its server.
        id: PortId,
        /// The name.
        name: WideString,
        /// The connection that it carries.
        connection: ConnectionId,
        /// The condition of the port.
        condition: PortCondition,
        /// The condition of its hardware.
        hardware_condition: HardwareCondition,
        /// The name of its medium.
        media_name: WideString,
        /// The name of its device.
        device_name: WideString,
        /// The type of its device.
        device_type: WideString,
        /// How many calls it has had.
        total_calls: u32,
        /// How long its present connection has been up.
        #[cfg_attr(feature = "serde", serde(serialize_with = "crate::serialize::seconds", deserialize_with = "crate::deserialize::maybe_seconds"))]
        duration: Duration,
        /// The speed of its line, in bits per second.
        line_speed: u32,
        /// The traffic counters of the port.
        statistics: Statistics,
    }
    crate::Port<'_, RAS_PORT_0> {
        id name connection condition media_name device_name device_type total_calls duration
    }
    crate::Port<'_, RAS_PORT_1> { id connection hardware_condition line_speed statistics }
}

owned! {
    /// An interface, copied from an [`Interface`](crate::Interface) of any level, a server's or a stored one.
    ///
    /// Lists whose reading can fail and the data of EAP methods, which may be secret, are not in it; its settings
    /// ([`to_settings`](crate::Interface::to_settings)) have them.
    InterfaceSnapshot {
        /// The name.
        name: WideString,
        /// The GUID of its entry in the phone book.
        guid: Guid,
        /// `true` if it is enabled.
        is_enabled: bool,
        /// The type of the interface.
        interface_type: InterfaceType,
        /// The connection state.
        connection_state: ConnectionState,
        /// Why it cannot be connected.
        unreachability_reasons: UnreachabilityReasons,
        /// The code with which the last attempt to connect failed.
        last_error: u32,
        /// How it connects.
        options: DialOptions,
        /// The destination that it dials: a host name, an address or a telephone number.
        destination: WideString,
        /// The IPv4 address that it asks for.
        address: Ipv4Addr,
        /// The DNS servers of its own that it has.
        dns_servers: Vec<Ipv4Addr>,
        /// The WINS servers of its own that it has.
        wins_servers: Vec<Ipv4Addr>,
        /// The IPv6 DNS servers of its own that it has.
        ipv6_dns_servers: Vec<Ipv6Addr>,
        /// The network protocols that it negotiates.
        network_protocols: NetworkProtocols,
        /// The type of the device that dials.
        device_type: WideString,
        /// The device that dials.
        device_name: WideString,
        /// How many links it has, if it is a multilink interface.
        sub_entries: u32,
        /// The links that are dialled.
        dial_mode: DialMode,
        /// When another link is dialled and when one is hung up.
        bandwidth: Bandwidth,
        /// When an idle connection ends.
        idle_disconnect: IdleDisconnect,
        /// The type of its phone-book entry: a telephone line, a tunnel, a port.
        entry_type: EntryType,
        /// The encryption of its traffic.
        encryption: DialEncryption,
        /// The EAP method that it authenticates with.
        eap_method: EapMethod,
        /// The tunnel protocols that a VPN tries.
        vpn_strategy: VpnStrategy,
        /// The X.25 PAD type.
        x25_pad_type: WideString,
        /// The X.25 address.
        x25_address: WideString,
        /// The facilities to ask of an X.25 host.
        x25_facilities: WideString,
        /// Further data for an X.25 host.
        x25_user_data: WideString,
    }
    @O crate::Interface<'_, MPR_INTERFACE_0, O> {
        name is_enabled interface_type connection_state unreachability_reasons last_error
    }
    @O crate::Interface<'_, MPR_INTERFACE_1, O> {
        name is_enabled interface_type connection_state unreachability_reasons last_error
    }
    @O crate::Interface<'_, MPR_INTERFACE_2, O> {
        name guid is_enabled interface_type connection_state unreachability_reasons last_error options
        destination address network_protocols device_type device_name sub_entries dial_mode bandwidth
        idle_disconnect entry_type encryption eap_method vpn_strategy x25_pad_type x25_address
        x25_facilities x25_user_data;
        |view| dns_servers = view.dns_servers() wins_servers = view.wins_servers()
    }
    @O crate::Interface<'_, MPR_INTERFACE_3, O> {
        name guid is_enabled interface_type connection_state unreachability_reasons last_error options
        destination address network_protocols device_type device_name sub_entries dial_mode bandwidth
        idle_disconnect entry_type encryption eap_method vpn_strategy x25_pad_type x25_address
        x25_facilities x25_user_data;
        |view| dns_servers = view.dns_servers() wins_servers = view.wins_servers()
            ipv6_dns_servers = view.ipv6_dns_servers()
    }
}

owned! {
    /// A device, copied from a [`Device`](crate::Device) of any level.
    DeviceSnapshot {
        /// The name.
        name: WideString,
        /// The type.
        device_type: WideString,
        /// The telephone number that an interface's device dials.
        phone_number: WideString,
    }
    crate::Device<'_, MPR_DEVICE_0> { name device_type }
    crate::Device<'_, MPR_DEVICE_1> { name device_type phone_number }
}
