//! Fields that several records of the API have under one name, and the records that lists are made of.

/// Defines a trait of fields, and implements it for the records that have them. A method that is written once, for all
/// records of the trait, then reads them.
///
/// The fields before the semicolon are given by value, those behind it by reference. A trait that bounds
/// public methods is public, but in a private module: only this crate can name or implement it. So
///
/// ```text
/// fields! {
///     /// Records that name the user.
///     pub HasUser { dwInterfaceType: DWORD; wszUserName: [u16; 257] }
///     of RAS_CONNECTION_0 RAS_CONNECTION_2
/// }
/// ```
///
/// becomes
///
/// ```text
/// /// Records that name the user.
/// #[allow(non_snake_case, reason = "the names are the header's")]
/// pub trait HasUser {
///     fn dwInterfaceType(&self) -> DWORD;
///     fn wszUserName(&self) -> &[u16; 257];
/// }
///
/// impl HasUser for RAS_CONNECTION_0 {
///     #[inline]
///     fn dwInterfaceType(&self) -> DWORD {
///         self.dwInterfaceType
///     }
///
///     #[inline]
///     fn wszUserName(&self) -> &[u16; 257] {
///         &self.wszUserName
///     }
/// }
///
/// // … and the same for RAS_CONNECTION_2.
/// ```
macro_rules! fields {
    ($(#[$meta:meta])* $vis:vis $name:ident $fields:tt of $($record:ident)+) => {
        $crate::fields::fields!(@define [$(#[$meta])*] [$vis] $name $fields);
        $($crate::fields::fields!(@implement $name $record $fields);)+
    };
    (@define [$($meta:tt)*] [$($vis:tt)*] $name:ident { $($value:ident: $type:ty),* $(; $($array:ident: $of:ty),+)? }) => {
        $($meta)*
        #[allow(non_snake_case, reason = "the names are the header's")]
        $($vis)* trait $name {
            $(#[doc(hidden)] fn $value(&self) -> $type;)*
            $($(#[doc(hidden)] fn $array(&self) -> &$of;)+)?
        }
    };
    (@implement $name:ident $record:ident { $($value:ident: $type:ty),* $(; $($array:ident: $of:ty),+)? }) => {
        impl $name for $record {
            $(#[inline] fn $value(&self) -> $type { self.$value })*
            $($(#[inline] fn $array(&self) -> &$of { &self.$array })+)?
        }
    };
}

pub(crate) use fields;

/// Makes records into items of a server's lists. The first name is that of their view, whose `new` takes the server and a
/// record; the second is the trait by which callers name a record. A record may have a level, and a function that
/// overwrites what is secret in it. So
///
/// ```text
/// records! { Interface, InterfaceRecord: MPR_INTERFACE_2 = 2, wiped by wipe; }
/// ```
///
/// becomes
///
/// ```text
/// impl Record for MPR_INTERFACE_2 {
///     type Owner = Server;
///     type View<'l> = Interface<'l, MPR_INTERFACE_2>;
///
///     #[inline]
///     unsafe fn view<'l>(server: &'l Server, record: &'l MPR_INTERFACE_2, _: Inside) -> Interface<'l, MPR_INTERFACE_2> {
///         Interface::new(server, record)
///     }
///
///     #[inline]
///     unsafe fn wipe(record: MPR_INTERFACE_2, _: Inside) {
///         // SAFETY: passed on to the caller.
///         unsafe { wipe(&record) };
///     }
/// }
///
/// impl InterfaceRecord for MPR_INTERFACE_2 {}
///
/// impl Level for MPR_INTERFACE_2 {
///     const LEVEL: u32 = 2;
/// }
/// ```
macro_rules! records {
    ($view:ident, $marker:ident: $($record:ident $(= $level:literal)? $(, wiped by $wipe:path)?;)+) => {
        $(
            impl $crate::Record for $record {
                type Owner = $crate::Server;
                type View<'l> = $view<'l, $record>;

                #[inline]
                unsafe fn view<'l>(
                    server: &'l $crate::Server,
                    record: &'l $record,
                    _: $crate::inside::Inside,
                ) -> $view<'l, $record> {
                    $view::new(server, record)
                }

                $(
                    #[inline]
                    unsafe fn wipe(record: $record, _: $crate::inside::Inside) {
                        // SAFETY: passed on to the caller.
                        unsafe { $wipe(&record) };
                    }
                )?
            }

            impl $marker for $record {}

            $(impl $crate::list::Level for $record { const LEVEL: u32 = $level; })?
        )+
    };
}

pub(crate) use records;
