//! Components of React, Vue and Svelte.

use super::code::{Rewrite, indented, rewritten};
use super::tagged::Writer;
use super::{Item, Prop, Widget, is_plain};
use crate::builtin::framework::Framework;

/// Names as they are.
struct AsIs;

impl Rewrite for AsIs {
    fn read(&self, _: &str) -> Option<String> {
        None
    }
}

/// React: a state is assigned by its setter.
struct Setters<'a>(&'a Widget);

impl Rewrite for Setters<'_> {
    fn read(&self, _: &str) -> Option<String> {
        None
    }

    fn assign(&self, name: &str, value: &str) -> Option<String> {
        self.0.is_state(name).then(|| format!("{}({value})", setter(name)))
    }
}

/// Vue: outside the template, states and what is derived from them have their value inside.
struct Values<'a>(&'a Widget);

impl Rewrite for Values<'_> {
    fn read(&self, name: &str) -> Option<String> {
        (self.0.is_state(name) || self.0.is_derived(name)).then(|| format!("{name}.value"))
    }
}

pub(super) fn react(widget: &Widget, component: &str) -> String {
    let names = Setters(widget);
    let has = |fits: fn(&Item) -> bool| widget.items.iter().any(fits);
    let effects = has(|item| matches!(item, Item::Every { .. } | Item::Listen { .. } | Item::Effect { .. }));
    let mut hooks = Vec::new();
    hooks.extend(effects.then_some("useEffect"));
    hooks.extend(widget.uses_uid.then_some("useId"));
    hooks.extend(has(|item| matches!(item, Item::State { .. })).then_some("useState"));
    let import = if hooks.is_empty() {
        String::new()
    } else {
        format!("import {{ {} }} from \"react\";\n", hooks.join(", "))
    };
    let body = Script { widget, names: &names, framework: Framework::React }.text();
    let body = if body.is_empty() { String::new() } else { format!("{}\n\n", indented(&body, "  ")) };
    let markup = Writer { framework: Framework::React, names: &names }.lines(&widget.markup).join("\n");
    let markup = indented(&markup, "    ");
    let props = props(widget);
    let module = module(widget);
    format!(
        "{import}import \"./{component}.css\";\n\n{module}export default function {component}({props}) {{\n{body}  return \
         (\n{markup}\n  );\n}}\n"
    )
}

pub(super) fn vue(widget: &Widget, component: &str) -> String {
    let names = Values(widget);
    let mut used = Vec::new();
    for item in &widget.items {
        match item {
            Item::State { initial, .. } => used.push(if is_plain(initial) { "ref" } else { "shallowRef" }),
            Item::Derived { .. } => used.push("computed"),
            Item::Every { .. } | Item::Listen { .. } => used.extend(["onMounted", "onUnmounted"]),
            Item::Effect { .. } => used.extend(["onMounted", "watchEffect"]),
            Item::Function { .. } => {}
        }
    }
    used.extend(widget.uses_uid.then_some("useId"));
    used.sort_unstable();
    used.dedup();
    let import = if used.is_empty() {
        String::new()
    } else {
        format!("import {{ {} }} from \"vue\";\n", used.join(", "))
    };
    let props = if widget.props.is_empty() {
        String::new()
    } else {
        let names: Vec<String> = widget.props.iter().map(|prop| format!("\"{}\"", prop.name)).collect();
        format!("const {} = defineProps([{}]);\n", props(widget), names.join(", "))
    };
    let module = module(widget);
    let body = Script { widget, names: &names, framework: Framework::Vue }.text();
    let body = [props, body].concat();
    let script = format!("{import}import \"./{component}.css\";\n\n{module}{body}");
    let markup = Writer { framework: Framework::Vue, names: &AsIs }.lines(&widget.markup).join("\n");
    let markup = indented(&markup, "  ");
    format!("<script setup>\n{}\n</script>\n\n<template>\n{markup}\n</template>\n", script.trim_end())
}

pub(super) fn svelte(widget: &Widget, component: &str) -> String {
    let mounts = widget.items.iter().any(|item| matches!(item, Item::Every { .. }));
    let import = if mounts { "import { onMount } from \"svelte\";\n" } else { "" };
    let mut props =
        if widget.props.is_empty() { String::new() } else { format!("let {} = $props();\n", props(widget)) };
    if widget.uses_uid {
        props.push_str("const uid = $props.id();\n");
    }
    let module = module(widget);
    let body = Script { widget, names: &AsIs, framework: Framework::Svelte }.text();
    let script = format!("{import}import \"./{component}.css\";\n\n{module}{props}{body}");
    let mut lines: Vec<String> = widget
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Listen { event, .. } => {
                Some(format!("<svelte:window on{event}={{{}}} />", listener_name(event)))
            }
            _ => None,
        })
        .collect();
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.extend(Writer { framework: Framework::Svelte, names: &AsIs }.lines(&widget.markup));
    format!("<script>\n{}\n</script>\n\n{}\n", indented(script.trim_end(), "  "), lines.join("\n"))
}

fn listener_name(event: &str) -> String {
    format!("handle{}{}", event[..1].to_uppercase(), &event[1..])
}

fn setter(name: &str) -> String {
    format!("set{}{}", name[..1].to_uppercase(), &name[1..])
}

