fn main() -> Result<(), Box<dyn std::error::Error>> {
    let user = std::env::args().nth(1).unwrap_or_default();
    // SAFETY: the library is said to be one of this API.
    let mpr = unsafe { mprapi::Mpr::load_from("libmprapi.so") }?;
    let server = mpr.connect(None)?;
    for connection in &server.connections()? {
        println!("{} {} s", connection.user_name(), connection.duration().as_secs());
        if *connection.user_name() == *user {
            for port in &server.ports_of(connection.id())? {
                port.handle().disconnect()?;
            }
        }
    }
    mprapi::disconnect(server)?;
    Ok(())
}
