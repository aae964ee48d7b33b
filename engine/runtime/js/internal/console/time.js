'use strict';

// `console.time`, `timeLog`, `timeEnd`: measured times and how they are written.

const MS_PER_SECOND = 1000;
const MS_PER_MINUTE = 60 * MS_PER_SECOND;
const MS_PER_HOUR = 60 * MS_PER_MINUTE;

function pad(number) {
  return String(number).padStart(2, '0');
}

/** `1.234ms`, `2.500s`, `1:05.000 (m:ss.mmm)`, `1:00:05.000 (h:mm:ss.mmm)`. */
function formatTime(ms) {
  let hours = 0;
  let minutes = 0;
  let seconds = 0;
  if (ms >= MS_PER_SECOND) {
    if (ms >= MS_PER_MINUTE) {
      if (ms >= MS_PER_HOUR) {
        hours = Math.floor(ms / MS_PER_HOUR);
        ms %= MS_PER_HOUR;
      }
      minutes = Math.floor(ms / MS_PER_MINUTE);
      ms %= MS_PER_MINUTE;
    }
    seconds = ms / MS_PER_SECOND;
  }
  if (hours !== 0 || minutes !== 0) {
    const [whole, fraction] = seconds.toFixed(3).split('.');
    const start = hours === 0 ? minutes : `${hours}:${pad(minutes)}`;
    return `${start}:${pad(whole)}.${fraction} (${hours === 0 ? '' : 'h:m'}m:ss.mmm)`;
  }
  return seconds === 0 ? `${Number(ms.toFixed(3))}ms` : `${seconds.toFixed(3)}s`;
}

function warn(text) {
  process.emitWarning(text);
}

/** Starts the timer `label`. */
function startTimer(times, label) {
  if (times.has(label)) {
    warn(`Label '${label}' already exists for console.time()`);
    return;
  }
  times.set(label, process.hrtime());
}

/** What the timer `label` says now; undefined, with a warning, when there is none. `method` is who asks. */
function readTimer(times, label, method) {
  const start = times.get(label);
  if (start === undefined) {
    warn(`No such label '${label}' for console.${method}()`);
    return undefined;
  }
  const [seconds, nanoseconds] = process.hrtime(start);
  return formatTime(seconds * MS_PER_SECOND + nanoseconds / 1e6);
}

module.exports = { formatTime, readTimer, startTimer };
