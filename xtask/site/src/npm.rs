//! The tools from npm: Pagefind for every site, a browser's driver and axe-core for the tests. `package.json` of this package names them,
//! its lock file pins them, and they are installed when first needed.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::measure;

/// Where the tools are installed: this package.
fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Installs the tools, unless those of the lock file are there already.
fn install(tests: bool) -> Result<PathBuf> {
    let modules = folder().join("node_modules");
    // npm writes this file last, so it tells what is complete and how old it is.
    let changed = |file: &Path| std::fs::metadata(file).and_then(|data| data.modified()).ok();
    let installed = changed(&modules.join(".package-lock.json"));
    let is_current =
        installed >= changed(&folder().join("package-lock.json")) && installed.is_some();
    if is_current && (!tests || modules.join("playwright-core").is_dir()) {
        return Ok(modules);
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel", "error"]).current_dir(folder());
    if !tests {
        npm.arg("--omit=dev");
    }
    let status =
        npm.status().context("npm cannot be started; the search of the site needs Node.js 20 or newer (`--no-search` goes without)")?;
    if !status.success() {
        bail!("npm could not install the tools of {}", folder().display());
    }
    Ok(modules)
}

/// Runs a tool's JavaScript file with Node.js, silent unless it fails.
/// Tells the most memory that the tool took, where that is known.
pub(crate) fn run(script: &str, arguments: &[&str]) -> Result<Option<u64>> {
    let modules = install(false)?;
    let mut tool = Command::new("node")
        .arg(modules.join(script))
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .context("Node.js cannot be started")?;
    let mut errors = tool.stderr.take();
    let told = std::thread::spawn(move || {
        let mut text = String::new();
        // What cannot be read is not told.
        let _ = errors.as_mut().map(|errors| errors.read_to_string(&mut text));
        text
    });
    let memory = measure::peak_of(&mut tool)?;
    let told = told.join().unwrap_or_default();
    if !tool.wait()?.success() {
        bail!("{script} failed:\n{told}");
    }
    Ok(memory)
}

/// What a reader fetches from a built site for a first view of a page and a first search, as JSON.
pub fn weigh(site: &Path, base_path: &str) -> Result<serde_json::Value> {
    install(true)?;
    let output = Command::new("node")
        .arg("tests/browser/weigh.mjs")
        .env("SITE", site)
        .env("BASE_PATH", base_path)
        .current_dir(folder())
        .stderr(Stdio::inherit())
        .output()
        .context("Node.js cannot be started")?;
    serde_json::from_slice(&output.stdout).context("the browser gave no figures")
}

/// Runs the browser tests of this package over built sites: the real one, and the one of the conformance specs.
pub fn node_tests(site: &Path, conformance: &Path) -> Result<bool> {
    install(true)?;
    let status = Command::new("node")
        .args(["--test", "--test-reporter=spec", "--test-concurrency=1", "tests/browser/"])
        .env("SITE", site)
        .env("CONFORMANCE_SITE", conformance)
        .current_dir(folder())
        .status()
        .context("Node.js cannot be started")?;
    Ok(status.success())
}