/// `{ title = "Counter", start = 0 }`; nothing where there are none.
pub(super) fn props(widget: &Widget) -> String {
    let prop = |prop: &Prop| match &prop.default {
        Some(default) => format!("{} = {default}", prop.name),
        None => prop.name.clone(),
    };
    let props: Vec<String> = widget.props.iter().map(prop).collect();
    if props.is_empty() { String::new() } else { format!("{{ {} }}", props.join(", ")) }
}

pub(super) fn module(widget: &Widget) -> String {
    widget.module.iter().map(|block| format!("{block}\n")).collect::<String>()
        + if widget.module.is_empty() { "" } else { "\n" }
}

/// What stands between a component's beginning and its markup.
struct Script<'a> {
    widget: &'a Widget,
    names: &'a dyn Rewrite,
    framework: Framework,
}

impl Script<'_> {
    fn text(&self) -> String {
        let mut text = String::new();
        if self.widget.uses_uid && self.framework != Framework::Svelte {
            text.push_str("const uid = useId();\n");
        }
        let short = |item: &Item| matches!(item, Item::State { .. } | Item::Derived { .. });
        for (at, item) in self.widget.items.iter().enumerate() {
            let apart = at > 0 && !(short(item) && short(&self.widget.items[at - 1]));
            if apart || at == 0 && !short(item) && !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&self.item(item));
            text.push('\n');
        }
        text.trim_end().to_owned()
    }

    fn item(&self, item: &Item) -> String {
        match item {
            Item::State { name, initial } => self.state(name, initial),
            Item::Derived { name, value } => {
                let value = self.code(value);
                match self.framework {
                    Framework::React | Framework::Vanilla => format!("const {name} = {value};"),
                    Framework::Vue => format!("const {name} = computed(() => {value});"),
                    Framework::Svelte => format!("const {name} = $derived({value});"),
                }
            }
            Item::Function { name, parameters, body } => {
                format!("function {name}({parameters}) {{\n{}\n}}", self.body(body))
            }
            Item::Every { milliseconds, body } => self.every(milliseconds, &self.body(body)),
            Item::Listen { event, parameters, body } => self.listen(event, parameters, &self.body(body)),
            Item::Effect { state, body } => {
                let body = self.body(body);
                match self.framework {
                    Framework::React | Framework::Vanilla => {
                        format!("useEffect(() => {{\n{body}\n}}, [{state}]);")
                    }
                    Framework::Vue => format!(
                        "onMounted(() => {{\n  watchEffect(() => {{\n{}\n  }});\n}});",
                        indented(&body, "  ")
                    ),
                    Framework::Svelte => format!("$effect(() => {{\n{body}\n}});"),
                }
            }
        }
    }

    fn code(&self, code: &str) -> String {
        rewritten(code, self.names)
    }

    fn body(&self, body: &str) -> String {
        indented(&self.code(body), "  ")
    }

    fn state(&self, name: &str, initial: &str) -> String {
        let plain = is_plain(initial);
        let initial = self.code(initial);
        match self.framework {
            Framework::React | Framework::Vanilla => {
                let computed = initial.contains('(');
                let initial = if computed { format!("() => {initial}") } else { initial };
                format!("const [{name}, {}] = useState({initial});", setter(name))
            }
            Framework::Vue if plain => format!("const {name} = ref({initial});"),
            Framework::Vue => format!("const {name} = shallowRef({initial});"),
            Framework::Svelte => {
                let rune = if plain { "$state" } else { "$state.raw" };
                let of_prop = self.widget.props.iter().any(|prop| uses(&initial, &prop.name));
                // What it starts from is read once, on purpose.
                let remark = if of_prop { "// svelte-ignore state_referenced_locally\n" } else { "" };
                format!("{remark}let {name} = {rune}({initial});")
            }
        }
    }

    fn every(&self, milliseconds: &str, body: &str) -> String {
        let start = format!("setInterval(() => {{\n{body}\n}}, {milliseconds})");
        match self.framework {
            Framework::React | Framework::Vanilla => {
                let start = indented(&format!("const interval = {start};"), "  ");
                format!("useEffect(() => {{\n{start}\n  return () => clearInterval(interval);\n}});")
            }
            Framework::Vue => {
                let start = indented(&format!("interval = {start};"), "  ");
                format!(
                    "let interval;\nonMounted(() => {{\n{start}\n}});\nonUnmounted(() => clearInterval(interval));"
                )
            }
            Framework::Svelte => {
                let start = indented(&format!("const interval = {start};"), "  ");
                format!("onMount(() => {{\n{start}\n  return () => clearInterval(interval);\n}});")
            }
        }
    }

    fn listen(&self, event: &str, parameters: &str, body: &str) -> String {
        let name = listener_name(event);
        let function = format!("function {name}({parameters}) {{\n{body}\n}}");
        match self.framework {
            Framework::React | Framework::Vanilla => {
                let function = indented(&function, "  ");
                format!(
                    "useEffect(() => {{\n{function}\n  addEventListener(\"{event}\", {name});\n  return () => \
                     removeEventListener(\"{event}\", {name});\n}});"
                )
            }
            Framework::Vue => format!(
                "{function}\nonMounted(() => addEventListener(\"{event}\", {name}));\nonUnmounted(() => \
                 removeEventListener(\"{event}\", {name}));"
            ),
            Framework::Svelte => function,
        }
    }
}

/// Whether a piece of code names something.
fn uses(code: &str, name: &str) -> bool {
    code.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').any(|word| word == name)
}
