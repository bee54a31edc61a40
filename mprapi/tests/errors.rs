//! The predicates of an error are right for every code that the documentation names for a function.

use std::fs;
use std::path::Path;

use mprapi::Error;
use mprapi::sys::Function;

/// A code that a function is documented to answer, and when.
struct Documented {
    function: String,
    code: String,
    when: String,
}

/// Reads the codes of each function from the page that the raw bindings' documentation is made of.
fn documented() -> Vec<Documented> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../mprapi-sys/docs/functions.md");
    let mut function = String::new();
    let mut documented = Vec::new();
    for line in fs::read_to_string(page).expect("the page").lines() {
        if let Some(name) = line.strip_prefix("## ") {
            function = name.to_owned();
        }
        let Some(answers) = line.strip_prefix("Returns `NO_ERROR` (0), or ") else { continue };
        // A sentence behind the last answer is not about it.
        let answers = answers.split(". ").next().expect("a first part");
        for answer in answers.split("; ") {
            let code = answer.split('`').nth(1).filter(|_| answer.starts_with('`'));
            if let (Some(code), Some((_, when))) = (code, answer.split_once(" when ")) {
                documented.push(Documented {
                    function: function.clone(),
                    code: code.to_owned(),
                    when: when.to_owned(),
                });
            }
        }
    }
    documented
}

/// Returns `true` if the sentence says that something is not there or not connected, and nothing else besides.
fn tells_of_what_is_gone(when: &str) -> bool {
    let handles = ["`hConnection` is", "`hRasConnection` is", "`hPort` is", "`hInterface` is"];
    let is_bad_handle = handles.iter().any(|handle| when.contains(&format!("{handle} not valid")))
        && !when.contains(" or the interface is disabled")
        && !when.contains(" or its type is not");
    let phrases = [
        "`hConnection` is null",
        "the interface is not connected",
        "no such interface",
        "no interface has that name",
        "no interface of that name",
        "does not run on the interface",
        "the configuration does not have the transport",
        "the configuration no longer has the interface",
    ];
    is_bad_handle || phrases.iter().any(|phrase| when.contains(phrase))
}

fn tells_of_a_transport_that_is_not_there(code: &str, when: &str) -> bool {
    let phrases = [
        "does not run on the interface",
        "the interface does not have the transport",
        "or the interface the transport",
    ];
    code == "ERROR_UNKNOWN_PROTOCOL_ID"
        || code == "ERROR_NO_SUCH_INTERFACE" && phrases.iter().any(|phrase| when.contains(phrase))
}

fn tells_of_a_dead_server(code: &str, when: &str) -> bool {
    let is_handle =
        ["`hRasServer`", "`hMprServer`", "`phMprServer`"].iter().any(|handle| when.contains(handle));
    match code {
        "ERROR_INVALID_HANDLE" | "RPC_S_INVALID_BINDING" => is_handle,
        "RPC_S_UNKNOWN_IF" => true,
        _ => false,
    }
}

fn tells_of_a_passing_state(when: &str) -> bool {
    let phrases = [
        "not running",
        // It is not running there either.
        "needs the Demand Dial Manager",
        "does not run the Routing",
        "is paused",
        "is under way",
        "memory ran out",
        "memory runs out",
    ];
    phrases.iter().any(|phrase| when.contains(phrase))
}

