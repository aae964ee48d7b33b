// The losers of a race go on.
const sleep = (ms, name) =>
  new Promise((resolve) =>
    setTimeout(() => {
      console.log('fired:', name);
      resolve(name);
    }, ms)
  );
Promise.race([sleep(5, 'short'), sleep(200, 'long')]).then((name) => console.log('winner:', name));
