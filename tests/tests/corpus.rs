//! Every input that the fuzz targets keep, and inputs as long as real ones, run through the same functions.

use std::path::Path;

use mprapi_fuzz::{
    caller, dimsvc, enumeration, info_block, pdu, probe, record, scenario, seeds, server, smb, wide,
};

fn replay(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
    let mut inputs = 0;
    for file in std::fs::read_dir(&folder).expect("the corpus of the target") {
        let path = file.expect("a file of the corpus").path();
        // Shown when a test fails.
        println!("{}", path.display());
        run(&std::fs::read(&path).expect("an input"));
        inputs += 1;
    }
    assert!(inputs > 0, "{} is empty", folder.display());
    seeds::seeds(target).iter().for_each(|input| run(input));
}

#[test]
fn information_blocks_hold() {
    replay("info_block", info_block::run);
}

#[test]
fn requests_and_answers_of_the_network_protocol_hold() {
    replay("dimsvc_request", dimsvc::request);
    replay("dimsvc_answer", dimsvc::answer);
}

#[test]
fn records_of_the_network_protocol_and_the_requests_to_its_server_hold() {
    replay("record", record::run);
    replay("server", server::run);
}

#[test]
fn enumerations_hold() {
    replay("enumeration", enumeration::run);
}

#[test]
fn what_is_asked_of_the_exporter_holds() {
    replay("probe", probe::run);
}

#[test]
fn a_fleet_of_forty_servers_is_a_scenario_that_starts() {
    let text = seeds::seeds("scenario").swap_remove(0);
    let text = String::from_utf8(text).expect("a text");
    let simulation = mprapi_sim::Scenario::from_toml(&text).expect("right").try_start().expect("it starts");
    assert_eq!(simulation.routers().len(), 40);
    assert!(simulation.routers().iter().all(|router| router.users().len() == 2));
}

#[test]
fn scenario_files_hold() {
    replay("scenario", scenario::run);
}

#[test]
fn utf_16_holds() {
    replay("wide", wide::run);
}

#[test]
fn pdus_hold() {
    replay("pdu", pdu::run);
}

#[test]
fn messages_of_smb_hold() {
    replay("smb", smb::run);
}

#[test]
fn connections_hold() {
    replay("association", pdu::association);
}

#[test]
fn answers_to_a_client_hold() {
    replay("caller", caller::run);
}

#[cfg(unix)]
#[test]
fn hand_overs_hold() {
    replay("handover", pdu::handover);
}
