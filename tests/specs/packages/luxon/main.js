'use strict';
const { DateTime, Duration, Interval, Settings } = require('luxon');

Settings.defaultLocale = 'en-US';
const at = DateTime.fromISO('2024-03-10T01:30:00', { zone: 'America/New_York' });
console.log(at.toISO(), at.plus({ hours: 1 }).toISO(), at.plus({ days: 1 }).toFormat('cccc, dd LLL yyyy HH:mm ZZZZ'));
console.log(at.setZone('Asia/Kolkata').toLocaleString(DateTime.DATETIME_FULL), at.setLocale('de').toLocaleString(DateTime.DATE_HUGE));
console.log(Duration.fromObject({ minutes: 135 }).shiftTo('hours', 'minutes').toHuman(), Interval.fromISO('2024-01-01/P1M').length('days'));
console.log(DateTime.fromFormat('31/02/2024', 'dd/MM/yyyy').invalidReason, at.startOf('week').weekNumber, at.diff(at.minus({ months: 2 }), ['months', 'days']).toObject());
