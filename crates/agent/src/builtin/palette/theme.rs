//! Themes: every colour of a page from one seed, with text that stays readable (WCAG 2, 4.5:1).

use super::colour::{Oklch, Rgb};

/// The contrast of text (WCAG 2.2, 1.4.3).
const TEXT_CONTRAST: f64 = 4.5;

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::builtin) enum Mode {
    Light,
    Dark,
}

impl Mode {
    /// The value of `color-scheme`, and of `data-theme`.
    pub(in crate::builtin) const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Which mode a background belongs to.
    pub(in crate::builtin) fn of(background: Rgb) -> Self {
        // Where white text begins to stand out more than black text does.
        if background.luminance() < 0.18 { Self::Dark } else { Self::Light }
    }
}

/// The colours of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::builtin) struct Palette {
    pub(in crate::builtin) mode: Mode,
    pub(in crate::builtin) accent: Rgb,
    pub(in crate::builtin) accent_soft: Rgb,
    pub(in crate::builtin) bg: Rgb,
    pub(in crate::builtin) surface: Rgb,
    pub(in crate::builtin) text: Rgb,
    pub(in crate::builtin) muted: Rgb,
    pub(in crate::builtin) border: Rgb,
}

impl Palette {
    /// A page in the hue of `seed`.
    pub(in crate::builtin) fn from_seed(seed: Rgb, mode: Mode) -> Self {
        let base = seed.to_oklch();
        let tint = |l: f64, c: f64| Oklch { l, c: c.min(base.c * 0.6), ..base }.to_rgb();
        let (bg, surface) = match mode {
            Mode::Light => (tint(0.963, 0.026), tint(0.995, 0.006)),
            Mode::Dark => (tint(0.175, 0.034), tint(0.225, 0.04)),
        };
        Self::on(base, bg, surface, mode)
    }

    /// A page on exactly this background.
    pub(in crate::builtin) fn on_background(seed: Rgb, bg: Rgb) -> Self {
        let (mode, base) = (Mode::of(bg), bg.to_oklch());
        let surface = match mode {
            Mode::Light => Oklch { l: (base.l + 0.6 * (1.0 - base.l)).min(0.995), c: base.c * 0.35, ..base },
            // On a strong colour light text has no contrast to spare, so cards are darker than the page there.
            Mode::Dark => Oklch { l: if base.l > 0.4 { base.l - 0.06 } else { base.l + 0.05 }, ..base },
        };
        Self::on(seed.to_oklch(), bg, surface.to_rgb(), mode)
    }

    fn on(seed: Oklch, bg: Rgb, surface: Rgb, mode: Mode) -> Self {
        let ground = bg.to_oklch();
        let of_ground = |l: f64, c: f64| Oklch { l, c: c.min(ground.c.max(seed.c * 0.4)), h: ground.h };
        let of_seed = |l: f64, c: f64| Oklch { l, c: c.min(seed.c), ..seed };
        let (both, darker) = ([bg, surface], mode == Mode::Light);
        let (text, muted, border, accent_soft, accent) = match mode {
            Mode::Light => (0.25, 0.5, (surface.to_oklch().l - 0.09).min(ground.l - 0.05), 0.925, seed.l),
            Mode::Dark => (0.955, 0.74, surface.to_oklch().l + 0.11, 0.33, seed.l.max(0.72)),
        };
        Self {
            mode,
            accent: Oklch { l: accent, ..seed }.readable_on(&both, TEXT_CONTRAST, darker),
            accent_soft: of_seed(accent_soft, 0.055).to_rgb(),
            bg,
            surface,
            text: of_ground(text, 0.04).readable_on(&both, 7.0, darker),
            muted: of_ground(muted, 0.035).readable_on(&both, TEXT_CONTRAST + 0.3, darker),
            border: of_ground(border, 0.04).to_rgb(),
        }
    }

    /// This palette for the other mode, in the same hues.
    pub(in crate::builtin) fn in_mode(self, mode: Mode) -> Self {
        if self.mode == mode {
            return self;
        }
        let ground = self.bg.to_oklch();
        let l = match mode {
            Mode::Light => 0.963,
            Mode::Dark => 0.175,
        };
        Self::on_background(self.accent, Oklch { l, c: ground.c.min(0.034), ..ground }.to_rgb())
    }

    /// The custom properties of a style sheet.
    pub(in crate::builtin) fn properties(&self) -> Vec<(&'static str, String)> {
        vec![
            ("--accent", self.accent.to_string()),
            ("--accent-soft", self.accent_soft.to_string()),
            ("--bg", self.bg.to_string()),
            ("--surface", self.surface.to_string()),
            ("--text", self.text.to_string()),
            ("--muted", self.muted.to_string()),
            ("--border", self.border.to_string()),
            ("color-scheme", self.mode.name().to_owned()),
        ]
    }
}

