//! The only browser input and output: sockets, clock, storage, configuration, the tab's title.
//!
//! One queue, one `Machine::turn`: whatever happens outside is put into the queue, and one thing after
//! the other is given to the messenger, whose orders are carried out before the next one. It never
//! reads the store; what it has to know is told to it.

mod address;
mod clock;
mod config;
mod keys;
mod life;
mod machine;
mod page;
mod socket;
mod storage;
mod tabs;
mod tap;

pub use clock::{Alarm, moment};
pub use config::{fetch as fetch_config, read as read_config};
pub use keys::watch_help_key;
pub use life::{Life, Sign};
pub use page::{PageEvents, copy, guard_leaving, read_file, set_title};
pub use storage::{keep, keep_settings, recall, recall_kept, recall_settings, remember};
pub use tabs::{Claim, ClaimFact, Claiming};
pub(crate) use tap::{Ear, Tell, listen};

use core::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use msnp6::messenger::{Event, Input, Intent};
use msnp6::model::LinkId;
use msnp6::replay::Replay;
use msnp6::transcript::Recorded;

use crate::store::Moment;
use machine::Machine;
use socket::Fact;

/// What waits for its turn.
enum Happening {
    /// Something a socket reports.
    Socket(LinkId, Fact),
    /// Something for the messenger as it is.
    Input(Input),
    /// The next thing of a recording.
    Step,
}

/// The page's hands: give it intents, and it reports events.
#[derive(Clone)]
pub struct Driver {
    inner: Rc<Inner>,
}

struct Inner {
    queue: RefCell<VecDeque<Happening>>,
    machine: RefCell<Machine>,
}

impl Driver {
    /// A driver without links. `report` is called after each turn that had events.
    pub fn new(report: impl Fn(Moment, Vec<Event>) + 'static) -> Self {
        let inner = Rc::new_cyclic(|me| {
            let me = me.clone();
            let give = move |happening| {
                if let Some(inner) = me.upgrade() {
                    Inner::give(&inner, happening);
                }
            };
            Inner {
                queue: RefCell::default(),
                machine: RefCell::new(Machine::new(Rc::new(give), Box::new(report))),
            }
        });
        Self { inner }
    }

    /// The user wants something.
    pub fn intend(&self, intent: Intent) {
        self.inner.give(Happening::Input(Input::Intent(intent)));
    }

    /// The links may have died unnoticed.
    pub fn resume(&self) {
        self.inner.give(Happening::Input(Input::Resumed));
    }

    /// Which server the next sign-in is for; `None` is the gateway's first. Takes effect at once, since
    /// nothing is under way when a sign-in is asked for.
    pub fn choose_server(&self, name: Option<String>) {
        if let Ok(mut machine) = self.inner.machine.try_borrow_mut() {
            machine.choose_server(name);
        }
    }

    /// Plays a recording: until it is stopped nothing is sent, and nothing but the recording is heard.
    /// `on_end` is called when all of it was played.
    pub fn replay(&self, replay: Replay, on_end: impl Fn() + 'static) {
        self.play(Some((replay, Box::new(on_end))));
        self.inner.give(Happening::Step);
    }

    /// Stops that, and begins anew, signed out.
    pub fn stop_replay(&self) {
        self.play(None);
    }

    fn play(&self, replay: Option<(Replay, Box<dyn Fn()>)>) {
        if let Ok(mut machine) = self.inner.machine.try_borrow_mut() {
            machine.play(replay);
        }
    }

    /// Tells from now on what goes over the links, as text without secrets; with `None`, no more.
    pub fn tap(&self, tell: Option<Box<dyn Fn(Vec<Recorded>)>>) {
        if let Ok(mut machine) = self.inner.machine.try_borrow_mut() {
            machine.tap(tell);
        }
    }
}

impl Inner {
    /// Queues a happening; whoever is not inside a turn already takes the queue's turns. So a happening
    /// that a turn causes waits for its end, and the machine is never borrowed twice.
    fn give(&self, happening: Happening) {
        self.queue.borrow_mut().push_back(happening);
        let Ok(mut machine) = self.machine.try_borrow_mut() else {
            return;
        };
        loop {
            let next = self.queue.borrow_mut().pop_front();
            match next {
                Some(happening) => machine.turn(happening),
                None => return,
            }
        }
    }
}
