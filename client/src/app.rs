//! The root: the only place that knows driver, store and view. It carries messages between them and
//! decides nothing.

mod keep;
mod late;
mod seat;

use gloo::events::EventListener;
use msnp6::messenger::{Event, Intent};
use yew::prelude::*;

use crate::driver::{self, Alarm, ClaimFact, Driver, Life, PageEvents, Sign};
use crate::later::later;
use crate::requests::{self, Plan};
use crate::store::{Action, AppState, DialogFault, Moment, Phase, Remembered, select};
use crate::view::{Credentials, Request, screen};
use keep::Keeper;
use late::Loading;
use seat::Seat;

/// What reaches the root.
#[derive(Debug)]
pub enum Message {
    /// From the driver: what one turn brought.
    Events(Moment, Vec<Event>),
    /// From a view.
    Request(Request),
    /// From the browser.
    Action(Action),
    /// From the other tabs of this browser.
    Tabs(ClaimFact),
    /// What a reload must not take is to be kept now.
    Keep,
    /// From the device or its user.
    Sign(Sign),
    /// Whether the parts of the page that come later are there.
    Loaded(bool),
}

/// The page.
pub struct App {
    state: AppState,
    driver: Driver,
    seat: Seat,
    keeper: Keeper,
    loading: Loading,
    expiry: Alarm,
    on: Callback<Request>,
    _life: Life,
    _page: PageEvents,
    _help: Option<EventListener>,
}

impl Component for App {
    type Message = Message;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link();
        let on_shown = link.callback(|is_shown| Message::Action(Action::PageShown(is_shown)));
        let on_sign = link.callback(Message::Sign);
        let on_help = link.callback(|()| Message::Request(Request::Help));
        let reports = link.clone();
        let driver = Driver::new(move |now, events| {
            reports.send_message(Message::Events(now, events));
        });
        let leaving = driver.clone();
        let keep = link.callback(|()| Message::Keep);
        let keep_hidden = keep.clone();
        let on_shown = move |is_shown| {
            on_shown.emit(is_shown);
            // Whoever hides a tab may never see it again: a telephone ends it without a word.
            keep_hidden.emit(());
        };
        let on_leave = move || {
            // What signing out takes from the state has to be kept before.
            keep.emit(());
            leaving.intend(Intent::SignOut);
        };
        load_config(ctx);
        let mut state = AppState::default();
        state.apply(driver::moment(), Action::Recalled(driver::recall()));
        let settings = Action::SettingsRecalled(driver::recall_settings());
        state.apply(driver::moment(), settings);
        Self {
            state,
            driver,
            seat: Seat::default(),
            keeper: Keeper::default(),
            loading: Loading::default(),
            expiry: Alarm::default(),
            on: link.callback(Message::Request),
            _life: Life::watch(move |sign| on_sign.emit(sign)),
            _help: driver::watch_help_key(move || on_help.emit(())),
            _page: PageEvents::watch(on_shown, on_leave),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Events(now, events) => {
                let was_signed_in = self.state.phase == Phase::SignedIn;
                for event in events {
                    self.state.apply(now, Action::Event(event));
                }
                if !was_signed_in {
                    self.begin_keeping();
                    self.take_up_again();
                }
            }
            Message::Request(request) => self.on_request(ctx, request),
            Message::Action(action) => {
                if matches!(action, Action::PageShown(true)) {
                    self.driver.resume();
                }
                self.apply(action);
            }
            Message::Sign(sign) => self.on_sign(sign),
            Message::Loaded(is_there) => self.on_loaded(ctx, is_there),
            Message::Tabs(fact) => self.on_tabs(ctx, fact),
            Message::Keep => {
                self.keep();
                return false;
            }
        }
        self.after_change(ctx);
        true
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        screen(&self.state, &self.on)
    }
}

impl App {
    fn apply(&mut self, action: Action) {
        self.state.apply(driver::moment(), action);
    }

    fn on_sign(&mut self, sign: Sign) {
        if sign != Sign::Touched {
            self.driver.resume();
        }
        self.apply(match sign {
            Sign::Network(is_there) => Action::NetworkChanged(is_there),
            Sign::Woke => Action::Resumed,
            Sign::Touched => Action::Touched,
        });
    }

    fn carry(&mut self, plan: Plan) {
        for action in plan.actions {
            self.apply(action);
        }
        for intent in plan.intents {
            self.driver.intend(intent);
        }
    }

