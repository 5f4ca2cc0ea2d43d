//! Whole journeys in a real Chromium: the built page, the gateway, the built-in server.

mod access;
mod chat;
mod contacts;
mod failures;
mod hostile;
mod keyboard;
mod layout;
mod motion;
mod narrow;
mod network;
mod odd_servers;
mod parts;
mod people;
mod reload;
mod restart;
mod secrets;
mod sign_in;
mod tabs;
mod talk;
mod wire;
mod zoom;
