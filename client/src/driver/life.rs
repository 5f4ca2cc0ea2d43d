//! What the device tells of itself and of its user: networks that come and go, sleep, touches. Not what
//! follows from it.

use core::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Interval;

/// How often the clock is looked at, in milliseconds.
const LOOK: u32 = 5_000;

/// A look that comes so late tells of a sleep, in milliseconds. Browsers keep the timers of hidden tabs
/// waiting for a minute.
const SLEPT: f64 = 75_000.0;

/// Of the touches within this many milliseconds only the first is told.
const TOUCHES: f64 = 5_000.0;

/// What was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// There is a network now, or none.
    Network(bool),
    /// The device has slept.
    Woke,
    /// The user is here.
    Touched,
}

/// Watches until it is dropped.
#[derive(Debug)]
pub struct Life {
    _listeners: Vec<EventListener>,
    _looks: Interval,
}

impl Life {
    /// Tells every sign from now on; that there is no network, at once.
    pub fn watch(tell: impl Fn(Sign) + 'static) -> Self {
        let tell = Rc::new(tell);
        let mut listeners = Vec::new();
        if let Some(window) = web_sys::window() {
            if !window.navigator().on_line() {
                tell(Sign::Network(false));
            }
            for (kind, is_there) in [("online", true), ("offline", false)] {
                let tell = tell.clone();
                let on_event = move |_: &_| tell(Sign::Network(is_there));
                listeners.push(EventListener::new(&window, kind, on_event));
            }
            let last = Rc::new(Cell::new(0.0));
            for kind in ["pointerdown", "pointermove", "keydown", "wheel"] {
                let (tell, last) = (tell.clone(), last.clone());
                let on_event = move |_: &_| {
                    let now = js_sys::Date::now();
                    if (now - last.get()).abs() > TOUCHES {
                        last.set(now);
                        tell(Sign::Touched);
                    }
                };
                listeners.push(EventListener::new(&window, kind, on_event));
            }
        }
        // The wall clock goes on while the device sleeps, and timers do not.
        let seen = Cell::new(js_sys::Date::now());
        let look = move || {
            let now = js_sys::Date::now();
            if now - seen.replace(now) > SLEPT {
                tell(Sign::Woke);
            }
        };
        Self {
            _listeners: listeners,
            _looks: Interval::new(LOOK, look),
        }
    }
}
