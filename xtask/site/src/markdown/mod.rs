//! From a generated Markdown page to the parts of a page of the site.
//!
//! Pages are read as GitHub reads them: `CommonMark`, tables, alerts, anchors from headings. Raw HTML counts only where it is one of the few
//! tags that our templates write (`html`); everything else is text. Some shapes get a better form than a table or a list can have (`shape`):
//! tables with anchors become lists of definitions, a table with the anchor `facts` in its head becomes a box of facts, labelled samples
//! become tabs. None depends on the name of a section, so that a layout may name its sections as it likes.

mod block;
mod html;
mod inline;
mod shape;
mod write;

/// Where a link of a page leads.
pub(crate) enum Target {
    /// An address within the site, relative to the page, or an address of `https`.
    To(String),
    /// Nowhere: the text stays.
    Nowhere,
}

/// The parts of a page.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// The first heading, as text.
    pub(crate) title: String,
    /// The first paragraph behind it, as text.
    pub(crate) summary: String,
    /// What stands before the first section.
    pub(crate) lead: String,
    /// The sections.
    pub(crate) body: String,
    /// What stands behind the last rule: where the facts come from.
    pub(crate) foot: String,
    /// Headings of the second and third level.
    pub(crate) contents: Vec<Heading>,
    /// The address of the link "Edit this page".
    pub(crate) edit: Option<String>,
}

/// An entry of "on this page".
#[derive(Debug, serde::Serialize)]
pub(crate) struct Heading {
    pub(crate) level: u8,
    pub(crate) id: String,
    pub(crate) text: String,
}

/// How a page is read.
pub(crate) struct Reading<'a> {
    /// Where links lead.
    pub(crate) resolve: &'a dyn Fn(&str) -> Target,
    /// Anchors of sections that the search passes over.
    pub(crate) unsearched: &'a [&'a str],
}

/// Reads a page.
pub(crate) fn read(markdown: &str, reading: &Reading) -> Document {
    let blocks = shape::shape(block::parse(markdown));
    write::document(&blocks, reading)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(markdown: &str) -> Document {
        let resolve = |link: &str| {
            if link.starts_with("https://") { Target::To(link.to_owned()) } else { Target::Nowhere }
        };
        read(markdown, &Reading { resolve: &resolve, unsearched: &["errors"] })
    }

    #[test]
    fn a_page_has_title_lead_sections_and_foot() {
        let page = document(
            "<!-- c -->\n\n[Up](../README.md)\n\n# Get `User`\n\nLead.\n\n## One\n\nText.\n\n### Two\n\n---\n\nFrom.\n\n[Edit this page](https://e.example/x)\n",
        );
        assert_eq!(page.title, "Get User");
        assert_eq!(page.lead, "<p>Lead.</p>\n");
        assert!(page.body.contains("<h2 id=\"one\">One"), "{}", page.body);
        assert_eq!(page.foot, "<p>From.</p>\n");
        assert_eq!(page.edit.as_deref(), Some("https://e.example/x"));
        assert_eq!(
            page.contents
                .iter()
                .map(|heading| (heading.level, heading.id.as_str()))
                .collect::<Vec<_>>(),
            [(2, "one"), (3, "two")]
        );
    }

    #[test]
    fn only_tags_of_our_templates_are_tags() {
        let page = document(
            "# T\n\n## S\n\na <b>x</b> <br> <script>alert(1)</script> <a id=\"p\" onclick=\"x\"></a>\n\n<img src=x onerror=y>\n\n<div>\n\n</div>\n",
        );
        assert!(page.body.contains("<br>"));
        for tag in ["<b>", "<script", "<img", "<div>", "<a id"] {
            assert!(!page.body.contains(tag), "{tag}: {}", page.body);
        }
    }

    #[test]
    fn links_lead_only_where_they_may() {
        let page = document(
            "# T\n\n## S\n\n[a](javascript:alert(1)) [b](https://b.example) ![c](https://c.example/c.png)\n",
        );
        assert!(
            page.body.contains("<p>a <a href=\"https://b.example\">b</a> c</p>"),
            "{}",
            page.body
        );
    }

    #[test]
    fn a_table_with_anchors_is_a_list_of_definitions() {
        let page = document(
            "# T\n\n## Parameters\n\n| Parameter | Name | Type | Required | Description |\n| --- | --- | --- | --- | --- |\n| <a id=\"parameter-id\"></a>ID | `id`<br>query | string | yes | **Deprecated.** Old.<br>Text. |\n",
        );
        assert!(
            page.body.contains("<h3 class=\"name\" id=\"parameter-id\"><code>id</code></h3>"),
            "{}",
            page.body
        );
        assert!(page.body.contains("required"), "{}", page.body);
        assert!(!page.body.contains("<table"), "{}", page.body);
    }

    #[test]
    fn only_a_marked_table_is_a_box_of_facts() {
        let table = |first: &str| {
            document(&format!(
                "# T\n\n| {first} | Effect | Request |\n| --- | --- | --- |\n| `a.b` | read | `GET /c` |\n"
            ))
            .lead
        };
        assert!(table("<a id=\"facts\"></a>Action").starts_with(
            "<dl class=\"facts\" id=\"facts\">\n<div><dt data-pagefind-ignore>Action</dt>"
        ));
        let plain = table("Variable");
        assert!(plain.contains("<td><code>a.b</code></td> <td data-label=\"Effect\">"), "{plain}");
    }

    #[test]
    fn labelled_samples_are_tabs() {
        let page = document(
            "# T\n\n## Calls\n\nRust:\n\n```rust\nlet a = \"<\";\n```\n\ncurl:\n\n```sh\ncurl\n```\n",
        );
        assert_eq!(page.body.matches("class=\"panel\"").count(), 2, "{}", page.body);
        assert!(page.body.contains("let a = &quot;&lt;&quot;;"));
    }

    #[test]
    fn code_that_hides_from_template_languages_is_code_again() {
        let page = document(
            "# T\n\n## S\n\n<pre lang=\"yaml\"><code>a\n\n&#123;&#37; raw &#60;b&#62;\n</code></pre>\n",
        );
        assert!(
            page.body.contains("<code data-language=\"yaml\">a\n\n{&#37; raw &lt;b&gt;</code>"),
            "{}",
            page.body
        );
    }
}
