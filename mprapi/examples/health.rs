//! Tells a load balancer by HTTP whether a server takes VPN users: 200, or 503, with the reason.
//!
//! `cargo run --package mprapi --example health -- ADDRESS [REQUESTS] [--server NAME] [--simulated]`
//!
//! ADDRESS is where it listens, such as `127.0.0.1:8080`. It ends after REQUESTS, without it with Ctrl-C.

mod common;

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::time::Duration;

use mprapi::Link;

fn main() -> Result<(), common::Failure> {
    let (mpr, name, arguments) = common::start()?;
    let address = arguments.first().ok_or("usage: health ADDRESS [REQUESTS], such as 127.0.0.1:8080")?;
    let requests = arguments.get(1).map_or(Ok(usize::MAX), |requests| requests.parse())?;
    // A server that hangs costs a request two seconds, and no second thread.
    let link = Link::new(&mpr, name.as_deref()).with_limit(Duration::from_secs(2));
    let listener = TcpListener::bind(address.as_str())?;
    println!("http://{}", listener.local_addr()?);
    for stream in listener.incoming().take(requests) {
        let mut stream = stream?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        let request = BufReader::new(&stream).lines().map_while(Result::ok);
        request.take(100).take_while(|line| !line.is_empty()).for_each(drop);
        let (status, body) = match link.read(|server| server.info()) {
            Ok(info) => (
                if info.ports_in_use() < info.total_ports() { "200 OK" } else { "503 Service Unavailable" },
                format!("{} of {} ports in use\n", info.ports_in_use(), info.total_ports()),
            ),
            Err(error) => ("503 Service Unavailable", format!("{error}\n")),
        };
        let length = body.len();
        // The client may have left.
        let _ = write!(stream, "HTTP/1.0 {status}\r\ncontent-length: {length}\r\n\r\n{body}");
    }
    Ok(())
}
