//! Paging of lists.

use serde_json::Value;

use super::context::Context;
use crate::catalog::{Example, Output, Paging, Parameter};
use crate::diagnostics::Code;
use crate::report::{Report, check_pointer, join};
use crate::spec::{ActionSpec, Effect, Pagination, PaginationChoice};

/// Keys under which vendors put the items of a list.
const LIST_KEYS: &[&str] = &["results", "items", "values", "data", "entries", "records", "list"];

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

/// The parameters that a way to page names, and its pointers with what must be there.
fn parts(pagination: &Pagination) -> (Vec<&String>, &String, Vec<&String>) {
    match pagination {
        Pagination::Offset { items, offset, limit, total, more } => (
            std::iter::once(offset).chain(limit).collect(),
            items,
            total.iter().chain(more).collect(),
        ),
        Pagination::Page { items, page, limit, pages, more, .. } => (
            std::iter::once(page).chain(limit).collect(),
            items,
            pages.iter().chain(more).collect(),
        ),
        Pagination::Cursor { items, cursor, next, also, limit, more, action, .. } => {
            // The cursor of another action is checked once all actions are known.
            let own = Some(cursor).filter(|_| action.is_none());
            let pointers = std::iter::once(next).chain(also.values()).chain(more).collect();
            (own.into_iter().chain(also.keys()).chain(limit).collect(), items, pointers)
        }
        Pagination::LastItem { items, cursor, limit, also, .. } => (
            std::iter::once(cursor).chain(limit).chain(also.keys()).collect(),
            items,
            also.values().collect(),
        ),
        Pagination::HeaderCursor { items, cursor, limit, .. } => {
            (std::iter::once(cursor).chain(limit).collect(), items, Vec::new())
        }
        Pagination::NextUrl { items, next, limit, base, take } => {
            let taken = take.iter().map(|take| &take.parameter);
            (taken.chain(limit).collect(), items, std::iter::once(next).chain(base).collect())
        }
        Pagination::LinkHeader { items, limit } => (limit.iter().collect(), items, Vec::new()),
    }
}

fn check(pagination: &Pagination, output: &Output, parameters: &[Parameter], report: &mut Report) {
    let (names, items, pointers) = parts(pagination);
    for name in names {
        if !parameters.iter().any(|parameter| parameter.key == *name) {
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
    for pointer in pointers.into_iter().chain([items]) {
        check_pointer(pointer, &join("/pagination", "items"), report);
    }
    if let Pagination::LastItem { value, .. } = pagination {
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
