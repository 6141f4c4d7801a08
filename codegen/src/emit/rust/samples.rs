//! The examples in doc comments: complete, and compiled by the doctests of generated crates.

use proc_macro2::Literal;
use serde_json::Value;

use super::values::{self, Taken};
use super::{builder, names, parameters};
use crate::catalog::{Action, Integration, Paging, Parameter, idents};

/// Connects and calls an action with its required arguments.
pub(super) fn action(
    integration: &Integration,
    action: &Action,
    prefix: &str,
) -> syn::Result<Vec<String>> {
    let krate = &names::integration_crate(prefix, &integration.slug);
    let handle = &integration.type_name;
    let action_module = names::action_module(&action.ident);
    let mut arguments = Vec::new();
    for parameter in action.parameters.iter().filter(|parameter| parameters::is_argument(parameter))
    {
        arguments.push(argument(
            integration,
            parameter,
            krate,
            &format!("{krate}::{action_module}"),
        )?);
    }
    let method = names::action_method(&action.ident);
    let mut lines =
        vec!["# async fn example() -> Result<(), Box<dyn std::error::Error>> {".to_owned()];
    if action.deprecated.is_some() {
        lines.push("# #![allow(deprecated)]".to_owned());
    }
    lines.extend([
        format!("use {krate}::{handle};"),
        String::new(),
        format!("let client = {}.build()?;", connection(integration)),
    ]);
    lines.extend(reading(action, &format!("client.{method}({})", arguments.join(", ")), ""));
    lines.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
    Ok(lines)
}

/// `Confluence::builder().site("acme").basic("…", "…")`
pub(super) fn connection(integration: &Integration) -> String {
    let mut chain = format!("{}::builder()", integration.type_name);
    let scheme = integration.authentication.first();
    let server = scheme.and_then(|(_, scheme)| scheme.facts().server);
    let server = integration
        .servers
        .iter()
        .find(|other| Some(other.name.as_str()) == server)
        .or(integration.servers.first());
    for setter in builder::setters(integration) {
        let values: Vec<String> = match setter.what {
            builder::What::Variable(name, variable) => {
                let needed = server.is_some_and(|server| server.variables.contains_key(name))
                    && variable.default.is_none();
                let example = variable
                    .example
                    .as_deref()
                    .or(variable.values.keys().next().map(String::as_str))
                    .unwrap_or("example");
                if needed { vec![text(example)] } else { continue }
            }
            builder::What::Authentication(name, authentication, form) => {
                let forms = authentication.forms();
                if let (true, 0, Some(form)) =
                    (scheme.is_some_and(|(first, _)| first == name), form, forms.first())
                {
                    builder::arguments(authentication, form)
                        .iter()
                        .map(|(_, credential)| text(credential.example.as_deref().unwrap_or("…")))
                        .collect()
                } else {
                    continue;
                }
            }
        };
        chain.extend([".", &setter.name, "(", &values.join(", "), ")"]);
    }
    chain
}

/// Sends a request and prints the result: each item of a list, the size of a file.
pub(super) fn reading(action: &Action, request: &str, before_dot: &str) -> Vec<String> {
    if matches!(action.paging, Paging::Paged(_)) {
        return vec![
            format!("let mut items = {request}{before_dot}.send_all();"),
            "while let Some(item) = items.next().await {".to_owned(),
            "    println!(\"{:?}\", item?.output()?);".to_owned(),
            "}".to_owned(),
        ];
    }
    let what = crate::output::kind(action.output.kind).sample();
    vec![
        format!("let response = {request}{before_dot}.send(){before_dot}.await?;"),
        format!("println!(\"{{:?}}\", response.{what});"),
    ]
}

/// A required argument: the spec's example, or something of the right type.
fn argument(
    integration: &Integration,
    parameter: &Parameter,
    krate: &str,
    module: &str,
) -> syn::Result<String> {
    let taken = values::taken(integration, parameter)?;
    let enum_values = values::enum_values(integration, parameter);
    let sample = Sample { krate, module, enum_values };
    Ok(sample.value(&taken, parameter.schema.example.as_ref()))
}

pub(super) struct Sample<'a> {
    pub(super) krate: &'a str,
    pub(super) module: &'a str,
    pub(super) enum_values: &'a [crate::catalog::EnumValue],
}

impl Sample<'_> {
    pub(super) fn value(&self, taken: &Taken, example: Option<&Value>) -> String {
        match taken {
            Taken::Text => text(example.and_then(Value::as_str).unwrap_or("…")),
            Taken::Integer => example.and_then(Value::as_i64).unwrap_or(1).to_string(),
            Taken::Unsigned => example.and_then(Value::as_u64).unwrap_or(1).to_string(),
            Taken::Number => format!("{:?}", example.and_then(Value::as_f64).unwrap_or(1.0)),
            Taken::Boolean => example.and_then(Value::as_bool).unwrap_or(true).to_string(),
            Taken::File => text("content"),
            Taken::Json => self.json(example.unwrap_or(&Value::Null)),
            Taken::Closed(name) | Taken::Open(name) => {
                let mut values = self.enum_values.iter();
                let wanted = values.clone().position(|value| Some(&value.value) == example);
                let index = wanted
                    .or_else(|| values.position(|value| value.deprecated.is_none()))
                    .unwrap_or_default();
                let variants = idents::of_values(self.enum_values);
                let variant = variants.get(index).map_or("", String::as_str);
                format!("{}::{name}::{variant}", self.module)
            }
            Taken::List(item) => {
                let items: Vec<String> = match example {
                    Some(Value::Array(items)) if !items.is_empty() => {
                        items.iter().map(|example| self.value(item, Some(example))).collect()
                    }
                    _ => vec![self.value(item, None)],
                };
                format!("[{}]", items.join(", "))
            }
        }
    }

    fn json(&self, value: &Value) -> String {
        format!("{}::json!({})", self.krate, json_tokens(value))
    }
}

/// A text as a Rust literal.
pub(super) fn text(text: &str) -> String {
    Literal::string(text).to_string()
}

/// JSON as the `json!` macro reads it.
pub(super) fn json_tokens(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) if number.is_f64() => number.to_string(),
        Value::Number(number) if number.is_u64() => format!("{number}_u64"),
        Value::Number(number) => format!("{number}_i64"),
        Value::String(string) => text(string),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(json_tokens).collect::<Vec<_>>().join(", "))
        }
        Value::Object(fields) => {
            let fields =
                fields.iter().map(|(key, value)| format!("{}: {}", text(key), json_tokens(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
    }
}
