use serde_json::{Value, json};

use super::*;
use crate::diagnostics::SourceFile;
use crate::yaml;

/// The patched text, which must say what the merge says.
fn merged(base: &Value, mine: &str, theirs: &Value) -> (String, Vec<Conflict>) {
    let tree = yaml::parse(&SourceFile::new("x.yaml", mine)).expect("YAML");
    let read = |text: &str| serde_yaml::from_str::<Value>(text).expect("YAML");
    let result = merge(Some(base), &read(mine), theirs);
    let text = patch(&tree, &result.edits, &result.value).expect("a patch");
    assert_eq!(read(&text), result.value, "{text}");
    (text, result.conflicts)
}

#[test]
fn what_the_vendor_changed_arrives_and_what_a_person_wrote_stays() {
    let base = json!({"title": "Get", "parameters": {"id": {"type": "string"}, "old": {"type": "string"}}, "errors": {"404": "Gone."}});
    let theirs = json!({"title": "Get", "parameters": {"id": {"type": "integer"}, "new": {"type": "string", "description": "New: it."}}, "errors": {"404": "Gone."}});
    let mine = "# Mind the gap.\ntitle: Get User # better\nparameters:\n  # The id.\n  id:\n    type: string\n    description: |\n      Mine.\n\n      All of it.\n  old:\n    type: string\n\nerrors: {'404': No such user.}\n";
    let (text, conflicts) = merged(&base, mine, &theirs);
    assert_eq!(conflicts, []);
    assert_eq!(
        text,
        "# Mind the gap.\ntitle: Get User # better\nparameters:\n  # The id.\n  id:\n    type: integer\n    description: |\n      Mine.\n\n      All of it.\n  new:\n    type: string\n    description: 'New: it.'\n\nerrors: {'404': No such user.}\n"
    );
}

#[test]
fn what_both_changed_stays_and_is_told() {
    let base = json!({"title": "A", "tags": [1]});
    let (text, conflicts) = merged(&base, "title: B\ntags: [2]\n", &json!({"title": "C"}));
    assert_eq!(text, "title: B\ntags: [2]\n");
    let path = |key: &str| vec![key.to_owned()];
    assert_eq!(
        conflicts,
        [
            Conflict { path: path("title"), theirs: Some(json!("C")) },
            Conflict { path: path("tags"), theirs: None }
        ]
    );
}

#[test]
fn a_key_within_braces_is_changed_with_its_line() {
    let base = json!({"output": {"example": {"a": 1}, "kind": "json"}});
    let theirs = json!({"output": {"example": {"a": 2, "b": [true]}, "kind": "json"}});
    let (text, _) =
        merged(&base, "output: {example: {a: 1}, kind: json, type: Mine} # note\n", &theirs);
    assert!(text.contains("type: Mine") && text.contains("b: [true]"), "{text}");
}

#[test]
fn without_a_base_what_is_there_stays_and_the_rest_is_added() {
    let result = merge(None, &json!({"a": 1, "b": {"c": 2}}), &json!({"a": 9, "b": {"d": 3}}));
    assert_eq!(result.value, json!({"a": 1, "b": {"c": 2, "d": 3}}));
    assert_eq!(result.conflicts.len(), 1);
}

proptest::proptest! {
    #[test]
    fn a_patched_text_says_what_the_merge_says(keys in proptest::collection::vec("[a-d]", 0..6), numbers in proptest::collection::vec(0..3u8, 18)) {
        // Three trees over few keys, so that every pair of changes meets.
        let build = |offset: usize| {
            let mut root = serde_json::Map::new();
            for (index, key) in keys.iter().enumerate() {
                match numbers[(index * 3 + offset) % numbers.len()] {
                    0 => drop(root.insert(key.clone(), json!(offset))),
                    1 => drop(root.insert(key.clone(), json!({"x": offset, "y": {"z": [index], "long text": "a b: c"}}))),
                    _ => {}
                }
            }
            root.insert("last".to_owned(), json!("line\nline"));
            Value::Object(root)
        };
        let (base, mine, theirs) = (build(0), build(1), build(2));
        let text = crate::write::value(&mine);
        let tree = yaml::parse(&SourceFile::new("x.yaml", text)).expect("YAML");
        let result = merge(Some(&base), &mine, &theirs);
        if let Some(patched) = patch(&tree, &result.edits, &result.value) {
            let read: Value = serde_yaml::from_str(&patched).expect("YAML");
            proptest::prop_assert_eq!(read, result.value, "{}", patched);
        }
    }
}
