//! The third step of a connection: the share that has the named pipes.

use std::time::Instant;

use super::dialect::Dialect;
use super::message::{
    Command, ControlAnswer, ControlCode, ControlRequest, FileId, TreeConnectAnswer, TreeConnectRequest,
    ValidateAnswer,
};
use super::negotiation::Negotiation;
use super::stage::{ACCESS_DENIED, Stage};
use super::status;
use crate::failure::{Failure, Layer};

/// Connects to the share `IPC$`.
pub(super) fn connect(negotiation: &mut Negotiation, until: Instant) -> Result<(), Failure> {
    let connection = &mut negotiation.connection;
    let path = format!(r"\\{}\IPC$", unc(connection.host()));
    let body = TreeConnectRequest { path: &path }.encode();
    let answer = connection.ask(Command::TreeConnect, &body, until)?;
    match answer.header.status {
        status::SUCCESS => {}
        status::ACCESS_DENIED => {
            let text = format!(
                "{} does not let the account use its named pipes (the share IPC$); see the right \"Access this computer from the network\"",
                connection.host()
            );
            connection.close();
            return Err(Failure::new(Layer::Right, ACCESS_DENIED, text));
        }
        other => return Err(connection.refused(other)),
    }
    let answered = TreeConnectAnswer::decode(answer.message()).map_err(|error| connection.broken(error))?;
    let tree = answer.header.tree().filter(|_| answered.kind == TreeConnectAnswer::PIPES);
    let Some(tree) = tree else { return Err(connection.broken("the share IPC$ has no named pipes")) };
    connection.set_tree(tree);
    if negotiation.negotiated().dialect < Dialect::Smb311 {
        validate(negotiation, until)?;
    }
    negotiation.connection.enter(Stage::Open);
    Ok(())
}

/// Asks the server what it negotiated: SMB 3.0 and 3.0.2 do not make the keys from it.
fn validate(negotiation: &mut Negotiation, until: Instant) -> Result<(), Failure> {
    const CHANGED: &str = "the server negotiated something else than the client; somebody between tampers";
    let (request, expected) = negotiation.validation();
    let connection = &mut negotiation.connection;
    let input = request.encode();
    let (code, file) = (ControlCode::ValidateNegotiate, FileId::NONE);
    let request = ControlRequest { code, file, input: &input, most: ValidateAnswer::SIZE };
    let answer = connection.ask(Command::Control, &request.encode(), until)?;
    if answer.header.status != status::SUCCESS {
        return Err(connection.broken(format_args!(
            "the server does not confirm what was negotiated (status {:#010x})",
            answer.header.status
        )));
    }
    let answered = ControlAnswer::decode(answer.message(), &request)
        .and_then(|answered| ValidateAnswer::decode(answered.output))
        .map_err(|error| connection.broken(error))?;
    if answered == expected { Ok(()) } else { Err(connection.broken(CHANGED)) }
}

/// Returns the name of a server in a path. An IPv6 address is written as Windows wants it there.
fn unc(host: &str) -> String {
    match host.contains(':') {
        true => format!("{}.ipv6-literal.net", host.replace(':', "-").replace('%', "s")),
        false => host.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::unc;

    #[test]
    fn an_ipv6_address_in_a_path_has_no_colon() {
        assert_eq!(unc("vpn01.example.com"), "vpn01.example.com");
        assert_eq!(unc("10.0.0.1"), "10.0.0.1");
        assert_eq!(unc("fe80::1%3"), "fe80--1s3.ipv6-literal.net");
    }
}
