//! One description, four frameworks.

use super::*;

const WIDGET: &str = "\
prop title = \"Cups\"
state count = 0
state names = []
derived many = count > 9

function add(event) {
  event.preventDefault();
  if (!many) count = count + 1;
  names = [...names, { count: count, label: `n${count}` }];
}

<section class=\"cups\" aria-label={title}>
  {#if many}
    <p>Enough</p>
  {:else}
    <button type=\"button\" onclick={add}>{count}</button>
  {/if}
  {#each names as name (name.label)}
    <p style:--share={name.count / 2}>{name.label}</p>
  {/each}
</section>
";

fn written(framework: Framework) -> String {
    parse(WIDGET).unwrap().source("Cups", framework)
}

#[test]
fn react_sets_states_and_vue_opens_their_values() {
    let react = written(Framework::React);
    for part in [
        "import { useState } from \"react\";",
        "export default function Cups({ title = \"Cups\" }) {",
        "  const [names, setNames] = useState([]);",
        "    if (!many) setCount(count + 1);",
        "    setNames([...names, { count: count, label: `n${count}` }]);",
        "      {many ? (",
        "        <p key={name.label} style={{ \"--share\": name.count / 2 }}>{name.label}</p>",
    ] {
        assert!(react.contains(part), "{part} in {react}");
    }
    let vue = written(Framework::Vue);
    for part in [
        "const { title = \"Cups\" } = defineProps([\"title\"]);",
        "const names = shallowRef([]);",
        "const many = computed(() => count.value > 9);",
        "  names.value = [...names.value, { count: count.value, label: `n${count.value}` }];",
        "    <button v-else type=\"button\" @click=\"add\">{{ count }}</button>",
        "<p v-for=\"name in names\" :key=\"name.label\" :style=\"{ '--share': name.count / 2 }\">",
    ] {
        assert!(vue.contains(part), "{part} in {vue}");
    }
}

#[test]
fn svelte_has_runes_and_plain_javascript_computes_what_is_derived() {
    let svelte = written(Framework::Svelte);
    for part in [
        "let names = $state.raw([]);",
        "const many = $derived(count > 9);",
        "{#each names as name (name.label)}",
    ] {
        assert!(svelte.contains(part), "{part} in {svelte}");
    }
    let vanilla = written(Framework::Vanilla);
    for part in [
        "define(\"app-cups\", ({ title = \"Cups\" }) => {",
        "  const many = () => count > 9;",
        "    if (!many()) count = count + 1;",
        "h(\"p\", { style: `--share: ${name.count / 2}` }, name.label)",
    ] {
        assert!(vanilla.contains(part), "{part} in {vanilla}");
    }
}

#[test]
fn what_does_not_add_up_is_not_read() {
    for source in
        ["", "state x\n<p></p>", "<p>", "prop a\n<p>{#if a}</p>", "let x = 1\n<p></p>", "<input></input>"]
    {
        assert!(parse(source).is_none(), "{source}");
    }
}
