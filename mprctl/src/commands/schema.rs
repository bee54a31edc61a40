//! The schema of JSON and NDJSON: the list of all that is a row, in one place.

use std::io::{self, Write as _};

use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Value, json};

use crate::action::Action;
use crate::commands::device::Device;
use crate::commands::explain::CodeRow;
use crate::commands::interface::{
    CredentialsRow, Ikev2Sheet, InterfaceDeviceRow, InterfaceRow, InterfaceSheet, InterfaceTransportRow,
    IpInIpRow, RouteUpdateRow,
};
use crate::commands::mib;
use crate::commands::port::{PortDetails, PortRow};
use crate::commands::server::{ControllerRow, KeyRow, RegistrationRow, TunnelRow};
use crate::commands::session::{Session, SessionDetails};
use crate::commands::site::SiteRow;
use crate::commands::status::Status;
use crate::commands::stored_configuration::{NameRow, StoredRow};
use crate::commands::transport::TransportRow;
use crate::commands::user::UserRow;
use crate::commands::watch::Event;
use crate::failure::Failure;
use crate::info_block::InfoRow;
use crate::output::{Document, FailureDocument, FailureLine, Row};
use crate::terminal::{self, Content};

/// Prints the schema.
pub(crate) fn run() -> Result<(), Failure> {
    let mut out = terminal::output(Content::Json);
    serde_json::to_writer_pretty(&mut out, &schema()).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(out.flush()?)
}

fn schema() -> Value {
    let mut schemas = Schemas::default();
    schemas.add::<Action>();
    schemas.add::<CredentialsRow>();
    schemas.add::<CodeRow>();
    schemas.add::<ControllerRow>();
    schemas.add::<Device>();
    schemas.add::<Event>();
    schemas.add::<Ikev2Sheet>();
    schemas.add::<InfoRow>();
    schemas.add::<InterfaceDeviceRow>();
    schemas.add::<IpInIpRow>();
    schemas.add::<InterfaceRow>();
    schemas.add::<InterfaceSheet>();
    schemas.add::<InterfaceTransportRow>();
    schemas.add::<KeyRow>();
    schemas.add::<NameRow>();
    schemas.add::<PortDetails>();
    schemas.add::<PortRow>();
    schemas.add::<RouteUpdateRow>();
    schemas.add::<RegistrationRow>();
    schemas.add::<Session>();
    schemas.add::<SessionDetails>();
    schemas.add::<SiteRow>();
    schemas.add::<Status>();
    schemas.add::<StoredRow>();
    schemas.add::<TransportRow>();
    schemas.add::<TunnelRow>();
    schemas.add::<UserRow>();
    schemas.add::<mib::AddressRow>();
    schemas.add::<mib::EntryRow>();
    schemas.add::<mib::InterfaceRow>();
    schemas.add::<mib::RouteRow>();
    schemas.finish()
}

struct Schemas {
    generator: SchemaGenerator,
    /// What `--output json` prints.
    documents: Vec<Value>,
    /// What `--output ndjson` prints a line.
    lines: Vec<Value>,
}

impl Default for Schemas {
    fn default() -> Schemas {
        let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
        Schemas { generator, documents: Vec::new(), lines: Vec::new() }
    }
}

impl Schemas {
    fn add<R: Row>(&mut self) {
        #[cfg(test)]
        tests::assert_headings_name_columns::<R>();
        let document = self.generator.subschema_for::<Document<'static, R>>().to_value();
        // What a program tells one answer from another by.
        let kind = json!({ "properties": { "kind": { "const": R::KIND } } });
        self.documents.push(json!({ "allOf": [document, kind] }));
        self.lines.push(self.generator.subschema_for::<R>().to_value());
    }

    fn finish(mut self) -> Value {
        let failure = self.generator.subschema_for::<FailureDocument<'static>>().to_value();
        let kind = json!({ "properties": { "kind": { "const": "failure" } } });
        self.documents.push(json!({ "allOf": [failure, kind] }));
        self.lines.push(self.generator.subschema_for::<FailureLine<'static>>().to_value());
        let mut definitions = self.generator.take_definitions(true);
        let line = json!({ "description": "A line of `--output ndjson`.", "anyOf": self.lines });
        definitions.insert("Line".to_owned(), line);
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "mprctl",
            "description": "What `mprctl --output json` prints; `$defs/Line` is a line of `--output ndjson`.",
            "oneOf": self.documents,
            "$defs": definitions,
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::output::plain;

    /// That a heading leads to the column below it, and to no other.
    pub(super) fn assert_headings_name_columns<R: Row>() {
        for column in R::COLUMNS {
            let heading = plain(column.title);
            let by_name = R::COLUMNS.iter().find(|other| other.name == heading);
            let by_heading = || R::COLUMNS.iter().find(|other| plain(other.title) == heading);
            let found = by_name.or_else(by_heading).map(|found| found.name);
            assert_eq!(found, Some(column.name), "`{}` of {}", column.title, R::KIND);
        }
    }

    #[test]
    fn every_heading_of_every_table_names_its_column() {
        schema();
    }

    /// Holds a row against the schema, where no run of the program prints one.
    pub(crate) fn assert_line(row: &impl Row) {
        let mut schema = schema();
        let whole = schema.as_object_mut().expect("an object");
        whole.remove("oneOf");
        whole.insert("$ref".to_owned(), json!("#/$defs/Line"));
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let row = serde_json::to_value(row).expect("JSON");
        assert!(validator.is_valid(&row), "{row:#}");
    }
}
