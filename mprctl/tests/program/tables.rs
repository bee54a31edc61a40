//! Output for people: tables and sheets at several widths, with `--where`, `--sort` and `--columns`. On the simulated
//! servers of `tables.toml`, on every system.

use insta::assert_snapshot;
use unicode_width::UnicodeWidthStr as _;

use crate::common::{Came, came_of, demo};

fn run(width: usize, arguments: &[&str]) -> Came {
    let mut command = demo("tables.toml");
    command.env_remove("NO_COLOR");
    if width == 0 {
        command.env_remove("COLUMNS");
    } else {
        command.env("COLUMNS", width.to_string());
    }
    came_of(command.args(arguments))
}

/// Returns the output for a terminal of this width, with the times of sheets masked: they are of today.
fn shown(width: usize, arguments: &[&str]) -> String {
    let came = run(width, arguments);
    assert!(matches!(came.code, Some(0 | 7)), "{}", came.stderr);
    let mask = |line: &str| match line.strip_prefix("Since  ").and_then(|rest| rest.split_once("20")) {
        Some((room, _)) => format!("Since  {room}TIME\n"),
        None => format!("{line}\n"),
    };
    came.stdout.lines().map(mask).collect()
}

/// The users whose sessions remain, in their order.
fn users(arguments: &[&str]) -> Vec<String> {
    let list = ["-s", "hq", "session", "list", "--type", "all", "--columns", "user", "-o", "csv"];
    let came = run(0, &[&list, arguments].concat());
    assert_eq!(came.code, Some(0), "{arguments:?}: {}", came.stderr);
    let mut csv = csv::Reader::from_reader(came.stdout.as_bytes());
    // The first name is enough to know them by.
    let first =
        |record: csv::StringRecord| record[0].split([' ', '.', '-']).next().expect("a word").to_owned();
    csv.records().map(|record| first(record.expect("CSV"))).collect()
}

fn refused(arguments: &[&str]) -> String {
    let came = run(0, &[&["-s", "hq", "session", "list"], arguments].concat());
    assert_eq!((came.code, came.stdout.as_str()), (Some(2), ""), "{arguments:?}");
    came.stderr
}

