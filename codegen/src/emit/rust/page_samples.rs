//! The Rust samples of documentation pages: complete functions, compiled by the tests.

use indexmap::IndexMap;
use serde_json::Value;

use super::samples::{Sample, connection, reading};
use super::{names, parameters, values};
use crate::catalog::{Action, Integration};
use crate::emit::EmitError;

/// A function that connects and calls an action with these arguments.
pub(in crate::emit) fn call(
    integration: &Integration,
    action: &Action,
    krate: &str,
    given: &IndexMap<String, Value>,
) -> Result<String, EmitError> {
    let module = names::action_module(&action.ident);
    let mut required = Vec::new();
    let mut setters = Vec::new();
    for parameter in &action.parameters {
        let Some(value) = given.get(&parameter.key) else { continue };
        let taken = values::taken(integration, parameter)
            .map_err(|error| EmitError::Syntax { path: parameter.key.clone(), message: error.to_string() })?;
        let sample = Sample { krate, module: &module, enum_values: values::enum_values(integration, parameter) };
        let written = sample.value(&taken, Some(value));
        if parameters::is_argument(parameter) {
            required.push(written);
        } else {
            setters.push(format!(".{}({written})", names::setter(&parameter.ident)));
        }
    }
    let uses_module = required.iter().chain(&setters).any(|text| text.contains(&format!("{module}::")));
    let items = if uses_module { format!("{{{}, {module}}}", integration.type_name) } else { integration.type_name.clone() };
    let mut chain = vec![format!(".{}({})", names::action_method(&action.ident), required.join(", "))];
    chain.extend(setters);
    chain.push(".send()".to_owned());
    chain.push(".await?".to_owned());
    let one_line = format!("client{}", chain.concat());
    let body = if one_line.len() <= 90 { one_line } else { format!("client\n        {}", chain.join("\n        ")) };
    Ok(function(&[
        format!("use {krate}::{}::{items};", names::integration_module(&integration.id)),
        String::new(),
        client(integration),
        format!("    let response = {body};"),
        format!("    println!(\"{{:?}}\", response.{});", reading(action)),
    ]))
}

/// A function that calls an action by its name.
pub(in crate::emit) fn by_name(integration: &Integration, action: &Action, krate: &str, given: &IndexMap<String, Value>) -> String {
    let arguments: Vec<String> = given
        .iter()
        .map(|(key, value)| format!("\n        {}: {},", super::samples::text(key), super::samples::json_tokens(value)))
        .collect();
    let arguments = if arguments.is_empty() { "{}".to_owned() } else { format!("{{{}\n    }}", arguments.concat()) };
    function(&[
        format!("use {krate}::{}::{};", names::integration_module(&integration.id), integration.type_name),
        String::new(),
        client(integration),
        format!("    let action = {krate}::catalog().action(\"{}.{}\")?;", integration.id, action.id),
        format!("    let arguments = {krate}::json!({arguments});"),
        "    let response = action.call(client.client(), arguments).await?;".to_owned(),
        "    println!(\"{}\", response.json());".to_owned(),
    ])
}

/// Connects.
pub(in crate::emit) fn connect(integration: &Integration, krate: &str) -> String {
    let handle = &integration.type_name;
    format!(
        "use {krate}::{}::{handle};\n\nfn connect() -> Result<{handle}, Box<dyn std::error::Error>> {{\n    Ok({}.build()?)\n}}",
        names::integration_module(&integration.id),
        connection(integration)
    )
}

fn client(integration: &Integration) -> String {
    format!("    let client = {}.build()?;", connection(integration))
}

/// Wraps lines, of which those before the first empty one are imports, into a function.
fn function(lines: &[String]) -> String {
    let at = lines.iter().position(String::is_empty).unwrap_or(0);
    format!(
        "{}\n\nasync fn example() -> Result<(), Box<dyn std::error::Error>> {{\n{}\n    Ok(())\n}}",
        lines[..at].join("\n"),
        lines[at + 1..].join("\n")
    )
}
