//! The variants of a [`Projection`], and the comparison of two.

use mprapi_sys as sys;

use super::field::{Fields, Number, Visit, visit};
use super::layout::Layout;
use super::projection::Projection;
use super::shape::Record;

impl Record for sys::PPP_PROJECTION_INFO2 {
    type Behind = ();
    const NAME: &'static str = "PPP_PROJECTION_INFO_2";

    fn alignment(_: Layout) -> usize {
        8
    }

    fn fields<F: Fields>(&mut self, (): &mut (), fields: &mut F) -> Visit {
        visit! { self, fields;
            number dwIPv4NegotiationError;
            text wszAddress wszRemoteAddress;
            number dwIPv4Options dwIPv4RemoteOptions;
            number IPv4SubInterfaceIndex;
            number dwIPv6NegotiationError;
            bytes bInterfaceIdentifier bRemoteInterfaceIdentifier bPrefix;
            number dwPrefixLength;
            number IPv6SubInterfaceIndex;
            number dwLcpError dwAuthenticationProtocol dwAuthenticationData dwRemoteAuthenticationProtocol
                dwRemoteAuthenticationData dwLcpTerminateReason dwLcpRemoteTerminateReason dwLcpOptions
                dwLcpRemoteOptions dwEapTypeId dwEmbeddedEAPTypeId dwRemoteEapTypeId;
            number dwCcpError dwCompressionAlgorithm dwCcpOptions dwRemoteCompressionAlgorithm dwCcpRemoteOptions
        }
        Ok(())
    }
}

impl Record for sys::IKEV2_PROJECTION_INFO2 {
    type Behind = ();
    const NAME: &'static str = "IKEV2_PROJECTION_INFO_2";

    fn alignment(_: Layout) -> usize {
        8
    }

    fn fields<F: Fields>(&mut self, (): &mut (), fields: &mut F) -> Visit {
        visit! { self, fields;
            number dwIPv4NegotiationError;
            text wszAddress wszRemoteAddress;
            number IPv4SubInterfaceIndex;
            number dwIPv6NegotiationError;
            bytes bInterfaceIdentifier bRemoteInterfaceIdentifier bPrefix;
            number dwPrefixLength;
            number IPv6SubInterfaceIndex;
            number dwOptions dwAuthenticationProtocol dwEapTypeId dwEmbeddedEAPTypeId dwCompressionAlgorithm
                dwEncryptionMethod
        }
        Ok(())
    }
}

/// A visitor that lists every number, unit and byte.
struct Flat(Vec<u64>);

impl Fields for Flat {
    fn number<N: Number>(&mut self, _: &'static str, value: &mut N) -> Visit {
        self.0.push(value.to_wire());
        Ok(())
    }

    fn text(&mut self, _: &'static str, units: &mut [u16]) -> Visit {
        self.0.extend(units.iter().map(|unit| u64::from(*unit)));
        Ok(())
    }

    fn bytes(&mut self, _: &'static str, bytes: &mut [u8]) -> Visit {
        self.0.extend(bytes.iter().map(|byte| u64::from(*byte)));
        Ok(())
    }
}

/// Returns the number that tells what it is, and every field of the variant.
fn flat(projection: &Projection) -> (u8, Vec<u64>) {
    let mut flat = Flat(Vec::new());
    let visited = match *projection {
        Projection::None | Projection::Other(_) => Ok(()),
        Projection::Ppp(mut ppp) => ppp.fields(&mut (), &mut flat),
        Projection::Ikev2(mut ikev2) => ikev2.fields(&mut (), &mut flat),
    };
    debug_assert_eq!(visited, Ok(()), "listing has no errors");
    (projection.kind(), flat.0)
}

impl PartialEq for Projection {
    fn eq(&self, other: &Projection) -> bool {
        flat(self) == flat(other)
    }
}

impl std::fmt::Debug for Projection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Projection").field(&flat(self)).finish()
    }
}
