//! Large whole numbers as bytes: powers and primes.

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::rand_core::CryptoRng;
use crypto_bigint::{BoxedUint, Limb, NonZero, Odd, RandomBits, Resize};
use crypto_primes::hazmat::{SetBits, SmallFactorsSieveFactory};
use crypto_primes::{Flavor, is_prime, sieve_and_find};

/// A number from its digits.
pub fn number(bytes: &[u8]) -> BoxedUint {
    BoxedUint::from_be_slice_vartime(bytes)
}

/// The digits without zeros in front.
pub fn digits(number: &BoxedUint) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    bytes[zeros..].to_vec()
}

/// The digits in this many bytes.
pub fn digits_of(number: &BoxedUint, length: usize) -> Vec<u8> {
    let bytes = digits(number);
    let mut out = vec![0; length.saturating_sub(bytes.len())];
    out.extend_from_slice(&bytes);
    out
}

/// `base` to the power of `exponent` modulo an odd number, in a time that does not depend on the numbers' values.
/// `None` for an even modulus.
pub fn power(base: &BoxedUint, exponent: &BoxedUint, modulus: &BoxedUint) -> Option<BoxedUint> {
    let odd: Odd<BoxedUint> = modulus.to_odd().into_option()?;
    let reduced = base.rem(&NonZero::new(modulus.clone()).into_option()?);
    let parameters = BoxedMontyParams::new(odd);
    Some(BoxedMontyForm::new(reduced, &parameters).pow(exponent).retrieve())
}

/// The same on digits.
pub fn power_of_bytes(base: &[u8], exponent: &[u8], modulus: &[u8]) -> Option<Vec<u8>> {
    power(&number(base), &number(exponent), &number(modulus)).map(|result| digits(&result))
}

/// A random prime with its two highest bits set, so that the product of two has as many bits as they have together.
pub fn factor(random: &mut impl CryptoRng, bits: u32) -> Option<BoxedUint> {
    let sieve = SmallFactorsSieveFactory::<BoxedUint>::new(Flavor::Any, bits, SetBits::TwoMsb).ok()?;
    sieve_and_find(random, sieve, |_, candidate| is_prime(Flavor::Any, candidate)).ok()?
}

/// A random prime of exactly this many bits: a safe one (half of it is prime, too), or one that leaves `remainder` when
/// divided by `step`. `None` when there cannot be one.
pub fn prime(
    random: &mut impl CryptoRng,
    bits: u32,
    safe: bool,
    step: Option<&[u8]>,
    remainder: Option<&[u8]>,
) -> Option<Vec<u8>> {
    let flavor = if safe { Flavor::Safe } else { Flavor::Any };
    let Some(step) = step else {
        if bits < 16 {
            return small_prime(random, bits, safe);
        }
        let sieve = SmallFactorsSieveFactory::<BoxedUint>::new(flavor, bits, SetBits::TwoMsb).ok()?;
        let found = sieve_and_find(random, sieve, |_, candidate| is_prime(flavor, candidate)).ok()??;
        return Some(digits(&found));
    };
    let step = NonZero::new(number(step)).into_option()?;
    let remainder =
        remainder.map_or_else(|| if safe { BoxedUint::from(3_u8) } else { BoxedUint::one() }, number);
    // Where the step leaves only few candidates, all of them are soon seen.
    for _ in 0..100_000 {
        let candidate = BoxedUint::random_bits(random, bits);
        let candidate =
            candidate.clone().resize_unchecked(step.bits_precision().max(candidate.bits_precision()) + 64);
        let left = candidate.rem(&step);
        let candidate = candidate.wrapping_sub(&left).wrapping_add(&remainder);
        if candidate.bit_width() == bits && !has_small_factor(&candidate) && is_prime(flavor, &candidate) {
            return Some(digits(&candidate));
        }
    }
    None
}

/// A prime of so few bits that all of them can be looked at: one with its two highest bits set, if there is one.
fn small_prime(random: &mut impl CryptoRng, bits: u32, safe: bool) -> Option<Vec<u8>> {
    let is_small_prime = |number: u32| {
        number >= 2
            && (2..number)
                .take_while(|divisor| divisor * divisor <= number)
                .all(|divisor| !number.is_multiple_of(divisor))
    };
    let fits = |number: &u32| is_small_prime(*number) && (!safe || is_small_prime((number - 1) / 2));
    let highest = 1_u32.checked_shl(bits.checked_sub(1)?)?;
    let all = |from: u32| (from..2 * highest).filter(fits).collect::<Vec<_>>();
    let mut found = all(highest | highest >> 1);
    if found.is_empty() {
        found = all(highest);
    }
    let chosen = found.get(random.next_u32() as usize % found.len().max(1))?;
    Some(digits(&BoxedUint::from(*chosen)))
}

/// Whether a small prime divides a number, which settles most of them quickly.
fn has_small_factor(candidate: &BoxedUint) -> bool {
    (3_u32..1000).step_by(2).any(|divisor| {
        let Some(nonzero) = NonZero::new(Limb::from_u32(divisor)).into_option() else { return false };
        candidate.rem_limb(nonzero) == Limb::ZERO && candidate.bit_width() > 10
    })
}

/// Whether a number is prime.
pub fn is_prime_number(candidate: &[u8]) -> bool {
    let candidate = number(candidate);
    candidate.bit_width() >= 2 && is_prime(Flavor::Any, &candidate)
}
