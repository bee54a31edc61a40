//! The service manager of Windows.

use std::ffi::{OsStr, OsString};
use std::io;
use std::thread;
use std::time::{Duration, Instant};

use windows_service::Error;
use windows_service::service::{
    Service, ServiceAccess, ServiceAction, ServiceActionType, ServiceErrorControl, ServiceExitCode,
    ServiceFailureActions, ServiceFailureResetPeriod, ServiceInfo, ServiceStartType, ServiceState,
    ServiceType,
};
use windows_service::service_manager::{ServiceManager, ServiceManagerAccess};
use windows_sys::Win32::Foundation::{
    ERROR_ACCESS_DENIED, ERROR_SERVICE_ALREADY_RUNNING, ERROR_SERVICE_DOES_NOT_EXIST, ERROR_SERVICE_EXISTS,
    ERROR_SERVICE_NEVER_STARTED, ERROR_SERVICE_NOT_ACTIVE, NO_ERROR,
};

use super::{NAME, ServiceRow};
use crate::commands::admin_dll;
use crate::event_log;
use crate::failure::{Failure, Kind};
use crate::terminal;

const TITLE: &str = "mprctl: metrics of Routing and Remote Access";
const DESCRIPTION: &str =
    "Serves metrics of Routing and Remote Access (RRAS) servers to Prometheus: `mprctl serve` as a service.";
/// The wait before the service is started again after it has failed.
const RESTART_AFTER: Duration = Duration::from_secs(5);
/// The time without a failure after which failures are counted anew.
const FORGET_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) fn install(account: Option<String>, arguments: Vec<OsString>) -> Result<(), Failure> {
    let program = std::env::current_exe();
    let program = program.map_err(|error| failed("cannot find the path of this program", &error))?;
    for problem in admin_dll::access_problems(&program) {
        terminal::say(&format!("the service will run {}: {problem}", program.display()));
    }
    let manager = manager(ServiceManagerAccess::CONNECT | ServiceManagerAccess::CREATE_SERVICE)?;
    let info = ServiceInfo {
        name: NAME.into(),
        display_name: TITLE.into(),
        service_type: ServiceType::OWN_PROCESS,
        start_type: ServiceStartType::AutoStart,
        error_control: ServiceErrorControl::Normal,
        executable_path: program,
        launch_arguments: arguments,
        dependencies: Vec::new(),
        account_name: account.map(OsString::from),
        account_password: None,
    };
    let access = ServiceAccess::CHANGE_CONFIG | ServiceAccess::START | ServiceAccess::DELETE;
    let service = manager.create_service(&info, access).map_err(|error| cannot("install", error))?;
    let is_set_up = set_up(&service);
    if is_set_up.is_err() {
        // What stands half is worse than nothing. Why it failed matters more than whether this does.
        let _ = service.delete();
    }
    is_set_up
}

fn set_up(service: &Service) -> Result<(), Failure> {
    let cannot = |error| cannot("set up", error);
    service.set_description(DESCRIPTION).map_err(cannot)?;
    let again = ServiceAction { action_type: ServiceActionType::Restart, delay: RESTART_AFTER };
    let actions = ServiceFailureActions {
        reset_period: ServiceFailureResetPeriod::After(FORGET_AFTER),
        reboot_msg: None,
        command: None,
        actions: Some(vec![again.clone(), again.clone(), again]),
    };
    service.update_failure_actions(actions).map_err(cannot)?;
    event_log::register().map_err(|error| {
        Failure::new(Kind::Failed, format!("cannot register the source {NAME} of the event log: {error}"))
    })
}

pub(super) fn start(patience: Duration) -> Result<(), Failure> {
    let service = open(ServiceAccess::START | ServiceAccess::QUERY_STATUS)?;
    match service.start::<&OsStr>(&[]) {
        Err(error) if code(&error) == Some(ERROR_SERVICE_ALREADY_RUNNING) => {}
        outcome => outcome.map_err(|error| cannot("start", error))?,
    }
    match wait(&service, &[ServiceState::Running, ServiceState::Stopped], patience)? {
        ServiceState::Running => Ok(()),
        _ => Err(Failure::new(Kind::Failed, "the service ended when it was started")
            .advice("The event log says why:\n  Get-WinEvent -MaxEvents 5 -ProviderName mprctl")),
    }
}

pub(super) fn stop(patience: Duration) -> Result<(), Failure> {
    let service = open(ServiceAccess::STOP | ServiceAccess::QUERY_STATUS)?;
    stop_that(&service, patience)
}

fn stop_that(service: &Service, patience: Duration) -> Result<(), Failure> {
    match service.stop() {
        Ok(_) => {}
        Err(error) if code(&error) == Some(ERROR_SERVICE_NOT_ACTIVE) => return Ok(()),
        Err(error) => return Err(cannot("stop", error)),
    }
    match wait(service, &[ServiceState::Stopped], patience)? {
        ServiceState::Stopped => Ok(()),
        state => Err(Failure::new(Kind::Failed, format!("the service does not stop; it is {}", word(state)))),
    }
}

