//! Every drawing of the page, once; `use` elements show them. All of them are our own.

use yew::prelude::*;

/// The symbols, invisible where they stand. To be rendered once, before anything that shows them.
#[component]
pub fn Sprite() -> Html {
    html! {
        <svg class="sprite" aria-hidden="true" focusable="false">
            { figures() }
            { badges() }
            { icons() }
        </svg>
    }
}

/// People: a head and shoulders, nothing else.
fn figures() -> Html {
    html! {
        <>
            <symbol id="figure" viewBox="0 0 24 24">
                <circle cx="11" cy="7.25" r="4.75" fill="currentColor" />
                <path fill="currentColor" d="M2 21.5c0-5.2 3.8-8.25 9-8.25s9 3.05 9 8.25z" />
            </symbol>
            <symbol id="figure-hollow" viewBox="0 0 24 24">
                <g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linejoin="round">
                    <circle cx="11" cy="7.25" r="3.9" />
                    <path d="M2.9 20.6c.3-4.2 3.6-6.5 8.1-6.5s7.8 2.3 8.1 6.5z" />
                </g>
            </symbol>
            <symbol id="people" viewBox="0 0 64 44">
                <g class="people__one" fill="currentColor">
                    <circle cx="20" cy="12" r="9.5" />
                    <path d="M3 42c0-10.500 7.200-17 17-17s17 6.500 17 17z" />
                </g>
                <g class="people__two" fill="currentColor">
                    <circle cx="46" cy="15.500" r="8" />
                    <path d="M31.500 42c0-9.200 6.200-14.500 14.500-14.500s14.500 5.300 14.500 14.500z" />
                </g>
            </symbol>
        </>
    }
}

/// What tells the states apart besides colour.
fn badges() -> Html {
    html! {
        <>
            <symbol id="badge-clock" viewBox="0 0 24 24">
                <circle class="badge__disc" cx="17.75" cy="17.25" r="5.5" />
                <path class="badge__sign" d="M17.750 14.250v3.250l2.250 1.500" />
            </symbol>
            <symbol id="badge-bar" viewBox="0 0 24 24">
                <circle class="badge__disc" cx="17.75" cy="17.25" r="5.5" />
                <path class="badge__sign" d="M15.250 17.250h5" />
            </symbol>
            <symbol id="badge-receiver" viewBox="0 0 24 24">
                <circle class="badge__disc" cx="17.75" cy="17.25" r="5.5" />
                <path class="badge__sign" d="M15.700 15.200c-.3 2.600 1.600 4.600 4.300 4.300" />
                <path class="badge__ends" d="M15.700 15.900v-1.300M18.700 19.500h1.600" />
            </symbol>
        </>
    }
}

fn icons() -> Html {
    let stroke = |id: &'static str, d: &'static str| {
        html! {
            <symbol {id} viewBox="0 0 16 16">
                <path {d} fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" />
            </symbol>
        }
    };
    html! {
        <>
            { stroke("icon-back", "M10 3 5 8l5 5") }
            { stroke("icon-close", "m4 4 8 8m0-8-8 8") }
            { stroke("icon-check", "m3 8.500 3.500 3.500L13 4.500") }
            { stroke("icon-down", "m4 6 4 4 4-4") }
            { stroke("icon-pen", "m3 13 .6-2.800L10.800 3l2.200 2.200-7.200 7.200z") }
            { stroke("icon-warning", "M8 2.500 14.500 13.500h-13zM8 6.500v3.200m0 1.700v.1") }
            { stroke("icon-cross", "M8 1.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13M5.750 5.750l4.500 4.500m0-4.500-4.500 4.500") }
        </>
    }
}
