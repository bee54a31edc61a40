//! `mprctl` without a command: a summary of each server and its sessions.

use std::io::Write as _;

use crate::commands::session::{self, Session};
use crate::commands::status::{self, Load};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Listing, Report};
use crate::quantity;
use crate::terminal::{self, Content, visible};

pub(crate) fn run(context: &Context) -> Result<(), Failure> {
    let is_for_people = context.style.format.is_for_people();
    if context.is_fleet() || !is_for_people {
        return Report::new(context.ask_servers(session::read)).print(context.style, &Listing::default());
    }
    let answers = context.ask_servers(|server| Ok((status::read(server)?, session::read(server)?)));
    for answer in answers {
        let name = answer.target.name.as_deref().unwrap_or("this machine");
        let (load, sessions) = answer.result.map_err(|failure| failure.of_server(&answer.target))?;
        print(context, name, &load, sessions)?;
        let mut out = terminal::output(Content::Text);
        writeln!(out, "\nDisconnected from {}.", visible(name))?;
        out.flush()?;
    }
    Ok(())
}

fn print(context: &Context, name: &str, load: &Load, sessions: Vec<Session>) -> Result<(), Failure> {
    let mut out = terminal::output(Content::Text);
    let (name, up_for) = (visible(name), quantity::duration(load.up_for));
    writeln!(out, "Routing and Remote Access on {name}: running, up {up_for}")?;
    let mut connected = quantity::count(sessions.len(), "session");
    if load.sites > 0 {
        connected += &format!(" and {}", quantity::count(load.sites as usize, "site-to-site link"));
    }
    writeln!(out, "{} of {} ports in use, {connected} connected", load.ports_in_use.count, load.ports)?;
    if sessions.is_empty() {
        return Ok(out.flush()?);
    }
    writeln!(out)?;
    out.flush()?;
    drop(out);
    Report::of_one(sessions).print(context.style, &Listing::default())
}
