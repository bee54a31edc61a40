//! The exporter as a service of Windows: the manager starts it, is told its state, and stops it.

use std::ffi::OsString;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use windows_service::service::{
    ServiceControl, ServiceControlAccept, ServiceExitCode, ServiceState, ServiceStatus, ServiceType,
};
use windows_service::service_control_handler::{self, ServiceControlHandlerResult, ServiceStatusHandle};
use windows_service::{define_windows_service, service_dispatcher};

use super::http::Exporter;
use super::listen::Listen;
use super::{serve, start_runtime};
use crate::commands::service::NAME;
use crate::event_log;
use crate::failure::{Failure, Kind};
use crate::terminal;

/// The time that the manager waits for the next state.
const HINT: Duration = Duration::from_secs(10);

/// The work of the service. The manager calls its entry point on a thread of its own and passes nothing along.
static JOB: Mutex<Option<(Arc<Exporter>, Listen)>> = Mutex::new(None);

define_windows_service!(enter, run_service);

/// Sends everything that is said to the event log too, since a service has no terminal.
pub(super) fn use_event_log() {
    terminal::copy_to(event_log::write);
}

/// Serves until the service manager stops the service.
///
/// # Errors
/// A process that no service manager has started.
pub(super) fn run(exporter: Arc<Exporter>, listen: Listen) -> Result<(), Failure> {
    *JOB.lock().unwrap_or_else(PoisonError::into_inner) = Some((exporter, listen));
    service_dispatcher::start(NAME, enter).map_err(|error| {
        let message = match error {
            windows_service::Error::Winapi(error) => error.to_string(),
            error => error.to_string(),
        };
        Failure::new(
            Kind::Usage,
            format!("the service manager of Windows did not start this process: {message}"),
        )
        .advice("`mprctl service start` starts the service. In a terminal, leave out --as-service.")
    })
}

/// Serves until it is stopped. The manager calls this; only the event log hears of failures.
fn run_service(_: Vec<OsString>) {
    let Some((exporter, listen)) = JOB.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
    let stop = Arc::new(Notify::new());
    let stops = Arc::clone(&stop);
    let handler = move |control| match control {
        ServiceControl::Interrogate => ServiceControlHandlerResult::NoError,
        ServiceControl::Stop | ServiceControl::Shutdown => {
            stops.notify_one();
            ServiceControlHandlerResult::NoError
        }
        _ => ServiceControlHandlerResult::NotImplemented,
    };
    let status = match service_control_handler::register(NAME, handler) {
        Ok(status) => status,
        Err(error) => {
            return terminal::say_lines(&format!("cannot register with the service manager: {error}"), []);
        }
    };
    tell(status, ServiceState::StartPending, 0);
    let ready = move || tell(status, ServiceState::Running, 0);
    let stopped = async move {
        stop.notified().await;
        tell(status, ServiceState::StopPending, 0);
    };
    let outcome =
        start_runtime().and_then(|runtime| runtime.block_on(serve(exporter, &listen, stopped, ready)));
    let code = outcome.as_ref().err().map_or(0, |failure| failure.kind as u32);
    if let Err(failure) = outcome {
        failure.say();
    }
    tell(status, ServiceState::Stopped, code);
}

/// Tells the manager the state, and the exit code of mprctl.
fn tell(status: ServiceStatusHandle, state: ServiceState, code: u32) {
    let is_pending = matches!(state, ServiceState::StartPending | ServiceState::StopPending);
    let controls = match state {
        ServiceState::Running => ServiceControlAccept::STOP | ServiceControlAccept::SHUTDOWN,
        _ => ServiceControlAccept::empty(),
    };
    let exit_code =
        if code == 0 { ServiceExitCode::Win32(0) } else { ServiceExitCode::ServiceSpecific(code) };
    // A manager that does not take it has gone, and the process will.
    let _ = status.set_service_status(ServiceStatus {
        service_type: ServiceType::OWN_PROCESS,
        current_state: state,
        controls_accepted: controls,
        exit_code,
        checkpoint: 0,
        wait_hint: if is_pending { HINT } else { Duration::ZERO },
        process_id: None,
    });
}
