//! The form. The password lives in its field alone, and leaves it when it is handed over.

use msnp6::model::{Presence, Secret, UserHandle};
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::demo::demo;
use crate::store::{CHOOSABLE, ConfigState, DemoAccount, Remembered, Server, choosable};
use crate::text;
use crate::view::{Credentials, Request};

/// What [`Form`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct FormProps {
    /// What the gateway says about itself.
    pub config: ConfigState,
    /// What to begin with.
    pub last: Option<Remembered>,
    /// Whether the browser remembers it.
    pub is_remembered: bool,
    /// Whether a sign-in is under way.
    pub is_busy: bool,
    /// The serial of an order to take the focus; 0 is none.
    pub focus: u32,
    /// Where requests go.
    pub on: Callback<Request>,
}

/// What is wrong with what was typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Faults {
    address: Option<&'static str>,
    password: Option<&'static str>,
}

/// The form.
#[component]
pub(super) fn Form(props: &FormProps) -> Html {
    let last = props.last.as_ref();
    let address = use_state(|| last.map(|last| last.address.clone()).unwrap_or_default());
    let server = use_state(|| last.and_then(|last| last.server.clone()));
    let presence = use_state(|| last.map_or(Presence::Online, |last| last.presence));
    let is_remembered = use_state(|| props.is_remembered);
    let faults = use_state(Faults::default);
    let fields = Fields {
        address: use_node_ref(),
        password: use_node_ref(),
    };
    use_return_of_focus(props.is_busy, &fields.password);
    use_effect_with(
        (fields.address.clone(), fields.password.clone(), props.focus),
        |(address, password, serial)| {
            if *serial > 0 {
                // A password always has to be filled in.
                let begin = address.cast::<HtmlInputElement>();
                let is_empty = begin.is_some_and(|field| field.value().is_empty());
                focus(if is_empty { address } else { password });
            }
        },
    );

    let config = props.config.ready().cloned();
    let servers: &[Server] = config.as_ref().map_or(&[], |config| &config.servers);
    let accounts: &[DemoAccount] = config.as_ref().map_or(&[], |config| &config.demo_accounts);
    let chosen = chosen_server(servers, server.as_deref()).cloned();
    let on_submit = {
        let (fields, faults, on) = (fields.clone(), faults.clone(), props.on.clone());
        let (presence, is_remembered) = (*presence, *is_remembered);
        let server = chosen.clone().filter(|_| servers.len() > 1);
        let server_label = chosen.as_ref().map(|server| server.label.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (found, read) = fields.read();
            faults.set(found);
            let Some((handle, password)) = read else {
                return fields.focus_fault(found);
            };
            fields.clear_password();
            on.emit(Request::SignIn(Credentials {
                handle,
                password,
                server: server.as_ref().map(|server| server.name.clone()),
                server_label: server_label.clone(),
                presence,
                is_remembered,
            }));
        })
    };
    let on_demo = {
        let (fields, address, faults) = (fields.clone(), address.clone(), faults.clone());
        Callback::from(move |account: DemoAccount| {
            address.set(account.handle.clone());
            faults.set(Faults::default());
            fields.fill_password(&account.password);
        })
    };
    html! {
        <form class="form" onsubmit={on_submit} novalidate=true method="post">
            <fieldset class="form__fields" disabled={props.is_busy}>
                { address_field(&fields.address, &address, faults.address) }
                { password_field(&fields.password, faults.password) }
                <div class="form__row">
                    if servers.len() > 1 {
                        { server_field(servers, chosen.as_ref(), &server) }
                    }
                    { status_field(&presence) }
                </div>
                { remember_field(&is_remembered) }
                if !props.is_busy {
                    <button type="submit" class="button button--main">{ "Sign in" }</button>
                    { demo(accounts, &on_demo) }
                }
            </fieldset>
        </form>
    }
}

/// The two fields that are read when the form is sent.
#[derive(Clone, PartialEq)]
struct Fields {
    address: NodeRef,
    password: NodeRef,
}

impl Fields {
    /// As they are, and not as they were rendered last: a busy page takes keys before it shows them.
    fn read(&self) -> (Faults, Option<(UserHandle, Secret<String>)>) {
        let read = |field: &NodeRef| field.cast::<HtmlInputElement>().map(|field| field.value());
        let handle = UserHandle::parse(&read(&self.address).unwrap_or_default());
        let password = read(&self.password).unwrap_or_default();
        let faults = Faults {
            address: handle.as_ref().err().map(|&error| text::bad_address(error)),
            password: password.is_empty().then_some("Enter your password."),
        };
        let read = handle.ok().filter(|_| faults.password.is_none());
        (faults, read.map(|handle| (handle, Secret::new(password))))
    }

