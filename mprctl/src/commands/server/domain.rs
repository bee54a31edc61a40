//! The domain of a server: the domain controller that has its accounts, and its registration.

use clap::Args;
use mprapi::Mpr;

use crate::action::{self, Action, Consent, done};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Listing, ServerName, row};

#[derive(Args)]
pub(crate) struct Controller {
    /// The domain [default: the server's own]
    #[arg(long)]
    domain: Option<String>,
    #[command(flatten)]
    listing: Listing<ControllerRow>,
}

#[derive(Args)]
pub(crate) struct Registration {
    /// The domain
    #[arg(long)]
    domain: String,
    #[command(flatten)]
    listing: Listing<RegistrationRow>,
}

#[derive(Args)]
pub(crate) struct Change {
    /// The domain
    #[arg(long)]
    domain: String,
    #[command(flatten)]
    consent: Consent,
}

row! {
    /// The domain controller that has the accounts of a server.
    pub(crate) struct ControllerRow: "domain_controller" {
        /// The server.
        server: ServerName => Always "Server",
        /// The domain of `--domain`.
        domain: Option<String> => IfRoom "Domain",
        /// The domain controller, or the server itself if it is in no domain.
        controller: String => Always "Accounts are on",
    }
}

pub(super) fn controller(context: &Context, wanted: &Controller) -> Result<(), Failure> {
    let domain = wanted.domain.clone();
    context.list_of(&wanted.listing, move |mpr, server| {
        if domain.is_none() && server.is_none() {
            return Err(Failure::usage("no server or domain is selected; use --server or --domain"));
        }
        let controller = mpr.pdc_server(domain.as_deref(), server)?.to_string_lossy();
        // The API writes names so; --server takes them without.
        let controller = controller.trim_start_matches('\\').to_owned();
        Ok(vec![ControllerRow { server: ServerName::default(), domain: domain.clone(), controller }])
    })
}

row! {
    /// The registration of a server in a domain.
    pub(crate) struct RegistrationRow: "registration" {
        /// The server.
        server: ServerName => Always "Server",
        /// The domain.
        domain: String => Always "Domain",
        /// `true` if the server is registered, so that it may read the dial-in settings of the domain's users.
        registered: bool => Always "Registered",
    }
}

pub(super) fn registration(context: &Context, wanted: &Registration) -> Result<(), Failure> {
    let domain = wanted.domain.clone();
    context.list_of(&wanted.listing, move |mpr, server| {
        let registered = mpr.is_domain_ras_server(&domain, &machine(server)?)?;
        Ok(vec![RegistrationRow { server: ServerName::default(), domain: domain.clone(), registered }])
    })
}

pub(super) fn register(context: &Context, change: Change, registered: bool) -> Result<(), Failure> {
    let Change { domain, consent } = change;
    let (name, direction) = if registered { ("register", "in") } else { ("unregister", "from") };
    action::confirm(consent, &format!("{name} {} {direction} the domain {domain}?", context.servers()))?;
    let answers = context.ask(move |mpr: &Mpr, server| {
        let machine = machine(server)?;
        // That it can be asked is a part of whether it would be done.
        let is_now = mpr.is_domain_ras_server(&domain, &machine)?;
        let outcome =
            done(consent.dry_run, || mpr.establish_domain_ras_server(&domain, &machine, registered));
        let already = if is_now == registered { ", as it was" } else { "" };
        let object = format!("{machine} {direction} {domain}{already}");
        Ok(vec![Action::new(name, object, outcome)])
    });
    action::report(context, answers)
}

/// The name by which a domain knows the server.
fn machine(server: Option<&str>) -> Result<String, Failure> {
    let own = || std::env::var("COMPUTERNAME").ok();
    server.map(str::to_owned).or_else(own).ok_or_else(|| {
        Failure::usage(
            "a domain knows servers by their names, and this machine's is not known; --server names it",
        )
    })
}
