//! What `NOT` and `IPG` carry: a notification in XML (reference §10). Servers sent XML that no parser
//! takes, so nothing is parsed here: the few values that people see are picked out, as plain text.

use crate::model::search;

/// An alert, or a page from a telephone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alert {
    /// Who sent it; may be empty.
    pub from: String,
    /// The text.
    pub text: String,
    /// The site that it came from, `http` or `https` only. To be opened only when the user asks.
    pub site: Option<String>,
}

impl Alert {
    /// Reads it, or answers `None` when it holds no text.
    pub fn parse(xml: &[u8]) -> Option<Self> {
        let xml = String::from_utf8_lossy(xml);
        let text = element(&xml, "TEXT")
            .or_else(|| element(&xml, "TEXTX"))
            .map(unescape)?;
        let attribute = |tag, name| attribute(&xml, tag, name).map(unescape).unwrap_or_default();
        let site = attribute("NOTIFICATION", "siteurl");
        let is_web = site.starts_with("http://") || site.starts_with("https://");
        Some(Self {
            from: attribute("FROM", "name"),
            text,
            site: is_web.then_some(site),
        })
    }
}

/// The body of a page to a telephone (`PAG`). Text is cut to what a telephone shows.
pub fn page(text: &str) -> Vec<u8> {
    const MAX_CHARACTERS: usize = 113;
    let escape = |c: char| match c {
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '&' => "&amp;".to_owned(),
        ' '..='~' => c.to_string(),
        other => format!("&#{};", u32::from(other)),
    };
    let text: String = text.chars().take(MAX_CHARACTERS).map(escape).collect();
    format!("<TEXT xml:space=\"preserve\">{text}</TEXT>").into_bytes()
}

/// What stands between the first `<tag …>` and its end.
fn element<'a>(xml: &'a str, tag: &str) -> Option<&'a str> {
    let open = search::find(xml, &format!("<{tag}>"))
        .or_else(|| search::find(xml, &format!("<{tag} ")))?;
    let rest = xml.get(open..)?;
    let content = rest.get(rest.find('>')? + 1..)?;
    content.get(..search::find(content, &format!("</{tag}>"))?)
}

/// An attribute of the first `<tag …>`.
fn attribute<'a>(xml: &'a str, tag: &str, name: &str) -> Option<&'a str> {
    let rest = xml.get(search::find(xml, &format!("<{tag} "))?..)?;
    let tag = rest.get(..rest.find('>')?)?;
    let value = tag.get(search::find(tag, &format!(" {name}=\""))? + name.len() + 3..)?;
    value.get(..value.find('"')?)
}

/// Replaces the escapes that XML has; a bare `&` stays.
fn unescape(text: &str) -> String {
    const NAMED: [(&str, char); 5] = [
        ("lt;", '<'),
        ("gt;", '>'),
        ("amp;", '&'),
        ("quot;", '"'),
        ("apos;", '\''),
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let tail = tail.get(1..).unwrap_or_default();
        let named = NAMED
            .iter()
            .find_map(|(name, c)| Some((tail.strip_prefix(name)?, *c)));
        let (after, c) = named.or_else(|| numeric(tail)).unwrap_or((tail, '&'));
        out.push(c);
        rest = after;
    }
    out.push_str(rest);
    out.retain(|c| !c.is_control() || c == '\n');
    out
}

fn numeric(tail: &str) -> Option<(&str, char)> {
    let (digits, after) = tail.strip_prefix('#')?.split_once(';')?;
    let number = match digits.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    Some((after, char::from_u32(number)?))
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_page_from_a_telephone_tells_who_and_what() {
        let xml = b"<NOTIFICATION id=\"0\" siteid=\"111100400\" siteurl=\"http://mobile.example.net/\">\n\
            <TO name=\"alice@example.com\"/><FROM pid=\"0x1:0x2\" name=\"bob@example.com\"/>\n\
            <MSG pri=\"1\" id=\"0\"><BODY lang=\"1033\"><TEXT>Tom & Jerry &lt;3 &#9749;</TEXT></BODY></MSG></NOTIFICATION>";
        let alert = Alert::parse(xml).expect("an alert");
        assert_eq!(
            (alert.from.as_str(), alert.text.as_str()),
            ("bob@example.com", "Tom & Jerry <3 ☕")
        );
        assert_eq!(alert.site.as_deref(), Some("http://mobile.example.net/"));
    }

    #[test]
    fn an_alert_without_text_is_none_and_a_site_that_is_no_web_site_is_dropped() {
        for xml in [
            "",
            "<TEXT>",
            "</TEXT><TEXT>",
            "<TEXT",
            "<NOTIFICATION><FROM name=\"x\"/></NOTIFICATION>",
        ] {
            assert_eq!(Alert::parse(xml.as_bytes()), None, "{xml}");
        }
        let alert = Alert::parse(b"<NOTIFICATION siteurl=\"javascript:x\"><TEXT>hi</TEXT>")
            .expect("an alert");
        assert_eq!(alert.site, None);
    }

    #[test]
    fn line_breaks_stay_and_other_control_characters_go() {
        let alert = Alert::parse(b"<TEXT>one\ntwo\x07&#13;&#x41;</TEXT>").expect("an alert");
        assert_eq!(alert.text, "one\ntwoA");
    }

    #[test]
    fn a_page_is_escaped_and_short() {
        assert_eq!(page("Call me").len(), 41);
        assert_eq!(
            page("a<b&ü\n"),
            b"<TEXT xml:space=\"preserve\">a&lt;b&amp;&#252;&#10;</TEXT>"
        );
        assert_eq!(page(&"x".repeat(500)).len(), 113 + 34);
    }
}
