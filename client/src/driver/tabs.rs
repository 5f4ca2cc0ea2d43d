//! Whose turn it is among the tabs of this browser: one tab at a time holds the lock of an account. The browser
//! frees the lock of a tab that is gone, however it went, and takes it from one that sleeps. Not what is said
//! about it.

use core::cell::{Cell, RefCell};
use core::fmt;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// How long the browser may take to answer, in milliseconds. Then the page goes on as if it had no locks.
const DEADLINE: u32 = 2_000;

// Named here, because web-sys has locks only behind a flag for its whole build.
#[wasm_bindgen]
extern "C" {
    type LockManager;

    #[wasm_bindgen(method)]
    fn request(this: &LockManager, name: &str, options: &Object, granted: &JsValue) -> Promise;
}

/// How to come by the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claiming {
    /// Only when no tab holds it.
    IfFree,
    /// Even when another tab holds it, which loses it.
    AtAnyRate,
    /// Once no tab holds it, however long that takes.
    WhenFree,
}

/// What becomes of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimFact {
    /// The lock is ours; or the browser has none, and then nobody is asked.
    Granted,
    /// Another tab holds it.
    Taken,
    /// It was ours, and another tab took it.
    Lost,
}

/// A lock that is ours, or asked for. Dropping it gives it back, and nothing more is told.
pub struct Claim {
    shared: Rc<Shared>,
    _deadline: Option<Timeout>,
}

struct Shared {
    tell: Box<dyn Fn(ClaimFact)>,
    is_answered: Cell<bool>,
    is_over: Cell<bool>,
    /// Gives the lock back.
    release: RefCell<Option<Function>>,
}

impl Claim {
    /// Asks for the lock of that name. The first thing told is whether it is ours.
    pub fn new(name: &str, claiming: Claiming, tell: impl Fn(ClaimFact) + 'static) -> Self {
        let shared = Rc::new(Shared {
            tell: Box::new(tell),
            is_answered: Cell::default(),
            is_over: Cell::default(),
            release: RefCell::default(),
        });
        let deadline = (claiming != Claiming::WhenFree).then(|| {
            let late = shared.clone();
            Timeout::new(DEADLINE, move || late.answer(ClaimFact::Granted))
        });
        match locks() {
            Some(locks) => shared.clone().ask(&locks, name, claiming),
            None => shared.answer(ClaimFact::Granted),
        }
        Self {
            shared,
            _deadline: deadline,
        }
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.shared.is_over.set(true);
        if let Some(release) = self.shared.release.take() {
            // It cannot fail: it only settles a promise.
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claim").finish_non_exhaustive()
    }
}

impl Shared {
    fn ask(self: Rc<Self>, locks: &LockManager, name: &str, claiming: Claiming) {
        let options = Object::new();
        let option = match claiming {
            Claiming::IfFree => "ifAvailable",
            Claiming::AtAnyRate => "steal",
            // An option that the browser does not know.
            Claiming::WhenFree => "wait",
        };
        // A plain object takes every property.
        let _ = Reflect::set(&options, &option.into(), &JsValue::TRUE);
        let holder = self.clone();
        let granted = Closure::once_into_js(move |lock: JsValue| holder.hold(&lock));
        let held = locks.request(name, &options, &granted);
        spawn_local(async move {
            if JsFuture::from(held).await.is_err() {
                let was_held = self.release.take().is_some();
                if was_held && !self.is_over.get() {
                    (self.tell)(ClaimFact::Lost);
                } else {
                    // A browser that refuses locks altogether has none.
                    self.answer(ClaimFact::Granted);
                }
            }
        });
    }

    /// The lock is ours until what is given here is settled.
    fn hold(&self, lock: &JsValue) -> JsValue {
        if lock.is_null() {
            self.answer(ClaimFact::Taken);
        }
        if lock.is_null() || self.is_over.get() {
            return JsValue::UNDEFINED;
        }
        let held = Promise::new(&mut |release, _| {
            self.release.replace(Some(release));
        });
        self.answer(ClaimFact::Granted);
        held.into()
    }

    /// Only the first answer counts.
    fn answer(&self, fact: ClaimFact) {
        if !self.is_over.get() && !self.is_answered.replace(true) {
            (self.tell)(fact);
        }
    }
}

/// The browser's locks. Pages that came over plain HTTP from another machine have none.
fn locks() -> Option<LockManager> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    (!locks.is_undefined()).then(|| locks.unchecked_into())
}
