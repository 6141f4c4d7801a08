//! Which parts of the project a change touches, from the paths that git names. A path of no known part touches everything.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::output::project;

/// A part of the project that checks depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Specs,
    Templates,
    Docs,
    Runtime,
    Codegen,
    Conformance,
    Xtask,
    Generated,
}

/// Folders and the parts that they are; the first that fits counts.
const FOLDERS: &[(&str, Part)] = &[
    ("specs/", Part::Specs),
    ("docs-templates/", Part::Templates),
    ("runtime/", Part::Runtime),
    ("codegen/conformance/", Part::Conformance),
    ("codegen/", Part::Codegen),
    ("xtask/", Part::Xtask),
    ("generated/", Part::Generated),
];

/// What changed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Changes {
    everything: bool,
    parts: BTreeSet<Part>,
    /// Integrations whose specs or generated crates changed, by the name of their folder in either, without punctuation.
    integrations: BTreeSet<String>,
}

impl Changes {
    /// Every check runs.
    pub(super) fn everything() -> Self {
        Self { everything: true, parts: BTreeSet::new(), integrations: BTreeSet::new() }
    }

    /// What differs from a revision, or from where this branch left it; files that git does not know yet included.
    pub(super) fn since(revision: &str) -> Result<Self, String> {
        let base = git(&["merge-base", "--", revision, "HEAD"])?;
        let mut paths = git(&["diff", "--name-only", "--no-renames", base.trim(), "--"])?;
        paths.push_str(&git(&["ls-files", "--others", "--exclude-standard"])?);
        Ok(Self::of(paths.lines()))
    }

    fn of<'a>(paths: impl IntoIterator<Item = &'a str>) -> Self {
        let mut changes =
            Self { everything: false, parts: BTreeSet::new(), integrations: BTreeSet::new() };
        for path in paths {
            changes.add(path);
        }
        changes
    }

    fn add(&mut self, path: &str) {
        let folder = FOLDERS.iter().find(|(folder, _)| path.starts_with(folder));
        let Some((folder, part)) = folder else {
            // Texts in the root are read by tests; anything else there may configure any check.
            if is_text(path) && !path.contains('/') {
                self.parts.insert(Part::Docs);
            } else {
                self.everything = true;
            }
            return;
        };
        self.parts.insert(*part);
        let rest = &path[folder.len()..];
        let rest = match part {
            Part::Specs => rest,
            Part::Generated => match rest.strip_prefix("rust/") {
                Some(rest) => rest,
                // Pages and schemas are no crate; the manifest of the workspace is all of them.
                None => {
                    self.everything |= !rest.contains('/') && !is_text(rest);
                    return;
                }
            },
            _ => return,
        };
        match rest.split_once('/') {
            Some((name, _)) => {
                self.integrations.insert(key(name));
            }
            // `catalog.yaml` names the crates and gives them their version.
            None => self.everything = true,
        }
    }

    /// Whether a check that depends on these parts may have another result.
    pub(super) fn affect(&self, parts: &[Part]) -> bool {
        self.everything || parts.iter().any(|part| self.parts.contains(part))
    }

    /// Whether the generated crate of an integration changed; for `None`, a crate of the whole catalogue, whether any did.
    pub(super) fn touch(&self, integration: Option<&str>) -> bool {
        match integration {
            None => self.everything || !self.integrations.is_empty(),
            Some(name) => self.everything || self.integrations.contains(&key(name)),
        }
    }
}

/// The name of an integration without punctuation: folders of specs have `_`, those of crates `-`.
fn key(name: &str) -> String {
    name.replace(['-', '_'], "")
}

/// The parts as a list.
pub(super) fn named(parts: &[Part]) -> String {
    let names: Vec<String> =
        parts.iter().map(|part| format!("{part:?}").to_ascii_lowercase()).collect();
    names.join(", ")
}

fn git(arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(project())
        .output()
        .map_err(|error| format!("git cannot be started: {error}"))?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        return Err(format!("`git {}`: {}", arguments.join(" "), message.trim()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a path is of a text for people.
fn is_text(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "md")
}

#[cfg(test)]
mod tests {
    use super::{Changes, Part};

    #[test]
    fn a_spec_changes_the_crate_of_its_integration_alone() {
        let changes = Changes::of([
            "specs/microsoft_entra_id/actions/get_user.yaml",
            "generated/rust/microsoft-entra-id/src/get_user.rs",
            "generated/docs/microsoft-entra-id/actions/get-user.md",
        ]);
        assert!(changes.touch(Some("microsoft-entra-id")) && changes.touch(None));
        assert!(!changes.touch(Some("okta")));
        assert!(changes.affect(&[Part::Specs]) && !changes.affect(&[Part::Runtime, Part::Codegen]));
    }

    #[test]
    fn a_template_changes_no_crate() {
        let changes = Changes::of(["docs-templates/default/action.md.j2", "generated/README.md"]);
        assert!(!changes.touch(None) && !changes.affect(&[Part::Codegen]));
        assert!(changes.affect(&[Part::Templates]));
    }

    #[test]
    fn what_configures_all_changes_all() {
        for path in [
            "Cargo.lock",
            "rust-toolchain.toml",
            ".github/workflows/ci.yml",
            "specs/catalog.yaml",
            "generated/Cargo.toml",
            "new/file.rs",
        ] {
            let changes = Changes::of([path]);
            assert!(changes.affect(&[Part::Docs]) && changes.touch(Some("okta")), "{path}");
        }
        assert!(!Changes::of(["README.md"]).affect(&[Part::Runtime]));
    }
}
