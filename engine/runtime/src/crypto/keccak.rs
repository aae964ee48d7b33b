//! The sponge of SHA-3, SHAKE and the original Keccak (<https://csrc.nist.gov/pubs/fips/202/final>).

/// What follows the message, by the kind of function.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Padding {
    /// Keccak as it was submitted.
    Keccak = 0x01,
    /// SHA-3.
    Sha3 = 0x06,
    /// SHAKE.
    Shake = 0x1f,
    /// SHAKE with a name and a customization.
    CustomShake = 0x04,
}

/// Takes bytes in, and then gives as many out as one likes.
#[derive(Clone)]
pub struct Sponge {
    lanes: [u64; 25],
    /// Bytes taken in or given out between two permutations.
    rate: usize,
    position: usize,
    padding: Padding,
}

impl Sponge {
    /// A sponge of `capacity` bytes.
    pub fn new(capacity: usize, padding: Padding) -> Self {
        Self { lanes: [0; 25], rate: 200 - capacity, position: 0, padding }
    }

    /// Takes in `data`.
    pub fn update(&mut self, mut data: &[u8]) {
        while !self.position.is_multiple_of(8) || (self.position != 0 && data.len() < self.rate) {
            let Some((byte, rest)) = data.split_first() else { return };
            self.absorb_byte(*byte);
            data = rest;
        }
        if self.position != 0 {
            let (start, rest) = data.split_at(self.rate - self.position);
            start.iter().for_each(|byte| self.absorb_byte(*byte));
            data = rest;
        }
        if data.len() >= self.rate {
            let whole = data.len() - data.len() % self.rate;
            let (blocks, rest) = data.split_at(whole);
            let (lanes, rate) = (&mut self.lanes, self.rate);
            keccak::Keccak::new().with_f1600(|permute| {
                for block in blocks.chunks_exact(rate) {
                    for (lane, bytes) in lanes.iter_mut().zip(block.as_chunks::<8>().0) {
                        *lane ^= u64::from_le_bytes(*bytes);
                    }
                    permute(lanes);
                }
            });
            data = rest;
        }
        data.iter().for_each(|byte| self.absorb_byte(*byte));
    }

    /// Ends the message and gives out bytes.
    pub fn finish(mut self, out: &mut [u8]) {
        self.mix(self.position, self.padding as u8);
        self.mix(self.rate - 1, 0x80);
        for block in out.chunks_mut(self.rate) {
            self.permute();
            for (index, byte) in block.iter_mut().enumerate() {
                *byte = self.lanes[index / 8].to_le_bytes()[index % 8];
            }
        }
    }

    fn absorb_byte(&mut self, byte: u8) {
        self.mix(self.position, byte);
        self.position += 1;
        if self.position == self.rate {
            self.permute();
            self.position = 0;
        }
    }

    fn mix(&mut self, position: usize, byte: u8) {
        self.lanes[position / 8] ^= u64::from(byte) << (position % 8 * 8);
    }

    fn permute(&mut self) {
        keccak::Keccak::new().with_f1600(|permute| permute(&mut self.lanes));
    }
}
