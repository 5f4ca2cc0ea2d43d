//! Whole journeys in a real Chromium: the built page, the gateway, the built-in server.

mod access;
mod caret;
mod chat;
mod company;
mod contacts;
mod failures;
mod hostile;
mod keyboard;
mod layout;
mod motion;
mod narrow;
mod network;
mod notices;
mod odd_servers;
mod parts;
mod people;
mod reload;
mod restart;
mod secrets;
mod sign_in;
mod tabs;
mod talk;
mod thousand;
mod wire;
mod zoom;
