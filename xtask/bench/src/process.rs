//! What a process costs, as the operating system accounts for it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::figure::median;

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

impl Cost {
    /// What of it is not the other.
    pub(crate) fn beyond(self, other: Self) -> Self {
        Self {
            wall: self.wall - other.wall,
            cpu: self.cpu - other.cpu,
            peak: self.peak - other.peak,
        }
    }
}

/// Seconds of processor time after which nothing is measured again, whatever the number of rounds.
const ENOUGH: f64 = 120.0;

/// The median of several rounds; of fewer, if they take long.
pub(crate) fn median_of(
    rounds: usize,
    mut run: impl FnMut() -> Result<Cost, String>,
) -> Result<Cost, String> {
    let mut costs: Vec<Cost> = Vec::new();
    while costs.len() < rounds.max(1) && costs.iter().map(|cost| cost.cpu).sum::<f64>() < ENOUGH {
        costs.push(run()?);
    }
    let middle = |part: fn(&Cost) -> f64| median(costs.iter().map(part).collect());
    Ok(Cost {
        wall: middle(|cost| cost.wall),
        cpu: middle(|cost| cost.cpu),
        peak: middle(|cost| cost.peak),
    })
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
    let output = set(&mut command)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("GNU time (/usr/bin/time) is needed: {error}"))?;
    if !output.status.success() {
        let said = [output.stderr, output.stdout].concat();
        return Err(format!("{}\n{} failed", String::from_utf8_lossy(&said), program.display()));
    }
    let text = std::fs::read_to_string(report.path()).map_err(|error| error.to_string())?;
    let numbers: Vec<f64> =
        text.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    match numbers.as_slice() {
        [wall, user, system, peak] => {
            Ok(Cost { wall: *wall, cpu: user + system, peak: peak / 1024.0 })
        }
        _ => Err(format!("GNU time said `{text}`")),
    }
}

/// The first program of this name in the folders of `PATH`.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders)
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}

#[cfg(test)]
mod tests {
    use super::{Cost, median_of};

    fn rounds(cpu: f64) -> usize {
        let mut count = 0;
        let cost = median_of(5, || {
            count += 1;
            Ok(Cost { wall: cpu, cpu, peak: 1.0 })
        });
        assert!(cost.is_ok_and(|cost| (cost.cpu - cpu).abs() < f64::EPSILON));
        count
    }

    #[test]
    fn what_takes_minutes_is_measured_less_often() {
        assert_eq!((rounds(1.0), rounds(70.0), rounds(300.0)), (5, 2, 1));
    }

    #[test]
    fn a_failed_round_fails_all() {
        assert!(median_of(3, || Err("no".to_owned())).is_err());
    }
}
