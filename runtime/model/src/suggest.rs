//! "Did you mean …?"

/// The end of a message about a name that does not exist: empty, or a suggestion.
pub fn hint<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> String {
    closest(wrong, names).map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

/// The name that is most like a wrong one, if any is like it at all.
pub fn closest<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = normal(wrong);
    // A name that is mostly different does not help.
    let limit = (wrong.len() / 3).max(1);
    names
        .map(|name| (distance(&wrong, &normal(name)), name))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// `accountId`, `account_id` and `account-id` are the same mistake. Long input is cut: the comparison takes quadratic time.
fn normal(name: &str) -> Vec<char> {
    name.chars()
        .filter(|c| c.is_alphanumeric() || *c == '.')
        .flat_map(char::to_lowercase)
        .take(80)
        .collect()
}

/// How many characters must be inserted, removed, replaced or swapped with their neighbour (Damerau).
fn distance(from: &[char], to: &[char]) -> usize {
    let mut before = Vec::new();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let mut best = (row[j] + usize::from(a != b)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && from[i - 1] == *b && to[j - 1] == *a {
                best = best.min(before[j - 1] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_near_miss_finds_its_name_and_noise_finds_none() {
        let names = ["accountId", "expand", "limit"];
        assert_eq!(closest("account_id", names.into_iter()), Some("accountId"));
        assert_eq!(closest("expnad", names.into_iter()), Some("expand"));
        assert_eq!(closest("siet", ["site"].into_iter()), Some("site"));
        assert_eq!(closest("zzz", names.into_iter()), None);
        assert_eq!(closest("", names.into_iter()), None);
    }
}
