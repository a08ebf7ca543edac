/* Small views: a function of their state tells what is shown, and only what differs is changed in the page. */

/* An element to show: h("p", { class: "note" }, "Hello"). */
export function h(tag, attributes = {}, ...children) {
  const shown = (child) => child !== null && child !== undefined && child !== false && child !== "";
  return { tag, attributes, children: children.flat(Infinity).filter(shown) };
}

/* A custom element: setup gets its data-* attributes and tools, and returns the function that tells what it shows. */
export function define(name, setup) {
  class View extends HTMLElement {
    connectedCallback() {
      if (!this.stop) this.start();
    }

    disconnectedCallback() {
      this.stop?.abort();
      this.stop = undefined;
    }

    start() {
      const stop = new AbortController();
      const afterwards = [];
      const update = () => {
        patch(this, [render()].flat(), update);
        for (const task of afterwards) task();
      };
      const then = (task) => (event) => {
        task(event);
        update();
      };
      const tools = {
        uid: `view-${(View.count = (View.count ?? 0) + 1)}-${name}`,
        every: (milliseconds, task) => {
          const interval = setInterval(then(task), milliseconds);
          stop.signal.addEventListener("abort", () => clearInterval(interval));
        },
        listen: (event, task) => addEventListener(event, then(task), { signal: stop.signal }),
        after: (task) => afterwards.push(task),
      };
      const render = setup(properties(this), tools);
      this.stop = stop;
      this.style.display = "contents";
      update();
    }
  }
  customElements.define(name, View);
}

/* data-start="10" is a number, data-items='["a"]' a list, and anything else a text. */
export function properties(element) {
  const value = (text) => {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  };
  return Object.fromEntries(Object.entries(element.dataset).map(([name, text]) => [name, value(text)]));
}

const shownBefore = new WeakMap();

function patch(parent, children, update) {
  children.forEach((child, index) => {
    let node = parent.childNodes[index];
    if (typeof child !== "object") {
      if (node?.nodeType !== Node.TEXT_NODE) put(parent, node, (node = document.createTextNode("")));
      if (node.data !== String(child)) node.data = child;
      return;
    }
    if (node?.localName !== child.tag) {
      const space = child.tag === "svg" ? "http://www.w3.org/2000/svg" : parent.namespaceURI;
      put(parent, node, (node = document.createElementNS(space, child.tag)));
    }
    patch(node, child.children, update);
    setAttributes(node, child.attributes, update);
  });
  while (parent.childNodes.length > children.length) parent.lastChild.remove();
}

function put(parent, old, node) {
  if (old) old.replaceWith(node);
  else parent.append(node);
}

function setAttributes(node, attributes, update) {
  const before = shownBefore.get(node) ?? {};
  for (const name of Object.keys(before)) {
    if (name in attributes) continue;
    if (name.startsWith("on")) node[name] = null;
    else node.removeAttribute(name);
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      node[name] = (event) => {
        value(event);
        update();
      };
    } else if (name === "value" || name === "checked") {
      if (node[name] !== value) node[name] = value;
    } else if (value === undefined || value === null || (value === false && !name.startsWith("aria-"))) {
      node.removeAttribute(name);
    } else if (before[name] !== value) {
      node.setAttribute(name, value === true && !name.startsWith("aria-") ? "" : value);
    }
  }
  shownBefore.set(node, attributes);
}
