//! Backups of settings whose records have gaps between their fields. Under a tool that watches memory, nothing that was
//! never written is read.

use std::path::Path;

use crate::common::{assert_clean, ikev2_settings, mpr};
use mprapi::TrafficSelector;
use mprapi_sim::{Interface, InterfaceKind, Tunnel};

#[test]
fn two_backups_of_the_same_traffic_selectors_are_the_same_bytes() {
    let simulation = mprapi_sim::Server::unique()
        .ports(Tunnel::Ikev2, 1)
        .interface(Interface::new("branch", InterfaceKind::FullRouter))
        .start();
    let router = &simulation.routers()[0];
    let configuration = mpr().configuration(Some(router.name())).unwrap();
    let branch = configuration.interface("branch").unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("backup");
    std::fs::create_dir_all(&folder).unwrap();
    let mut settings = ikev2_settings();
    let range = |last| TrafficSelector::new([10, 0, 0, 0].into()..=[10, 0, 0, last].into());
    settings.initiator_selectors.extend((0..40).map(range));
    let backups = [0xAB, 0x54].map(|stale| {
        // Memory that was someone else's before, of many sizes.
        drop((1..64).map(|size| vec![stale; size * 64]).collect::<Vec<_>>());
        branch.set_ikev2_settings(&settings).unwrap();
        assert_eq!(branch.ikev2_settings().unwrap().as_ref(), Some(&settings));
        configuration.backup(&folder).unwrap();
        std::fs::read(folder.join("router.mprsim")).unwrap()
    });
    assert!(backups[0] == backups[1], "they differ");
    drop(configuration);
    assert_clean(router);
}
