//! A row and its columns: one description, from which tables, JSON, CSV, the schema, `--columns`, `--sort`, `--where` and
//! their completions come.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

use super::value::{Mood, Value};
use crate::failure::Failure;

/// A line of a table, an object of JSON.
pub(crate) trait Row: Columns + Serialize + JsonSchema + 'static {
    /// The value of `kind` in JSON.
    const KIND: &'static str;
    /// The message for a person if there are no rows.
    const NOTHING: &'static str = "nothing to show";

    /// Returns the name of the row, which other commands take: the first column that is not the server.
    fn name(&self) -> String {
        let mut name = String::new();
        if let Some(column) = Self::COLUMNS.iter().find(|column| column.name != "server") {
            column.value(self).write_exact(&mut name);
        }
        name
    }

    /// Returns the row of a server that failed, for kinds that have one.
    fn of_failed(_failure: &Failure) -> Option<Self> {
        None
    }

    /// Returns the object that an action failed on, and the failure, for rows that report actions.
    fn failure(&self) -> Option<(String, &Failure)> {
        None
    }
}

/// The columns of a row, or of a part of a row that has its members inside it. Written by [`row!`].
pub(crate) trait Columns: Sized {
    /// The columns, in the order of tables and CSV.
    const COLUMNS: &'static [Column];

    /// Returns the value of the column whose [`Column::value`] asks for it.
    fn cell(&self, index: usize) -> Value<'_>;

    /// Sets the server that the row comes from.
    fn set_server(&mut self, server: &str);
}

/// A row of any kind. What prints rows is compiled once for all kinds, and not once for each.
pub(crate) trait AnyRow {
    /// Returns the value of a column, by its number.
    fn value_of(&self, index: usize) -> Value<'_>;
}

impl<C: Columns> AnyRow for C {
    fn value_of(&self, index: usize) -> Value<'_> {
        self.cell(index)
    }
}

/// A part that a server may not have told.
impl<P: Columns> Columns for Option<P> {
    const COLUMNS: &'static [Column] = P::COLUMNS;

    fn cell(&self, index: usize) -> Value<'_> {
        Value::maybe(self.as_ref(), |part| part.cell(index))
    }

    fn set_server(&mut self, server: &str) {
        self.iter_mut().for_each(|part| part.set_server(server));
    }
}

/// A type of the fields of rows. It decides how a column is shown that says nothing else.
pub(crate) trait Field {
    /// Returns the value of the cell.
    fn value(&self) -> Value<'_>;

    /// Sets the server that the row comes from, in fields that tell of it.
    fn set_server(&mut self, _server: &str) {}
}

/// The name of the server that a row comes from. It is empty until [`Columns::set_server`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct ServerName(pub(crate) String);

impl JsonSchema for ServerName {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

impl Field for ServerName {
    fn value(&self) -> Value<'_> {
        Value::text(&self.0)
    }

    fn set_server(&mut self, server: &str) {
        server.clone_into(&mut self.0);
    }
}

/// A word for a state, and how it looks in a table. JSON has the word.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct State {
    word: Cow<'static, str>,
    #[serde(skip)]
    mood: Mood,
}

impl JsonSchema for State {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

impl State {
    pub(crate) fn new(word: impl Into<Cow<'static, str>>, mood: Mood) -> State {
        State { word: word.into(), mood }
    }

    pub(crate) fn word(&self) -> &str {
        &self.word
    }
}

impl Field for State {
    fn value(&self) -> Value<'_> {
        Value::State(self.word.as_ref().into(), self.mood)
    }
}

impl Field for String {
    fn value(&self) -> Value<'_> {
        Value::text(self)
    }
}

impl Field for &'static str {
    fn value(&self) -> Value<'_> {
        Value::text(self)
    }
}

impl Field for Vec<String> {
    fn value(&self) -> Value<'_> {
        Value::owned(self.join(", "))
    }
}

impl Field for IpAddr {
    fn value(&self) -> Value<'_> {
        Value::Address(*self)
    }
}

impl Field for Ipv4Addr {
    fn value(&self) -> Value<'_> {
        Value::Address((*self).into())
    }
}

impl Field for Ipv6Addr {
    fn value(&self) -> Value<'_> {
        Value::Address((*self).into())
    }
}

impl Field for bool {
    fn value(&self) -> Value<'_> {
        Value::Yes(*self)
    }
}

impl Field for u8 {
    fn value(&self) -> Value<'_> {
        Value::Count((*self).into())
    }
}

impl Field for u32 {
    fn value(&self) -> Value<'_> {
        Value::Count((*self).into())
    }
}

impl Field for u64 {
    fn value(&self) -> Value<'_> {
        Value::Count(*self)
    }
}

impl Field for Duration {
    fn value(&self) -> Value<'_> {
        Value::Time(*self)
    }
}

