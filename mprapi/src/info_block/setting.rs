//! Infos whose items have a Rust type.

use std::fmt;

use super::wire::{Parsed, Reader, Writer};
use super::{Info, InfoBlock, InfoBlockBuf, InfoType, MalformedInfoBlock};
use crate::{Error, Result};

/// A type of info whose items this crate can read and write as a Rust value.
///
/// The constants are the infos of the IP transports that [MS-RRASM] specifies: [`ROUTES`](Setting::ROUTES),
/// [`INPUT_FILTERS`](Setting::INPUT_FILTERS) and so on. The layouts are those of the specification. Blocks without routes and
/// filters that a Windows 7 had stored agree with it; they were never tried against a real Windows Server.
///
/// [`InfoBlock::find`] returns the bytes of the same infos.
///
/// ```
/// use mprapi::{InfoBlock, InfoBlockBuf};
/// use mprapi::info_block::{Route, Setting};
///
/// let mut block = InfoBlockBuf::new();
/// let route = Route::ipv4([10, 2, 0, 0].into(), 16, [10, 1, 0, 254].into())?.with_metric(5);
/// block.put(Setting::ROUTES, &vec![route])?;
///
/// let bytes = block.to_bytes();
/// let routes = InfoBlock::parse(&bytes)?.get(Setting::ROUTES)?.unwrap_or_default();
/// assert_eq!(routes[0].to_string(), "10.2.0.0/16 via 10.1.0.254 metric 5");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [MS-RRASM]: https://learn.microsoft.com/openspecs/windows_protocols/ms-rrasm
pub struct Setting<T> {
    info_type: InfoType,
    parse: fn(Info<'_>) -> Parsed<Option<T>>,
    build: fn(&T) -> Built,
}

/// The items of an info, or the reason why a value has no layout.
pub(super) type Built = std::result::Result<Items, &'static str>;

/// The items of an info.
pub(super) struct Items {
    size: usize,
    data: Vec<u8>,
}

impl Items {
    /// Makes one item of all its fields.
    #[inline]
    pub(super) fn one(item: Writer) -> Items {
        Items { size: item.0.len(), data: item.0 }
    }

    /// Makes items of `size` bytes each, or none.
    #[inline]
    pub(super) fn several(size: usize, items: Writer) -> Items {
        Items { size, data: items.0 }
    }
}

/// Reads an info with one item or none. The caller decides about bytes behind the fields.
#[inline]
pub(super) fn single<T>(
    info: Info<'_>,
    read: impl FnOnce(&mut Reader<'_>) -> Parsed<T>,
) -> Parsed<Option<T>> {
    match info.count() {
        0 => Ok(None),
        1 => read(&mut Reader(info.data())).map(Some),
        _ => Err(MalformedInfoBlock("the info has several items, but its type has one")),
    }
}

/// Reads an info with one item, which ends with its fields, or none.
#[inline]
pub(super) fn exact<T>(info: Info<'_>, read: impl FnOnce(&mut Reader<'_>) -> Parsed<T>) -> Parsed<Option<T>> {
    single(info, |reader| {
        let value = read(reader)?;
        reader.end().map(|()| value)
    })
}

impl<T> Setting<T> {
    #[inline]
    pub(super) const fn new(
        info_type: InfoType,
        parse: fn(Info<'_>) -> Parsed<Option<T>>,
        build: fn(&T) -> Built,
    ) -> Setting<T> {
        Setting { info_type, parse, build }
    }

    /// Returns the type of the info.
    #[inline]
    pub fn info_type(&self) -> InfoType {
        self.info_type
    }
}

impl<T> Clone for Setting<T> {
    #[inline]
    fn clone(&self) -> Setting<T> {
        *self
    }
}

impl<T> Copy for Setting<T> {}

impl<T> fmt::Debug for Setting<T> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Setting").field(&self.info_type).finish()
    }
}

impl Info<'_> {
    /// Reads the items as a value. Returns `None` for an info without items, unless the value is a list.
    ///
    /// # Errors
    /// [`MalformedInfoBlock`] if the info is of another type, or its bytes do not have the layout of the type.
    #[inline]
    pub fn read<T>(&self, setting: Setting<T>) -> std::result::Result<Option<T>, MalformedInfoBlock> {
        if self.info_type != setting.info_type {
            return Err(MalformedInfoBlock("the info is of another type"));
        }
        (setting.parse)(*self)
    }
}

impl InfoBlock<'_> {
    /// Reads the first info of a type as a value. Returns `None` if the block has no such info, or one without items whose
    /// value is not a list.
    ///
    /// # Errors
    /// [`MalformedInfoBlock`] if the bytes of the info do not have the layout of its type.
    #[inline]
    pub fn get<T>(&self, setting: Setting<T>) -> std::result::Result<Option<T>, MalformedInfoBlock> {
        self.find(setting.info_type).map_or(Ok(None), |info| info.read(setting))
    }
}

impl InfoBlockBuf {
    /// Reads the first info of a type as a value, as [`InfoBlock::get`].
    ///
    /// # Errors
    /// As [`InfoBlock::get`].
    #[inline]
    pub fn get<T>(&self, setting: Setting<T>) -> std::result::Result<Option<T>, MalformedInfoBlock> {
        self.find(setting.info_type).map_or(Ok(None), |info| info.read(setting))
    }

    /// Writes a value as the info of its type: replaces the info if the block has one, and else adds it at the end.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a value that the layout has no room for, or if
    /// the block would become larger than a gibibyte. The block is unchanged then.
    #[inline]
    pub fn put<T>(&mut self, setting: Setting<T>, value: &T) -> Result<()> {
        let problem = |problem| Error::argument("MprInfoBlockSet", problem);
        let items = (setting.build)(value).map_err(problem)?;
        let info = Info::items(setting.info_type, items.size, &items.data)?;
        if self.find(info.info_type()).is_some() { self.set(info) } else { self.add(info) }
    }
}
