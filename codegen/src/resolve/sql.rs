//! SQL over TDS: whether every variable is bound, and as which type.

use std::sync::LazyLock;

use regex::Regex;

use super::checks::{missing, not_bound, unplaced};
use crate::catalog::{Parameter, Request, Step, Type};
use crate::diagnostics::Code;
use crate::report::{Report, join};
use crate::spec::Sql;
use crate::text::placeholders;

/// Types that parameters are bound as.
#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by a test")]
static SQL_TYPE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(bit|tinyint|smallint|int|bigint|real|float|date|time|datetime2|datetimeoffset|uniqueidentifier|xml|decimal\([1-9][0-9]?,[0-9]{1,2}\)|(nvarchar|varbinary)\(([1-9][0-9]{0,3}|max)\))$",
    )
    .unwrap()
});

pub(super) fn settle(sql: &Sql, pointer: &str, carried: &[&Parameter], report: &mut Report) {
    let ways = [&sql.statement, &sql.statement_from, &sql.procedure, &sql.procedure_from];
    if ways.iter().filter(|way| way.is_some()).count() != 1 {
        report
            .error_at_key(
                Code::BadTransport,
                pointer,
                "specify exactly one of `statement`, `statementFrom`, `procedure`, `procedureFrom`",
            )
            .help("keep one of the four keys");
    }
    let named = [
        ("statementFrom", &sql.statement_from),
        ("procedureFrom", &sql.procedure_from),
        ("argumentsFrom", &sql.arguments_from),
    ];
    for (key, name) in named {
        let Some(name) = name else { continue };
        let at = join(pointer, key);
        match carried.iter().find(|parameter| parameter.key == *name) {
            None => report.unknown(
                &at,
                "parameter",
                name,
                carried.iter().map(|parameter| parameter.key.as_str()),
            ),
            Some(parameter) if key == "argumentsFrom" => {
                if !matches!(parameter.schema.ty, Type::Object(_) | Type::Map(_)) {
                    not_bound(parameter, "an object, name to value", report);
                }
            }
            Some(parameter) => {
                if parameter.schema.ty != Type::String || !parameter.schema.required {
                    not_bound(parameter, "a required text", report);
                }
            }
        }
    }
    let bound: Vec<&&Parameter> = carried
        .iter()
        .filter(|parameter| {
            !named.iter().any(|(_, name)| name.as_deref() == Some(parameter.key.as_str()))
        })
        .collect();
    for parameter in &bound {
        let scalar = matches!(
            parameter.schema.ty,
            Type::String | Type::Integer | Type::Number | Type::Boolean
        );
        if !scalar {
            not_bound(parameter, "a text, number or boolean", report);
        }
        if !is_name(&parameter.wire_name) {
            let message = format!("`{}` cannot name a parameter of SQL", parameter.wire_name);
            report
                .error_at_key(Code::BadTransport, &join("/parameters", &parameter.key), message)
                .help("use letters, digits and underscores, or give it another `wireName`");
        }
    }
    if let Some(procedure) = &sql.procedure
        && procedure
            .contains(|c: char| c.is_control() || c.is_whitespace() || "{}'\";@".contains(c))
    {
        report
            .error(
                Code::BadTransport,
                &join(pointer, "procedure"),
                format!("`{procedure}` is not the name of a procedure"),
            )
            .help("write `schema.name`, without arguments");
    }
    if let Some(statement) = &sql.statement {
        check_statement(statement, &join(pointer, "statement"), &bound, report);
    }
}

/// Names that the statement uses and parameters that it is given are the same.
fn check_statement(statement: &str, pointer: &str, bound: &[&&Parameter], report: &mut Report) {
    if let Some(name) = placeholders(statement).first() {
        report
            .error(
                Code::BadTransport,
                pointer,
                format!("`{{{name}}}` would become part of the statement's text"),
            )
            .help(format!("bind the value: write `@{name}`"))
            .note(
                "names of tables and columns cannot be bound; they are part of the \
                statement, and no caller can choose them",
            );
    }
    let used = variables(statement);
    for name in &used.named {
        let known = bound.iter().any(|parameter| parameter.wire_name.eq_ignore_ascii_case(name));
        if !known && !used.declared.iter().any(|declared| declared.eq_ignore_ascii_case(name)) {
            missing(
                name,
                "the statement",
                &format!("@{name}"),
                pointer,
                bound.iter().map(|parameter| **parameter),
                report,
            );
        }
    }
    for parameter in bound {
        if !used.named.iter().any(|name| name.eq_ignore_ascii_case(&parameter.wire_name)) {
            unplaced(parameter, "the statement", &format!("@{}", parameter.wire_name), report);
        }
    }
}

