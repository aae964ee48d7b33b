// Objects that only look like errors, and frozen ones.
const fake = Object.create(Error.prototype);
fake.message = 'fake';
console.log(fake instanceof Error, Object.prototype.toString.call(fake), fake);
const frozen = Object.freeze(new Error('frozen'));
console.log(frozen.message, frozen);
throw frozen;
