// The workspace's terminal, on xterm.js: a small surface for app/src/workspace/terminal. It draws and reads keys; where bytes
// come from and go to is the page's affair.

import { FitAddon } from "@xterm/addon-fit";
import { Terminal } from "@xterm/xterm";
import styles from "@xterm/xterm/css/xterm.css";

/** How many lines can be scrolled back to. */
const SCROLLBACK_LINES_MAX = 5_000;

/** xterm's names for colours, and the page's tokens for them (style/workspace/code.css). */
const COLOURS = {
  background: "--term-paper",
  foreground: "--term-ink",
  cursor: "--term-cursor",
  cursorAccent: "--term-paper",
  selectionBackground: "--term-selection",
  ...Object.fromEntries(
    ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"].flatMap((name) => [
      [name, `--term-${name}`],
      [`bright${name[0].toUpperCase()}${name.slice(1)}`, `--term-${name}-bright`],
    ]),
  ),
};

let styled = false;

/** xterm's own rules, once: a sheet that a script makes is the script's, and needs no exception in the page's policy. */
function addStyles() {
  if (styled) return;
  styled = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  document.adoptedStyleSheets.push(sheet);
}

/**
 * The document as xterm may use it under our policy: its style elements get the nonce, and what it writes into `style`
 * attributes goes through the object model, which the policy lets pass.
 */
function documentFor(nonce) {
  const createElement = (name) => {
    const element = document.createElement(name);
    if (name === "style") element.nonce = nonce;
    const setAttribute = element.setAttribute.bind(element);
    element.setAttribute = (key, value) => (key === "style" ? (element.style.cssText = value) : setAttribute(key, value));
    return element;
  };
  return new Proxy(document, {
    get(target, key) {
      if (key === "createElement") return createElement;
      const value = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** The page's colours as xterm takes them: as numbers, whatever colour space the tokens are in. */
function theme(element) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const paint = canvas.getContext("2d", { willReadFrequently: true });
  const probe = element.appendChild(document.createElement("span"));
  const rgb = (token) => {
    probe.style.color = `var(${token})`;
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = getComputedStyle(probe).color;
    paint.fillRect(0, 0, 1, 1);
    const hex = (byte) => byte.toString(16).padStart(2, "0");
    return `#${[...paint.getImageData(0, 0, 1, 1).data].map(hex).join("")}`;
  };
  const colours = Object.fromEntries(Object.entries(COLOURS).map(([name, token]) => [name, rgb(token)]));
  probe.remove();
  return colours;
}

/**
 * A terminal in `parent`.
 * @param {HTMLElement} parent
 * @param {{label: string, nonce: string, onInput: (bytes: Uint8Array) => void, onResize: (columns: number, rows: number) => void}} options
 * @returns {{write: (bytes: Uint8Array) => void, reset: () => void, focus: () => void,
 *            columns: () => number, rows: () => number, destroy: () => void}}
 */
export function createTerminal(parent, { label, nonce, onInput, onResize }) {
  addStyles();
  const style = getComputedStyle(parent);
  const terminal = new Terminal({
    allowProposedApi: true,
    cursorBlink: false,
    cursorInactiveStyle: "outline",
    documentOverride: documentFor(nonce),
    fontFamily: style.getPropertyValue("--mono"),
    fontSize: 13,
    lineHeight: 1.25,
    macOptionIsMeta: true,
    minimumContrastRatio: 4.5,
    screenReaderMode: false,
    scrollback: SCROLLBACK_LINES_MAX,
    theme: theme(parent),
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(parent);
  terminal.textarea.setAttribute("aria-label", label);
  const utf8 = new TextEncoder();
  terminal.onData((text) => onInput(utf8.encode(text)));
  // Mouse reports: one byte a character.
  terminal.onBinary((text) => onInput(Uint8Array.from(text, (character) => character.charCodeAt(0))));
  terminal.onResize(({ cols, rows }) => onResize(cols, rows));
  const sizes = new ResizeObserver(() => {
    // Hidden behind another tab it has no size to fit.
    if (parent.clientWidth > 0 && parent.clientHeight > 0) fit.fit();
  });
  sizes.observe(parent);
  // The colours are numbers and not the page's tokens, so they are taken again when the theme changes.
  const recolour = () => (terminal.options.theme = theme(parent));
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", recolour);
  const chosen = new MutationObserver(recolour);
  chosen.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return {
    write: (bytes) => terminal.write(bytes),
    reset: () => terminal.reset(),
    focus: () => terminal.focus(),
    columns: () => terminal.cols,
    rows: () => terminal.rows,
    destroy: () => {
      sizes.disconnect();
      system.removeEventListener("change", recolour);
      chosen.disconnect();
      terminal.dispose();
    },
  };
}
