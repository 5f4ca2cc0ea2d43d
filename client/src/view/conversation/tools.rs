//! What stands above the text field: emoticons to pick, and how my texts look.

use msnp6::messenger::{Colour, TextFormat};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::composer::ComposerProps;
use super::words::drawing;
use crate::store::Setting;
use crate::text::EMOTICONS;
use crate::view::{IconShape, Menu, MenuItem, Request, has_precise_pointer, icon};

/// Fonts that most computers have, under one name or another.
const FONTS: [&str; 8] = [
    "Arial",
    "Comic Sans MS",
    "Courier New",
    "Georgia",
    "Tahoma",
    "Times New Roman",
    "Trebuchet MS",
    "Verdana",
];

/// The colours of the dialog of old, as they are written for drawings.
const COLOURS: [(&str, &str, Colour); 12] = [
    colour("Black", "#000000", 0, 0, 0),
    colour("Grey", "#808080", 128, 128, 128),
    colour("Maroon", "#800000", 128, 0, 0),
    colour("Red", "#ff0000", 255, 0, 0),
    colour("Orange", "#ff8000", 255, 128, 0),
    colour("Olive", "#808000", 128, 128, 0),
    colour("Green", "#008000", 0, 128, 0),
    colour("Teal", "#008080", 0, 128, 128),
    colour("Blue", "#0000ff", 0, 0, 255),
    colour("Navy", "#000080", 0, 0, 128),
    colour("Purple", "#800080", 128, 0, 128),
    colour("Pink", "#ff00ff", 255, 0, 255),
];

/// The family and pitch of fonts that the program of old told for these: Swiss, variable.
const SWISS: u8 = 0x22;

const fn colour(
    name: &'static str,
    code: &'static str,
    red: u8,
    green: u8,
    blue: u8,
) -> (&'static str, &'static str, Colour) {
    (name, code, Colour { red, green, blue })
}

/// The tools; `is_open` says whether the choices of looks are shown.
pub(super) fn tools(props: &ComposerProps, is_open: &UseStateHandle<bool>) -> Html {
    let is_shown = **is_open;
    let is_open = is_open.clone();
    let on_toggle = Callback::from(move |_: MouseEvent| is_open.set(!is_shown));
    html! {
        <div class="tools">
            if props.has_emoticons {
                { emoticons(props) }
            }
            <button type="button" class="button button--chip" aria-expanded={is_shown.to_string()} onclick={on_toggle}>
                { icon(IconShape::Letter) }{ "Font and colour" }
            </button>
            if is_shown {
                { looks(props) }
            }
        </div>
    }
}

fn emoticons(props: &ComposerProps) -> Html {
    let items = EMOTICONS.iter().map(|emoticon| MenuItem {
        value: emoticon.code().into(),
        word: [emoticon.name, " ", emoticon.code()].concat().into(),
        picture: drawing(emoticon),
        is_checked: false,
    });
    let (key, area, on) = (props.key_, props.area.clone(), props.on.clone());
    let on_choose = Callback::from(move |code: AttrValue| {
        if let Some(text) = insert(&area, &code) {
            on.emit(Request::EditDraft { key, text });
        }
    });
    html! {
        <Menu label="Emoticons" items={items.collect::<Vec<_>>()} is_grid=true {on_choose}>
            { EMOTICONS.first().map(drawing) }
            <span class="tools__word">{ "Emoticons" }</span>
        </Menu>
    }
}

/// Puts a code where the cursor is; gives the whole text.
fn insert(area: &NodeRef, code: &str) -> Option<String> {
    let area = area.cast::<HtmlTextAreaElement>()?;
    let start = area.selection_start().ok()??;
    let end = area.selection_end().ok()??;
    area.set_range_text_with_start_and_end_and_mode(code, start, end, "end")
        .ok()?;
    // On a touch screen the keyboard would cover half of the page.
    if has_precise_pointer() {
        let _ = area.focus();
    }
    Some(area.value())
}

