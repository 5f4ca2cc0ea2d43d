//! The root that the tests mount, and hands to touch it with.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use msnp6::messenger::{Event, Intent};
use msnp6_client::driver;
use msnp6_client::requests::plan;
use msnp6_client::store::{Action, AppState, Moment};
use msnp6_client::view::{Credentials, Request, screen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, Element, EventInit, HtmlElement, HtmlInputElement, HtmlTextAreaElement,
    KeyboardEvent, KeyboardEventInit,
};
use yew::prelude::*;

use crate::common::{contact_list, participant};

const STYLES: [&str; 8] = [
    include_str!("../../styles/tokens.css"),
    include_str!("../../styles/base.css"),
    include_str!("../../styles/frame.css"),
    include_str!("../../styles/sign_in.css"),
    include_str!("../../styles/contacts.css"),
    include_str!("../../styles/conversation.css"),
    include_str!("../../styles/dialog.css"),
    include_str!("../../styles/wire.css"),
];

/// What the views asked for.
#[derive(Clone, Default, Properties)]
pub(crate) struct Log {
    pub intents: Rc<RefCell<Vec<Intent>>>,
    pub sign_ins: Rc<RefCell<Vec<Credentials>>>,
    pub replays: Rc<RefCell<Vec<String>>>,
}

impl PartialEq for Log {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.intents, &other.intents)
    }
}

impl Log {
    /// The texts that were sent.
    pub(crate) fn sent(&self) -> Vec<String> {
        let intents = self.intents.borrow();
        let texts = intents.iter().filter_map(|intent| match intent {
            Intent::SendText { text, .. } => Some(text.clone()),
            _ => None,
        });
        texts.collect()
    }
}

pub(crate) struct Root {
    state: AppState,
    on: Callback<Request>,
}

pub(crate) enum Message {
    Act(Action),
    Request(Request),
}

impl Component for Root {
    type Message = Message;
    type Properties = Log;

    fn create(ctx: &Context<Self>) -> Self {
        Self {
            state: AppState::default(),
            on: ctx.link().callback(Message::Request),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        let log = ctx.props();
        match message {
            Message::Act(action) => self.state.apply(Moment::default(), action),
            Message::Request(Request::SignIn(credentials)) => {
                log.sign_ins.borrow_mut().push(credentials);
            }
            Message::Request(Request::Replay(text)) => log.replays.borrow_mut().push(text),
            Message::Request(Request::ReplayFile(file)) => {
                let on = self.on.clone();
                driver::read_file(&file, move |text| {
                    on.emit(Request::Replay(text.unwrap_or_default()));
                });
            }
            Message::Request(request) => {
                let plan = plan(&self.state, request);
                for action in plan.actions {
                    self.state.apply(Moment::default(), action);
                }
                log.intents.borrow_mut().extend(plan.intents);
            }
        }
        true
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        screen(&self.state, &self.on)
    }
}

/// A mounted page; it goes when it is dropped.
pub(crate) struct Page {
    app: Option<AppHandle<Root>>,
    root: HtmlElement,
    pub log: Log,
}

impl Page {
    /// The sign-in page.
    pub(crate) async fn open() -> Self {
        let document = document();
        let root: HtmlElement = document.create_element("div").unwrap().unchecked_into();
        let style = document.create_element("style").unwrap();
        style.set_text_content(Some(&STYLES.concat()));
        let body = document.body().unwrap();
        body.append_child(&root).unwrap();
        root.append_child(&style).unwrap();
        let mount = document.create_element("div").unwrap();
        root.append_child(&mount).unwrap();
        let log = Log::default();
        let app = yew::Renderer::<Root>::with_root_and_props(mount, log.clone()).render();
        let app = Some(app);
        settle().await;
        Self { app, root, log }
    }

    /// Signed in as alice, with bob, carol and dave on her list.
    pub(crate) async fn signed_in() -> Self {
        let page = Self::open().await;
        let mut script = crate::common::Page::default();
        script.ask_sign_in("alice");
        page.act(Action::SignInAsked {
            handle: participant("alice").handle,
            form: script.state.last_form.unwrap(),
            server_label: None,
        })
        .await;
        page.event(Event::SignedIn {
            handle: participant("alice").handle,
            name: participant("alice").name,
            is_verified: true,
        })
        .await;
        page.event(contact_list(&["bob", "carol", "dave"])).await;
        page
    }

