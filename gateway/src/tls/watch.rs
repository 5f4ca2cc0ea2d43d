//! Looks now and then whether the files of the certificate have changed, and takes what is in them, both or
//! neither. It asks the system for their state and not for news of it: a folder that is swapped for another,
//! as containers do, looks no different from a file that was written.

use super::{Certificate, CertificateError, certificate::Stamp};
use crate::gateway::Live;
use std::sync::Arc;
use tokio::{task::spawn_blocking, time::sleep};
use tracing::{info, warn};

/// Looks for ever.
pub(crate) async fn watch(live: Arc<Live>) {
    let mut watch = Watch::default();
    loop {
        let gateway = live.now();
        let pause = gateway.config.deadlines.certificate;
        if let Some(certificate) = gateway.config.tls.clone() {
            let looked = spawn_blocking(move || {
                let result = watch.look(&certificate);
                (watch, result, certificate.now().expires)
            });
            // What looks at files neither panics nor is it given up.
            let Ok((next, result, expires)) = looked.await else {
                return;
            };
            watch = next;
            if let Some(result) = &result {
                gateway.metrics.certificate_read(result.is_ok());
            }
            match result {
                None => {}
                Some(Ok(())) => info!(expires, "certificate taken"),
                Some(Err(error)) => warn!("the certificate stays as it was: {error}"),
            }
        }
        drop(gateway);
        sleep(pause).await;
    }
}

/// What was seen of the files.
#[derive(Debug, Default)]
struct Watch {
    before: Option<Stamp>,
    refused: Option<Stamp>,
}

impl Watch {
    /// Whether the files were read again, and with what result.
    fn look(&mut self, certificate: &Certificate) -> Option<Result<(), CertificateError>> {
        let stamp = certificate.stamp();
        let is_new = stamp != certificate.now().stamp && self.refused.as_ref() != Some(&stamp);
        // Whoever renews it writes two files, one after the other: they are read once they rest.
        let is_at_rest = self.before.as_ref() == Some(&stamp);
        self.before = Some(stamp.clone());
        if !is_new || !is_at_rest {
            return None;
        }
        let result = certificate.reload();
        if result.is_err() {
            self.refused = Some(stamp);
        }
        Some(result)
    }
}
