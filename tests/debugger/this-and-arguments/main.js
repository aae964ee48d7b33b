const thing = { name: 'thing', tell(word) {
  debugger;
  return this.name + word;
} };
thing.tell('!');
