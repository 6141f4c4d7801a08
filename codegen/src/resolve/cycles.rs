//! Types that stand for each other in a circle have no values.

use std::collections::HashMap;

use crate::catalog::{Schema, Type, TypeDef};
use crate::diagnostics::Code;
use crate::report::{Report, join};

/// Reports each declared type that leads back to itself by names alone: by being another type, or an alternative of one.
pub(super) fn check(declared: &[TypeDef], report: &mut Report) {
    let edges: HashMap<&str, Vec<&str>> = declared
        .iter()
        .map(|def| {
            let mut names = Vec::new();
            stands_for(&def.schema, &mut names);
            (def.name.as_str(), names)
        })
        .collect();
    // 0: not seen, 1: on the way, 2: done.
    let mut state: HashMap<&str, u8> = HashMap::new();
    for def in declared {
        let mut path: Vec<(&str, usize)> = vec![(&def.name, 0)];
        if state.get(def.name.as_str()).is_some_and(|state| *state == 2) {
            continue;
        }
        state.insert(&def.name, 1);
        while let Some((name, next)) = path.last_mut() {
            let name = *name;
            let Some(target) = edges.get(name).and_then(|names| names.get(*next)).copied() else {
                state.insert(name, 2);
                path.pop();
                continue;
            };
            *next += 1;
            match state.get(target) {
                None if edges.contains_key(target) => {
                    state.insert(target, 1);
                    path.push((target, 0));
                }
                Some(1) => {
                    report
                        .error_at_key(
                            Code::SelfReference,
                            &join("/types", name),
                            format!("`{target}` refers to itself"),
                        )
                        .label(format!("leads back to `{target}`"))
                        .help("make one of the types in the cycle an object or an array");
                }
                _ => {}
            }
        }
    }
}

fn stands_for<'a>(schema: &'a Schema, names: &mut Vec<&'a str>) {
    match &schema.ty {
        Type::Named(name) => names.push(name),
        Type::Union(union) => {
            union
                .alternatives
                .iter()
                .for_each(|alternative| stands_for(&alternative.schema, names));
        }
        _ => {}
    }
}
