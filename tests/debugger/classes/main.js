class Base {
  constructor() { this.kind = 'base'; }
}
class Derived extends Base {
  #secret = 7;
  reveal() {
    return this.#secret;
  }
}
new Derived().reveal();
