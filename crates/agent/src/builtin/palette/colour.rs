//! One colour, and the arithmetic that keeps text readable on it.

use std::fmt;

/// An sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::builtin) struct Rgb(
    pub(in crate::builtin) u8,
    pub(in crate::builtin) u8,
    pub(in crate::builtin) u8,
);

/// A colour by lightness (0–1), chroma (0–0.4) and hue (radians): OKLCH, Björn Ottosson 2020.
#[derive(Debug, Clone, Copy)]
pub(super) struct Oklch {
    pub(super) l: f64,
    pub(super) c: f64,
    pub(super) h: f64,
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

impl Rgb {
    /// From hue in degrees, saturation and lightness in 0–1.
    pub(super) fn from_hsl(hue: f64, saturation: f64, lightness: f64) -> Self {
        let a = saturation * lightness.min(1.0 - lightness);
        let channel = |n: f64| {
            let k = (n + hue.rem_euclid(360.0) / 30.0) % 12.0;
            to_byte(lightness - a * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0))
        };
        Self(channel(0.0), channel(8.0), channel(4.0))
    }

    /// WCAG 2 relative luminance.
    pub(in crate::builtin) fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// WCAG 2 contrast ratio, 1 to 21.
    pub(in crate::builtin) fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        (a / b).max(b / a)
    }

    fn linear(self) -> [f64; 3] {
        [self.0, self.1, self.2].map(|byte| {
            let value = f64::from(byte) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        })
    }

    pub(super) fn to_oklch(self) -> Oklch {
        let [r, g, b] = self.linear();
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        let a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s;
        let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s;
        Oklch {
            l: 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            c: a.hypot(b),
            h: b.atan2(a),
        }
    }
}

impl Oklch {
    /// The nearest colour a screen can show: chroma gives way, lightness and hue stay.
    pub(super) fn to_rgb(self) -> Rgb {
        let mut colour = self;
        loop {
            let linear = colour.to_linear();
            let shown = linear.iter().all(|value| (-0.001..=1.001).contains(value));
            if shown || colour.c < 0.002 {
                let [r, g, b] = linear.map(encode);
                return Rgb(r, g, b);
            }
            colour.c *= 0.96;
        }
    }

    fn to_linear(self) -> [f64; 3] {
        let (a, b) = (self.c * self.h.cos(), self.c * self.h.sin());
        let l = (self.l + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (self.l - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (self.l - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
        ]
    }

    /// This colour, darker or lighter until it stands out from every one of `others` by `ratio`.
    pub(super) fn readable_on(self, others: &[Rgb], ratio: f64, darker: bool) -> Rgb {
        let mut colour = self;
        let step = if darker { -0.01 } else { 0.01 };
        loop {
            let rgb = colour.to_rgb();
            let enough = others.iter().all(|other| rgb.contrast(*other) >= ratio);
            if enough || !(0.0..=1.0).contains(&colour.l) {
                return rgb;
            }
            colour.l += step;
        }
    }
}

fn encode(linear: f64) -> u8 {
    let linear = linear.clamp(0.0, 1.0);
    to_byte(if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the value is clamped to a byte")]
fn to_byte(value: f64) -> u8 {
    (value * 255.0).round().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_colour_survives_oklch(r: u8, g: u8, b: u8) {
            let (there, back) = (Rgb(r, g, b), Rgb(r, g, b).to_oklch().to_rgb());
            let near = |a: u8, b: u8| a.abs_diff(b) <= 1;
            prop_assert!(near(there.0, back.0) && near(there.1, back.1) && near(there.2, back.2), "{there} {back}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((Rgb(0, 0, 0).contrast(Rgb(255, 255, 255)) - 21.0).abs() < 1e-9);
        assert_eq!(Rgb::from_hsl(120.0, 1.0, 0.25), Rgb(0, 128, 0));
    }
}
