//! Pages over HTTP, from servers on this machine.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};

use anyhow::{Context as _, Result, ensure};

/// Returns the body of a page.
pub(crate) fn get(address: SocketAddr, page: &str) -> Result<String> {
    let mut stream = TcpStream::connect(address)?;
    // In one piece, as clients send it.
    stream.write_all(format!("GET {page} HTTP/1.0\r\nHost: x\r\n\r\n").as_bytes())?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    let status = text.split(' ').nth(1);
    ensure!(status == Some("200"), "{page}: {text}");
    Ok(text.split_once("\r\n\r\n").context("an answer")?.1.to_owned())
}

/// Returns an address of this machine that is free until another program takes its port.
pub(crate) fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
