//! `X-MMS-IM-Format`: font, effects and colour of a text (reference §8.2). There is no size in it.
//!
//! ```text
//! FN=MS%20Sans%20Serif; EF=BI; CO=8000ff; CS=0; PF=22; RL=1
//! ```

use core::fmt::Write as _;

use crate::model::percent;

/// How a text looks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TextFormat {
    /// The font's name; `None` leaves it to the reader.
    pub font: Option<String>,
    /// Bold and the like.
    pub effects: Effects,
    /// The colour; black is what nobody chose.
    pub colour: Colour,
    /// The Windows charset number, hexadecimal on the wire. Not looked at: texts are UTF-8.
    pub charset: u8,
    /// Family in the high digit, pitch in the low one, hexadecimal on the wire; 0x22 is Swiss, variable.
    pub pitch_and_family: u8,
    /// Whether the text runs from right to left.
    pub is_right_to_left: bool,
}

/// Bold and the like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "they are four independent switches"
)]
pub struct Effects {
    /// `B`
    pub is_bold: bool,
    /// `I`
    pub is_italic: bool,
    /// `U`
    pub is_underlined: bool,
    /// `S`
    pub is_struck: bool,
}

/// A colour. On the wire it is hexadecimal, blue first, without leading zeros: `ff` is red.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Colour {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
}

impl Colour {
    /// Black, which is also what a malformed colour reads as.
    pub const BLACK: Self = Self {
        red: 0,
        green: 0,
        blue: 0,
    };

    fn parse(digits: &str) -> Option<Self> {
        let is_hex =
            (1..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
        let [_, blue, green, red] = number.to_be_bytes();
        Some(Self { red, green, blue })
    }

    fn code(self) -> String {
        format!(
            "{:x}",
            u32::from_be_bytes([0, self.blue, self.green, self.red])
        )
    }
}

impl Effects {
    fn parse(letters: &str) -> Self {
        let has = |letter: char| {
            letters
                .chars()
                .any(|other| other.eq_ignore_ascii_case(&letter))
        };
        Self {
            is_bold: has('B'),
            is_italic: has('I'),
            is_underlined: has('U'),
            is_struck: has('S'),
        }
    }

    /// The letters of those that are set, in the order `BIUS`.
    pub fn code(self) -> String {
        let letters = [
            (self.is_bold, 'B'),
            (self.is_italic, 'I'),
            (self.is_underlined, 'U'),
            (self.is_struck, 'S'),
        ];
        letters
            .iter()
            .filter(|(is_set, _)| *is_set)
            .map(|(_, letter)| letter)
            .collect()
    }
}

impl TextFormat {
    /// The longest font name that is kept, in bytes.
    pub const MAX_FONT: usize = 64;

    /// Reads a header's value: fields in any order and case, missing ones as they would be by default.
    pub fn parse(value: &str) -> Self {
        let mut format = Self::default();
        for field in value.split(';') {
            let Some((name, value)) = field.split_once('=') else {
                continue;
            };
            let value = value.trim();
            match name.trim().to_ascii_uppercase().as_str() {
                "FN" => format.font = font(value),
                "EF" => format.effects = Effects::parse(value),
                "CO" => format.colour = Colour::parse(value).unwrap_or(Colour::BLACK),
                "CS" => format.charset = u8::from_str_radix(value, 16).unwrap_or_default(),
                "PF" => format.pitch_and_family = u8::from_str_radix(value, 16).unwrap_or_default(),
                "RL" => format.is_right_to_left = value == "1",
                _ => {}
            }
        }
        format
    }

    /// The header's value, in the order of the official client: a server of 2003 hung up when `FN` was
    /// there but not first.
    pub fn encode(&self) -> String {
        let mut value = String::new();
        if let Some(font) = &self.font {
            let _ = write!(value, "FN={}; ", percent::encode(font));
        }
        let (effects, colour) = (self.effects.code(), self.colour.code());
        let (charset, family) = (self.charset, self.pitch_and_family);
        let _ = write!(
            value,
            "EF={effects}; CO={colour}; CS={charset:x}; PF={family:x}"
        );
        if self.is_right_to_left {
            value.push_str("; RL=1");
        }
        value
    }
}

fn font(value: &str) -> Option<String> {
    let decoded = percent::decode(value.as_bytes());
    let name: String = String::from_utf8_lossy(&decoded)
        .chars()
        .filter(|c| !c.is_control())
        .collect();
    let name = name.trim();
    (1..=TextFormat::MAX_FONT)
        .contains(&name.len())
        .then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    const fn rgb(red: u8, green: u8, blue: u8) -> Colour {
        Colour { red, green, blue }
    }

    #[test]
    fn colours_are_blue_first_without_leading_zeros() {
        for (digits, colour) in [
            ("0", rgb(0, 0, 0)),
            ("ff", rgb(255, 0, 0)),
            ("ff00", rgb(0, 255, 0)),
            ("ff0000", rgb(0, 0, 255)),
            ("8000", rgb(0, 128, 0)),
            ("1234", rgb(0x34, 0x12, 0)),
            ("ffffff", rgb(255, 255, 255)),
        ] {
            assert_eq!(Colour::parse(digits), Some(colour), "{digits}");
            assert_eq!(colour.code(), digits);
        }
        for digits in ["", "red", "+ff", "123456789", "-1"] {
            assert_eq!(Colour::parse(digits), None, "{digits}");
        }
    }

    #[test]
    fn a_format_reads_back_whatever_is_set() {
        for bits in 0u8..64 {
            let is = |bit: u8| bits & (1 << bit) != 0;
            let format = TextFormat {
                font: is(0).then(|| "MS Sans Serif; 日本".to_owned()),
                effects: Effects {
                    is_bold: is(1),
                    is_italic: is(2),
                    is_underlined: is(3),
                    is_struck: is(4),
                },
                colour: rgb(bits, 255 - bits, bits.wrapping_mul(3)),
                charset: bits,
                pitch_and_family: 0x22,
                is_right_to_left: is(5),
            };
            assert_eq!(TextFormat::parse(&format.encode()), format);
        }
    }

    #[test]
    fn a_format_is_written_as_the_official_client_wrote_it() {
        let format = TextFormat {
            font: Some("MS Sans Serif".to_owned()),
            effects: Effects {
                is_bold: true,
                ..Effects::default()
            },
            colour: rgb(255, 0, 0),
            ..TextFormat::default()
        };
        assert_eq!(
            format.encode(),
            "FN=MS%20Sans%20Serif; EF=B; CO=ff; CS=0; PF=0"
        );
    }

    #[test]
    fn order_case_and_missing_fields_do_not_matter_and_nonsense_is_black() {
        let format = TextFormat::parse("co=zz;ef=us;RL=1; X=1;;pf=22 ; fn=%0D%0A Arial ");
        assert_eq!(format.font.as_deref(), Some("Arial"));
        assert_eq!(format.colour, Colour::BLACK);
        assert!(
            format.effects.is_underlined && format.effects.is_struck && !format.effects.is_bold
        );
        assert_eq!(format.pitch_and_family, 0x22);
        assert!(format.is_right_to_left);
        assert_eq!(TextFormat::parse(""), TextFormat::default());
    }
}
