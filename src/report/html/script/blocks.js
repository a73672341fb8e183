// The data of the report, in named blocks. A block is JSON, deflated, in base64: in one file it
// stands in an element of this page that is a script by name only, else in a script file of the
// folder that the page names, because pages opened from disk may not fetch.

const folder = document.documentElement.dataset.folder;
const blocks = new Map();
const arriving = new Map();

// Called by the files of the folder.
globalThis.wirecopyBlock = (name, data) => {
  arriving.get(name)?.(data);
  arriving.delete(name);
};

// Only names of blocks become addresses of scripts, and nothing else ever does.
const addresses = {
  createScriptURL(name) {
    if (!/^[a-z]+(-\d+)?$/.test(name)) throw new TypeError(`no block is called ${name}`);
    return `${encodeURIComponent(folder)}/${name}.js`;
  },
};
const policy = globalThis.trustedTypes?.createPolicy("wirecopy", addresses) ?? addresses;

function encoded(name) {
  if (!folder) {
    const element = document.getElementById(`block-${name}`);
    return element ? Promise.resolve(element.textContent) : Promise.reject(new Error(`the page has no block ${name}`));
  }
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.onload = () => { script.remove(); if (arriving.delete(name)) reject(new Error(`${name}.js is no block`)); };
    script.onerror = () => reject(new Error(`${folder}/${name}.js cannot be read; it belongs beside this page`));
    arriving.set(name, resolve);
    script.src = policy.createScriptURL(name);
    document.head.append(script);
  });
}

async function inflated(text) {
  const bytes = Uint8Array.from(atob(text.trim()), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}

// Loads a block; the second time it is there at once.
function block(name) {
  if (!blocks.has(name)) blocks.set(name, encoded(name).then(inflated));
  return blocks.get(name);
}

// The articles in their order, each with what lists need, and where to find them by id.
let articleTable;
function articles() {
  articleTable ??= block("articles").then((columns) => {
    const names = Object.keys(columns);
    const rows = columns.id.map((_, at) => {
      const row = { at };
      for (const name of names) row[name] = columns[name][at];
      return row;
    });
    return { rows, byId: new Map(rows.map((row) => [row.id, row.at])) };
  });
  return articleTable;
}

// The text of an article and all that it shares; texts come in blocks of several articles.
async function textOf(at) {
  const { text_starts: starts } = await block("core");
  let number = starts.findIndex((start) => start > at);
  number = (number < 0 ? starts.length : number) - 1;
  return (await block(`text-${number}`))[at - starts[number]];
}
