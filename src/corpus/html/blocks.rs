//! The text of a parsed page, cut where a reader sees a new paragraph.

use std::collections::HashMap;

use dom_query::{Document, NodeData, NodeId, NodeRef};

/// Whether an element begins a new paragraph.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tr"
            | "ul"
            | "video"
    )
}

/// Elements that belong to the page, not to an article in it.
const AROUND: [&str; 6] = ["aside", "figure", "footer", "form", "head", "nav"];
/// Letters from which a paragraph counts when the element that holds the article is looked for.
const TELLS: usize = 80;
/// Share of the telling paragraphs' letters that the element that holds the article must hold.
/// More than half, so that only one element of each depth can.
const HELD: f64 = 0.67;

/// One paragraph.
#[derive(Debug)]
struct Block {
    text: String,
    /// Letters of it inside links.
    linked: usize,
    /// The element right around it.
    parent: NodeId,
}

/// Returns the text of a piece of HTML: all of it, paragraphs separated by blank lines.
pub(super) fn of_fragment(document: &Document) -> String {
    let nothing: [&str; 0] = [];
    join(blocks(document.root(), &nothing).iter())
}

/// The second way to find an article: the smallest element that holds most of a page's long
/// paragraphs that are not links.
#[derive(Debug, Default)]
pub(super) struct Densest {
    /// Its text.
    pub(super) text: String,
    /// All long paragraphs of the page, also outside of it, in order.
    pub(super) paragraphs: Vec<String>,
}

impl Densest {
    /// Looks for it.
    pub(super) fn of(document: &Document) -> Self {
        let blocks = blocks(document.root(), &AROUND);
        let tells = |block: &&Block| block.text.len() >= TELLS && block.linked * 3 < block.text.len();
        let mut held: HashMap<NodeId, usize> = HashMap::new();
        let mut total = 0;
        for block in blocks.iter().filter(tells) {
            total += block.text.len();
            for node in chain(document, block.parent) {
                *held.entry(node).or_default() += block.text.len();
            }
        }
        // Every element that holds most of it is one inside the other, so that the deepest one is
        // the smallest.
        let holds_most = |node: &NodeId| held[node] as f64 >= total as f64 * HELD;
        let Some(smallest) = held
            .keys()
            .filter(|node| holds_most(node))
            .max_by_key(|node| chain(document, **node).count())
            .copied()
        else {
            return Self { text: join(blocks.iter()), paragraphs: Vec::new() };
        };
        let is_inside = |block: &&Block| chain(document, block.parent).any(|node| node == smallest);
        let is_text = |block: &&Block| block.linked * 2 < block.text.len();
        Self {
            text: join(blocks.iter().filter(is_text).filter(is_inside)),
            paragraphs: blocks.iter().filter(tells).map(|block| block.text.clone()).collect(),
        }
    }
}

/// Returns an element and all that it stands in.
fn chain(document: &Document, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
    std::iter::successors(Some(NodeRef::new(node, &document.tree)), NodeRef::parent).map(|node| node.id)
}

fn join<'b>(blocks: impl Iterator<Item = &'b Block>) -> String {
    let mut text = String::new();
    for block in blocks {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&block.text);
    }
    text
}

/// A step of the walk through the tree, which keeps its own list of what is left to do.
enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave { is_block: bool, is_link: bool, parent: NodeId },
}

