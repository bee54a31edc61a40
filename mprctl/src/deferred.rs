//! Parts of the command line that are described when they are needed.

use std::any::TypeId;

use clap::builder::{CommandExt, Resettable};
use clap::{Arg, ArgMatches, Args, Command, Error, FromArgMatches, Subcommand};

use crate::argument::parse_text;

/// The commands of a noun, or the arguments of a command. To clap it has none until its [`Description`] is called.
pub(crate) struct Deferred<T>(pub(crate) T);

/// The function that adds what was deferred to the description of a command.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Description(pub(crate) fn(Command) -> Command);

impl CommandExt for Description {}

impl<T: Subcommand> Subcommand for Deferred<T> {
    fn augment_subcommands(noun: Command) -> Command {
        noun.add(Description(|noun| finished(T::augment_subcommands(noun))))
    }

    fn augment_subcommands_for_update(noun: Command) -> Command {
        Deferred::<T>::augment_subcommands(noun)
    }

    fn has_subcommand(name: &str) -> bool {
        T::has_subcommand(name)
    }
}

impl<T: Args> Args for Deferred<T> {
    fn augment_args(command: Command) -> Command {
        command.add(Description(|command| {
            // The documentation of `T`, or of options within it, is not that of the command.
            let told = (command.get_about().cloned(), command.get_long_about().cloned());
            let after = command.get_after_help().cloned();
            let command = finished(T::augment_args(command))
                .about(Resettable::from(told.0))
                .long_about(Resettable::from(told.1));
            if let Some(after) = after { command.after_help(after) } else { command }
        }))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Deferred::<T>::augment_args(command)
    }
}

impl<T: FromArgMatches> FromArgMatches for Deferred<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Deferred<T>, Error> {
        T::from_arg_matches(matches).map(Deferred)
    }

    fn from_arg_matches_mut(matches: &mut ArgMatches) -> Result<Deferred<T>, Error> {
        T::from_arg_matches_mut(matches).map(Deferred)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}

/// Finishes what is derived: gives commands their aliases, and refuses empty text everywhere, since an empty name could
/// mean another object.
pub(crate) fn finished(command: Command) -> Command {
    fn refuse_empty(command: Command) -> Command {
        let refuse = |arg: Arg| if takes_any_text(&arg) { arg.value_parser(parse_text) } else { arg };
        // Most have none, and to go through the arguments moves them all.
        let has_some = command.get_arguments().any(takes_any_text);
        let command = if has_some { command.mut_args(refuse) } else { command };
        command.mut_subcommands(refuse_empty)
    }
    refuse_empty(with_aliases(command))
}

/// Returns `true` if nothing checks the text of an argument. The options of every command check theirs: where they select
/// servers, with an error of their own. The parser of arguments with completions refuses empty text too.
fn takes_any_text(arg: &Arg) -> bool {
    !arg.is_global_set()
        && arg.get_value_parser().type_id() == TypeId::of::<String>()
        && arg.get_possible_values().is_empty()
}

/// Lets commands have the short names that other tools have for them.
fn with_aliases(command: Command) -> Command {
    let alias = match command.get_name() {
        "list" => Some("ls"),
        "delete" | "remove" => Some("rm"),
        "disconnect" => Some("kill"),
        _ => None,
    };
    let command = if let Some(alias) = alias { command.visible_alias(alias) } else { command };
    command.mut_subcommands(with_aliases)
}
