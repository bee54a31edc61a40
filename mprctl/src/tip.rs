//! Tips for a wrong command line: the nearest right word, and an example that fits.

use std::ffi::OsString;

use clap::Command;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::nearest::nearest;

/// Where the guide is.
const GUIDE: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/guide/src/");

/// The guide's pages by the beginning of a command, the longest first. The rest is in `command.md`.
const PAGES: [(&str, &str); 12] = [
    ("interface credentials set-key", "change-key.md"),
    ("server set-key", "change-key.md"),
    ("session disconnect", "end-everywhere.md"),
    ("session list", "list.md"),
    ("interface connect", "dial.md"),
    ("site", "dial.md"),
    ("config", "backup.md"),
    ("fleet", "fleet.md"),
    ("serve", "fleet.md"),
    ("status", "fleet.md"),
    ("watch", "watch.md"),
    ("admin-dll", "admin-dll-host.md"),
];

/// Adds tips to an error of the command line: for a wrong command the nearest right one, for a wrong use of a command its
/// first example and the page of the guide. For `--all`, the tip says how to select everything, if the command can.
pub(crate) fn with_tip(mut error: Error, root: &Command, words: impl Iterator<Item = OsString>) -> Error {
    let (mut leaf, mut path) = (root.clone(), Vec::new());
    for word in words.skip(1) {
        if let Some(below) = leaf.find_subcommand(&word) {
            path.push(below.get_name().to_owned());
            leaf = below.clone();
        }
    }
    match error.kind() {
        ErrorKind::InvalidSubcommand => meant(&mut error, root, &leaf, &path),
        ErrorKind::UnknownArgument if is_all(&error) => all(&mut error, &leaf),
        ErrorKind::UnknownArgument | ErrorKind::MissingRequiredArgument | ErrorKind::ArgumentConflict => {
            example(&mut error, &leaf, &path.join(" "));
        }
        _ => {}
    }
    error
}

fn is_all(error: &Error) -> bool {
    matches!(error.get(ContextKind::InvalidArg), Some(ContextValue::String(text)) if text == "--all")
}

fn all(error: &mut Error, leaf: &Command) {
    // The tip and the usage name the option that the word resembles.
    error.remove(ContextKind::SuggestedArg);
    error.remove(ContextKind::Usage);
    if leaf.get_arguments().any(|arg| arg.get_id() == "glob") {
        tell(error, vec!["to select all objects by a wildcard, use --glob '*'".into()]);
    }
}

/// Names the command that was meant: the nearest one here, or those elsewhere that have this name.
fn meant(error: &mut Error, root: &Command, here: &Command, path: &[String]) {
    let Some(ContextValue::String(wrong)) = error.get(ContextKind::InvalidSubcommand) else { return };
    let names =
        |command: &Command| command.get_name_and_visible_aliases().into_iter().map(str::to_owned).collect();
    let known: Vec<String> =
        here.get_subcommands().flat_map(|command| -> Vec<String> { names(command) }).collect();
    let whole = |name: &str| {
        let words = ["mprctl"].into_iter().chain(path.iter().map(String::as_str)).chain([name]);
        words.collect::<Vec<_>>().join(" ")
    };
    let found = match nearest(wrong, known.iter().map(String::as_str)) {
        Some(name) => vec![whole(name)],
        // In other tools `config` is about the tool itself.
        None if path == ["config"] => vec![whole("show"), "mprctl settings show".to_owned()],
        None => elsewhere(root, wrong),
    };
    error.remove(ContextKind::SuggestedSubcommand);
    if !found.is_empty() {
        tell(error, found.iter().map(|command| format!("did you mean `{command}`?").into()).collect());
    }
}

