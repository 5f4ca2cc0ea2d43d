//! How a text looks, as far as a page may follow it: a font's name that cannot be anything else, and
//! colours that can be read.

use msnp6::messenger::{Colour, TextFormat};

/// The least contrast between a text and what is behind it, in hundredths: the 4.5 of the accessibility
/// guidelines and a little more, since the luminance below is an approximation.
const CONTRAST: u32 = 460;

/// The luminance of the panes in light and dark, in 65536ths: white, and `#182136` of the tokens.
const LIGHT_PANE: u32 = 65_536;
const DARK_PANE: u32 = 1_000;

/// The colour for a light page, the one for a dark page and the font of a text, parted by spaces; empty
/// where the page's own is meant. `None` when all of it is the page's own.
pub fn look(format: &TextFormat) -> Option<String> {
    let is_coloured = format.colour != Colour::BLACK;
    if !is_coloured && format.font.is_none() {
        return None;
    }
    let mut look = String::new();
    for pane in [LIGHT_PANE, DARK_PANE] {
        if is_coloured {
            look.push_str(&code(readable(format.colour, pane)));
        }
        look.push(' ');
    }
    // What could end a quoted name, or begin something else, is in no font's name.
    let font = format.font.as_deref().unwrap_or_default();
    look.extend(
        font.chars()
            .filter(|c| !matches!(c, '"' | '\\' | '\0'..='\u{1f}')),
    );
    Some(look)
}

/// Such as `#8000ff`.
fn code(colour: Colour) -> String {
    let number = u32::from_be_bytes([0, colour.red, colour.green, colour.blue]);
    format!("#{number:06x}")
}

/// The colour nearest to a chosen one, towards black or white, that can be read on a pane.
fn readable(colour: Colour, pane: u32) -> Colour {
    let end = if pane > 32_768 { 0 } else { 255 };
    let mut share = 0;
    loop {
        let mixed = mix(colour, end, share);
        if share >= 64 || contrast(luminance(mixed), pane) >= CONTRAST {
            return mixed;
        }
        share += 1;
    }
}

/// So many 64ths of the way from a colour to black or white.
fn mix(colour: Colour, end: u32, share: u32) -> Colour {
    let mix = |part: u8| {
        let mixed = (u32::from(part) * (64 - share) + end * share) / 64;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    };
    Colour {
        red: mix(colour.red),
        green: mix(colour.green),
        blue: mix(colour.blue),
    }
}

/// Relative luminance in 65536ths.
fn luminance(colour: Colour) -> u32 {
    let light = |part: u8, weight: u32| linear(u32::from(part)) * weight;
    let sum = light(colour.red, 2126) + light(colour.green, 7152) + light(colour.blue, 722);
    sum / 10_000
}

/// The light of a part of a colour in 65536ths. A cubic follows the curve of sRGB closely enough, and
/// a power would bring a library of floating point along.
const fn linear(x: u32) -> u32 {
    ((20_009 * x / 255 + 44_707) * x / 255 + 821) * x / 255
}

/// In hundredths.
const fn contrast(one: u32, other: u32) -> u32 {
    let (dark, light) = if one < other {
        (one, other)
    } else {
        (other, one)
    };
    (light + 3_277) * 100 / (dark + 3_277)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the accessibility guidelines define it.
    fn true_contrast(a: Colour, b: Colour) -> f64 {
        let part = |part: u8| {
            let c = f64::from(part) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        let light = |c: Colour| {
            0.2126 * part(c.red) + 0.7152 * part(c.green) + 0.0722 * part(c.blue) + 0.05
        };
        let (a, b) = (light(a), light(b));
        a.max(b) / a.min(b)
    }

    const fn rgb(red: u8, green: u8, blue: u8) -> Colour {
        Colour { red, green, blue }
    }

    #[test]
    fn every_colour_can_be_read_on_both_panes() {
        let steps = || (0..=255u8).step_by(15);
        for red in steps() {
            for green in steps() {
                for blue in steps() {
                    let colour = rgb(red, green, blue);
                    for (pane, behind) in [
                        (LIGHT_PANE, rgb(255, 255, 255)),
                        (DARK_PANE, rgb(0x18, 0x21, 0x36)),
                    ] {
                        let shown = readable(colour, pane);
                        let contrast = true_contrast(shown, behind);
                        assert!(contrast >= 4.5, "{colour:?} as {shown:?}: {contrast}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_colour_that_can_be_read_stays_as_it_is() {
        assert_eq!(readable(rgb(128, 0, 128), LIGHT_PANE), rgb(128, 0, 128));
        assert_eq!(readable(rgb(255, 255, 0), DARK_PANE), rgb(255, 255, 0));
    }

    #[test]
    fn a_look_names_both_colours_and_the_font() {
        let format = TextFormat {
            font: Some("Comic Sans MS".to_owned()),
            colour: rgb(128, 0, 0),
            ..TextFormat::default()
        };
        let look = look(&format).expect("a look");
        assert!(look.starts_with("#800000 #"), "{look}");
        assert!(look.ends_with(" Comic Sans MS"), "{look}");
    }

    #[test]
    fn what_nobody_chose_is_the_pages_own() {
        assert_eq!(look(&TextFormat::default()), None);
    }

    #[test]
    fn a_fonts_name_cannot_end_its_quotes() {
        let format = TextFormat {
            font: Some("a\"; color: red; \\22 url(x)".to_owned()),
            ..TextFormat::default()
        };
        assert_eq!(look(&format).as_deref(), Some("  a; color: red; 22 url(x)"));
    }
}
