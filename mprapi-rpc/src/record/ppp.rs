//! The parameters that PPP negotiated, at levels 1 to 3: records that are fields of others.

use mprapi_sys as sys;

use super::field::{Fields, Visit, visit};
use super::shape::Record;

/// Describes a record that is a field of others and has no pointer:
///
/// ```text
/// part! { FILETIME; number dwLowDateTime dwHighDateTime }
/// ```
///
/// is
///
/// ```text
/// impl Record for sys::FILETIME {
///     type Behind = ();
///     const NAME: &'static str = "FILETIME";
///
///     fn fields<F: Fields>(&mut self, (): &mut (), fields: &mut F) -> Visit {
///         visit! { self, fields; number dwLowDateTime dwHighDateTime }
///         Ok(())
///     }
/// }
/// ```
macro_rules! part {
    ($record:ident; $($description:tt)+) => {
        impl Record for sys::$record {
            type Behind = ();
            const NAME: &'static str = stringify!($record);

            fn fields<F: Fields>(&mut self, (): &mut (), fields: &mut F) -> Visit {
                visit! { self, fields; $($description)+ }
                Ok(())
            }
        }
    };
}

part! { FILETIME; number dwLowDateTime dwHighDateTime }
part! { GUID; number Data1; number Data2 Data3; bytes Data4 }
part! { PPP_NBFCP_INFO; number dwError; text wszWksta }
part! { PPP_IPCP_INFO; number dwError; text wszAddress wszRemoteAddress }
part! { PPP_IPCP_INFO2; number dwError; text wszAddress wszRemoteAddress; number dwOptions dwRemoteOptions }
part! { PPP_IPXCP_INFO; number dwError; ipx_text wszAddress }
part! {
    PPP_IPV6_CP_INFO;
    number dwVersion dwSize dwError; bytes bInterfaceIdentifier bRemoteInterfaceIdentifier;
    number dwOptions dwRemoteOptions; bytes bPrefix; number dwPrefixLength
}
part! { PPP_ATCP_INFO; number dwError; text wszAddress }
part! {
    PPP_CCP_INFO;
    number dwError dwCompressionAlgorithm dwOptions dwRemoteCompressionAlgorithm dwRemoteOptions
}
part! {
    PPP_LCP_INFO;
    number dwError dwAuthenticationProtocol dwAuthenticationData dwRemoteAuthenticationProtocol
        dwRemoteAuthenticationData dwTerminateReason dwRemoteTerminateReason dwOptions dwRemoteOptions dwEapTypeId
        dwRemoteEapTypeId
}
part! { PPP_INFO; record nbf ip ipx at }
part! { PPP_INFO_2; record nbf ip ipx at ccp lcp }
part! { PPP_INFO_3; record nbf ip ipv6 ccp lcp }
