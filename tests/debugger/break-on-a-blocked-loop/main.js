let go = true;
setImmediate(function busy() {
  while (go);
});
