//! The templates of `docs-templates/site`, and the assets beside them.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Output, State, UndefinedBehavior, Value};
use serde::Serialize;

use crate::input::{files, is};
use crate::text::escape;

/// Templates and assets.
pub(crate) struct Templates {
    environment: Environment<'static>,
    /// Path in the site and contents.
    pub(crate) assets: Vec<(String, Vec<u8>)>,
    /// Changes when an asset does, so that browsers fetch it anew.
    pub(crate) version: String,
}

impl Templates {
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_formatter(format);
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()
            .map_err(|error| anyhow!("{error}"))?;
        environment.set_syntax(syntax);
        let mut assets = Vec::new();
        let mut hasher = DefaultHasher::new();
        for (path, file) in files(folder, "")? {
            let contents = std::fs::read(&file).with_context(|| format!("{}", file.display()))?;
            if path.starts_with("assets/") {
                (&path, &contents).hash(&mut hasher);
                assets.push((path, contents));
            } else if is(&path, "html") {
                let source =
                    String::from_utf8(contents).with_context(|| format!("{}", file.display()))?;
                environment
                    .add_template_owned(path, source)
                    .map_err(|error| anyhow!("{}: {error}", file.display()))?;
            }
        }
        Ok(Self { environment, assets, version: format!("{:016x}", hasher.finish()) })
    }

    /// Renders a page.
    pub(crate) fn render(&self, template: &str, page: &impl Serialize) -> Result<String> {
        let render = || self.environment.get_template(template)?.render(Serde(page));
        render().map_err(|error| anyhow!("template `{template}`: {error}"))
    }
}

/// Escapes with our own [`escape`], which also stops template languages of hosts.
fn format(out: &mut Output, _: &mut State, value: &Value) -> Result<(), minijinja::Error> {
    if value.is_undefined() {
        return Err(minijinja::Error::new(
            minijinja::ErrorKind::UndefinedError,
            "the value is undefined",
        ));
    }
    let text = value.to_string();
    let written =
        if value.is_safe() { out.write_str(&text) } else { out.write_str(&escape(&text)) };
    written.map_err(minijinja::Error::from)
}
