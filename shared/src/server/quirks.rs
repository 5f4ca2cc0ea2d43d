//! Ways in which other servers differ from this one, each a switch of its own, so that a client's
//! tolerance of them is tested and not claimed. What a switch does is done in one place, which names it.

/// Declares the quirks once, and from the same list everything that goes over all of them.
macro_rules! quirks {
    ($($(#[$meta:meta])* $name:ident,)*) => {
        /// One way in which some server differs (reference §14.1, and the recordings of a real one). The
        /// family that does so stands in brackets.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Quirk {
            $($(#[$meta])* $name,)*
        }

        impl Quirk {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];
        }
    };
}

quirks! {
    /// Speaks MSNP4 at best: no verified bit, no telephone numbers, no challenge. \[`FunMSNP`\]
    SpeaksMsnp4,
    /// Speaks MSNP5 at best: no verified bit, no challenge. \[servers of 2000\]
    SpeaksMsnp5,
    /// Speaks later dialects only, and names them behind the `0` that refuses. \[the draft\]
    RefusesDialects,
    /// Answers `VER` with all dialects in common. \[real servers\]
    VerListsAll,
    /// Answers `VER` with the dialect and `CVR0`. \[`NTx86`, Pinto\]
    VerAddsCvr0,
    /// Answers `VER` with `CVR0` before the dialect. \[`MSNPiki`\]
    VerShuffled,
    /// Dispatch and notification server are one: nobody is referred. \[all revival servers\]
    NoReferral,
    /// Names the server to go to without a port. \[real servers\]
    ReferralWithoutPort,
    /// The challenge of `USR` is the same at every sign-in. \[Escargot, `NTx86`\]
    ConstantChallenge,
    /// A word more behind the challenge of `USR`. \[another public server\]
    ChallengeExtraWord,
    /// The address to sign in with is compared letter for letter. \[Escargot\]
    HandleCaseMatters,
    /// `USR t OK` ends with the name. \[`NTx86`, `FunMSNP`, Pinto\]
    NoVerifiedBit,
    /// No profile after the sign-in. \[`NTx86`, `FunMSNP`, Pinto\]
    NoProfile,
    /// Never sends `CHL`. \[all revival servers\]
    NoChallenge,
    /// Never answers `PNG`. \[`NTx86`, `FunMSNP`, Pinto\]
    NoQng,
    /// The serial is the client's and 1, and the whole lists follow always. \[Escargot\]
    SerialFromClient,
    /// The reply to `SYN` comes twice. \[msnp-wiki\]
    SynTwice,
    /// `SYN` brings no `GTC` and no `BLP`. \[`NTx86`\]
    NoSettings,
    /// `SYN` brings no `PRP`, and nothing brings a `BPR`. \[Pinto, `NTx86`\]
    NoProperties,
    /// In the answer to `SYN`, `PRP` lacks the transaction id and `BPR` the address, both follow entries
    /// of three lists, and what is not set is left out. \[Escargot\]
    ShortProperties,
    /// `GTC` and `BLP` without serial. \[`FunMSNP`\]
    SettingsWithoutSerial,
    /// `GTC` and `BLP` without value. \[pinkegobox\]
    SettingsWithoutValue,
    /// `ILN` for every contact in the answer to `SYN`, those offline included, and none after `CHG`.
    /// \[`FunMSNP`\]
    IlnInSyn,
    /// `ILN` of oneself after the first `CHG`. \[Escargot\]
    IlnOfOneself,
    /// `ILN` with a transaction id of somebody else in place of `NLN` and `FLN`. \[`NTx86`\]
    IlnForPresence,
    /// `FLN` names its receiver. \[`FunMSNP`\]
    FlnNamesReceiver,
    /// Presence is told every 200 ms, in its final state. \[Escargot\]
    DelayedPresence,
    /// Renaming while hidden tells `NLN HDN`. \[Escargot\]
    HiddenRename,
    /// Contacts hear of a new name by `REA`. \[`NTx86`\]
    RenameByRea,
    /// `ADD` of somebody who is on no list of mine brings neither `BPR` nor `ILN`. \[Escargot\]
    StrangersWithoutIln,
    /// Adding twice succeeds, and nothing keeps somebody off two opposite lists. \[Escargot\]
    AddAlwaysSucceeds,
    /// `ADD` is answered with 208, whoever it is. \[Pinto\]
    AddIsRefused,
    /// The reply to `REM` names the asker. \[`FunMSNP`\]
    RemNamesAsker,
    /// `REM` on the forward list is answered with 205 although it was done. \[Escargot, sometimes\]
    RemSays205,
    /// `ADD` and `REM` are done and not answered. \[Escargot, where a handler fails\]
    SilentChanges,
    /// `BLP BL` tells those who may not see any more nothing. \[Escargot\]
    PrivacyHidesSilently,
    /// `FND`, `LST` and a wrong `ADD` or `REM` are met with silence. \[Escargot\]
    SilentServices,
    /// `URL` without the number of the site. \[`NTx86`\]
    UrlWithoutSite,
    /// An unknown command ends the link. \[real servers\]
    ClosesOnUnknown,
    /// An empty line, or one of a single letter, makes the link deaf for good. \[Escargot\]
    DeafAfterEmptyLine,
    /// `CAL` is answered with session 0. \[`FunMSNP`\]
    RingingZero,
    /// `RNG` names the one called. \[`FunMSNP`\]
    RngNamesCallee,
    /// Who comes in is told so by a `JOI` too. \[the draft, `NTx86`\]
    JoiToNewcomer,
    /// `IRO` counts and names the newcomer, and goes to everybody. \[`NTx86`\]
    IroToEverybody,
    /// `IRO` names everybody twice. \[Escargot, for two sessions\]
    IroTwice,
    /// `BYE` names its receiver. \[`FunMSNP`\]
    ByeNamesReceiver,
    /// `ACK` never comes. \[the draft\]
    NoAck,
    /// `ACK` comes even in an empty room. \[Escargot\]
    AckWhenAlone,
    /// `NAK` never comes. \[Escargot\]
    NoNak,
    /// At a switchboard only the first command of each read counts. \[`NTx86`\]
    FirstCommandOnly,
    /// An error of a switchboard ends the link. \[`FunMSNP`\]
    ErrorsCloseSwitchboards,
    /// Rooms end only when everybody has left. \[Escargot\]
    NoIdleEnd,
    /// An error carries a text. \[the draft\]
    ErrorsWithText,
    /// Further parameters, as later dialects have them, end most lines. \[servers of several dialects\]
    ExtraParameters,
    /// Lines end in LF alone. \[reference §1.2\]
    LineFeedOnly,
    /// A space before the line end. \[`NTx86`\]
    TrailingSpace,
    /// `OUT` is answered with `OUT`. \[the draft, the seed\]
    EchoesOut,
}

/// A set of quirks; empty by default, as this server is on its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quirks(u64);

impl Quirks {
    /// No quirk at all.
    pub const NONE: Self = Self(0);

    /// An Escargot-like server, as observed.
    pub const ESCARGOT: Self = Self::NONE
        .and(Quirk::NoReferral)
        .and(Quirk::ConstantChallenge)
        .and(Quirk::HandleCaseMatters)
        .and(Quirk::NoChallenge)
        .and(Quirk::SerialFromClient)
        .and(Quirk::ShortProperties)
        .and(Quirk::IlnOfOneself)
        .and(Quirk::DelayedPresence)
        .and(Quirk::HiddenRename)
        .and(Quirk::StrangersWithoutIln)
        .and(Quirk::AddAlwaysSucceeds)
        .and(Quirk::RemSays205)
        .and(Quirk::PrivacyHidesSilently)
        .and(Quirk::SilentServices)
        .and(Quirk::DeafAfterEmptyLine)
        .and(Quirk::AckWhenAlone)
        .and(Quirk::NoNak)
        .and(Quirk::NoIdleEnd);

    /// A `FunMSNP`-like server.
    pub const FUN_MSNP: Self = Self::NONE
        .and(Quirk::SpeaksMsnp4)
        .and(Quirk::NoReferral)
        .and(Quirk::NoProfile)
        .and(Quirk::NoQng)
        .and(Quirk::SettingsWithoutSerial)
        .and(Quirk::IlnInSyn)
        .and(Quirk::FlnNamesReceiver)
        .and(Quirk::RemNamesAsker)
        .and(Quirk::RingingZero)
        .and(Quirk::RngNamesCallee)
        .and(Quirk::ByeNamesReceiver)
        .and(Quirk::ErrorsCloseSwitchboards);

    /// An `NTx86`-like server.
    pub const NTX86: Self = Self::NONE
        .and(Quirk::VerAddsCvr0)
        .and(Quirk::NoReferral)
        .and(Quirk::ConstantChallenge)
        .and(Quirk::NoVerifiedBit)
        .and(Quirk::NoProfile)
        .and(Quirk::NoChallenge)
        .and(Quirk::NoQng)
        .and(Quirk::NoSettings)
        .and(Quirk::NoProperties)
        .and(Quirk::IlnForPresence)
        .and(Quirk::RenameByRea)
        .and(Quirk::UrlWithoutSite)
        .and(Quirk::JoiToNewcomer)
        .and(Quirk::IroToEverybody)
        .and(Quirk::FirstCommandOnly)
        .and(Quirk::TrailingSpace);

    /// A Pinto-like server.
    pub const PINTO: Self = Self::NONE
        .and(Quirk::VerAddsCvr0)
        .and(Quirk::NoReferral)
        .and(Quirk::NoVerifiedBit)
        .and(Quirk::NoProfile)
        .and(Quirk::NoChallenge)
        .and(Quirk::NoQng)
        .and(Quirk::NoProperties)
        .and(Quirk::AddIsRefused);

    /// The servers of 2001, as far as they are told of.
    pub const REAL_2001: Self = Self::NONE
        .and(Quirk::VerListsAll)
        .and(Quirk::ReferralWithoutPort)
        .and(Quirk::ClosesOnUnknown)
        .and(Quirk::ErrorsWithText)
        .and(Quirk::EchoesOut);

    /// A server that no family has: every quirk that leaves the others something to do. Of those that
    /// exclude each other it has one, and none that leaves a client without an answer or without a word.
    pub const STRANGEST: Self = Self::NONE
        .and(Quirk::VerShuffled)
        .and(Quirk::ReferralWithoutPort)
        .and(Quirk::ConstantChallenge)
        .and(Quirk::ChallengeExtraWord)
        .and(Quirk::HandleCaseMatters)
        .and(Quirk::NoVerifiedBit)
        .and(Quirk::NoProfile)
        .and(Quirk::NoChallenge)
        .and(Quirk::NoQng)
        .and(Quirk::SerialFromClient)
        .and(Quirk::SynTwice)
        .and(Quirk::ShortProperties)
        .and(Quirk::SettingsWithoutSerial)
        .and(Quirk::SettingsWithoutValue)
        .and(Quirk::IlnInSyn)
        .and(Quirk::IlnOfOneself)
        .and(Quirk::IlnForPresence)
        .and(Quirk::DelayedPresence)
        .and(Quirk::HiddenRename)
        .and(Quirk::RenameByRea)
        .and(Quirk::StrangersWithoutIln)
        .and(Quirk::AddAlwaysSucceeds)
        .and(Quirk::RemNamesAsker)
        .and(Quirk::RemSays205)
        .and(Quirk::PrivacyHidesSilently)
        .and(Quirk::SilentServices)
        .and(Quirk::UrlWithoutSite)
        .and(Quirk::ClosesOnUnknown)
        .and(Quirk::DeafAfterEmptyLine)
        .and(Quirk::RingingZero)
        .and(Quirk::RngNamesCallee)
        .and(Quirk::JoiToNewcomer)
        .and(Quirk::IroToEverybody)
        .and(Quirk::IroTwice)
        .and(Quirk::ByeNamesReceiver)
        .and(Quirk::NoAck)
        .and(Quirk::NoNak)
        .and(Quirk::FirstCommandOnly)
        .and(Quirk::ErrorsCloseSwitchboards)
        .and(Quirk::NoIdleEnd)
        .and(Quirk::ErrorsWithText)
        .and(Quirk::ExtraParameters)
        .and(Quirk::LineFeedOnly)
        .and(Quirk::TrailingSpace)
        .and(Quirk::EchoesOut);

    /// The same quirks and one more.
    #[must_use]
    pub const fn and(self, quirk: Quirk) -> Self {
        Self(self.0 | 1 << quirk as u64)
    }

    /// Whether a quirk is among them.
    pub const fn has(self, quirk: Quirk) -> bool {
        self.0 & 1 << quirk as u64 != 0
    }

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Quirk> for Quirks {
    fn from_iter<I: IntoIterator<Item = Quirk>>(quirks: I) -> Self {
        quirks.into_iter().fold(Self::NONE, Self::and)
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn every_quirk_has_a_bit_of_its_own() {
        for &quirk in Quirk::ALL {
            let alone: Quirks = [quirk].into_iter().collect();
            let found: Vec<_> = Quirk::ALL.iter().filter(|&&it| alone.has(it)).collect();
            assert_eq!(found, [&quirk]);
            assert!(!Quirks::NONE.has(quirk) && !alone.is_empty());
        }
    }
}
