//! `mprctl mib`: variables as bytes, on the simulated routers of `routing.toml` and `servers.toml`, on every system.

use serde_json::Value;

use crate::common::{Came, came_of, demo, file, rows_of};

fn mprctl(scenario: &str, servers: &str, arguments: &[&str]) -> Came {
    came_of(demo(scenario).args(["--server", servers, "mib"]).args(arguments))
}

fn router(arguments: &[&str]) -> Came {
    mprctl("routing.toml", "router", arguments)
}

fn rows(arguments: &[&str]) -> Vec<Value> {
    rows_of(&router(&[arguments, &["--output", "ndjson"]].concat()))
}

/// Numbers as a module of Windows has them, in hexadecimal.
fn words(numbers: &[u32]) -> String {
    numbers.iter().map(|number| format!("{:08x}", number.swap_bytes())).collect()
}

/// The index of the interface in an `IF_ROW`, which begins with a name of 256 characters.
fn index(row: &Value) -> u32 {
    let data = row["data"].as_str().unwrap();
    u32::from_str_radix(&data[2 * (8 + 512)..][..8], 16).unwrap().swap_bytes()
}

#[test]
fn variables_are_gone_through_one_after_the_other() {
    let count = &rows(&["get", &words(&[0, 0])])[0];
    let table = rows(&["interfaces"]);
    assert_eq!(count["data"], words(&[0, 0, u32::try_from(table.len()).unwrap()]));
    let mut indices = vec![index(&rows(&["first", &words(&[2, 0])])[0])];
    while indices.len() < table.len() {
        let query = words(&[2, *indices.last().unwrap()]);
        indices.push(index(&rows(&["next", &query, "--protocol", "0x2710", "--transport", "ip"])[0]));
    }
    let known: Vec<_> = table.iter().map(|row| row["index"].as_u64().unwrap() as u32).collect();
    assert_eq!(indices, known);
    let came = router(&["next", &words(&[2, *indices.last().unwrap()])]);
    assert_eq!(came.code, Some(6));
    assert!(came.stderr.contains("this was the last variable"), "{}", came.stderr);
}

#[test]
fn a_route_is_made_from_a_file_and_one_that_is_there_is_changed_and_taken_away() {
    let interface = rows(&["addresses", "--where", "address=10.1.0.1"])[0]["interface"].as_u64().unwrap();
    let address = |octets| u32::from_le_bytes(octets);
    let (mask, hop) = (address([255, 255, 0, 0]), address([10, 1, 0, 254]));
    // `MIB_OPAQUE_INFO` of an `IP_FORWARDROW`.
    let entry = |destination, protocol, metric| {
        let none = u32::MAX;
        words(&[
            8,
            0,
            destination,
            mask,
            0,
            hop,
            interface as u32,
            4,
            protocol,
            0,
            0,
            metric,
            none,
            none,
            none,
            none,
        ])
    };
    let (old, new) = (address([10, 2, 0, 0]), address([10, 9, 0, 0]));
    let bytes: Vec<u8> = entry(new, 3, 7)
        .as_bytes()
        .chunks(2)
        .map(|digits| u8::from_str_radix(std::str::from_utf8(digits).unwrap(), 16).unwrap())
        .collect();
    let file = file("route.bin");
    std::fs::write(&file, bytes).unwrap();
    let file = file.to_str().unwrap();
    assert_eq!(rows(&["create", "--file", file, "--yes"])[0]["outcome"], "done");
    let came = router(&["set", &entry(new, 3, 7), "--yes"]);
    assert_eq!(came.code, Some(6), "it is not there: {}{}", came.stdout, came.stderr);
    assert_eq!(rows(&["set", &entry(old, 10_006, 9), "--yes"])[0]["outcome"], "done");
    let query = words(&[8, old, 10_006, 0, hop]);
    assert_eq!(rows(&["delete", &query, "--yes"])[0]["outcome"], "done");
}

#[test]
fn changes_ask_and_a_dry_run_changes_nothing() {
    for verb in ["create", "set", "delete"] {
        let came = router(&[verb, "0800"]);
        assert_eq!((came.code, came.stdout.as_str()), (Some(2), ""));
        assert!(came.stderr.contains(&format!("{verb} the variable 0800 of IP")), "{}", came.stderr);
        assert_eq!(rows(&[verb, "0800", "--dry-run"])[0]["outcome"], "would");
    }
}

#[test]
fn what_is_no_entry_is_exit_code_2_and_no_server_is_asked() {
    for arguments in [&["get"][..], &["get", ""], &["get", "xy"], &["get", "--file", "no-such-file"]] {
        let came = mprctl("servers.toml", "denied", arguments);
        assert_eq!(came.code, Some(2), "{arguments:?}: {}", came.stderr);
    }
    let came = mprctl("servers.toml", "denied", &["get", "00", "--file", "x"]);
    assert_eq!(came.code, Some(2), "{}", came.stderr);
}

#[test]
fn modules_that_are_not_there_and_servers_that_deny_are_told_apart() {
    assert_eq!(router(&["get", "0000000000000000", "--transport", "IPX"]).code, Some(6));
    assert_eq!(router(&["get", "0000000000000000", "--protocol", "1"]).code, Some(1));
    let came = mprctl("servers.toml", "denied,empty", &["get", "0000000000000000", "-o", "json"]);
    assert_eq!(came.code, Some(7));
    let answer: Value = serde_json::from_str(&came.stdout).unwrap();
    assert_eq!(answer["rows"].as_array().unwrap().len(), 1);
    assert_eq!(answer["servers"][0]["error"]["kind"], "access_denied");
}
