//! RSA (RFC 8017): the operation itself, and new keys.

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::rand_core::CryptoRng;
use crypto_bigint::{BoxedUint, Gcd, NonZero, Resize};

use super::Failure;
use super::number::{digits, digits_of, factor, number, power};

const INVALID_KEY: Failure = "error:020000B0:rsa routines::invalid modulus";
const TOO_LARGE: Failure = "error:02000084:rsa routines::data too large for modulus";

/// A public key: modulus and exponent.
pub struct Public {
    modulus: BoxedUint,
    exponent: BoxedUint,
}

impl Public {
    /// From modulus and exponent.
    ///
    /// # Errors
    /// When they are missing or no numbers of a key.
    pub fn new(parts: &[Vec<u8>]) -> Result<Self, Failure> {
        let [modulus, exponent, ..] = parts else { return Err(INVALID_KEY) };
        let key = Self { modulus: number(modulus), exponent: number(exponent) };
        if key.modulus.bit_width() < 16 || !key.modulus.bit_vartime(0) { Err(INVALID_KEY) } else { Ok(key) }
    }

    /// Bits of the modulus.
    pub fn bits(&self) -> usize {
        self.modulus.bit_width() as usize
    }

    /// Bytes of the modulus.
    pub fn size(&self) -> usize {
        self.bits().div_ceil(8)
    }

    /// The operation.
    ///
    /// # Errors
    /// When the number is larger than the modulus.
    pub fn apply(&self, block: &[u8]) -> Result<Vec<u8>, Failure> {
        let input = number(block);
        if input >= self.modulus {
            return Err(TOO_LARGE);
        }
        let output = power(&input, &self.exponent, &self.modulus).ok_or(INVALID_KEY)?;
        Ok(digits_of(&output, self.size()))
    }
}

/// A private key: modulus, exponents, primes and what follows from them.
pub struct Private {
    public: Public,
    exponent: BoxedUint,
    /// p, q, d mod p-1, d mod q-1, the inverse of q mod p.
    primes: [BoxedUint; 5],
}

impl Private {
    /// From n, e, d, p, q, dp, dq and qi.
    ///
    /// # Errors
    /// When they are missing or no numbers of a key.
    pub fn new(parts: &[Vec<u8>]) -> Result<Self, Failure> {
        let [_, _, exponent, rest @ ..] = parts else { return Err(INVALID_KEY) };
        let primes: Vec<BoxedUint> = rest.iter().map(|part| number(part)).collect();
        let primes = primes.try_into().map_err(|_| INVALID_KEY)?;
        Ok(Self { public: Public::new(parts)?, exponent: number(exponent), primes })
    }

    /// Bits of the modulus.
    pub fn bits(&self) -> usize {
        self.public.bits()
    }

    /// Bytes of the modulus.
    pub fn size(&self) -> usize {
        self.public.size()
    }

    /// The operation.
    ///
    /// # Errors
    /// When the number is larger than the modulus.
    pub fn apply(&self, block: &[u8]) -> Result<Vec<u8>, Failure> {
        let input = number(block);
        if input >= self.public.modulus {
            return Err(TOO_LARGE);
        }
        // A mistake in one half would give away the primes: the result is only used if the public key undoes it.
        if let Some(output) = self.by_remainders(&input)
            && power(&output, &self.public.exponent, &self.public.modulus).is_some_and(|back| back == input)
        {
            return Ok(digits_of(&output, self.size()));
        }
        let output = power(&input, &self.exponent, &self.public.modulus).ok_or(INVALID_KEY)?;
        Ok(digits_of(&output, self.size()))
    }

    /// By the Chinese remainder theorem: two powers of half the length.
    fn by_remainders(&self, input: &BoxedUint) -> Option<BoxedUint> {
        let [p, q, dp, dq, qi] = &self.primes;
        let parameters = BoxedMontyParams::new(p.to_odd().into_option()?);
        let modulus = NonZero::new(p.clone()).into_option()?;
        let in_p = |value: &BoxedUint| BoxedMontyForm::new(value.rem(&modulus), &parameters);
        let first = in_p(input).pow(dp);
        let second = power(input, dq, q)?;
        let factor = first.sub(&in_p(&second)).mul(&in_p(qi)).retrieve();
        let bits = self.public.modulus.bits_precision().max(p.bits_precision() + q.bits_precision());
        let product = factor.resize_unchecked(bits).wrapping_mul(q.clone().resize_unchecked(bits));
        Some(product.wrapping_add(second.resize_unchecked(bits)))
    }
}

/// A new key: n, e, d, p, q, dp, dq and qi. `None` when there can be none with this exponent.
pub fn generate(random: &mut impl CryptoRng, bits: u32, exponent: u32) -> Option<Vec<Vec<u8>>> {
    if bits < 16 || exponent < 3 || exponent.is_multiple_of(2) {
        return None;
    }
    let one = BoxedUint::one();
    let e = BoxedUint::from(exponent);
    let fitting = |random: &mut _, bits| {
        for _ in 0..1000 {
            let prime = factor(random, bits)?;
            let less = prime.wrapping_sub(&one);
            if less.gcd(&e.clone().resize_unchecked(less.bits_precision())).is_one().into() {
                return Some((prime, less));
            }
        }
        None
    };
    let (mut p, mut p_less) = fitting(random, bits.div_ceil(2))?;
    let (mut q, mut q_less) = fitting(random, bits / 2)?;
    while p == q {
        (q, q_less) = fitting(random, bits / 2)?;
    }
    if p < q {
        std::mem::swap(&mut p, &mut q);
        std::mem::swap(&mut p_less, &mut q_less);
    }
    let wide = p.bits_precision() + q.bits_precision();
    let widened = |value: &BoxedUint| value.clone().resize_unchecked(wide);
    let n = widened(&p).wrapping_mul(widened(&q));
    let common = p_less.gcd(&q_less.clone().resize_unchecked(p_less.bits_precision()));
    let common = NonZero::new(widened(&common)).into_option()?;
    let lcm = widened(&p_less).wrapping_mul(widened(&q_less)).wrapping_div(&common);
    let d = widened(&e).invert_mod(&NonZero::new(lcm).into_option()?).into_option()?;
    let dp = d.rem(&NonZero::new(p_less).into_option()?);
    let dq = d.rem(&NonZero::new(q_less).into_option()?);
    let qi = q
        .clone()
        .resize_unchecked(p.bits_precision())
        .invert_odd_mod(&p.to_odd().into_option()?)
        .into_option()?;
    Some([&n, &e, &d, &p, &q, &dp, &dq, &qi].into_iter().map(digits).collect())
}

/// What follows from n, e, d, p and q: dp, dq and qi, for keys that were written without.
pub fn completed(d: &[u8], p: &[u8], q: &[u8]) -> Option<Vec<Vec<u8>>> {
    let (d, p, q) = (number(d), number(p), number(q));
    let one = BoxedUint::one();
    let dp = d.rem(&NonZero::new(p.wrapping_sub(&one)).into_option()?);
    let dq = d.rem(&NonZero::new(q.wrapping_sub(&one)).into_option()?);
    let reduced = q.rem(&NonZero::new(p.clone()).into_option()?);
    let qi = reduced.invert_odd_mod(&p.to_odd().into_option()?).into_option()?;
    Some([&dp, &dq, &qi].into_iter().map(digits).collect())
}