/// A theme that has a name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::builtin) struct NamedTheme {
    /// Its name in answers.
    pub(in crate::builtin) name: &'static str,
    /// Where its hues come from.
    pub(in crate::builtin) seed: Rgb,
    /// Light or dark, where the name implies it.
    pub(in crate::builtin) mode: Option<Mode>,
}

/// The theme that a word names.
pub(in crate::builtin) fn named_theme(word: &str) -> Option<NamedTheme> {
    THEMES.iter().find(|(words, _)| words.contains(&word)).map(|(_, theme)| *theme)
}

/// Every word that names a theme.
pub(in crate::builtin) fn words() -> impl Iterator<Item = &'static str> {
    THEMES.iter().flat_map(|(words, _)| words.iter().copied())
}

const fn theme(name: &'static str, hex: u32, mode: Option<Mode>) -> NamedTheme {
    let [_, r, g, b] = hex.to_be_bytes();
    NamedTheme { name, seed: Rgb(r, g, b), mode }
}

const LIGHT: Option<Mode> = Some(Mode::Light);
const DARK: Option<Mode> = Some(Mode::Dark);

const THEMES: [(&[&str], NamedTheme); 67] = [
    (&["ocean", "sea", "marine", "aquatic", "nautical", "underwater"], theme("ocean", 0x0b78b8, LIGHT)),
    (
        &["forest", "jungle", "woodland", "nature", "natural", "leafy", "botanical"],
        theme("forest", 0x2e7d4f, LIGHT),
    ),
    (&["sunset", "sunrise", "dusk"], theme("sunset", 0xe4572e, LIGHT)),
    (&["pastel"], theme("pastel", 0xa678d0, LIGHT)),
    (&["midnight", "night", "nighttime"], theme("midnight", 0x6f8cff, DARK)),
    (&["neon", "cyberpunk", "synthwave", "vaporwave", "outrun"], theme("neon", 0xff2bd6, DARK)),
    (&["matrix", "hacker", "terminal"], theme("terminal", 0x2bd96b, DARK)),
    (
        &["retro", "vintage", "90s", "80s", "70s", "nineties", "eighties", "y2k"],
        theme("retro", 0xc8553d, LIGHT),
    ),
    (&["coffee", "mocha", "espresso", "latte", "chocolate", "cocoa"], theme("coffee", 0x7b4f2e, LIGHT)),
    (&["mint", "minty", "peppermint"], theme("mint", 0x139a78, LIGHT)),
    (&["lavender", "lilac"], theme("lavender", 0x7c5cc4, LIGHT)),
    (&["rose", "romantic", "valentine"], theme("rose", 0xd6457a, LIGHT)),
    (&["autumn", "fall", "harvest"], theme("autumn", 0xb8541a, LIGHT)),
    (&["spring", "springtime"], theme("spring", 0x5a9e2f, LIGHT)),
    (&["summer", "summery", "tropical", "beach"], theme("summer", 0x0a9fb5, LIGHT)),
    (
        &["winter", "arctic", "ice", "icy", "frost", "frosty", "snow", "snowy"],
        theme("winter", 0x3a7ca5, LIGHT),
    ),
    (&["candy", "bubblegum", "cotton-candy"], theme("candy", 0xe0489a, LIGHT)),
    (&["space", "galaxy", "cosmic", "cosmos", "starry"], theme("space", 0x8b7bff, DARK)),
    (&["desert", "sand", "sandy", "dune"], theme("desert", 0xb5762a, LIGHT)),
    (
        &[
            "monochrome",
            "grayscale",
            "greyscale",
            "minimal",
            "minimalist",
            "minimalistic",
            "newspaper",
            "paper",
        ],
        theme("monochrome", 0x3a3a3a, LIGHT),
    ),
    (&["dracula", "vampire"], theme("Dracula", 0xbd93f9, DARK)),
    (&["nord", "nordic", "scandinavian"], theme("Nordic", 0x5e81ac, LIGHT)),
    (&["halloween", "spooky"], theme("Halloween", 0xff7a18, DARK)),
    (&["christmas", "xmas", "festive"], theme("Christmas", 0xc0272d, LIGHT)),
    (&["luxury", "luxurious", "elegant", "premium"], theme("luxury", 0xc9a227, DARK)),
    (&["warm", "cozy", "cosy"], theme("warm", 0xd9622b, LIGHT)),
    (&["cool", "calm", "calming", "serene"], theme("cool", 0x2878b5, LIGHT)),
    (&["earthy", "earth", "organic"], theme("earthy", 0x8a6a3b, LIGHT)),
    (&["corporate", "professional", "business"], theme("professional", 0x1f4e8c, LIGHT)),
    (&["cherry", "berry", "raspberry"], theme("berry", 0xb3174b, LIGHT)),
    (&["lemon", "citrus", "sunny", "sunshine"], theme("citrus", 0xe0a800, LIGHT)),
    (&["fire", "fiery", "lava", "volcano"], theme("fire", 0xff5a1f, DARK)),
    (&["sky", "cloud", "cloudy"], theme("sky", 0x2a8fd8, LIGHT)),
    (&["peach", "peachy", "apricot"], theme("peach", 0xe8734a, LIGHT)),
    (&["sakura", "blossom", "cherry-blossom"], theme("blossom", 0xd9668f, LIGHT)),
    (&["netflix"], theme("Netflix-like", 0xe50914, DARK)),
    (&["spotify"], theme("Spotify-like", 0x1db954, DARK)),
    (&["apple", "iphone", "macos"], theme("Apple-like", 0x0071e3, LIGHT)),
    (&["google"], theme("Google-like", 0x4285f4, LIGHT)),
    (&["facebook", "linkedin"], theme("blue network", 0x1877f2, LIGHT)),
    (&["twitter"], theme("Twitter-like", 0x1d9bf0, LIGHT)),
    (&["amazon"], theme("Amazon-like", 0xc45500, LIGHT)),
    (&["github"], theme("GitHub-like", 0x2f81f7, DARK)),
    (&["airbnb"], theme("Airbnb-like", 0xff5a5f, LIGHT)),
    (&["youtube"], theme("YouTube-like", 0xe62117, LIGHT)),
    (&["instagram"], theme("Instagram-like", 0xd62976, LIGHT)),
    (&["tiktok"], theme("TikTok-like", 0xfe2c55, DARK)),
    (&["notion"], theme("Notion-like", 0x37352f, LIGHT)),
    (&["discord"], theme("Discord-like", 0x5865f2, DARK)),
    (&["stripe", "slack"], theme("Stripe-like", 0x635bff, LIGHT)),
    (&["minecraft"], theme("Minecraft-like", 0x5d8c3a, LIGHT)),
    (&["barbie"], theme("Barbie-like", 0xe0218a, LIGHT)),
    (&["glassmorphism", "glass", "frosted"], theme("glass", 0x3b82f6, LIGHT)),
    (&["brutalist", "brutalism"], theme("brutalist", 0x1a1a1a, LIGHT)),
    (&["modern", "sleek", "futuristic", "tech"], theme("modern", 0x4f46e5, LIGHT)),
    (&["kawaii", "cute", "playful", "kid", "childish"], theme("playful", 0xd94f9a, LIGHT)),
    (&["gothic", "goth", "emo"], theme("gothic", 0x9f1239, DARK)),
    (&["easter"], theme("Easter", 0x9b6fd1, LIGHT)),
    (&["pirate", "western", "rustic", "steampunk"], theme("rustic", 0x8a5a2b, LIGHT)),
    (&["gaming", "gamer"], theme("gaming", 0x7cff4f, DARK)),
    (&["zen", "spa", "relaxing"], theme("calm", 0x4d8f81, LIGHT)),
    (&["medieval", "fantasy", "magic", "magical"], theme("magical", 0x7b4bc4, LIGHT)),
    (&["unicorn", "fairy", "princess", "mermaid"], theme("unicorn", 0xd946ef, LIGHT)),
    (&["superhero", "marvel"], theme("superhero", 0xd62828, LIGHT)),
    (&["dinosaur", "dino", "safari"], theme("safari", 0x6b8e23, LIGHT)),
    (&["soccer", "football", "sporty"], theme("sporty", 0x15803d, LIGHT)),
    (&["dark", "darker", "black-mode"], theme("dark", 0x8ab4ff, DARK)),
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn text_is_readable_in_every_theme(r: u8, g: u8, b: u8, dark: bool) {
            let mode = if dark { Mode::Dark } else { Mode::Light };
            let palette = Palette::from_seed(Rgb(r, g, b), mode);
            for ground in [palette.bg, palette.surface] {
                prop_assert!(palette.text.contrast(ground) >= 7.0, "{palette:?}");
                prop_assert!(palette.muted.contrast(ground) >= 4.5, "{palette:?}");
                prop_assert!(palette.accent.contrast(ground) >= 4.5, "{palette:?}");
            }
            prop_assert!(palette.text.contrast(palette.accent_soft) >= 4.5, "{palette:?}");
            prop_assert_eq!(Mode::of(palette.bg), mode);
        }

        #[test]
        fn text_is_readable_on_every_background(r: u8, g: u8, b: u8, seed: (u8, u8, u8)) {
            let palette = Palette::on_background(Rgb(seed.0, seed.1, seed.2), Rgb(r, g, b));
            for ground in [palette.bg, palette.surface] {
                prop_assert!(palette.text.contrast(ground) >= 4.5, "{palette:?}");
                prop_assert!(palette.muted.contrast(ground) >= 4.5, "{palette:?}");
            }
        }
    }
}
