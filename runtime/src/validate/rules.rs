//! Rules across parameters.

use actionspec_model::Checker;
use actionspec_model::validate::same;
use serde_json::Value;

use crate::arguments::Arguments;
use crate::descriptor::{Action, Condition, Rule, StatedRule};

pub(super) fn check(checker: &mut Checker<'_>, action: &Action, arguments: &Arguments) {
    for StatedRule { rule, sentence } in &action.rules {
        for key in broken(rule, action, arguments) {
            let message = format!("breaks a rule: {}", sentence.trim_end_matches('.'));
            checker.below(key, |checker| checker.report("rule", message));
        }
    }
}

/// The parameters that break a rule. Defaults count in conditions, because they are sent; they are not "given".
fn broken<'a>(rule: &'a Rule, action: &Action, arguments: &Arguments) -> Vec<&'a str> {
    let given = |key: &String| arguments.has(key);
    let count = |keys: &[String]| keys.iter().filter(|key| given(key)).count();
    let missing = |keys: &'a [String]| keys.iter().find(|key| !given(key)).map(String::as_str);
    let first = |keys: &'a [String], is_broken: bool| {
        keys.first().map(String::as_str).filter(|_| is_broken)
    };
    let one = match rule {
        Rule::ExactlyOneOf(keys) => first(keys, count(keys) != 1),
        Rule::AtLeastOneOf(keys) => first(keys, count(keys) == 0),
        Rule::AtMostOneOf(keys) => first(keys, count(keys) > 1),
        Rule::AllOrNone(keys) => missing(keys).filter(|_| count(keys) > 0),
        Rule::Requires(map) => {
            let demanding = map.iter().filter(|(key, _)| given(key));
            return demanding.filter_map(|(_, others)| missing(others)).collect();
        }
        Rule::Conflicts(map) => {
            let at_odds = map.iter().filter(|(key, others)| given(key) && count(others) > 0);
            return at_odds.map(|(key, _)| key.as_str()).collect();
        }
        Rule::RequiredIf(condition) => {
            missing(&condition.parameters).filter(|_| holds(condition, action, arguments))
        }
        Rule::AllowedIf(condition) => condition
            .parameters
            .iter()
            .find(|key| given(key))
            .map(String::as_str)
            .filter(|_| !holds(condition, action, arguments)),
    };
    one.into_iter().collect()
}

fn holds(condition: &Condition, action: &Action, arguments: &Arguments) -> bool {
    condition.when.iter().all(|(key, wanted)| {
        let value = action.parameter(key).and_then(|parameter| arguments.value(parameter));
        let wanted = match wanted {
            Value::Array(values) => values.as_slice(),
            value => std::slice::from_ref(value),
        };
        value.is_some_and(|value| wanted.iter().any(|wanted| same(wanted, value)))
    })
}
