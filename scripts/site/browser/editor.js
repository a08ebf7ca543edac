// The workspace's editor and its comparison of two texts, on CodeMirror 6: a small surface for app/src/workspace/editor.
//
// Colours are the page's own tokens (style/workspace/code.css), so that light and dark follow the page without being told.
// The nonce lets CodeMirror's style sheet through the page's content security policy.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { unifiedMergeView } from "@codemirror/merge";
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** How a file's language is loaded, by what its name ends with. */
const LANGUAGES = [
  [/\.[cm]?jsx?$/i, () => import("@codemirror/lang-javascript").then((it) => it.javascript({ jsx: true }))],
  [/\.[cm]?ts$/i, () => import("@codemirror/lang-javascript").then((it) => it.javascript({ typescript: true }))],
  [/\.tsx$/i, () => import("@codemirror/lang-javascript").then((it) => it.javascript({ jsx: true, typescript: true }))],
  [/\.css$/i, () => import("@codemirror/lang-css").then((it) => it.css())],
  [/\.(html?|vue|svelte|svg|xml)$/i, () => import("@codemirror/lang-html").then((it) => it.html())],
  [/\.(json|webmanifest)$/i, () => import("@codemirror/lang-json").then((it) => it.json())],
  [/\.(md|markdown)$/i, () => import("@codemirror/lang-markdown").then((it) => it.markdown())],
  [/\.pyi?$/i, () => import("@codemirror/lang-python").then((it) => it.python())],
  [/\.rs$/i, () => import("@codemirror/lang-rust").then((it) => it.rust())],
];

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.self], class: "code-keyword" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp, tags.attributeValue], class: "code-string" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.unit, tags.color], class: "code-constant" },
  { tag: [tags.comment, tags.meta, tags.processingInstruction], class: "code-comment" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.macroName], class: "code-function" },
  { tag: [tags.typeName, tags.className, tags.tagName, tags.namespace], class: "code-type" },
  { tag: [tags.propertyName, tags.attributeName, tags.labelName], class: "code-property" },
  { tag: [tags.punctuation, tags.operator, tags.bracket], class: "code-punctuation" },
  { tag: tags.heading, class: "code-heading" },
  { tag: tags.emphasis, class: "code-emphasis" },
  { tag: tags.strong, class: "code-strong" },
  { tag: [tags.link, tags.url], class: "code-link" },
  { tag: tags.invalid, class: "code-invalid" },
]);

/** The page's own clothes. Its style sheet can't give them: what a script adds wins over the page's layers. */
const clothes = EditorView.theme({
  "&": { height: "100%", fontSize: "0.8125rem", color: "var(--ink)", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", overscrollBehavior: "contain" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--amber-ink)" },
  ".cm-line": { padding: "0 12px 0 6px" },
  ".cm-gutters": { backgroundColor: "transparent", border: "none", color: "var(--ink-faint)" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 6px 0 12px", minWidth: "2.5rem" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in oklch, var(--line), transparent 60%)" },
  ".cm-activeLineGutter": { color: "var(--ink)" },
  ".cm-cursor": { borderLeft: "2px solid var(--amber-ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--term-selection)",
  },
  ".cm-selectionMatch": { backgroundColor: "var(--amber-wash)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--amber-wash)", outline: "1px solid var(--line-strong)" },
  ".cm-searchMatch": { backgroundColor: "var(--amber-wash)", outline: "1px solid var(--amber-ink)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--term-selection)" },
  ".cm-panels": { backgroundColor: "var(--paper)", color: "var(--ink)" },
  ".cm-panels-top": { borderBottom: "var(--hairline)" },
  ".cm-panel.cm-search": { padding: "6px 36px 6px 10px", font: "400 var(--text-s) / 1.5 var(--sans)" },
  ".cm-panel.cm-search label": { display: "inline-flex", alignItems: "center", gap: "4px", fontSize: "inherit" },
  ".cm-panel.cm-search [name=close]": { inset: "6px 8px auto auto", width: "28px", height: "28px", cursor: "pointer" },
  ".cm-textfield": {
    minHeight: "28px",
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--r-s)",
    backgroundColor: "var(--paper-raised)",
    color: "inherit",
    fontSize: "inherit",
  },
  ".cm-button": {
    minHeight: "28px",
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--r-s)",
    backgroundColor: "var(--paper-raised)",
    backgroundImage: "none",
    color: "inherit",
    fontSize: "inherit",
    cursor: "pointer",
  },
  ".cm-tooltip": { border: "var(--hairline)", borderRadius: "var(--r-s)", backgroundColor: "var(--paper-raised)", color: "var(--ink)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--amber-wash)", color: "var(--ink)" },
  "&.cm-merge-b .cm-changedLine, .cm-insertedLine, & ins.cm-insertedLine": { backgroundColor: "var(--good-wash)" },
  "&.cm-merge-b .cm-changedText": { background: "color-mix(in oklch, var(--good), transparent 75%)" },
  ".cm-deletedChunk": { backgroundColor: "var(--bad-wash)", paddingLeft: "6px" },
  ".cm-deletedChunk .cm-deletedText": { background: "color-mix(in oklch, var(--bad), transparent 75%)" },
  ".cm-collapsedLines": {
    background: "var(--paper-sunk)",
    color: "var(--ink-faint)",
    font: "400 var(--text-xs) / 1.8 var(--sans)",
  },
});

