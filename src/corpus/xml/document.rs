//! An XML document as a list of its elements and texts in their order.
//!
//! A list and not a tree, so that no depth of nesting can exhaust the stack. Entities that the
//! document declares itself are left as they are written: expanding them is how a document of a
//! kilobyte becomes one of a gigabyte.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::corpus::fault;

/// A document, or as much of it as is well-formed.
pub(super) struct Document<'a> {
    source: &'a str,
    nodes: Vec<Node>,
    /// Whether the last node is a text that may go on: entities cut a text into many events.
    in_text: bool,
}

struct Node {
    content: Content,
    /// Index after the last node that lies in this one.
    end: usize,
}

enum Content {
    Element {
        /// As it is written, with its prefix.
        name: String,
        attributes: Vec<(String, String)>,
        /// Where its content lies in the source.
        inner: Range<usize>,
    },
    Text(String),
}

/// An element of a document.
#[derive(Clone, Copy)]
pub(super) struct Element<'a> {
    document: &'a Document<'a>,
    at: usize,
}

impl<'a> Document<'a> {
    /// Parses a document, and says where it is not well-formed.
    pub(super) fn parse(source: &'a str) -> (Self, Option<String>) {
        let mut document = Self { source, nodes: Vec::new(), in_text: false };
        let fault = document.read(source).err();
        (document, fault)
    }

    fn read(&mut self, source: &str) -> Result<(), String> {
        let mut reader = Reader::from_str(source);
        let mut open: Vec<usize> = Vec::new();
        let mut before = 0;
        let result = loop {
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    let words = fault::repeated(&error);
                    break Err(format!("not well-formed XML: {words} (at byte {})", reader.error_position()));
                }
            };
            let after = usize::try_from(reader.buffer_position()).unwrap_or(source.len());
            match event {
                Event::Start(start) => {
                    open.push(self.nodes.len());
                    self.push_element(&start, after);
                }
                Event::Empty(start) => self.push_element(&start, after),
                Event::End(_) => self.close(open.pop(), before),
                Event::Text(text) => self.push_text(&text.xml10_content()),
                Event::CData(text) => self.push_text(&text.xml10_content()),
                Event::GeneralRef(reference) => self.push_text(&resolved(&reference)),
                Event::Eof if open.is_empty() => break Ok(()),
                Event::Eof => break Err("the XML is not closed: the file may be cut short".to_owned()),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
            before = after;
        };
        while let Some(at) = open.pop() {
            self.close(Some(at), before);
        }
        result
    }

    fn push_element(&mut self, start: &BytesStart<'_>, after: usize) {
        self.in_text = false;
        let mut attributes = start.attributes();
        let attributes = attributes.with_checks(false).flatten().map(|attribute| {
            let value = attribute.normalized_value(quick_xml::XmlVersion::default());
            (attribute.key.local_name().as_ref().to_owned(), value.unwrap_or_default().into_owned())
        });
        let content = Content::Element {
            name: start.name().as_ref().to_owned(),
            attributes: attributes.collect(),
            inner: after..after,
        };
        self.nodes.push(Node { content, end: self.nodes.len() + 1 });
    }

    fn close(&mut self, at: Option<usize>, inner_end: usize) {
        self.in_text = false;
        let end = self.nodes.len();
        if let Some(node) = at.and_then(|at| self.nodes.get_mut(at)) {
            node.end = end;
            if let Content::Element { inner, .. } = &mut node.content {
                inner.end = inner_end.max(inner.start);
            }
        }
    }

    fn push_text(&mut self, text: &str) {
        let goes_on = std::mem::replace(&mut self.in_text, true);
        match self.nodes.last_mut().map(|node| &mut node.content) {
            Some(Content::Text(before)) if goes_on => before.push_str(text),
            _ => self.nodes.push(Node { content: Content::Text(text.to_owned()), end: self.nodes.len() + 1 }),
        }
    }

    /// Returns the outermost element.
    pub(super) fn root(&self) -> Option<Element<'_>> {
        self.elements(0..self.nodes.len()).next()
    }

    fn elements(&self, nodes: Range<usize>) -> impl Iterator<Item = Element<'_>> {
        nodes.filter_map(|at| match self.nodes[at].content {
            Content::Element { .. } => Some(Element { document: self, at }),
            Content::Text(_) => None,
        })
    }
}

/// Returns what a reference stands for; one that only the document's own declarations could
/// resolve stays as it is written.
fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name = reference.xml10_content();
    match quick_xml::escape::resolve_xml_entity(&name) {
        Some(text) => text.to_owned(),
        None => format!("&{name};"),
    }
}

