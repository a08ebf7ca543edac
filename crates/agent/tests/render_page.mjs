// Just enough of a document to show custom elements in: what `lib/dom.js` of generated projects asks of one.

class Node_ {
  parent = null;

  replaceWith(node) {
    const { childNodes } = this.parent;
    node.parent = this.parent;
    childNodes[childNodes.indexOf(this)] = node;
  }

  remove() {
    this.parent.childNodes = this.parent.childNodes.filter((child) => child !== this);
  }
}

class Text extends Node_ {
  nodeType = 3;

  constructor(data) {
    super();
    this.data = data;
  }

  toString() {
    return String(this.data).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  }
}

class Element extends Node_ {
  nodeType = 1;
  childNodes = [];
  attributes = new Map();
  dataset = {};
  style = {};

  get lastChild() {
    return this.childNodes.at(-1);
  }

  append(node) {
    node.parent = this;
    this.childNodes.push(node);
  }

  setAttribute(name, value) {
    if (/\s|[<>"'=]/.test(name)) throw new Error(`an attribute can't be called ${name}`);
    this.attributes.set(name, String(value));
  }

  removeAttribute(name) {
    this.attributes.delete(name);
  }

  toString() {
    const attributes = [...this.attributes].map(([name, value]) => ` ${name}="${value.replaceAll('"', "&quot;")}"`);
    return `<${this.localName}${attributes.join("")}>${this.childNodes.join("")}</${this.localName}>`;
  }
}

/* Puts that document in place; what is defined from now on goes to `elements`. */
export function installDocument(elements) {
  globalThis.Node = { TEXT_NODE: 3 };
  globalThis.document = {
    documentElement: { dataset: {} },
    createTextNode: (data) => new Text(data),
    createElementNS: (namespaceURI, localName) => Object.assign(new Element(), { namespaceURI, localName }),
  };
  globalThis.addEventListener ??= () => {};
  globalThis.HTMLElement = Element;
  globalThis.customElements = { define: (name, element) => elements.set(name, element) };
}

const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#123": "{", "#125": "}" };
const decoded = (text) => text.replace(/&(#?\w+);/g, (_, name) => entities[name]);

/* The page with each custom element shown in its place; one that nothing defines is an error. */
export function renderPage(html, elements) {
  return html.replace(/<(app-[\w-]+)([^>]*?)><\/\1>/g, (_, name, attributes) => {
    const View = elements.get(name);
    if (!View) throw new Error(`nothing defines <${name}>`);
    const view = Object.assign(new View(), { localName: name, namespaceURI: "http://www.w3.org/1999/xhtml" });
    for (const [, key, quoted, single] of attributes.matchAll(/data-(\w+)=(?:"([^"]*)"|'([^']*)')/g)) {
      view.dataset[key] = decoded(quoted ?? single);
    }
    view.connectedCallback();
    const shown = String(view);
    view.disconnectedCallback();
    return shown;
  });
}
