//! `specs/catalog.yaml`: what holds for the whole catalogue.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `specs/catalog.yaml`: settings of the whole catalogue. The file is optional; every key has a default.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CatalogSpec {
    /// The version of the spec language, `1`.
    #[schemars(extend("const" = 1))]
    pub spec: u32,
    /// The catalogue's name, as the heading of the index page. Default: `Integrations`.
    #[serde(default)]
    pub title: Option<String>,
    /// What the catalogue is, for the index page. Markdown.
    #[serde(default)]
    pub description: Option<String>,
    /// Where a reader can edit a spec: this prefix, then the path of the file below the specs folder.
    /// If omitted, the pages have no "edit this page" link.
    #[serde(default)]
    #[schemars(example = &"https://git.example/acme/catalog/edit/main/specs/")]
    pub edit_url: Option<String>,
    /// The categories of integrations, each with its title, in the order of the index page.
    #[serde(default)]
    pub categories: IndexMap<String, String>,
    /// The Rust packages that are generated.
    #[serde(default, rename = "crate")]
    pub package: CrateSpec,
}

/// The Rust packages that are generated: one for each integration, and one for calls by name.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CrateSpec {
    /// Name of the package for calls by name. An integration's package has this name, a hyphen and the integration's slug. Default: `actionspec`.
    #[serde(default)]
    #[schemars(example = &"actionspec")]
    pub name: Option<String>,
    /// Version of the packages, SemVer; `version` of an integration replaces it for one. Default: `0.1.0`.
    #[serde(default)]
    pub version: Option<String>,
    /// SPDX licence expression. Default: `MIT OR Apache-2.0`.
    #[serde(default)]
    pub license: Option<String>,
    /// The address of the source code, for the packages' manifests.
    #[serde(default)]
    #[schemars(url)]
    pub repository: Option<String>,
    /// Where the generated pages (the folder `docs`) can be read, for the packages' READMEs.
    #[serde(default)]
    #[schemars(url)]
    pub documentation: Option<String>,
    /// Path of the runtime crate, relative to the output folder. Default: the published `actionspec-runtime`.
    #[serde(default)]
    pub runtime_path: Option<String>,
    /// Actions that have a runnable example, by name: each becomes `examples/<action>.rs` of its integration's crate.
    #[serde(default)]
    pub examples: Vec<String>,
}
