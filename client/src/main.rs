//! The page's entry: a net under it, then the root on the page. Nothing else.

use msnp6_client::{app::App, mishap};

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    mishap::tell_the_user();
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(place) = document.and_then(|document| document.get_element_by_id("page")) {
        yew::Renderer::<App>::with_root(place).render();
    }
}
