// refresh() makes a timer due again, counted from now; also after it has fired.
let n = 0;
const timer = setTimeout(() => {
  console.log('fired', ++n);
  if (n < 3) console.log('same object:', timer.refresh() === timer);
}, 2);
