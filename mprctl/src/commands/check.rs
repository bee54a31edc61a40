//! `mprctl check`: walks the steps of a connection over the network, and reports sizes and revisions. The report has
//! nothing private: servers have numbers in it, and the texts of steps, which have names and addresses, stay out.

use std::io::Write as _;

use clap::Args;
use mprapi_rpc::Layer;
use mprapi_rpc::network::{Fact, Report as Found, Revision, Size, Step};

use crate::common::Common;
use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::network::{EXPERIMENTAL, Over, wire};
use crate::output::{Listing, Mood, Report, ServerName, State, Style, row};
use crate::settings::Settings;
use crate::settings_file::SettingsFile;
use crate::terminal::{self, Content};
use crate::{codes, quantity};

/// The steps, in the order in which a connection comes to them.
const STEPS: [Layer; 9] = [
    Layer::Name,
    Layer::Route,
    Layer::Port,
    Layer::Smb,
    Layer::Logon,
    Layer::Right,
    Layer::Service,
    Layer::Interface,
    Layer::Call,
];

const SEND: &str = concat!(
    "Nothing in this report names a server, an address or a user. Please send it, also if\n\
     all is well, with the version of the server's Windows:\n  ",
    env!("CARGO_PKG_REPOSITORY"),
    "/issues/new"
);

#[derive(Args)]
#[command(after_help = "\
Examples:
  mprctl check vpn01.corp.example
  mprctl check vpn01.corp.example --user admin@CORP.EXAMPLE > report.txt
  mprctl check vpn01.corp.example --output json

The steps are: name (its address), route, port, SMB (version, encryption), logon, right (to administer),
service (its pipe), interface (of MS-RRASM), call. Nothing is changed on the server.
The report has no names, addresses or users, so you can send it to others; the reason of a failure, which
has them, is printed on standard error. The exit code is 0 if all steps succeeded.")]
pub(crate) struct Check {
    /// The servers to check, by name or address, beside those of --server
    #[arg(id = "checked", value_name = "NAME")]
    servers: Vec<String>,
}

row! {
    /// A step of a check, or a size or a revision of records that the server uses.
    pub(crate) struct CheckRow: "check" {
        /// The number of the server: `server 1` is the first one.
        server: ServerName => Fleet "Server",
        /// The step: `name`, `route`, `port`, `SMB`, `logon`, `right`, `service`, `interface` or `call`; or `size` or
        /// `revision`, for records of the server.
        step: &'static str => Always "Step",
        /// `ok`, `failed` or `not tried`. `unknown` for records of a size that mprctl cannot read.
        outcome: State => Always "Outcome",
        /// The time that the step took, in milliseconds.
        milliseconds: Option<u64> => Asked "Milliseconds",
        /// The values that were negotiated, or the sizes.
        details: String => Always "Details",
        /// The operation of MS-RRASM that records were asked by.
        operation: Option<&'static str> => Asked "Operation",
        /// The level or the revision of the records that were asked for.
        level: Option<u32> => Asked "Level",
        /// The number of bytes of all records together.
        bytes: Option<u32> => Asked "Bytes",
        /// The number of records.
        count: Option<u32> => Asked "Count",
        /// The revision of the answer.
        answered: Option<u32> => Asked "Answered",
        /// The error code, if there is one.
        code: Option<u32> => Asked "Code",
        /// The code's name in the Windows headers.
        code_name: Option<&'static str> => Asked "Name of the code",
    }
}

impl CheckRow {
    fn new(step: &'static str, outcome: State, code: u32, details: String) -> CheckRow {
        let code = Some(code).filter(|code| *code != 0);
        CheckRow {
            server: ServerName::default(),
            step,
            outcome,
            milliseconds: None,
            details: match code {
                Some(code) => format!(
                    "{}{}",
                    error(code),
                    if details.is_empty() { details } else { format!("; {details}") }
                ),
                None => details,
            },
            operation: None,
            level: None,
            bytes: None,
            count: None,
            answered: None,
            code,
            code_name: code.and_then(codes::name),
        }
    }

    fn of_step(step: &Step) -> CheckRow {
        let fact = |Fact { name, value, .. }: &Fact| format!("{name}: {value}");
        let details = step.facts.iter().map(fact).collect::<Vec<_>>().join(", ");
        let (outcome, code) = match &step.failure {
            None => (ok(), 0),
            Some(failure) => (State::new("failed", Mood::Bad), failure.code),
        };
        let milliseconds = u64::try_from(step.took.as_millis()).ok();
        CheckRow { milliseconds, ..CheckRow::new(step.layer.name(), outcome, code, details) }
    }

    fn not_tried(layer: Layer) -> CheckRow {
        CheckRow::new(layer.name(), State::new("not tried", Mood::Quiet), 0, String::new())
    }

    fn of_size(size: &Size) -> CheckRow {
        let known = size.known.iter().map(u32::to_string).collect::<Vec<_>>().join(" or ");
        let details = format!(
            "{}, level {}: {} in {} bytes (one has {known})",
            size.operation,
            size.level,
            quantity::count(size.count as usize, "record"),
            size.bytes,
        );
        let outcome = if size.is_known { ok() } else { State::new("unknown", Mood::Bad) };
        CheckRow {
            operation: Some(size.operation),
            level: Some(size.level),
            bytes: Some(size.bytes),
            count: Some(size.count),
            ..CheckRow::new("size", outcome, size.code, details)
        }
    }

