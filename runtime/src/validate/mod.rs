//! What is wrong with arguments: everything at once, before any byte leaves the machine.
//!
//! Values are checked against their types by the model; here is what the call as a whole and the places of values in requests add.

mod place;
mod rules;

use actionspec_model::{Checker, Mode, suggest};
pub use actionspec_model::{Violation, Violations};
use serde_json::Value;

use crate::arguments::Arguments;
use crate::descriptor::{Action, Parameter, Step, Type};

/// Checks the arguments of an action.
pub(crate) fn arguments(action: &Action, arguments: &Arguments) -> Result<(), Violations> {
    let mut checker = Checker::new(action.integration, Mode::Strict);
    for parameter in &action.parameters {
        checker.set_secret(parameter.schema.secret);
        let step = action.steps.get(parameter.step);
        checker
            .below(&parameter.key, |checker| check_parameter(checker, parameter, arguments, step));
    }
    checker.set_secret(false);
    unknown(&mut checker, action, arguments);
    rules::check(&mut checker, action, arguments);
    let found = checker.finish();
    if found.is_empty() { Ok(()) } else { Err(Violations(found)) }
}

fn check_parameter(
    checker: &mut Checker<'_>,
    parameter: &Parameter,
    arguments: &Arguments,
    step: Option<&Step>,
) {
    if !arguments.has(&parameter.key) {
        if parameter.is_required() {
            checker.report("required", "is required");
        }
        return;
    }
    if parameter.takes_files() {
        check_files(checker, parameter, arguments);
        return;
    }
    if let Some(value) = arguments.values.get(&parameter.key) {
        let before = checker.count();
        checker.value(&parameter.schema, value);
        // What has the wrong type cannot be judged for its place in the request.
        if checker.count() == before {
            place::check(checker, parameter, value, step);
        }
    } else {
        checker.report("type", "must not be a file");
    }
}

fn check_files(checker: &mut Checker<'_>, parameter: &Parameter, arguments: &Arguments) {
    let files = match arguments.files(parameter) {
        Ok(files) => files,
        Err(message) => return checker.report("type", message),
    };
    if matches!(parameter.schema.ty, Type::Array(_)) {
        // The limits of the list count files, whatever is in them.
        let numbers: Value = (0..files.len()).map(Value::from).collect();
        checker.constraints(&parameter.schema, &numbers);
    } else if files.len() > 1 {
        checker.report("type", "must be one file");
    }
    let Some(most) = parameter.max_bytes else { return };
    for file in files {
        if let Some(length) = file.length().filter(|length| *length > most) {
            checker.report("max_bytes", format!("has {length} bytes, the most is {most}"));
        }
    }
}

fn unknown(checker: &mut Checker<'_>, action: &Action, arguments: &Arguments) {
    for key in arguments.keys().filter(|key| action.parameter(key).is_none()) {
        let known = action.parameters.iter().map(|parameter| parameter.key.as_str());
        let hint = suggest::hint(key, known);
        checker.below(key, |checker| {
            checker.report("unknown_parameter", format!("is not a parameter of this action{hint}"));
        });
    }
}
