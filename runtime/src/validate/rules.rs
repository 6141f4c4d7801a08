//! Rules across parameters.

use super::{Checker, Violation};
use crate::arguments::Arguments;
use crate::descriptor::{Action, Condition, Rule, RuleKind};

pub(super) fn check(checker: &mut Checker, action: &Action, arguments: &Arguments) {
    for rule in action.rules {
        if let Some(parameter) = broken(rule, action, arguments) {
            checker.found.push(Violation {
                parameter: parameter.to_owned(),
                code: "rule",
                message: format!("breaks a rule: {}", rule.sentence.trim_end_matches('.')),
            });
        }
    }
}

/// The parameter that breaks a rule. Defaults count in conditions, because they are sent; they are not "given".
fn broken(rule: &Rule, action: &Action, arguments: &Arguments) -> Option<&'static str> {
    let given = |key: &&'static str| arguments.has(key);
    let count = |keys: &[&'static str]| keys.iter().filter(|key| given(key)).count();
    let blame = |keys: &'static [&'static str]| Some(keys.first().copied().unwrap_or_default());
    match rule.kind {
        RuleKind::ExactlyOneOf(keys) if count(keys) != 1 => blame(keys),
        RuleKind::AtLeastOneOf(keys) if count(keys) == 0 => blame(keys),
        RuleKind::AtMostOneOf(keys) if count(keys) > 1 => blame(keys),
        RuleKind::AllOrNone(keys) if count(keys) > 0 => {
            keys.iter().find(|key| !given(key)).copied()
        }
        RuleKind::Requires(key, others) if given(&key) => {
            others.iter().find(|key| !given(key)).copied()
        }
        RuleKind::Conflicts(key, others) if given(&key) && count(others) > 0 => Some(key),
        RuleKind::RequiredIf(keys, conditions) if hold(conditions, action, arguments) => {
            keys.iter().find(|key| !given(key)).copied()
        }
        RuleKind::AllowedIf(keys, conditions) if !hold(conditions, action, arguments) => {
            keys.iter().find(|key| given(key)).copied()
        }
        _ => None,
    }
}

fn hold(conditions: &[Condition], action: &Action, arguments: &Arguments) -> bool {
    conditions.iter().all(|condition| {
        let parameter =
            action.parameters.iter().find(|parameter| parameter.key == condition.parameter);
        let value = parameter.and_then(|parameter| arguments.value(parameter));
        value.is_some_and(|value| condition.values.iter().any(|literal| literal.matches(&value)))
    })
}
