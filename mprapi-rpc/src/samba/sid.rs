//! Security identifiers.

use std::fmt;

use crate::pdu::{Problem, Reader, Result};

/// A security identifier of Windows.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Sid {
    authority: u64,
    parts: Vec<u32>,
}

impl Sid {
    /// The largest number of parts that an identifier has.
    const MOST_PARTS: usize = 15;

    /// Makes an identifier: `S-1-AUTHORITY-PART-PART…`. Parts after the fifteenth are left out.
    pub fn new(authority: u64, parts: &[u32]) -> Sid {
        Sid {
            authority: authority & 0xffff_ffff_ffff,
            parts: parts.iter().copied().take(Sid::MOST_PARTS).collect(),
        }
    }

    /// The local group Administrators, `S-1-5-32-544`.
    pub fn administrators() -> Sid {
        Sid::new(5, &[32, 544])
    }

    pub(super) fn decode(reader: &mut Reader<'_>) -> Result<Sid> {
        let revision = reader.u8("sid revision")?;
        if revision != 1 {
            return Err(reader.error("sid revision", 1, Problem::Value { found: revision.into() }));
        }
        let count = usize::from(reader.u8("sid parts")?);
        if count > Sid::MOST_PARTS {
            return Err(reader.error(
                "sid parts",
                1,
                Problem::Large { found: count, limit: Sid::MOST_PARTS },
            ));
        }
        let [a, b, c, d, e, f] = reader.array("sid authority")?;
        let parts = (0..count).map(|_| reader.u32("sid part")).collect::<Result<_>>()?;
        Ok(Sid { authority: u64::from_be_bytes([0, 0, a, b, c, d, e, f]), parts })
    }
}

impl fmt::Display for Sid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "S-1-{}", self.authority)?;
        self.parts.iter().try_for_each(|part| write!(f, "-{part}"))
    }
}

impl fmt::Debug for Sid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
