// Primes are found and told from other numbers.
const crypto = require('crypto');
for (const size of [8, 64, 200]) {
  const prime = crypto.generatePrimeSync(size, { bigint: true });
  console.log(size, prime.toString(2).length, crypto.checkPrimeSync(prime));
}
const safe = crypto.generatePrimeSync(40, { safe: true, bigint: true });
console.log(crypto.checkPrimeSync((safe - 1n) / 2n));
const fitting = crypto.generatePrimeSync(64, { add: 12n, rem: 5n, bigint: true });
console.log(fitting % 12n);
console.log([2n, 3n, 4n, 561n, 2n ** 61n - 1n, 2n ** 67n - 1n].map((n) => crypto.checkPrimeSync(n)));
console.log(crypto.generatePrimeSync(32) instanceof ArrayBuffer);
crypto.generatePrime(32, { bigint: true }, (error, prime) => {
  crypto.checkPrime(prime, (error, isPrime) => console.log(error, isPrime));
});
