//! The tools from npm: Pagefind for every site, a browser's driver and axe-core for the tests. `package.json` of this package names them,
//! its lock file pins them, and they are installed when first needed.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

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
    let is_current = installed >= changed(&folder().join("package-lock.json")) && installed.is_some();
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
pub(crate) fn run(script: &str, arguments: &[&str]) -> Result<()> {
    let modules = install(false)?;
    let output = Command::new("node").arg(modules.join(script)).args(arguments).output().context("Node.js cannot be started")?;
    if !output.status.success() {
        bail!("{script} failed:\n{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

/// Runs the browser tests of this package over built sites: the real one, and the one of the conformance specs.
pub fn node_tests(site: &Path, conformance: &Path) -> Result<bool> {
    install(true)?;
    let status = Command::new("node")
        .args(["--test", "--test-concurrency=1", "tests/browser/"])
        .env("SITE", site)
        .env("CONFORMANCE_SITE", conformance)
        .current_dir(folder())
        .status()
        .context("Node.js cannot be started")?;
    Ok(status.success())
}
