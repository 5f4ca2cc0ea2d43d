//! What whoever runs the gateway hears about the end of its certificate, and how often. Nothing is refused for
//! it: a page that a browser warns of is better than none.

use super::{Certificate, TlsFile, certificate::Stamp};
use crate::{gateway::Live, ticket::unix_now};
use std::{fmt, path::PathBuf, sync::Arc};
use tokio::{select, time::sleep};
use tracing::warn;

/// A certificate for pages that has expired, or soon will. Says which file it is in, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpiryWarning {
    path: PathBuf,
    /// The days that are left, rounded up; `None` once it has expired.
    days: Option<u64>,
}

impl ExpiryWarning {
    /// What there is to say of a certificate that is good up to the second `expires`, both since 1970.
    pub(super) fn of(path: PathBuf, expires: u64, now: u64) -> Option<Self> {
        // The last second is one of those at which it is good.
        let left = expires.checked_sub(now);
        if left.is_some_and(|left| left > SOON) {
            return None;
        }
        let days = left.map(|left| left.div_ceil(DAY).max(1));
        Some(Self { path, days })
    }
}

impl fmt::Display for ExpiryWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (file, path) = (TlsFile::Certificate, self.path.to_string_lossy());
        write!(f, "{file} is {path:?}, which ")?;
        match self.days {
            None => f.write_str("has expired: browsers refuse the page until a new one is there"),
            Some(1) => f.write_str("expires within a day; renew it"),
            Some(days) => write!(f, "expires within {days} days; renew it"),
        }
    }
}

/// So many seconds before its end a certificate is told of: whatever renews it has mostly done so by then.
const SOON: u64 = 14 * DAY;
const DAY: u64 = 24 * 60 * 60;

/// Says for ever, in the log, when the certificate in force has expired or soon will.
pub(crate) async fn remind(live: Arc<Live>) {
    let mut reminder = Reminder::default();
    loop {
        let gateway = live.now();
        let due = (gateway.config.tls.as_ref())
            .and_then(|certificate| reminder.due(certificate, unix_now()));
        if let Some(warning) = due {
            warn!("{warning}");
        }
        let pause = gateway.config.deadlines.certificate;
        drop(gateway);
        select! {
            () = sleep(pause) => {}
            // Whoever reloads looks into the log right after.
            () = live.replaced() => {}
        }
    }
}

/// What was said last: about which files, and when.
#[derive(Debug, Default)]
struct Reminder(Option<(Stamp, u64)>);

impl Reminder {
    /// What to say now, in seconds since 1970: at once about files that are new, once a day about the same ones.
    fn due(&mut self, certificate: &Certificate, now: u64) -> Option<ExpiryWarning> {
        let (stamp, warning) = certificate.stamped_warning(now);
        let warning = warning?;
        // A clock may be set back.
        let is_said = |(of, at): &(Stamp, u64)| *of == stamp && at.abs_diff(now) < DAY;
        if self.0.as_ref().is_some_and(is_said) {
            return None;
        }
        self.0 = Some((stamp, now));
        Some(warning)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{CertificateParams, KeyPair, date_time_ymd};
    use std::{fs, path::Path, time::Duration};

    /// The day on which the certificates of these tests are good for the last time.
    const END: u64 = 20_000 * DAY;

    /// A certificate that is good up to this second, in a folder.
    fn written(folder: &Path, end: u64) -> Certificate {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(["chat.example.org".to_owned()]).expect("a name");
        params.not_after = date_time_ymd(1970, 1, 1) + Duration::from_secs(end);
        let certificate = params.self_signed(&key).expect("a certificate");
        // Another file in the place of the one before is never taken for it.
        let [crt, pem] = [
            ("tls.crt", certificate.pem()),
            ("tls.key", key.serialize_pem()),
        ]
        .map(|(name, text)| {
            let (new, path) = (folder.join("new"), folder.join(name));
            fs::write(&new, text).expect("written");
            fs::rename(&new, &path).expect("moved");
            path
        });
        Certificate::load(&crt, &pem).expect("a pair")
    }

    #[test]
    fn two_weeks_before_its_end_a_certificate_is_told_of_with_its_days() {
        let folder = tempfile::tempdir().expect("a folder");
        let certificate = written(folder.path(), END);
        let words = |now| certificate.warning(now).map(|warning| warning.to_string());
        assert_eq!(words(END - SOON - 1), None);
        for (now, end) in [
            (END - SOON, "expires within 14 days; renew it"),
            (END - 2 * DAY + 1, "expires within 2 days; renew it"),
            (END - DAY, "expires within a day; renew it"),
            (END, "expires within a day; renew it"),
            (
                END + 1,
                "has expired: browsers refuse the page until a new one is there",
            ),
            (
                END + SOON,
                "has expired: browsers refuse the page until a new one is there",
            ),
        ] {
            let path = folder.path().join("tls.crt");
            let expected = format!("tls_certificate is {path:?}, which {end}");
            assert_eq!(words(now), Some(expected));
        }
    }

    #[test]
    fn it_is_told_once_a_day_and_again_when_other_files_are_taken() {
        let folder = tempfile::tempdir().expect("a folder");
        let certificate = written(folder.path(), END);
        let mut reminder = Reminder::default();
        let mut told = Vec::new();
        for now in (END - SOON - 2 * DAY..END + 2 * DAY).step_by(3600) {
            if reminder.due(&certificate, now).is_some() {
                told.push((now + SOON - END) / 3600);
            }
        }
        let daily: Vec<_> = (0..16).map(|day| day * 24).collect();
        assert_eq!(told, daily);
        let now = END + 2 * DAY;
        reminder.due(&certificate, now);
        // The same files, taken with another configuration, are nothing new.
        let again = Certificate::load(
            &folder.path().join("tls.crt"),
            &folder.path().join("tls.key"),
        );
        assert_eq!(reminder.due(&again.expect("a pair"), now + 1), None);
        written(folder.path(), now + 2 * DAY);
        certificate.reload().expect("taken");
        assert!(reminder.due(&certificate, now + 1).is_some());
        assert_eq!(reminder.due(&certificate, now + 2), None);
        written(folder.path(), now + 90 * DAY);
        certificate.reload().expect("taken");
        assert_eq!(reminder.due(&certificate, now + 3 * DAY), None);
    }

    #[test]
    fn a_clock_that_is_set_back_silences_nobody() {
        let folder = tempfile::tempdir().expect("a folder");
        let certificate = written(folder.path(), END);
        let mut reminder = Reminder::default();
        assert!(reminder.due(&certificate, END + 300 * DAY).is_some());
        assert!(reminder.due(&certificate, END - DAY).is_some());
    }
}
