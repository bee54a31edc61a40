//! The library behind the program `mprctl`. The program only calls [`main`].
//!
//! This library has no stable API: everything else that is public is for tests and fuzz targets, and may change in any
//! version.
#![doc = include_str!("../README.md")]
// All text goes through the door: `terminal.rs`.
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod action;
mod adapter;
mod advice;
mod argument;
mod backend;
mod cli;
mod codes;
mod commands;
mod common;
mod context;
mod counter;
mod deferred;
mod demo;
mod enumeration;
#[cfg(windows)]
mod event_log;
mod failure;
mod fleet;
mod host;
mod info_block;
mod meant;
mod nearest;
mod network;
mod order;
mod output;
#[cfg(test)]
mod picture;
mod progress;
mod quantity;
mod range;
mod scope;
mod secret;
mod select;
mod servers;
mod settings;
mod settings_file;
mod source;
mod target;
mod terminal;
#[doc(hidden)]
pub mod test_support;
mod text_file;
mod tip;

use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

#[doc(hidden)]
pub use crate::commands::serve::route;

use crate::cli::{Arguments, Command};
use crate::commands::{
    admin_dll, check, device, explain, fleets, generate, interface, mib, overview, port, schema, serve,
    server, service, session, settings_sheet, site, status, stored_configuration, top, transport, user,
    watch,
};
use crate::context::Context;
use crate::deferred::Deferred;
use crate::failure::Failure;
use crate::output::Format;
use crate::settings_file::SettingsFile;

/// Runs the command of the command line, and returns the exit code.
pub fn main() -> ExitCode {
    terminal::tell_panics();
    match generate::answer(cli::command) {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        Err(failure) => {
            failure.say();
            return failure.kind.into();
        }
    }
    let arguments = match cli::parsed(io::stdin().is_terminal()) {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = error.exit_code();
            return match terminal::say_usage(error).map_err(Failure::from) {
                Err(failure) if !failure.is_broken_pipe => {
                    failure.say();
                    failure.kind.into()
                }
                _ => u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from),
            };
        }
    };
    let (asked_for, config) = (arguments.common.output, arguments.common.config.clone());
    let is_library = arguments.common.library.is_some();
    if let Some(Command::Serve(Deferred(options))) = &arguments.command {
        options.use_log();
    }
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        // The reader of the output closed the pipe.
        Err(failure) if failure.is_broken_pipe => ExitCode::SUCCESS,
        Err(failure) => {
            let failure = if is_library { backend::cause(failure) } else { failure };
            failure.say();
            let of_config = || SettingsFile::read(config.as_deref()).ok()?.defaults.output;
            if let (Some(format), false) = (asked_for.or_else(of_config), failure.is_in_output) {
                // A pipe that is closed changes nothing any more.
                let _ = output::print_failure(format, &failure);
            }
            failure.kind.into()
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    let common = &arguments.common;
    let context = || Context::new(common, SettingsFile::read(common.config.as_deref())?);
    match arguments.command {
        None => overview::run(&context()?),
        Some(Command::Top(_) | Command::Serve(_)) if arguments.common.output.is_some() => {
            Err(Failure::usage("--output does not apply to top and serve")
                .advice("To get rows, use `mprctl session list` or `mprctl watch`."))
        }
        Some(Command::Status(Deferred(options))) => status::run(context()?, &options),
        Some(Command::Session(Deferred(command))) => session::run(&context()?, command),
        Some(Command::Ps(Deferred(list))) => session::run(&context()?, session::Command::List(list)),
        Some(Command::Site(Deferred(command))) => site::run(&context()?, command),
        Some(Command::Port(Deferred(command))) => port::run(&context()?, command),
        Some(Command::User(Deferred(command))) => user::run(&context()?, command),
        Some(Command::Interface(Deferred(command))) => interface::run(&context()?, command),
        Some(Command::Transport(Deferred(command))) => transport::run(&context()?, command),
        Some(Command::Device(Deferred(command))) => device::run(&context()?, command),
        Some(Command::AdminDll(Deferred(command))) => {
            admin_dll::run(common, &SettingsFile::read(common.config.as_deref())?, command)
        }
        Some(Command::Server(Deferred(command))) => server::run(&context()?, command),
        Some(Command::Fleet(Deferred(command))) => {
            fleets::run(common, &SettingsFile::read(common.config.as_deref())?, command)
        }
        Some(Command::Settings(Deferred(command))) => {
            settings_sheet::run(common, &SettingsFile::read(common.config.as_deref())?, command)
        }
        Some(Command::Config(Deferred(command))) => stored_configuration::run(&context()?, command),
        Some(Command::Mib(Deferred(command))) => mib::run(&context()?, command),
        Some(Command::Check(Deferred(check))) => {
            check::run(common.clone(), SettingsFile::read(common.config.as_deref())?, check)
        }
        Some(Command::Top(Deferred(options))) => top::run(context()?, &options),
        Some(Command::Watch(_)) if common.output.is_some_and(Format::is_document) => Err(Failure::usage(
            "watch cannot print one JSON document, since it prints each event as it happens",
        )
        .advice("`--output ndjson` prints one JSON object per line.")),
        Some(Command::Watch(Deferred(watch))) => watch::run(&context()?, &watch),
        Some(Command::Serve(Deferred(options))) => serve::run(&context()?, &options),
        Some(Command::Service(Deferred(command))) => {
            service::run(common, &SettingsFile::read(common.config.as_deref())?, command, cli::check_serve)
        }
        // Whatever is wrong with the configuration file: a code from its own error has to be explained too.
        Some(Command::Explain(Deferred(codes))) => {
            let settings = SettingsFile::read(common.config.as_deref()).unwrap_or_else(|failure| {
                terminal::say(&format!("{}; it is not used", failure.sentence()));
                SettingsFile::default()
            });
            explain::run(&Context::new(common, settings.without_servers())?, &codes)
        }
        Some(Command::Schema) => schema::run(),
        Some(Command::Completions(Deferred(shell))) => generate::completions(&shell),
        Some(Command::Man(Deferred(folder))) => generate::man(&folder, cli::command()),
    }
}
