// Making elements. All words of the data become text nodes; nothing is ever parsed as HTML.

const SVG = "http://www.w3.org/2000/svg";

// el("a.quiet", { href }, "text", child, …): attributes that are null or false are left out.
function el(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  return furnish(document.createElement(tag), classes, attributes, children);
}

function svg(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  return furnish(document.createElementNS(SVG, tag), classes, attributes, children);
}

function furnish(element, classes, attributes, children) {
  if (classes.length) element.setAttribute("class", classes.join(" "));
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// Characters that have no shape or steer the layout. Joiners shape living scripts and stay, except
// where they hide between ASCII characters.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|(?<=[\x00-\x7f])[\u200c\u200d](?=[\x00-\x7f])/gu;
const SHORT = new Map([
  [0xad, "SHY"], [0x200b, "ZWSP"], [0x200c, "ZWNJ"], [0x200d, "ZWJ"], [0x200e, "LRM"], [0x200f, "RLM"],
  [0x202a, "LRE"], [0x202b, "RLE"], [0x202c, "PDF"], [0x202d, "LRO"], [0x202e, "RLO"], [0x2060, "WJ"],
  [0x2066, "LRI"], [0x2067, "RLI"], [0x2068, "FSI"], [0x2069, "PDI"], [0xfeff, "BOM"],
]);

// The text as nodes, with a visible mark in place of each hidden character.
function visible(text) {
  const nodes = [];
  let end = 0;
  for (const match of String(text).matchAll(HIDDEN)) {
    if (match.index > end) nodes.push(text.slice(end, match.index));
    const code = match[0].codePointAt(0);
    const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
    nodes.push(el("span.hidden-char", { title: `hidden character ${name}` }, SHORT.get(code) ?? name));
    end = match.index + match[0].length;
  }
  if (end < String(text).length) nodes.push(String(text).slice(end));
  return nodes;
}

// Words of a stranger inside ours, isolated so that they cannot turn the line around.
function words(text) {
  return el("bdi", {}, visible(text));
}

// The same as a string, for titles and labels of things that hold no elements.
function plain(text) {
  return String(text).replace(HIDDEN, (char) => {
    const code = char.codePointAt(0);
    return `<${SHORT.get(code) ?? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`}>`;
  });
}

// A link out, if the address is one of the web.
function outward(address) {
  if (!/^https?:\/\/[^\s]+$/i.test(address)) return words(address);
  return el("a", { href: address, rel: "noreferrer noopener", target: "_blank" }, words(address));
}
