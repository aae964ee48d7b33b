const top = 1;
function maker(outside) {
  return function inside(argument) {
    let local = argument + outside;
    {
      const block = local * 2;
      console.log(block);
    }
  };
}
maker(10)(5);
