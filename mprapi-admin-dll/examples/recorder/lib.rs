//! A DLL that accepts everyone and records each call: its thread, its process and its arguments, without names.
#![forbid(unsafe_code)]

mod aliases;

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::SystemTime;

use aliases::Aliases;
use mprapi_admin_dll::mprapi::WideStr;
use mprapi_admin_dll::{
    AddressRequest, AdminDll, Assignment, Code, Connection, Context, EndpointChanges, Ipv4Addresses,
    Ipv6Addresses, Link, Log, LogOptions, ReleasedAddress, Verdict,
};
use serde_json::{Value, json};

/// The file of a part of the DLL. The service may call the parts in different processes, so each has its own.
#[derive(Clone)]
struct Recorder {
    log: Log,
    users: Arc<Aliases>,
}

impl Recorder {
    /// Opens `recorder-NUMBER.jsonl` beside the DLL, with the number of the process.
    fn open(context: &Context, part: &str) -> Result<Recorder, Code> {
        let process = std::process::id();
        let mut options = LogOptions::default();
        options.lost = |count| json!({ "lines_lost": count }).to_string();
        let log = context.log(format!("recorder-{process}-{part}.jsonl"), options)?;
        let recorder = Recorder { log, users: Arc::default() };
        recorder.note("start", json!({ "part": part, "start_number": context.start_number() }));
        Ok(recorder)
    }

    fn note(&self, call: &str, arguments: Value) {
        let line = json!({
            "time": humantime::format_rfc3339_micros(SystemTime::now()).to_string(),
            "process": std::process::id(),
            "thread": format!("{:?}", std::thread::current().id()),
            "call": call,
            "arguments": arguments,
        });
        self.log.line(line.to_string());
    }

    fn connection(&self, call: &str, connection: &Connection<'_>) -> Verdict {
        let statistics = connection.statistics();
        let arguments = json!({
            "connection": connection.id().to_string(),
            "guid": self.users.of_guid(connection.guid()),
            "user": self.users.of(connection.user_name()),
            "domain": self.users.of(connection.domain()),
            "computer": self.users.of(connection.remote_computer()),
            "interface_type": connection.interface_type().to_string(),
            "flags": connection.flags().to_string(),
            "seconds": connection.duration().as_secs(),
            "bytes_sent": statistics.bytes_sent,
            "bytes_received": statistics.bytes_received,
            "has_ipv4": connection.client_address().is_some(),
            "has_ipv6": connection.ipv6().is_some_and(|ends| ends.client_interface_id != 0),
            "has_remote_endpoint": connection.remote_endpoint().is_some(),
        });
        self.note(call, arguments);
        Verdict::Accept
    }

    fn link(&self, call: &str, link: &Link<'_>) -> Verdict {
        let arguments = json!({
            "port": link.port_name().to_string_lossy(),
            "port_id": link.port().id().to_string(),
            "connection": link.connection().map(|connection| connection.to_string()),
            "tunnel": link.tunnel().to_string_lossy(),
            "condition": link.port().condition().to_string(),
            "seconds": link.duration().as_secs(),
        });
        self.note(call, arguments);
        Verdict::Accept
    }

    /// A name as the service gives it: whether it has a domain is a question of its own.
    fn name(&self, name: &WideStr) -> Value {
        let has_domain =
            name.units().iter().any(|unit| *unit == u16::from(b'\\') || *unit == u16::from(b'@'));
        json!({ "alias": self.users.of(name), "has_domain": has_domain })
    }
}

struct Connections(Recorder);

impl AdminDll for Connections {
    fn start(context: &Context) -> Result<Connections, Code> {
        Recorder::open(context, "connections").map(Connections)
    }

    fn accept(&self, connection: &Connection<'_>) -> Verdict {
        self.0.connection("AcceptNewConnectionEx", connection)
    }

    fn accept_again(&self, connection: &Connection<'_>) -> Verdict {
        self.0.connection("AcceptReauthenticationEx", connection)
    }

    fn ended(&self, connection: &Connection<'_>) {
        self.0.connection("ConnectionHangupNotificationEx", connection);
    }

    fn accept_link(&self, link: &Link<'_>) -> Verdict {
        self.0.link("AcceptNewLink", link)
    }

    fn link_ended(&self, link: &Link<'_>) {
        self.0.link("LinkHangupNotification", link);
    }

    fn stop(&self) {
        self.0.note("stop", Value::Null);
    }
}

impl EndpointChanges for Connections {
    fn accept_endpoint_change(&self, connection: &Connection<'_>) -> Verdict {
        self.0.connection("AcceptEndpointChangeEx", connection)
    }
}

struct Addresses4(Recorder);

impl Ipv4Addresses for Addresses4 {
    fn start(context: &Context) -> Result<Addresses4, Code> {
        Recorder::open(context, "ipv4").map(Addresses4)
    }

    /// Keeps what the service offers. Its bytes, as they lie in memory, show their order.
    fn assign(&self, request: &AddressRequest<'_, Ipv4Addr>) -> Result<Assignment<Ipv4Addr>, Code> {
        let arguments = json!({
            "user": self.0.name(request.user()),
            "port": request.port().to_string_lossy(),
            "offered_bytes": request.offered().map(|offered| offered.octets()),
        });
        self.0.note("GetIpAddressForUser", arguments);
        Ok(Assignment::keep().tell_release())
    }

    fn release(&self, released: &ReleasedAddress<'_, Ipv4Addr>) {
        let arguments = json!({
            "user": self.0.name(released.user()),
            "port": released.port().to_string_lossy(),
            "address_bytes": released.address().octets(),
        });
        self.0.note("ReleaseIpAddress", arguments);
    }

    fn stop(&self) {
        self.0.note("stop", Value::Null);
    }
}

struct Addresses6(Recorder);

impl Ipv6Addresses for Addresses6 {
    fn start(context: &Context) -> Result<Addresses6, Code> {
        Recorder::open(context, "ipv6").map(Addresses6)
    }

    fn assign(&self, request: &AddressRequest<'_, u64>) -> Result<Assignment<u64>, Code> {
        let arguments = json!({
            "user": self.0.name(request.user()),
            "port": request.port().to_string_lossy(),
            "offered_last_bytes": request.offered().map(u64::to_be_bytes),
        });
        self.0.note("GetIpv6AddressForUser", arguments);
        Ok(Assignment::keep().tell_release())
    }

    fn release(&self, released: &ReleasedAddress<'_, u64>) {
        let arguments = json!({
            "user": self.0.name(released.user()),
            "port": released.port().to_string_lossy(),
            "last_bytes": released.address().to_be_bytes(),
        });
        self.0.note("ReleaseIpv6AddressForUser", arguments);
    }

    fn stop(&self) {
        self.0.note("stop", Value::Null);
    }
}

// A client that skips authentication is not recorded: by its name, the function lets it in if it answers success.
mprapi_admin_dll::export_admin_dll!(
    Connections;
    ipv4 = Addresses4,
    ipv6 = Addresses6,
    on_panic = accept,
    on_failed_start = accept_all,
    endpoint_change = asked,
);
