//! The generated crates, and the shard of each.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::lock;

/// A generated workspace.
pub(super) struct Generated {
    folder: PathBuf,
    crates: Vec<GeneratedCrate>,
}

/// A generated crate.
pub(super) struct GeneratedCrate {
    /// The name of its package.
    pub(super) name: String,
    folder: String,
}

/// The folder of the crate that has all integrations.
const WHOLE_CATALOGUE: &str = "actionspec";

impl GeneratedCrate {
    /// The folder of its integration; `None`: it has all of them.
    pub(super) fn integration(&self) -> Option<&str> {
        (self.folder != WHOLE_CATALOGUE).then_some(self.folder.as_str())
    }
}

impl Generated {
    /// The crates below a folder, and the lock file that they are checked with.
    pub(super) fn read(folder: &Path) -> Result<Self, String> {
        lock(folder)?;
        let told = |path: &Path, error: std::io::Error| format!("`{}`: {error}", path.display());
        let rust = folder.join("rust");
        let mut crates = Vec::new();
        for entry in std::fs::read_dir(&rust).map_err(|error| told(&rust, error))? {
            let entry = entry.map_err(|error| told(&rust, error))?;
            let manifest = entry.path().join("Cargo.toml");
            // cargo passes over a member folder without a manifest too.
            if !manifest.exists() {
                continue;
            }
            let text =
                std::fs::read_to_string(&manifest).map_err(|error| told(&manifest, error))?;
            let name = text
                .lines()
                .find_map(|line| line.strip_prefix("name = "))
                .ok_or_else(|| format!("`{}` has no name", manifest.display()))?;
            crates.push(GeneratedCrate {
                name: name.trim_matches('"').to_owned(),
                folder: entry.file_name().to_string_lossy().into_owned(),
            });
        }
        if crates.is_empty() {
            return Err(format!("`{}` has no crates; run `cargo xtask gen`", rust.display()));
        }
        crates.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self { folder: folder.to_owned(), crates })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn crates(&self) -> impl Iterator<Item = &GeneratedCrate> {
        self.crates.iter()
    }
}

/// One part of several, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shard {
    index: u64,
    count: u64,
}

impl Shard {
    pub(super) fn is_first(self) -> bool {
        self.index == 1
    }

    /// Whether a crate is in this shard. A crate stays in its shard when others come and go.
    pub(super) fn has(self, name: &str) -> bool {
        fnv1a(name) % self.count + 1 == self.index
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| text.parse::<u64>().ok().filter(|number| *number > 0);
        let (index, count) = text
            .split_once('/')
            .and_then(|(index, count)| Some((number(index)?, number(count)?)))
            .filter(|(index, count)| index <= count)
            .ok_or_else(|| format!("`{text}` is not a shard such as `2/8`"))?;
        Ok(Self { index, count })
    }
}

/// FNV-1a, 64 bits: the hasher of the standard library may change with the compiler.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::{Shard, fnv1a};

    #[test]
    fn each_crate_is_in_one_shard_and_stays_there() {
        // The published value for `a`.
        assert_eq!(fnv1a("a"), 0xaf63_dc4c_8601_ec8c);
        let shards: Vec<Shard> =
            (1..=8).map(|index| format!("{index}/8").parse().expect("a shard")).collect();
        for number in 0..344 {
            let name = format!("actionspec-system-{number}");
            assert_eq!(shards.iter().filter(|shard| shard.has(&name)).count(), 1, "{name}");
        }
        let sizes = shards
            .iter()
            .map(|shard| (0..344).filter(|n| shard.has(&format!("actionspec-system-{n}"))).count());
        assert!(
            sizes.clone().all(|size| (20..=70).contains(&size)),
            "{:?}",
            sizes.collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_shard_is_one_of_several() {
        for text in ["", "1", "0/2", "3/2", "1/0", "a/b", "1/2/3"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
