//! Settings of tunnels on the command line: `ikev2.ports=64`, with the column names of `server show`.

use mprapi::{
    Ikev2Configuration, Ikev2Tunnel, L2tpConfiguration, L2tpTunnel, ParseEnumerationError, PortUsage, Ports,
    SstpConfiguration, TunnelConfiguration, TunnelProtocol,
};

use super::keys::{Group, Key, argument_of, keys_of};
use crate::nearest::nearest;
use crate::range::Range;

/// A new value for one setting of one tunnel.
#[derive(Clone)]
pub(super) struct Setting {
    pub(super) tunnel: TunnelProtocol,
    pub(super) key: &'static Key,
    pub(super) value: String,
}

impl Setting {
    /// Parses `ikev2.idle-timeout=10min`. To check the value, applies it to a configuration that has all settings.
    pub(super) fn parse(text: &str) -> Result<Setting, String> {
        let form = || "use TUNNEL.SETTING=VALUE, such as ikev2.ports=64".to_owned();
        let (name, value) = text.split_once('=').ok_or_else(form)?;
        let (tunnel, key) = name.split_once('.').ok_or_else(form)?;
        let tunnel: TunnelProtocol = tunnel.parse().map_err(|error: ParseEnumerationError| {
            let words = error.words().join(", ").to_lowercase();
            format!("`{tunnel}` is not a tunnel; use one of {words}")
        })?;
        let wanted = key.replace('-', "_").to_lowercase();
        let found = keys_of(tunnel).find(|known| known.name == wanted);
        let key = found.ok_or_else(|| {
            let keys: Vec<String> = keys_of(tunnel).map(Key::argument).collect();
            let near = nearest(&wanted.replace('_', "-"), keys.iter().map(String::as_str));
            let near = near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
            format!("{tunnel} has no setting `{key}`{near}; use one of {}", keys.join(", "))
        })?;
        let setting = Setting { tunnel, key, value: value.to_owned() };
        setting.apply(&mut anything()).map(|()| setting)
    }

    /// Returns the name on the command line: `ikev2.idle-timeout`.
    pub(super) fn name(&self) -> String {
        format!("{}.{}", argument_of(self.tunnel), self.key.argument())
    }

    pub(super) fn text(&self) -> String {
        format!("{}={}", self.name(), self.value)
    }

    /// Applies the setting to `tunnels`, which must have all settings.
    pub(super) fn apply(&self, tunnels: &mut TunnelConfiguration) -> Result<(), String> {
        self.key.write(self.tunnel, tunnels, &self.value)
    }

    /// Returns the group of the setting, if it has one. Settings of one group can only be set together.
    pub(super) fn group(&self) -> Option<(TunnelProtocol, Group)> {
        self.key.group.map(|group| (self.tunnel, group))
    }

    /// Returns the range of its value, if a range is documented.
    pub(super) fn range(&self) -> Option<Range> {
        self.key.range(self.tunnel)
    }
}

const NO_PORTS: Ports = Ports { count: 0, usage: PortUsage::empty() };

/// Returns a configuration that has all settings, so that every setting can be applied to it.
fn anything() -> TunnelConfiguration {
    let mut all = TunnelConfiguration::default();
    all.ikev2 = Some(Ikev2Configuration { ports: Some(NO_PORTS), tunnel: Some(Ikev2Tunnel::default()) });
    all.l2tp = Some(L2tpConfiguration { ports: Some(NO_PORTS), tunnel: Some(L2tpTunnel::default()) });
    all.sstp = Some(SstpConfiguration { ports: Some(NO_PORTS), ..SstpConfiguration::default() });
    (all.pptp, all.gre) = (Some(NO_PORTS), Some(NO_PORTS));
    all
}
