//! The fields of an object, each key once: where it is said first, with what is said last.

use std::collections::{HashMap, HashSet};

use super::Extent;
use crate::view::View;

/// Keys and values in the document's order.
pub(crate) struct Entries<'a> {
    object: View<'a>,
    /// Fields that are left, and the node of the next key, if no key repeats.
    left: usize,
    next: u32,
    /// The fields, if one does.
    chosen: Option<std::vec::IntoIter<(u32, u32)>>,
}

/// So many keys are compared with each other.
const FEW: usize = 16;

impl<'a> Entries<'a> {
    pub(super) fn new(object: View<'a>, extent: Extent) -> Self {
        let chosen = repeats(object, extent).then(|| choose(object, extent).into_iter());
        Self { object, left: extent.count as usize, next: object.node + 1, chosen }
    }
}

fn keys(object: View<'_>, extent: Extent) -> impl ExactSizeIterator<Item = &str> {
    let document = object.document;
    document.fields(object.node, extent).map(move |(key, _)| document.key(key))
}

/// Whether a key repeats, which hardly any vendor does.
fn repeats(object: View<'_>, extent: Extent) -> bool {
    let mut keys = keys(object, extent);
    if keys.len() > FEW {
        let mut seen = HashSet::with_capacity(keys.len());
        return !keys.all(|key| seen.insert(key));
    }
    let mut seen = [""; FEW];
    let mut count = 0;
    keys.any(|key| {
        let known = seen[..count].contains(&key);
        seen[count] = key;
        count += 1;
        known
    })
}

fn choose(object: View<'_>, extent: Extent) -> Vec<(u32, u32)> {
    let mut places = HashMap::new();
    let mut chosen: Vec<(u32, u32)> = Vec::new();
    for ((key, value), name) in
        object.document.fields(object.node, extent).zip(keys(object, extent))
    {
        let place = *places.entry(name).or_insert(chosen.len());
        match chosen.get_mut(place) {
            Some((_, last)) => *last = value,
            None => chosen.push((key, value)),
        }
    }
    chosen
}

impl<'a> Iterator for Entries<'a> {
    type Item = (&'a str, View<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let document = self.object.document;
        let (key, node) = match &mut self.chosen {
            Some(chosen) => chosen.next()?,
            None => {
                self.left = self.left.checked_sub(1)?;
                let key = self.next;
                self.next = document.after(key + 1);
                (key, key + 1)
            }
        };
        Some((document.key(key), self.object.to(node)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.chosen.as_ref().map_or(self.left, ExactSizeIterator::len);
        (left, Some(left))
    }
}

impl ExactSizeIterator for Entries<'_> {}
