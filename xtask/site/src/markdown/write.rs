//! Blocks as HTML.

use pulldown_cmark::{BlockQuoteKind, Event, Tag};

use super::block::{Block, Code, Inlines, Table, text_of};
use super::inline::{self, anchored, lines};
use super::{Document, Heading, Reading};
use crate::text::{escape, escape_into, slug};

/// Puts blocks into the parts of a page.
pub(super) fn document(blocks: &[Block], reading: &Reading) -> Document {
    let mut document = Document::default();
    let mut writer = Writer { reading, out: String::new(), level: 1 };
    let last_rule = blocks.iter().rposition(|block| matches!(block, Block::Rule));
    let mut unsearched = false;
    let mut in_body = false;
    for (index, block) in blocks.iter().enumerate() {
        match block {
            Block::Heading { level: 1, inlines, .. } if document.title.is_empty() => {
                document.title = text_of(inlines);
                // What stood before it was the way here, which the site shows itself.
                writer.out.clear();
                continue;
            }
            Block::Heading { level, id, inlines } => {
                if !in_body {
                    document.lead = std::mem::take(&mut writer.out);
                    in_body = true;
                }
                if *level <= 3 {
                    document.contents.push(Heading {
                        level: *level,
                        id: id.clone(),
                        text: text_of(inlines),
                    });
                }
                if *level == 2 {
                    writer.close(&mut unsearched);
                    if reading.unsearched.contains(&id.as_str()) {
                        writer.out.push_str("<div data-pagefind-ignore>\n");
                        unsearched = true;
                    }
                }
            }
            Block::Rule if Some(index) == last_rule => {
                writer.close(&mut unsearched);
                let part = if in_body { &mut document.body } else { &mut document.lead };
                part.push_str(&std::mem::take(&mut writer.out));
                continue;
            }
            Block::Paragraph(inlines)
                if document.summary.is_empty() && !document.title.is_empty() && !in_body =>
            {
                document.summary = text_of(inlines);
            }
            Block::Paragraph(inlines) if last_rule.is_some_and(|rule| index > rule) => {
                if let Some(address) = edit_link(inlines) {
                    document.edit = Some(address);
                    continue;
                }
            }
            _ => {}
        }
        writer.block(block);
    }
    writer.close(&mut unsearched);
    let rest = writer.out;
    match (last_rule, in_body) {
        (Some(_), _) => document.foot = rest,
        (None, true) => document.body.push_str(&rest),
        (None, false) => document.lead.push_str(&rest),
    }
    document
}

fn edit_link(inlines: &Inlines) -> Option<String> {
    match inlines.as_slice() {
        [Event::Start(Tag::Link { dest_url, .. }), Event::Text(text), _]
            if &**text == "Edit this page" =>
        {
            Some(dest_url.to_string())
        }
        _ => None,
    }
}

struct Writer<'a> {
    reading: &'a Reading<'a>,
    out: String,
    /// The level of the last heading.
    level: u8,
}

