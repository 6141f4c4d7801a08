//! Words in names: singular forms, and the last word.

/// The singular of a plural noun, as `User` of `Users`. Unknown plurals are returned as they are.
#[must_use]
pub fn singular(name: &str) -> String {
    const IRREGULAR: [(&str, &str); 8] = [
        ("Children", "Child"),
        ("People", "Person"),
        ("Aliases", "Alias"),
        ("Movies", "Movie"),
        ("Cookies", "Cookie"),
        ("Series", "Series"),
        ("News", "News"),
        ("Indices", "Index"),
    ];
    for (plural, one) in IRREGULAR {
        if let Some(stem) = name.strip_suffix(plural) {
            return format!("{stem}{one}");
        }
    }
    if let Some(stem) = name.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    let sibilant = ["sses", "shes", "ches", "xes", "uses"].iter().any(|end| name.ends_with(end));
    if sibilant {
        return name[..name.len() - 2].to_owned();
    }
    let keep = ["ss", "us", "is"].iter().any(|end| name.ends_with(end)) || name.len() < 3;
    name.strip_suffix('s').filter(|_| !keep).unwrap_or(name).to_owned()
}

/// The last word of a name in any case style, in lowercase: `at` of `createdAt` and of `created_at`.
#[must_use]
pub fn last(name: &str) -> String {
    let mut word = String::new();
    let mut before = ' ';
    for c in name.chars() {
        if !c.is_alphanumeric() || before.is_lowercase() && c.is_uppercase() {
            word.clear();
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_have_singulars() {
        for (plural, one) in [
            ("Users", "User"),
            ("Policies", "Policy"),
            ("Boxes", "Box"),
            ("Status", "Status"),
            ("Children", "Child"),
            ("Access", "Access"),
        ] {
            assert_eq!(singular(plural), one);
        }
    }

    #[test]
    fn names_end_with_a_word() {
        for (name, word) in [("createdAt", "at"), ("user_ID", "id"), ("URL", "url"), ("", "")] {
            assert_eq!(last(name), word);
        }
    }
}