pub(super) fn status() -> Result<ServiceRow, Failure> {
    let manager = manager(ServiceManagerAccess::CONNECT)?;
    let access = ServiceAccess::QUERY_STATUS | ServiceAccess::QUERY_CONFIG;
    let service = match manager.open_service(NAME, access) {
        Err(error) if code(&error) == Some(ERROR_SERVICE_DOES_NOT_EXIST) => {
            return Ok(ServiceRow::new("not installed"));
        }
        outcome => outcome.map_err(|error| cannot("open", error))?,
    };
    let status = service.query_status().map_err(|error| cannot("read", error))?;
    let config = service.query_config().map_err(|error| cannot("read", error))?;
    let start = match config.start_type {
        ServiceStartType::AutoStart => "automatic",
        ServiceStartType::OnDemand => "manual",
        ServiceStartType::Disabled => "disabled",
        ServiceStartType::SystemStart | ServiceStartType::BootStart => "with the system",
    };
    let exit_code = match status.exit_code {
        ServiceExitCode::Win32(code) | ServiceExitCode::ServiceSpecific(code) => code,
    };
    Ok(ServiceRow {
        process: status.process_id.filter(|process| *process != 0),
        start: Some(start.to_owned()),
        account: config.account_name.map(|name| name.to_string_lossy().into_owned()),
        command: Some(config.executable_path.display().to_string()),
        exit_code: (![NO_ERROR, ERROR_SERVICE_NEVER_STARTED].contains(&exit_code)).then_some(exit_code),
        ..ServiceRow::new(word(status.current_state))
    })
}

pub(super) fn uninstall(patience: Duration) -> Result<(), Failure> {
    let service = open(ServiceAccess::STOP | ServiceAccess::QUERY_STATUS | ServiceAccess::DELETE)?;
    stop_that(&service, patience)?;
    service.delete().map_err(|error| cannot("remove", error))?;
    // Older events are then shown without their text only.
    event_log::unregister().map_err(|error| {
        Failure::new(
            Kind::Failed,
            format!("the service is removed, but not its source in the event log: {error}"),
        )
    })
}

fn word(state: ServiceState) -> &'static str {
    match state {
        ServiceState::Stopped => "stopped",
        ServiceState::StartPending => "starting",
        ServiceState::StopPending => "stopping",
        ServiceState::Running => "running",
        ServiceState::ContinuePending => "continuing",
        ServiceState::PausePending => "pausing",
        ServiceState::Paused => "paused",
    }
}

/// Waits until the service is in one of the states, and returns the state that it is in then or at the end of the patience.
fn wait(service: &Service, states: &[ServiceState], patience: Duration) -> Result<ServiceState, Failure> {
    let start = Instant::now();
    loop {
        let now = service.query_status().map_err(|error| cannot("read", error))?.current_state;
        if states.contains(&now) || start.elapsed() >= patience {
            return Ok(now);
        }
        thread::sleep(Duration::from_millis(100));
    }
}

fn manager(access: ServiceManagerAccess) -> Result<ServiceManager, Failure> {
    let manager = ServiceManager::local_computer(None::<&OsStr>, access);
    manager.map_err(|error| cannot("reach the service manager for", error))
}

fn open(access: ServiceAccess) -> Result<Service, Failure> {
    let manager = manager(ServiceManagerAccess::CONNECT)?;
    manager.open_service(NAME, access).map_err(|error| cannot("open", error))
}

/// Returns the code of Windows in an error.
fn code(error: &Error) -> Option<u32> {
    match error {
        Error::Winapi(error) => error.raw_os_error().map(i32::cast_unsigned),
        _ => None,
    }
}

/// Describes an error of the service manager, with what to do about it.
fn cannot(what: &str, error: Error) -> Failure {
    let code = code(&error);
    let text = match &error {
        Error::Winapi(error) => error.to_string(),
        error => error.to_string(),
    };
    let message = format!("cannot {what} the service {NAME}: {text}");
    match code {
        Some(ERROR_ACCESS_DENIED) => Failure::new(Kind::AccessDenied, message)
            .advice("Run mprctl in a terminal that was opened as administrator."),
        Some(ERROR_SERVICE_DOES_NOT_EXIST) => {
            Failure::not_found(format!("the service {NAME} is not installed"))
                .advice("To install it:\n  mprctl service install -- --listen :17230")
        }
        Some(ERROR_SERVICE_EXISTS) => {
            Failure::new(Kind::Failed, format!("the service {NAME} is installed already"))
                .advice("To give it other options, remove it first:\n  mprctl service uninstall")
        }
        _ => Failure::new(Kind::Failed, message),
    }
}

fn failed(what: &str, error: &io::Error) -> Failure {
    Failure::new(Kind::Failed, format!("{what}: {error}"))
}