fn blocks(root: NodeRef<'_>, left_out: &[&str]) -> Vec<Block> {
    let mut writer = Writer { blocks: Vec::new(), run: String::new(), linked: 0, parent: root.id };
    let mut links = 0_usize;
    let mut steps = vec![Step::Enter(root)];
    while let Some(step) = steps.pop() {
        let node = match step {
            Step::Leave { is_block, is_link, parent } => {
                if is_block {
                    writer.end();
                }
                links -= usize::from(is_link);
                writer.parent = parent;
                continue;
            }
            Step::Enter(node) => node,
        };
        let is_text = node.query_or(false, |node| {
            if let NodeData::Text { contents } = &node.data {
                writer.add(contents, links > 0);
                return true;
            }
            false
        });
        if is_text {
            continue;
        }
        let (mut is_block, mut is_link) = (false, false);
        if let Some(element) = node.element_ref() {
            let name: &str = &element.name.local;
            if left_out.contains(&name) || is_hidden(&node) {
                continue;
            }
            match name {
                "br" => writer.break_line(),
                "td" | "th" => writer.add(" ", false),
                _ => {}
            }
            is_block = self::is_block(name);
            is_link = name == "a";
        }
        links += usize::from(is_link);
        if is_block {
            writer.end();
        }
        let before = writer.parent;
        if is_block {
            writer.parent = node.id;
        }
        steps.push(Step::Leave { is_block, is_link, parent: before });
        steps.extend(node.children_it(true).map(Step::Enter));
    }
    writer.end();
    writer.blocks
}

/// Whether a page does not show an element.
pub(super) fn is_hidden(node: &NodeRef<'_>) -> bool {
    node.has_attr("hidden")
        || node.attr("style").is_some_and(|style| {
            let style = style.to_ascii_lowercase();
            style.contains("display:none") || style.contains("display: none")
        })
}

struct Writer {
    blocks: Vec<Block>,
    run: String,
    linked: usize,
    parent: NodeId,
}

impl Writer {
    /// Adds text, runs of spaces as one.
    fn add(&mut self, text: &str, in_link: bool) {
        let before = self.run.len();
        if text.starts_with(|c: char| c.is_whitespace()) {
            self.space();
        }
        for (i, word) in text.split(|c: char| c.is_whitespace()).filter(|word| !word.is_empty()).enumerate() {
            if i > 0 {
                self.run.push(' ');
            }
            self.run.push_str(word);
        }
        if text.ends_with(|c: char| c.is_whitespace()) {
            self.space();
        }
        if in_link {
            self.linked += self.run.len().saturating_sub(before);
        }
    }

    fn space(&mut self) {
        if !self.run.is_empty() && !self.run.ends_with([' ', '\n']) {
            self.run.push(' ');
        }
    }

    /// One line break stays in the paragraph; the second one ends it.
    fn break_line(&mut self) {
        while self.run.ends_with(' ') {
            self.run.pop();
        }
        if self.run.ends_with('\n') {
            self.end();
        } else if !self.run.is_empty() {
            self.run.push('\n');
        }
    }

    fn end(&mut self) {
        let text = self.run.trim();
        if !text.is_empty() {
            self.blocks.push(Block { text: text.to_owned(), linked: self.linked, parent: self.parent });
        }
        self.run.clear();
        self.linked = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_of_every_make_are_kept() {
        let html = "Loose text.<p>One\n  <a>two</a>.<div>Three<br>four<br><br>five</div><ul><li>six<li>seven</ul>\
                    <table><tr><td>a<td>b<tr><td>c</table><p style='display: none'>no";
        let text = of_fragment(&Document::fragment(html));
        assert_eq!(text, "Loose text.\n\nOne two.\n\nThree\nfour\n\nfive\n\nsix\n\nseven\n\na b\n\nc");
    }

    #[test]
    fn the_element_with_most_long_paragraphs_is_found() {
        let long = "The harbour board heard the engineers for two hours and then put the vote off again. ";
        let article = format!("<h2>Vote</h2><p>{long}</p><p>Short.</p><div><p>{long}</p></div><p>{long}</p>");
        let page = format!(
            "<nav><p>{long}</p></nav><div><div id=x>{article}</div><div><p>{long}</p></div>\
             <ul><li><a>{long}</a></ul></div>"
        );
        let long = long.trim();
        let text = Densest::of(&Document::from(page.as_str())).text;
        assert_eq!(text, format!("Vote\n\n{long}\n\nShort.\n\n{long}\n\n{long}"));
    }
}
