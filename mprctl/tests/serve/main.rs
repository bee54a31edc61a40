//! `mprctl serve` as Prometheus and others meet it: the built program, over the loopback interface.

mod abuse;
mod exporter;
mod pages;
#[cfg(target_os = "linux")]
mod systemd;
