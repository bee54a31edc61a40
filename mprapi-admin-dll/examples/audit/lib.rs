//! A DLL that writes a line of JSON when a session starts and when it ends.
//!
//! It decides nothing: whatever fails in it, users connect.
#![forbid(unsafe_code)]

mod line;

use std::fs;
use std::path::PathBuf;
use std::time::{Instant, SystemTime};

use line::{Event, Line};
use mprapi_admin_dll::mprapi::ConnectionId;
use mprapi_admin_dll::{AdminDll, Code, Connection, Context, Link, Log, LogOptions, Sessions, Verdict};
use serde::Deserialize;

struct Audit {
    log: Log,
    sessions: Sessions<Open>,
}

/// A session that has not ended.
struct Open {
    id: ConnectionId,
    since: Instant,
    /// The facts that are known.
    line: Line,
    /// `true` if its start was written.
    has_started: bool,
}

/// The settings, `audit.toml` beside the DLL. It may be missing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Settings {
    file: PathBuf,
    max_bytes: u64,
    kept_files: u32,
}

impl Default for Settings {
    fn default() -> Settings {
        let LogOptions { max_bytes, kept_files, .. } = LogOptions::default();
        Settings { file: "audit.jsonl".into(), max_bytes, kept_files }
    }
}

impl AdminDll for Audit {
    fn start(context: &Context) -> Result<Audit, Code> {
        let settings = match fs::read_to_string(context.folder().join("audit.toml")) {
            Ok(text) => toml::from_str(&text).map_err(|_| Code::INVALID_DATA)?,
            Err(_) => Settings::default(),
        };
        let mut options = LogOptions::default();
        options.max_bytes = settings.max_bytes;
        options.kept_files = settings.kept_files;
        options.lost = |count| line::lost(SystemTime::now(), count);
        let log = context.log(settings.file, options)?;
        Ok(Audit { log, sessions: Sessions::new() })
    }

    fn accept(&self, connection: &Connection<'_>) -> Verdict {
        let open = Open {
            id: connection.id(),
            since: Instant::now(),
            line: Line::of(connection),
            has_started: false,
        };
        self.sessions.begin(connection.guid(), open);
        Verdict::Accept
    }

    /// The first link of a connection comes when every DLL has accepted it. Its port tells the tunnel.
    fn accept_link(&self, link: &Link<'_>) -> Verdict {
        let mut started = None;
        self.sessions.for_each(|_, open| {
            if link.connection() == Some(open.id) && !open.has_started {
                open.has_started = true;
                open.line.add(link);
                started = Some(open.line.at(SystemTime::now(), Event::Start));
            }
        });
        if let Some(line) = started {
            self.log.line(line);
        }
        Verdict::Accept
    }

    fn ended(&self, connection: &Connection<'_>) {
        let Some(mut open) = self.sessions.end(connection.guid()) else { return };
        open.line.update(connection, open.since.elapsed());
        let event = if open.has_started { Event::End } else { Event::Refused };
        self.log.line(open.line.at(SystemTime::now(), event));
    }

    fn stop(&self) {
        for (_, mut open) in self.sessions.drain() {
            open.line.lasted(open.since.elapsed());
            self.log.line(open.line.at(SystemTime::now(), Event::ServiceStopped));
        }
    }
}

mprapi_admin_dll::export_admin_dll!(Audit; on_panic = accept, on_failed_start = accept_all);
