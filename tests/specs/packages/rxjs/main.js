'use strict';
const { concat, from, interval, merge, of, Subject, throwError, timer } = require('rxjs');
const { catchError, concatMap, debounceTime, filter, map, mergeMap, scan, take, toArray } = require('rxjs/operators');

from([1, 2, 3, 4]).pipe(filter((n) => n % 2 === 0), map((n) => n * 10), toArray()).subscribe((all) => console.log('sync', all));
concat(
  of(3, 1, 2).pipe(concatMap((n) => timer(n).pipe(map(() => n))), toArray()),
  of(60, 1, 30).pipe(mergeMap((n) => timer(n).pipe(map(() => n))), toArray()),
  interval(1).pipe(take(4), scan((sum, n) => sum + n, 0)),
).subscribe({ next: (value) => console.log('next', value), complete: () => {
  const subject = new Subject();
  subject.pipe(debounceTime(5)).subscribe((word) => console.log('debounced', word));
  for (const word of ['l', 'lo', 'loop']) subject.next(word);
  merge(throwError(() => new Error('no')).pipe(catchError((error) => of(error.message))), of('yes')).subscribe(console.log);
} });
