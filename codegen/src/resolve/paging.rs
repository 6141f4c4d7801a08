//! Paging of lists.

use serde_json::Value;

use super::context::Context;
use crate::catalog::{Example, Output, Paging, Parameter};
use crate::diagnostics::Code;
use crate::paging::{self, LIST_KEYS};
use crate::report::{Report, check_pointer, join};
use crate::spec::{ActionSpec, Effect, Pagination, PaginationChoice};

pub(super) fn resolve(
    spec: &ActionSpec,
    effect: Effect,
    output: &Output,
    parameters: &[Parameter],
    context: &Context,
    report: &mut Report,
) -> Paging {
    match &spec.pagination {
        None => {
            if effect == Effect::Read && is_list(output) {
                let ways: Vec<String> =
                    context.spec.pagination.keys().map(|name| format!("`{name}`")).collect();
                let message = "the action returns a list but has no `pagination`";
                let mut error = report
                    .error_at_key(Code::MissingPagination, "/output", message)
                    .label("returns a list");
                if !ways.is_empty() {
                    error =
                        error.help(format!("add `pagination:` with one of {}", ways.join(", ")));
                }
                error.help(
                    "if the response always contains all results, write `pagination: {none: why}`",
                );
            }
            Paging::NotAList
        }
        Some(PaginationChoice::None(waiver)) => {
            report.not_blank("/pagination/none", &waiver.none);
            Paging::None(waiver.none.clone())
        }
        Some(PaginationChoice::Named(name)) => {
            let Some(pagination) = context.spec.pagination.get(name) else {
                report.unknown(
                    "/pagination",
                    "pagination",
                    name,
                    context.spec.pagination.keys().map(String::as_str),
                );
                return Paging::NotAList;
            };
            context.use_pagination(name);
            check(pagination, output, parameters, report);
            Paging::Paged(pagination.clone())
        }
        Some(PaginationChoice::Own(pagination)) => {
            check(pagination, output, parameters, report);
            Paging::Paged(pagination.clone())
        }
    }
}

fn is_list(output: &Output) -> bool {
    let Example::Given { value, .. } = &output.example else { return false };
    match value.pointer(&output.at) {
        Some(Value::Array(_)) => true,
        Some(Value::Object(fields)) => {
            LIST_KEYS.iter().any(|key| fields.get(*key).is_some_and(Value::is_array))
        }
        _ => false,
    }
}

fn check(pagination: &Pagination, output: &Output, parameters: &[Parameter], report: &mut Report) {
    let items = pagination.items();
    for name in pagination.place().into_iter().chain(pagination.limit()) {
        if !parameters.iter().any(|parameter| parameter.key == name) {
            report
                .error(
                    Code::UnknownReference,
                    "/pagination",
                    format!(
                        "the pagination uses the parameter `{name}`, which the action does not have"
                    ),
                )
                .help(format!("add `{name}` to `parameters`, or choose another pagination"));
        }
    }
    let kind = paging::kind(pagination);
    let facts = kind.facts().into_iter().map(|(pointer, _)| pointer);
    for pointer in facts.chain([items]) {
        check_pointer(pointer, &join("/pagination", "items"), report);
    }
    if let Some(value) = kind.in_items() {
        check_pointer(value, "/pagination/value", report);
        let last = match &output.example {
            Example::Given { value, .. } => {
                value.pointer(items).and_then(Value::as_array).and_then(|items| items.last())
            }
            Example::None(_) => None,
        };
        if last.is_some_and(|last| last.pointer(value).is_none()) {
            report
                .error(
                    Code::BadPointer,
                    "/pagination",
                    format!("the last item of the example has nothing at `{value}`"),
                )
                .help("correct the pointer `value`, or show the value in the example");
        }
    }
    if let Example::Given { value, .. } = &output.example
        && !value.pointer(items).is_some_and(Value::is_array)
    {
        report
            .error(
                Code::BadPointer,
                "/pagination",
                format!(
                    "the pagination expects the results at `{items}`, but the example has no array there"
                ),
            )
            .help("correct the example, or the pointer `items`");
    }
}
