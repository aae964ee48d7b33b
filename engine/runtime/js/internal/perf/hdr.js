'use strict';

// A histogram of high dynamic range (https://hdrhistogram.github.io/HdrHistogram/): values are counted in ranges whose
// width grows with the value, so that every value keeps the same number of significant figures.

const MAX_INT64 = 2 ** 63;

class HdrHistogram {
  /** Values by the lowest one of their range → how often. */
  #counts = new Map();
  #lowest;
  #figures;
  #units;
  #halfCount;
  #limit;

  count = 0;
  exceeds = 0;
  /** Lowest and highest value as they were recorded. */
  #min = Infinity;
  #max = 0;

  constructor(lowest, highest, figures) {
    this.#lowest = lowest;
    this.#figures = figures;
    this.#units = Math.floor(Math.log2(lowest));
    const magnitude = Math.ceil(Math.log2(2 * 10 ** figures));
    this.#halfCount = 2 ** (magnitude - 1);
    let limit = 2 ** (magnitude + this.#units);
    while (limit <= highest) limit *= 2;
    this.#limit = limit;
  }

  /** The width of the range that a value is in. */
  #width(value) {
    const unit = 2 ** this.#units;
    const ranges = this.#halfCount * 2;
    let width = unit;
    while (value >= width * ranges) width *= 2;
    return width;
  }

  #lowestLike(value) {
    const width = this.#width(value);
    return Math.floor(value / width) * width;
  }

  #highestLike(value) {
    return this.#lowestLike(value) + this.#width(value) - 1;
  }

  #medianLike(value) {
    return this.#lowestLike(value) + Math.floor(this.#width(value) / 2);
  }

  /** Counts a value `times` times; returns whether it fits. */
  record(value, times = 1) {
    if (value < 0 || value >= this.#limit) {
      this.exceeds += times;
      return false;
    }
    const key = this.#lowestLike(value);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + times);
    this.count += times;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    return true;
  }

  /** Counts what another histogram counted; `sign` -1 takes it away. */
  add(other, sign = 1) {
    for (const [key, times] of other.#counts) {
      if (sign > 0) {
        this.record(key, times);
        continue;
      }
      const left = (this.#counts.get(key) ?? 0) - times;
      this.count -= Math.min(times, this.#counts.get(key) ?? 0);
      if (left > 0) this.#counts.set(key, left);
      else this.#counts.delete(key);
    }
    if (sign > 0) {
      this.exceeds += other.exceeds;
      this.#min = Math.min(this.#min, other.#min);
      this.#max = Math.max(this.#max, other.#max);
      return;
    }
    const keys = [...this.#counts.keys()];
    this.#min = keys.length === 0 ? Infinity : keys.reduce((a, b) => Math.min(a, b));
    this.#max = keys.length === 0 ? 0 : keys.reduce((a, b) => Math.max(a, b));
  }

  reset() {
    this.#counts.clear();
    this.count = 0;
    this.exceeds = 0;
    this.#min = Infinity;
    this.#max = 0;
  }

  get min() {
    return this.count === 0 ? MAX_INT64 - 1 : this.#lowestLike(this.#min);
  }

  get max() {
    return this.count === 0 ? 0 : this.#highestLike(this.#max);
  }

  /** How often values like this one were counted. */
  countAt(value) {
    return this.#counts.get(this.#lowestLike(value)) ?? 0;
  }

  get mean() {
    let sum = 0;
    for (const [key, times] of this.#counts) sum += this.#medianLike(key) * times;
    return sum / this.count;
  }

  /** The mean of a power of the distance from the mean. */
  #moment(power) {
    const { mean } = this;
    let sum = 0;
    for (const [key, times] of this.#counts) sum += (this.#medianLike(key) - mean) ** power * times;
    return sum / this.count;
  }

  get stddev() {
    return Math.sqrt(this.#moment(2));
  }

  get skewness() {
    const { stddev } = this;
    return this.count < 3 || !(stddev > 0) ? 0 : this.#moment(3) / stddev ** 3;
  }

  get kurtosis() {
    const { stddev } = this;
    return this.count < 4 || !(stddev > 0) ? 0 : this.#moment(4) / stddev ** 4 - 3;
  }

  #sorted() {
    return [...this.#counts].sort((a, b) => a[0] - b[0]);
  }

  /** The value that so many of a hundred values do not exceed. */
  percentile(percentile) {
    const wanted = Math.max(1, Math.floor((Math.min(percentile, 100) / 100) * this.count + 0.5));
    let seen = 0;
    for (const [key, times] of this.#sorted()) {
      seen += times;
      if (seen >= wanted) return percentile === 0 ? key : this.#highestLike(key);
    }
    return 0;
  }

  /** `[percentile, value]`, each step half of the rest. */
  * percentiles() {
    let next = 0;
    let seen = 0;
    let last = 0;
    for (const [key, times] of this.#sorted()) {
      seen += times;
      last = key;
      while (next <= (100 * seen) / this.count) {
        yield [next, key];
        const halvings = Math.trunc(Math.log2(100 / (100 - next))) + 1;
        next += 100 / 2 ** halvings;
        if (seen >= this.count) break;
      }
    }
    yield [100, last];
  }

  /** A new histogram for values of the same kind. */
  get settings() {
    return { lowest: this.#lowest, figures: this.#figures };
  }
}

module.exports = { HdrHistogram };
