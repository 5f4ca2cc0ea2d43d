//! Carries looks into the style of elements. The policy of the page allows no `style` in its markup, and
//! a style that is set property by property can say nothing but that property.

use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, Element, HtmlElement};
use yew::NodeRef;

/// Gives `root`, and the elements in it that have none yet, the colours and fonts that their `data-look`
/// names, as [`look`](crate::text::look) writes it. What somebody said never changes its look.
pub fn paint(root: &NodeRef) {
    let Some(root) = root.cast::<Element>() else {
        return;
    };
    paint_one(&root);
    let Ok(inner) = root.query_selector_all("[data-look]:not([style])") else {
        return;
    };
    for index in 0..inner.length() {
        if let Some(element) = inner.item(index).and_then(|node| node.dyn_into().ok()) {
            paint_one(&element);
        }
    }
}

fn paint_one(element: &Element) {
    let Some(look) = element.get_attribute("data-look") else {
        return;
    };
    let Some(element) = element.dyn_ref::<HtmlElement>() else {
        return;
    };
    let style = element.style();
    let mut parts = look.splitn(3, ' ');
    for name in ["--ink-light", "--ink-dark"] {
        set(&style, name, parts.next().unwrap_or_default());
    }
    match parts.next().unwrap_or_default() {
        "" => set(&style, "font-family", ""),
        font => {
            let family = ["\"", font, "\", var(--font)"].concat();
            set(&style, "font-family", &family);
        }
    }
}

/// An empty value takes the property away.
fn set(style: &CssStyleDeclaration, name: &str, value: &str) {
    // A browser that does not take the value shows the page's own.
    let _ = style.set_property(name, value);
}