impl Writer<'_> {
    /// Ends a section that the search passes over.
    fn close(&mut self, unsearched: &mut bool) {
        if std::mem::take(unsearched) {
            self.out.push_str("</div>\n");
        }
    }

    fn inlines(&mut self, inlines: &[Event]) {
        inline::write(inlines, self.reading, &mut self.out);
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, id, inlines } => self.heading(*level, id, inlines),
            Block::Paragraph(inlines) => {
                self.out.push_str("<p>");
                self.inlines(inlines);
                self.out.push_str("</p>\n");
            }
            Block::Code(code) => self.code(code),
            Block::Quote { kind, blocks } => self.quote(*kind, blocks),
            Block::List { start, items } => self.list(*start, items),
            Block::Table(table) => self.table(table),
            Block::Definitions(table) => self.definitions(table),
            Block::Facts(table) => self.facts(table),
            Block::Listing(table) => self.listing(table),
            Block::Tabs(samples) => self.tabs(samples),
            Block::Rule => self.out.push_str("<hr>\n"),
            Block::Html(html) => self.out.push_str(html),
        }
    }

    fn heading(&mut self, level: u8, id: &str, inlines: &Inlines) {
        self.level = level;
        let id = escape(id);
        self.out.push_str(&format!("<h{level} id=\"{id}\">"));
        self.inlines(inlines);
        let label = escape(&text_of(inlines));
        self.out.push_str(&format!(
            " <a class=\"anchor\" data-pagefind-ignore href=\"#{id}\" aria-label=\"Link to {label}\">#</a></h{level}>\n"
        ));
    }

    /// Code is for reading, not for finding: the search passes it over.
    fn code(&mut self, code: &Code) {
        let language = escape(&code.language);
        self.out.push_str(&format!("<div class=\"code\" data-pagefind-ignore><pre tabindex=\"0\"><code data-language=\"{language}\">"));
        escape_into(&code.text, &mut self.out);
        self.out.push_str("</code></pre></div>\n");
    }

    fn tabs(&mut self, samples: &[(String, Code)]) {
        self.out.push_str("<div class=\"tabs\" data-pagefind-ignore>\n");
        for (label, code) in samples {
            let label = escape(label);
            self.out.push_str(&format!(
                "<div class=\"panel\" data-label=\"{label}\"><p class=\"label\">{label}</p>\n"
            ));
            self.code(code);
            self.out.push_str("</div>\n");
        }
        self.out.push_str("</div>\n");
    }

    fn quote(&mut self, kind: Option<BlockQuoteKind>, blocks: &[Block]) {
        let name = match kind {
            Some(BlockQuoteKind::Note) => "Note",
            Some(BlockQuoteKind::Tip) => "Tip",
            Some(BlockQuoteKind::Important) => "Important",
            Some(BlockQuoteKind::Warning) => "Warning",
            Some(BlockQuoteKind::Caution) => "Caution",
            None => "",
        };
        if name.is_empty() {
            self.out.push_str("<blockquote>\n");
        } else {
            self.out.push_str(&format!(
                "<div class=\"note note-{}\" role=\"note\"><p class=\"label\">{name}</p>\n",
                name.to_lowercase()
            ));
        }
        blocks.iter().for_each(|block| self.block(block));
        self.out.push_str(if name.is_empty() { "</blockquote>\n" } else { "</div>\n" });
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>]) {
        match start {
            Some(1) => self.out.push_str("<ol>\n"),
            Some(start) => self.out.push_str(&format!("<ol start=\"{start}\">\n")),
            None => self.out.push_str("<ul>\n"),
        }
        for item in items {
            self.out.push_str("<li>");
            match item.as_slice() {
                [Block::Paragraph(inlines)] => self.inlines(inlines),
                blocks => blocks.iter().for_each(|block| self.block(block)),
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str(if start.is_some() { "</ol>\n" } else { "</ul>\n" });
    }

    fn table(&mut self, table: &Table) {
        let names: Vec<String> = table.head.iter().map(|cell| text_of(cell)).collect();
        let label = escape(&names.join(", "));
        // Two columns fit on a phone; more become cards there, which need the name of the column in each cell.
        let is_wide = names.len() > 2;
        let class = if is_wide { "table table-wide" } else { "table" };
        self.out.push_str(&format!(
            "<div class=\"{class}\" role=\"group\" tabindex=\"0\" aria-label=\"Table of {label}\"><table>\n<thead data-pagefind-ignore><tr>"
        ));
        for cell in &table.head {
            self.out.push_str("<th scope=\"col\">");
            self.inlines(cell);
            self.out.push_str("</th>");
        }
        self.out.push_str("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            self.out.push_str("<tr>");
            for (at, (cell, name)) in row.iter().zip(&names).enumerate() {
                // The first cell is the title of the card, and an empty one is not shown.
                if is_wide && at > 0 && !cell.is_empty() {
                    self.out.push_str(&format!("<td data-label=\"{}\">", escape(name)));
                } else {
                    self.out.push_str("<td>");
                }
                self.cell(cell, name);
                self.out.push_str("</td> ");
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody></table></div>\n");
    }

    /// A cell; a word of a known set becomes a tag.
    fn cell(&mut self, cell: &[Event], column: &str) {
        match cell {
            [Event::Text(word), rest @ ..]
                if matches!(column, "Effect" | "Kind" | "Change")
                    && !word.contains(' ')
                    && !matches!(rest, [Event::Text(_), ..]) =>
            {
                self.tag(word.trim_end_matches(','));
                self.inlines(rest);
            }
            cell => self.inlines(cell),
        }
    }

    fn tag(&mut self, word: &str) {
        self.out.push_str(&format!(
            "<span class=\"tag tag-{}\">{}</span>",
            escape(&slug(word)),
            escape(word)
        ));
    }

    /// What one thing is, in pairs.
    fn facts(&mut self, table: &Table) {
        self.out.push_str("<dl class=\"facts\" id=\"facts\">\n");
        for (name, cell) in table.head.iter().zip(table.rows.first().into_iter().flatten()) {
            let name = text_of(name);
            self.out
                .push_str(&format!("<div><dt data-pagefind-ignore>{}</dt> <dd>", escape(&name)));
            for (index, line) in lines(cell).into_iter().enumerate() {
                if index > 0 {
                    self.out.push_str("<br>");
                }
                match line {
                    [Event::Code(request)] if name == "Request" => {
                        let (method, path) = request.split_once(' ').unwrap_or(("", request));
                        self.out.push_str(&format!(
                            "<code class=\"request\"><b>{}</b> {}</code>",
                            escape(method),
                            escape(path)
                        ));
                    }
                    line => self.cell(line, &name),
                }
            }
            self.out.push_str("</dd></div> \n");
        }
        self.out.push_str("</dl>\n");
    }

    fn listing(&mut self, table: &Table) {
        let column = text_of(&table.head[1]);
        self.out.push_str("<ul class=\"listing\">\n");
        for row in &table.rows {
            let [link, word, text] = row.as_slice() else { continue };
            self.out.push_str("<li>");
            self.inlines(link);
            self.out.push(' ');
            self.cell(word, &column);
            self.out.push_str("<p>");
            self.inlines(text);
            self.out.push_str("</p></li>\n");
        }
        self.out.push_str("</ul>\n");
    }

    fn definitions(&mut self, table: &Table) {
        let names: Vec<String> = table.head.iter().map(|cell| text_of(cell)).collect();
        self.out.push_str("<div class=\"definitions\">\n");
        for row in &table.rows {
            self.definition(&names, row);
        }
        self.out.push_str("</div>\n");
    }

    fn definition(&mut self, names: &[String], row: &[Inlines]) {
        let column = |wanted: &[&str]| {
            names.iter().position(|name| wanted.contains(&name.as_str())).and_then(|at| row.get(at))
        };
        let Some((anchor, first)) = row.first().and_then(|cell| anchored(cell)) else { return };
        let anchor = escape(anchor);
        let level = self.level + 1;
        // The name in code where there is one, with the title beside it; otherwise the first column is the name.
        let (name, place, title) = match column(&["Name"]) {
            Some(cell) => {
                let mut parts = lines(cell).into_iter();
                (parts.next().unwrap_or_default(), parts.next(), Some(first))
            }
            None => (first, None, None),
        };
        self.out.push_str(&format!("<div class=\"definition\"><div class=\"head\"><h{level} class=\"name\" id=\"{anchor}\">"));
        self.inlines(name);
        self.out.push_str(&format!("</h{level}>"));
        for (class, cell) in [("type", column(&["Type"]).map(Vec::as_slice)), ("place", place)] {
            if let Some(cell) = cell {
                self.out.push_str(&format!(" <span class=\"{class}\">"));
                self.inlines(cell);
                self.out.push_str("</span>");
            }
        }
        if column(&["Required"]).is_some_and(|cell| text_of(cell) == "yes") {
            self.out.push_str(" <span class=\"tag tag-required\">required</span>");
        }
        let label = escape(&text_of(name));
        self.out
            .push_str(&format!("<a class=\"anchor\" data-pagefind-ignore href=\"#{anchor}\" aria-label=\"Link to {label}\">#</a></div>\n"));
        if let Some(title) = title {
            self.out.push_str("<p class=\"title\">");
            self.inlines(title);
            self.out.push_str("</p>");
        }
        for line in column(&["Description", "Meaning"])
            .map(|cell| lines(cell))
            .into_iter()
            .flatten()
            .filter(|line| !line.is_empty())
        {
            self.out.push_str("<p>");
            self.inlines(line);
            self.out.push_str("</p>");
        }
        for name in ["Default", "Example"] {
            if let Some(cell) = column(&[name]).filter(|cell| !cell.is_empty()) {
                self.out.push_str(&format!("<p>{name}: "));
                self.inlines(cell);
                self.out.push_str("</p>");
            }
        }
        self.out.push_str("</div>\n");
    }
}
