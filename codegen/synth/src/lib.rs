//! Made-up catalogues of any size: specs that look like those that people write, for measuring and for trying out.
//!
//! ```text
//! random       a stream of numbers from a seed: the same seed, the same catalogue, on every machine
//! words        names and sentences
//! shape        what an integration returns: types with fields, and values of them
//! parameter    what an action takes
//! action       one action of each usual kind: list, get, create, upload, export, …
//! integration  what the actions have in common, and the files of one integration
//! ```
//!
//! How long texts are, how many parameters there are and of which types, how large examples are: all follow the hand-written catalogue of this
//! project, counted. Nothing here describes a real system.

mod action;
mod integration;
mod parameter;
mod random;
mod shape;
mod words;

use std::fs;
use std::io;
use std::path::Path;

use serde_json::{Map, Value, json};

use random::Random;

/// A JSON object whose keys keep their order.
type Object = Map<String, Value>;

/// How large a catalogue, and which.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How many integrations.
    pub integrations: usize,
    /// How many actions each of them has.
    pub actions: usize,
    /// Which of the catalogues of this size.
    pub seed: u64,
}

/// A file of a specs folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path below the folder, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The categories that integrations are in.
const CATEGORIES: [(&str, &str); 4] = [
    ("work", "Work and Documents"),
    ("security", "Security"),
    ("platform", "Platforms"),
    ("business", "Sales and Finance"),
];

/// Writes a catalogue into a folder; says how many files. Fails if the folder is there and not empty.
pub fn write(folder: &Path, options: &Options) -> io::Result<usize> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "the folder is not empty"));
    }
    let mut count = 0;
    let mut put = |file: &File| -> io::Result<()> {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        count += 1;
        fs::write(path, &file.text)
    };
    put(&catalog())?;
    for index in 0..options.integrations {
        integration(options, index).iter().try_for_each(&mut put)?;
    }
    Ok(count)
}

/// `catalog.yaml`.
#[must_use]
pub fn catalog() -> File {
    let categories: Object =
        CATEGORIES.iter().map(|(id, title)| ((*id).to_owned(), Value::from(*title))).collect();
    let spec = json!({
        "spec": 1,
        "title": "Made-Up Systems",
        "description": "Systems that do not exist, in any number: for measuring.",
        "categories": categories,
        "crate": {"name": "synthetic", "version": "0.1.0"},
    });
    File { path: "catalog.yaml".to_owned(), text: yaml(&spec) }
}

/// The files of one integration. They depend on its index and on the seed alone, not on how many others there are.
#[must_use]
pub fn integration(options: &Options, index: usize) -> Vec<File> {
    integration::files(index, options.actions, Random::new(options.seed, index as u64))
}

/// A value as YAML.
fn yaml(value: &Value) -> String {
    // Only maps with keys that are no text cannot be written, and JSON has none.
    serde_yaml::to_string(value).unwrap_or_default()
}
