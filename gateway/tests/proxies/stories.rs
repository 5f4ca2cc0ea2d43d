//! What has to be so behind every proxy; `nginx`, `haproxy` and `haproxy_tcp` tell it of theirs.

pub(crate) mod arriving;
pub(crate) mod callers;
pub(crate) mod conversation;
pub(crate) mod failing;
pub(crate) mod rotation;
pub(crate) mod staying;
