//! Parameter lists, and the description of an operation from which its request and its answer come.

use mprapi_sys::Function;

use crate::ndr::{Decoder, Encoder, Error, Source};

/// The parameters of a request or an answer, which follow one another on the wire, each with its pointees.
pub trait Message: Sized {
    /// Makes a message from the bytes of a source, for tests; from [`Source::default`] the message that is zero, null and empty.
    fn fill(source: &mut Source<'_>) -> Self;

    /// Writes the parameters.
    fn encode_parameters(&self, encoder: &mut Encoder);

    /// Reads the parameters.
    ///
    /// # Errors
    /// [`Error`] if the bytes are not these parameters.
    fn decode_parameters(decoder: &mut Decoder<'_>) -> Result<Self, Error>;

    /// Encodes the stub of a request or answer.
    fn encode(&self) -> Vec<u8> {
        let mut encoder = Encoder::default();
        self.encode_parameters(&mut encoder);
        encoder.into_bytes()
    }

    /// Decodes the stub of a request or answer. Bytes behind the last parameter are ignored, as other servers and clients
    /// do: they may be padding.
    ///
    /// # Errors
    /// [`Error`] if the bytes are not these parameters.
    fn decode(stub: &[u8]) -> Result<Self, Error> {
        Self::decode_parameters(&mut Decoder::new(stub))
    }
}

/// A request, which knows its operation and its answer.
pub trait Call: Message {
    /// The number of the operation.
    const OPNUM: u16;
    /// The name of the operation in the interface definition.
    const NAME: &'static str;
    /// The functions of `mprapi.h` that call the operation.
    const FUNCTIONS: &'static [Function];
    /// The answer.
    type Answer: Message;

    /// Makes the answer of a call that failed: a code, and zero, null and empty parameters.
    fn failed(code: u32) -> Self::Answer;
}

/// The result of an operation, which every answer has.
pub(crate) trait Coded {
    /// Returns the result: 0, or an error code.
    fn code(&self) -> u32;
}

/// Makes a structure and its implementation of [`Message`] from a list of parameters.
macro_rules! parameters {
    ($(#[$meta:meta])* struct $name:ident {
        $($(#[$doc:meta])* $idl:ident => $field:ident: $type:ty,)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name {
            $($(#[$doc])* pub $field: $type,)+
        }

        impl $crate::dimsvc::Message for $name {
            fn fill(source: &mut $crate::ndr::Source<'_>) -> Self {
                Self { $($field: $crate::ndr::Ndr::fill(source),)+ }
            }

            fn encode_parameters(&self, encoder: &mut $crate::ndr::Encoder) {
                $($crate::ndr::Ndr::encode(&self.$field, encoder);)+
            }

            fn decode_parameters(
                decoder: &mut $crate::ndr::Decoder<'_>,
            ) -> Result<Self, $crate::ndr::Error> {
                Ok(Self { $($field: {
                    decoder.enter(stringify!($idl));
                    $crate::ndr::Ndr::decode(decoder)?
                },)+ })
            }
        }
    };
}

/// Makes the request and the answer of an operation from its parameters, which are written as in the interface definition:
/// `[in]` for the request, `[out]` for the answer, `[in, out]` for both. The server handle, which is not transmitted, is left
/// out. An answer ends with the operation's result.
///
/// `operation! { 24 RRouterInterfaceQueryUpdateResult(MprAdminInterfaceQueryUpdateResult) => QueryRequest, QueryAnswer {
/// [in] hInterface => interface: u32, [out] pUpdateResult => update_result: u32, } }` becomes
///
/// ```text
/// parameters! {
///     struct QueryRequest {
///         hInterface => interface: u32,
///     }
/// }
///
/// parameters! {
///     struct QueryAnswer {
///         pUpdateResult => update_result: u32,
///         ReturnValue => code: u32,
///     }
/// }
///
/// impl Call for QueryRequest {
///     const OPNUM: u16 = 24;
///     const NAME: &str = "RRouterInterfaceQueryUpdateResult";
///     const FUNCTIONS: &[Function] = &[Function::MprAdminInterfaceQueryUpdateResult];
///     type Answer = QueryAnswer;
///
///     fn failed(code: u32) -> QueryAnswer {
///         let mut answer = QueryAnswer::fill(&mut Source::default());
///         answer.code = code;
///         answer
///     }
/// }
///
/// impl Coded for QueryAnswer {
///     fn code(&self) -> u32 {
///         self.code
///     }
/// }
/// ```
macro_rules! operation {
    ($(#[$meta:meta])* $opnum:literal $name:ident($($function:ident),+) => $request:ident, $answer:ident {
        $($parameters:tt)*
    }) => {
        $crate::dimsvc::call::operation!(
            @sort [$(#[$meta])*] [$opnum $name [$($function)+] $request $answer] [] [] $($parameters)*
        );
    };
    (@sort $docs:tt $operation:tt [$($in:tt)*] [$($out:tt)*]
        $(#[$doc:meta])* [in] $idl:ident => $field:ident: $type:ty, $($rest:tt)*
    ) => {
        $crate::dimsvc::call::operation!(
            @sort $docs $operation [$($in)* $(#[$doc])* $idl => $field: $type,] [$($out)*] $($rest)*
        );
    };
    (@sort $docs:tt $operation:tt [$($in:tt)*] [$($out:tt)*]
        $(#[$doc:meta])* [out] $idl:ident => $field:ident: $type:ty, $($rest:tt)*
    ) => {
        $crate::dimsvc::call::operation!(
            @sort $docs $operation [$($in)*] [$($out)* $(#[$doc])* $idl => $field: $type,] $($rest)*
        );
    };
    (@sort $docs:tt $operation:tt [$($in:tt)*] [$($out:tt)*]
        $(#[$doc:meta])* [in, out] $idl:ident => $field:ident: $type:ty, $($rest:tt)*
    ) => {
        $crate::dimsvc::call::operation!(
            @sort $docs $operation
            [$($in)* $(#[$doc])* $idl => $field: $type,]
            [$($out)* $(#[$doc])* $idl => $field: $type,] $($rest)*
        );
    };
    (@sort [$($docs:tt)*] [$opnum:literal $name:ident [$($function:ident)+] $request:ident $answer:ident]
        [$($in:tt)*] [$($out:tt)*]
    ) => {
        $crate::dimsvc::call::parameters! {
            #[doc = concat!("The request of operation ", $opnum, ", `", stringify!($name), "`.\n")]
            $($docs)*
            struct $request { $($in)* }
        }

        $crate::dimsvc::call::parameters! {
            #[doc = concat!("The answer of operation ", $opnum, ", `", stringify!($name), "`.")]
            struct $answer {
                $($out)*
                /// The result: 0, or an error code.
                ReturnValue => code: u32,
            }
        }

        impl $crate::dimsvc::Call for $request {
            const OPNUM: u16 = $opnum;
            const NAME: &'static str = stringify!($name);
            const FUNCTIONS: &'static [mprapi_sys::Function] = &[$(mprapi_sys::Function::$function),+];
            type Answer = $answer;

            fn failed(code: u32) -> $answer {
                let mut answer = <$answer as $crate::dimsvc::Message>::fill(&mut $crate::ndr::Source::default());
                answer.code = code;
                answer
            }
        }

        impl $crate::dimsvc::Coded for $answer {
            fn code(&self) -> u32 {
                self.code
            }
        }
    };
}

pub(crate) use {operation, parameters};
