//! The examples of `mprapi-admin-dll`, each in a folder of its own with its file.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use super::{check, example, play};

/// A folder with a copy of a DLL.
struct Installed {
    folder: TempDir,
    dll: PathBuf,
}

impl Installed {
    fn new(name: &'static str) -> Installed {
        let (folder, built) = (tempfile::tempdir().expect("a folder"), example("mprapi-admin-dll", name));
        let dll = folder.path().join(built.file_name().expect("a file"));
        fs::copy(&built, &dll).expect("it was built");
        Installed { folder, dll }
    }

    /// A file of the example beside the DLL.
    fn with_its_file(name: &'static str, folder: &str, file: &str) -> Installed {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../mprapi-admin-dll/examples");
        let text = fs::read_to_string(root.join(folder).join(file)).expect("the example has its file");
        Installed::new(name).with(file, &text)
    }

    fn with(self, file: &str, text: &str) -> Installed {
        fs::write(self.folder.path().join(file), text).expect("the folder is ours");
        self
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.folder.path().join(file)).unwrap_or_default()
    }

    /// The lines of JSON in a file.
    fn lines(&self, file: &str) -> Vec<Value> {
        self.read(file).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }
}

const EX: &str = "code 0, revision 2: AcceptNewLink LinkHangup Terminate AcceptNewConnectionEx \
                  AcceptReauthenticationEx ConnectionHangupEx";

#[test]
#[cfg_attr(
    windows,
    ignore = "the DLL loads the Mprapi.dll of the system, where `cargo xtask windows` puts the drop-in"
)]
fn session_limit_counts_each_users_sessions_by_group() {
    let dll = Installed::with_its_file("session_limit", "session-limit", "session-limit.toml");
    check(
        &dll.dll,
        &[],
        &format!(
            "> initialize
            {EX}
            > accept 1 dora CORP
            accepted
            > accept 2 DORA corp
            rejected
            > end 2 DORA corp
            > accept 3 dora LAB
            accepted
            > accept 4 anna CORP
            accepted
            > accept 5 anna CORP
            accepted
            > accept 6 Anna corp
            accepted
            > accept 7 anna CORP
            rejected
            > accept 8 carol LAB
            accepted
            > accept 9 carol LAB
            accepted
            > accept 10 guest CORP
            rejected
            > accept 11 site CORP type=2
            accepted
            > accept 12 site CORP type=2
            accepted
            > link 1 VPN1-1 WAN Miniport (SSTP)
            accepted
            > again 1 dora CORP
            accepted
            > end 1 dora CORP
            > accept 13 dora CORP
            accepted
            > terminate
            code 0
            > initialize
            {EX}
            > accept 14 dora CORP
            accepted
            > terminate
            code 0"
        ),
    );
    assert_eq!(dll.read("session-limit.log"), "");
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the DLL loads the Mprapi.dll of the system, where `cargo xtask windows` puts the drop-in"
)]
fn session_limit_says_what_is_wrong_with_its_file_and_does_not_start() {
    let missing = Installed::new("session_limit");
    check(&missing.dll, &[], "> initialize\ncode 2, revision 0:");
    let wrong = Installed::new("session_limit").with("session-limit.toml", "sessions = \"two\"\n");
    check(&wrong.dll, &[], "> initialize\ncode 13, revision 0:");
    if super::program().is_some() {
        assert!(missing.read("session-limit.log").contains("session-limit.toml: "));
        assert!(wrong.read("session-limit.log").contains("line 1"), "{}", wrong.read("session-limit.log"));
    }
}

const EX_WITH_IPV4: &str = "code 0, revision 2: GetIpAddressForUser ReleaseIpAddress AcceptNewLink LinkHangup \
                            Terminate AcceptNewConnectionEx AcceptReauthenticationEx ConnectionHangupEx";