/** What an editor and a comparison have in common. */
function surroundings(path, nonce, label) {
  const language = new Compartment();
  const extensions = [
    EditorView.cspNonce.of(nonce),
    clothes,
    EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off" }),
    lineNumbers(),
    highlightSpecialChars(),
    drawSelection(),
    EditorState.tabSize.of(2),
    indentUnit.of("  "),
    syntaxHighlighting(colours),
    language.of([]),
  ];
  const found = LANGUAGES.find(([name]) => name.test(path));
  const load = (view) => {
    // A text whose language could not be loaded is a text all the same.
    found?.[1]().then((it) => view.dispatch({ effects: language.reconfigure(it) }), () => {});
    return view;
  };
  return { extensions, load };
}

/** The one stretch that turns one text into another, so that the cursor stays where it was in the rest. */
function difference(before, after) {
  let from = 0;
  const shorter = Math.min(before.length, after.length);
  while (from < shorter && before[from] === after[from]) from += 1;
  let end = 0;
  while (end < shorter - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

/**
 * An editor in `parent`.
 * @param {HTMLElement} parent
 * @param {{path: string, text: string, label: string, nonce: string, readOnly: boolean,
 *          onChange: () => void, onSave: () => void}} options
 * @returns {{text: () => string, replace: (text: string) => void, find: () => void, focus: () => void, destroy: () => void}}
 */
export function createEditor(parent, { path, text, label, nonce, readOnly, onChange, onSave }) {
  const { extensions, load } = surroundings(path, nonce, label);
  const save = () => {
    onSave();
    return true;
  };
  const view = load(
    new EditorView({
      parent,
      doc: text,
      extensions: [
        ...extensions,
        EditorState.readOnly.of(readOnly),
        history(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ activateOnTyping: false }),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlightSelectionMatches(),
        search({ top: true }),
        // Tab indents; Escape and then Tab leaves, as CodeMirror's own advice is.
        keymap.of([
          { key: "Mod-s", run: save, preventDefault: true },
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...completionKeymap,
          indentWithTab,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange();
        }),
      ],
    }),
  );
  return {
    text: () => view.state.doc.toString(),
    replace: (text) => view.dispatch({ changes: difference(view.state.doc.toString(), text) }),
    find: () => openSearchPanel(view),
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

/**
 * What turns `before` into `after`, line by line, for reading.
 * @param {HTMLElement} parent
 * @param {{path: string, before: string, after: string, label: string, nonce: string}} options
 * @returns {{destroy: () => void}}
 */
export function createComparison(parent, { path, before, after, label, nonce }) {
  const { extensions, load } = surroundings(path, nonce, label);
  const comparison = unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: { margin: 3, minSize: 6 } });
  const readOnly = [EditorState.readOnly.of(true), EditorView.editable.of(false), EditorView.contentAttributes.of({ tabindex: "0" })];
  const view = load(new EditorView({ parent, doc: after, extensions: [...extensions, ...readOnly, comparison] }));
  return { destroy: () => view.destroy() };
}