/// Font, effects and colour.
fn looks(props: &ComposerProps) -> Html {
    html! {
        <div class="tools__looks" role="group" aria-label="Font and colour">
            { fonts(props) }
            { effect(props, "Bold", "B", |format| &mut format.effects.is_bold) }
            { effect(props, "Italic", "I", |format| &mut format.effects.is_italic) }
            { effect(props, "Underlined", "U", |format| &mut format.effects.is_underlined) }
            { effect(props, "Struck", "S", |format| &mut format.effects.is_struck) }
            { colours(props) }
        </div>
    }
}

/// The format with a change, to be kept.
fn changed(props: &ComposerProps, change: impl FnOnce(&mut TextFormat)) -> Request {
    let mut format = props.format.clone();
    change(&mut format);
    format.pitch_and_family = if format.font.is_some() { SWISS } else { 0 };
    let is_usual = format == TextFormat::default();
    let format = if is_usual {
        String::new()
    } else {
        format.encode()
    };
    Request::Set(Setting::TextFormat(format))
}

fn fonts(props: &ComposerProps) -> Html {
    let chosen = props.format.font.as_deref().unwrap_or_default();
    let item = |value: &'static str, word: &'static str| MenuItem {
        value: value.into(),
        word: word.into(),
        picture: Html::default(),
        is_checked: value == chosen,
    };
    let usual = item("", "The reader's own font");
    let items = FONTS.iter().map(|font| item(font, font));
    let items: Vec<_> = core::iter::once(usual).chain(items).collect();
    let again = props.clone();
    let on_choose = Callback::from(move |font: AttrValue| {
        let font = Some(font.to_string()).filter(|font| !font.is_empty());
        again.on.emit(changed(&again, |format| format.font = font));
    });
    let label = ["Font: ", if chosen.is_empty() { "usual" } else { chosen }].concat();
    html! {
        <Menu {label} {items} {on_choose}>
            <span class="tools__font">{ if chosen.is_empty() { "Font" } else { chosen } }</span>
            { icon(IconShape::Down) }
        </Menu>
    }
}

fn effect(
    props: &ComposerProps,
    name: &'static str,
    letter: &'static str,
    field: fn(&mut TextFormat) -> &mut bool,
) -> Html {
    let is_on = *field(&mut props.format.clone());
    let again = props.clone();
    let on_click = Callback::from(move |_: MouseEvent| {
        again
            .on
            .emit(changed(&again, |format| *field(format) = !is_on));
    });
    html! {
        <button type="button" class="button button--icon tools__effect" aria-label={name}
            title={name} aria-pressed={is_on.to_string()} onclick={on_click}>
            <span aria-hidden="true" data-effects={letter}>{ letter }</span>
        </button>
    }
}

fn colours(props: &ComposerProps) -> Html {
    let items = COLOURS.iter().map(|(name, code, colour)| MenuItem {
        value: (*name).into(),
        word: (*name).into(),
        picture: swatch(code),
        is_checked: *colour == props.format.colour,
    });
    let again = props.clone();
    let on_choose = Callback::from(move |name: AttrValue| {
        if let Some((_, _, colour)) = COLOURS.iter().find(|(known, ..)| *known == &*name) {
            again
                .on
                .emit(changed(&again, |format| format.colour = *colour));
        }
    });
    let chosen = COLOURS
        .iter()
        .find(|(.., colour)| *colour == props.format.colour);
    let (name, code) = chosen.map_or(("another", "none"), |(name, code, _)| (*name, *code));
    html! {
        <Menu label={["Colour: ", name].concat()} items={items.collect::<Vec<_>>()} is_grid=true {on_choose}>
            { swatch(code) }{ icon(IconShape::Down) }
        </Menu>
    }
}

fn swatch(code: &'static str) -> Html {
    html! {
        <svg class="swatch" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <circle cx="8" cy="8" r="7" fill={code} />
        </svg>
    }
}
