//! The page that recipes work on: its root component, its style sheet, and its sections.

use super::super::draft::Draft;
use super::super::edit::app::{App, Place};
use super::super::edit::{css, imports, script};
use super::super::framework::Framework;
use super::super::intent::Section;
use super::super::palette::{Mode, Palette, Rgb, parse_function, parse_hex};
use super::catalogue::{CATALOGUE, Entry};

/// The few lines that show components where there is no framework.
const DOM: &str = "src/lib/dom.js";
const DOM_SOURCE: &str = include_str!("../../../components/lib/dom.js");
const SHELL: &str = "index.html";

/// Why a recipe could not do its work, in a sentence for the person who asked.
pub(in crate::builtin) type Sorry = String;

/// The page and its files.
pub(in crate::builtin) struct Page<'a> {
    pub(in crate::builtin) framework: Framework,
    pub(in crate::builtin) draft: &'a mut Draft,
}

impl Page<'_> {
    /// The source that holds the page's markup.
    pub(super) fn app(&mut self) -> Result<String, Sorry> {
        let root = self.framework.root();
        let source = self.draft.text(root);
        source.ok_or_else(|| {
            format!("There is no {root} in this project, and that is where I would have to start.")
        })
    }

    /// Changes the page's markup; a result that does not add up is not taken.
    pub(super) fn edit_app(&mut self, edit: impl FnOnce(&App<'_>) -> Option<String>) -> Result<(), Sorry> {
        let root = self.framework.root();
        let source = self.app()?;
        let edited = App::of(self.framework, &source).and_then(|app| edit(&app));
        let sound = edited.filter(|text| App::of(self.framework, text).is_some());
        let edited = sound.ok_or_else(|| {
            format!("I could not find a safe place for that in {root}, so I left it alone.")
        })?;
        self.draft.set(root, edited);
        Ok(())
    }

    /// The names of the components on the page.
    pub(super) fn components(&mut self) -> Vec<String> {
        let Ok(source) = self.app() else {
            return Vec::new();
        };
        let name = |tag: &str| {
            let entry = CATALOGUE.iter().find(|entry| self.framework.tag(entry.component) == tag);
            entry.map_or(tag, |entry| entry.component).to_owned()
        };
        App::of(self.framework, &source)
            .map(|app| app.components().into_iter().map(name).collect())
            .unwrap_or_default()
    }

    /// How often a section is on the page.
    pub(super) fn count_of(&mut self, section: Section) -> usize {
        let component = section.entry().component;
        self.components().iter().filter(|name| *name == component).count()
    }

    /// The sections on the page, in order, each once.
    pub(super) fn sections(&mut self) -> Vec<Section> {
        let mut sections = Vec::new();
        for name in self.components() {
            if let Some(section) = Section::of_component(&name).filter(|section| !sections.contains(section))
            {
                sections.push(section);
            }
        }
        sections
    }

    /// Puts a component's files in place and an element of it on the page.
    pub(super) fn place(
        &mut self,
        entry: &Entry,
        source: &str,
        markup: &str,
        place: Place,
    ) -> Result<(), Sorry> {
        self.place_with(entry, source, |app| Some(app.insert(markup, place)))
    }

    /// As [`Self::place`], with its own way to insert the element.
    pub(super) fn place_with(
        &mut self,
        entry: &Entry,
        source: &str,
        insert: impl FnOnce(&App<'_>) -> Option<String>,
    ) -> Result<(), Sorry> {
        let framework = self.framework;
        if framework == Framework::Vanilla {
            let Some(main) = self.draft.text(framework.imports()) else {
                return Err(format!("There is no {} that could load it.", framework.imports()));
            };
            self.edit_app(insert)?;
            self.draft.set(framework.imports(), script::add_import(&main, entry.component, framework));
        } else {
            self.edit_app(|app| {
                insert(app).map(|text| script::add_import(&text, entry.component, framework))
            })?;
        }
        self.put_files(entry, source);
        Ok(())
    }

    /// Takes a component's elements off the page, and what only they needed.
    pub(super) fn take_off(&mut self, entry: &Entry) -> Result<(), Sorry> {
        self.edit_app(|app| Some(app.remove_component(entry.component)))?;
        if self.framework == Framework::Vanilla
            && let Some(main) = self.draft.text(self.framework.imports())
        {
            let main = imports::remove_effect(&main, &format!("./components/{}.js", entry.component));
            if !main.contains("./components/") {
                self.draft.remove(DOM);
            }
            self.draft.set(self.framework.imports(), main);
        }
        Ok(())
    }

    /// Writes a component's files. A style sheet that is there already is kept: people may have changed it.
    pub(super) fn put_files(&mut self, entry: &Entry, source: &str) {
        self.draft.set(&self.path_of(entry), source);
        if !self.draft.exists(&entry.css_path()) {
            self.draft.set(&entry.css_path(), entry.style());
        }
        if self.framework == Framework::Vanilla && !self.draft.exists(DOM) {
            self.draft.set(DOM, DOM_SOURCE);
        }
        self.ensure_tokens();
    }

    /// The path of a component's file.
    pub(super) fn path_of(&self, entry: &Entry) -> String {
        format!("src/components/{}{}", entry.component, self.framework.ending())
    }

    /// The page's style sheet: where it is, and its text.
    pub(super) fn styles(&mut self) -> (String, String) {
        let known = ["src/index.css", "src/App.css", "src/style.css", "src/styles.css"];
        let present = known.into_iter().find(|path| self.draft.exists(path));
        let path = present.unwrap_or("src/index.css");
        let text = self.draft.text(path).unwrap_or_default();
        (path.to_owned(), text)
    }

    /// Changes the page's style sheet. One that nothing imports yet is imported by the root component.
    pub(super) fn edit_styles(&mut self, edit: impl FnOnce(&str) -> String) {
        let (path, text) = self.styles();
        let is_new = !self.draft.exists(&path);
        self.draft.set(&path, edit(&text));
        let main = ["src/main.jsx", "src/main.js"].into_iter().find(|main| self.draft.exists(main));
        let importer = if self.framework == Framework::React { Some(self.framework.root()) } else { main };
        if is_new
            && let Some(importer) = importer
            && let Some(source) = self.draft.text(importer)
        {
            self.draft.set(importer, format!("import \"./index.css\";\n{source}"));
        }
    }

    /// Sets properties of a rule of the page's own style, where there is such a rule; tells whether there is.
    pub(super) fn edit_rule(&mut self, selector: &str, properties: &[(&str, &str)]) -> bool {
        let (path, inner) = match self.framework {
            Framework::React | Framework::Vanilla => ("src/App.css", false),
            Framework::Vue | Framework::Svelte => (self.framework.root(), true),
        };
        let Some(text) = self.draft.text(path) else {
            return false;
        };
        let whole = 0..text.len();
        let style = if inner { script::block(&text, "style", self.framework) } else { Some(whole) };
        let Some(style) = style.filter(|style| css::has_rule(&text[style.clone()], selector)) else {
            return false;
        };
        let edited = css::set(&text[style.clone()], selector, properties);
        self.draft.set(path, format!("{}{edited}{}", &text[..style.start], &text[style.end..]));
        true
    }

    /// Sets a text in the HTML shell.
    pub(super) fn edit_shell(&mut self, edit: impl FnOnce(&str) -> Option<String>) -> Result<(), Sorry> {
        let shell = self.draft.text(SHELL);
        let edited = shell.and_then(|text| edit(&text));
        let edited = edited.ok_or_else(|| format!("There is no {SHELL} with a head in this project."))?;
        self.draft.set(SHELL, edited);
        Ok(())
    }

    /// The colour a custom property has now.
    pub(super) fn colour(&mut self, property: &str) -> Option<Rgb> {
        let (_, styles) = self.styles();
        let value = css::value(&styles, ":root", property)?;
        parse_hex(value).or_else(|| parse_function(value))
    }

    /// The palette the page has now, or one in its accent when it has none.
    pub(super) fn palette(&mut self) -> Palette {
        let accent = self.colour("--accent").unwrap_or(Rgb(0xc2, 0x41, 0x0c));
        match self.colour("--bg") {
            Some(bg) => Palette { accent, bg, ..Palette::on_background(accent, bg) },
            None => Palette::from_seed(accent, Mode::Light),
        }
    }

    /// Gives the page these colours, in both modes when it has a switch.
    pub(super) fn set_palette(&mut self, palette: &Palette) {
        self.edit_styles(|text| {
            let mut text = set_all(text, ":root", palette);
            for mode in [Mode::Light, Mode::Dark] {
                let selector = theme_selector(mode);
                if css::has_rule(&text, &selector) {
                    text = set_all(&text, &selector, &palette.in_mode(mode));
                }
            }
            text
        });
    }

    /// Adds the rules that the dark mode switch turns on and off.
    pub(super) fn add_theme_rules(&mut self) {
        let palette = self.palette();
        self.edit_styles(|text| {
            let mut text = text.to_owned();
            for mode in [Mode::Light, Mode::Dark] {
                let selector = theme_selector(mode);
                if !css::has_rule(&text, &selector) {
                    text = set_all(&text, &selector, &palette.in_mode(mode));
                }
            }
            text
        });
    }

    /// Adds the custom properties that components rely on, where the page has lost them.
    fn ensure_tokens(&mut self) {
        let palette = self.palette();
        let defaults = palette.properties().into_iter().filter(|(name, _)| name.starts_with("--"));
        let others = [("--radius", "16px".to_owned()), ("--font", "system-ui, sans-serif".to_owned())];
        let (_, styles) = self.styles();
        let missing: Vec<(&str, String)> =
            defaults.chain(others).filter(|(name, _)| css::value(&styles, ":root", name).is_none()).collect();
        if !missing.is_empty() {
            self.edit_styles(|text| css::set(text, ":root", &borrowed(&missing)));
        }
    }
}

fn theme_selector(mode: Mode) -> String {
    format!(":root[data-theme=\"{}\"]", mode.name())
}

fn set_all(text: &str, selector: &str, palette: &Palette) -> String {
    css::set(text, selector, &borrowed(&palette.properties()))
}

fn borrowed<'a>(properties: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    properties.iter().map(|(name, value)| (*name, value.as_str())).collect()
}
