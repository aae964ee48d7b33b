// Timers can be disposed of by `using`.
{
  using timer = setTimeout(() => console.log('never'), 1);
  using interval = setInterval(() => console.log('never'), 1);
  using immediate = setImmediate(() => console.log('never'));
  console.log(timer.hasRef(), interval.hasRef(), immediate.hasRef());
}
setTimeout(() => console.log('end'), 20);