    fn on_request(&mut self, ctx: &Context<Self>, request: Request) {
        match request {
            Request::LoadConfig => {
                self.apply(Action::ConfigAsked);
                load_config(ctx);
            }
            Request::Replay(recording) => self.replay(ctx, &recording),
            Request::ReplayFile(file) => {
                let read = ctx.link().callback(|text: Option<String>| {
                    Message::Request(Request::Replay(text.unwrap_or_default()))
                });
                driver::read_file(&file, move |text| read.emit(text));
            }
            Request::StopReplay => self.stop_replay(),
            Request::ShowWire(is_shown) => {
                self.apply(Action::WireShown(is_shown));
                self.listen(ctx);
            }
            Request::CopyWire => self.copy_wire(ctx),
            Request::SignIn(credentials) => self.take_seat(ctx, credentials),
            Request::UseHere => self.use_here(ctx),
            Request::Answer(_) if self.seat.is_asking() => self.use_here(ctx),
            other => {
                if requests::signs_out(&self.state, &other) {
                    self.forget_kept();
                }
                let is_setting = matches!(other, Request::Set(_));
                let plan = requests::plan(&self.state, other);
                self.carry(plan);
                if is_setting {
                    driver::keep_settings(&self.state.settings);
                }
            }
        }
    }

    fn replay(&mut self, ctx: &Context<Self>, recording: &str) {
        // A session in earnest is not taken away by one that is not.
        let is_free = matches!(self.state.phase, Phase::SignedOut { .. });
        if !is_free && self.state.replay.is_none() {
            return;
        }
        let replay = later().and_then(|later| (later.replay)(recording));
        let Some(replay) = replay else {
            return self.apply(Action::DialogAnswered(Err(DialogFault::NoRecording)));
        };
        self.seat = Seat::default();
        self.apply(Action::ReplayBegan(replay.handle().clone()));
        let on_end = ctx
            .link()
            .callback(|()| Message::Action(Action::ReplayOver));
        self.driver.replay(replay, move || on_end.emit(()));
    }

    fn stop_replay(&mut self) {
        if self.state.replay.is_some() {
            self.driver.stop_replay();
            self.apply(Action::ReplayStopped);
        }
    }

    /// Nothing is recorded while nobody looks.
    fn listen(&self, ctx: &Context<Self>) {
        let recorded = ctx
            .link()
            .callback(|recorded| Message::Action(Action::WireRecorded(recorded)));
        let is_shown = self.state.wire.is_some();
        self.driver
            .tap(is_shown.then(|| Box::new(move |it| recorded.emit(it)) as _));
    }

    fn copy_wire(&self, ctx: &Context<Self>) {
        let told = ctx
            .link()
            .callback(|is_copied| Message::Action(Action::WireCopied(is_copied)));
        if let Some(wire) = &self.state.wire {
            driver::copy(&wire.recording(), move |is_copied| told.emit(is_copied));
        }
    }

    fn sign_in(&mut self, credentials: Credentials) {
        let Credentials {
            handle,
            server,
            server_label,
            presence,
            is_remembered,
            ..
        } = credentials;
        let form = Remembered {
            address: handle.as_str().to_owned(),
            server: server.clone(),
            presence,
        };
        let remembered = is_remembered.then(|| form.clone());
        driver::remember(remembered.as_ref());
        if self.state.owner.as_ref() != Some(&handle) {
            self.stop_keeping();
        }
        self.apply(Action::Recalled(remembered));
        self.apply(Action::SignInAsked {
            handle,
            form,
            server_label,
        });
        self.driver.choose_server(server);
        let format = select::my_format(&self.state);
        self.driver.intend(Intent::ChangeFormat(format));
        self.knock();
    }

    /// Asks the messenger to sign in. The password stays in memory until the session is over for good.
    fn knock(&self) {
        if let Some((handle, password)) = self.seat.key() {
            let presence = self.state.idle.presence();
            self.driver.intend(Intent::SignIn {
                handle,
                password,
                presence,
            });
        }
    }

    /// Conversations that an earlier session of the same account left behind go on in this one.
    fn take_up_again(&self) {
        for with in select::left_behind(&self.state) {
            self.driver.intend(Intent::TakeUpConversation { with });
        }
    }

    fn after_change(&mut self, ctx: &Context<Self>) {
        if select::is_try_due(&self.state) {
            self.apply(Action::TryBegun);
            self.knock();
        }
        self.carry(requests::duties(&self.state, driver::moment().at));
        self.tidy_seat();
        self.load_in_time(ctx);
        self.keep_soon(ctx);
        driver::set_title(&select::page_title(&self.state));
        match select::next_expiry(&self.state) {
            Some(at) => {
                let tick = ctx.link().callback(|()| Message::Action(Action::Ticked));
                self.expiry.set(at, move || tick.emit(()));
            }
            None => self.expiry.cancel(),
        }
    }
}

fn load_config(ctx: &Context<App>) {
    let answered = ctx
        .link()
        .callback(|answer| Message::Action(Action::ConfigAnswered(answer)));
    driver::fetch_config(move |answer| answered.emit(answer));
}