#[test]
#[cfg_attr(not(feature = "messages"), ignore = "asks for the names of errors")]
fn the_predicates_agree_with_what_the_page_says_of_each_code_of_each_function() {
    let mut wrong = Vec::new();
    let mut seen = [0; 5];
    let documented = documented();
    for Documented { function, code, when } in &documented {
        let number = Error::code_named(code).unwrap_or_else(|| panic!("{code} of {function} has no number"));
        let function =
            Function::ALL.iter().find(|known| known.name() == function).expect("a function").name();
        let error = Error::new(function, number);
        let answers = [
            ("is_gone", error.is_gone(), tells_of_what_is_gone(when)),
            ("needs_reconnect", error.needs_reconnect(), tells_of_a_dead_server(code, when)),
            ("is_transient", error.is_transient(), tells_of_a_passing_state(when)),
            ("is_denied", error.is_denied(), code == "ERROR_ACCESS_DENIED"),
            (
                "is_no_such_transport",
                error.is_no_such_transport(),
                tells_of_a_transport_that_is_not_there(code, when),
            ),
        ];
        for ((name, is, should), seen) in answers.into_iter().zip(&mut seen) {
            *seen += usize::from(should);
            if is != should {
                wrong.push(format!("{name} is {is} for {code} of {function}: when {when}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(documented.len() > 300, "only {} codes were found", documented.len());
    let least = [40, 7, 60, 50, 20];
    assert!(seen.iter().zip(least).all(|(seen, least)| *seen >= least), "{seen:?}");
}

#[test]
fn codes_of_rpc_and_of_the_network_decide_whichever_function_answered_them() {
    // Gone, connect again, try later, not allowed.
    let cases = [
        (5, [false, false, false, true]),
        (8, [false, false, true, false]),
        (14, [false, false, true, false]),
        (53, [false, false, true, false]),
        (64, [false, true, true, false]),
        (121, [false, false, true, false]),
        (170, [false, false, true, false]),
        (601, [true, false, false, false]),
        (606, [true, false, false, false]),
        (615, [true, false, false, false]),
        (668, [true, false, false, false]),
        (900, [false, false, true, false]),
        (903, [false, false, true, false]),
        (905, [true, false, false, false]),
        (906, [true, false, false, false]),
        (1062, [false, false, true, false]),
        (1314, [false, false, false, true]),
        (1326, [false, false, false, true]),
        (1460, [false, false, true, false]),
        (1717, [false, true, true, false]),
        (1722, [false, true, true, false]),
        (1723, [false, false, true, false]),
        (1726, [false, true, true, false]),
        (1727, [false, true, true, false]),
        (1753, [false, true, true, false]),
        (1820, [false, true, true, false]),
        (50, [false; 4]),
        (1745, [false; 4]),
        (4711, [false; 4]),
    ];
    for (code, expected) in cases {
        for function in Function::ALL.iter().map(|function| function.name()).chain(["CreateEventW"]) {
            let error = Error::new(function, code);
            let came = [error.is_gone(), error.needs_reconnect(), error.is_transient(), error.is_denied()];
            assert_eq!(came, expected, "{error}");
        }
    }
}

#[test]
fn an_invalid_handle_is_the_servers_where_the_function_takes_no_other() {
    let of = |function, code| {
        let error = Error::new(function, code);
        (error.is_gone(), error.needs_reconnect())
    };
    assert_eq!(of("MprAdminServerGetInfo", 6), (false, true));
    assert_eq!(of("MprAdminMIBEntryGet", 6), (false, true));
    assert_eq!(of("MprConfigServerRefresh", 6), (false, true));
    assert_eq!(of("MprAdminInterfaceGetInfo", 6), (true, false));
    assert_eq!(of("MprAdminPortEnum", 6), (true, false));
    assert_eq!(of("MprAdminConnectionEnum", 6), (false, true));
    assert_eq!(of("MprAdminInterfaceGetHandle", 6), (false, true));
    assert_eq!(of("MprAdminSendUserMessage", 6), (true, false));
    assert_eq!(of("MprAdminInterfaceTransportGetInfo", 6), (false, false));
    assert_eq!(of("MprAdminPortClearStats", 1702), (true, true));
    assert_eq!(of("MprAdminPortEnum", 1702), (false, true));
    assert_eq!(of("CreateEventW", 6), (false, false));
}

/// Lists the functions of the running server that take the handle of a part of it, by the names of their parameters.
macro_rules! of_parts {
    ($($since:literal fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty;)+) => {
        [$((stringify!($name), [$((stringify!($argument), stringify!($type))),*].as_slice()),)+]
    };
}

#[test]
fn an_invalid_handle_is_that_of_a_part_where_the_header_has_a_parameter_for_one() {
    let functions: &[(&str, &[(&str, &str)])] = &mprapi::sys::for_each_function!(of_parts);
    let mut of_part = 0;
    for (name, parameters) in functions.iter().filter(|(name, _)| name.starts_with("MprAdmin")) {
        let is_part = |(parameter, r#type): &(&str, &str)| {
            r#type.rsplit(" ").next() == Some("HANDLE")
                && ["hInterface", "hPort", "hConnection", "hRasConnection"].contains(parameter)
        };
        let takes_part = parameters.iter().any(is_part);
        of_part += usize::from(takes_part);
        let error = Error::new(name, 6);
        // Its answer may mean that the interface is disabled.
        let expected = takes_part && *name != "MprAdminInterfaceTransportGetInfo";
        assert_eq!(error.is_gone(), expected, "{name}({parameters:?})");
        assert_eq!(error.needs_reconnect(), !takes_part, "{name}({parameters:?})");
    }
    assert_eq!(of_part, 29);
}

#[test]
fn a_level_or_a_function_that_is_too_new_is_unsupported() {
    for code in [50, 120, 124, 127, 1306, 1745] {
        assert!(Error::new("MprAdminServerGetInfoEx", code).is_unsupported(), "{code}");
    }
    assert!(Error::from(mprapi::sys::MissingFunction(Function::MprAdminPortEnum)).is_unsupported());
    assert!(!Error::new("MprAdminServerGetInfoEx", 5).is_unsupported());
}

#[test]
fn what_was_never_asked_has_no_verdict() {
    let missing = Error::from(mprapi::sys::MissingFunction(Function::MprAdminPortEnum));
    assert!(
        !missing.is_no_such_transport()
            && !missing.is_gone()
            && !missing.needs_reconnect()
            && !missing.is_transient()
            && !missing.is_denied()
    );
    assert_eq!(missing.message(), missing.to_string());
}

#[test]
fn the_message_is_the_text_without_function_code_and_name() {
    let error = Error::new("MprAdminPortReset", 4711);
    assert_eq!(error.message(), "the library answered code 4711 (0x1267)");
    assert_eq!(error.to_string(), "MprAdminPortReset: the library answered code 4711 (0x1267)");
    for code in 0..3000 {
        let error = Error::new("F", code);
        if let Some(name) = error.name() {
            assert_eq!(error.to_string(), format!("F: {} ({name}, {code})", error.message()));
        }
    }
}
