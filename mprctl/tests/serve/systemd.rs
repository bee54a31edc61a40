//! The messages to systemd, as a unit of `Type=notify` gets them.

use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::time::Duration;

use crate::exporter::Exporter;

#[test]
fn systemd_is_told_when_it_serves_and_when_it_stops() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("notify-{}", std::process::id()));
    // An earlier process may have had that number.
    let _ = std::fs::remove_file(&path);
    let socket = UnixDatagram::bind(&path).expect("a socket");
    socket.set_read_timeout(Some(Duration::from_secs(120))).expect("a time limit");
    let received = || {
        let mut text = [0; 256];
        let length = socket.recv(&mut text).expect("a message");
        String::from_utf8_lossy(&text[..length]).into_owned()
    };
    let mut exporter = Exporter::start_with(&["--server", "own"], &[("NOTIFY_SOCKET", path.as_os_str())]);
    assert_eq!(received().trim_end(), "READY=1");
    assert!(exporter.get("/healthz").is_good());
    assert_eq!(exporter.terminate(), Some(0));
    assert_eq!(received().trim_end(), "STOPPING=1");
    std::fs::remove_file(path).expect("it is ours");
}
