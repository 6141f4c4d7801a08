//! An action: `{"action": …, "parameters": …, "output": …, "example": …}`, its descriptor, the JSON Schemas of its arguments and of its
//! result, and an example of what is returned.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::fields::{Damage, Fields, kept, literal, word};
use super::{request, schema};
use crate::descriptor::{
    Action, Condition, ErrorCase, Integration, Location, NextPage, Paging, Parameter, Retry, Rule,
    RuleKind, Style,
};

pub(in crate::descriptor) fn action(
    integration: &'static Integration,
    id: &'static str,
    text: &'static str,
) -> Result<Action, Damage> {
    let damaged = |error: serde_json::Error| Damage::new(error.to_string());
    let parts: BTreeMap<String, &'static RawValue> = serde_json::from_str(text).map_err(damaged)?;
    let part = |name: &str| parts.get(name).map_or("", |part| part.get());
    let value: Value = serde_json::from_str(part("action")).map_err(damaged)?;
    let fields = Fields::new("an action", &value)?;
    let action = Action {
        integration,
        id,
        title: fields.text("title")?,
        description: fields.text("description")?,
        documentation: fields.text("documentation")?,
        permissions: fields.texts("permissions")?,
        scopes: fields.entries("scopes", |value| {
            let scopes: Option<Vec<&'static str>> =
                value.as_array()?.iter().map(|scope| scope.as_str().map(kept)).collect();
            scopes.map(|scopes| &*scopes.leak())
        })?,
        effect: fields.named("effect")?.ok_or_else(|| fields.wrong("effect"))?,
        retry: fields.map("retry", retry)?.ok_or_else(|| fields.wrong("retry"))?,
        parameters: fields.list("parameters", |value| parameter(integration, value))?,
        rules: fields.list("rules", rule)?,
        steps: fields.list("steps", request::step)?,
        output: fields.read("output", request::output)?.ok_or_else(|| fields.wrong("output"))?,
        paging: fields.read("paging", |value| paging(integration, value))?,
        errors: fields.list("errors", error_case)?,
        timeout_ms: fields.count("timeout_ms")?.ok_or_else(|| fields.wrong("timeout_ms"))?,
        parameters_schema: part("parameters"),
        output_schema: part("output"),
        example: part("example"),
        deprecated: fields.text_option("deprecated")?,
    };
    fields.end()?;
    Ok(action)
}

fn retry(value: &Value) -> Option<Retry> {
    if let Some(retry) = word(value, &[("safe", Retry::Safe), ("unsafe", Retry::Unsafe)]) {
        return Some(retry);
    }
    let (kind, name) = value.as_object()?.iter().next()?;
    let name = kept(name_of(name)?);
    match kind.as_str() {
        "idempotency_key" => Some(Retry::IdempotencyKey(name)),
        "idempotency_parameter" => Some(Retry::IdempotencyParameter(name)),
        _ => None,
    }
}

fn name_of(value: &Value) -> Option<&str> {
    value.as_str().filter(|name| !name.is_empty())
}

fn error_case(value: &Value) -> Result<ErrorCase, Damage> {
    let fields = Fields::new("an error", value)?;
    let case = ErrorCase {
        on: fields.text("on")?,
        meaning: fields.text("meaning")?,
        retryable: fields.flag("retryable")?,
    };
    fields.end()?;
    Ok(case)
}

fn parameter(integration: &'static Integration, value: &Value) -> Result<Parameter, Damage> {
    let fields = Fields::new("a parameter", value)?;
    let step = fields.count("step")?.unwrap_or_default();
    let parameter = Parameter {
        key: fields.text("key")?,
        wire_name: fields.text("wire_name")?,
        title: fields.text("title")?,
        location: fields.named("location")?.unwrap_or(Location::Query),
        style: fields.named("style")?.unwrap_or(Style::Repeat),
        pointer: fields.text("pointer")?,
        step: usize::try_from(step).map_err(|_| fields.wrong("step"))?,
        required: fields.flag("required")?,
        secret: fields.flag("secret")?,
        default: fields.map("default", |value| Some(literal(value)))?,
        media_type: fields.text_option("media_type")?,
        max_bytes: fields.count("max_bytes")?,
        sql_type: fields.text("sql_type")?,
        deprecated: fields.text_option("deprecated")?,
        schema: schema::schema(
            integration,
            fields.get("schema").ok_or_else(|| fields.wrong("schema"))?,
        )?,
    };
    fields.end()?;
    Ok(parameter)
}

