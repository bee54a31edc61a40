//! Completion in bash, zsh and fish: their scripts, which ask this program, and its answers. The library's own for these
//! take no names with spaces, and bash's no option with `=`.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap::Command;
use clap_complete::engine;
use clap_complete::env::{self, Elvish, EnvCompleter, Powershell, Shells};

/// The variable with the part of the word that bash replaces: it ends a word at `=` and `:` too.
const REPLACED: &str = "_MPRCTL_REPLACED";

/// Every shell that completes the command line.
pub(super) const SHELLS: Shells<'static> = Shells(&[&Bash, &Zsh, &Fish, &Powershell, &Elvish]);

struct Bash;

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        "bash"
    }

    fn is(&self, name: &str) -> bool {
        name == "bash"
    }

    fn write_registration(
        &self,
        var: &str,
        _name: &str,
        bin: &str,
        completer: &str,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        let completer = quoted(completer);
        writeln!(
            buf,
            r#"_mprctl() {{
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        COMPREPLY+=("$line")
    done < <({var}=bash {REPLACED}="$2" {completer} -- "${{COMP_LINE:0:COMP_POINT}}" 2>/dev/null)
    if [[ ${{#COMPREPLY[@]}} -eq 1 && ${{COMPREPLY[0]}} == *[=/.] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}}
complete -F _mprctl {bin}"#
        )
    }

    fn write_complete(
        &self,
        cmd: &mut Command,
        args: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        let line = args.into_iter().next().unwrap_or_default();
        let line = line.to_string_lossy();
        let (words, raw) = words(&line);
        let replaced = std::env::var(REPLACED).unwrap_or_default();
        let kept = raw.strip_suffix(&replaced).unwrap_or_default();
        let last = words.len() - 1;
        for candidate in engine::complete(cmd, words, last, current_dir)? {
            let value = candidate.get_value().to_string_lossy();
            // Behind a quotation mark, bash takes a word as it is, and closes it.
            let value = if raw.starts_with(['\'', '"']) { value.into_owned() } else { escaped(&value) };
            writeln!(buf, "{}", value.strip_prefix(kept).unwrap_or(&value))?;
        }
        Ok(())
    }
}

struct Zsh;

impl EnvCompleter for Zsh {
    fn name(&self) -> &'static str {
        "zsh"
    }

    fn is(&self, name: &str) -> bool {
        name == "zsh"
    }

    fn write_registration(
        &self,
        var: &str,
        _name: &str,
        bin: &str,
        completer: &str,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        let completer = quoted(completer);
        writeln!(
            buf,
            r#"#compdef {bin}
_mprctl() {{
    local -a whole open
    local line
    for line in "${{(@f)$({var}=zsh {completer} -- "${{(@Q)words[1,CURRENT]}}" 2>/dev/null)}}"; do
        case "${{line%%:*}}" in
            '') ;;
            *[=/.]) open+=("$line") ;;
            *) whole+=("$line") ;;
        esac
    done
    (( $#whole )) && _describe -V values whole
    (( $#open )) && _describe -V values open -S ''
    (( $#whole + $#open ))
}}
if [[ $funcstack[1] == _mprctl ]]; then
    _mprctl "$@"
else
    compdef _mprctl {bin}
fi"#
        )
    }

    fn write_complete(
        &self,
        cmd: &mut Command,
        args: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        let last = args.len() - 1;
        for candidate in engine::complete(cmd, args, last, current_dir)? {
            // A colon is before the help.
            let value = candidate.get_value().to_string_lossy().replace('\\', "\\\\").replace(':', "\\:");
            let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
            match help.lines().next() {
                Some(help) => writeln!(buf, "{value}:{help}")?,
                None => writeln!(buf, "{value}")?,
            }
        }
        Ok(())
    }
}

struct Fish;

impl EnvCompleter for Fish {
    fn name(&self) -> &'static str {
        "fish"
    }

    fn is(&self, name: &str) -> bool {
        name == "fish"
    }

    fn write_registration(
        &self,
        var: &str,
        _name: &str,
        bin: &str,
        completer: &str,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        let completer = quoted(completer);
        writeln!(
            buf,
            r#"function __mprctl_complete
    set -l word (commandline --cut-at-cursor --current-token | string unescape)
    {var}=fish {completer} -- (commandline --current-process --tokenize --cut-at-cursor) "$word" 2>/dev/null
end
complete --keep-order --no-files --command {bin} --arguments "(__mprctl_complete)""#
        )
    }

    fn write_complete(
        &self,
        cmd: &mut Command,
        args: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        env::Fish.write_complete(cmd, args, current_dir, buf)
    }
}

/// Returns the words of a line as bash reads them, and the last of them as it was typed.
pub(super) fn words(line: &str) -> (Vec<OsString>, String) {
    let (mut words, mut word, mut raw) = (Vec::new(), String::new(), String::new());
    let (mut quote, mut letters) = (None, line.chars());
    while let Some(letter) = letters.next() {
        raw.push(letter);
        match (letter, quote) {
            (' ' | '\t', None) => {
                if raw.len() > 1 {
                    words.push(std::mem::take(&mut word).into());
                }
                raw.clear();
            }
            ('\'' | '"', None) => quote = Some(letter),
            (letter, Some(open)) if letter == open => quote = None,
            ('\\', None | Some('"')) => {
                if let Some(next) = letters.next() {
                    raw.push(next);
                    word.push(next);
                }
            }
            _ => word.push(letter),
        }
    }
    words.push(word.into());
    (words, raw)
}

/// Puts a backslash before the letters that bash does not take as they are.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        if letter.is_ascii() && !letter.is_ascii_alphanumeric() && !"-_.,/=:@+%".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// Puts quotation marks around a path that needs them.
fn quoted(path: &str) -> String {
    if escaped(path) == path { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_split_as_bash_splits_it() {
        let cases: [(&str, &[&str], &str); 6] = [
            ("mprctl ses", &["mprctl", "ses"], "ses"),
            ("mprctl  session ", &["mprctl", "session", ""], ""),
            (
                r"mprctl site disconnect Branch\ L",
                &["mprctl", "site", "disconnect", "Branch L"],
                r"Branch\ L",
            ),
            (r#"mprctl user show "CORP\\an"#, &["mprctl", "user", "show", r"CORP\an"], r#""CORP\\an"#),
            ("mprctl --where 'user=a b", &["mprctl", "--where", "user=a b"], "'user=a b"),
            ("mprctl --sort=us", &["mprctl", "--sort=us"], "--sort=us"),
        ];
        for (line, expected, last) in cases {
            let (words, raw) = words(line);
            assert_eq!(
                (words, raw.as_str()),
                (expected.iter().map(OsString::from).collect(), last),
                "{line}"
            );
        }
    }

    #[test]
    fn what_is_escaped_is_read_back() {
        for text in [r"CORP\anna", "Branch Lyon", "a'b\"c", "$(ls) `id`;&|<>(){}[]*?!#~^", "Zürich"] {
            let line = format!("mprctl {}", escaped(text));
            assert_eq!(words(&line).0[1], OsString::from(text));
        }
    }
}
