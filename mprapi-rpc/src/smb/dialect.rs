//! The versions of SMB.

use std::fmt;

/// A version of SMB. A later one is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// SMB 3.0, since Windows Server 2012.
    Smb300 = 0x0300,
    /// SMB 3.0.2, since Windows Server 2012 R2.
    Smb302 = 0x0302,
    /// SMB 3.1.1, since Windows Server 2016.
    Smb311 = 0x0311,
}

impl Dialect {
    /// All that the client offers, in the order in which it offers them.
    pub const ALL: [Dialect; 3] = [Dialect::Smb300, Dialect::Smb302, Dialect::Smb311];

    /// Returns the dialect with the code of a message. SMB 2 and older have none here.
    pub fn from_code(code: u16) -> Option<Dialect> {
        Dialect::ALL.into_iter().find(|dialect| dialect.code() == code)
    }

    /// Returns the code of the dialect in a message.
    pub const fn code(self) -> u16 {
        self as u16
    }

    /// Returns the dialect's name, such as `SMB 3.1.1`.
    pub const fn name(self) -> &'static str {
        match self {
            Dialect::Smb300 => "SMB 3.0",
            Dialect::Smb302 => "SMB 3.0.2",
            Dialect::Smb311 => "SMB 3.1.1",
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
