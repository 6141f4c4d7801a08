//! An action: `{"action": …, "parameters": …, "output": …, "example": …}`, its descriptor, the JSON Schemas of its arguments and of its
//! result, and an example of what is returned.

use std::collections::BTreeMap;

use actionspec_model::paging::Cursor;
use serde_json::Value;
use serde_json::value::RawValue;

use super::fields::{Damage, Fields, kept, literal, word};
use super::{request, schema};
use crate::descriptor::{
    Action, Condition, ErrorCase, Integration, Location, Pagination, Parameter, Retry, Rule,
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

fn paging(integration: &'static Integration, value: &Value) -> Result<Pagination, Damage> {
    let paging: Pagination =
        serde_json::from_value(value.clone()).map_err(|error| Damage::new(error.to_string()))?;
    let Pagination::Cursor(Cursor { action: Some(id), .. }) = &paging else { return Ok(paging) };
    if integration.action_ids().any(|known| known == id) {
        return Ok(paging);
    }
    Err(Damage::new(format!("there is no action called `{id}`")))
}
