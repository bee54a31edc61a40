//! How long a piece of work takes.

/// Returns the seconds that the work takes. On Unix they are those of the processor, in which other programs, that run
/// meanwhile, have no part.
pub fn seconds(work: impl FnOnce()) -> f64 {
    let start = now();
    work();
    (now() - start).as_secs_f64()
}

#[cfg(unix)]
fn now() -> std::time::Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.try_into().expect("a thread has worked for some time or none")
}

/// The processor's time is counted here in steps of 15 ms.
#[cfg(not(unix))]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}
