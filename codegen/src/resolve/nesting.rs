//! Limits of declared types: how long chains of them are, and how many alternatives one has. What follows types to types is recursive, and a
//! thread has a stack of a few megabytes.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::diagnostics::Code;
use crate::report::{Report, join};
use crate::spec::{AdditionalProperties, Schema};

/// The most types that may be named one within another.
const MOST_CHAINED: usize = 500;
/// The most types that may be made one of another by `allOf`, or be another name of one. The importer writes at most 60.
const MOST_COMBINED: usize = 64;
/// The most alternatives of a type.
const MOST_ALTERNATIVES: usize = 1_000;

/// How a type comes to name another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    /// As a part of itself, by `allOf`, as an alternative, or by its name alone.
    Made,
    /// As the type of something within.
    Holds,
}

/// Reports types beyond the limits; `false` if there are any.
pub(super) fn check(types: &IndexMap<String, Schema>, report: &mut Report) -> bool {
    let mut good = true;
    let edges: Vec<Vec<(usize, Edge)>> = types
        .iter()
        .map(|(name, schema)| {
            let mut names = Vec::new();
            let mut most = 0;
            collect(
                schema,
                Edge::Made,
                &mut |name, edge| names.push((name.to_owned(), edge)),
                &mut most,
            );
            if most > MOST_ALTERNATIVES {
                good = false;
                report
                    .error_at_key(
                        Code::BadUnion,
                        &join("/types", name),
                        format!(
                            "`{name}` has {most} alternatives; the limit is {MOST_ALTERNATIVES}"
                        ),
                    )
                    .help("group them in types of their own, or use `type: any`");
            }
            names
                .into_iter()
                .filter_map(|(name, edge)| types.get_index_of(&name).map(|index| (index, edge)))
                .collect()
        })
        .collect();
    for (most, only) in [(MOST_COMBINED, Some(Edge::Made)), (MOST_CHAINED, None)] {
        if let Some((index, depth)) = deepest(&edges, only).filter(|(_, depth)| *depth > most) {
            good = false;
            let name = types.get_index(index).map(|(name, _)| name.as_str()).unwrap_or_default();
            report
                .error_at_key(
                    Code::TooDeep,
                    &join("/types", name),
                    format!("`{name}` starts a chain of {depth} types; the limit is {most}"),
                )
                .help("write some of the types where they are used");
            break;
        }
    }
    good
}

/// The type that starts the longest chain, with its length. Circles end where they close; the order of the walk decides where.
fn deepest(edges: &[Vec<(usize, Edge)>], only: Option<Edge>) -> Option<(usize, usize)> {
    let mut depths: HashMap<usize, usize> = HashMap::new();
    for start in 0..edges.len() {
        if depths.contains_key(&start) {
            continue;
        }
        let mut path = vec![(start, 0)];
        // On the way, a type counts as the end of a chain.
        depths.insert(start, 0);
        while let Some((index, next)) = path.last_mut() {
            let index = *index;
            if let Some((target, edge)) = edges[index].get(*next) {
                *next += 1;
                if only.is_none_or(|only| only == *edge) && !depths.contains_key(target) {
                    depths.insert(*target, 0);
                    path.push((*target, 0));
                }
                continue;
            }
            path.pop();
            let below = edges[index]
                .iter()
                .filter(|(_, edge)| only.is_none_or(|only| only == *edge))
                .map(|(target, _)| depths.get(target).copied().unwrap_or_default())
                .max()
                .unwrap_or_default();
            depths.insert(index, below + 1);
        }
    }
    depths.into_iter().max_by_key(|(index, depth)| (*depth, std::cmp::Reverse(*index)))
}

/// The names in a schema, which the depth of YAML files limits; and the largest number of alternatives in it.
fn collect(schema: &Schema, edge: Edge, found: &mut impl FnMut(&str, Edge), most: &mut usize) {
    if let Some(name) = &schema.ty {
        found(&name.0, edge);
    }
    *most = (*most).max(schema.one_of.len()).max(schema.any_of.len());
    for part in schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of) {
        collect(part, edge, found, most);
    }
    for property in schema.properties.values() {
        collect(property, Edge::Holds, found, most);
    }
    if let Some(items) = &schema.items {
        collect(items, Edge::Holds, found, most);
    }
    if let Some(AdditionalProperties::Typed(values)) = &schema.additional_properties {
        collect(values, Edge::Holds, found, most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_chain_is_found_in_circles_too() {
        let holds =
            |targets: &[usize]| targets.iter().map(|target| (*target, Edge::Holds)).collect();
        let edges: Vec<Vec<(usize, Edge)>> =
            vec![holds(&[1, 2]), holds(&[2]), holds(&[0]), Vec::new()];
        assert_eq!(deepest(&edges, None), Some((0, 3)));
        assert_eq!(deepest(&edges, Some(Edge::Made)), Some((0, 1)));
        let chain: Vec<Vec<(usize, Edge)>> =
            (0..100_000).map(|index| vec![(index + 1, Edge::Made)]).chain([Vec::new()]).collect();
        assert_eq!(deepest(&chain, Some(Edge::Made)), Some((0, 100_001)));
    }
}
