//! The schema of JSON and NDJSON: the list of all that is a row, in one place.

use std::io::{self, Write as _};

use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Value, json};

use crate::action::Action;
use crate::commands::admin_dll::AdminDllRow;
use crate::commands::check::CheckRow;
use crate::commands::device::Device;
use crate::commands::explain::CodeRow;
use crate::commands::fleets::{FleetRow, MemberRow};
use crate::commands::interface::{
    CredentialsRow, Ikev2Sheet, InterfaceDeviceRow, InterfaceRow, InterfaceSheet, InterfaceTransportRow,
    IpInIpRow, RouteUpdateRow,
};
use crate::commands::mib;
use crate::commands::port::{PortDetails, PortRow, UsageRow};
use crate::commands::server::{ControllerRow, KeyRow, RegistrationRow, TunnelRow};
use crate::commands::service::ServiceRow;
use crate::commands::session::{Session, SessionDetails};
use crate::commands::settings_sheet::SettingRow;
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
    schemas.add::<AdminDllRow>();
    schemas.add::<CheckRow>();
    schemas.add::<CredentialsRow>();
    schemas.add::<CodeRow>();
    schemas.add::<ControllerRow>();
    schemas.add::<Device>();
    schemas.add::<Event>();
    schemas.add::<FleetRow>();
    schemas.add::<MemberRow>();
    schemas.add::<SettingRow>();
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
    schemas.add::<ServiceRow>();
    schemas.add::<Session>();
    schemas.add::<SessionDetails>();
    schemas.add::<SiteRow>();
    schemas.add::<Status>();
    schemas.add::<StoredRow>();
    schemas.add::<TransportRow>();
    schemas.add::<TunnelRow>();
    schemas.add::<UsageRow>();
    schemas.add::<UserRow>();
    schemas.add::<mib::AddressRow>();
    schemas.add::<mib::EntryRow>();
    schemas.add::<mib::InterfaceRow>();
    schemas.add::<mib::RouteRow>();
    schemas.finish()
}

struct Schemas {
    generator: SchemaGenerator,
    /// The schemas of documents, which `--output json` prints.
    documents: Vec<Value>,
    /// The schemas of lines, which `--output ndjson` prints.
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
        {
            tests::assert_headings_name_columns::<R>();
            tests::assert_members_are_columns::<R>();
        }
        let document = self.generator.subschema_for::<Document<'static, R>>().to_value();
        // Programs tell answers apart by this member.
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
            "description": "A document of `mprctl --output json`; `$defs/Line` is a line of `--output ndjson`.",
            "oneOf": self.documents,
            "$defs": definitions,
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::collections::BTreeSet;

    use clap::Parser;

    use crate::output::{Columns as _, Listing, plain};

    /// Asserts that each heading, used as a name, finds its own column.
    pub(super) fn assert_headings_name_columns<R: Row>() {
        for column in R::COLUMNS {
            let heading = plain(column.title);
            let by_name = R::COLUMNS.iter().find(|other| other.name == heading);
            let by_heading = || R::COLUMNS.iter().find(|other| plain(other.title) == heading);
            let found = by_name.or_else(by_heading).map(|found| found.name);
            assert_eq!(found, Some(column.name), "`{}` of {}", column.title, R::KIND);
        }
    }

    /// The members that only JSON has, and the columns that JSON does not have.
    fn exceptions(kind: &str) -> BTreeSet<&str> {
        match kind {
            // JSON has the session or the site that an event is about as an object. CSV, which has no objects, has its
            // columns instead, but the interface, which is in that of the site. `watch` has no --columns.
            "event" => {
                let session = Session::COLUMNS.iter().map(|column| column.name);
                session.filter(|name| !["server", "interface"].contains(name)).chain(["session"]).collect()
            }
            _ => BTreeSet::new(),
        }
    }

    /// Checks that JSON has the columns and nothing else, and that each option takes each by this name.
    pub(super) fn assert_members_are_columns<R: Row>() {
        #[derive(Parser)]
        struct Line<R: Row> {
            #[command(flatten)]
            listing: Listing<R>,
        }
        let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
        let schema = generator.into_root_schema_for::<R>().to_value();
        let members = schema["properties"].as_object().expect("members").keys().map(String::as_str);
        let members: BTreeSet<&str> = members.collect();
        let columns: BTreeSet<&str> = R::COLUMNS.iter().map(|column| column.name).collect();
        let differences: BTreeSet<&str> = members.symmetric_difference(&columns).copied().collect();
        assert_eq!(differences, exceptions(R::KIND), "{}", R::KIND);
        for name in members.intersection(&columns) {
            for option in
                [format!("--columns={name}"), format!("--sort=-{name}"), format!("--where={name}=x")]
            {
                let line = Line::<R>::parse_from(["mprctl", &option]);
                assert!(line.listing.check().is_ok(), "{option} of {}", R::KIND);
            }
        }
    }

    #[test]
    fn every_member_of_json_is_a_column_and_every_heading_of_a_table_names_its_column() {
        schema();
    }

    /// Holds a row against the schema, where no run of the program prints one.
    #[cfg(not(windows))]
    pub(crate) fn assert_line(row: &impl Row) {
        let mut schema = schema();
        let whole = schema.as_object_mut().expect("an object");
        whole.remove("oneOf");
        whole.insert("$ref".to_owned(), json!("#/$defs/Line"));
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let row = serde_json::to_value(row).expect("JSON");
        assert!(validator.is_valid(&row), "{row:#}");
    }

    /// Makes JSON of a row, which is the same on Windows as elsewhere. The validator is not built there.
    #[cfg(windows)]
    pub(crate) fn assert_line(row: &impl Row) {
        assert!(serde_json::to_value(row).expect("JSON").is_object());
    }
}