#[test]
fn fixed_addresses_gives_those_of_its_file_and_of_its_pool() {
    let pool = "[pool]\nfirst = \"10.8.0.128\"\nlast = \"10.8.0.129\"\n\
                [addresses]\n\"CORP\\\\anna\" = \"10.8.0.10\"\nbob = \"10.8.0.11\"\n";
    let dll = Installed::new("fixed_addresses").with("fixed-addresses.toml", pool);
    check(
        &dll.dll,
        &[],
        &format!(
            "> initialize
            {EX_WITH_IPV4}
            > address CORP\\anna VPN1-1 10.0.0.9
            code 0, 10.8.0.10, notify 1
            > address anna@corp VPN1-2 10.0.0.9
            code 717, 10.0.0.9, notify 5555
            > address LAB\\anna VPN1-3 0
            code 0, 10.8.0.128, notify 1
            > address LAB\\bob VPN1-4 0
            code 0, 10.8.0.11, notify 1
            > address carol VPN1-5 0
            code 0, 10.8.0.129, notify 1
            > address dora VPN1-6 10.0.0.9
            code 717, 10.0.0.9, notify 5555
            > release LAB\\anna VPN1-3 10.8.0.128
            > address dora VPN1-6 0
            code 0, 10.8.0.128, notify 1
            > address anna VPN1-1 0
            code 0, 10.8.0.10, notify 1
            > release anna VPN1-2 10.8.0.10
            > address anna VPN1-7 0
            code 717, 0.0.0.0, notify 5555
            > accept 1 anna CORP
            accepted
            > terminate
            code 0
            > initialize
            {EX_WITH_IPV4}
            > address anna VPN1-7 0
            code 0, 10.8.0.10, notify 1
            > terminate
            code 0"
        ),
    );
}

#[test]
fn fixed_addresses_without_a_pool_keeps_what_is_offered_and_refuses_a_name_that_means_two() {
    let two = "[addresses]\n\"CORP\\\\anna\" = \"10.8.0.10\"\n\"LAB\\\\anna\" = \"10.8.0.11\"\n";
    let dll = Installed::new("fixed_addresses").with("fixed-addresses.toml", two);
    check(
        &dll.dll,
        &[],
        &format!(
            "> initialize
            {EX_WITH_IPV4}
            > address bob VPN1-1 10.0.0.9
            code 0, 10.0.0.9, notify 0
            > address bob VPN1-1 0
            code 738, 0.0.0.0, notify 5555
            > address anna VPN1-1 10.0.0.9
            code 738, 10.0.0.9, notify 5555
            > address LAB\\anna VPN1-1 10.0.0.9
            code 0, 10.8.0.11, notify 1
            > address bob VPN1-2 10.8.0.10
            code 717, 10.8.0.10, notify 5555"
        ),
    );
}

#[test]
fn fixed_addresses_knows_a_user_by_the_whole_name_whatever_others_the_file_has() {
    let three = "[addresses]\n\"CORP\\\\anna\" = \"10.8.0.10\"\n\"LAB\\\\anna\" = \"10.8.0.11\"\n\
                 anna = \"10.8.0.12\"\n";
    let dll = Installed::new("fixed_addresses").with("fixed-addresses.toml", three);
    check(
        &dll.dll,
        &[],
        &format!(
            "> initialize
            {EX_WITH_IPV4}
            > address anna VPN1-1 0
            code 0, 10.8.0.12, notify 1
            > address LAB\\anna VPN1-2 0
            code 0, 10.8.0.11, notify 1"
        ),
    );
}

