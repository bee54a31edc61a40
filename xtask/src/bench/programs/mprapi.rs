fn main() -> Result<(), Box<dyn std::error::Error>> {
    let user = std::env::args().nth(1).unwrap_or_default();
    let server = mprapi::Mpr::load()?.connect(None)?;
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