/// In a cell a failure is a sentence; JSON has an object.
impl Field for Failure {
    fn value(&self) -> Value<'_> {
        Value::owned(self.sentence())
    }

    fn set_server(&mut self, server: &str) {
        *self = self.clone().about(server);
    }
}

impl<F: Field> Field for Option<F> {
    fn value(&self) -> Value<'_> {
        Value::maybe(self.as_ref(), F::value)
    }

    fn set_server(&mut self, server: &str) {
        self.iter_mut().for_each(|field| field.set_server(server));
    }
}

/// Shows a number as bytes.
pub(crate) fn bytes<F: Field>(field: &F) -> Value<'_> {
    match field.value() {
        Value::Count(count) => Value::Bytes(count),
        other => other,
    }
}

/// A column of a row.
#[derive(Clone, Copy)]
pub(crate) struct Column {
    /// The name in JSON, CSV, `--sort`, `--where` and `--columns`: that of the field.
    pub(crate) name: &'static str,
    /// The header in a table.
    pub(crate) title: &'static str,
    pub(crate) place: Place,
    /// The number that [`Columns::cell`] knows it by.
    index: usize,
    /// The column that it stands behind, until the columns are in order.
    after: Option<&'static str>,
}

/// When a table shows a column without `--columns`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Always.
    Always,
    /// If several servers are asked.
    Fleet,
    /// If the terminal has room; the last of these columns goes first.
    IfRoom,
    /// If a row has a value other than `no`.
    IfThere,
    /// In a row that lacks the values of the columns before it, in their room. In a table it has no room of its own.
    Instead,
    /// Only when asked for.
    Asked,
}

impl Column {
    /// Describes a column that has the name of a field.
    pub(crate) const fn new(field: &'static str, title: &'static str, place: Place) -> Column {
        Column { name: name(field), title, place, index: 0, after: None }
    }

    /// Has the column stand behind another one in tables and CSV. In JSON it keeps the place of the field.
    pub(crate) const fn after(self, field: &'static str) -> Column {
        Column { after: Some(name(field)), ..self }
    }

    /// Returns the column of a row, for a row that has the same one. An unknown name does not compile.
    pub(crate) const fn of<C: Columns>(name: &str) -> Column {
        C::COLUMNS[find(C::COLUMNS, C::COLUMNS.len(), name)]
    }

    /// Returns the value of this column in a row that has it.
    pub(crate) fn value<'r>(&self, row: &'r dyn AnyRow) -> Value<'r> {
        row.value_of(self.index)
    }

    /// Numbers columns that are written by hand, in their order.
    pub(crate) const fn numbered<const N: usize>(mut columns: [Column; N]) -> [Column; N] {
        let mut index = 0;
        while index < N {
            columns[index].index = index;
            index += 1;
        }
        columns
    }

    /// Counts the columns of all fields.
    pub(crate) const fn count(fields: &[&[Column]]) -> usize {
        let (mut count, mut index) = (0, 0);
        while index < fields.len() {
            count += fields[index].len();
            index += 1;
        }
        count
    }

    /// Numbers the `N` columns of all fields and puts them in order: first those that stand where their field does.
    pub(crate) const fn in_order<const N: usize>(fields: &[&[Column]]) -> [Column; N] {
        let mut columns = [Column::new("", "", Place::Always); N];
        let (mut placed, mut is_moved) = (0, false);
        loop {
            let (mut first, mut field) = (0, 0);
            while field < fields.len() {
                let mut index = 0;
                while index < fields[field].len() {
                    let column = fields[field][index];
                    if column.after.is_some() == is_moved {
                        let place = match column.after {
                            Some(name) => find(&columns, placed, name) + 1,
                            None => placed,
                        };
                        let mut last = placed;
                        while last > place {
                            columns[last] = columns[last - 1];
                            last -= 1;
                        }
                        columns[place] = Column { index: first + column.index, after: None, ..column };
                        placed += 1;
                    }
                    index += 1;
                }
                first += fields[field].len();
                field += 1;
            }
            if is_moved {
                return columns;
            }
            is_moved = true;
        }
    }
}

/// Returns the name of a field without the `r#` that Rust puts before names that are keywords.
const fn name(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}

/// Finds the place of the column `name` among the first `count` columns. An unknown name does not compile.
const fn find(columns: &[Column], count: usize, name: &str) -> usize {
    let mut place = 0;
    while place < count {
        if are_equal(columns[place].name.as_bytes(), name.as_bytes()) {
            return place;
        }
        place += 1;
    }
    panic!("there is no such column")
}

const fn are_equal(one: &[u8], two: &[u8]) -> bool {
    match (one, two) {
        ([], []) => true,
        ([first, one @ ..], [second, two @ ..]) => *first == *second && are_equal(one, two),
        _ => false,
    }
}

