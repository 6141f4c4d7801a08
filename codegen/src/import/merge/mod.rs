//! An import over specs that are there already: three-way, by what the last import wrote.

mod patch;
pub(super) mod record;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

pub(super) use patch::patch;

/// A change that a merge makes to what is there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Edit {
    /// The keys down to the value.
    pub(super) path: Vec<String>,
    /// The value; `None` removes the key.
    pub(super) value: Option<Value>,
}

/// A key that both sides changed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Conflict {
    pub(super) path: Vec<String>,
    /// What the vendor says now.
    pub(super) theirs: Option<Value>,
}

/// What came of a merge.
#[derive(Debug)]
pub(super) struct Merged {
    pub(super) value: Value,
    pub(super) edits: Vec<Edit>,
    pub(super) conflicts: Vec<Conflict>,
}

/// Merges what the vendor changed from `base` to `theirs` into `mine`. Without a base, what is there stays, and what is not is added.
pub(super) fn merge(base: Option<&Value>, mine: &Value, theirs: &Value) -> Merged {
    let mut merge = Merge { edits: Vec::new(), conflicts: Vec::new(), path: Vec::new() };
    let value = merge.value(base, Some(mine), Some(theirs)).unwrap_or_default();
    Merged { value, edits: merge.edits, conflicts: merge.conflicts }
}

struct Merge {
    edits: Vec<Edit>,
    conflicts: Vec<Conflict>,
    path: Vec<String>,
}

impl Merge {
    fn value(
        &mut self,
        base: Option<&Value>,
        mine: Option<&Value>,
        theirs: Option<&Value>,
    ) -> Option<Value> {
        if mine == theirs || theirs == base {
            return mine.cloned();
        }
        if mine == base {
            self.edits.push(Edit { path: self.path.clone(), value: theirs.cloned() });
            return theirs.cloned();
        }
        match (base, mine, theirs) {
            (_, Some(Value::Object(mine)), Some(Value::Object(theirs))) => {
                Some(self.object(base.and_then(Value::as_object), mine, theirs))
            }
            _ => {
                self.conflicts.push(Conflict { path: self.path.clone(), theirs: theirs.cloned() });
                mine.cloned()
            }
        }
    }

    fn object(
        &mut self,
        base: Option<&Map<String, Value>>,
        mine: &Map<String, Value>,
        theirs: &Map<String, Value>,
    ) -> Value {
        let mut merged = Map::new();
        for key in mine.keys().chain(theirs.keys().filter(|key| !mine.contains_key(*key))) {
            self.path.push(key.clone());
            if let Some(value) =
                self.value(base.and_then(|base| base.get(key)), mine.get(key), theirs.get(key))
            {
                merged.insert(key.clone(), value);
            }
            self.path.pop();
        }
        Value::Object(merged)
    }
}