#[test]
fn fixed_addresses_refuses_a_file_with_a_conflict_and_names_it() {
    let cases = [
        ("[addresses]\na = \"10.8.0.1\"\nb = \"10.8.0.1\"\n", "a and b have the same address, 10.8.0.1"),
        ("[addresses]\na = \"10.8.0.1\"\nA = \"10.8.0.2\"\n", "has two addresses"),
        (
            "[pool]\nfirst = \"10.8.0.1\"\nlast = \"10.8.0.9\"\n[addresses]\na = \"10.8.0.9\"\n",
            "is in the pool",
        ),
        ("[pool]\nfirst = \"10.8.0.9\"\nlast = \"10.8.0.1\"\n", "ends before it begins"),
        ("[addresses]\na = \"10.8.0.256\"\n", "line 2"),
    ];
    for (text, expected) in cases {
        let dll = Installed::new("fixed_addresses").with("fixed-addresses.toml", text);
        check(&dll.dll, &[], "> initialize\ncode 13, revision 0:");
        if super::program().is_some() {
            let log = dll.read("fixed-addresses.log");
            assert!(log.contains(expected), "{text}: {log}");
        }
    }
    let own = Installed::with_its_file("fixed_addresses", "fixed-addresses", "fixed-addresses.toml");
    check(&own.dll, &[], &format!("> initialize\n{EX_WITH_IPV4}"));
}

/// Two sessions of three that a DLL accepts; the third is refused by another.
const SESSIONS: &str = "initialize
    accept 1 anna CORP from=203.0.113.7 ip=10.8.0.10
    link 1 VPN1-1 WAN Miniport (SSTP)
    accept 2 bob CORP
    end 2 bob CORP
    link 1 VPN1-2 WAN Miniport (SSTP)
    accept 3 carol CORP
    link 3 VPN2-1 WAN Miniport (IKEv2)
    unlink 1 VPN1-1 WAN Miniport (SSTP)
    end 1 anna CORP seconds=2560 sent=70 received=50 ip=10.8.0.10
    terminate
";

#[test]
fn audit_writes_one_line_for_the_start_and_one_for_the_end() {
    let dll = Installed::new("audit");
    let Some(came) = play(&dll.dll, &[], SESSIONS) else { return };
    assert!(came.contains(EX) && came.ends_with("> terminate\ncode 0\n"), "{came}");
    let lines = dll.lines("audit.jsonl");
    let told = |line: &Value| {
        ["event", "user", "tunnel", "port"].map(|key| line[key].as_str().unwrap_or("-").to_owned()).join(" ")
    };
    let told: Vec<String> = lines.iter().map(told).collect();
    assert_eq!(
        told,
        [
            "start anna SSTP VPN1-1",
            "refused bob - -",
            "start carol IKEv2 VPN2-1",
            "end anna SSTP VPN1-1",
            "service_stopped carol IKEv2 VPN2-1",
        ]
    );
    let end = &lines[3];
    assert_eq!(end["session"], lines[0]["session"]);
    assert_eq!(end["session"], "{00000001-0001-0002-0303-030303030303}");
    assert_eq!(
        (&end["seconds"], &end["bytes_sent"], &end["bytes_received"]),
        (&2560.into(), &70.into(), &50.into())
    );
    assert_eq!(
        (&end["from"], &end["ipv4"], &end["domain"]),
        (&"203.0.113.7".into(), &"10.8.0.10".into(), &"CORP".into())
    );
    assert!(end["time"].as_str().is_some_and(|time| time.ends_with('Z')), "{end}");
}

