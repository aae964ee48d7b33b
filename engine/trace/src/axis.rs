//! Steps of a time axis that people can read.

/// Nanoseconds between two labels so that at most `most` fit into `length`: 1, 2 or 5 times a power of ten.
pub fn step(length: u64, most: usize) -> u64 {
    let least = (length / most.max(1) as u64).saturating_add(1);
    let mut power = 1_u64;
    loop {
        for factor in [1, 2, 5] {
            if let Some(step) = power.checked_mul(factor)
                && step >= least
            {
                return step;
            }
        }
        match power.checked_mul(10) {
            Some(next) => power = next,
            None => return u64::MAX,
        }
    }
}

/// A time on an axis with this step, with as many digits as the step needs.
pub fn label(nanos: u64, step: u64) -> String {
    // Long times in small units are hard to read: the unit is that of the step or of the time, whichever is larger.
    let (power, name) = match nanos.max(step) {
        0..1_000 => (0, "ns"),
        1_000..1_000_000 => (3, "µs"),
        1_000_000..1_000_000_000 => (6, "ms"),
        _ => (9, "s"),
    };
    let digits = power - step.max(1).ilog10().min(power);
    let digits = usize::try_from(digits).unwrap_or(0);
    format!("{:.digits$} {name}", nanos as f64 / 10_u64.pow(power) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_few() {
        assert_eq!(step(100, 10), 20);
        assert_eq!(step(1_000_000_000, 10), 200_000_000);
        assert_eq!(step(0, 10), 1);
        assert_eq!(step(u64::MAX, 1), u64::MAX);
    }

    #[test]
    fn labels_have_the_digits_they_need() {
        assert_eq!(label(200_000_000, 100_000_000), "200 ms");
        assert_eq!(label(1_200_000_000, 100_000_000), "1.2 s");
        assert_eq!(label(1_234_000_000, 1_000_000), "1.234 s");
        assert_eq!(label(1_250_000, 50_000), "1.25 ms");
        assert_eq!(label(3_000_000_000, 1_000_000_000), "3 s");
        assert_eq!(label(0, 100_000_000), "0 ms");
        assert_eq!(label(500, 50), "500 ns");
        assert_eq!(label(224_756_450, 50), "224.75645 ms");
        assert_eq!(label(12_000_000_450, 50), "12.00000045 s");
    }
}
