//! Figures of several rounds: their middle, and how they compare with those of the relay.

/// One figure, or in a few words why there is none.
pub(crate) type Figure = Result<f64, String>;

/// `a ÷ b`.
pub(crate) fn ratio<A: TryInto<u64>, B: TryInto<u64>>(a: A, b: B) -> f64 {
    let exact = |number: u64| {
        // Exact up to 2⁵³, which no size or count here comes near.
        #[allow(clippy::cast_precision_loss, reason = "see above")]
        let number = number as f64;
        number
    };
    let number = |number: Option<u64>| number.map_or(f64::NAN, exact);
    number(a.try_into().ok()) / number(b.try_into().ok())
}

/// The one in the middle; of an even number, the upper one of both.
pub(crate) fn median(mut figures: Vec<f64>) -> Option<f64> {
    figures.sort_unstable_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied()
}

/// The figures of one row, by round and, inside of it, by bridge: the relay is the first.
#[derive(Debug, Default)]
pub(crate) struct Rounds(pub(crate) Vec<Vec<Figure>>);

impl Rounds {
    /// The middle of one bridge's figures.
    pub(crate) fn middle(&self, bridge: usize) -> Figure {
        let figures = self.0.iter().filter_map(|round| round.get(bridge));
        let (good, bad): (Vec<_>, Vec<_>) = figures.cloned().partition(Result::is_ok);
        let words = bad.into_iter().find_map(Result::err);
        let middle = median(good.into_iter().flatten().collect());
        middle.ok_or_else(|| words.unwrap_or_else(|| "not measured".to_owned()))
    }

    /// The middle of the quotients of one bridge's figures and the relay's of the same round.
    pub(crate) fn times_relay(&self, bridge: usize) -> Option<f64> {
        let quotient = |round: &Vec<Figure>| {
            let relay = round.first()?.as_ref().ok()?;
            let figure = round.get(bridge)?.as_ref().ok()?;
            Some(figure / relay)
        };
        median(self.0.iter().filter_map(quotient).collect())
    }

    /// Whether a bridge has failed before; it is not tried again.
    pub(crate) fn has_failed(&self, bridge: usize) -> Option<String> {
        let mut figures = self.0.iter().filter_map(|round| round.get(bridge));
        figures.find_map(|figure| figure.clone().err())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_that_of_the_rounds_and_quotients_are_taken_round_by_round() {
        let round = |relay, ours| vec![Ok(relay), Ok(ours)];
        let rounds = Rounds(vec![round(1.0, 2.0), round(10.0, 5.0), round(2.0, 3.0)]);
        assert_eq!(rounds.middle(0), Ok(2.0));
        assert_eq!(rounds.middle(1), Ok(3.0));
        assert_eq!(rounds.times_relay(1), Some(1.5));
    }

    #[test]
    fn a_bridge_without_figures_says_why() {
        let rounds = Rounds(vec![vec![Ok(1.0), Err("not installed".to_owned())]]);
        assert_eq!(rounds.middle(1), Err("not installed".to_owned()));
        assert_eq!(rounds.times_relay(1), None);
        assert_eq!(rounds.has_failed(1), Some("not installed".to_owned()));
        assert_eq!(rounds.has_failed(0), None);
    }
}
