//! What a server says that is no answer to a change of lists: challenges, messages of its own, alerts, and
//! the addresses of other servers.

use super::{NotificationEvent, NotificationSession, PATIENCE, Request};
use crate::auth;
use crate::command::{AlertReply, Chl, ClientCommand, MsgReply, QryRequest, XfrReply};
use crate::model::Timestamp;
use crate::payload::{Alert, Payload};

impl NotificationSession {
    pub(super) fn on_chl(&mut self, now: Timestamp, chl: &Chl) {
        let digest = auth::challenge_digest(&chl.challenge);
        let trid = self
            .transactions
            .begin(now, PATIENCE, Request::AnswerChallenge);
        self.send(ClientCommand::Qry(QryRequest {
            trid,
            client_id: auth::CLIENT_ID.to_owned(),
            digest,
        }));
    }

    pub(super) fn on_msg(&mut self, msg: &MsgReply) {
        match Payload::parse(&msg.body) {
            Payload::System(notice) => self.tell(NotificationEvent::Maintenance {
                minutes: notice.minutes,
            }),
            Payload::Mail(notice) => self.tell(NotificationEvent::Mail(notice)),
            // The profile holds nothing that is shown; the rest belongs into a switchboard.
            _ => {}
        }
    }

    pub(super) fn on_alert(&mut self, alert: &AlertReply) {
        if let Some(alert) = Alert::parse(&alert.xml) {
            self.tell(NotificationEvent::Alerted(alert));
        }
    }

    pub(super) fn on_xfr(&mut self, now: Timestamp, xfr: XfrReply) {
        match xfr {
            XfrReply::Notification { endpoint, .. } => self.on_referral(now, endpoint),
            XfrReply::Switchboard {
                trid,
                endpoint,
                cookie,
            } => match self.transactions.get(trid) {
                Some(&Request::Switchboard(conversation)) => {
                    self.transactions.resolve(trid);
                    self.tell(NotificationEvent::SwitchboardGranted {
                        conversation,
                        endpoint,
                        cookie,
                    });
                }
                _ => self.tell(NotificationEvent::Oddity(
                    "XFR: nobody asked for a switchboard".to_owned(),
                )),
            },
        }
    }
}
