// The modules that scripts/site/parts.mjs bundles; the build puts the names they have in place of these.
export const loadEditor = () => import("/pkg/editor.js");
export const loadTerminal = () => import("/pkg/terminal.js");
