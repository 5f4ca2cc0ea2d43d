//! The page's entry: a net under it, then the root on the page. Nothing else.

use msnp6_client::{app::App, mishap};

fn main() {
    mishap::tell_the_user();
    yew::Renderer::<App>::new().render();
}
