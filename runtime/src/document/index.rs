//! Fields of large objects by their keys.

use std::collections::HashMap;

use super::read::FEW;
use super::{Document, Node};

impl Document {
    /// The value of a key of a large object. All large objects are indexed when the first is asked.
    pub(super) fn indexed(&self, object: u32, key: &str) -> Option<u32> {
        let index = self.index.get_or_init(|| {
            let large = (0..).zip(&self.nodes).filter_map(|(object, node)| match node {
                Node::Object(extent) if extent.count > FEW => Some((object, *extent)),
                _ => None,
            });
            // Of keys that repeat the last one stays.
            let fields = large.map(|(object, extent)| {
                let fields =
                    self.fields(object, extent).map(|(key, value)| (self.key(key).into(), value));
                (object, fields.collect::<HashMap<Box<str>, u32>>())
            });
            fields.collect()
        });
        index.get(&object)?.get(key).copied()
    }
}
