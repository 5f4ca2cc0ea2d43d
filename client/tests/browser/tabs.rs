//! The locks of a real browser. A claim in the same page stands for another tab: the browser makes no difference.

use std::cell::RefCell;
use std::rc::Rc;

use msnp6_client::driver::{Claim, ClaimFact, Claiming};
use wasm_bindgen_test::wasm_bindgen_test;

use super::harness::until;

type Told = Rc<RefCell<Vec<ClaimFact>>>;

fn claim(name: &str, claiming: Claiming) -> (Claim, Told) {
    let told = Told::default();
    let to = told.clone();
    let claim = Claim::new(name, claiming, move |fact| to.borrow_mut().push(fact));
    (claim, told)
}

async fn tells(told: &Told, facts: &[ClaimFact]) {
    until("it tells", || told.borrow().len() >= facts.len()).await;
    assert_eq!(told.borrow()[..], *facts);
}

#[wasm_bindgen_test]
async fn a_lock_is_held_by_one_until_it_is_dropped() {
    let (first, told) = claim("one", Claiming::IfFree);
    tells(&told, &[ClaimFact::Granted]).await;
    let (_second, refused) = claim("one", Claiming::IfFree);
    tells(&refused, &[ClaimFact::Taken]).await;
    let (_other, elsewhere) = claim("another", Claiming::IfFree);
    tells(&elsewhere, &[ClaimFact::Granted]).await;
    let (_third, waiting) = claim("one", Claiming::WhenFree);
    drop(first);
    tells(&waiting, &[ClaimFact::Granted]).await;
    tells(&told, &[ClaimFact::Granted]).await;
}

#[wasm_bindgen_test]
async fn a_lock_can_be_taken_and_taken_back() {
    let (first, told) = claim("taken", Claiming::IfFree);
    tells(&told, &[ClaimFact::Granted]).await;
    let (second, taking) = claim("taken", Claiming::AtAnyRate);
    tells(&taking, &[ClaimFact::Granted]).await;
    tells(&told, &[ClaimFact::Granted, ClaimFact::Lost]).await;
    drop(first);
    // One that waits and gives up is passed over when its turn comes.
    let (given_up, unheard) = claim("taken", Claiming::WhenFree);
    drop(given_up);
    let (_back, again) = claim("taken", Claiming::AtAnyRate);
    tells(&again, &[ClaimFact::Granted]).await;
    tells(&taking, &[ClaimFact::Granted, ClaimFact::Lost]).await;
    drop(second);
    assert!(unheard.borrow().is_empty());
}

/// Puts other locks in place of the browser's for as long as `test` runs.
async fn with_locks(locks: &str, test: impl AsyncFn()) {
    let script = "Object.defineProperty(navigator, 'locks', { configurable: true, value: LOCKS })";
    js_sys::eval(&script.replace("LOCKS", locks)).unwrap();
    test().await;
    js_sys::eval("delete navigator.locks").unwrap();
}

#[wasm_bindgen_test]
async fn a_browser_whose_locks_are_missing_refused_or_silent_asks_nobody() {
    let never = "{ request: () => new Promise(() => {}) }";
    let refused = "{ request: () => Promise.reject(new Error()) }";
    for locks in ["undefined", refused, never] {
        with_locks(locks, async || {
            let (_first, told) = claim("missing", Claiming::IfFree);
            tells(&told, &[ClaimFact::Granted]).await;
            let (_second, told) = claim("missing", Claiming::AtAnyRate);
            tells(&told, &[ClaimFact::Granted]).await;
        })
        .await;
    }
}
