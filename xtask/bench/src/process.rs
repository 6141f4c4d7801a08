//! What a process costs, as the operating system accounts for it.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a process cost, its children included.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Seconds until it ended.
    pub(crate) wall: f64,
    /// Seconds of processors, in the program and in the kernel: firmer than `wall` on a machine that does other things too.
    pub(crate) cpu: f64,
    /// MiB of memory of its largest process.
    pub(crate) peak: f64,
}

/// Runs a program by GNU `time`. `set` changes what it is started with.
pub(crate) fn run<A: AsRef<OsStr>>(
    program: &Path,
    arguments: impl IntoIterator<Item = A>,
    set: impl FnOnce(&mut Command) -> &mut Command,
) -> Result<Cost, String> {
    let report = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
    let mut command = Command::new("/usr/bin/time");
    command.args(["-f", "%e %U %S %M", "-o"]).arg(report.path()).arg(program).args(arguments);
    let output = set(&mut command).stdin(Stdio::null()).output().map_err(|error| format!("GNU time (/usr/bin/time) is needed: {error}"))?;
    if !output.status.success() {
        return Err(format!("{} failed:\n{}", program.display(), String::from_utf8_lossy(&output.stderr)));
    }
    let text = std::fs::read_to_string(report.path()).map_err(|error| error.to_string())?;
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    match numbers.as_slice() {
        [wall, user, system, peak] => Ok(Cost { wall: *wall, cpu: user + system, peak: peak / 1024.0 }),
        _ => Err(format!("GNU time said `{text}`")),
    }
}
