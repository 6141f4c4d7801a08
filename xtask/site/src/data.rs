//! Structured data of a page for search engines: what it is, and the way to it, as JSON-LD of schema.org.

use serde_json::{Value, json};

use crate::address::join;
use crate::build::Link;
use crate::options::Options;
use crate::text::is_hidden;

/// The data of a page; it needs absolute addresses, so there is none if the host is unknown.
pub(crate) fn of(
    options: &Options,
    site: &str,
    from: &str,
    title: &str,
    description: &str,
    crumbs: &[Link],
) -> Option<String> {
    let home = options.absolute("")?;
    let url = options.absolute(from)?;
    let steps: Vec<Value> = crumbs
        .iter()
        .enumerate()
        .filter_map(|(at, crumb)| {
            let item = options.absolute(&join(from, &crumb.href)?)?;
            Some(
                json!({"@type": "ListItem", "position": at + 1, "name": crumb.title, "item": item}),
            )
        })
        .collect();
    let graph = json!({
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "TechArticle",
                "headline": title,
                "description": description,
                "url": url,
                "isPartOf": {"@type": "WebSite", "name": site, "url": home},
            },
            {"@type": "BreadcrumbList", "itemListElement": steps},
        ],
    });
    Some(inert(&graph.to_string()))
}

/// JSON in which no string ends the script or is syntax of a template language.
fn inert(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut previous = ' ';
    for c in json.chars() {
        let escaped =
            matches!(c, '<' | '>' | '&') || previous == '{' && matches!(c, '{' | '%' | '#');
        if escaped {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(if is_hidden(c) { '\u{fffd}' } else { c });
        }
        previous = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_string_ends_the_script() {
        let hostile = "</script>{{ a }} {% b %} \u{202e}";
        let text = inert(&json!({ "a": hostile }).to_string());
        assert!(!text.contains('<') && !text.contains("{{") && !text.contains("{%"), "{text}");
        let value: Value = serde_json::from_str(&text).unwrap_or_default();
        assert_eq!(value["a"], "</script>{{ a }} {% b %} \u{fffd}");
    }
}
