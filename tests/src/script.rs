//! Playing a script: what the Rust clients of `tests/script.rs` have in common.

/// Runs each command of the script on standard input, given its name and what stands behind that. Comments stay, and
/// answers that the script has go.
pub fn play(mut run: impl FnMut(&str, &str)) {
    for line in std::io::stdin().lines() {
        let line = line.expect("the script is UTF-8");
        if let Some(command) = line.strip_prefix("> ") {
            println!("{line}");
            let (name, argument) = command.split_once(' ').unwrap_or((command, ""));
            run(name, argument);
        } else if line.is_empty() || line.starts_with('#') {
            println!("{line}");
        }
    }
}
