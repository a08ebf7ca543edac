//! Templates as people know them.

/// A template in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TemplateWords {
    /// What it is called.
    pub(crate) name: String,
    /// What is in it.
    pub(crate) about: &'static str,
}

/// What to call a template. One that an operator added is called by its name.
pub(crate) fn template_words(template: &str) -> TemplateWords {
    let (name, about) = match template {
        "react-vite" => ("React", "with Vite, running already"),
        "vue-vite" => ("Vue", "with Vite, running already"),
        "svelte-vite" => ("Svelte", "with Vite, running already"),
        "vanilla-vite" => ("Plain JavaScript", "with Vite, running already"),
        "blank" => ("Empty", "a shell and an empty folder"),
        other => (other, "a template of this server"),
    };
    TemplateWords { name: name.to_owned(), about }
}

#[cfg(test)]
mod tests {
    use super::template_words;

    /// B2, K3
    #[test]
    fn a_template_that_nobody_knows_is_called_by_its_name() {
        assert_eq!(template_words("svelte-vite").name, "Svelte");
        assert_eq!(template_words("shop").name, "shop");
    }
}
