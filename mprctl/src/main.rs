//! `mprctl`: the administrator's view of Routing and Remote Access.

mod action;
mod backend;
mod cli;
mod context;
mod demo;
mod failure;
mod fleet;
mod live;
mod output;
mod overview;
mod port;
mod session;
mod settings;
mod status;
mod units;
mod watch;

use std::process::ExitCode;

use clap::Parser as _;

use crate::cli::{Arguments, Command};
use crate::context::Context;
use crate::failure::Failure;

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read the output has had enough of it.
        Err(failure) if failure.is_broken_pipe => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("mprctl: {}", failure.text());
            failure.kind.into()
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    let context = Context::new(&arguments.common)?;
    match arguments.command {
        None => overview::run(&context),
        Some(Command::Status(listing)) => status::run(&context, &listing),
        Some(Command::Session(command)) => session::run(&context, command),
        Some(Command::Port(command)) => port::run(&context, command),
        Some(Command::Watch(watch)) => watch::run(&context, &watch),
    }
}
