// The document as xterm.js gets it. Under our policy a style element needs the page's nonce, and what is written into `style`
// attributes must go through the object model; xterm knows of neither, so it is given a document that sees to both.
//
// scripts/site/parts.mjs puts it in the place of `document` in xterm's own code. `documentOverride` alone would not do: xterm 6
// asks the real one in places.

const real = globalThis.document;
const nonce = real.querySelector("script[nonce]")?.nonce ?? "";

function createElement(name, options) {
  const element = real.createElement(name, options);
  if (name === "style") element.nonce = nonce;
  const setAttribute = element.setAttribute.bind(element);
  element.setAttribute = (key, value) => (key === "style" ? (element.style.cssText = value) : setAttribute(key, value));
  return element;
}

export const policyDocument = new Proxy(real, {
  get(target, key) {
    if (key === "createElement") return createElement;
    const value = Reflect.get(target, key, target);
    return typeof value === "function" ? value.bind(target) : value;
  },
  set: (target, key, value) => Reflect.set(target, key, value, target),
});
