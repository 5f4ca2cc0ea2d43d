//! Whole journeys in a real Chromium: the built page, the gateway, the built-in server.

mod access;
mod chat;
mod contacts;
mod failures;
mod layout;
mod parts;
mod people;
mod reload;
mod secrets;
mod sign_in;
mod tabs;
mod talk;
mod wire;
