//! The service of a machine that has administration DLLs: its threads take the tasks from the desk.

use std::sync::Arc;
use std::thread;

use super::run::{Kept, Run};
use crate::router::admission::{Group, Phase, Plan, Task};
use crate::router::machine::Machine;

/// Gives a machine its service, if the scenario has administration DLLs for it, and waits until the service has started,
/// or has failed to.
pub(crate) fn attach(machine: &Arc<Machine>) {
    let Some(plan) = machine.lock().desk.as_ref().map(|desk| Arc::clone(&desk.plan)) else { return };
    let served = Arc::clone(machine);
    let serves = Arc::clone(&plan);
    match thread::Builder::new().name("service".to_owned()).spawn(move || serve(&served, &serves)) {
        Ok(_) => machine.wait_until_quiet(),
        Err(error) => machine.lock().dlls_have_failed(plan.no_thread("service", &error)),
    }
}

/// Starts and stops the service as the machine wants it, until the machine leaves the network.
fn serve(machine: &Arc<Machine>, plan: &Arc<Plan>) {
    let mut kept = Kept::default();
    while is_wanted(machine) {
        match Run::start(machine, plan, &mut kept) {
            Err(failure) => machine.lock().dlls_have_failed(failure),
            Ok(run) => {
                machine.lock().dlls_are_ready();
                thread::scope(|scope| {
                    scope.spawn(|| work(&run, Group::Ip));
                    work(&run, Group::Connection);
                });
                run.end(&mut kept);
                machine.lock().dlls_have_ended();
            }
        }
    }
}

/// Waits until the service is to run. Returns `false` when the machine has left the network.
fn is_wanted(machine: &Arc<Machine>) -> bool {
    let mut state = machine.lock();
    while let Some(desk) = &mut state.desk {
        if desk.is_wanted {
            desk.phase = Phase::Loading;
            return true;
        }
        if desk.is_shut {
            break;
        }
        state = machine.wait(state);
    }
    false
}

/// Does the tasks of a group until the service has stopped and nothing is left to do.
fn work(run: &Run, group: Group) {
    let mut state = run.machine.lock();
    while let Some(desk) = &mut state.desk {
        let Some(task) = desk.next(group) else {
            if desk.phase == Phase::Closing && desk.has_no_task() {
                break;
            }
            state = run.machine.wait(state);
            continue;
        };
        drop(state);
        match task {
            Task::Assign(handle) => run.assign(handle),
            Task::Accept(handle) => run.accept(handle),
            Task::Reauthenticate(handle) => run.reauthenticate(handle),
            Task::End(guest) => {
                run.tell_of_end(&guest);
                run.machine.lock().give_up_addresses(guest);
            }
            Task::Release(guest) => run.release(&guest),
        }
        state = run.machine.lock();
        if let Some(desk) = &mut state.desk {
            desk.done(group);
        }
    }
}
