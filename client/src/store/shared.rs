//! A counted reference that compares by identity. Not a cell: changing it makes a new identity.

use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

/// A part of the state that views hold on to. Two are equal when they are the same value in memory,
/// so that a view finds out in no time whether its part changed.
pub struct Shared<T>(Rc<T>);

impl<T> Shared<T> {
    /// Puts a value behind a counted reference.
    pub fn new(value: T) -> Self {
        Self(Rc::new(value))
    }
}

impl<T: Clone> Shared<T> {
    /// The value, to change it; copied first when a view still holds it.
    pub fn make_mut(&mut self) -> &mut T {
        Rc::make_mut(&mut self.0)
    }
}

impl<T: Default> Default for Shared<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Eq for Shared<T> {}

impl<T: fmt::Debug> fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_makes_a_new_identity_while_somebody_holds_the_old_one() {
        let mut part = Shared::new(1);
        let held = part.clone();
        assert_eq!(part, held);
        *part.make_mut() = 2;
        assert_ne!(part, held);
        assert_eq!((*part, *held), (2, 1));
    }

    #[test]
    fn equal_values_at_two_places_are_two() {
        assert_ne!(Shared::new(1), Shared::new(1));
    }
}
