// What would need code to be made (enum) is a syntax error.
enum Colour {
  Red,
}
console.log(Colour.Red);
