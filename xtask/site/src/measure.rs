//! Memory of processes, where the system tells it (Linux).

use std::process::Child;
use std::time::Duration;

/// The most memory that this process has had, in bytes.
pub(crate) fn own_peak() -> Option<u64> {
    peak("self")
}

/// Waits for a process, and tells the most memory that one of its own processes has had, in bytes.
pub(crate) fn peak_of(child: &mut Child) -> std::io::Result<Option<u64>> {
    let id = child.id().to_string();
    let mut most = None;
    while child.try_wait()?.is_none() {
        let children =
            std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
        most = children.split_whitespace().filter_map(peak).chain(most).max();
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(most)
}

fn peak(process: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}
