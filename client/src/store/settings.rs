//! What the user chose about the page itself: kept in this browser for every account, and never sent.
//! Not what the server keeps, such as privacy.

/// The mark of the one form there is; a line that begins otherwise is not ours.
const VERSION: &str = "1";

/// The longest text format that is kept.
const MAX_FORMAT: usize = 200;

/// The choices of minutes without a touch until I am idle; 0 is never.
pub const IDLE_CHOICES: [u16; 6] = [0, 1, 5, 10, 30, 60];

/// All settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// After how many minutes without a touch I am idle; 0 is never.
    pub idle_minutes: u16,
    /// Whether signs such as `:)` are shown as pictures.
    pub has_emoticons: bool,
    /// How the contacts are sorted.
    pub sort: ContactSort,
    /// Whether contacts who are not online are left out of the list.
    pub hides_offline: bool,
    /// How my texts look, in a form that only the conversation's view knows; empty is the usual way. It
    /// has no `|`.
    pub text_format: String,
}

/// How the contacts are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ContactSort {
    /// Who is there first, then by name.
    #[default]
    Status,
    /// By name alone.
    Name,
}

/// One setting with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// [`Settings::idle_minutes`].
    IdleMinutes(u16),
    /// [`Settings::has_emoticons`].
    Emoticons(bool),
    /// [`Settings::sort`].
    Sort(ContactSort),
    /// [`Settings::hides_offline`].
    HideOffline(bool),
    /// [`Settings::text_format`].
    TextFormat(String),
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            idle_minutes: 5,
            has_emoticons: true,
            sort: ContactSort::Status,
            hides_offline: false,
            text_format: String::new(),
        }
    }
}

impl Settings {
    /// Reads the line that a browser kept. What is unknown or damaged in it stays as it is at first.
    pub fn parse(line: &str) -> Self {
        let mut settings = Self::default();
        let mut fields = line.split('|');
        if fields.next() != Some(VERSION) {
            return settings;
        }
        let mut next = || fields.next().unwrap_or_default();
        if let Ok(minutes) = next().parse()
            && IDLE_CHOICES.contains(&minutes)
        {
            settings.idle_minutes = minutes;
        }
        settings.has_emoticons = next() != "0";
        if next() == "name" {
            settings.sort = ContactSort::Name;
        }
        settings.hides_offline = next() == "1";
        settings.set(Setting::TextFormat(next().to_owned()));
        settings
    }

    /// The line for a browser to keep. A new field goes to its end, so that older lines stay readable.
    pub fn line(&self) -> String {
        let sort = match self.sort {
            ContactSort::Status => "status",
            ContactSort::Name => "name",
        };
        let (emoticons, offline) = (u8::from(self.has_emoticons), u8::from(self.hides_offline));
        let (idle, format) = (self.idle_minutes, &self.text_format);
        format!("{VERSION}|{idle}|{emoticons}|{sort}|{offline}|{format}")
    }

    /// Changes one setting.
    pub fn set(&mut self, setting: Setting) {
        match setting {
            Setting::IdleMinutes(minutes) => self.idle_minutes = minutes,
            Setting::Emoticons(has) => self.has_emoticons = has,
            Setting::Sort(sort) => self.sort = sort,
            Setting::HideOffline(hides) => self.hides_offline = hides,
            Setting::TextFormat(format) => {
                if format.len() <= MAX_FORMAT && !format.contains('|') {
                    self.text_format = format;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back() {
        let settings = Settings {
            idle_minutes: 30,
            has_emoticons: false,
            sort: ContactSort::Name,
            hides_offline: true,
            text_format: "FN=Arial; EF=B; CO=ff".to_owned(),
        };
        assert_eq!(Settings::parse(&settings.line()), settings);
        let usual = Settings::default();
        assert_eq!(Settings::parse(&usual.line()), usual);
    }

    #[test]
    fn what_is_unknown_or_damaged_falls_back_alone() {
        for damaged in [
            "",
            "|",
            "2|30|0|name|1|x",
            "nonsense",
            "1",
            "1|-1|yes|later|no",
        ] {
            assert_eq!(Settings::parse(damaged), Settings::default(), "{damaged:?}");
        }
        let settings = Settings::parse("1|7|0|?|1");
        assert_eq!(settings.idle_minutes, 5);
        assert!(!settings.has_emoticons && settings.hides_offline);
        let long = format!("1|5|1|name|0|{}", "x".repeat(MAX_FORMAT + 1));
        assert_eq!(Settings::parse(&long).text_format, "");
    }
}