fn rule(value: &Value) -> Result<Rule, Damage> {
    let fields = Fields::new("a rule", value)?;
    let keys = fields.texts("keys")?;
    let key = fields.text("key")?;
    let when = fields.list("when", |value| {
        let fields = Fields::new("a condition", value)?;
        let condition =
            Condition { parameter: fields.text("parameter")?, values: fields.literals("values")? };
        fields.end()?;
        Ok(condition)
    })?;
    let kind = match fields.get("kind").and_then(Value::as_str) {
        Some("exactly_one_of") => RuleKind::ExactlyOneOf(keys),
        Some("at_least_one_of") => RuleKind::AtLeastOneOf(keys),
        Some("at_most_one_of") => RuleKind::AtMostOneOf(keys),
        Some("all_or_none") => RuleKind::AllOrNone(keys),
        Some("requires") => RuleKind::Requires(key, keys),
        Some("conflicts") => RuleKind::Conflicts(key, keys),
        Some("required_if") => RuleKind::RequiredIf(keys, when),
        Some("allowed_if") => RuleKind::AllowedIf(keys, when),
        _ => return Err(fields.wrong("kind")),
    };
    let rule = Rule { kind, sentence: fields.text("sentence")? };
    fields.end()?;
    Ok(rule)
}

fn paging(integration: &'static Integration, value: &Value) -> Result<Paging, Damage> {
    let fields = Fields::new("a paging", value)?;
    let next = fields
        .get("next")
        .and_then(Value::as_object)
        .and_then(|next| next.iter().next())
        .ok_or_else(|| fields.wrong("next"))?;
    let paging = Paging {
        items: fields.text("items")?,
        limit: fields.text("limit")?,
        more: fields.text("more")?,
        next: next_page(integration, next.0, next.1)?,
    };
    fields.end()?;
    Ok(paging)
}

fn next_page(
    integration: &'static Integration,
    kind: &str,
    value: &Value,
) -> Result<NextPage, Damage> {
    let fields = Fields::new("the next page", value)?;
    let next = match kind {
        "offset" => {
            NextPage::Offset { parameter: fields.text("parameter")?, total: fields.text("total")? }
        }
        "page" => {
            let first = fields.count("first")?.and_then(|first| u32::try_from(first).ok());
            let first = first.ok_or_else(|| fields.wrong("first"))?;
            NextPage::Page {
                parameter: fields.text("parameter")?,
                first,
                pages: fields.text("pages")?,
            }
        }
        "cursor" => {
            NextPage::Cursor { parameter: fields.text("parameter")?, next: fields.text("next")? }
        }
        "cursors" => NextPage::Cursors(fields.pairs("parameters")?),
        "continued" => {
            let action = fields.text("action")?;
            if !integration.action_ids().any(|id| id == action) {
                return Err(fields.wrong("action"));
            }
            NextPage::Continued {
                action,
                parameter: fields.text("parameter")?,
                next: fields.text("next")?,
            }
        }
        "stateful" => {
            NextPage::Stateful { parameter: fields.text("parameter")?, next: fields.text("next")? }
        }
        "last_item" => NextPage::LastItem {
            parameter: fields.text("parameter")?,
            value: fields.text("value")?,
            also: fields.pairs("also")?,
        },
        "header_cursor" => NextPage::HeaderCursor {
            parameter: fields.text("parameter")?,
            header: fields.text("header")?,
        },
        "url" => NextPage::Url {
            next: fields.text("next")?,
            base: fields.text("base")?,
            take: fields.pairs("take")?.first().copied(),
        },
        "link_header" => NextPage::LinkHeader,
        kind => return Err(Damage::new(format!("unknown paging kind `{kind}`"))),
    };
    fields.end()?;
    Ok(next)
}
