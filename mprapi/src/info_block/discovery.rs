//! Router discovery.

use super::setting::{Built, Items, Setting, exact};
use super::wire::{Parsed, Writer};
use super::{Info, InfoType};

/// The settings of router discovery on an interface, as RFC 1256 describes it (`RTR_DISC_INFO`). All times are in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
#[doc(alias("RTR_DISC_INFO"))]
pub struct RouterDiscovery {
    /// The longest time between two advertisements, 4 to 1800.
    pub max_interval: u16,
    /// The shortest time between two advertisements, 3 to `max_interval`.
    pub min_interval: u16,
    /// The time for which hosts keep an advertisement, `max_interval` to 9000.
    pub lifetime: u16,
    /// `true` if the router advertises itself.
    pub advertise: bool,
    /// The rank among the routers of the network; hosts take the largest. Hosts never take `i32::MIN`.
    pub preference: i32,
}

/// The defaults of RFC 1256, without advertisements.
impl Default for RouterDiscovery {
    #[inline]
    fn default() -> RouterDiscovery {
        RouterDiscovery {
            max_interval: 600,
            min_interval: 450,
            lifetime: 1800,
            advertise: false,
            preference: 0,
        }
    }
}

impl Setting<RouterDiscovery> {
    /// Router discovery (`IP_ROUTER_DISC_INFO`).
    pub const ROUTER_DISCOVERY: Setting<RouterDiscovery> =
        Setting::new(InfoType::IP_ROUTER_DISCOVERY, parse, build);
}

#[inline]
fn parse(info: Info<'_>) -> Parsed<Option<RouterDiscovery>> {
    exact(info, |reader| {
        let (max_interval, min_interval, lifetime) = (reader.u16()?, reader.u16()?, reader.u16()?);
        // A C compiler leaves a gap of two bytes before the flag.
        reader.u16()?;
        let (advertise, preference) = (reader.flag()?, reader.u32()?.cast_signed());
        Ok(RouterDiscovery { max_interval, min_interval, lifetime, advertise, preference })
    })
}

#[inline]
fn build(discovery: &RouterDiscovery) -> Built {
    let RouterDiscovery { max_interval, min_interval, lifetime, advertise, preference } = *discovery;
    let mut writer = Writer::default();
    writer.u16(max_interval).u16(min_interval).u16(lifetime).u16(0);
    writer.flag(advertise).u32(preference.cast_unsigned());
    Ok(Items::one(writer))
}
