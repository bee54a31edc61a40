//! Tries every function of the API against lies, one case after the other, and prints what came back.
//!
//! - `hostile library PATH FIRST`: against the library that `c/hostile` makes, from the case of this number on.
//! - `hostile simulator FIRST`: against the simulator's faults.
//! - `hostile WAY PATH`: does to the library's memory what a careful caller never does, and so ends by a signal: reads
//!   behind a buffer (`overrun`), reads one that was given back (`returned`), gives one back twice (`twice`).
//!
//! Before each case it prints a line `case`, its number, the function, the record and the lie; after it, `came` and what came. So
//! a reader knows which case ended the program.

#[macro_use]
mod ways;
mod exercises;
mod library;
mod simulator;

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use exercises::{EXERCISES, Exercise};
use mprapi::ErrorKind;
use ways::Subject;

/// One thing tried.
struct Case {
    exercise: &'static Exercise,
    lie: &'static str,
    /// The form of the lie, if it has several.
    variant: u32,
}

/// The library that lies.
trait Liar {
    /// The API to try, with the lie armed.
    fn arm(&mut self, case: &Case) -> Subject;

    /// Reports if the lie was told, and what is still out. Nothing of the API is open any more.
    fn end(&mut self, case: &Case) -> (bool, u32);
}

fn main() -> ExitCode {
    #[cfg(windows)]
    open_no_window_for_a_crash();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse().expect("the number of a case");
    match arguments[..] {
        ["library", path, first] => {
            try_all(&mut library::Library::load(path), &library::cases(), number(first));
        }
        ["simulator", first] => {
            try_all(&mut simulator::Simulator::default(), &simulator::cases(), number(first))
        }
        [way, path] => library::Library::load(path).do_wrong(way),
        _ => return ExitCode::from(2),
    }
    ExitCode::SUCCESS
}

/// Has a crash end the program at once, as on other systems. By default Windows may show a dialog, and Wine starts a
/// debugger and a desktop, which keep the program's output open: the test would wait for ever.
#[cfg(windows)]
fn open_no_window_for_a_crash() {
    use windows_sys::Win32::System::Diagnostics::Debug::{SEM_NOGPFAULTERRORBOX, SetErrorMode};
    // SAFETY: it changes a flag of this process alone.
    unsafe { SetErrorMode(SEM_NOGPFAULTERRORBOX) };
}

/// Until when the present case must be over.
static DEADLINE: Mutex<Option<Instant>> = Mutex::new(None);

/// Longer than any case takes on a machine under load.
const PATIENCE: Duration = Duration::from_secs(30);

fn try_all(liar: &mut dyn Liar, cases: &[Case], first: usize) {
    std::thread::spawn(|| {
        loop {
            std::thread::sleep(Duration::from_millis(200));
            let deadline = *DEADLINE.lock().expect("nobody panics with it");
            if deadline.is_some_and(|deadline| Instant::now() > deadline) {
                eprintln!("no end came");
                std::process::abort();
            }
        }
    });
    // The lock is taken here once, and each line is written out before the case begins.
    let mut out = std::io::stdout().lock();
    let mut say = |line: String| {
        out.write_all(line.as_bytes()).expect("someone reads");
        out.flush().expect("someone reads");
    };
    for (index, case) in cases.iter().enumerate().skip(first) {
        let Exercise { function, record, .. } = case.exercise;
        say(format!("case\t{index}\t{function}\t{record}\t{}\t{}\n", case.lie, case.variant));
        *DEADLINE.lock().expect("nobody panics with it") = Some(Instant::now() + PATIENCE);
        let (word, said) = try_one(liar, case);
        say(format!("came\t{word}\t{said}\n"));
    }
    *DEADLINE.lock().expect("nobody panics with it") = None;
}

/// The answer, in a word, and the text of the error.
fn try_one(liar: &mut dyn Liar, case: &Case) -> (String, String) {
    let subject = liar.arm(case);
    let came = (case.exercise.run)(&subject);
    drop(subject);
    let (told, out) = liar.end(case);
    if out > 0 {
        return ("leaked".to_owned(), format!("{out} buffers or handles"));
    }
    if !told {
        return ("not told".to_owned(), came.map_or_else(|error| error.to_string(), |()| String::new()));
    }
    let error = match came {
        Ok(()) => return ("read".to_owned(), String::new()),
        Err(error) => error,
    };
    let text = error.to_string();
    let said = text.split_once("broke the API's rules: ").map_or(text.as_str(), |(_, said)| said);
    let word = match error.kind() {
        ErrorKind::MalformedAnswer => "refused".to_owned(),
        _ => match error.code() {
            Some(code) => format!("code {code}"),
            None => format!("{:?}", error.kind()),
        },
    };
    (word, said.to_owned())
}

/// Codes that mean something to the API.
const KNOWN: [u32; 31] = [
    2, 3, 5, 6, 8, 14, 50, 53, 87, 111, 122, 124, 127, 234, 259, 317, 600, 606, 615, 900, 901, 1003, 1062,
    1168, 1306, 1317, 1717, 1722, 2221, 3010, 8250,
];

/// Codes of every range: the ends of each power of two, those that mean something to the API, and some from in between.
fn codes() -> Vec<u32> {
    let ends = (0..32).flat_map(|bit| {
        let power = 1_u32 << bit;
        [power - 1, power, power + 1]
    });
    // RPC failures, HRESULTs and NTSTATUS values that a library may pass on as they are.
    let foreign = [1726, 1753, 0x8007_0005, 0x8000_4005, 0xC000_0005, 0xC000_0022, u32::MAX];
    let mut state = 0x9E37_79B9_u32;
    let between = std::iter::repeat_with(move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state
    });
    let mut codes: Vec<u32> = ends.chain(KNOWN).chain(foreign).chain(between.take(60)).collect();
    codes.retain(|code| *code != 0);
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Every exercise with every one of `lies`, each in so many variants, and with every one of `codes`.
fn all_of(lies: &[(&'static str, u32)], codes: &[u32]) -> Vec<Case> {
    let mut cases = Vec::new();
    for exercise in EXERCISES {
        for (lie, variants) in lies {
            cases.extend((0..*variants).map(|variant| Case { exercise, lie, variant }));
        }
        cases.extend(codes.iter().map(|code| Case { exercise, lie: "code", variant: *code }));
    }
    cases
}
