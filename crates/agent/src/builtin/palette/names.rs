//! Colours as people write them: CSS names, everyday names, hex, `rgb()`, `hsl()`.

use super::Rgb;

/// The colour that one or two lower-case words name, with how many words it took. Two words win over one.
pub(in crate::builtin) fn colour_phrase(first: &str, second: Option<&str>) -> Option<(Rgb, usize)> {
    if let Some(second) = second {
        let shade = first.strip_suffix("ish").unwrap_or(first);
        if let Some(colour) = named(&format!("{first}{second}")) {
            return Some((colour, 2));
        }
        if let Some(colour) = named(second).and_then(|colour| shaded(shade, colour)) {
            return Some((colour, 2));
        }
    }
    let base =
        first.strip_suffix("ish").map(|base| base.strip_suffix('d').filter(|b| *b == "red").unwrap_or(base));
    named(first).or_else(|| named(base?)).map(|colour| (colour, 1))
}

/// `#f80`, `#ff8800`, with or without alpha.
pub(in crate::builtin) fn parse_hex(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#')?;
    let digit = |at: usize, count: usize| {
        let text = digits.get(at..at + count)?;
        let value = u8::from_str_radix(text, 16).ok()?;
        Some(if count == 1 { value * 17 } else { value })
    };
    match digits.len() {
        3 | 4 => Some(Rgb(digit(0, 1)?, digit(1, 1)?, digit(2, 1)?)),
        6 | 8 => Some(Rgb(digit(0, 2)?, digit(2, 2)?, digit(4, 2)?)),
        _ => None,
    }
}

/// `rgb(255, 136, 0)`, `hsl(32 100% 50%)`, with or without alpha.
pub(in crate::builtin) fn parse_function(text: &str) -> Option<Rgb> {
    let (name, rest) = text.split_once('(')?;
    let arguments = rest.strip_suffix(')')?;
    let numbers: Vec<f64> = arguments
        .split([',', ' ', '/'])
        .filter(|part| !part.is_empty())
        .map(|part| part.trim_end_matches('%').trim_end_matches("deg").parse())
        .collect::<Result<_, _>>()
        .ok()?;
    let [first, second, third, ..] = numbers[..] else {
        return None;
    };
    match name.trim() {
        "rgb" | "rgba" => {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
            let byte = |value: f64| value.round().clamp(0.0, 255.0) as u8;
            Some(Rgb(byte(first), byte(second), byte(third)))
        }
        "hsl" | "hsla" => {
            let share = |value: f64| (value / 100.0).clamp(0.0, 1.0);
            Some(Rgb::from_hsl(first, share(second), share(third)))
        }
        _ => None,
    }
}

fn shaded(shade: &str, colour: Rgb) -> Option<Rgb> {
    let mut oklch = colour.to_oklch();
    match shade {
        "light" | "pale" | "soft" | "pastel" | "faint" => {
            oklch.l = oklch.l.max(0.82);
            oklch.c *= 0.6;
        }
        "dark" | "deep" => oklch.l *= 0.62,
        "bright" | "vivid" | "neon" | "electric" | "hot" => oklch.c *= 1.4,
        "muted" | "dusty" => oklch.c *= 0.5,
        _ => return None,
    }
    Some(oklch.to_rgb())
}

fn named(name: &str) -> Option<Rgb> {
    let name = name.replace("grey", "gray");
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, hex)| {
        let [_, r, g, b] = hex.to_be_bytes();
        Rgb(r, g, b)
    })
}

/// The colour in words: the shortest of its names, or its number where it has none.
pub(in crate::builtin) fn said(colour: Rgb) -> String {
    let Rgb(r, g, b) = colour;
    let value = u32::from_be_bytes([0, r, g, b]);
    let names = NAMES.iter().filter(|(_, known)| *known == value).map(|(name, _)| *name);
    names.min_by_key(|name| name.len()).map_or_else(|| colour.to_string(), str::to_owned)
}

/// Every name of a colour.
pub(in crate::builtin) fn words() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|(name, _)| *name)
}

