//! Media types: which are alike, and which of several is taken.

/// A media type without parameters, in lower case.
pub(super) fn normal(written: &str) -> String {
    let bare = written.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if bare.contains('/') { bare } else { "application/json".to_owned() }
}

pub(super) fn is_json(media_type: &str) -> bool {
    let normal = normal(media_type);
    normal.ends_with("/json")
        || normal.ends_with("+json")
        || matches!(normal.as_str(), "*/*" | "application/*" | "application/x-json")
}

pub(super) fn is_form(media_type: &str) -> bool {
    let normal = normal(media_type);
    normal == "application/x-www-form-urlencoded" || normal.starts_with("multipart/")
}

pub(super) fn is_xml(media_type: &str) -> bool {
    let normal = normal(media_type);
    normal.ends_with("/xml") || normal.ends_with("+xml")
}

/// Text, structured or not, that is no JSON.
pub(super) fn is_text(media_type: &str) -> bool {
    let normal = normal(media_type);
    normal.starts_with("text/")
        || is_xml(&normal)
        || normal.contains("ndjson")
        || normal.contains("json-seq")
        || normal.contains("yaml")
        || normal.contains("graphql")
        || normal.contains("javascript")
}

/// The one to take: JSON, else another kind of JSON, a form, multipart, or the first.
pub(super) fn choose<'m>(media_types: impl Iterator<Item = &'m str>) -> Option<usize> {
    let rank = |media_type: &str| match normal(media_type).as_str() {
        "application/json" => 0,
        wildcard if wildcard.contains('*') => 3,
        other if is_json(other) => 1,
        "application/x-www-form-urlencoded" => 2,
        other if other.starts_with("multipart/") => 2,
        other if other.starts_with("text/plain") => 5,
        other if is_text(other) => 6,
        _ => 4,
    };
    media_types
        .enumerate()
        .min_by_key(|(index, media_type)| (rank(media_type), *index))
        .map(|(index, _)| index)
}