/// Defines a row, or without a kind a part of one. A field is written once, with its description for the schema, its type,
/// where its column stands in a table, and the title there. The name of the field is the column's in JSON, CSV and on the
/// command line.
///
/// ```text
/// row! {
///     /// A device that remote access can use.
///     pub(crate) struct Device: "device" {
///         /// The server.
///         server: ServerName => Fleet "Server",
///         /// The name.
///         name: String => Always "Device",
///         /// The length of its settings, in bytes.
///         size: u64 => Asked "Size" as bytes,        // shown by `bytes` instead of as its type is
///         r#type: String => Always "Type" after name, // in tables and CSV behind another column
///         #[serde(flatten)]
///         load: Option<Load> => ..Option<Load>,       // the columns of a part
///         #[serde(skip)]
///         mood: Mood,                                 // no column
///     }
/// }
/// ```
///
/// becomes, apart from the names of modules:
///
/// ```text
/// /// A device that remote access can use.
/// #[derive(Clone, Debug, Serialize, JsonSchema)]
/// pub(crate) struct Device {
///     /// The server.
///     server: ServerName,
///     …
/// }
///
/// impl Columns for Device {
///     const COLUMNS: &'static [Column] = {
///         const FIELDS: &[&[Column]] = &[
///             &[Column::new(stringify!(server), "Server", Place::Fleet)],
///             …
///             &[Column::new(stringify!(r#type), "Type", Place::Always).after(stringify!(name))],
///             <Option<Load> as Columns>::COLUMNS,
///         ];
///         &Column::in_order::<{ Column::count(FIELDS) }>(FIELDS)
///     };
///
///     fn cell(&self, index: usize) -> Value<'_> {
///         let Some(index) = index.checked_sub(1) else { return Field::value(&self.server) };
///         let Some(index) = index.checked_sub(1) else { return Field::value(&self.name) };
///         let Some(index) = index.checked_sub(1) else { return bytes(&self.size) };
///         let Some(index) = index.checked_sub(1) else { return Field::value(&self.r#type) };
///         let part = <Option<Load> as Columns>::COLUMNS.len();
///         let Some(index) = index.checked_sub(part) else { return self.load.cell(index) };
///         unreachable!("{} has no column {index}", stringify!(Device))
///     }
///
///     fn set_server(&mut self, server: &str) {
///         Field::set_server(&mut self.server, server);
///         …
///         <Option<Load> as Columns>::set_server(&mut self.load, server);
///     }
/// }
///
/// impl Row for Device {
///     const KIND: &'static str = "device";
/// }
/// ```
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $Row:ident $(: $kind:literal)? { $(
        $(#[$attr:meta])* $seen:vis $field:ident: $type:ty
        $(=> $place:ident $title:literal $(after $other:ident)? $(as $value:path)?)? $(=> ..$part:ty)?,
    )* }) => {
        $(#[$meta])* #[derive(Clone, Debug, serde::Serialize, schemars::JsonSchema)]
        $vis struct $Row { $($(#[$attr])* $seen $field: $type,)* }

        impl $crate::output::Columns for $Row {
            const COLUMNS: &'static [$crate::output::Column] = {
                use $crate::output::Column;
                const FIELDS: &[&[Column]] = &[$(
                    $(&[Column::new(stringify!($field), $title, $crate::output::Place::$place)$(.after(stringify!($other)))?],)?
                    $(<$part as $crate::output::Columns>::COLUMNS,)?
                )*];
                &Column::in_order::<{ Column::count(FIELDS) }>(FIELDS)
            };
            fn cell(&self, index: usize) -> $crate::output::Value<'_> {
                $($(let Some(index) = index.checked_sub(1) else { return row!(@value self.$field $(, $value)?) };)?
                $(let part = <$part as $crate::output::Columns>::COLUMNS.len();
                let Some(index) = index.checked_sub(part) else { return self.$field.cell(index) };)?)*
                unreachable!("{} has no column {index}", stringify!($Row))
            }
            fn set_server(&mut self, server: &str) {
                $(row!(@server self.$field, server $(, $title)? $(, ..$part)?);)*
            }
        }
        $(impl $crate::output::Row for $Row { const KIND: &'static str = $kind; })?
    };
    (@value $field:expr) => { $crate::output::Field::value(&$field) };
    (@value $field:expr, $value:path) => { $value(&$field) };
    (@server $field:expr, $server:expr) => {};
    (@server $field:expr, $server:expr, $title:literal) => { $crate::output::Field::set_server(&mut $field, $server) };
    (@server $field:expr, $server:expr, ..$part:ty) => { <$part as $crate::output::Columns>::set_server(&mut $field, $server) };
}
pub(crate) use row;