#[test]
fn audit_begins_a_new_file_when_one_is_full() {
    let settings = "file = \"sessions.jsonl\"\nmax_bytes = 1500\nkept_files = 2\n";
    let dll = Installed::new("audit").with("audit.toml", settings);
    let session = |number: u32| {
        format!(
            "accept {number} anna CORP\nlink {number} VPN1-1 WAN Miniport (SSTP)\nend {number} anna CORP\n"
        )
    };
    let commands = format!("initialize\n{}terminate\n", (1..=20).map(session).collect::<String>());
    if play(&dll.dll, &[], &commands).is_none() {
        return;
    }
    let files = ["sessions.jsonl", "sessions.jsonl.1", "sessions.jsonl.2"];
    for file in files {
        let length = dll.read(file).len();
        assert!(length > 0 && length <= 1500, "{file}: {length}");
    }
    assert!(!dll.folder.path().join("sessions.jsonl.3").exists());
    let last = dll.lines(files[0]).pop().expect("a line");
    assert_eq!(
        last["session"], "{00000014-0001-0002-0303-030303030303}",
        "the last session is in the newest file"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn audit_loses_no_connection_if_the_disk_is_full() {
    let dll = Installed::new("audit").with("audit.toml", "file = \"/dev/full\"\n");
    let session =
        "accept 1 anna CORP\naccepted\nlink 1 VPN1-1 WAN Miniport (SSTP)\naccepted\nend 1 anna CORP\n";
    let script = format!("initialize\n{EX}\n{}terminate\ncode 0", session.repeat(200));
    let script: String = script
        .lines()
        .map(|line| {
            let is_command = ["initialize", "accept ", "link ", "end ", "terminate"];
            let mark = if is_command.iter().any(|word| line.starts_with(word)) { "> " } else { "" };
            format!("{mark}{line}\n")
        })
        .collect();
    check(&dll.dll, &[], &script);
}

#[test]
fn audit_lets_everyone_connect_if_it_cannot_start() {
    let dll = Installed::new("audit").with("audit.toml", "max_bytes = \"much\"\n");
    check(&dll.dll, &[], &format!("> initialize\n{EX}\n> accept 1 anna CORP\naccepted\n> terminate\ncode 0"));
}

#[test]
fn recorder_accepts_everyone_and_records_each_call_without_names() {
    let dll = Installed::new("recorder");
    let commands = "initialize
        accept 1 anna CORP from=203.0.113.7 ip=10.8.0.10
        accept 2 anna CORP
        again 1 anna CORP
        moved 1 anna CORP
        link 1 VPN1-1 WAN Miniport (SSTP)
        unlink 1 VPN1-1 WAN Miniport (SSTP)
        end 1 anna CORP
        address CORP\\anna VPN1-1 10.8.0.10
        release CORP\\anna VPN1-1 10.8.0.10
        identifier anna VPN1-1 0200000000000005
        release-identifier anna VPN1-1 0200000000000005
        terminate
        ";
    let Some(came) = play(&dll.dll, &[], commands) else { return };
    assert!(!came.contains("rejected"), "{came}");
    assert!(came.contains("code 0, 10.8.0.10, notify 1"), "{came}");
    let mut text = String::new();
    let mut calls = Vec::new();
    for part in ["connections", "ipv4", "ipv6"] {
        let files = fs::read_dir(dll.folder.path()).expect("the folder");
        let names = files.map(|file| file.expect("a file").file_name().into_string().expect("text"));
        let mut of_part = names.filter(|name| name.ends_with(&format!("-{part}.jsonl")));
        let file = of_part.next().expect("a file of this part");
        text += &dll.read(&file);
        for line in dll.lines(&file) {
            assert!(
                line["process"].is_u64() && line["thread"].is_string() && line["time"].is_string(),
                "{line}"
            );
            calls.push(line["call"].as_str().expect("a text").to_owned());
        }
    }
    assert_eq!(
        calls,
        [
            "start",
            "AcceptNewConnectionEx",
            "AcceptNewConnectionEx",
            "AcceptReauthenticationEx",
            "AcceptEndpointChangeEx",
            "AcceptNewLink",
            "LinkHangupNotification",
            "ConnectionHangupNotificationEx",
            "stop",
            "start",
            "GetIpAddressForUser",
            "ReleaseIpAddress",
            "stop",
            "start",
            "GetIpv6AddressForUser",
            "ReleaseIpv6AddressForUser",
            "stop",
        ]
    );
    for name in ["anna", "CORP", "203.0.113.7"] {
        assert!(!text.contains(name), "{name} was recorded:\n{text}");
    }
    assert!(text.contains("\"offered_bytes\":[10,8,0,10]"), "{text}");
}
