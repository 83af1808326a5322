//! HTML labels as plain text.

use super::xml::unescaped;

/// A label longer than this is cut.
const LONGEST: usize = 4000;
/// Elements that begin and end a line.
const BLOCKS: [&str; 13] = ["br", "div", "p", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "hr"];

/// The text that a reader of the label sees, lines parted by `\n`.
pub(super) fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    // inside <style> and <script> there is nothing to be seen
    let mut hidden: Option<String> = None;
    // where one tag has no end, none after it has
    let mut may_end = true;
    while let Some((before, after)) = rest.split_once('<') {
        let is_tag = after.starts_with(|it: char| it.is_ascii_alphabetic() || it == '/' || it == '!');
        let ended = (is_tag && may_end).then(|| after.split_once('>'));
        may_end &= ended != Some(None);
        let Some((tag, next)) = ended.flatten() else {
            text.push_str(before);
            text.push('<');
            rest = after;
            continue;
        };
        if hidden.is_none() {
            text.push_str(&collapsed(before));
        }
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_lowercase();
        let is_end = tag.starts_with('/');
        if hidden.as_ref() == Some(&name) && is_end {
            hidden = None;
        } else if ["style", "script"].contains(&name.as_str()) && !is_end && !tag.ends_with('/') {
            hidden = Some(name);
        } else if BLOCKS.contains(&name.as_str()) {
            text.push('\n');
        } else if name == "td" && is_end {
            text.push(' ');
        }
        rest = next;
    }
    if hidden.is_none() {
        text.push_str(&collapsed(rest));
    }
    tidy(&unescaped(&text))
}

/// In HTML a line break is a space.
fn collapsed(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

/// Each line without spaces around and doubled, no empty lines, of bearable length.
pub(super) fn tidy(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
    let text = lines.join("\n");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_end_no_tag_stay_as_they_are() {
        assert_eq!(plain("a < b <c"), "a < b <c");
        // long enough that looking for an end at each would never come to one
        let many = "<a".repeat(200_000);
        assert!(plain(&many).starts_with("<a<a"));
    }

    #[test]
    fn markup_goes_and_lines_stay() {
        assert_eq!(plain("<b>PLC</b>&nbsp;101<br>10.0.0.1<div>Line <i>two</i></div>"), "PLC 101\n10.0.0.1\nLine two");
        assert_eq!(plain("<font color=\"#000000\">HTTPS</font>"), "HTTPS");
        assert_eq!(plain("a &amp;lt; b"), "a &lt; b");
        assert_eq!(plain("<style>p { color: red }</style><p>Zone</p>"), "Zone");
    }

    #[test]
    fn what_only_looks_like_markup_is_text() {
        assert_eq!(plain("level < 3"), "level < 3");
        assert_eq!(plain("3 <4> 5"), "3 <4> 5");
        assert_eq!(plain("open <b"), "open <b");
    }
}