/// CSS Color 4 names and everyday ones. The plain names stand for shades that look good on a page rather than for the
/// primaries of CSS: people who ask for `green` do not mean #008000.
const NAMES: [(&str, u32); 189] = [
    ("aliceblue", 0xf0f8ff),
    ("amber", 0xf59e0b),
    ("antiquewhite", 0xfaebd7),
    ("aqua", 0x00ffff),
    ("aquamarine", 0x7fffd4),
    ("azure", 0xf0ffff),
    ("azureblue", 0x007fff),
    ("babyblue", 0x89cff0),
    ("babypink", 0xf4c2c2),
    ("beige", 0xf5f5dc),
    ("bisque", 0xffe4c4),
    ("black", 0x000000),
    ("blanchedalmond", 0xffebcd),
    ("blood", 0x8a0303),
    ("bloodred", 0x8a0303),
    ("blue", 0x2563eb),
    ("blueviolet", 0x8a2be2),
    ("bronze", 0xa97142),
    ("brown", 0x8b5a2b),
    ("burgundy", 0x800020),
    ("burlywood", 0xdeb887),
    ("cadetblue", 0x5f9ea0),
    ("charcoal", 0x36454f),
    ("chartreuse", 0x7fff00),
    ("cherryred", 0xc8102e),
    ("chocolate", 0xd2691e),
    ("cobalt", 0x0047ab),
    ("cobaltblue", 0x0047ab),
    ("copper", 0xb87333),
    ("coral", 0xff7f50),
    ("cornflowerblue", 0x6495ed),
    ("cornsilk", 0xfff8dc),
    ("cream", 0xfffdd0),
    ("crimson", 0xdc143c),
    ("cyan", 0x06b6d4),
    ("darkblue", 0x00008b),
    ("darkcyan", 0x008b8b),
    ("darkgoldenrod", 0xb8860b),
    ("darkgray", 0xa9a9a9),
    ("darkgreen", 0x006400),
    ("darkkhaki", 0xbdb76b),
    ("darkmagenta", 0x8b008b),
    ("darkolivegreen", 0x556b2f),
    ("darkorange", 0xff8c00),
    ("darkorchid", 0x9932cc),
    ("darkred", 0x8b0000),
    ("darksalmon", 0xe9967a),
    ("darkseagreen", 0x8fbc8f),
    ("darkslateblue", 0x483d8b),
    ("darkslategray", 0x2f4f4f),
    ("darkturquoise", 0x00ced1),
    ("darkviolet", 0x9400d3),
    ("deeppink", 0xff1493),
    ("deepskyblue", 0x00bfff),
    ("dimgray", 0x696969),
    ("dodgerblue", 0x1e90ff),
    ("eggshell", 0xf0ead6),
    ("emerald", 0x059669),
    ("firebrick", 0xb22222),
    ("floralwhite", 0xfffaf0),
    ("forest", 0x228b22),
    ("forestgreen", 0x228b22),
    ("fuchsia", 0xff00ff),
    ("gainsboro", 0xdcdcdc),
    ("ghostwhite", 0xf8f8ff),
    ("gold", 0xffd700),
    ("goldenrod", 0xdaa520),
    ("gray", 0x808080),
    ("green", 0x16a34a),
    ("greenyellow", 0xadff2f),
    ("honeydew", 0xf0fff0),
    ("hotpink", 0xff69b4),
    ("indianred", 0xcd5c5c),
    ("indigo", 0x4f46e5),
    ("ivory", 0xfffff0),
    ("jade", 0x00a86b),
    ("jetblack", 0x0a0a0a),
    ("khaki", 0xf0e68c),
    ("lavenderblush", 0xfff0f5),
    ("lawngreen", 0x7cfc00),
    ("lemonchiffon", 0xfffacd),
    ("lightblue", 0xadd8e6),
    ("lightcoral", 0xf08080),
    ("lightcyan", 0xe0ffff),
    ("lightgoldenrodyellow", 0xfafad2),
    ("lightgray", 0xd3d3d3),
    ("lightgreen", 0x90ee90),
    ("lightpink", 0xffb6c1),
    ("lightsalmon", 0xffa07a),
    ("lightseagreen", 0x20b2aa),
    ("lightskyblue", 0x87cefa),
    ("lightslategray", 0x778899),
    ("lightsteelblue", 0xb0c4de),
    ("lightyellow", 0xffffe0),
    ("lilac", 0xb39bc8),
    ("lime", 0x65a30d),
    ("limegreen", 0x32cd32),
    ("limeyellow", 0xd4e157),
    ("linen", 0xfaf0e6),
    ("magenta", 0xd946ef),
    ("magentapink", 0xec2d8c),
    ("maroon", 0x800000),
    ("mauve", 0x9d6f9f),
    ("mediumaquamarine", 0x66cdaa),
    ("mediumblue", 0x0000cd),
    ("mediumorchid", 0xba55d3),
    ("mediumpurple", 0x9370db),
    ("mediumseagreen", 0x3cb371),
    ("mediumslateblue", 0x7b68ee),
    ("mediumspringgreen", 0x00fa9a),
    ("mediumturquoise", 0x48d1cc),
    ("mediumvioletred", 0xc71585),
    ("midnightblue", 0x191970),
    ("mintcream", 0xf5fffa),
    ("mintgreen", 0x3eb489),
    ("mistyrose", 0xffe4e1),
    ("moccasin", 0xffe4b5),
    ("mustard", 0xd4a017),
    ("navajowhite", 0xffdead),
    ("navy", 0x1e3a8a),
    ("navyblue", 0x1e3a8a),
    ("oceanblue", 0x0b78b8),
    ("ochre", 0xcc7722),
    ("offwhite", 0xfaf9f6),
    ("neonblue", 0x00b3ff),
    ("neongreen", 0x39ff14),
    ("neonorange", 0xff6a1f),
    ("neonpink", 0xff3df0),
    ("neonpurple", 0xc04dff),
    ("neonred", 0xff3b3b),
    ("neonyellow", 0xf5ff33),
    ("electricblue", 0x2ea8ff),
    ("oldlace", 0xfdf5e6),
    ("olive", 0x808000),
    ("olivedrab", 0x6b8e23),
    ("orange", 0xf97316),
    ("orangered", 0xff4500),
    ("orchid", 0xda70d6),
    ("palegoldenrod", 0xeee8aa),
    ("palegreen", 0x98fb98),
    ("paleturquoise", 0xafeeee),
    ("palevioletred", 0xdb7093),
    ("papayawhip", 0xffefd5),
    ("peachpuff", 0xffdab9),
    ("periwinkle", 0x8f99fb),
    ("peru", 0xcd853f),
    ("pink", 0xec4899),
    ("pitchblack", 0x000000),
    ("plum", 0xa855a0),
    ("powderblue", 0xb0e0e6),
    ("purple", 0x9333ea),
    ("rebeccapurple", 0x663399),
    ("red", 0xdc2626),
    ("rosegold", 0xb76e79),
    ("rosybrown", 0xbc8f8f),
    ("royalblue", 0x4169e1),
    ("ruby", 0x9b111e),
    ("rust", 0xb7410e),
    ("saddlebrown", 0x8b4513),
    ("sage", 0x7d9b76),
    ("sagegreen", 0x7d9b76),
    ("salmon", 0xfa8072),
    ("sandybrown", 0xf4a460),
    ("sapphire", 0x0f52ba),
    ("scarlet", 0xff2400),
    ("seagreen", 0x2e8b57),
    ("seashell", 0xfff5ee),
    ("sienna", 0xa0522d),
    ("silver", 0xc0c0c0),
    ("skyblue", 0x87ceeb),
    ("slate", 0x64748b),
    ("slateblue", 0x6a5acd),
    ("slategray", 0x708090),
    ("springgreen", 0x00ff7f),
    ("steelblue", 0x4682b4),
    ("tan", 0xd2b48c),
    ("teal", 0x0d9488),
    ("terracotta", 0xc66b4e),
    ("thistle", 0xd8bfd8),
    ("tomato", 0xff6347),
    ("turquoise", 0x14b8a6),
    ("vermilion", 0xe34234),
    ("violet", 0x8b5cf6),
    ("wheat", 0xf5deb3),
    ("white", 0xffffff),
    ("whitesmoke", 0xf5f5f5),
    ("winered", 0x722f37),
    ("yellow", 0xfacc15),
    ("yellowgreen", 0x9acd32),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_people_write_them() {
        assert_eq!(colour_phrase("tomato", None), Some((Rgb(0xff, 0x63, 0x47), 1)));
        assert_eq!(colour_phrase("light", Some("blue")), Some((Rgb(0xad, 0xd8, 0xe6), 2)));
        assert_eq!(colour_phrase("slate", Some("grey")), Some((Rgb(0x70, 0x80, 0x90), 2)));
        assert_eq!(colour_phrase("greenish", None).map(|(_, words)| words), Some(1));
        assert_eq!(colour_phrase("pale", Some("purple")).map(|(_, words)| words), Some(2));
        assert_eq!(colour_phrase("table", None), None);
        assert_eq!(parse_hex("#f80"), Some(Rgb(0xff, 0x88, 0)));
        assert_eq!(parse_hex("#ff8800cc"), Some(Rgb(0xff, 0x88, 0)));
        assert_eq!(parse_hex("#ff880"), None);
        assert_eq!(parse_function("rgb(255, 136, 0)"), Some(Rgb(255, 136, 0)));
        assert_eq!(parse_function("hsl(120deg 100% 25% / 0.5)"), Some(Rgb(0, 128, 0)));
        assert_eq!(parse_function("rgb(red)"), None);
    }

    #[test]
    fn colours_are_said_as_people_would() {
        let of = |word| colour_phrase(word, None).unwrap().0;
        assert_eq!(["green", "tomato"].map(|word| said(of(word))), ["green", "tomato"]);
        assert_eq!(said(Rgb(1, 2, 3)), "#010203");
    }
}
