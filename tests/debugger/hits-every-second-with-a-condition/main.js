for (const word of ['a', 'b', 'c', 'd', 'e', 'f']) {
  console.log(word);
}
