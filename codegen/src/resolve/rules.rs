//! Rules across parameters, and the sentence that each says.

use actionspec_model::validate::{self, Mode};
use indexmap::IndexMap;

use super::known::Declared;
use crate::catalog::{Parameter, StatedRule};
use crate::diagnostics::Code;
use crate::report::{Report, join};
use crate::spec::{Condition, Rule};
use crate::text::code_list;
use crate::text::plain;

pub(super) fn resolve(
    rules: &[Rule],
    parameters: &[Parameter],
    declared: &Declared,
    report: &mut Report,
) -> Vec<StatedRule> {
    rules
        .iter()
        .enumerate()
        .map(|(index, rule)| {
            check(rule, &join("/rules", index), parameters, declared, report);
            StatedRule { rule: rule.clone(), sentence: sentence(rule) }
        })
        .collect()
}

/// What a rule says.
fn sentence(rule: &Rule) -> String {
    match rule {
        Rule::ExactlyOneOf(names) => format!("Give exactly one of {}.", code_list(names, "and")),
        Rule::AtLeastOneOf(names) => format!("Give at least one of {}.", code_list(names, "and")),
        Rule::AtMostOneOf(names) => format!("Give at most one of {}.", code_list(names, "and")),
        Rule::AllOrNone(names) => format!("Give all of {}, or none.", code_list(names, "and")),
        Rule::Requires(map) => {
            pairs(map, |name, others| format!("`{name}` needs {} too.", code_list(others, "and")))
        }
        Rule::Conflicts(map) => pairs(map, |name, others| {
            format!("`{name}` cannot be given together with {}.", code_list(others, "or"))
        }),
        Rule::RequiredIf(condition) => {
            let verb = if condition.parameters.len() == 1 { "is" } else { "are" };
            format!(
                "{} {verb} required when {}.",
                code_list(&condition.parameters, "and"),
                conditions(condition)
            )
        }
        Rule::AllowedIf(condition) => {
            format!(
                "Give {} only when {}.",
                code_list(&condition.parameters, "or"),
                conditions(condition)
            )
        }
    }
}

fn pairs(map: &IndexMap<String, Vec<String>>, say: impl Fn(&str, &[String]) -> String) -> String {
    map.iter().map(|(name, others)| say(name, others)).collect::<Vec<_>>().join(" ")
}

fn conditions(condition: &Condition) -> String {
    let parts: Vec<String> = condition
        .when
        .iter()
        .map(|(name, value)| {
            let values: Vec<String> = value
                .as_array()
                .map_or_else(|| vec![plain(value)], |all| all.iter().map(plain).collect());
            format!("`{name}` is {}", code_list(&values, "or"))
        })
        .collect();
    parts.join(" and ")
}

fn check(
    rule: &Rule,
    pointer: &str,
    parameters: &[Parameter],
    declared: &Declared,
    report: &mut Report,
) {
    match rule {
        Rule::ExactlyOneOf(names) => {
            check_group(names, &join(pointer, "exactlyOneOf"), parameters, report);
        }
        Rule::AtLeastOneOf(names) => {
            check_group(names, &join(pointer, "atLeastOneOf"), parameters, report);
        }
        Rule::AtMostOneOf(names) => {
            check_group(names, &join(pointer, "atMostOneOf"), parameters, report);
        }
        Rule::AllOrNone(names) => {
            check_group(names, &join(pointer, "allOrNone"), parameters, report);
        }
        Rule::Requires(map) => check_pairs(map, &join(pointer, "requires"), parameters, report),
        Rule::Conflicts(map) => check_pairs(map, &join(pointer, "conflicts"), parameters, report),
        Rule::RequiredIf(condition) => {
            check_condition(condition, &join(pointer, "requiredIf"), parameters, declared, report);
        }
        Rule::AllowedIf(condition) => {
            check_condition(condition, &join(pointer, "allowedIf"), parameters, declared, report);
        }
    }
}

fn check_name(
    name: &str,
    pointer: &str,
    at_key: bool,
    parameters: &[Parameter],
    report: &mut Report,
) {
    let known = parameters.iter().map(|parameter| parameter.key.as_str());
    if known.clone().any(|key| key == name) {
        return;
    }
    if at_key {
        report.unknown_key(pointer, "parameter", name, known);
    } else {
        report.unknown(pointer, "parameter", name, known);
    }
}

fn check_group(names: &[String], pointer: &str, parameters: &[Parameter], report: &mut Report) {
    if names.len() < 2 {
        report
            .error(Code::BadRule, pointer, "a rule requires at least two parameters")
            .help("for one parameter write `required: true` at the parameter");
    }
    for (index, name) in names.iter().enumerate() {
        let at = join(pointer, index);
        check_name(name, &at, false, parameters, report);
        if names[..index].contains(name) {
            report.error(Code::BadRule, &at, format!("duplicate parameter `{name}`"));
        }
        if parameters.iter().any(|parameter| parameter.key == *name && parameter.schema.required) {
            report
                .error(
                    Code::BadRule,
                    &at,
                    format!("`{name}` is always required, so the rule has no effect or cannot be satisfied"),
                )
                .help("remove `required: true` from the parameter, or the parameter from the rule");
        }
    }
}

fn check_pairs(
    map: &IndexMap<String, Vec<String>>,
    pointer: &str,
    parameters: &[Parameter],
    report: &mut Report,
) {
    for (name, others) in map {
        let at = join(pointer, name);
        check_name(name, &at, true, parameters, report);
        if others.is_empty() || others.contains(name) {
            report.error(
                Code::BadRule,
                &at,
                format!("the rule of `{name}` must list other parameters"),
            );
        }
        for (index, other) in others.iter().enumerate() {
            check_name(other, &join(&at, index), false, parameters, report);
        }
    }
}

fn check_condition(
    condition: &Condition,
    pointer: &str,
    parameters: &[Parameter],
    declared: &Declared,
    report: &mut Report,
) {
    if condition.parameters.is_empty() {
        report.error(Code::BadRule, &join(pointer, "parameters"), "the rule has no parameters");
    }
    for (index, name) in condition.parameters.iter().enumerate() {
        check_name(name, &join(&join(pointer, "parameters"), index), false, parameters, report);
    }
    for (name, value) in &condition.when {
        let at = join(&join(pointer, "when"), name);
        check_name(name, &at, true, parameters, report);
        let Some(parameter) = parameters.iter().find(|parameter| parameter.key == *name) else {
            continue;
        };
        let one = std::slice::from_ref(value);
        for value in value.as_array().map_or(one, Vec::as_slice) {
            for misfit in validate::check(value, &parameter.schema, declared, Mode::Strict) {
                report.error(
                    Code::BadRule,
                    &at,
                    format!("`{name}` never has this value: {}", misfit.message),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_read_as_sentences() {
        let names =
            |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            sentence(&Rule::ExactlyOneOf(names(&["a", "b"]))),
            "Give exactly one of `a` and `b`."
        );
        let condition = Condition {
            parameters: names(&["until"]),
            when: [("kind".to_owned(), serde_json::json!(["x", "y"]))].into(),
        };
        assert_eq!(
            sentence(&Rule::RequiredIf(condition)),
            "`until` is required when `kind` is `x` or `y`."
        );
    }
}
