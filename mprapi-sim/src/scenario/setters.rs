//! The methods that set one field of a description.

/// Methods that take `self`, set one thing and give `self` back.
macro_rules! setters {
    ($($(#[doc = $text:literal])+ $name:ident: $type:ty;)+) => {
        $(
            $(#[doc = $text])+
            #[must_use]
            pub fn $name(mut self, $name: impl Into<$type>) -> Self {
                self.$name = $name.into();
                self
            }
        )+
    };
}

pub(super) use setters;
