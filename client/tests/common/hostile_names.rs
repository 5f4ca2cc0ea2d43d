//! Two hundred names and texts that somebody chose to break the page. Rendered views are compared with them
//! natively, and a real browser is shown them: both read this file.

/// What is in them: markup, scripts, codes that steer text, codes of Messenger Plus!.
const SEEDS: [&str; 20] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "</bdi></button></li><a href=javascript:alert(1)>x</a>",
    "javascript:alert(1)",
    "&lt;b&gt;&#60;i&#62;&quot;",
    "<!-- ",
    "]]><style>*{display:none}</style>",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}`",
    "\u{202e}live\u{202c}",
    "\u{2067}\u{2069}\u{2069}\u{2069}\u{202e}",
    "\u{200b}\u{200c}\u{200d}\u{feff}\u{2060}",
    "\u{3}4red\u{3}",
    "\u{b7}$12colour\u{b7}$,7\u{b7}0\u{b7}#",
    "[c=12][b]bold[/b][/c=3][a=1]",
    "Z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}",
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{e0061}\u{e007f}",
    "\u{fffd}\u{ffff}\u{0}\u{1b}[31m\u{85}",
];

/// Ten of them with a seed in them.
fn variants(seed: &str) -> [String; 10] {
    [
        seed.to_owned(),
        format!("{seed}{seed}"),
        format!("Bob {seed}"),
        format!("{seed} Bob"),
        format!("Bob, Online\" {seed}"),
        format!("\u{202e}{seed}"),
        format!("\u{a0}{seed}\u{3000}"),
        seed.to_uppercase(),
        seed.chars().flat_map(|c| [c, '\u{200d}']).collect(),
        seed.chars().rev().collect(),
    ]
}

/// All of them.
pub(crate) fn names() -> impl Iterator<Item = String> {
    SEEDS.iter().flat_map(|seed| variants(seed))
}