#[test]
fn sessions_at_80_columns() {
    assert_snapshot!(shown(80, &["-s", "hq", "session", "list"]), @r#"
    User                            Address    Tunnel    Connected       In      Out
    ────────────────────────────────────────────────────────────────────────────────
    anna.lindqvist                  10.20.0.2  IKEv2    4 h 07 min  64.0 MB   956 MB
    田中美香                        10.20.0.3  IKEv2          59 s      0 B    999 B
    Zoë Müller                      10.20.0.4  SSTP     1 h 01 min  4.29 GB  1.00 kB
    שרה כהן‎                         10.20.0.5  SSTP        1 d 2 h  12.3 kB  1.50 MB
    محمد العمري‎                     10.20.0.6  L2TP     2 h 00 min      0 B      0 B
    o'brien, "pat"; ext             10.20.0.7  SSTP     2 h 00 min      0 B  10.0 MB
    maximiliane-charlotte.von-und…  10.20.0.8  IKEv2       1 d 0 h      0 B      0 B
    till                            10.20.0.9  serial  10 min 00 s      0 B      0 B

    Not shown for want of room: domain, port
    "#);
}

#[test]
fn sessions_of_several_servers_at_200_columns() {
    assert_snapshot!(shown(200, &["-s", "hq,old,denied", "session", "list"]), @r#"
    Server  User                                                Domain           Address    Tunnel  Port      Connected       In      Out
    ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    hq      anna.lindqvist                                      CORP             10.20.0.2  IKEv2   VPN1-0   4 h 07 min  64.0 MB   956 MB
    hq      田中美香                                            東京             10.20.0.3  IKEv2   VPN1-1         59 s      0 B    999 B
    hq      Zoë Müller                                          CORP             10.20.0.4  SSTP    VPN0-0   1 h 01 min  4.29 GB  1.00 kB
    hq      שרה כהן‎                                             CORP             10.20.0.5  SSTP    VPN0-1      1 d 2 h  12.3 kB  1.50 MB
    hq      محمد العمري‎                                         CORP             10.20.0.6  L2TP    VPN2-0   2 h 00 min      0 B      0 B
    hq      o'brien, "pat"; ext                                 PARTNER-COMPANY  10.20.0.7  SSTP    VPN0-2   2 h 00 min      0 B  10.0 MB
    hq      maximiliane-charlotte.von-und-zu-hohenstein.extern  CORP             10.20.0.8  IKEv2   VPN1-2      1 d 0 h      0 B      0 B
    hq      till                                                                 10.20.0.9  serial  COM1    10 min 00 s      0 B      0 B
    old     chen                                                CORP             10.21.0.5  PPTP    VPN3-0   5 min 00 s  1.23 kB      0 B
    "#);
}

#[test]
fn ports_at_80_columns() {
    assert_snapshot!(shown(80, &["-s", "hq", "port", "list"]), @r#"
    Port    Tunnel  Condition  User                                 Connected  Calls
    ────────────────────────────────────────────────────────────────────────────────
    COM1    serial  connected  till                               10 min 00 s      1
    VPN0-0  SSTP    connected  Zoë Müller                          1 h 01 min      1
    VPN0-1  SSTP    connected  שרה כהן‎                                1 d 2 h      1
    VPN0-2  SSTP    connected  o'brien, "pat"; ext                 2 h 00 min      1
    VPN0-3  SSTP    connected  Branch office of the northern…             0 s      1
    VPN1-0  IKEv2   connected  anna.lindqvist                      4 h 07 min      1
    VPN1-1  IKEv2   connected  田中美香                                  59 s      1
    VPN1-2  IKEv2   connected  maximiliane-charlotte.von-und-zu…      1 d 0 h      1
    VPN1-3  IKEv2   listening                                                      0
    VPN2-0  L2TP    connected  محمد العمري‎                         2 h 00 min      1
    VPN2-1  L2TP    listening                                                      0

    Not shown for want of room: device
    "#);
}

#[test]
fn interfaces_at_80_and_at_200_columns() {
    assert_snapshot!(shown(80, &["-s", "hq", "interface", "list", "--where", "type!=client"]), @r"
    Interface                 Shown as  Type         Enabled  State         Because
    ────────────────────────────────────────────────────────────────────────────────
    Branch office of the…               full router  yes      connected
    Closed                              full router  no       unreachable   disabled
    {CBBDE46D-3E77-4C0E-8C9…  Ethernet  dedicated    yes      connected
    支店 大阪                           full router  yes      disconnected
    ");
    assert_snapshot!(shown(200, &["-s", "hq", "interface", "list", "--where", "type!=client"]), @r"
    Interface                                          Shown as  Type         Enabled  State         Because   Last error
    ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    Branch office of the northern region, second line            full router  yes      connected
    Closed                                                       full router  no       unreachable   disabled
    {CBBDE46D-3E77-4C0E-8C95-7D4BFF4A5F84}             Ethernet  dedicated    yes      connected
    支店 大阪                                                    full router  yes      disconnected
    ");
}

#[test]
fn status_of_servers() {
    assert_snapshot!(shown(80, &["-s", "hq,old", "status"]), @r"
    Server  Service    Up for  Sessions  In use  By tunnel
    ────────────────────────────────────────────────────────────────────────────────
    hq      running  42 d 0 h         8    9/11  IKEv2 3/4, SSTP 4/4, L2TP 1/2,…
    old     running       0 s         1     1/2  PPTP 1/2

    Not shown for want of room: sites
    ");
}

#[test]
fn addresses_and_ports_are_sorted_by_their_numbers() {
    let column = |arguments: &[&str], column: usize| {
        let came = run(0, &[&["-s", "hq", "-o", "csv"], arguments].concat());
        let mut csv = csv::Reader::from_reader(came.stdout.as_bytes());
        csv.records().map(|record| record.expect("CSV")[column].to_owned()).collect::<Vec<_>>()
    };
    let addresses =
        column(&["session", "list", "--type", "all", "--sort", "address", "--columns", "address"], 0);
    assert_eq!(addresses.first().map(String::as_str), Some("10.20.0.2"));
    assert_eq!(addresses.last().map(String::as_str), Some("10.20.0.10"));
    let reversed =
        column(&["session", "list", "--type", "all", "--sort=-address", "--columns", "address"], 0);
    assert!(reversed.iter().eq(addresses.iter().rev()), "{reversed:?}");
    let ports = column(&["port", "list", "--sort", "name", "--columns", "name"], 0);
    assert_eq!(ports[..3], ["COM1", "VPN0-0", "VPN0-1"]);
}

#[test]
fn operations_that_would_be_done() {
    assert_snapshot!(shown(80, &["-s", "hq,old", "session", "disconnect", "--glob", "*an*", "chen", "--dry-run"]), @r#"
    Server  Action      What                                           Outcome
    ────────────────────────────────────────────────────────────────────────────────
    hq      disconnect  CORP\anna.lindqvist (10.20.0.2)                would be done
    hq      disconnect  PARTNER-COMPANY\o'brien, "pat"; ext…           would be done
    hq      disconnect  CORP\maximiliane-charlotte.von-und-zu-hohens…  would be done
    old     disconnect  CORP\chen (10.21.0.5)                          would be done
    "#);
}

#[test]
fn a_session_as_a_sheet() {
    assert_snapshot!(shown(80, &["-s", "hq", "session", "show", "anna.lindqvist"]), @r"
    User            anna.lindqvist
    Domain          CORP
    Address         10.20.0.2
    Tunnel          IKEv2
    Port            VPN1-0
    Handle          0x1d5000001b0
    Computer        LT-0412
    Calls from      2001:db8::51
    Connected       4 h 07 min
    In              64.0 MB
    Out             956 MB
    Type            client
    Account         user
    Since           TIME
    Interface       CORP\anna.lindqvist
    Quarantine      normal
    GUID            {0000001b-4d50-4152-8073-696d636f6e6e}
    Called          192.0.2.10
    Moves           0
    Authentication  none
    Shows messages  yes
    Frames in       99923
    Frames out      1493943
    Errors          0
    ");
}

#[test]
fn what_does_not_fit_as_a_table_is_shown_as_sheets() {
    let only = ["--where", "user=t*"];
    assert_snapshot!(shown(80, &[&["-s", "hq,old", "session", "list", "--columns", "all"], &only[..]].concat()), @r"
    Server      hq
    User        till
    Address     10.20.0.9
    Tunnel      serial
    Port        COM1
    Handle      0x1d500000290
    Calls from  203.0.113.1
    Connected   10 min 00 s
    In          0 B
    Out         0 B
    Type        client
    Account     user
    Since       TIME
    Interface   till
    Quarantine  normal
    ");
    let table = shown(200, &[&["-s", "hq,old", "session", "list", "--columns", "all"], &only[..]].concat());
    assert!(table.starts_with("Server  User  Domain"), "{table}");
}

#[test]
fn no_line_of_a_table_is_wider_than_the_terminal() {
    let lists: [&[&str]; 9] = [
        &["session", "list"],
        &["session", "disconnect", "--glob", "*", "--dry-run"],
        &["site", "list"],
        &["port", "list"],
        &["interface", "list"],
        &["config", "show"],
        &["mib", "interfaces"],
        &["mib", "routes"],
        &["status"],
    ];
    for list in lists {
        for width in [80, 100, 120, 200] {
            let shown = shown(width, &[&["-s", "hq,old"], list].concat());
            for line in shown.lines() {
                assert!(line.width() <= width, "{list:?}: {} of {width}: {line}", line.width());
            }
            assert!(!shown.contains(" \n"), "{list:?}: nothing hangs over at the end of a line");
        }
    }
}

#[test]
fn a_name_of_emoji_is_shortened_to_its_room_too() {
    let came = came_of(demo("emoji.toml").env("COLUMNS", "80").args(["session", "list"]));
    assert_eq!(came.code, Some(0), "{}", came.stderr);
    let user = came.stdout.lines().find(|line| line.contains('❤')).expect("the user");
    assert!(user.contains('…') && user.width() <= 80, "{user}");
}

#[test]
fn in_a_pipe_nothing_is_shortened_left_out_or_coloured() {
    let shown = shown(0, &["-s", "hq", "session", "list"]);
    assert!(shown.contains("maximiliane-charlotte.von-und-zu-hohenstein.extern"), "{shown}");
    assert!(
        !shown.contains('…') && !shown.contains('\u{1b}') && shown.contains("PARTNER-COMPANY"),
        "{shown}"
    );
}

#[test]
fn colours_are_there_when_asked_for_and_leave_the_text_as_it_is() {
    let plain = shown(80, &["-s", "hq", "port", "list"]);
    let coloured = shown(80, &["-s", "hq", "port", "list", "--color", "always"]);
    assert!(coloured.contains("\u{1b}[32mconnected\u{1b}[0m"), "{coloured}");
    let mut bare = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        bare.push_str(before);
        rest = after.split_once('m').expect("the end of a sequence").1;
    }
    assert_eq!(bare + rest, plain);
}

/// A terminal that sets Hebrew from right to left would else set the address that follows it in its place.
#[test]
fn a_name_from_right_to_left_ends_with_a_mark_that_takes_no_room() {
    let shown = shown(80, &["-s", "hq", "session", "list"]);
    let ends: Vec<&str> = shown.lines().filter(|line| line.contains('\u{200e}')).collect();
    assert_eq!(ends.len(), 2, "the Hebrew name and the Arabic one");
    assert!(ends[0].starts_with("שרה כהן\u{200e}  "), "{}", ends[0]);
}

#[test]
fn where_takes_each_operator_that_the_help_names() {
    let help = run(0, &["session", "list", "--help"]).stdout;
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in
        ["COLUMN=TEXT", "COLUMN!=TEXT", "COLUMN>NUMBER (or >=, <, <=)", "longer-than=", "shorter-than="]
    {
        assert!(help.contains(words), "{words}: {help}");
    }
    let of = |condition: &str| users(&["--where", condition]);
    assert_eq!(of("user=ANNA.lindqvist"), ["anna"], "case does not matter");
    assert_eq!(of("user=anna"), [""; 0], "the whole text");
    assert_eq!(of("user=*an*"), ["anna", "maximiliane", "Branch"]);
    assert_eq!(of("user=t?ll"), ["till"]);
    assert_eq!(of("tunnel=ikev2"), ["anna", "田中美香", "maximiliane"]);
    assert_eq!(of("domain!=CORP"), ["田中美香", "o'brien,", "till", "Branch"]);
    assert_eq!(of("domain="), ["till", "Branch"], "those without one");
    assert_eq!(of("user=שרה*"), ["שרה"]);
    assert_eq!(of("bytes_out>10MB"), ["anna"], "more, and not as much");
    assert_eq!(of("bytes_out>=10MB"), ["anna", "o'brien,"]);
    assert_eq!(of("connected_for<=2h"), of("connected_for<7201"));
    assert_eq!(of("bytes_out>9.9MB"), ["anna", "o'brien,"]);
    assert_eq!(of("bytes-out=10MB"), ["o'brien,"], "a hyphen will do");
    assert_eq!(of("bytes_in<1"), ["田中美香", "محمد", "o'brien,", "maximiliane", "till", "Branch"]);
    assert_eq!(of("bytes_in>4GB"), ["Zoe\u{308}"]);
    assert_eq!(of("bytes_in>1M"), ["anna", "Zoe\u{308}"], "a megabyte, not a month");
    assert_eq!(of("connected_for=2h"), ["محمد"]);
    assert_eq!(of("longer-than=2h"), ["anna", "שרה", "o'brien,", "maximiliane"]);
    assert_eq!(of("connected_for>1d"), ["שרה"]);
    assert_eq!(of("shorter-than=90"), ["田中美香", "Branch"], "a bare number is seconds");
    assert_eq!(users(&["--where", "tunnel=IKEv2", "--where", "longer-than=1h"]), ["anna", "maximiliane"]);
}

#[test]
fn where_takes_a_state_as_a_table_shows_it_and_as_programs_get_it() {
    let names = |condition: &str| {
        let list = ["-s", "hq", "interface", "list", "--columns", "name", "-o", "csv", "--where", condition];
        run(0, &list).stdout
    };
    assert_eq!(names("enabled=no"), "name\nClosed\n");
    assert_eq!(names("enabled=false"), names("enabled=no"));
    assert_eq!(names("enabled!=TRUE"), names("enabled=no"));
}

#[test]
fn a_condition_that_cannot_be_is_refused_with_what_is_allowed() {
    assert_snapshot!(refused(&["--where", "user"]), @r"mprctl: `user` is not a condition; use COLUMN=TEXT, COLUMN!=TEXT, COLUMN>NUMBER (or >=, <, <=), longer-than=2h or shorter-than=5min");
    assert_snapshot!(refused(&["--where", "nope=1"]), @r"mprctl: session has no column `nope`; use one of server, user, domain, address, ipv6, tunnel, port, handle, computer, endpoint, connected_for, bytes_in, bytes_out, type, account, started, interface, quarantine");
    assert_snapshot!(refused(&["--where", "bytes_in>lots"]), @r"mprctl: `lots` in `bytes_in>lots` is not a number; use for example 90, 10MB, 45s, 30min, 2h or 1d");
    assert_snapshot!(refused(&["--where", "bytes_in>2h"]), @r"mprctl: cannot compare bytes_in with `2h`: the column has bytes, such as 90, 10MB or 1.5GB");
    assert_snapshot!(refused(&["--where", "longer-than=10MB"]), @r"mprctl: cannot compare connected_for with `10MB`: the column has times, such as 45s, 30min, 2h or 1d");
    assert_snapshot!(refused(&["--where", "user>5"]), @r"mprctl: cannot compare user with `5`: the column has text; use = or !=");
    assert_snapshot!(refused(&["--where", "user!anna"]), @r"mprctl: `!` in `user!anna` is not a sign; use `user!=anna` (the signs are =, !=, >, >=, < and <=)");
}

#[test]
fn sort_has_several_keys_each_in_its_direction_and_what_is_not_there_comes_last() {
    assert_eq!(
        users(&["--sort", "connected_for"]),
        ["Branch", "田中美香", "till", "Zoe\u{308}", "محمد", "o'brien,", "anna", "maximiliane", "שרה"]
    );
    assert_eq!(users(&["--sort=-bytes_out"])[..3], ["anna", "o'brien,", "שרה"]);
    assert_eq!(users(&["--sort", "tunnel,-connected_for"])[..3], ["maximiliane", "anna", "田中美香"]);
    for direction in ["domain", "-domain"] {
        assert_eq!(users(&["--sort", direction])[7..], ["till", "Branch"], "{direction}");
    }
    assert!(refused(&["--sort", "nope"]).contains("use one of server, user, domain"));
}

#[test]
fn columns_are_those_that_were_named_in_that_order() {
    let shown =
        shown(80, &["-s", "hq", "session", "list", "--columns", "tunnel,user", "--where", "user=till"]);
    assert_snapshot!(shown, @r"
    Tunnel  User
    ────────────
    serial  till
    ");
    assert!(refused(&["--columns", "tunnel,nope"]).contains("`nope`"));
}

/// On a terminal of 80 columns, which `script` makes. `None` where it is not there.
#[cfg(target_os = "linux")]
fn on_a_terminal(no_color: Option<&str>, arguments: &str) -> Option<String> {
    let mut command = crate::common::on_a_terminal("tables.toml", &format!("-s hq {arguments}"));
    command.stdin(std::process::Stdio::null());
    match no_color {
        Some(value) => command.env("NO_COLOR", value),
        None => command.env_remove("NO_COLOR"),
    };
    let output = command.output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    Some(String::from_utf8(output.stdout).expect("UTF-8").replace("\r\n", "\n"))
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_there_are_colours_unless_no_color_is_set() {
    let list = "port list";
    let Some(coloured) = on_a_terminal(None, list) else { return };
    assert_eq!(coloured, shown(80, &["-s", "hq", "port", "list", "--color", "always"]));
    assert_eq!(on_a_terminal(Some(""), list), Some(coloured.clone()), "empty is not set");
    let plain = shown(80, &["-s", "hq", "port", "list"]);
    assert_eq!(on_a_terminal(Some("1"), list), Some(plain.clone()));
    assert_eq!(on_a_terminal(None, "port list --color never"), Some(plain));
    assert_eq!(on_a_terminal(Some("1"), "port list --color always"), Some(coloured));
}
