//! Text on its way into the API, in whichever form the caller has it.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use zeroize::{Zeroize, Zeroizing};

use crate::{WideStr, WideString};

/// Text that a call takes: `&str`, `String`, [`WideStr`], [`WideString`], and what points to one of them.
///
/// The API's text is UTF-16 units, and a name may hold units that are no characters (unpaired surrogates). A [`WideStr`]
/// keeps them all, so a name that the API gave always names the same thing again:
///
/// ```
/// # use mprapi_sim::{Interface, InterfaceKind};
/// # let simulation = mprapi_sim::Server::new("doc-text")
/// #     .interface(Interface::new("branch-2", InterfaceKind::FullRouter)).start();
/// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
/// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
/// let server = mpr.connect(Some("doc-text"))?;
/// for interface in &server.interfaces()? {
///     server.find_interface(interface.name())?;
/// }
/// server.find_interface("branch-2")?;
/// # Ok::<(), mprapi::Error>(())
/// ```
pub trait Text {
    /// The UTF-16 units, without a terminator.
    fn utf16_units(&self) -> impl Iterator<Item = u16>;
}

impl Text for str {
    #[inline]
    fn utf16_units(&self) -> impl Iterator<Item = u16> {
        self.encode_utf16()
    }
}

impl Text for String {
    #[inline]
    fn utf16_units(&self) -> impl Iterator<Item = u16> {
        self.encode_utf16()
    }
}

impl Text for WideStr {
    #[inline]
    fn utf16_units(&self) -> impl Iterator<Item = u16> {
        self.units().iter().copied()
    }
}

impl Text for WideString {
    #[inline]
    fn utf16_units(&self) -> impl Iterator<Item = u16> {
        self.units().iter().copied()
    }
}

#[cfg(windows)]
impl Text for std::ffi::OsStr {
    #[inline]
    fn utf16_units(&self) -> impl Iterator<Item = u16> {
        std::os::windows::ffi::OsStrExt::encode_wide(self)
    }
}

#[cfg(windows)]
impl Text for std::ffi::OsString {
    #[inline]
    fn utf16_units(&self) -> impl Iterator<Item = u16> {
        self.as_os_str().utf16_units()
    }
}

/// Implements the trait for pointers to a text.
macro_rules! pointers {
    ($($pointer:ty)+) => {
        $(
            impl<T: Text + ?Sized> Text for $pointer {
                #[inline]
                fn utf16_units(&self) -> impl Iterator<Item = u16> {
                    (**self).utf16_units()
                }
            }
        )+
    };
}

pointers!(&T &mut T Box<T> Rc<T> Arc<T>);

/// A secret that is wiped when it is dropped.
impl<T: Text + Zeroize> Text for Zeroizing<T> {
    #[inline]
    fn utf16_units(&self) -> impl Iterator<Item = u16> {
        (**self).utf16_units()
    }
}

impl<T: Text + ToOwned + ?Sized> Text for Cow<'_, T> {
    #[inline]
    fn utf16_units(&self) -> impl Iterator<Item = u16> {
        (**self).utf16_units()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units<T: Text + ?Sized>(text: &T) -> Vec<u16> {
        text.utf16_units().collect()
    }

    #[test]
    fn text_in_every_form_has_the_same_units() {
        let expected: Vec<u16> = "Jürgen 🦀".encode_utf16().collect();
        let wide = WideString::from("Jürgen 🦀");
        assert_eq!(units("Jürgen 🦀"), expected);
        assert_eq!(units(&"Jürgen 🦀"), expected);
        assert_eq!(units(&String::from("Jürgen 🦀")), expected);
        assert_eq!(units(&Cow::from("Jürgen 🦀")), expected);
        assert_eq!(units(&Box::<str>::from("Jürgen 🦀")), expected);
        assert_eq!(units(&Rc::<str>::from("Jürgen 🦀")), expected);
        assert_eq!(units(&Arc::<str>::from("Jürgen 🦀")), expected);
        assert_eq!(units(&wide), expected);
        assert_eq!(units(&*wide), expected);
        assert_eq!(units(WideStr::new(&[0xD800, 0x41, 0xDC00])), [0xD800, 0x41, 0xDC00]);
    }
}
