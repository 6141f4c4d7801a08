//! The table of checks. A new check is one more row; its parts say when it may be left out.

use super::changes::Part;
use Part::{Codegen, Conformance, Docs, Generated, Runtime, Specs, Templates, Xtask};

/// The check that needs a browser.
pub(super) const SITE: &str = "site";

/// One check: a cargo command.
pub(super) struct Check {
    pub(super) name: &'static str,
    pub(super) scope: Scope,
    /// The parts of the project whose changes can affect the result.
    pub(super) parts: &'static [Part],
    /// The arguments of cargo. Packages of generated crates are inserted before `--`.
    pub(super) arguments: &'static [&'static str],
}

/// What a check runs over.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// A workspace of hand-written code, in this folder.
    Project(&'static str),
    /// The generated crates, in one command.
    Generated,
    /// The generated crates, in a command each: compiled with others, a crate gets their features of the runtime too.
    EachGenerated,
}

const HAND_WRITTEN: &[Part] = &[Runtime, Codegen, Xtask];
/// What all generated crates depend on. A change of one integration affects its crate alone.
const GENERATOR: &[Part] = &[Runtime, Codegen];

const fn project(
    name: &'static str,
    folder: &'static str,
    parts: &'static [Part],
    arguments: &'static [&'static str],
) -> Check {
    Check { name, scope: Scope::Project(folder), parts, arguments }
}

const fn generated(name: &'static str, scope: Scope, arguments: &'static [&'static str]) -> Check {
    Check { name, scope, parts: GENERATOR, arguments }
}

const CONFORMANCE_FOLDER: &str = "codegen/conformance";
const CALL_BENCHMARK: &str = "xtask/bench/call";
const CONFORMANCE: &[Part] = &[Runtime, Codegen, Conformance, Templates];

/// All checks, in the order in which they run: what is quick and fails often comes first.
pub(super) const CHECKS: &[Check] = &[
    project("formatting", ".", HAND_WRITTEN, &["fmt", "--all", "--check"]),
    project("catalogue", ".", &[Specs, Codegen, Xtask], &["xtask", "lint"]),
    project(
        "drift",
        ".",
        &[Specs, Templates, Runtime, Codegen, Xtask, Generated],
        &["xtask", "gen", "--check"],
    ),
    project(
        "lints",
        ".",
        HAND_WRITTEN,
        &["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"],
    ),
    project(
        "tests",
        ".",
        &[Runtime, Codegen, Conformance, Xtask, Specs, Templates, Generated],
        &["test", "--workspace", "--all-features", "--no-fail-fast"],
    ),
    project(
        "documentation",
        ".",
        HAND_WRITTEN,
        &["doc", "--workspace", "--all-features", "--no-deps"],
    ),
    project(
        "conformance",
        CONFORMANCE_FOLDER,
        &[Runtime, Codegen, Conformance, Templates, Specs, Docs, Generated],
        &["test", "--workspace", "--no-fail-fast"],
    ),
    project(
        "conformance formatting",
        CONFORMANCE_FOLDER,
        &[Conformance],
        &[
            "fmt",
            "--check",
            "--package",
            "actionspec-conformance",
            "--package",
            "actionspec-conformance-alone",
        ],
    ),
    project(
        "conformance lints",
        CONFORMANCE_FOLDER,
        CONFORMANCE,
        &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
    ),
    project(
        "call benchmark formatting",
        CALL_BENCHMARK,
        &[Xtask],
        &["fmt", "--check", "--package", "actionspec-bench-call"],
    ),
    project(
        "call benchmark lints",
        CALL_BENCHMARK,
        &[Runtime, Codegen, Xtask, Generated],
        &["clippy", "--all-targets", "--", "-D", "warnings"],
    ),
    project(
        SITE,
        ".",
        &[Specs, Templates, Codegen, Xtask, Docs, Generated],
        &["xtask", "docs", "--test"],
    ),
    generated(
        "generated lints",
        Scope::Generated,
        &["clippy", "--all-targets", "--all-features", "--", "-D", "warnings"],
    ),
    // Generated crates have no unit tests: an empty test program for each would be linked and take gigabytes. The lints compile examples.
    generated("generated samples", Scope::Generated, &["test", "--doc", "--all-features"]),
    generated("generated documentation", Scope::Generated, &["doc", "--all-features", "--no-deps"]),
    generated("alone", Scope::EachGenerated, &["check", "--no-default-features"]),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::CHECKS;

    #[test]
    fn each_check_has_a_name_of_its_own_and_can_be_affected() {
        let names: BTreeSet<&str> = CHECKS.iter().map(|check| check.name).collect();
        assert_eq!(names.len(), CHECKS.len());
        assert!(CHECKS.iter().all(|check| !check.parts.is_empty()));
    }
}