    fn of_revision(revision: &Revision) -> CheckRow {
        let Revision { operation, asked, code, answered, .. } = *revision;
        let details = format!("{operation}, revision {asked}: answered {answered}");
        CheckRow {
            operation: Some(operation),
            level: Some(asked),
            answered: Some(answered),
            ..CheckRow::new("revision", ok(), code, details)
        }
    }

    /// Returns the row as a line for people.
    fn line(&self) -> String {
        let CheckRow { step, details, .. } = self;
        let (time, outcome) = (self.milliseconds.map(|time| format!("{time} ms")), self.outcome.word());
        format!("{step:<9}  {outcome:<9}  {:>9}  {details}", time.unwrap_or_default()).trim_end().to_owned()
    }
}

fn ok() -> State {
    State::new("ok", Mood::Good)
}

fn error(code: u32) -> String {
    codes::name(code).map_or_else(|| format!("error {code}"), |name| format!("error {code}, {name}"))
}

pub(crate) fn run(mut common: Common, settings: SettingsFile, check: Check) -> Result<(), Failure> {
    let other = [
        (common.demo, "--demo"),
        (common.library.is_some(), "--library"),
        (common.network.over == Some(Over::Windows), "--over windows"),
    ];
    if let Some((_, option)) = other.into_iter().find(|(is_given, _)| *is_given) {
        return Err(Failure::usage(format!(
            "{option} does not apply to check: it checks a connection over the network"
        )));
    }
    common.network.over = Some(Over::Network);
    common.server.extend(check.servers);
    if Settings::of(&common, &settings).selection.is_none() {
        return Err(
            Failure::usage("no server is named").advice("Name one:\n  mprctl check vpn01.corp.example")
        );
    }
    let context = Context::new(&common, settings)?;
    let (mut checks, mut failed) = (Vec::new(), Vec::new());
    for (index, target) in context.targets.iter().enumerate() {
        let number = format!("server {}", index + 1);
        let shown =
            context.style.format.is_for_people().then_some(context.is_fleet().then_some(number.as_str()));
        let (rows, failure) = walk(target.label(), shown)?;
        // Without the reason, which has names and addresses.
        let redacted = failure.as_ref().map(|failure| Failure {
            message: "the check failed".to_owned(),
            advice: None,
            ..failure.clone()
        });
        checks.push((number, rows, redacted));
        failed.extend(failure.map(|failure| (target.label().to_owned(), failure)));
    }
    end(context.style, checks)?;
    let is_in_output = context.style.format.has_failures();
    let failure = match &failed[..] {
        [] => return Ok(()),
        [(name, failure)] if context.targets.len() == 1 => failure.clone().of(name),
        _ => Failure::of_several(&failed, context.targets.len(), "checks failed"),
    };
    Err(Failure { is_in_output, ..failure })
}

/// Checks a server. With `shown`, prints each step as it ends, for people; inside it is the server's number, if it has one.
fn walk(name: &str, shown: Option<Option<&str>>) -> Result<(Vec<CheckRow>, Option<Failure>), Failure> {
    let (mut rows, mut failure, mut written) = (Vec::new(), None, Ok(()));
    let mut print = |line: &str| {
        if written.is_ok() && shown.is_some() {
            written = say(line);
        }
    };
    if let Some(Some(number)) = shown {
        print(&format!("{number}:"));
    }
    let mut reached = STEPS.into_iter().peekable();
    let Found { version, system, sizes, revisions, .. } = wire::check(name, &mut |step| {
        // The steps before it that have not been told: without them it could not have been come to.
        while let Some(layer) = reached.next_if(|layer| *layer < step.layer) {
            let row = CheckRow::new(layer.name(), ok(), 0, String::new());
            print(&row.line());
            rows.push(row);
        }
        reached.next_if_eq(&step.layer);
        let row = CheckRow::of_step(step);
        print(&row.line());
        rows.push(row);
        failure = step.failure.as_ref().map(|broken| {
            let failure = Failure::of_connection("", broken);
            // That advice is to run this command.
            let advice = failure.advice.clone().filter(|_| step.layer != Layer::Call);
            Failure { function: None, advice, ..failure }
        });
    });
    let rest = reached.map(CheckRow::not_tried);
    let more: Vec<CheckRow> = rest
        .chain(sizes.iter().map(CheckRow::of_size))
        .chain(revisions.iter().map(CheckRow::of_revision))
        .collect();
    more.iter().for_each(|row| print(&row.line()));
    rows.extend(more);
    print(&format!("mprctl {version} on {system}; {EXPERIMENTAL}"));
    written?;
    let unknown = sizes.iter().filter(|size| !size.is_known).count();
    if failure.is_none() && unknown > 0 {
        let message =
            format!("the server uses {} that mprctl does not know", quantity::count(unknown, "size"));
        failure = Some(
            Failure::new(Kind::Failed, message).advice("Please send the report: then mprctl can learn them."),
        );
    }
    Ok((rows, failure))
}

/// Prints a line of the report.
fn say(line: &str) -> Result<(), Failure> {
    let mut out = terminal::output(Content::Text);
    writeln!(out, "{}", terminal::visible(line))?;
    Ok(out.flush()?)
}

/// Ends the report: says where to send it.
fn end(style: Style, checks: Vec<(String, Vec<CheckRow>, Option<Failure>)>) -> Result<(), Failure> {
    if style.format.is_for_people() {
        say("")?;
        return SEND.lines().try_for_each(say);
    }
    Report::of_partial(checks).write(style, &Listing::default())?;
    terminal::say(&SEND.lines().map(str::trim).collect::<Vec<_>>().join(" "));
    Ok(())
}