impl<'a> Element<'a> {
    /// Returns its name without a prefix.
    pub(super) fn name(self) -> &'a str {
        let name = self.full_name();
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// Returns its name as it is written.
    pub(super) fn full_name(self) -> &'a str {
        match &self.document.nodes[self.at].content {
            Content::Element { name, .. } => name,
            Content::Text(_) => "",
        }
    }

    /// Returns an attribute, named without a prefix.
    pub(super) fn attribute(self, name: &str) -> Option<&'a str> {
        match &self.document.nodes[self.at].content {
            Content::Element { attributes, .. } => {
                attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
            }
            Content::Text(_) => None,
        }
    }

    /// Returns the elements right below it.
    pub(super) fn children(self) -> impl Iterator<Item = Element<'a>> {
        let document = self.document;
        let end = self.end();
        let mut at = self.at + 1;
        std::iter::from_fn(move || {
            while at < end {
                let here = at;
                at = document.nodes[here].end;
                if matches!(document.nodes[here].content, Content::Element { .. }) {
                    return Some(Element { document, at: here });
                }
            }
            None
        })
    }

    /// Returns the first element of a name right below it.
    pub(super) fn child(self, name: &str) -> Option<Element<'a>> {
        self.children().find(|child| child.name() == name)
    }

    /// Returns all elements below it, in their order.
    pub(super) fn descendants(self) -> impl Iterator<Item = Element<'a>> {
        self.document.elements(self.at + 1..self.end())
    }

    /// Returns the first element of a name anywhere below it.
    pub(super) fn find(self, name: &str) -> Option<Element<'a>> {
        self.descendants().find(|element| element.name() == name)
    }

    /// Returns all text below it; a break of line is a space.
    pub(super) fn text(self) -> String {
        let mut text = String::new();
        for node in &self.document.nodes[self.at + 1..self.end()] {
            match &node.content {
                Content::Text(part) => text.push_str(part),
                Content::Element { name, .. } if name == "br" => text.push(' '),
                Content::Element { .. } => {}
            }
        }
        text
    }

    /// Returns its content as it is written.
    pub(super) fn markup(self) -> &'a str {
        match &self.document.nodes[self.at].content {
            Content::Element { inner, .. } => self.document.source.get(inner.clone()).unwrap_or(""),
            Content::Text(_) => "",
        }
    }

    /// Returns the place after all that lies in it.
    pub(super) fn end(self) -> usize {
        self.document.nodes[self.at].end
    }

    /// Returns whether it begins before a place.
    pub(super) fn starts_before(self, place: usize) -> bool {
        self.at < place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_texts_and_markup_are_found() {
        let source = "<?xml version='1.0'?><a x='1 &amp; 2'>t<b>u<c/>v</b>z<!-- no -->z<p:b>w<![CDATA[<&]]>&lt;&#x41;</p:b></a>";
        let (document, fault) = Document::parse(source);
        assert_eq!(fault, None);
        let root = document.root().unwrap();
        assert_eq!((root.name(), root.attribute("x")), ("a", Some("1 & 2")));
        let children: Vec<_> = root.children().map(|child| (child.full_name(), child.text())).collect();
        assert_eq!(children, [("b", "uv".to_owned()), ("p:b", "w<&<A".to_owned())]);
        assert_eq!(root.text(), "tuvzzw<&<A");
        assert_eq!(root.child("b").unwrap().markup(), "u<c/>v");
        assert_eq!(root.descendants().count(), 3);
        assert!(root.find("c").is_some() && root.find("d").is_none());
    }

    #[test]
    fn entities_of_the_documents_own_are_not_expanded() {
        let source = "<!DOCTYPE a [<!ENTITY x \"boom\"><!ENTITY y \"&x;&x;\">]><a>&y; &nbsp;</a>";
        let (document, fault) = Document::parse(source);
        assert_eq!(fault, None);
        assert_eq!(document.root().unwrap().text(), "&y; &nbsp;");
    }

    #[test]
    fn what_stands_before_a_fault_is_there() {
        for source in ["<a><b>x</b><b>y", "<a><b>x</b></c>", "<a><b>x</b><b y=<"] {
            let (document, fault) = Document::parse(source);
            assert!(fault.is_some(), "{source}");
            assert_eq!(document.root().unwrap().child("b").unwrap().text(), "x", "{source}");
        }
        assert!(Document::parse("").0.root().is_none());
    }

    #[test]
    fn depth_is_no_matter() {
        let source = "<a>".repeat(100_000);
        let (document, fault) = Document::parse(&source);
        assert!(fault.is_some());
        assert_eq!(document.root().unwrap().descendants().count(), 99_999);
    }
}
