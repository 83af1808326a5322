//! Bytes of a text file in whatever encoding they are.

use std::borrow::Cow;

/// The text of a file: UTF-8 or UTF-16, else what Windows wrote in Western Europe. A byte
/// order mark is left out.
pub(super) fn text(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes).into(),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes).into(),
        [b'<', 0, ..] => utf16(bytes, u16::from_le_bytes).into(),
        [0, b'<', ..] => utf16(bytes, u16::from_be_bytes).into(),
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            match std::str::from_utf8(bytes) {
                Ok(text) => text.into(),
                Err(_) => bytes.iter().map(|&byte| windows_1252(byte)).collect::<String>().into(),
            }
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).filter_map(|pair| Some(unit(pair.try_into().ok()?)));
    char::decode_utf16(units).map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn windows_1252(byte: u8) -> char {
    const HIGH: &str = "€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ";
    match byte {
        0x80..=0x9f => HIGH.chars().nth(usize::from(byte - 0x80)).unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_encoding_is_read() {
        let expected = "Behälter – 5 €";
        let utf16: Vec<u16> = expected.encode_utf16().collect();
        let little: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf16.iter().flat_map(|it| it.to_le_bytes())).collect();
        let big: Vec<u8> = [0xfe, 0xff].into_iter().chain(utf16.iter().flat_map(|it| it.to_be_bytes())).collect();
        let windows = b"Beh\xe4lter \x96 5 \x80".to_vec();
        let marked = [b"\xef\xbb\xbf".as_slice(), expected.as_bytes()].concat();
        for bytes in [expected.as_bytes().to_vec(), little, big, windows, marked] {
            assert_eq!(text(&bytes), expected);
        }
    }

    #[test]
    fn half_a_character_harms_nothing() {
        assert_eq!(text(&[0xff, 0xfe, b'a', 0, 0x3d]), "a");
        assert_eq!(text(&[]), "");
    }
}