/// A name after `@`: a regular identifier of Transact-SQL, in ASCII.
fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && name.len() <= 127
}

/// The variables of a statement, without `@`.
#[derive(Default)]
struct Variables {
    named: Vec<String>,
    /// Those that the batch declares itself.
    declared: Vec<String>,
}

/// Finds variables outside of texts, comments and quoted names. `@@name` is a function.
fn variables(statement: &str) -> Variables {
    let mut found = Variables::default();
    let mut rest = statement;
    let mut declares = false;
    while let Some(first) = rest.chars().next() {
        let skipped = match first {
            '\'' | '"' => quoted(rest, first),
            '[' => quoted(rest, ']'),
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '@' => {
                let name: String = rest[1..]
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || "@_$#".contains(*c))
                    .collect();
                if !name.is_empty() && !name.starts_with('@') {
                    if declares {
                        found.declared.push(name.clone());
                    }
                    found.named.push(name.clone());
                }
                declares = false;
                1 + name.len()
            }
            c if c.is_alphabetic() => {
                let word: String =
                    rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                declares = word.eq_ignore_ascii_case("declare");
                word.len()
            }
            c => {
                declares &= c.is_whitespace();
                c.len_utf8()
            }
        };
        rest = &rest[skipped..];
    }
    found
}

/// The length of a quoted text; a doubled quote stands for itself.
fn quoted(text: &str, close: char) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == close && chars.next_if(|(_, next)| *next == close).is_none() {
            return at + c.len_utf8();
        }
    }
    text.len()
}

/// The type that a parameter is bound as; `None` where nothing is bound.
pub(super) fn sql_type(
    written: Option<&String>,
    step: Option<&Step>,
    ty: &Type,
    pointer: &str,
    report: &mut Report,
) -> Option<String> {
    let is_sql = matches!(step.map(|step| &step.request), Some(Request::Sql(_)));
    let usual = match ty {
        Type::Integer => "bigint",
        Type::Number => "float",
        Type::Boolean => "bit",
        _ => "nvarchar(max)",
    };
    let Some(written) = written else { return is_sql.then(|| usual.to_owned()) };
    let at = join(pointer, "sqlType");
    if !is_sql {
        report
            .error_at_key(Code::BadTransport, &at, "`sqlType` applies only to SQL requests")
            .help("remove it");
    } else if !SQL_TYPE.is_match(written) {
        report
            .error(
                Code::BadTransport,
                &at,
                format!("`{written}` is not a type that parameters can be bound as"),
            )
            .help("for example `nvarchar(128)`, `int`, `decimal(18,2)` or `datetime2`")
            .note(
                "`varchar` and `char` are given as `nvarchar`, `datetime` as \
                `datetime2`; the server converts them",
            );
    }
    Some(written.clone())
}

#[cfg(test)]
mod tests {
    use super::{SQL_TYPE, variables};

    #[test]
    fn variables_are_found_outside_of_texts_and_comments() {
        let found = variables(
            "DECLARE @n int = 1; SELECT '@no '' @no', [@no]]x], \"@no\" /* @no */ \
            -- @no\n FROM t WHERE a=@a AND b>@b_1 AND @@ROWCOUNT>@n",
        );
        assert_eq!(found.named, ["n", "a", "b_1", "n"]);
        assert_eq!(found.declared, ["n"]);
    }

    #[test]
    fn an_unclosed_text_ends_with_the_statement() {
        assert_eq!(variables("SELECT @ä, 'ü @no").named, ["ä"]);
        assert!(variables("/* @no").named.is_empty() && variables("[@no").named.is_empty());
    }

    #[test]
    fn types_have_no_room_for_sql() {
        for good in ["int", "decimal(18,2)", "nvarchar(4000)", "varbinary(max)"] {
            assert!(SQL_TYPE.is_match(good), "{good}");
        }
        for bad in ["int; DROP TABLE t", "decimal(18)", "nvarchar(0)", "varchar(10)", "int\n", ""] {
            assert!(!SQL_TYPE.is_match(bad), "{bad}");
        }
    }
}
