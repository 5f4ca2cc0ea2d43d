//! A parser in ten lines: reads what a server sent from the standard input and prints each command.
//! `Debug` shows neither passwords nor what people wrote.

use msnp6::{
    command::ServerCommand,
    wire::{Direction, Framer},
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut framer = Framer::new(Direction::FromServer);
    for line in std::io::stdin().lines() {
        framer.push(format!("{}\n", line?).as_bytes());
        while let Some(frame) = framer.next_frame()? {
            println!("{:?}", ServerCommand::decode(&frame)?);
        }
    }
    Ok(())
}
