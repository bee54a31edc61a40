//! A span for each call into the library, and nothing in it that is nobody's business.

mod common;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use common::mpr;
use mprapi::sys::Function;
use mprapi::{InterfaceCredentials, PreSharedKey, RawHandle};
use mprapi_sim::{Interface, InterfaceKind, Session, Tunnel};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Panics wherever it can, with what panics once more when it is dropped.
struct Thrower;

/// The panic that [`Thrower`] throws.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        std::panic::panic_any(Bomb);
    }
}

impl Subscriber for Thrower {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {
        std::panic::panic_any(Bomb);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {
        std::panic::panic_any(Bomb);
    }

    fn exit(&self, _: &Id) {
        std::panic::panic_any(Bomb);
    }

    fn try_close(&self, _: Id) -> bool {
        std::panic::panic_any(Bomb);
    }
}

/// The fields of one span, as text.
type Fields = BTreeMap<&'static str, String>;

/// Keeps every span that it sees.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<Fields>>>);

struct Reader<'s>(&'s mut Fields);

impl Visit for Reader<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

impl Subscriber for Spans {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        assert_eq!(span.metadata().name(), "mprapi");
        let mut fields = Fields::new();
        span.record(&mut Reader(&mut fields));
        let mut spans = self.0.lock().unwrap();
        spans.push(fields);
        Id::from_u64(spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        values.record(&mut Reader(&mut self.0.lock().unwrap()[span.into_u64() as usize - 1]));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        panic!("the crate tells of nothing but calls: {event:?}");
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The spans of what `work` does.
fn spans_of(work: impl FnOnce()) -> Vec<Fields> {
    let spans = Spans::default();
    tracing::subscriber::with_default(spans.clone(), work);
    let spans = std::mem::take(&mut *spans.0.lock().unwrap());
    for span in &spans {
        for (&name, value) in span {
            match name {
                "function" => assert!(Function::ALL.iter().any(|function| function.name() == value)),
                "server" => {}
                "code" => drop(value.parse::<u32>().unwrap()),
                other => panic!("a field {other}"),
            }
        }
    }
    spans
}

fn span(function: &str, server: &str, code: Option<u32>) -> Fields {
    let mut fields = Fields::from([("function", function.to_owned()), ("server", server.to_owned())]);
    fields.extend(code.map(|code| ("code", code.to_string())));
    fields
}

fn office() -> mprapi_sim::Simulation {
    mprapi_sim::Server::unique()
        .ports(Tunnel::Ikev2, 2)
        .session(Session::new("alice", Tunnel::Ikev2))
        .interface(Interface::new("branch", InterfaceKind::FullRouter))
        .start()
}

#[test]
fn each_call_is_one_span_with_its_function_server_and_code() {
    let simulation = office();
    let name = simulation.routers()[0].name();
    let spans = spans_of(|| {
        let mpr = mpr();
        assert!(mpr.is_service_running(Some(name)).unwrap());
        let server = mpr.connect(Some(name)).unwrap();
        assert_eq!(server.connections().unwrap().len(), 1);
        assert_eq!(server.find_interface("nowhere").unwrap_err().code(), Some(905));
        mprapi::disconnect(server).unwrap();
    });
    assert_eq!(
        spans,
        [
            span("MprAdminIsServiceRunning", name, None),
            span("MprAdminServerConnect", name, Some(0)),
            span("MprAdminConnectionEnum", name, Some(0)),
            span("MprAdminBufferFree", name, Some(0)),
            span("MprAdminInterfaceGetHandle", name, Some(905)),
            span("MprAdminServerDisconnect", name, None),
        ]
    );
}

#[test]
fn a_call_without_a_server_s_name_is_local_and_one_that_cannot_be_made_is_no_span() {
    let spans = spans_of(|| {
        mpr().info_header().unwrap();
        common::library::other().connect(None).unwrap_err();
    });
    assert_eq!(spans, [span("MprInfoCreate", "local", Some(0)), span("MprInfoDelete", "local", Some(0))]);
}

#[test]
fn the_server_of_a_raw_handle_is_unknown() {
    let simulation = office();
    let name = simulation.routers()[0].name();
    let mpr = mpr();
    let server = mpr.connect(Some(name)).unwrap();
    // SAFETY: the handle is open, and afterwards its owner is only dropped.
    let handle = unsafe { RawHandle::server(&mpr, server.as_raw()) };
    let spans = spans_of(|| {
        mprapi::disconnect(handle).unwrap();
        drop(server);
    });
    assert_eq!(spans, [span("MprAdminServerDisconnect", "unknown", None)]);
}

#[test]
fn the_router_counts_as_many_calls_as_there_are_spans_and_no_secret_is_in_them() {
    const SECRET: &str = "hunter2";
    let simulation = office();
    let router = &simulation.routers()[0];
    let name = Some(router.name());
    let spans = spans_of(|| {
        let mpr = mpr();
        let server = mpr.connect(name).unwrap();
        server.set_pre_shared_key(&PreSharedKey::from_text(SECRET)).unwrap();
        server.pre_shared_key().unwrap().unwrap();
        let credentials = InterfaceCredentials::new().with_user_name("branch").with_password(SECRET);
        mpr.set_interface_credentials(name, "branch", &credentials).unwrap();
        mpr.interface_credentials(name, "branch").unwrap();
        let branch = server.find_interface("branch").unwrap();
        branch.set_eap_credentials(SECRET.as_bytes()).unwrap();
        branch.set_pre_shared_key(&PreSharedKey::from_text(SECRET)).unwrap();
        branch.pre_shared_key().unwrap().unwrap();
        server.info().unwrap();
        for port in &server.ports().unwrap() {
            port.handle().info().unwrap();
        }
        mpr.ip_in_ip_names(name).unwrap();
        let configuration = mpr.configuration(name).unwrap();
        configuration.interfaces().unwrap();
        mpr.mib(name).unwrap();
    });
    let mut called = 0;
    for function in Function::ALL {
        let calls = router.calls(function.name());
        let of = |span: &&Fields| span["function"] == function.name() && span["server"] == router.name();
        if calls > 0 {
            assert_eq!(spans.iter().filter(of).count() as u64, calls, "{}", function.name());
            called += 1;
        }
    }
    assert!(called > 10, "only {called} functions");
    // Whatever form a secret might take: none of the fields has room for it (see `spans_of`), and the server's name
    // is the name.
    assert!(spans.iter().all(|span| [router.name(), "local"].contains(&span["server"].as_str())));
    assert!(!format!("{spans:?}").contains(SECRET));
}

#[test]
fn what_a_subscriber_throws_ends_in_the_call_also_while_the_program_panics() {
    let simulation = office();
    let router = &simulation.routers()[0];
    tracing::subscriber::with_default(Thrower, || {
        let panicked = std::panic::catch_unwind(|| {
            let server = mpr().connect(Some(router.name())).unwrap();
            let _notification = server.watch().unwrap();
            let _connections = server.connections().unwrap();
            let _header = mpr().info_header().unwrap();
            // All of them are dropped on the way out.
            panic!("the program's own");
        });
        assert_eq!(panicked.unwrap_err().downcast_ref(), Some(&"the program's own"));
    });
    common::assert_clean(router);
}