    fn fill_password(&self, password: &Secret<String>) {
        if let Some(field) = self.password.cast::<HtmlInputElement>() {
            field.set_value(password.expose());
        }
    }

    fn clear_password(&self) {
        self.fill_password(&Secret::new(String::new()));
    }

    fn focus_fault(&self, faults: Faults) {
        let field = if faults.address.is_some() {
            &self.address
        } else {
            &self.password
        };
        focus(field);
    }
}

/// After a sign-in that did not work out, the focus goes to the field that has to be filled in again.
#[hook]
fn use_return_of_focus(is_busy: bool, password: &NodeRef) {
    let was_busy = use_mut_ref(|| false);
    use_effect_with((is_busy, password.clone()), move |(is_busy, password)| {
        if was_busy.replace(*is_busy) && !is_busy {
            focus(password);
        }
    });
}

fn focus(field: &NodeRef) {
    if let Some(field) = field.cast::<HtmlElement>() {
        // An element that cannot take the focus leaves it where it is.
        let _ = field.focus();
    }
}

/// The server that was chosen, now or last time, else the first one.
fn chosen_server<'a>(servers: &'a [Server], name: Option<&str>) -> Option<&'a Server> {
    let wanted = servers
        .iter()
        .find(|server| Some(server.name.as_str()) == name);
    wanted.or_else(|| servers.first())
}

fn address_field(
    field: &NodeRef,
    address: &UseStateHandle<String>,
    fault: Option<&'static str>,
) -> Html {
    let on_input = {
        let address = address.clone();
        Callback::from(move |event: InputEvent| {
            address.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    html! {
        <div class="field">
            <label class="field__label" for="address">{ "E-mail address" }</label>
            <input class="field__box" id="address" ref={field.clone()} type="email" autocomplete="username"
                inputmode="email" spellcheck="false" autocapitalize="none" required=true
                value={(**address).clone()} oninput={on_input}
                aria-invalid={fault.is_some().to_string()} aria-describedby={fault.map(|_| "address-fault")} />
            { fault_note("address-fault", fault) }
        </div>
    }
}

/// The field has no `value` here, so that no copy of the password is ever made by the page.
fn password_field(field: &NodeRef, fault: Option<&'static str>) -> Html {
    html! {
        <div class="field">
            <label class="field__label" for="password">{ "Password" }</label>
            <input class="field__box" id="password" ref={field.clone()} type="password"
                autocomplete="current-password" required=true
                aria-invalid={fault.is_some().to_string()} aria-describedby={fault.map(|_| "password-fault")} />
            { fault_note("password-fault", fault) }
        </div>
    }
}

fn fault_note(id: &'static str, fault: Option<&'static str>) -> Html {
    html! {
        if let Some(fault) = fault {
            <p class="field__fault" {id}>{ fault }</p>
        }
    }
}

fn server_field(
    servers: &[Server],
    chosen: Option<&Server>,
    server: &UseStateHandle<Option<String>>,
) -> Html {
    let on_change = {
        let server = server.clone();
        Callback::from(move |event: Event| server.set(Some(selected(&event))))
    };
    let options = servers.iter().map(|server| {
        let is_chosen = chosen == Some(server);
        html! { <option value={server.name.clone()} selected={is_chosen}>{ &server.label }</option> }
    });
    html! {
        <div class="field">
            <label class="field__label" for="server">{ "Server" }</label>
            <select class="field__box" id="server" onchange={on_change}>{ for options }</select>
        </div>
    }
}

fn status_field(presence: &UseStateHandle<Presence>) -> Html {
    let on_change = {
        let presence = presence.clone();
        Callback::from(move |event: Event| {
            presence.set(choosable(&selected(&event)).unwrap_or(Presence::Online));
        })
    };
    let options = CHOOSABLE.iter().map(|&choice| {
        let is_chosen = choice == **presence;
        html! { <option value={choice.code()} selected={is_chosen}>{ text::presence(choice) }</option> }
    });
    html! {
        <div class="field">
            <label class="field__label" for="status">{ "Status" }</label>
            <select class="field__box" id="status" onchange={on_change}>{ for options }</select>
        </div>
    }
}

fn remember_field(is_remembered: &UseStateHandle<bool>) -> Html {
    let on_change = {
        let is_remembered = is_remembered.clone();
        Callback::from(move |event: Event| {
            is_remembered.set(event.target_unchecked_into::<HtmlInputElement>().checked());
        })
    };
    html! {
        <label class="check">
            <input type="checkbox" checked={**is_remembered} onchange={on_change} />
            <span>{ "Remember my address" }</span>
        </label>
    }
}

fn selected(event: &Event) -> String {
    event.target_unchecked_into::<HtmlSelectElement>().value()
}
