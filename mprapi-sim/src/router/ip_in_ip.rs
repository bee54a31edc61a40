//! The names of IP-in-IP tunnels.

use crate::error_code::{Code, ERROR_ALREADY_EXISTS, ERROR_NOT_FOUND};
use crate::guid::Guid;
use crate::wide::same_name;

/// Names by GUID, in the order they were given.
#[derive(Default)]
pub(crate) struct Tunnels(Vec<(Guid, String)>);

impl Tunnels {
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &(Guid, String)> {
        self.0.iter()
    }

    /// Returns the name of the tunnel with this GUID.
    pub(crate) fn name_of(&self, guid: Guid) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == guid).map(|(_, name)| name.as_str())
    }

    /// Returns the GUID of the tunnel with this name.
    pub(crate) fn guid_of(&self, name: &str) -> Option<Guid> {
        self.0.iter().find(|(_, known)| same_name(known, name)).map(|(guid, _)| *guid)
    }

    /// Adds a name.
    ///
    /// # Errors
    /// `ERROR_ALREADY_EXISTS` if a tunnel has the GUID or the name.
    pub(crate) fn add(&mut self, guid: Guid, name: String) -> Result<(), Code> {
        if self.name_of(guid).is_some() || self.guid_of(&name).is_some() {
            return Err(ERROR_ALREADY_EXISTS);
        }
        self.0.push((guid, name));
        Ok(())
    }

    /// Removes the name of a GUID.
    ///
    /// # Errors
    /// `ERROR_NOT_FOUND` if no tunnel has the GUID.
    pub(crate) fn remove(&mut self, guid: Guid) -> Result<(), Code> {
        let position = self.0.iter().position(|(known, _)| *known == guid);
        self.0.remove(position.ok_or(ERROR_NOT_FOUND)?);
        Ok(())
    }
}
