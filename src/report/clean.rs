//! Text of strangers, made safe to show.
//!
//! On a terminal escape sequences could move the cursor, change the title or fake lines; anywhere
//! bidirectional controls could show a name backwards. They are replaced by something that can be
//! seen, so that nobody is misled and nothing disappears silently.

use crate::fixity::steers_layout;

/// Makes a name or path safe on one line: every unusual character stays visible.
pub(super) fn name(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for char in text.chars() {
        push_visible(char, &mut clean);
    }
    clean
}

/// Makes prose safe on one line: white space becomes single blanks, characters without any shape
/// of their own (soft hyphens, zero-width blanks) are left out, the rest is as in [`name`].
pub(super) fn prose(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !clean.is_empty() {
            clean.push(' ');
        }
        for char in word.chars().filter(|&char| !is_shapeless(char)) {
            push_visible(char, &mut clean);
        }
    }
    clean
}

fn push_visible(char: char, clean: &mut String) {
    match char {
        '\0'..='\u{1f}' => clean.push(control_picture(char as u32)),
        '\u{7f}' => clean.push('␡'),
        _ if char.is_control() || steers_layout(char) || is_shapeless(char) => {
            clean.push_str(&format!("<U+{:04X}>", char as u32));
        }
        _ => clean.push(char),
    }
}

/// The picture that Unicode has for a C0 control.
fn control_picture(code: u32) -> char {
    char::from_u32(0x2400 + code).expect("control pictures stand at U+2400 to U+241F")
}

/// Characters that are only hints; joiners are not among them, because scripts need them.
fn is_shapeless(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_become_pictures() {
        assert_eq!(name("a\nb\u{1b}[2J\u{7f}"), "a␊b␛[2J␡");
        assert_eq!(name("\u{9b}31m"), "<U+009B>31m");
        assert_eq!(prose("a \n\t b\u{1b}]0;x\u{7}"), "a b␛]0;x␇");
    }

    #[test]
    fn direction_overrides_are_spelled_out() {
        assert_eq!(name("exe\u{202e}txt"), "exe<U+202E>txt");
        assert_eq!(prose("exe\u{2066}txt"), "exe<U+2066>txt");
    }

    #[test]
    fn prose_drops_hints_and_names_show_them() {
        assert_eq!(prose("ship\u{ad}yard"), "shipyard");
        assert_eq!(name("ship\u{ad}yard"), "ship<U+00AD>yard");
    }

    #[test]
    fn joiners_of_living_scripts_stay() {
        let sinhala = "ශ්\u{200d}රී ලංකා";
        assert_eq!(prose(sinhala), sinhala);
    }
}
