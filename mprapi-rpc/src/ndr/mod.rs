//! Values in network data representation (NDR, C706 chapter 14): transfer syntax 8a885d04-1ceb-11c9-9fe8-08002b104860,
//! version 2.0, little-endian.
//!
//! NDR puts the pointees of embedded pointers behind the structure that has the pointers. So a value has a *head*, which
//! is its place in the structure, and a *tail*: its pointees. [`Ndr`] writes and reads the two; types without a pointer
//! have no tail.
//!
//! | interface definition | here |
//! |---|---|
//! | `UCHAR`, `USHORT`, `DWORD`, `BOOL`, `ULONG64`, `ULONG_PTR` | `u8`, `u16`, `u32`, `u32`, `u64`, `u32` |
//! | `enum` | `u16`: without `v1_enum`, an enumeration travels as 16 bits |
//! | `WCHAR x[257]`, `UCHAR x[8]` | `[u16; 257]`, `[u8; 8]` |
//! | `unique` pointer | [`Option`] |
//! | a number, and `size_is` of it on a `unique` pointer | [`Counted`] |
//! | `[string] LPWSTR` | [`WideString`], or [`Password`] |
//! | `struct` | a structure with an implementation of [`Ndr`] by `ndr_struct!` |
//! | `union … switch` | an enumeration with an implementation by `ndr_union!` |
//! | `ref` pointer, `handle_t` | the type itself, nothing: neither is transmitted |
//!
//! # Hostile messages
//! A count is compared with the bytes that are left before memory is taken for it, and the compiler checks that no
//! element takes more than [`MOST_MEMORY`] times the bytes that it has in the message. No type contains itself, so the
//! depth of the calls is bounded by the definitions.

#![forbid(unsafe_code)]

mod counted;
mod decoder;
mod encoder;
mod error;
mod macros;
mod pointer;
mod primitive;
mod source;
mod string;

pub use counted::Counted;
pub use decoder::Decoder;
pub use encoder::Encoder;
pub use error::{Error, ErrorKind};
pub(crate) use macros::{max, min, ndr_struct, ndr_union};
pub use source::Source;
pub use string::{Password, WideString};

/// The most memory that a decoded message takes from the heap, as a multiple of its length.
pub const MOST_MEMORY: usize = 16;

/// Types with a representation in NDR.
pub trait Ndr: Sized {
    /// The alignment of the head, in bytes: 1, 2, 4 or 8.
    const ALIGN: usize;

    /// The fewest bytes that the head takes, without those that align it.
    const SIZE: usize;

    /// The decoded head, before the pointees are known.
    type Head;

    /// Makes a value from the bytes of a source, for tests; from [`Source::default`] the value that is zero, null or empty.
    fn fill(source: &mut Source<'_>) -> Self;

    /// Writes the head.
    fn encode_head(&self, encoder: &mut Encoder);

    /// Writes the pointees of the pointers in the head, none if the type has no pointers.
    fn encode_tail(&self, _encoder: &mut Encoder) {}

    /// Reads the head.
    ///
    /// # Errors
    /// [`Error`] if the bytes are not a head of this type.
    fn decode_head(decoder: &mut Decoder<'_>) -> Result<Self::Head, Error>;

    /// Reads the pointees, and returns the whole value.
    ///
    /// # Errors
    /// [`Error`] if the bytes are not what the head announces.
    fn decode_tail(head: Self::Head, decoder: &mut Decoder<'_>) -> Result<Self, Error>;

    /// Writes a whole value, as a parameter is: its head, then its tail.
    fn encode(&self, encoder: &mut Encoder) {
        self.encode_head(encoder);
        self.encode_tail(encoder);
    }

    /// Reads a whole value.
    ///
    /// # Errors
    /// [`Error`] if the bytes are not a value of this type.
    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Error> {
        let head = Self::decode_head(decoder)?;
        Self::decode_tail(head, decoder)
    }

    /// Writes the elements of an array: all heads, then all tails. Those of none are aligned too, as Windows and Wine do.
    fn encode_all(elements: &[Self], encoder: &mut Encoder) {
        encoder.align(Self::ALIGN);
        elements.iter().for_each(|element| element.encode_head(encoder));
        elements.iter().for_each(|element| element.encode_tail(encoder));
    }

    /// Overwrites elements whose memory is about to be given back: bytes and units may be a key or a password. Elements of
    /// other types stay as they are: each overwrites its own secrets when it is dropped.
    fn wipe(_elements: &mut [Self]) {}

    /// Reads the elements of an array.
    ///
    /// # Errors
    /// [`Error`] if the message cannot have that many, or one of them is wrong.
    fn decode_all(count: u32, decoder: &mut Decoder<'_>) -> Result<Vec<Self>, Error> {
        const { assert_memory::<Self>() };
        decoder.align(Self::ALIGN)?;
        let count = decoder.check_count(count, Self::SIZE)?;
        let mut heads = Vec::with_capacity(count);
        for _ in 0..count {
            heads.push(Self::decode_head(decoder)?);
        }
        let mut elements = Vec::with_capacity(count);
        for head in heads {
            elements.push(Self::decode_tail(head, decoder)?);
        }
        Ok(elements)
    }
}

/// Stops the compiler if a value and its head take more memory than [`MOST_MEMORY`] allows.
pub(crate) const fn assert_memory<T: Ndr>() {
    assert!(size_of::<T>() + size_of::<T::Head>() <= MOST_MEMORY * T::SIZE);
}