    pub(crate) async fn act(&self, action: Action) {
        let app = self.app.as_ref().unwrap();
        app.send_message(Message::Act(action));
        settle().await;
    }

    pub(crate) async fn event(&self, event: Event) {
        self.act(Action::Event(event)).await;
    }

    pub(crate) fn find(&self, selector: &str) -> Option<Element> {
        self.root.query_selector(selector).unwrap()
    }

    pub(crate) fn get(&self, selector: &str) -> HtmlElement {
        let found = self.find(selector);
        let found = found.unwrap_or_else(|| panic!("{selector} is not there"));
        found.unchecked_into()
    }

    /// The button with that accessible name.
    pub(crate) fn button(&self, name: &str) -> HtmlElement {
        let buttons = self.root.query_selector_all("button").unwrap();
        let named = (0..buttons.length()).find_map(|index| {
            let button: HtmlElement = buttons.item(index)?.unchecked_into();
            let label = button.get_attribute("aria-label");
            let label = label.unwrap_or_else(|| button.text_content().unwrap_or_default());
            (label.trim() == name).then_some(button)
        });
        named.unwrap_or_else(|| panic!("no button {name:?}"))
    }

    pub(crate) async fn press(&self, name: &str) {
        let button = self.button(name);
        // A real click focuses the button first; a made one does not.
        button.focus().unwrap();
        button.click();
        settle().await;
    }

    pub(crate) fn area(&self) -> HtmlTextAreaElement {
        self.get("textarea").unchecked_into()
    }

    pub(crate) fn input(&self, id: &str) -> HtmlInputElement {
        self.get(&format!("#{id}")).unchecked_into()
    }

    /// Types into the composer: the value changes, then an event says so.
    pub(crate) async fn type_text(&self, text: &str) {
        let area = self.area();
        area.set_value(text);
        fire_input(&area);
        settle().await;
    }

    pub(crate) async fn fill(&self, id: &str, text: &str) {
        let input = self.input(id);
        input.set_value(text);
        fire_input(&input);
        settle().await;
    }

    /// Presses a key where it is; says whether the page took it for itself.
    pub(crate) async fn key(&self, on: &Element, init: &KeyboardEventInit) -> bool {
        let is_taken = press(on, init);
        settle().await;
        is_taken
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.remove();
    }
}

/// Presses a key, and lets nothing be rendered behind it; says whether the page took it for itself.
pub(crate) fn press(on: &Element, init: &KeyboardEventInit) -> bool {
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", init).unwrap();
    !on.dispatch_event(&event).unwrap()
}

pub(crate) fn key(name: &str) -> KeyboardEventInit {
    let init = KeyboardEventInit::new();
    init.set_key(name);
    init
}

pub(crate) fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

pub(crate) fn focused() -> Element {
    document().active_element().unwrap()
}

/// Whether the focus is on that element.
#[track_caller]
pub(crate) fn check_focus(expected: &Element) {
    let found = focused();
    assert!(
        found == *expected,
        "expected {}\nfound {}",
        shown(expected),
        shown(&found)
    );
}

fn shown(element: &Element) -> String {
    element.outer_html().chars().take(200).collect()
}

pub(crate) fn fire_input(element: &Element) {
    let init = EventInit::new();
    init.set_bubbles(true);
    let event = web_sys::Event::new_with_event_init_dict("input", &init).unwrap();
    element.dispatch_event(&event).unwrap();
}

/// Lets the page render what is due, and the browser lay it out.
pub(crate) async fn settle() {
    for _ in 0..2 {
        let promise = Promise::new(&mut |resolve, _| {
            let window = web_sys::window().unwrap();
            window
                .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 0)
                .unwrap();
        });
        JsFuture::from(promise).await.unwrap();
    }
}

/// Waits until something holds, for ten seconds at most: machines can be busy.
pub(crate) async fn until(what: &str, holds: impl Fn() -> bool) {
    let begin = js_sys::Date::now();
    while !holds() {
        assert!(js_sys::Date::now() - begin < 10_000.0, "never: {what}");
        settle().await;
    }
}

/// A JavaScript value from its JSON.
pub(crate) fn json(text: &str) -> JsValue {
    js_sys::JSON::parse(text).unwrap()
}
