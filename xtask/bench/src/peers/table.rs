//! The peers: generators of Rust clients that others use, how each is run, and what makes a cargo package of what it writes.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failed;
use crate::process;

/// A generator.
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    /// Its program, looked for in the folders of `PATH`.
    pub(crate) program: &'static str,
    /// How one gets it.
    pub(crate) install: &'static str,
    /// What asks for its version.
    version: &'static [&'static str],
    /// What has it write a package; `{document}` and `{folder}` stand for what they say.
    arguments: &'static [&'static str],
    /// What makes a package of what it wrote.
    finish: fn(&Path) -> Result<(), String>,
}

/// All of them, each with its defaults.
pub(crate) const PEERS: [Peer; 4] = [
    Peer {
        name: "progenitor",
        program: "cargo-progenitor",
        install: "cargo install cargo-progenitor",
        version: &["progenitor", "--version"],
        arguments: &[
            "progenitor",
            "--input",
            "{document}",
            "--output",
            "{folder}",
            "--name",
            "peer",
            "--version",
            "0.1.0",
        ],
        finish: |_| Ok(()),
    },
    Peer {
        name: "openapi-generator",
        program: "openapi-generator-cli",
        install: "pip install openapi-generator-cli, and Java",
        version: &["version"],
        arguments: &[
            "generate",
            "--generator-name",
            "rust",
            "--input-spec",
            "{document}",
            "--output",
            "{folder}",
        ],
        finish: |_| Ok(()),
    },
    Peer {
        name: "openapi-to-rust",
        program: "openapi-to-rust",
        install: "cargo install openapi-to-rust",
        version: &["--version"],
        arguments: &["generate", "{document}", "--output-dir", "{folder}/src/api", "--quiet"],
        finish: package_of_module,
    },
    Peer {
        name: "ploidy",
        program: "ploidy",
        install: "cargo install ploidy",
        version: &["--version"],
        arguments: &["generate", "rust", "{document}", "--output", "{folder}", "--name", "peer"],
        finish: |_| Ok(()),
    },
];

/// openapi-to-rust writes a module, and which dependencies it needs.
fn package_of_module(folder: &Path) -> Result<(), String> {
    let dependencies =
        fs::read_to_string(folder.join("src/api/REQUIRED_DEPS.toml")).map_err(failed)?;
    let manifest = format!(
        "[package]\nname = \"peer\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n{dependencies}"
    );
    fs::write(folder.join("Cargo.toml"), manifest).map_err(failed)?;
    fs::write(folder.join("src/lib.rs"), "pub mod api;\n").map_err(failed)
}

impl Peer {
    /// Its version as it says it, or nothing.
    pub(crate) fn version_of(&self, program: &Path) -> String {
        let output = Command::new(program).args(self.version).output();
        let said = output
            .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
            .unwrap_or_default();
        version_in(&said).to_owned()
    }

    /// Writes a package into the folder, which is there and has a `src`.
    pub(crate) fn generate(
        &self,
        program: &Path,
        document: &Path,
        folder: &Path,
    ) -> Result<(), String> {
        process::run(program, self.command(document, folder), |run| run.current_dir(folder))?;
        (self.finish)(folder)
    }

    fn command(&self, document: &Path, folder: &Path) -> Vec<String> {
        let fill = |argument: &&str| {
            argument
                .replace("{document}", &document.to_string_lossy())
                .replace("{folder}", &folder.to_string_lossy())
        };
        self.arguments.iter().map(fill).collect()
    }
}

/// The first word that begins with a digit: `ploidy 0.15.0`.
fn version_in(said: &str) -> &str {
    said.split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{PEERS, package_of_module, version_in};

    #[test]
    fn every_peer_is_told_the_document_and_where_to_write() {
        for peer in &PEERS {
            let arguments = peer.command(Path::new("/tmp/my office.yaml"), Path::new("/tmp/out"));
            assert!(
                arguments.iter().any(|argument| argument == "/tmp/my office.yaml"),
                "{}: {arguments:?}",
                peer.name
            );
            assert!(
                arguments.iter().any(|argument| argument.starts_with("/tmp/out")),
                "{}: {arguments:?}",
                peer.name
            );
            assert!(
                !arguments.iter().any(|argument| argument.contains('{')),
                "{}: {arguments:?}",
                peer.name
            );
            assert!(!peer.install.is_empty());
        }
    }

    #[test]
    fn versions_are_read_of_what_programs_say() {
        assert_eq!(version_in("ploidy 0.15.0\n"), "0.15.0");
        assert_eq!(version_in("7.26.0"), "7.26.0");
        assert_eq!(version_in("no idea"), "");
    }

    #[test]
    fn a_module_becomes_a_package_with_its_dependencies() -> Result<(), Box<dyn std::error::Error>>
    {
        let folder = tempfile::tempdir()?;
        std::fs::create_dir_all(folder.path().join("src/api"))?;
        assert!(package_of_module(folder.path()).is_err());
        std::fs::write(
            folder.path().join("src/api/REQUIRED_DEPS.toml"),
            "[dependencies]\nserde_json = \"1\"\n",
        )?;
        package_of_module(folder.path())?;
        assert!(
            std::fs::read_to_string(folder.path().join("Cargo.toml"))?
                .ends_with("[dependencies]\nserde_json = \"1\"\n")
        );
        assert_eq!(std::fs::read_to_string(folder.path().join("src/lib.rs"))?, "pub mod api;\n");
        Ok(())
    }
}
