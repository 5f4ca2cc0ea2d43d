//! `PRP` and `BPR`: telephone numbers and the like, one's own and those of contacts (reference §3.7).

use super::Server;
use super::directory::Account;
use super::quirks::Quirk;
use crate::command::{Bpr, ErrorCode, PrpReply, PrpRequest, ServerCommand};
use crate::model::{LinkId, ListVersion, Property, PropertyValue, UserHandle, percent};

/// What `SYN` tells of oneself, in this order.
pub(super) const OWN_PROPERTIES: [Property; 5] = [
    Property::HomePhone,
    Property::WorkPhone,
    Property::MobilePhone,
    Property::Paging,
    Property::MobileDevice,
];

/// What contacts are told, in this order.
pub(super) const CONTACT_PROPERTIES: [Property; 4] = [
    Property::HomePhone,
    Property::WorkPhone,
    Property::MobilePhone,
    Property::Paging,
];

impl Server {
    pub(super) fn on_prp(&mut self, link: LinkId, me: &UserHandle, prp: PrpRequest) {
        let PrpRequest {
            trid,
            property,
            value,
        } = prp;
        if percent::encode(value.as_str()).len() > PropertyValue::MAX_ENCODED_BYTES {
            return self.hang_up(link);
        }
        let failure = match property {
            Property::HomePhone | Property::WorkPhone | Property::MobilePhone => None,
            Property::Paging if ["Y", "N"].contains(&value.as_str()) => None,
            Property::Paging => Some(201),
            // The one only the server sets, the others are of later dialects.
            Property::MobileDevice | Property::FriendlyName | Property::HasBlog => Some(715),
        };
        if let Some(code) = failure {
            return self.fail(link, ErrorCode(code), trid);
        }
        let Some(account) = self.directory.get_mut(me) else {
            return;
        };
        account.properties.insert(property, value.clone());
        let version = account.raise_version();
        let reply = PrpReply {
            trid: Some(trid),
            version: Some(version),
            property,
            value: value.clone(),
        };
        self.send(link, &ServerCommand::Prp(reply));
        if CONTACT_PROPERTIES.contains(&property) {
            self.tell_property(me, property, &value);
        }
    }

    /// `BPR` to those who have somebody as a contact and may see them.
    fn tell_property(&mut self, whose: &UserHandle, property: Property, value: &PropertyValue) {
        let Some(account) = self.directory.get(whose) else {
            return;
        };
        let handle = account.handle.clone();
        for viewer in account.viewers() {
            let Some(account) = self.directory.get_mut(&viewer) else {
                continue;
            };
            let version = account.raise_version();
            if let Some(link) = self.link_for_properties(&viewer) {
                let line = Bpr {
                    version: Some(version),
                    handle: Some(handle.clone()),
                    property,
                    value: value.clone(),
                };
                self.send(link, &ServerCommand::Bpr(line));
            }
        }
    }

    /// The link of somebody who has asked for the lists, in a dialect that has `BPR`.
    pub(super) fn link_for_properties(&self, handle: &UserHandle) -> Option<LinkId> {
        let session = self.directory.get(handle)?.session.as_ref()?;
        let has_properties = session.is_synchronized
            && session.dialect >= 5
            && !self.quirks.has(Quirk::NoProperties);
        has_properties.then_some(session.link)
    }
}

/// The four `BPR` of one contact; blank if there is no such account or it does not let the viewer see it.
pub(super) fn contact_properties(
    version: ListVersion,
    viewer: &Account,
    other: Option<&Account>,
    whose: &UserHandle,
) -> impl Iterator<Item = ServerCommand> {
    let visible = other.filter(|other| other.permits(&viewer.handle));
    CONTACT_PROPERTIES
        .map(|property| {
            let value = visible.map(|account| account.property(property));
            ServerCommand::Bpr(Bpr {
                version: Some(version),
                handle: Some(whose.clone()),
                property,
                value: value.unwrap_or_else(|| default(property)),
            })
        })
        .into_iter()
}

/// What stands where nothing is set.
pub(super) fn default(property: Property) -> PropertyValue {
    PropertyValue::from_wire(match property {
        Property::Paging | Property::MobileDevice => b"N",
        _ => b"",
    })
}
