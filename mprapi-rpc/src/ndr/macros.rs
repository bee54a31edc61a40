//! Descriptions of structures and unions, as the interface definition has them. Encoding and decoding come from one
//! description.

/// Returns the largest number.
pub(crate) const fn max(numbers: &[usize]) -> usize {
    let mut most = 1;
    let mut at = 0;
    while at < numbers.len() {
        if numbers[at] > most {
            most = numbers[at];
        }
        at += 1;
    }
    most
}

/// Returns the smallest number.
pub(crate) const fn min(numbers: &[usize]) -> usize {
    let mut least = usize::MAX;
    let mut at = 0;
    while at < numbers.len() {
        if numbers[at] < least {
            least = numbers[at];
        }
        at += 1;
    }
    least
}

/// Makes a structure and its implementation of [`Ndr`](super::Ndr). A field is its name in the interface definition, its
/// name here, and its type.
///
/// `ndr_struct! { struct FileTime { dwLowDateTime => low: u32, dwHighDateTime => high: u32 } }` becomes
///
/// ```text
/// #[derive(Clone, Debug, PartialEq, Eq)]
/// pub struct FileTime {
///     pub low: u32,
///     pub high: u32,
/// }
///
/// impl Ndr for FileTime {
///     const ALIGN: usize = max(&[u32::ALIGN, u32::ALIGN]);
///     const SIZE: usize = 0 + u32::SIZE + u32::SIZE;
///     type Head = (u32::Head, u32::Head);
///
///     fn fill(source: &mut Source<'_>) -> Self {
///         Self { low: Ndr::fill(source), high: Ndr::fill(source) }
///     }
///
///     fn encode_head(&self, encoder: &mut Encoder) {
///         encoder.align(Self::ALIGN);
///         self.low.encode_head(encoder);
///         self.high.encode_head(encoder);
///     }
///
///     fn encode_tail(&self, encoder: &mut Encoder) {
///         self.low.encode_tail(encoder);
///         self.high.encode_tail(encoder);
///     }
///
///     fn decode_head(decoder: &mut Decoder<'_>) -> Result<Self::Head, Error> {
///         decoder.align(Self::ALIGN)?;
///         Ok((
///             { decoder.enter("dwLowDateTime"); u32::decode_head(decoder)? },
///             { decoder.enter("dwHighDateTime"); u32::decode_head(decoder)? },
///         ))
///     }
///
///     fn decode_tail((low, high): Self::Head, decoder: &mut Decoder<'_>) -> Result<Self, Error> {
///         Ok(Self {
///             low: { decoder.enter("dwLowDateTime"); Ndr::decode_tail(low, decoder)? },
///             high: { decoder.enter("dwHighDateTime"); Ndr::decode_tail(high, decoder)? },
///         })
///     }
/// }
/// ```
macro_rules! ndr_struct {
    ($(#[$meta:meta])* struct $name:ident {
        $($(#[$doc:meta])* $idl:ident => $field:ident: $type:ty),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name {
            $($(#[$doc])* pub $field: $type,)+
        }

        impl $crate::ndr::Ndr for $name {
            const ALIGN: usize = $crate::ndr::max(&[$(<$type as $crate::ndr::Ndr>::ALIGN),+]);
            const SIZE: usize = 0 $(+ <$type as $crate::ndr::Ndr>::SIZE)+;
            type Head = ($(<$type as $crate::ndr::Ndr>::Head,)+);

            fn fill(source: &mut $crate::ndr::Source<'_>) -> Self {
                Self { $($field: $crate::ndr::Ndr::fill(source)),+ }
            }

            fn encode_head(&self, encoder: &mut $crate::ndr::Encoder) {
                encoder.align(Self::ALIGN);
                $($crate::ndr::Ndr::encode_head(&self.$field, encoder);)+
            }

            fn encode_tail(&self, encoder: &mut $crate::ndr::Encoder) {
                $($crate::ndr::Ndr::encode_tail(&self.$field, encoder);)+
            }

            fn decode_head(
                decoder: &mut $crate::ndr::Decoder<'_>,
            ) -> Result<Self::Head, $crate::ndr::Error> {
                decoder.align(Self::ALIGN)?;
                Ok(($({
                    decoder.enter(stringify!($idl));
                    <$type as $crate::ndr::Ndr>::decode_head(decoder)?
                },)+))
            }

            fn decode_tail(
                ($($field,)+): Self::Head,
                decoder: &mut $crate::ndr::Decoder<'_>,
            ) -> Result<Self, $crate::ndr::Error> {
                Ok(Self { $($field: {
                    decoder.enter(stringify!($idl));
                    $crate::ndr::Ndr::decode_tail($field, decoder)?
                },)+ })
            }
        }
    };
}

/// Makes an enumeration and its implementation of [`Ndr`](super::Ndr) from an encapsulated union: a tag of one byte, and the
/// member that it chooses. The members are boxed, since they differ much in size.
///
/// The tag is aligned as a byte, and the member as its type: the alignment of a whole union counts only for a structure or
/// an array around it (C706, 14.3.2). Wine aligns the tag too, as the union lies in memory; that reads as padding, see
/// `Decoder::tag`. The two differ in `RAS_CONNECTION_EX_1_IDL` and lists of it, and were not compared with a real server.
///
/// `ndr_union! { union ProjectionInfo1(projectionInfoType) { 1 => Ppp(PppProjection1), 2 => Ikev2(Ikev2Projection1) } }`
/// becomes
///
/// ```text
/// #[derive(Clone, Debug, PartialEq, Eq)]
/// pub enum ProjectionInfo1 {
///     Ppp(Box<PppProjection1>),
///     Ikev2(Box<Ikev2Projection1>),
/// }
///
/// pub enum Head {
///     Ppp(Box<PppProjection1::Head>),
///     Ikev2(Box<Ikev2Projection1::Head>),
/// }
///
/// impl Ndr for ProjectionInfo1 {
///     const ALIGN: usize = max(&[PppProjection1::ALIGN, Ikev2Projection1::ALIGN]);
///     const SIZE: usize = 1 + min(&[PppProjection1::SIZE, Ikev2Projection1::SIZE]);
///     type Head = Head;
///
///     fn fill(source: &mut Source<'_>) -> Self {
///         // One function a member.
///         let members = [|source| Self::Ppp(Box::new(Ndr::fill(source))), …];
///         members[usize::from(source.byte()) % members.len()](source)
///     }
///
///     fn encode_head(&self, encoder: &mut Encoder) {
///         match self {
///             Self::Ppp(member) => { encoder.put(&[1]); member.encode_head(encoder) }
///             …
///         }
///     }
///
///     fn decode_head(decoder: &mut Decoder<'_>) -> Result<Head, Error> {
///         decoder.enter("projectionInfoType");
///         match decoder.tag()? {
///             1 => PppProjection1::decode_head(decoder).map(|head| Head::Ppp(Box::new(head))),
///             …
///             tag => Err(decoder.error(ErrorKind::UnknownTag(tag))),
///         }
///     }
///
///     // encode_tail and decode_tail pass on to the member's.
/// }
/// ```
macro_rules! ndr_union {
    ($(#[$meta:meta])* union $name:ident($tag:ident) {
        $($(#[$doc:meta])* $value:literal => $member:ident($type:ty)),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$doc])* $member(Box<$type>),)+
        }

        const _: () = {
            // Public as the trait's associated types must be, and without a name outside.
            pub enum Head {
                $($member(Box<<$type as $crate::ndr::Ndr>::Head>),)+
            }

            impl $crate::ndr::Ndr for $name {
                const ALIGN: usize = $crate::ndr::max(&[$(<$type as $crate::ndr::Ndr>::ALIGN),+]);
                const SIZE: usize = 1 + $crate::ndr::min(&[$(<$type as $crate::ndr::Ndr>::SIZE),+]);
                type Head = Head;

                fn fill(source: &mut $crate::ndr::Source<'_>) -> Self {
                    let members: &[fn(&mut $crate::ndr::Source<'_>) -> Self] =
                        &[$(|source| Self::$member(Box::new($crate::ndr::Ndr::fill(source)))),+];
                    members[usize::from(source.byte()) % members.len()](source)
                }

                fn encode_head(&self, encoder: &mut $crate::ndr::Encoder) {
                    match self {
                        $(Self::$member(member) => {
                            encoder.put(&[$value]);
                            $crate::ndr::Ndr::encode_head(&**member, encoder);
                        })+
                    }
                }

                fn encode_tail(&self, encoder: &mut $crate::ndr::Encoder) {
                    match self {
                        $(Self::$member(member) => $crate::ndr::Ndr::encode_tail(&**member, encoder),)+
                    }
                }

                fn decode_head(
                    decoder: &mut $crate::ndr::Decoder<'_>,
                ) -> Result<Head, $crate::ndr::Error> {
                    decoder.enter(stringify!($tag));
                    let tag = decoder.tag()?;
                    match tag {
                        $($value => {
                            const { $crate::ndr::assert_memory::<$type>() };
                            let head = <$type as $crate::ndr::Ndr>::decode_head(decoder)?;
                            Ok(Head::$member(Box::new(head)))
                        })+
                        _ => Err(decoder.error($crate::ndr::ErrorKind::UnknownTag(tag))),
                    }
                }

                fn decode_tail(
                    head: Head,
                    decoder: &mut $crate::ndr::Decoder<'_>,
                ) -> Result<Self, $crate::ndr::Error> {
                    match head {
                        $(Head::$member(head) => {
                            <$type as $crate::ndr::Ndr>::decode_tail(*head, decoder)
                                .map(|member| Self::$member(Box::new(member)))
                        })+
                    }
                }
            }
        };
    };
}

pub(crate) use {ndr_struct, ndr_union};
