//! Network adapters: the names that Windows shows, and GUIDs in every form that programs write.

use std::cell::OnceCell;

use mprapi::{Configuration, Guid, Server, WideStr};

/// Reads the GUID of an adapter: bare, in braces, or behind the prefix of a driver, such as `\Device\TCPIP_{…}`.
pub(crate) fn guid(text: &str) -> Option<Guid> {
    let start = if text.starts_with('\\') { text.find('{')? } else { 0 };
    text[start..].parse().ok()
}

/// The names that Windows shows for the network adapters of a server. They are a convenience: an adapter whose name cannot
/// be read has none.
pub(crate) struct FriendlyNames<'s> {
    server: &'s Server,
    /// Opened for the first adapter, because most servers have to be asked for it over the network.
    stored: OnceCell<Option<Configuration>>,
}

impl<'s> FriendlyNames<'s> {
    pub(crate) fn new(server: &'s Server) -> FriendlyNames<'s> {
        FriendlyNames { server, stored: OnceCell::new() }
    }

    /// Reads the name of the interface that the API knows as `name`.
    pub(crate) fn of(&self, name: &WideStr) -> Option<String> {
        let open = || self.server.mpr().configuration(self.server.name()).ok();
        is_adapter(name)
            .then(|| self.stored.get_or_init(open).as_ref())
            .flatten()
            .and_then(|stored| of(stored, name))
    }
}

/// Returns `true` if the API's name of an interface is the GUID of a network adapter.
pub(crate) fn is_adapter(name: &WideStr) -> bool {
    name.units().first() == Some(&u16::from(b'{'))
}

/// Reads the name that Windows shows for the interface that the API knows as `name`.
pub(crate) fn of(stored: &Configuration, name: &WideStr) -> Option<String> {
    let read = || stored.friendly_name(name).ok().map(|name| name.to_string_lossy());
    is_adapter(name).then(read).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_is_read_in_each_form_and_nothing_else_is_one() {
        let guid_of = Guid::from_u128(0x6B29_FC40_CA47_1067_B31D_00DD_0106_62DA);
        let braced = guid_of.to_string();
        let bare = braced.trim_matches(['{', '}']);
        for form in [
            braced.clone(),
            bare.to_owned(),
            braced.to_uppercase(),
            bare.to_uppercase(),
            format!(r"\DEVICE\TCPIP_{braced}"),
            format!(r"\Device\NPF_{}", braced.to_uppercase()),
            format!(r"\Device\{braced}"),
            format!(r"\\.\{braced}"),
        ] {
            assert_eq!(guid(&form), Some(guid_of), "{form}");
        }
        for text in
            ["", "{}", "\\", "\\Device\\", "Ethernet", &format!("Ethernet {braced}"), &format!("{braced} ")]
        {
            assert_eq!(guid(text), None, "{text}");
        }
    }
}
