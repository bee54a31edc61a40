//! The messages to systemd, for a unit of `Type=notify`. Without systemd nothing happens.

/// Tells systemd that the exporter serves.
pub(super) fn tell_ready() {
    #[cfg(target_os = "linux")]
    tell(sd_notify::NotifyState::Ready);
}

/// Tells systemd that the exporter stops.
pub(super) fn tell_stopping() {
    #[cfg(target_os = "linux")]
    tell(sd_notify::NotifyState::Stopping);
}

#[cfg(target_os = "linux")]
fn tell(state: sd_notify::NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        crate::terminal::say(&format!("cannot notify systemd: {error}"));
    }
}
