//! What an error code means.

use clap::Args;
use mprapi::{Error, Mpr};
use schemars::JsonSchema;
use serde::Serialize;

use crate::context::Context;
use crate::failure::{self, Failure};
use crate::output::{Column, Place, Report, Row, Value};
use crate::units;

#[derive(Args)]
pub(crate) struct Codes {
    /// A code (5, 0x6be, 0x80070005) or its name (ERROR_ACCESS_DENIED); several are possible
    #[arg(required = true, value_name = "CODE", value_parser = parse)]
    codes: Vec<u32>,
}

/// A code as people have it from a message, a log or a header.
fn parse(text: &str) -> Result<u32, String> {
    // A Windows code inside an HRESULT.
    const WIN32: u32 = 0x8007_0000;
    if let Some(code) = units::parse_number(text) {
        return Ok(if code & 0xFFFF_0000 == WIN32 { code & 0xFFFF } else { code });
    }
    Error::code_named(text)
        .ok_or_else(|| "no code of that name is known; a number is explained too".to_owned())
}

/// A code that a function answered.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct CodeRow {
    /// The code.
    code: u32,
    /// Its name in the Windows headers.
    name: Option<&'static str>,
    /// What it means.
    meaning: Option<String>,
    /// What can be done about it.
    advice: Option<String>,
    /// The exit code that mprctl makes of it.
    exit_code: u8,
    /// What this machine's Windows says, in its language.
    windows: Option<String>,
}

impl Row for CodeRow {
    const KIND: &'static str = "code";
    const COLUMNS: &'static [Column<CodeRow>] = &[
        Column::new("code", "Code", Place::Always, |row| Value::Count(row.code.into())),
        Column::new("name", "Name", Place::Always, |row| Value::maybe(row.name, Value::text)),
        Column::new("meaning", "Meaning", Place::Always, |row| {
            Value::maybe(row.meaning.as_deref(), Value::text)
        }),
        Column::new("advice", "What to do", Place::Always, |row| {
            Value::maybe(row.advice.as_deref(), Value::Lines)
        }),
        Column::new("exit_code", "Exit code of mprctl", Place::Always, |row| {
            Value::Count(row.exit_code.into())
        }),
        Column::new("windows", "Windows says", Place::Always, |row| {
            Value::maybe(row.windows.as_deref(), Value::text)
        }),
    ];

    /// A code is of no server.
    fn set_server(&mut self, _server: &str) {}
}

pub(crate) fn run(context: &Context, Codes { codes }: &Codes) -> Result<(), Failure> {
    let rows: Vec<CodeRow> = codes.iter().map(|code| row(&context.mpr, *code)).collect();
    let is_known = |row: &&CodeRow| row.name.is_some() || row.windows.is_some();
    let unknown: Vec<String> =
        rows.iter().filter(|row| !is_known(row)).map(|row| row.code.to_string()).collect();
    if !unknown.is_empty() {
        return Err(Failure::not_found(format!("no code {} is known", unknown.join(", ")))
            .advice("`net helpmsg CODE` knows those of Windows that are none of this API."));
    }
    Report::of_one(rows).print_sheets(context.style)
}

fn row(mpr: &Mpr, code: u32) -> CodeRow {
    let error = Error::new("", code);
    let name = error.name();
    let meaning = name.map(|_| failure::told(&error));
    let Failure { kind, advice, .. } = error.into();
    // A library that has no text for a code says so by an error.
    let windows = mpr.error_text(code).ok().map(|text| text.to_string_lossy().trim().to_owned());
    CodeRow { code, name, meaning, advice, exit_code: kind as u8, windows }
}