/// Lists at most three commands of all nouns that have a name, or one that is near it.
fn elsewhere(root: &Command, wrong: &str) -> Vec<String> {
    let mut found = Vec::new();
    for noun in root.get_subcommands() {
        for command in noun.get_subcommands() {
            let names = command.get_name_and_visible_aliases();
            if let Some(name) = nearest(wrong, names) {
                found.push((name != wrong, format!("mprctl {} {}", noun.get_name(), command.get_name())));
            }
        }
    }
    // Those of this very name alone, if there are some.
    let is_exact = found.iter().any(|(is_near, _)| !is_near);
    found.retain(|(is_near, _)| !(is_exact && *is_near));
    found.into_iter().map(|(_, command)| command).take(3).collect()
}

/// Shows the first example of a command, and where the guide has more.
fn example(error: &mut Error, leaf: &Command, path: &str) {
    let help = leaf.get_after_help().map(ToString::to_string).unwrap_or_default();
    let Some(example) = help.lines().map(str::trim).find(|line| line.starts_with("mprctl ")) else { return };
    // Behind the example may stand what it does.
    let example = example.split("   ").next().unwrap_or_default();
    let page = PAGES.iter().find(|(begin, _)| path.starts_with(begin)).map_or("command.md", |(_, page)| page);
    tell(error, vec![format!("for example, {example}").into(), format!("the guide: {GUIDE}{page}").into()]);
}

fn tell(error: &mut Error, mut tips: Vec<StyledStr>) {
    if let Some(ContextValue::StyledStrs(before)) = error.get(ContextKind::Suggested) {
        tips.splice(0..0, before.clone());
    }
    error.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> String {
        let root = crate::cli::command();
        let words = || line.split_whitespace();
        let error = root.clone().try_get_matches_from(words()).expect_err(line);
        with_tip(error, &root, words().map(OsString::from)).to_string()
    }

    #[test]
    fn a_wrong_command_gets_the_nearest_right_one() {
        for (line, right) in [
            ("mprctl sesion list", "`mprctl session`"),
            ("mprctl session lst", "`mprctl session list`"),
            ("mprctl interface conect Lyon", "`mprctl interface connect`"),
            ("mprctl config bakup x", "`mprctl config backup`"),
            ("mprctl disconnect anna", "`mprctl session disconnect`"),
            ("mprctl disconect anna", "`mprctl session disconnect`"),
            ("mprctl kill anna", "`mprctl session disconnect`"),
        ] {
            let text = told(line);
            assert!(text.contains(&format!("did you mean {right}?")), "{line}: {text}");
        }
        assert!(!told("mprctl whoami").contains("tip:"));
        for line in ["mprctl config list", "mprctl config view", "mprctl config get timeout"] {
            let text = told(line);
            for right in ["`mprctl config show`", "`mprctl settings show`"] {
                assert!(text.contains(&format!("did you mean {right}?")), "{line}: {text}");
            }
        }
    }

    #[test]
    fn a_wrong_use_gets_an_example_of_the_command_and_a_page_of_the_guide() {
        for (line, example, page) in [
            ("mprctl session show", "mprctl session show anna", "command.md"),
            ("mprctl session list anna", "mprctl session list --where tunnel=IKEv2", "list.md"),
            ("mprctl interface connect", "mprctl interface connect ", "dial.md"),
            ("mprctl config backup", "mprctl config backup ", "backup.md"),
        ] {
            let text = told(line);
            assert!(text.contains(&format!("for example, {example}")), "{line}: {text}");
            assert!(text.contains(&format!("{GUIDE}{page}")), "{line}: {text}");
        }
        let text = told("mprctl session list --colums user");
        assert!(text.contains("'--columns'") && text.contains("list.md"), "{text}");
    }

    #[test]
    fn the_pages_are_there_and_are_for_commands() {
        let root = crate::cli::command();
        for (begin, page) in PAGES {
            let leaf = begin.split(' ').try_fold(&root, |command, word| command.find_subcommand(word));
            assert!(leaf.is_some(), "{begin}");
            // The pages are not beside this package when it is taken from a registry.
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide/src");
            assert!(!folder.exists() || folder.join(page).exists(), "{page}");
        }
    }
}
